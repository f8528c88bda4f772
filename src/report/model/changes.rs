//! The journal's part of the model: what this program has changed.

use crate::remedy::journal::Entry;
use crate::remedy::restart::Restart;
use crate::remedy::snippets::{Shell, quote};
use crate::remedy::{self, State};
use crate::say;
use crate::words::Words;
use jiff::Timestamp;
use serde::Serialize;
use std::ffi::OsString;

/// One plan this program has carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The time when it was begun.
    pub when: Timestamp,
    /// The deed.
    pub what: String,
    /// The command that undoes it; empty where it cannot be undone.
    pub undo: String,
}

impl Change {
    /// Lists those that are not undone, oldest first. One that was interrupted before its first change changed nothing.
    pub(in crate::report) fn all(entries: &[Entry], words: &Words) -> Vec<Self> {
        let stands = |entry: &&Entry| match entry.state {
            State::Undone => false,
            State::Applying => entry.begun > 0,
            State::Applied | State::Undoing => true,
        };
        entries.iter().filter(stands).map(|entry| Self::of(entry, words)).collect()
    }

    fn of(entry: &Entry, words: &Words) -> Self {
        // Of one that was interrupted, what was never begun did not happen.
        let begun = if entry.is_unfinished() { entry.begun } else { entry.plan.changes.len() };
        let lines = entry.plan.changes.iter().take(begun).flat_map(|change| quoted(change).lines(words));
        let what = lines.collect::<Vec<_>>().join(&say!(words, "report-change-separator"));
        let what = if entry.is_unfinished() { say!(words, "report-change-interrupted", what = what) } else { what };
        let undo = if entry.plan.can_be_undone() { format!("inotify-doctor undo {}", entry.id) } else { String::new() };
        Self { when: entry.when, what, undo }
    }
}

/// A command line with each argument quoted where it needs to be: in a sentence, nothing else tells redaction where a
/// secret with spaces in it ends.
fn quoted(change: &remedy::Change) -> remedy::Change {
    let remedy::Change::Restart(restart) = change else { return change.clone() };
    let command = restart.command.iter().map(|word| OsString::from(quote(Shell::Bash, word))).collect();
    remedy::Change::Restart(Restart { command, ..restart.clone() })
}
