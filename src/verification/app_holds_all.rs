//! Watches of each running app against those it should hold: the gaps that watchdog 7 says nothing about.

use super::{Check, Facts};
use crate::survey::{Project, RunningApp};
use std::path::PathBuf;

/// One app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The process.
    pub pid: u32,
    /// The outcome of the comparison.
    pub holds: HoldsAll,
}

/// Outcomes of the comparison of what an app holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
#[allow(missing_docs, reason = "the fields are what the documented variant names")]
pub enum HoldsAll {
    /// The app watches every folder it should.
    All { watches: u64, expected: u64 },
    /// The app misses some: how many, and the first of them in the order of the walk.
    Gap { watches: u64, expected: u64, unwatched_count: u64, unwatched: Vec<PathBuf> },
    /// The app watches nothing while nobody has it open: its watches come with a browser session.
    NotYet { expected: u64 },
    /// The app takes its watches anew without end, because its event queue is too short.
    Loops { fewest: u64, most: u64 },
    /// The watches may not be read.
    Unreadable,
}

/// Checks the apps; cannot be run where no app runs, or where none tells.
pub(super) fn check(project: &Project) -> Check {
    let apps: Vec<Holding> = project.running.iter().map(holding).collect();
    let gap = apps.iter().any(|app| matches!(app.holds, HoldsAll::Gap { .. } | HoldsAll::Loops { .. }));
    let unknown = apps.iter().any(|app| matches!(app.holds, HoldsAll::NotYet { .. } | HoldsAll::Unreadable));
    if (apps.is_empty() || unknown) && !gap {
        return Check::could_not_run(Facts::HoldsAll(apps));
    }
    Check::when(!gap, Facts::HoldsAll(apps))
}

fn holding(app: &RunningApp) -> Holding {
    let watches = app.watches;
    if let Some(seen) = app.looping() {
        return Holding { pid: app.pid, holds: HoldsAll::Loops { fewest: seen.fewest, most: seen.most } };
    }
    let holds = match &app.gap {
        None => HoldsAll::Unreadable,
        Some(gap) if gap.unwatched_count == 0 => HoldsAll::All { watches, expected: gap.expected },
        Some(gap) if app.misses().is_none() => HoldsAll::NotYet { expected: gap.expected },
        Some(gap) => HoldsAll::Gap {
            watches,
            expected: gap.expected,
            unwatched_count: gap.unwatched_count,
            unwatched: gap.unwatched.clone(),
        },
    };
    Holding { pid: app.pid, holds }
}
