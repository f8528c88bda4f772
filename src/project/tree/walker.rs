//! How the walk goes: a loop over the innermost directory, which is read, entered or left. What it tells is laid down
//! in [`super::visitor`].

use super::directory::{self, Identity, Reader};
use super::level::{Level, Levels};
use super::mounts::Mounts;
use super::patience::{Helper, NoAnswer};
use super::tally::Tally;
use super::visitor::{Descend, Entry, Visitor, WalkProblems, Watch};
use crate::progress::{Cancelled, Progress};
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Errno;
use std::collections::HashSet;
use std::ffi::{CStr, CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest path the kernel takes, its final NUL not counted (`PATH_MAX` of limits.h is 4096 with it).
const LONGEST_PATH_BYTES: usize = 4095;

/// How many examples of each problem are kept.
const EXAMPLES: usize = 20;

/// One directory that shows in two places is fine (a bind mount). This often on one line of descent, it is a loop.
const SAME_ANCESTORS: usize = 16;

/// One walk under way.
pub(super) struct Walk<'a> {
    progress: &'a Progress,
    visitor: &'a mut dyn Visitor,
    mounts: Mounts,
    /// The root as given, then the names down to the directory being looked at.
    path: Vec<u8>,
    root_length: usize,
    real_root_length: usize,
    levels: Levels,
    reader: Reader,
    /// Makes the calls on file systems that may hang.
    helper: Helper,
    /// Only where one file system is mounted twice: memory for it is needed nowhere else.
    seen: Option<HashSet<Identity>>,
    problems: WalkProblems,
    tally: Tally,
}

impl<'a> Walk<'a> {
    pub(super) fn new(root: &Path, progress: &'a Progress, visitor: &'a mut dyn Visitor) -> Self {
        let mut path = root.as_os_str().as_bytes().to_vec();
        while path.len() > 1 && path.ends_with(b"/") {
            path.pop();
        }
        let tally = Tally::new(visitor.counts());
        Self {
            progress,
            visitor,
            mounts: Mounts::default(),
            root_length: before_slash(&path),
            real_root_length: before_slash(&path),
            path,
            levels: Levels::default(),
            reader: Reader::new(),
            helper: Helper::default(),
            seen: None,
            problems: WalkProblems::default(),
            tally,
        }
    }

    pub(super) fn run(mut self) -> Result<WalkProblems, Cancelled> {
        let result = self.walk();
        self.tally.flush(self.progress);
        result.map(|()| self.problems)
    }

    fn walk(&mut self) -> Result<(), Cancelled> {
        self.progress.check()?;
        self.enter_root()?;
        while let Some(top) = self.levels.top_mut() {
            if !top.is_read() && !top.is_full() {
                self.read_piece()?;
            } else if let Some(name) = top.next_name() {
                self.enter_child(&name)?;
            } else {
                self.leave()?;
            }
            self.progress.check()?;
        }
        Ok(())
    }

    /// Everything about the root may hang, resolving its links too, so it is asked from a thread of its own.
    fn enter_root(&mut self) -> Result<(), Cancelled> {
        let root = self.current().to_path_buf();
        let opened = self.helper.ask(self.progress, move || {
            let real = root.canonicalize()?;
            let name = CString::new(real.as_os_str().as_bytes())?;
            std::io::Result::Ok((directory::open(rustix::fs::CWD, &name), real))
        });
        match opened {
            Err(NoAnswer::Cancelled) => return Err(Cancelled),
            Err(NoAnswer::Late) => self.problems.unresponsive.push(self.current().to_path_buf()),
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::PermissionDenied => self.unreadable(0),
            Ok(Err(_)) => self.problems.vanished += 1,
            Ok(Ok((opened, real))) => {
                self.real_root_length = before_slash(real.as_os_str().as_bytes());
                self.mounts = Mounts::of(&real);
                self.seen = self.mounts.repeats.then(HashSet::new);
                self.opened(opened, self.mounts.root_may_hang);
            }
        }
        Ok(())
    }

    fn enter_child(&mut self, name: &CStr) -> Result<(), Cancelled> {
        let Some(parent) = self.levels.top() else { return Ok(()) };
        let (directory, remote) = (Arc::clone(parent.directory()), parent.remote);
        self.path.truncate(parent.path_length);
        if self.path.last() != Some(&b'/') {
            self.path.push(b'/');
        }
        self.path.extend_from_slice(name.to_bytes());
        let remote = remote || self.is_remote_mount();
        let opened = if remote {
            let name = name.to_owned();
            match self.helper.ask(self.progress, move || directory::open(directory.as_fd(), &name)) {
                Ok(opened) => opened,
                Err(no_answer) => return self.give_up(no_answer),
            }
        } else {
            let opened = directory::open(directory.as_fd(), name);
            match opened {
                Err(Errno::MFILE | Errno::NFILE) if self.levels.close_most() => {
                    directory::open(directory.as_fd(), name)
                }
                opened => opened,
            }
        };
        self.opened(opened, remote);
        Ok(())
    }

    /// Sorts out what opening the directory at `path` brought.
    fn opened(&mut self, opened: rustix::io::Result<(OwnedFd, Identity)>, remote: bool) {
        let depth = self.levels.len();
        match opened {
            Ok((directory, identity)) => self.enter(depth, directory, identity, remote),
            // Gone, or replaced by a file or a link, since it was listed.
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => self.problems.vanished += 1,
            Err(_) => self.unreadable(depth),
        }
    }

    fn unreadable(&mut self, depth: usize) {
        self.problem_with_current();
        self.tally.directory(self.progress, &self.path);
        let path = Path::new(OsStr::from_bytes(&self.path));
        self.visitor.enter(&Entry { path, depth, identity: None, watch: Watch::Unreadable });
    }

