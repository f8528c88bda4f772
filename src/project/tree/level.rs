//! The way down to the directory being walked: one level for each directory that has sub-directories, only the last
//! few of them open.

use super::directory::{self, DirectoryId};
use super::notable::Zone;
use crate::guarded::MountId;
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Result;
use std::ffi::{CStr, CString};
use std::sync::Arc;

/// Directories open at a time by one walker at a time. Far below the usual 1,024 descriptors, far above the depth of
/// usual trees.
const MOST_OPEN: usize = 64;

/// The place of a level on its way down.
#[derive(Clone, Copy)]
pub(super) struct LevelPlace {
    pub(super) id: DirectoryId,
    /// The directory's depth in the tree; 0 for the root.
    pub(super) depth: u32,
    /// Bytes of the walker's path that name this directory.
    pub(super) path_length: usize,
    /// The file system that may hang and that it is on, if it is.
    pub(super) remote: Option<MountId>,
    /// On a file system whose listings need no second question.
    pub(super) is_plain: bool,
    pub(super) zone: Zone,
    /// Whether it was walked before, with another root, and has been counted for the progress.
    pub(super) counted: bool,
}

impl LevelPlace {
    /// Whether it stands for what is around the root.
    pub(super) const fn is_outside(&self) -> bool {
        self.path_length == 0
    }

    /// The depth of what lies in it.
    pub(super) const fn depth_below(&self) -> u32 {
        if self.is_outside() { 0 } else { self.depth + 1 }
    }
}

/// Sub-directories that were listed and not yet entered: for each its inode number and its name with the NUL.
#[derive(Default)]
pub(super) struct EntryNames {
    bytes: Vec<u8>,
    next: usize,
}

/// Bytes of an inode number.
const INODE_BYTES: usize = size_of::<u64>();

impl EntryNames {
    pub(super) fn add(&mut self, name: &CStr, inode: u64) {
        self.bytes.extend_from_slice(&inode.to_ne_bytes());
        self.bytes.extend_from_slice(name.to_bytes_with_nul());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.next == self.bytes.len()
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.next = 0;
    }

    /// Finds where the entry that begins at `at` ends.
    fn end(&self, at: usize) -> Option<usize> {
        let name = self.bytes.get(at + INODE_BYTES..)?;
        Some(at + INODE_BYTES + name.iter().position(|byte| *byte == 0)? + 1)
    }

    /// The next sub-directory to enter.
    pub(super) fn take(&mut self) -> Option<(CString, u64)> {
        let end = self.end(self.next)?;
        let (inode, name) = self.bytes[self.next..end].split_at(INODE_BYTES);
        let inode = u64::from_ne_bytes(inode.try_into().ok()?);
        let name = CStr::from_bytes_with_nul(name).ok()?.to_owned();
        self.next = end;
        Some((name, inode))
    }

    /// Gives away the later half of what is left, or the last one.
    pub(super) fn split(&mut self) -> Option<Self> {
        let middle = self.next + (self.bytes.len() - self.next) / 2;
        let mut at = self.next;
        while at < middle {
            at = self.end(at)?;
        }
        // One name that is longer than the rest, or the only one.
        if at == self.bytes.len() {
            at = self.next;
        }
        let given = self.bytes.split_off(at);
        (!given.is_empty()).then_some(Self { bytes: given, next: 0 })
    }
}

/// One directory on the way down.
pub(super) struct Level {
    pub(super) place: LevelPlace,
    pub(super) names: EntryNames,
    /// The jobs that parts of `names` were given away as, the last part first.
    pub(super) given_away: Vec<u32>,
    directory: Option<Arc<OwnedFd>>,
}

impl Level {
    pub(super) fn new(directory: Arc<OwnedFd>, place: LevelPlace, names: EntryNames) -> Self {
        Self { place, names, given_away: Vec::new(), directory: Some(directory) }
    }

    /// A level on a file system that may hang: never open here.
    pub(super) const fn remote(place: LevelPlace, names: EntryNames) -> Self {
        Self { place, names, given_away: Vec::new(), directory: None }
    }

    /// Returns the open directory of the innermost level, the only one that is asked.
    pub(super) fn directory(&self) -> &Arc<OwnedFd> {
        self.directory.as_ref().expect("the innermost level is reopened or abandoned before it is used")
    }
}

/// All levels, the outermost first.
#[derive(Default)]
pub(super) struct Levels {
    stack: Vec<Level>,
    /// Levels before this one are closed, the others are open.
    first_open: usize,
    /// The last directory left that was open, and how many levels it was below the innermost one.
    left: Option<(Arc<OwnedFd>, usize)>,
    outermost: Option<Arc<OwnedFd>>,
}

