//! The verdict: one plain sentence.

use super::budget::{Basis, Budget};
use crate::project::streamlit::Watcher;
use crate::survey::{RunningApp, Survey};

/// The sentence for the person who only reads one; worded in [`super::wording`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are what the documented variant names")]
pub enum Verdict {
    /// The limit could not be read, so nothing can be judged.
    LimitUnknown,
    /// No project: what the account holds of its limit.
    AccountOnly { held: u64, limit: u64 },
    /// The project does not watch files, so it needs nothing.
    NothingNeeded { watcher: Watcher, held: u64, limit: u64 },
    /// The running app holds fewer watches than it needs and says nothing.
    RunningWithGap { need: u64, limit: u64, held: u64, unwatched: u64 },
    /// The need does not fit.
    DoesNotFit { need: u64, limit: u64, held: u64, missing: u64 },
    /// The instances do not fit (the watches do).
    InstancesDoNotFit { need: u64, limit: u64, held: u64 },
    /// The need fits, and an app that holds all of it already runs.
    Running { need: u64, limit: u64, held: u64 },
    /// The need fits.
    Fits { need: u64, limit: u64, held: u64 },
}

impl Verdict {
    /// Judges by the sums, the worst first.
    #[must_use]
    pub fn of(survey: &Survey, budget: &Budget) -> Self {
        let watches = &budget.watches;
        let (need, held) = (watches.need, watches.held);
        let Some(limit) = watches.limit else { return Self::LimitUnknown };
        let unwatched = survey.project.iter().flat_map(|project| &project.running).filter_map(RunningApp::misses);
        let unwatched = unwatched.map(|gap| gap.unwatched_count).max().unwrap_or(0);
        match budget.basis {
            Basis::NoProject => Self::AccountOnly { held, limit },
            Basis::NoWatching(watcher) => Self::NothingNeeded { watcher, held, limit },
            _ if unwatched > 0 => Self::RunningWithGap { need, limit, held, unwatched },
            _ if watches.missing() > 0 => Self::DoesNotFit { need, limit, held, missing: watches.missing() },
            _ if budget.instances.missing() > 0 => {
                let instances = &budget.instances;
                let limit = instances.limit.unwrap_or(0);
                Self::InstancesDoNotFit { need: instances.need, limit, held: instances.held }
            }
            _ if watches.to_add == 0 => Self::Running { need, limit, held },
            _ => Self::Fits { need, limit, held },
        }
    }
}
