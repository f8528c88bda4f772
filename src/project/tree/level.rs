//! The way from the root down to the directory being read: one level for each directory, only the last few open.

use super::directory::{self, Identity};
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Result;
use std::ffi::{CStr, CString};
use std::sync::Arc;

/// Open directories at a time. Far below the usual 1,024 descriptors, far above the depth of usual trees.
const MOST_OPEN: usize = 64;

/// Names waiting in one level before it is read further, in bytes: what bounds memory in a wide directory.
const MOST_NAMES_BYTES: usize = 256 * 1024;

/// One directory on the way down.
pub(super) struct Level {
    pub(super) identity: Identity,
    /// Bytes of the walk's path that name this directory.
    pub(super) path_length: usize,
    /// On a file system that may hang.
    pub(super) remote: bool,
    directory: Option<Arc<OwnedFd>>,
    /// Sub-directories listed and not yet entered: their names, each with its NUL, from `next` on.
    names: Vec<u8>,
    next: usize,
    /// Where to read on; `None` at the end.
    cookie: Option<u64>,
}

impl Level {
    pub(super) fn new(directory: OwnedFd, identity: Identity, path_length: usize, remote: bool) -> Self {
        let (directory, cookie) = (Some(Arc::new(directory)), Some(0));
        Self { identity, path_length, remote, directory, names: Vec::new(), next: 0, cookie }
    }

    /// Only the innermost level is asked, and that one is always open.
    pub(super) fn directory(&self) -> &Arc<OwnedFd> {
        self.directory.as_ref().expect("the innermost level is reopened or abandoned before it is used")
    }

    pub(super) fn add_name(&mut self, name: &CStr) {
        self.names.extend_from_slice(name.to_bytes_with_nul());
    }

    /// Notes how far the directory has been read.
    pub(super) fn read_up_to(&mut self, cookie: Option<u64>) {
        self.cookie = cookie;
    }

    /// Whether names should be worked off before more is read.
    pub(super) fn is_full(&self) -> bool {
        self.names.len() >= MOST_NAMES_BYTES
    }

    pub(super) fn is_read(&self) -> bool {
        self.cookie.is_none()
    }

    /// The next sub-directory to enter.
    pub(super) fn next_name(&mut self) -> Option<CString> {
        let name = CStr::from_bytes_until_nul(self.names.get(self.next..)?).ok()?.to_owned();
        self.next += name.as_bytes_with_nul().len();
        if self.next == self.names.len() {
            self.names.clear();
            self.next = 0;
        }
        Some(name)
    }

    /// Gives up what is left of this directory.
    pub(super) fn abandon(&mut self) {
        (self.cookie, self.next) = (None, 0);
        self.names.clear();
    }

    fn is_done(&self) -> bool {
        self.is_read() && self.names.is_empty()
    }
}

/// All levels, the root's first.
#[derive(Default)]
pub(super) struct Levels {
    stack: Vec<Level>,
    /// Levels before this one are closed, the others are open.
    first_open: usize,
    /// The last directory left that was open, and how many levels it was below the innermost one.
    left: Option<(Arc<OwnedFd>, usize)>,
    root: Option<Arc<OwnedFd>>,
}

impl Levels {
    pub(super) fn len(&self) -> usize {
        self.stack.len()
    }

    pub(super) fn top(&self) -> Option<&Level> {
        self.stack.last()
    }

    pub(super) fn top_mut(&mut self) -> Option<&mut Level> {
        self.stack.last_mut()
    }

    /// How often a directory is among its own ancestors.
    pub(super) fn count_same(&self, identity: Identity) -> usize {
        self.stack.iter().filter(|level| level.identity == identity).count()
    }

    pub(super) fn push(&mut self, level: Level) {
        self.root.get_or_insert_with(|| Arc::clone(level.directory()));
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

    pub(super) fn pop(&mut self) {
        let directory = self.stack.pop().and_then(|level| level.directory);
        let (open, steps) = match directory {
            Some(directory) => (Some(directory), 1),
            None => self.left.take().map_or((None, 0), |(directory, steps)| (Some(directory), steps + 1)),
        };
        self.left = open.map(|directory| (directory, steps));
        self.first_open = self.first_open.min(self.stack.len());
    }

    /// The directory left last is not to be touched again.
    pub(super) fn forget_left(&mut self) {
        self.left = None;
    }

    /// The way to the innermost level, where it was closed and there is still something to do in it. `below_root`
    /// is its path.
    pub(super) fn way_back(&self, below_root: &[u8]) -> Option<WayBack> {
        let top = self.top().filter(|top| top.directory.is_none() && !top.is_done())?;
        let below_root = below_root.to_vec();
        let (left, root) = (self.left.clone(), self.root.clone());
        Some(WayBack { left, root, below_root, identity: top.identity, cookie: top.cookie })
    }

    /// Takes up the innermost level again.
    pub(super) fn reopened(&mut self, directory: OwnedFd) {
        if let Some(top) = self.stack.last_mut() {
            top.directory = Some(Arc::new(directory));
            self.first_open = self.stack.len() - 1;
        }
    }
}

/// How to get back into a directory that was closed to save descriptors.
pub(super) struct WayBack {
    left: Option<(Arc<OwnedFd>, usize)>,
    root: Option<Arc<OwnedFd>>,
    below_root: Vec<u8>,
    identity: Identity,
    cookie: Option<u64>,
}

impl WayBack {
    /// Up from the directory left last, or, where that was moved or may not be searched, down from the root. Either
    /// way only the very directory that was closed is taken.
    pub(super) fn go(self) -> Result<OwnedFd> {
        let up = self.left.as_ref().map(|(from, steps)| directory::climb(from.as_fd(), *steps, self.identity));
        let directory = match (up, &self.root) {
            (Some(Ok(directory)), _) => directory,
            (_, Some(root)) => directory::climb_down(root.as_fd(), &self.below_root, self.identity)?,
            (up, None) => up.unwrap_or(Err(rustix::io::Errno::STALE))?,
        };
        if let Some(cookie) = self.cookie {
            directory::resume(directory.as_fd(), cookie)?;
        }
        Ok(directory)
    }
}
