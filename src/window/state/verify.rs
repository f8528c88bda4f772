//! State of the step Verify: the checks, the figures of before, and what can be done from there.

use crate::progress::Progress;
use crate::remedy::offer::Offer;
use crate::verification::trial::Preview;
use crate::verification::{Check, Facts, Figures, Outcome, restarts_left};
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
    /// Something was wrong at the first survey of this project.
    pub was_broken: bool,
    /// The person restarts the app themselves.
    pub by_hand: bool,
    /// What each check saw is shown, also of those that passed.
    pub all_told: bool,
    /// The checks are to be run as soon as what is being done is done.
    pub check_after: bool,
    /// The app under trial.
    pub trial: Option<TrialRun>,
}

/// The name of the act that is left, in place of a check's.
pub const LEFT: &str = "left";

/// Points that the proof can have reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The checks were not run.
    Unchecked,
    /// The checks are running.
    Checking,
    /// All that is left is to restart these apps.
    RestartLeft(Vec<u32>),
    /// Something is not as it should be: this many checks.
    Failed(u64),
    /// Nothing failed, and this many answers are missing that matter.
    Unsure(u64),
    /// Everything is as it should be.
    Fine,
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

    /// The point that it has reached; `takes_watches`: the project does with what is set now.
    #[must_use]
    pub fn stage(&self, takes_watches: bool) -> Stage {
        if self.running.is_some() {
            return Stage::Checking;
        }
        if !self.is_checked() {
            return Stage::Unchecked;
        }
        let doubts = self.checks.iter().filter(|check| check.leaves_doubt(takes_watches)).count() as u64;
        match (self.count(Outcome::Failed), doubts) {
            (0, 0) => Stage::Fine,
            (0, doubts) => Stage::Unsure(doubts),
            (failed, _) => {
                let apps = restarts_left(&self.checks);
                if apps.is_empty() { Stage::Failed(failed) } else { Stage::RestartLeft(apps) }
            }
        }
    }

    /// The checks that are shown: one that says the same as another is left out.
    pub fn shown(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| !check.is_said_by_another(&self.checks))
    }

    /// Counts those that passed, and all whose answer matters.
    #[must_use]
    pub fn tally(&self, takes_watches: bool) -> (u64, u64) {
        let passed = self.shown().filter(|check| check.outcome == Outcome::Passed).count() as u64;
        let matters = |check: &&Check| check.outcome != Outcome::CouldNotRun || check.leaves_doubt(takes_watches);
        (passed, self.shown().filter(matters).count() as u64)
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
