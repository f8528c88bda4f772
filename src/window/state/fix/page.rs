//! Choices on the third step, and what came of them. Nothing here draws, waits or reads.

use super::choices::Choices;
use super::offers::Offers;
use crate::remedy::offer::Case;
use crate::remedy::restart::Restart;
use crate::remedy::restart::log::{AppLog, LogEnd};
use crate::remedy::{Change, Done, Plan, PlanOutcome, RemedyError, RemedyName, Undo};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The disclosure of what the chosen app says.
pub const LOG: &str = "log";

/// The cards, in the order in which they stand unless one is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Card {
    RaiseLimits,
    Poll,
    Settings,
    Launch,
    OlderWatchdog,
    Directories,
    Editor,
    Watchers,
    Restart,
}

impl Card {
    /// All cards.
    pub const ALL: [Self; 9] = [
        Self::RaiseLimits,
        Self::Poll,
        Self::Settings,
        Self::Launch,
        Self::OlderWatchdog,
        Self::Directories,
        Self::Editor,
        Self::Watchers,
        Self::Restart,
    ];
}

/// Cards that may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Open {
    /// The recommended one.
    #[default]
    Recommended,
    /// A card that was opened or left open.
    Card(Card),
    /// No card.
    Closed,
}

/// Work that is being done right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Applying a plan of this remedy.
    Apply(RemedyName),
    /// Taking back an entry, of this remedy.
    Undo(RemedyName),
}

impl Doing {
    /// A password dialog is open, or will be.
    #[must_use]
    pub const fn asks_for_password(self) -> bool {
        matches!(self, Self::Apply(RemedyName::RaiseLimits) | Self::Undo(RemedyName::RaiseLimits))
    }
}

/// Outcomes of the last deed.
pub enum Told {
    /// A plan was applied, or not.
    Applied(Box<Plan>, PlanOutcome),
    /// An entry was taken back, or not.
    Undone(Undo),
    /// An interrupted entry was to be finished and could not be.
    NotFinished(RemedyError),
    /// The program made a mistake; its own words about it.
    Crashed(String),
}

impl Told {
    /// The entry that this tells of, which can be taken back.
    #[must_use]
    pub fn undoable(&self) -> Option<u32> {
        match self {
            Self::Applied(plan, PlanOutcome::Applied { id, .. }) if plan.can_be_undone() => Some(*id),
            Self::Applied(..) | Self::Undone(_) | Self::NotFinished(_) | Self::Crashed(_) => None,
        }
    }

    /// Tells whether something was to be done and was not.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        match self {
            Self::Applied(_, PlanOutcome::Failed { .. } | PlanOutcome::Stale(_)) | Self::Crashed(_) => true,
            Self::Applied(_, PlanOutcome::Applied { .. } | PlanOutcome::NothingToDo)
            | Self::Undone(_)
            | Self::NotFinished(_) => false,
        }
    }

    /// Returns the log of the app that was started, or that did not start.
    #[must_use]
    pub fn log(&self) -> Option<AppLog> {
        match self {
            Self::Applied(_, PlanOutcome::Applied { done, .. }) => done.iter().find_map(AppLog::of_done),
            Self::Applied(_, PlanOutcome::Failed { error, .. }) => AppLog::of_error(error),
            Self::Applied(_, PlanOutcome::NothingToDo | PlanOutcome::Stale(_)) => None,
            Self::Undone(_) | Self::NotFinished(_) | Self::Crashed(_) => None,
        }
    }

    /// The process that did not end when asked.
    #[must_use]
    pub const fn still_running(&self) -> Option<u32> {
        match self {
            Self::Applied(_, PlanOutcome::Failed { error: RemedyError::StillRunning { pid }, .. }) => Some(*pid),
            Self::Applied(..) | Self::Undone(_) | Self::NotFinished(_) | Self::Crashed(_) => None,
        }
    }
}

/// The third step.
#[derive(Default)]
pub struct FixPage {
    /// The context that the remedies go by; kept while a new survey is taken.
    pub case: Option<Arc<Case>>,
    /// The choices; there as soon as there is a case.
    pub choices: Option<Choices>,
    /// The offers of the remedies; of earlier choices for a moment after a change.
    pub offers: Option<Offers>,
    /// Counts up whenever the world may have changed: the offers of an earlier round have to be made anew.
    pub round: u64,
    /// The card that is open.
    pub open: Open,
    /// Disclosures that are open, by name.
    pub unfolded: BTreeMap<&'static str, bool>,
    /// The work that is being done.
    pub doing: Option<Doing>,
    /// The outcome of the last deed.
    pub told: Option<Told>,
    /// The outcome has not been brought into view yet.
    pub new_told: bool,
    /// Deeds of this window that are not taken back, by their numbers in the journal.
    pub deeds: Vec<(u32, RemedyName)>,
    /// The entry that is being taken back.
    pub undoing: Option<u32>,
    /// The reason why a file could not be opened.
    pub not_opened: Option<String>,
    /// The ends of the logs of apps that this program has started, as far as it was read.
    pub logs: Vec<(AppLog, LogEnd)>,
}

