//! Logs of the apps that this program has started: where that is written, its end, and waiting for more of it.

use super::end::{ends_within, handle, has_ended};
use super::{Journal, RemedyError};
use crate::guarded;
use crate::machine::{Places, ProcessDir};
use crate::progress::{Cancelled, Progress};
use crate::project::logs::{self, recognise};
use crate::remedy::Done;
use crate::words::visible;
use rustix::event::Timespec;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

/// Bytes of a log that are read at most: its end.
const MOST_BYTES: u64 = 64 * 1024;
/// Lines that are kept of that at most.
const MOST_LINES: usize = 200;
/// Characters that are kept of a line at most.
const MOST_CHARS: usize = 1_000;
/// Interval at which a log is looked at; new lines within this time are told together.
const PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 250_000_000 };

/// An app that this program has started, by what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppLog {
    /// The process; `None` where it has ended for sure.
    pub pid: Option<u32>,
    /// The file with what it says.
    pub file: PathBuf,
}

/// The end of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEnd {
    /// The last lines, oldest first.
    pub lines: Vec<LogLine>,
    /// Whether there are earlier ones.
    pub cut: bool,
    /// The app has ended.
    pub ended: bool,
    /// The length of the file when it was read; `None` where it could not be read.
    bytes: Option<u64>,
}

/// A line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// The line, its control characters made visible.
    pub text: String,
    /// Whether it tells of an error.
    pub is_error: bool,
}

/// The folder with the logs, beside the journal.
pub(super) fn folder(journal: &Journal) -> PathBuf {
    journal.as_ref().parent().unwrap_or(journal.as_ref()).join("logs")
}

impl AppLog {
    /// The log of process `pid`: the file that it writes errors into, else the one with all it says.
    #[must_use]
    pub fn of_process(pid: u32) -> Option<Self> {
        let file = outputs(pid).into_iter().rev().flatten().find(|file| guarded::is_file(file))?;
        Some(Self { pid: Some(pid), file })
    }

    /// The log of an app that was started.
    #[must_use]
    pub fn of_done(done: &Done) -> Option<Self> {
        let Done::Restarted { pid, log, .. } = done else { return None };
        Some(Self { pid: Some(*pid), file: log.clone() })
    }

    /// The log of an app that did not start.
    #[must_use]
    pub fn of_error(error: &RemedyError) -> Option<Self> {
        let RemedyError::DidNotStart { log: Some(file), .. } = error else { return None };
        Some(Self { pid: None, file: file.clone() })
    }

    /// Reads the end of the log as soon as it is other than `known`: more was written, or the app has ended. Without
    /// `known` at once. Blocks: not for the drawing thread.
    ///
    /// # Errors
    /// [`Cancelled`] only; what cannot be read is an empty end.
    pub fn next(&self, known: Option<&LogEnd>, progress: &Progress) -> Result<LogEnd, Cancelled> {
        let app = self.held();
        let Some(known) = known.filter(|known| !known.ended) else { return Ok(self.read(app.as_ref())) };
        loop {
            progress.check()?;
            if let Some(app) = &app {
                ends_within(app, PAUSE);
            }
            if self.bytes() != known.bytes || app.as_ref().is_none_or(has_ended) {
                return Ok(self.read(app.as_ref()));
            }
        }
    }

    /// The process, unless another one has its number: that has not this file open.
    fn held(&self) -> Option<OwnedFd> {
        let (pid, file) = (self.pid?, guarded::real_path(&self.file).ok()?);
        let app = handle(pid).ok()?;
        outputs(pid).into_iter().flatten().any(|output| output == file).then_some(app)
    }

    fn read(&self, app: Option<&OwnedFd>) -> LogEnd {
        // Asked before reading: what is written in between is read then, or makes the file longer.
        let (ended, bytes) = (app.is_none_or(has_ended), self.bytes());
        let text = logs::end_of(&self.file, MOST_BYTES).unwrap_or_default();
        LogEnd { ended, bytes, ..LogEnd::of(&text, bytes.is_some_and(|bytes| bytes > MOST_BYTES)) }
    }

