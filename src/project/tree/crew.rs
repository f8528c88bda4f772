//! The walkers of one tree, as many as there are cores, and the work that they hand to each other.
//!
//! A walker goes depth first. Where another one has nothing to do, it gives away the later half of what waits in its
//! outermost level: so each has large parts to itself, and the order of the tree is kept.

use super::found::{Brought, Piece};
use super::level::{EntryNames, LevelPlace};
use super::mounts::Mounts;
use crate::progress::Progress;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Facts that only some who ask for a tree need.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// The sizes of what lies in caches: a `stat` for each file in them.
    pub(super) caches: bool,
    /// Files that have several names in the tree: 16 bytes of memory for each file while it is walked.
    pub(super) second_names: bool,
}

/// A part of a directory's sub-directories, to be walked with all that is below them.
pub(super) struct WalkJob {
    pub(super) number: u32,
    pub(super) place: LevelPlace,
    /// The directory's path.
    pub(super) path: Vec<u8>,
    pub(super) names: EntryNames,
}

/// State that walkers share.
pub(super) struct Crew<'a> {
    pub(super) progress: &'a Progress,
    pub(super) mounts: Mounts,
    /// Bytes of the root's path as it was given, so that what follows begins with a slash.
    pub(super) root_length: usize,
    pub(super) real_root_length: usize,
    /// Folders inside that were walked before, as what follows the root, and whether the root itself was.
    pub(super) known: HashSet<Vec<u8>>,
    pub(super) asked: Asked,
    board: Mutex<Board>,
    changed: Condvar,
    /// Walkers that wait for a job and have not been given one yet.
    idle: AtomicUsize,
    stopped: AtomicBool,
}

#[derive(Default)]
struct Board {
    jobs: Vec<WalkJob>,
    walkers: usize,
    waiting: usize,
    brought: Vec<Brought>,
    devices: Vec<u64>,
}

impl<'a> Crew<'a> {
    pub(super) fn new(
        progress: &'a Progress,
        mounts: Mounts,
        (root_length, real_root_length): (usize, usize),
        known: HashSet<Vec<u8>>,
        asked: Asked,
    ) -> Self {
        let brought = vec![Brought::default()];
        Self {
            progress,
            mounts,
            root_length,
            real_root_length,
            known,
            asked,
            board: Mutex::new(Board { brought, ..Board::default() }),
            changed: Condvar::new(),
            idle: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
        }
    }

    /// Takes on walkers: so many have to wait for a job before all is done.
    pub(super) fn take_on(&self, walkers: usize) {
        self.board().walkers = walkers;
    }

    /// Returns what all jobs have brought, and the devices met.
    pub(super) fn into_brought(self) -> (Vec<Brought>, Vec<u64>) {
        let board = self.board.into_inner().unwrap_or_else(PoisonError::into_inner);
        (board.brought, board.devices)
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whether another walker waits for work.
    pub(super) fn is_hungry(&self) -> bool {
        self.idle.load(Relaxed) > 0
    }

    /// Hands a job to whoever waits, and returns its number.
    pub(super) fn give(&self, job: impl FnOnce(u32) -> WalkJob) -> u32 {
        let mut board = self.board();
        let number = u32::try_from(board.brought.len()).unwrap_or(u32::MAX);
        board.brought.push(Brought::default());
        board.jobs.push(job(number));
        self.count_idle(&board);
        drop(board);
        self.changed.notify_one();
        number
    }

    /// Waits for a job; `None` when everything has been walked, or the work was stopped.
    pub(super) fn next(&self) -> Option<WalkJob> {
        let mut board = self.board();
        board.waiting += 1;
        loop {
            if self.stopped.load(Relaxed) {
                return None;
            }
            if let Some(job) = board.jobs.pop() {
                board.waiting -= 1;
                self.count_idle(&board);
                return Some(job);
            }
            if board.waiting == board.walkers {
                self.changed.notify_all();
                return None;
            }
            self.count_idle(&board);
            board = self.changed.wait(board).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn count_idle(&self, board: &Board) {
        self.idle.store(board.waiting.saturating_sub(board.jobs.len()), Relaxed);
    }

    /// One walker fewer than planned.
    pub(super) fn leave_board(&self) {
        self.board().walkers -= 1;
        self.changed.notify_all();
    }

    /// Ends the work of all.
    pub(super) fn stop(&self) {
        let board = self.board();
        self.stopped.store(true, Relaxed);
        drop(board);
        self.changed.notify_all();
    }

    /// Takes what a job has brought.
    pub(super) fn bring(&self, job: u32, walker: usize, pieces: Vec<Piece>) {
        if let Some(brought) = self.board().brought.get_mut(job as usize) {
            *brought = Brought { walker, pieces };
        }
    }

    /// The number of a device in the list of all.
    pub(super) fn device(&self, device: u64) -> u32 {
        let mut board = self.board();
        let known = board.devices.iter().position(|known| *known == device);
        let number = known.unwrap_or_else(|| {
            board.devices.push(device);
            board.devices.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}
