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
        self.kept -= keep_heaviest(&mut folder.children);
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

fn sort(children: &mut [Folder]) {
    children.sort_by(|a, b| {
        (Reverse(a.directories), Reverse(a.files), &a.name).cmp(&(Reverse(b.directories), Reverse(b.files), &b.name))
    });
}

/// Folders in a subtree, itself included.
fn count(folder: &Folder) -> usize {
    1 + folder.children.iter().map(count).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree in which every folder down to `depth` has `width` sub-folders with one file each.
    fn fill(summary: &mut Summary, width: u32, depth: usize) {
        summary.file();
        for number in 0..if depth == 0 { 0 } else { width } {
            summary.enter(OsStr::new(&number.to_string()), 1);
            fill(summary, width, depth - 1);
            summary.leave();
        }
    }

    fn filled(width: u32, depth: usize) -> Folder {
        let mut summary = Summary::default();
        summary.enter(OsStr::new(""), 1);
        fill(&mut summary, width, depth);
        summary.finish()
    }

    #[test]
    fn figures_are_those_of_the_whole_subtree() {
        let root = filled(3, 2);
        assert_eq!((root.directories, root.files), (13, 13));
        assert_eq!((root.children[0].directories, root.children[0].files), (4, 4));
        assert_eq!(count(&root), 13, "a small tree is kept whole");
    }

    #[test]
    fn large_trees_are_kept_in_part_and_counted_in_full() {
        for (width, depth) in [(30, 3), (100_000, 1), (6, 6)] {
            let root = filled(width, depth);
            let all: u64 = (0..=depth).map(|level| u64::from(width).pow(u32::try_from(level).expect("small"))).sum();
            assert_eq!((root.directories, root.files), (all, all), "{width} wide, {depth} deep");
            let kept = count(&root);
            assert!(kept > 100 && kept <= MOST_FOLDERS, "{kept} folders kept: {width} wide, {depth} deep");
        }
    }

    #[test]
    fn the_heaviest_of_many_stays() {
        let mut summary = Summary::default();
        summary.enter(OsStr::new(""), 1);
        for number in 0..5_000 {
            summary.enter(OsStr::new(&format!("light{number}")), 1);
            summary.leave();
            if number == 2_500 {
                summary.enter(OsStr::new("heavy"), 1);
                fill(&mut summary, 2, 1);
                summary.leave();
            }
        }
        let root = summary.finish();
        assert_eq!((root.children[0].name.to_str(), root.children.len()), (Some("heavy"), MOST_CHILDREN));
    }

    #[test]
    fn nesting_stays_shallow_however_deep_the_tree_is() {
        let mut summary = Summary::default();
        for _ in 0..50_000 {
            summary.enter(OsStr::new("d"), 1);
        }
        let root = summary.finish();
        assert_eq!((root.directories, count(&root)), (50_000, DEEPEST + 1));
    }
}
