//! State of the step Verify: the checks, the figures of before, and what can be done from there.

use crate::progress::Progress;
use crate::remedy::offer::Offer;
use crate::verification::trial::Preview;
use crate::verification::{Check, Facts, Figures, Outcome};
use std::time::Instant;

/// The step's page.
#[derive(Default)]
pub struct VerifyPage {
    /// The checks as they were last run, a trial launch after them; empty before the first time.
    pub checks: Vec<Check>,
    /// The progress of the checks, while they run.
    pub running: Option<Progress>,
    /// The figures of the first survey of this project.
    pub before: Option<Figures>,
    /// The reason why they could not be run.
    pub failed: Option<String>,
    /// Actions that can be taken from here; of earlier facts for a moment after a change.
    pub prospects: Option<Prospects>,
    /// The app whose restart is looked at.
    pub asked: Option<Asked>,
    /// An app was restarted from here: what came of it is told here, too.
    pub restarted: bool,
    /// The checks are to be run as soon as what is being done is done.
    pub check_after: bool,
    /// The app under trial.
    pub trial: Option<TrialRun>,
}

/// Actions that can be taken from this page.
pub struct Prospects {
    /// The facts and the request that they were made for.
    pub made_for: (u64, Option<Asked>),
    /// The command that a trial would run, or the reason why there is none.
    pub trial: Result<Preview, Box<Check>>,
    /// Restarting the app that was asked about.
    pub restart: Option<Offer>,
}

/// The app whose restart is looked at, and the check beside which it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The name of the check.
    pub check: &'static str,
    /// The app's process.
    pub pid: u32,
    /// Whether to end it by SIGKILL.
    pub kill: bool,
}

/// An app under trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrialRun {
    /// The time when it was started.
    pub since: Instant,
    /// The trial is being ended before its time; what it came to is not wanted.
    pub stopping: bool,
}

impl VerifyPage {
    /// Counts the checks that ended so.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.checks.iter().filter(|check| check.outcome == outcome).count() as u64
    }

    /// Tells whether the checks were run: a trial launch alone says little.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.checks.iter().any(|check| !is_trial(check))
    }

    /// The check of this name, where it was run.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id() == id)
    }

    /// Takes new checks over. What a trial came to stays, after them.
    pub fn take_checks(&mut self, checks: Vec<Check>) {
        let trial: Vec<Check> = self.checks.drain(..).filter(is_trial).collect();
        self.checks = checks;
        self.checks.extend(trial);
    }

    /// Takes what a trial came to over, in place of an earlier one.
    pub fn take_trial(&mut self, trial: Check) {
        self.forget_trial();
        self.checks.push(trial);
    }

    /// Forgets what a trial came to: it holds no longer.
    pub fn forget_trial(&mut self) {
        self.checks.retain(|check| !is_trial(check));
    }
}

fn is_trial(check: &Check) -> bool {
    matches!(check.facts, Facts::Trial(_))
}
