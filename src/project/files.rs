//! Files of the project, read in bounded pieces and only where they are regular files.

use crate::guarded;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Reads at most `most` bytes from the beginning of a regular file.
pub(crate) fn read_start(path: &Path, most: u64) -> Option<Vec<u8>> {
    guarded::read_start(path, most).ok()
}

/// Reads at most `most` bytes from the end of a regular file.
pub(super) fn read_end(path: &Path, most: u64) -> Option<Vec<u8>> {
    guarded::read_end(path, most).ok()
}

/// Seconds since the Unix epoch; 0 for earlier times.
pub(super) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
}
