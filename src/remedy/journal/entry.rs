//! Entries: what a file of the journal says, line by line.

use crate::remedy::outcome::Done;
use crate::remedy::{Plan, RemedyError, RemedyName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// One plan that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number: 1, 2, 3 …
    pub id: u32,
    /// The time when it was begun.
    pub when: Timestamp,
    /// The plan, exactly as it was shown.
    pub plan: Plan,
    /// The state that it reached.
    pub state: State,
    /// The number of its changes that were begun. Any of these may be done or not: the world itself tells.
    pub begun: usize,
    /// Outcomes of the changes that are done.
    pub done: Vec<Done>,
}

/// States that a plan reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(strum::EnumIter))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The plan is being applied, or was interrupted in it.
    Applying,
    /// The plan was applied.
    Applied,
    /// The plan is being undone, or was interrupted in it.
    Undoing,
    /// The plan was undone.
    Undone,
}

/// Contents of the journal's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// Files that could not be understood.
    pub unreadable: Vec<PathBuf>,
    /// The reasons why others are not obeyed: they belong to someone else, or someone else can write them.
    pub refused: Vec<RemedyError>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum JournalRecord {
    Plan { when: Timestamp, plan: Plan },
    Begun(usize),
    Done(Done),
    State(State),
}

impl Entry {
    /// Returns the remedy that it was.
    #[must_use]
    pub const fn remedy(&self) -> RemedyName {
        self.plan.remedy
    }

    /// Tells whether it was interrupted and waits to be undone or finished. Meaningful only while no run is at work,
    /// see [`Journal::unfinished`](super::Journal::unfinished).
    #[must_use]
    pub const fn is_unfinished(&self) -> bool {
        matches!(self.state, State::Applying | State::Undoing)
    }
}

/// `None` when the first line is not a plan or a later whole line is no record.
pub(super) fn parse(id: u32, bytes: &[u8]) -> Option<(Entry, u64)> {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n')? + 1;
    let mut records = bytes[..whole - 1].split(|byte| *byte == b'\n').map(serde_json::from_slice::<JournalRecord>);
    let JournalRecord::Plan { when, plan } = records.next()?.ok()? else { return None };
    let mut entry = Entry { id, when, plan, state: State::Applying, begun: 0, done: Vec::new() };
    for record in records {
        match record.ok()? {
            JournalRecord::Plan { .. } => return None,
            JournalRecord::Begun(change) => entry.begun = entry.begun.max(change.saturating_add(1)),
            JournalRecord::Done(done) => entry.done.push(done),
            JournalRecord::State(state) => entry.state = state,
        }
    }
    (entry.begun <= entry.plan.changes.len()).then_some((entry, u64::try_from(whole).ok()?))
}
