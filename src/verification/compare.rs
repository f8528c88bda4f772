//! Figures before and after, side by side: the facts taken when the wizard began against those of now.

use crate::diagnosis::Budget;
use crate::machine::Limit;
use crate::survey::{RunningApp, Survey};

/// The figures of two surveys of the same project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct BeforeAfter {
    /// The figures when the wizard began.
    pub before: Figures,
    /// The figures now.
    pub after: Figures,
}

/// The figures of one survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Figures {
    /// The limit of watches that binds the account; `None` where it could not be read.
    pub limit: Option<u64>,
    /// The value that the files set it to at the next boot; `None` where none does.
    pub limit_at_boot: Option<u64>,
    /// The limit of instances.
    pub instance_limit: Option<u64>,
    /// The length of event queues.
    pub queue: Option<u64>,
    /// Watches the account holds.
    pub held: u64,
    /// Watches the project needs.
    pub need: u64,
    /// Watches that do not fit.
    pub missing: u64,
    /// Folders that running apps of the project should watch and do not; `None` where that could not be read, or an app takes its
    /// watches anew without end.
    pub gaps: Option<u64>,
}

/// One figure before and now, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The kind.
    pub name: String,
    /// The figures before and now.
    pub figures: [String; 2],
    /// The same as numbers, where both are known and count watches: these can be drawn on one scale.
    pub watches: Option<[u64; 2]>,
}

impl Row {
    /// Tells whether the figure now is another one than before.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.figures[0] != self.figures[1]
    }
}

impl BeforeAfter {
    /// Compares.
    #[must_use]
    pub fn of(before: &Survey, after: &Survey) -> Self {
        Self { before: Figures::of(before), after: Figures::of(after) }
    }
}

impl Figures {
    /// The figures of one survey.
    #[must_use]
    pub fn of(survey: &Survey) -> Self {
        let watches = Budget::of(survey).watches;
        let apps = survey.project.iter().flat_map(|project| &project.running);
        // What an app misses while it takes its watches anew is a moment's number.
        let missed =
            |app: &RunningApp| app.gap.as_ref().filter(|_| app.looping().is_none()).map(|gap| gap.unwatched_count);
        let gaps = apps.map(missed).sum::<Option<u64>>();
        Self {
            limit: watches.limit,
            limit_at_boot: survey.machine.boot.get(Limit::Watches).value,
            instance_limit: survey.machine.instance_limit(),
            queue: survey.machine.limits.get(Limit::QueuedEvents),
            held: watches.held,
            need: watches.need,
            missing: watches.missing(),
            gaps,
        }
    }
}
