//! Progress and cancel for work that may be slow: counters that the worker raises and anyone may read.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

/// Progress shared by the thread that works and the one that shows how far it is. Clones share the same counters.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    cancelled: AtomicBool,
    directories: AtomicU64,
    files: AtomicU64,
    at: Mutex<PathBuf>,
}

/// The work was stopped before its end because [`Progress::cancel`] was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

impl Progress {
    /// Asks the worker to stop at its next [`Progress::check`].
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Relaxed);
    }

    /// Checks for a cancel; called by the worker often enough that a person does not wait for it to stop.
    ///
    /// # Errors
    /// [`Cancelled`] once [`Progress::cancel`] has been called.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.0.cancelled.load(Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// Adds what the worker has just counted.
    pub fn add(&self, directories: u64, files: u64) {
        self.0.directories.fetch_add(directories, Relaxed);
        self.0.files.fetch_add(files, Relaxed);
    }

    /// Names the folder being read. Cheap enough for a few calls a second, not for every folder.
    pub fn at(&self, folder: &Path) {
        *self.0.at.lock().unwrap_or_else(PoisonError::into_inner) = folder.to_path_buf();
    }

    /// Directories and files counted so far.
    #[must_use]
    pub fn counted(&self) -> (u64, u64) {
        (self.0.directories.load(Relaxed), self.0.files.load(Relaxed))
    }

    /// The folder last named by [`Progress::at`]; empty before the first.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.0.at.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