impl FixPage {
    /// Takes new facts over. Choices are kept for the same project, except what the facts decide.
    pub fn take(&mut self, case: Case) {
        let fresh = Choices::of(&case);
        let same = self.case.as_ref().is_some_and(|old| old.root == case.root);
        self.choices = Some(match self.choices.take().filter(|_| same) {
            Some(old) => {
                let Choices { watches, instances, .. } = fresh;
                let app = old.app.filter(|pid| case.apps.iter().any(|app| app.pid == *pid)).or(fresh.app);
                Choices { watches, instances, app, kill: false, ..old }
            }
            None => fresh,
        });
        if !same {
            (self.offers, self.open) = (None, Open::Recommended);
        }
        self.case = Some(Arc::new(case));
        self.round += 1;
    }

    /// The logs that are looked at: what was told of last, and on demand what the chosen app says.
    #[must_use]
    pub fn logs_wanted(&self) -> Vec<AppLog> {
        let told = self.told.as_ref().and_then(Told::log);
        let chosen = self.offers.as_ref().and_then(|offers| offers.log.clone());
        let chosen =
            chosen.filter(|log| self.unfolded.get(LOG).is_some_and(|open| *open) && told.as_ref() != Some(log));
        told.into_iter().chain(chosen).collect()
    }

    /// Follows what came of restarting an app: the choices go on with the new process.
    pub fn follow_restarts(&mut self) -> Vec<(Restart, u32)> {
        let Some(Told::Applied(plan, PlanOutcome::Applied { done, .. })) = &self.told else { return Vec::new() };
        let restarts = plan.changes.iter().zip(done).filter_map(|(change, done)| {
            let (Change::Restart(restart), Done::Restarted { pid, .. }) = (change, done) else { return None };
            Some((restart.clone(), *pid))
        });
        let restarts: Vec<(Restart, u32)> = restarts.collect();
        if let (Some(choices), Some((_, pid))) = (&mut self.choices, restarts.last()) {
            (choices.app, choices.restart) = (Some(*pid), None);
        }
        restarts
    }

    /// Notes what came of a deed, and what of it still stands.
    pub fn tell(&mut self, told: Told) {
        let undone = self.undoing.take();
        match &told {
            Told::Applied(plan, PlanOutcome::Applied { id, .. }) => self.deeds.push((*id, plan.remedy)),
            Told::Undone(Undo::Undone { .. } | Undo::AlreadyUndone) => self.forget_deed(undone),
            Told::Applied(..) | Told::Undone(_) | Told::NotFinished(_) | Told::Crashed(_) => {}
        }
        (self.told, self.new_told, self.doing) = (Some(told), true, None);
        self.round += 1;
    }

    /// Raises of the limits are taken back together.
    fn forget_deed(&mut self, undone: Option<u32>) {
        let remedy = self.deeds.iter().find(|(id, _)| Some(*id) == undone).map(|(_, remedy)| *remedy);
        let raises = remedy == Some(RemedyName::RaiseLimits);
        self.deeds.retain(|(id, remedy)| Some(*id) != undone && !(raises && *remedy == RemedyName::RaiseLimits));
    }

    /// The app that the last deed has started.
    #[must_use]
    pub fn just_started(&self) -> Option<u32> {
        let Some(Told::Applied(_, PlanOutcome::Applied { done, .. })) = &self.told else { return None };
        done.iter().find_map(|done| if let Done::Restarted { pid, .. } = done { Some(*pid) } else { None })
    }

    /// Tells whether the last deed was done as planned.
    #[must_use]
    pub const fn has_applied(&self) -> bool {
        matches!(self.told, Some(Told::Applied(_, PlanOutcome::Applied { .. })))
    }

    /// Tells whether something that this program changed is not taken back.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        let told = self.told.as_ref().and_then(Told::undoable).is_some();
        let history = self.offers.as_ref().and_then(|offers| offers.history.as_ref().ok());
        told || history.is_some_and(|history| !history.entries.is_empty())
    }

    /// The last deed has ended an app, which cannot be taken back.
    #[must_use]
    pub fn has_ended_an_app(&self) -> bool {
        let Some(Told::Applied(plan, outcome)) = &self.told else { return false };
        let ended = matches!(
            outcome,
            PlanOutcome::Applied { .. } | PlanOutcome::Failed { error: RemedyError::DidNotStart { .. }, .. }
        );
        ended && plan.remedy == RemedyName::Restart
    }

    /// The offers are what would be done now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.offers
            .as_ref()
            .is_some_and(|offers| offers.round == self.round && Some(&offers.choices) == self.choices.as_ref())
    }
}
