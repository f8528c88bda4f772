//! The verdict: one plain sentence.

use super::budget::{Basis, Budget, QueueShortage, SetBy, Sums};
use crate::project::streamlit::Watcher;
use crate::survey::{RunningApp, Survey};

/// The sentence for the person who only reads one; worded in [`super::wording`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
#[allow(missing_docs, reason = "the fields are what the documented variant names")]
pub enum Verdict {
    /// The limit could not be read, so nothing can be judged.
    LimitUnknown,
    /// Without a project: what the account holds of its limit.
    AccountOnly { held: u64, limit: u64, set_by: SetBy },
    /// The project does not watch files, so it needs nothing.
    NothingNeeded { watcher: Watcher, held: u64, limit: u64 },
    /// The running app holds fewer watches than it needs and says nothing.
    RunningWithGap { expected: u64, limit: u64, set_by: SetBy, held: u64, unwatched: u64 },
    /// The running app got no inotify instance for some of its folders: the watches would fit.
    GapOfInstances { unwatched: u64, need: u64, limit: u64, set_by: SetBy, held: u64 },
    /// The running app takes its watches anew without end, because its event queue is too short.
    AppLoops { directories: u64, events: u64, queue: u64 },
    /// The app will take its watches anew without end (`loops`), or does so once its queue has overflowed.
    QueueTooShort { loops: bool, directories: u64, events: u64, queue: u64 },
    /// The need does not fit.
    DoesNotFit { need: u64, limit: u64, set_by: SetBy, held: u64, missing: u64 },
    /// The instances do not fit (the watches do).
    InstancesDoNotFit { need: u64, limit: u64, set_by: SetBy, held: u64 },
    /// The need fits, and an app that holds all of it already runs.
    Running { need: u64, limit: u64, set_by: SetBy, held: u64 },
    /// The need fits.
    Fits { need: u64, limit: u64, set_by: SetBy, held: u64 },
}

impl Verdict {
    /// Judges by the sums, the worst first.
    #[must_use]
    pub fn of(survey: &Survey, budget: &Budget) -> Self {
        let watches = &budget.watches;
        let (need, held, set_by) = (watches.need, watches.held, watches.set_by);
        let Some(limit) = watches.limit else { return Self::LimitUnknown };
        let gaps = survey.project.iter().flat_map(|project| &project.running).filter_map(RunningApp::misses);
        let widest = gaps.max_by_key(|gap| gap.unwatched_count);
        match budget.basis {
            Basis::NoProject => Self::AccountOnly { held, limit, set_by },
            Basis::NoWatching(watcher) => Self::NothingNeeded { watcher, held, limit },
            Basis::Streamlit | Basis::WholeFolder => {
                if let Some(queue) = Self::of_queue(survey, budget) {
                    queue
                } else if let Some(gap) = widest.filter(|_| watches.missing() == 0 && budget.instances.missing() > 0) {
                    let Sums { need, set_by, held, .. } = budget.instances;
                    let (unwatched, limit) = (gap.unwatched_count, budget.instances.limit.unwrap_or(0));
                    Self::GapOfInstances { unwatched, need, limit, set_by, held }
                } else if let Some(gap) = widest {
                    let (expected, unwatched) = (gap.expected, gap.unwatched_count);
                    Self::RunningWithGap { expected, limit, set_by, held, unwatched }
                } else if watches.missing() > 0 {
                    Self::DoesNotFit { need, limit, set_by, held, missing: watches.missing() }
                } else if budget.instances.missing() > 0 {
                    let instances = &budget.instances;
                    let limit = instances.limit.unwrap_or(0);
                    let (need, set_by, held) = (instances.need, instances.set_by, instances.held);
                    Self::InstancesDoNotFit { need, limit, set_by, held }
                } else if watches.to_add == 0 {
                    Self::Running { need, limit, set_by, held }
                } else {
                    Self::Fits { need, limit, set_by, held }
                }
            }
        }
    }

    /// Judges the event queue: an app that loops, then a queue that is too short where the watches suffice.
    fn of_queue(survey: &Survey, budget: &Budget) -> Option<Self> {
        let QueueShortage { loops, directories, events, queue, .. } = budget.queue?;
        let running = &survey.project.as_ref()?.running;
        if running.iter().any(|app| app.looping().is_some()) {
            return Some(Self::AppLoops { directories, events, queue });
        }
        let misses = running.iter().any(|app| app.misses().is_some());
        let others = misses || budget.watches.missing() > 0 || budget.instances.missing() > 0;
        (!others).then_some(Self::QueueTooShort { loops, directories, events, queue })
    }

    /// Returns the source of the limit that it speaks of; `None` where it speaks of none.
    #[must_use]
    pub const fn set_by(&self) -> Option<SetBy> {
        match *self {
            Self::LimitUnknown | Self::NothingNeeded { .. } | Self::AppLoops { .. } | Self::QueueTooShort { .. } => {
                None
            }
            Self::AccountOnly { set_by, .. }
            | Self::RunningWithGap { set_by, .. }
            | Self::GapOfInstances { set_by, .. }
            | Self::DoesNotFit { set_by, .. }
            | Self::InstancesDoNotFit { set_by, .. }
            | Self::Running { set_by, .. }
            | Self::Fits { set_by, .. } => Some(set_by),
        }
    }
}