impl Levels {
    pub(super) fn top(&self) -> Option<&Level> {
        self.stack.last()
    }

    pub(super) fn top_mut(&mut self) -> Option<&mut Level> {
        self.stack.last_mut()
    }

    /// The levels from the outermost on.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Level> {
        self.stack.iter_mut()
    }

    /// Counts how often a directory is among its own ancestors.
    pub(super) fn count_same(&self, id: DirectoryId) -> usize {
        self.stack.iter().filter(|level| level.place.id == id).count()
    }

    pub(super) fn push(&mut self, level: Level) {
        if let (None, Some(directory)) = (&self.outermost, &level.directory) {
            self.outermost = Some(Arc::clone(directory));
        }
        self.left = None;
        self.stack.push(level);
        if self.stack.len() - self.first_open > MOST_OPEN {
            self.close_first();
        }
    }

    /// Closes every level but the innermost one. False when that gains nothing.
    pub(super) fn close_most(&mut self) -> bool {
        let before = self.first_open;
        while self.first_open + 1 < self.stack.len() {
            self.close_first();
        }
        self.first_open > before
    }

    fn close_first(&mut self) {
        if let Some(level) = self.stack.get_mut(self.first_open) {
            level.directory = None;
            self.first_open += 1;
        }
    }

    pub(super) fn pop(&mut self) -> Option<Level> {
        let mut level = self.stack.pop()?;
        let (open, steps) = match level.directory.take() {
            Some(directory) => (Some(directory), 1),
            None => self.left.take().map_or((None, 0), |(directory, steps)| (Some(directory), steps + 1)),
        };
        self.left = open.map(|directory| (directory, steps));
        self.first_open = self.first_open.min(self.stack.len());
        if self.stack.is_empty() {
            (self.left, self.outermost) = (None, None);
        }
        Some(level)
    }

    /// The way to the innermost level, where it was closed and there is still something to do in it. `path` is the
    /// walker's, of which the first `start` bytes name the outermost level.
    pub(super) fn way_back(&self, path: &[u8], start: usize) -> Option<WayBack> {
        let closed = |top: &&Level| top.directory.is_none() && top.place.remote.is_none();
        let top = self.top().filter(closed).filter(|top| !top.names.is_empty())?;
        let below = path.get(start..top.place.path_length).unwrap_or_default().to_vec();
        let (left, outermost) = (self.left.clone(), self.outermost.clone());
        Some(WayBack { left, outermost, below, id: top.place.id })
    }

    /// Takes up the innermost level again.
    pub(super) fn reopened(&mut self, directory: OwnedFd) {
        if let Some(top) = self.stack.last_mut() {
            top.directory = Some(Arc::new(directory));
            self.first_open = self.stack.len() - 1;
        }
    }
}

/// The way back into a directory that was closed to save descriptors.
pub(super) struct WayBack {
    left: Option<(Arc<OwnedFd>, usize)>,
    outermost: Option<Arc<OwnedFd>>,
    below: Vec<u8>,
    id: DirectoryId,
}

impl WayBack {
    /// Goes up from the directory left last, or, where that was moved or may not be searched, down from the outermost
    /// one. Either way only the very directory that was closed is taken.
    pub(super) fn go(self) -> Result<OwnedFd> {
        let up = self.left.as_ref().map(|(from, steps)| directory::climb(from.as_fd(), *steps, self.id));
        match (up, &self.outermost) {
            (Some(Ok(directory)), _) => Ok(directory),
            (_, Some(outermost)) => directory::climb_down(outermost.as_fd(), &self.below, self.id),
            (up, None) => up.unwrap_or(Err(rustix::io::Errno::STALE)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&CStr]) -> EntryNames {
        let mut names = EntryNames::default();
        (1..).zip(all).for_each(|(inode, name)| names.add(name, inode));
        names
    }

    fn rest(mut names: EntryNames) -> Vec<(CString, u64)> {
        std::iter::from_fn(|| names.take()).collect()
    }

    #[test]
    fn the_later_half_is_given_away_and_order_is_kept() {
        let all = [c"a", c"b", c"cc", c"d", c"e"];
        let mut kept = names(&all);
        kept.take();
        let given = kept.split().expect("there is something to give");
        let together = [rest(kept), rest(given)].concat();
        assert_eq!(together, rest(names(&all))[1..]);
    }

    #[test]
    fn the_only_one_left_is_given_away() {
        let mut kept = names(&[c"a very long name", c"b"]);
        kept.take();
        assert_eq!(rest(kept.split().expect("one is left")), [(c"b".to_owned(), 2)]);
        assert!(kept.is_empty() && kept.split().is_none());
    }
}
