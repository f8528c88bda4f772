//! The walk: every directory of a tree once, in the order of `find`, without recursion and with a bounded number of
//! open files, however deep and however wide the tree is.
//!
//! What watchdog would watch is decided here, in one place: [`Entry::takes_watch`].

pub use super::directory::Identity;
use super::directory::{self, Reader};
use super::level::{Level, Levels};
use super::mounts::{Mounts, NoAnswer, ask};
use crate::progress::{Cancelled, Progress};
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Errno;
use std::collections::HashSet;
use std::ffi::{CStr, CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longest path the kernel takes, its final NUL not counted (PATH_MAX of limits.h is 4096 with it).
const LONGEST_PATH_BYTES: usize = 4095;

/// How many examples of each problem are kept.
const EXAMPLES: usize = 20;

/// How many directories and files are counted before the shared counters are raised.
const BATCH: u64 = 256;

/// How often the folder being read is named.
const NAME_EVERY: Duration = Duration::from_millis(200);

/// One directory that shows in two places is fine (a bind mount). This often on one line of descent, it is a loop.
const SAME_ANCESTORS: usize = 16;

/// One directory of the tree, in the moment the walk enters it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its path: the root as it was given, and the names below it.
    pub path: &'a Path,
    /// 0 for the root.
    pub depth: usize,
    /// `st_dev` and `st_ino`; `None` where it could not be opened.
    pub identity: Option<Identity>,
    /// Whether watchdog gets a watch for it.
    pub watch: Watch,
}

/// Whether watchdog gets a watch for a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// It does.
    Taken,
    /// It may not be read, or a folder above it may not be searched: no watch, and nothing below it is seen.
    Unreadable,
    /// Its path is longer than the kernel takes. What is below it is walked all the same.
    PathTooLong,
    /// Seen before under another path (a bind mount): the kernel answers with the watch it already has.
    Repeated,
}

impl Entry<'_> {
    /// Whether watchdog gets a watch of its own for this directory.
    #[must_use]
    pub fn takes_watch(&self) -> bool {
        self.watch == Watch::Taken
    }
}

/// Whether the walk goes on below a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Descend {
    /// Yes.
    Into,
    /// No: it is not read at all.
    Over,
}

/// What a walk tells. Between [`Visitor::enter`] and [`Visitor::leave`] of a directory come its files and its
/// sub-directories, in the order in which the file system lists them, mixed.
pub trait Visitor {
    /// A directory, before it is read.
    fn enter(&mut self, entry: &Entry<'_>) -> Descend;

    /// Anything but a directory, in the directory at `depth` (the innermost one entered and not left).
    fn file(&mut self, _directory: &Path, _name: &OsStr) {}

    /// A directory that was gone into has been read, with all that is below it.
    fn leave(&mut self, _depth: usize) {}
}

/// What the walk met besides directories and files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkProblems {
    /// Directories with [`Watch::Unreadable`] or [`Watch::PathTooLong`].
    pub unreadable: u64,
    /// The first few of them.
    pub unreadable_examples: Vec<PathBuf>,
    /// The first few places where another file system begins (`st_dev` changes); they are walked too.
    pub mounts: Vec<PathBuf>,
    /// Mounted folders that did not answer in time; they are left out, nothing in them was entered to the end.
    pub unresponsive: Vec<PathBuf>,
    /// Directories that were listed and then gone, or whose listing broke off.
    pub vanished: u64,
}

/// Walks `root` and hands over each directory, the root first. A symbolic link as root is followed, no other is.
/// A root that does not exist, or is no directory, is not handed over; it counts as vanished.
///
/// # Errors
/// [`Cancelled`] only.
pub fn visit(
    root: &Path,
    progress: &Progress,
    on_directory: &mut dyn FnMut(&Entry<'_>),
) -> Result<WalkProblems, Cancelled> {
    struct Each<'f>(&'f mut dyn FnMut(&Entry<'_>));
    impl Visitor for Each<'_> {
        fn enter(&mut self, entry: &Entry<'_>) -> Descend {
            (self.0)(entry);
            Descend::Into
        }
    }
    visit_all(root, progress, &mut Each(on_directory))
}

/// Walks `root` as [`visit`] does, with files, and lets the visitor leave out what it likes.
///
/// # Errors
/// [`Cancelled`] only.
pub fn visit_all(root: &Path, progress: &Progress, visitor: &mut dyn Visitor) -> Result<WalkProblems, Cancelled> {
    let mut walk = Walk::new(root, progress, visitor);
    let result = walk.run();
    walk.tally.flush(progress);
    result.map(|()| walk.problems)
}

struct Walk<'a> {
    progress: &'a Progress,
    visitor: &'a mut dyn Visitor,
    mounts: Mounts,
    /// The root as given, then the names down to the directory being looked at.
    path: Vec<u8>,
    root_length: usize,
    real_root_length: usize,
    levels: Levels,
    reader: Reader,
    /// Only where one file system is mounted twice: memory for it is needed nowhere else.
    seen: Option<HashSet<Identity>>,
    problems: WalkProblems,
    tally: Tally,
}

impl<'a> Walk<'a> {
    fn new(root: &Path, progress: &'a Progress, visitor: &'a mut dyn Visitor) -> Self {
        let mut path = root.as_os_str().as_bytes().to_vec();
        while path.len() > 1 && path.ends_with(b"/") {
            path.pop();
        }
        Self {
            progress,
            visitor,
            mounts: Mounts::default(),
            root_length: before_slash(&path),
            real_root_length: before_slash(&path),
            path,
            levels: Levels::default(),
            reader: Reader::new(),
            seen: None,
            problems: WalkProblems::default(),
            tally: Tally::default(),
        }
    }

    fn run(&mut self) -> Result<(), Cancelled> {
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
        let opened = ask(self.progress, move || {
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
            match ask(self.progress, move || directory::open(directory.as_fd(), &name)) {
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
            match ask(self.progress, move || read_apart(&directory)) {
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
            match ask(self.progress, move || way_back.go()) {
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

/// What was counted and not yet added to the shared counters.
#[derive(Default)]
struct Tally {
    directories: u64,
    files: u64,
    named_at: Option<Instant>,
}

impl Tally {
    fn directory(&mut self, progress: &Progress, path: &[u8]) {
        self.directories += 1;
        self.add_batch(progress, path);
    }

    fn files(&mut self, progress: &Progress, files: u64, path: &[u8]) {
        self.files += files;
        self.add_batch(progress, path);
    }

    fn add_batch(&mut self, progress: &Progress, path: &[u8]) {
        if self.directories + self.files < BATCH {
            return;
        }
        self.flush(progress);
        if self.named_at.is_none_or(|at| at.elapsed() >= NAME_EVERY) {
            progress.at(Path::new(OsStr::from_bytes(path)));
            self.named_at = Some(Instant::now());
        }
    }

    fn flush(&mut self, progress: &Progress) {
        progress.add(std::mem::take(&mut self.directories), std::mem::take(&mut self.files));
    }
}
