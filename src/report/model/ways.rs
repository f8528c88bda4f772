//! The ways out side by side.

use crate::remedy::offer::{ComparedWay, WayOut};
use crate::words::Words;
use serde::Serialize;

/// One way out of what binds, with what it costs for this project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The stable name.
    pub way: WayOut,
    /// The name as people read it.
    pub title: String,
    /// Watches that the app takes then, at most.
    pub watches: u64,
    /// The cost, in a sentence or two.
    pub cost: String,
    /// What is so afterwards, in a sentence or two.
    pub after: String,
    /// Whether it holds after a reboot.
    pub survives_reboot: bool,
    /// Whether an administrator is needed.
    pub needs_administrator: bool,
}

impl Way {
    pub(in crate::report) fn of(way: &ComparedWay, words: &Words) -> Self {
        let [title, cost, after, ..] = way.cells(words);
        let ComparedWay { way, watches, survives_reboot, needs_administrator, .. } = *way;
        Self { way, title, watches, cost, after, survives_reboot, needs_administrator }
    }
}
