//! Raises the shared counters in batches: they are touched by several threads, and often would cost.

use crate::progress::Progress;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// Number of directories and files that are counted before the shared counters are raised.
const BATCH: u64 = 256;

/// Interval at which the folder being read is named.
const NAME_EVERY: Duration = Duration::from_millis(200);

/// Counts that were not yet added to the shared counters.
#[derive(Default)]
pub(super) struct Tally {
    directories: u64,
    files: u64,
    named_at: Option<Instant>,
}

impl Tally {
    pub(super) fn directory(&mut self, progress: &Progress, path: &[u8]) {
        self.directories += 1;
        self.add_batch(progress, path);
    }

    pub(super) fn files(&mut self, progress: &Progress, files: u64, path: &[u8]) {
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

    pub(super) fn flush(&mut self, progress: &Progress) {
        progress.add(std::mem::take(&mut self.directories), std::mem::take(&mut self.files));
    }
}
