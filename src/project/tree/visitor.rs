//! What a walk tells, and to whom. What watchdog would watch is decided here, in one place: [`Entry::takes_watch`].

use super::directory::Identity;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

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

    /// Whether the walk raises the counters of its `Progress`: a second look at the same tree should not.
    fn counts(&self) -> bool {
        true
    }
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
