//! Log files of the project that contain an inotify error.

use crate::progress::{Cancelled, Progress};
use std::path::{Path, PathBuf};

/// A log file with an inotify error in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHit {
    /// The file.
    pub file: PathBuf,
    /// The last matching line, without its line end, lossily decoded, cut to a few hundred characters.
    pub line: String,
    /// When the file was last written, seconds since the Unix epoch.
    pub modified: u64,
}

/// `logs/` and `*.log` below `root` that contain such an error, newest first. Bounded in files and bytes read;
/// only a file's end is read.
///
/// # Errors
/// [`Cancelled`] only.
pub fn find(_root: &Path, _progress: &Progress) -> Result<Vec<LogHit>, Cancelled> {
    todo!("filled in by the tree slice")
}
