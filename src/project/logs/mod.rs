//! Log files of the project that contain an inotify error.

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod general;
#[cfg(test)]
mod real_messages;
mod recognise;
mod resource;
mod speaker;
mod squeezed;
mod texts;

use super::files;
use super::tree::Inventory;
use crate::guarded;
use crate::progress::{Cancelled, Progress};
pub use recognise::{Recognised, recognise};
pub use resource::Resource;
pub use speaker::Tool;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};

/// Bytes that are read of one log: its end, where the last start of the app is.
const END_BYTES: u64 = 256 * 1024;

/// Logs read, the newest ones.
const MOST_LOGS: usize = 200;

/// A log file with an inotify error in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHit {
    /// The file.
    pub file: PathBuf,
    /// The last matching line, without its line end, lossily decoded, cut to a few hundred characters.
    pub line: String,
    /// Time when the file was last written, seconds since the Unix epoch.
    pub modified: u64,
}

/// Logs of the project that contain such an error, newest first. Bounded in files and bytes read; only a file's end is
/// read.
///
/// # Errors
/// [`Cancelled`] only.
pub fn find(inventory: &Inventory, progress: &Progress) -> Result<Vec<LogHit>, Cancelled> {
    let mut hits = Vec::new();
    for (modified, file) in newest(&inventory.logs) {
        progress.check()?;
        let line = files::read_end(file, END_BYTES).and_then(|end| error_in(&end));
        hits.extend(line.map(|line| LogHit { file: file.clone(), line, modified }));
    }
    Ok(hits)
}

/// Lists regular files only, with the time of their last change, newest first.
fn newest(logs: &[PathBuf]) -> Vec<(u64, &PathBuf)> {
    let mut logs: Vec<(u64, &PathBuf)> = logs
        .iter()
        .filter_map(|path| {
            let about = guarded::about(path).ok().filter(|about| about.kind == guarded::Kind::File)?;
            Some((files::seconds(about.modified()), path))
        })
        .collect();
    logs.sort_by(|a, b| (Reverse(a.0), a.1).cmp(&(Reverse(b.0), b.1)));
    logs.truncate(MOST_LOGS);
    logs
}

/// Reads at most `most` bytes from the end of a log; `None` where that is no regular file or may not be read.
#[must_use]
pub fn end_of(file: &Path, most: u64) -> Option<Vec<u8>> {
    files::read_end(file, most)
}

/// A full disk leaves "No space left on device" in logs too: such a line counts only when it speaks of watching.
fn error_in(end: &[u8]) -> Option<String> {
    let found = recognise(&String::from_utf8_lossy(end))?;
    found.resource.is_of_inotify().then_some(found.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_no_inotify_error() {
        assert_eq!(error_in(b"write: No space left on device\n"), None);
        assert!(error_in(b"cannot watch /x: No space left on device\n").is_some());
        assert!(error_in(b"\xff\xfe OSError: [Errno 24] inotify instance limit reached\n").is_some());
    }
}
