//! The folders by weight, built during the walk in bounded memory.

use super::Folder;
use std::cmp::Reverse;
use std::ffi::OsStr;

/// Folders kept at most. A treemap shows a few hundred; the rest is for choosing among them.
const MOST_FOLDERS: usize = 20_000;

/// Sub-folders of one folder kept at most.
const MOST_CHILDREN: usize = 256;

/// Folders deeper than this are only figures of the one above: nobody recognises them, and nesting stays shallow
/// enough to be walked and dropped by recursion.
const DEEPEST: usize = 16;

/// Takes the walk's steps and makes the tree of folders.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// The folders that have been entered and not left, the root first.
    open: Vec<Folder>,
    /// Folders that have been left and kept.
    kept: usize,
    /// Folders with fewer directories than this are not kept. It rises when there are too many.
    threshold: u64,
    done: Folder,
}

impl Summary {
    /// A folder begins. `directories` is 1, or 0 for one that was counted elsewhere.
    pub(super) fn enter(&mut self, name: &OsStr, directories: u64) {
        self.open.push(Folder { name: name.to_owned(), directories, ..Folder::default() });
    }

    /// One entry that is no directory, in the folder that began last.
    pub(super) fn file(&mut self) {
        if let Some(folder) = self.open.last_mut() {
            folder.files += 1;
        }
    }

    /// The folder that began last ends.
    pub(super) fn leave(&mut self) {
        let Some(mut folder) = self.open.pop() else { return };
        sort(&mut folder.children);
        let depth = self.open.len();
        let Some(parent) = self.open.last_mut() else {
            self.done = folder;
            return;
        };
        parent.directories += folder.directories;
        parent.files += folder.files;
        if folder.directories >= self.threshold && depth <= DEEPEST {
            parent.children.push(folder);
            self.kept += 1;
            if parent.children.len() >= 2 * MOST_CHILDREN {
                self.kept -= keep_heaviest(&mut parent.children);
            }
        } else {
            self.kept -= folder.children.iter().map(count).sum::<usize>();
        }
        while self.kept > MOST_FOLDERS {
            self.raise_threshold();
        }
    }

    /// The finished tree; what is still open counts as it stands.
    pub(super) fn finish(mut self) -> Folder {
        while !self.open.is_empty() {
            self.leave();
        }
        self.done
    }

    fn raise_threshold(&mut self) {
        self.threshold = (self.threshold * 2).max(2);
        self.kept = self.open.iter_mut().map(|folder| prune(folder, self.threshold)).sum();
    }
}

/// Drops the light folders below `folder` and counts those that stay.
fn prune(folder: &mut Folder, threshold: u64) -> usize {
    folder.children.retain(|child| child.directories >= threshold);
    folder.children.iter_mut().map(|child| 1 + prune(child, threshold)).sum()
}

/// Drops all but the heaviest and counts what was dropped.
fn keep_heaviest(children: &mut Vec<Folder>) -> usize {
    sort(children);
    children.drain(MOST_CHILDREN.min(children.len())..).map(|child| count(&child)).sum()
}

fn sort(children: &mut Vec<Folder>) {
    children.sort_by(|a, b| {
        (Reverse(a.directories), Reverse(a.files), &a.name).cmp(&(Reverse(b.directories), Reverse(b.files), &b.name))
    });
    children.truncate(MOST_CHILDREN);
}

/// Folders in a subtree, itself included.
fn count(folder: &Folder) -> usize {
    1 + folder.children.iter().map(count).sum::<usize>()
}