    fn enter(&mut self, depth: usize, directory: OwnedFd, identity: Identity, remote: bool) {
        if self.levels.count_same(identity) >= SAME_ANCESTORS {
            self.problems.vanished += 1;
            return;
        }
        if self.levels.top().is_some_and(|parent| parent.identity.0 != identity.0) {
            keep_example(&mut self.problems.mounts, &self.path);
        }
        let watch = self.watch_for(identity);
        if watch == Watch::PathTooLong {
            self.problem_with_current();
        }
        self.tally.directory(self.progress, &self.path);
        let path = Path::new(OsStr::from_bytes(&self.path));
        if self.visitor.enter(&Entry { path, depth, identity: Some(identity), watch }) == Descend::Into {
            self.levels.push(Level::new(directory, identity, self.path.len(), remote));
        }
    }

    fn watch_for(&mut self, identity: Identity) -> Watch {
        if self.path.len() - self.root_length + self.real_root_length > LONGEST_PATH_BYTES {
            Watch::PathTooLong
        } else if self.seen.as_mut().is_some_and(|seen| !seen.insert(identity)) {
            Watch::Repeated
        } else {
            Watch::Taken
        }
    }

    /// Reads the next piece of the innermost directory.
    fn read_piece(&mut self) -> Result<(), Cancelled> {
        let Some(top) = self.levels.top_mut() else { return Ok(()) };
        self.path.truncate(top.path_length);
        let path = Path::new(OsStr::from_bytes(&self.path));
        let (visitor, mut files, remote) = (&mut *self.visitor, 0, top.remote);
        let directory = Arc::clone(top.directory());
        let mut take = |name: &CStr, is_directory: bool| {
            if is_directory {
                top.add_name(name);
            } else {
                files += 1;
                visitor.file(path, OsStr::from_bytes(name.to_bytes()));
            }
        };
        let read = if remote {
            match self.helper.ask(self.progress, move || read_apart(&directory)) {
                Ok((names, read)) => {
                    names.iter().for_each(|(name, is_directory)| take(name, *is_directory));
                    read
                }
                Err(no_answer) => return self.give_up(no_answer),
            }
        } else {
            self.reader.read(directory.as_fd(), &mut take)
        };
        self.tally.files(self.progress, files, &self.path);
        match read {
            Ok(cookie) => top.read_up_to(cookie),
            Err(error) => {
                // A directory removed while it is read ends with ENOENT; anything else hides some of its entries.
                self.problems.vanished += u64::from(error != Errno::NOENT);
                top.read_up_to(None);
            }
        }
        Ok(())
    }

    /// Goes back up, into a directory that may have been closed meanwhile.
    fn leave(&mut self) -> Result<(), Cancelled> {
        let was_remote = self.levels.top().is_some_and(|top| top.remote);
        self.levels.pop();
        self.visitor.leave(self.levels.len());
        self.reopen_top(was_remote)
    }

    /// Opens the innermost directory again where that is needed.
    fn reopen_top(&mut self, was_remote: bool) -> Result<(), Cancelled> {
        let Some(top) = self.levels.top() else { return Ok(()) };
        let below_root = self.path.get(self.root_length..top.path_length).unwrap_or_default();
        let Some(way_back) = self.levels.way_back(below_root) else { return Ok(()) };
        let directory = if was_remote || top.remote {
            match self.helper.ask(self.progress, move || way_back.go()) {
                Ok(directory) => directory,
                Err(no_answer) => return self.give_up(no_answer),
            }
        } else {
            way_back.go()
        };
        match directory {
            Ok(directory) => self.levels.reopened(directory),
            Err(_) => self.abandon_top(),
        }
        Ok(())
    }

    fn abandon_top(&mut self) {
        self.problems.vanished += 1;
        if let Some(top) = self.levels.top_mut() {
            top.abandon();
        }
    }

    /// Leaves the file system that does not answer: up to the first directory outside it, or altogether.
    fn give_up(&mut self, no_answer: NoAnswer) -> Result<(), Cancelled> {
        if no_answer == NoAnswer::Cancelled {
            return Err(Cancelled);
        }
        while let Some(top) = self.levels.top().filter(|top| top.remote) {
            if !self.mounts.root_may_hang {
                self.path.truncate(top.path_length);
            }
            self.levels.pop();
            self.visitor.leave(self.levels.len());
        }
        self.problems.unresponsive.push(self.current().to_path_buf());
        self.levels.forget_left();
        self.reopen_top(false)
    }

    /// Whether a file system that may hang begins at `path`.
    fn is_remote_mount(&self) -> bool {
        !self.mounts.may_hang.is_empty() && self.mounts.may_hang.contains(&self.path[self.root_length..])
    }

    fn current(&self) -> &Path {
        Path::new(OsStr::from_bytes(&self.path))
    }

    fn problem_with_current(&mut self) {
        self.problems.unreadable += 1;
        keep_example(&mut self.problems.unreadable_examples, &self.path);
    }
}

/// Reads a piece into memory, for a thread that the walk may have to leave behind.
fn read_apart(directory: &OwnedFd) -> (Vec<(CString, bool)>, rustix::io::Result<Option<u64>>) {
    let mut names = Vec::new();
    let read =
        Reader::new().read(directory.as_fd(), &mut |name, is_directory| names.push((name.to_owned(), is_directory)));
    (names, read)
}

fn keep_example(examples: &mut Vec<PathBuf>, path: &[u8]) {
    if examples.len() < EXAMPLES {
        examples.push(PathBuf::from(OsStr::from_bytes(path)));
    }
}

/// The length of a root's path, so that what follows it in longer paths begins with a slash; 0 for `/`.
fn before_slash(root: &[u8]) -> usize {
    if root == b"/" { 0 } else { root.len() }
}
