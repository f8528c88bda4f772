//! Findings of the walkers, in the order in which they met it, and how it comes into the order of the tree.

use super::notable::Notable;
use std::collections::HashMap;
use std::ops::Range;

/// Answers to whether watchdog gets a watch for a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Watch {
    /// Watchdog gets a watch.
    Taken,
    /// The directory may not be read, or a folder above it may not be searched: no watch, and nothing below it is seen.
    Unreadable,
    /// The path is longer than the kernel takes. What is below it is walked all the same.
    PathTooLong,
    /// Nothing is known but that it is there: this program, or the system, had as many files open as it may.
    NotOpened,
}

/// Marks of a directory: whether it takes a watch, whether it is a virtual environment, which device it
/// lies on (as a number of [`super::crew::Crew`]'s list).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks(u32);

impl Marks {
    const WATCH: u32 = 0b11;
    const ENVIRONMENT: u32 = 0b100;
    const DEVICE_SHIFT: u32 = 8;

    pub(super) const fn new(watch: Watch, device: u32) -> Self {
        let watch = match watch {
            Watch::Taken => 0,
            Watch::Unreadable => 1,
            Watch::PathTooLong => 2,
            Watch::NotOpened => 3,
        };
        Self(device << Self::DEVICE_SHIFT | watch)
    }

    pub(super) const fn takes_watch(self) -> bool {
        self.0 & Self::WATCH == 0 || self.is_not_opened()
    }

    pub(super) const fn is_not_opened(self) -> bool {
        self.0 & Self::WATCH == 3
    }

    pub(super) const fn is_unreadable(self) -> bool {
        self.0 & Self::WATCH == 1
    }

    pub(super) const fn device(self) -> usize {
        (self.0 >> Self::DEVICE_SHIFT) as usize
    }

    pub(super) const fn is_environment(self) -> bool {
        self.0 & Self::ENVIRONMENT != 0
    }

    pub(super) const fn set_environment(&mut self) {
        self.0 |= Self::ENVIRONMENT;
    }
}

/// The directories that one walker has met: a column for each figure, so that each can be put in order and freed by
/// itself.
#[derive(Default)]
pub(super) struct WalkerFindings {
    /// Names, each with a NUL behind it.
    pub(super) names: Vec<u8>,
    pub(super) inodes: Vec<u64>,
    /// Entries that are no directories.
    pub(super) files: Vec<u32>,
    pub(super) depths: Vec<u32>,
    pub(super) marks: Vec<Marks>,
    /// The files' inodes, where second names are asked for, in the order of their directories.
    pub(super) file_inodes: Vec<FileInode>,
    pub(super) notable: Notable,
    /// Bytes on the disk of what lies in a directory of a cache, by its device's number and its inode.
    pub(super) cache_bytes: HashMap<(u32, u64), u64>,
    /// Directories that were listed and then gone, or whose listing broke off.
    pub(super) vanished: u64,
    /// Mounted folders that did not answer in time.
    pub(super) unresponsive: Vec<Vec<u8>>,
}

/// The inode of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileInode {
    pub(super) inode: u64,
    /// The row of its directory in the walker's columns.
    pub(super) at: u32,
    /// Whether its name begins with a dot.
    pub(super) hidden: bool,
}

impl WalkerFindings {
    /// Notes the files of the directory in row `at`.
    pub(super) fn add_files(&mut self, at: usize, inodes: &[(u64, bool)]) {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.file_inodes.extend(inodes.iter().map(|&(inode, hidden)| FileInode { inode, at, hidden }));
    }

    /// Returns how much of the columns is filled, to begin or end a [`Piece::Run`].
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.inodes.len(), self.names.len())
    }
}

/// One part of what a job has brought, in the order of the tree.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Directories of the walker, with the bytes of its names.
    Run { directories: Range<usize>, names: Range<usize> },
    /// All that a job has brought.
    Job(u32),
}

/// Findings of a job, and the walker that has them.
#[derive(Default)]
pub(super) struct Brought {
    pub(super) walker: usize,
    pub(super) pieces: Vec<Piece>,
}

/// What a crew has brought together.
pub(super) struct Haul {
    pub(super) found: Vec<WalkerFindings>,
    pub(super) brought: Vec<Brought>,
    pub(super) devices: Vec<u64>,
}

/// The runs of all jobs in the order of the tree: which walker's, and where in its columns.
pub(super) fn in_order(jobs: &[Brought]) -> Vec<(usize, Range<usize>, Range<usize>)> {
    let mut runs = Vec::new();
    let mut waiting: Vec<(usize, &Piece)> = Vec::new();
    let push = |job: u32, waiting: &mut Vec<_>| {
        if let Some(job) = jobs.get(job as usize) {
            waiting.extend(job.pieces.iter().rev().map(|piece| (job.walker, piece)));
        }
    };
    push(0, &mut waiting);
    while let Some((walker, piece)) = waiting.pop() {
        match piece {
            Piece::Run { directories, names } => runs.push((walker, directories.clone(), names.clone())),
            Piece::Job(job) => push(*job, &mut waiting),
        }
    }
    runs
}