    fn bytes(&self) -> Option<u64> {
        guarded::about(&self.file).ok().map(|about| about.bytes)
    }
}

/// Returns the files where a process writes what it says and what it complains about.
fn outputs(pid: u32) -> [Option<PathBuf>; 2] {
    let process = ProcessDir::open(&Places::default(), pid).ok();
    [c"fd/1", c"fd/2"].map(|descriptor| process.as_ref()?.link(descriptor).map(PathBuf::from))
}

impl LogEnd {
    /// `cut`: the text begins in the middle of a longer one.
    fn of(text: &[u8], cut: bool) -> Self {
        let text = String::from_utf8_lossy(text);
        let begin = if cut { text.find('\n').map_or(0, |end| end + 1) } else { 0 };
        let lines: Vec<&str> = text[begin..].trim_end().lines().collect();
        let skipped = lines.len().saturating_sub(MOST_LINES);
        let lines = lines[skipped..].iter().map(|line| LogLine::of(line)).collect();
        Self { lines, cut: cut || skipped > 0, ..Self::default() }
    }

    /// Makes the end of a log of which nothing could be read, and nothing more will be.
    #[must_use]
    pub fn unreadable() -> Self {
        Self { ended: true, ..Self::default() }
    }

    /// All lines as one text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

impl LogLine {
    fn of(line: &str) -> Self {
        let plain = without_colours(line);
        // What was written over with a carriage return was meant to be seen in its last state.
        let last = plain.rsplit('\r').find(|part| !part.is_empty()).unwrap_or_default();
        let text: String = visible(last).chars().take(MOST_CHARS).collect();
        let lower = text.to_lowercase();
        let marked =
            ["error:", "traceback (most recent call last)", "failed to "].iter().any(|mark| lower.contains(mark));
        Self { is_error: marked || recognise(&text).is_some(), text }
    }
}

/// Removes the sequences that colour a terminal: escape, bracket, digits, a letter.
fn without_colours(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut text, part| {
        let end = part.find(|letter: char| letter.is_ascii_alphabetic()).map_or(part.len(), |letter| letter + 1);
        text.push_str(&part[end..]);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_lines_are_kept_and_errors_among_them_are_known() {
        let many: String = (0..=MOST_LINES).map(|line| format!("line {line}\n")).collect();
        let end = LogEnd::of(many.as_bytes(), false);
        assert!(end.cut, "the first line is left out");
        assert_eq!((end.lines.len(), end.lines[0].text.as_str()), (MOST_LINES, "line 1"));
        assert_eq!(LogEnd::of(b"half a line\nwhole\n", true).text(), "whole");
        for (line, text, is_error) in [
            ("  You can now view your Streamlit app.", "  You can now view your Streamlit app.", false),
            (
                "OSError: [Errno 28] inotify watch limit reached",
                "OSError: [Errno 28] inotify watch limit reached",
                true,
            ),
            ("\u{1b}[31mERROR\u{1b}[0m:    [Errno 98] address in use", "ERROR:    [Errno 98] address in use", true),
            ("Failed to schedule watch observer for path /x", "Failed to schedule watch observer for path /x", true),
            ("10 %\r100 %\r", "100 %", false),
            ("bell\u{7}", "bell\\u{7}", false),
        ] {
            assert_eq!(LogEnd::of(line.as_bytes(), false).lines, [LogLine { text: text.to_owned(), is_error }]);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_end(bytes: Vec<u8>, cut: bool) {
            prop_assert!(LogEnd::of(&bytes, cut).lines.len() <= MOST_LINES);
        }

        #[test]
        fn anything_like_a_colour_is_taken_out(line in "(\u{1b}|\\[|3|1|m|é|\r){0,12}") {
            let escapes = LogLine::of(&line).text.contains('\u{1b}');
            prop_assert!(!escapes);
        }
    }
}
