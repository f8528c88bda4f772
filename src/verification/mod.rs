//! Proof that it worked: the kernel asked, the boot files read again, the watches really added.
//!
//! Every check is a value: what was seen, whether it passed, and which step of the wizard helps. Nothing is changed
//! but by the watches and instances that are taken for a moment and released at once, and by [`trial`], which runs
//! the person's own app and is done only when asked for.

mod added;
mod app_holds_all;
mod at_boot;
mod compare;
mod expectation;
mod instances;
mod left;
mod limits;
mod running_apps;
mod settings;
mod settle;
pub mod trial;
mod wording;

use crate::progress::{Cancelled, Progress};
use crate::survey::Survey;
pub use added::{Added, Refused};
pub use app_holds_all::{Holding, HoldsAll};
pub use at_boot::{AtBoot, AtBootFacts};
pub use compare::{BeforeAfter, Figures, Row};
pub use expectation::Expectation;
pub use instances::Instances;
pub use left::{restarts, restarts_left};
pub use limits::{LimitNow, QueueNow};
pub use running_apps::{AppAge, Changed};
pub use settings::{Beaten, SettingsSeen};
pub use settle::settle;
pub use trial::{Trial, TrialEnd};

/// One check that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The outcome.
    pub outcome: Outcome,
    /// The facts seen.
    pub facts: Facts,
}

/// Outcomes of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub enum Outcome {
    /// The thing checked is as it should be.
    Passed,
    /// The thing checked is not as it should be.
    Failed,
    /// The check cannot be made here; the sentence says why.
    CouldNotRun,
}

/// The step of the wizard that helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub enum Step {
    /// Chooses what is looked at.
    Project,
    /// Shows why.
    Diagnosis,
    /// Helps to do something about it.
    Fix,
}

/// Facts that a check saw, a variant each.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Facts {
    /// `limit-now`, `instances-now`: the limit that binds against what will be held.
    LimitNow(LimitNow),
    /// `limit-at-boot`, `instances-at-boot`, `queue-at-boot`: the same after the next boot.
    AtBoot(AtBoot),
    /// `queue-now`: the event queue against what the app itself puts into it.
    QueueNow(QueueNow),
    /// `instances-added`: the instances that an app with watchdog 6 and earlier opens.
    Instances(Instances),
    /// `watches-added`: the watches that the app takes.
    Added(Added),
    /// `settings`: what Streamlit will see at its next start.
    Settings(SettingsSeen),
    /// `running-apps`: which apps still have what was set before a change.
    RunningApps(Vec<AppAge>),
    /// `app-holds-all`: what each app holds against what it should hold.
    HoldsAll(Vec<Holding>),
    /// `trial`: the app really started.
    Trial(Trial),
}

impl Check {
    fn passed(facts: Facts) -> Self {
        Self { outcome: Outcome::Passed, facts }
    }

    fn failed(facts: Facts) -> Self {
        Self { outcome: Outcome::Failed, facts }
    }

    fn could_not_run(facts: Facts) -> Self {
        Self { outcome: Outcome::CouldNotRun, facts }
    }

    fn when(passed: bool, facts: Facts) -> Self {
        if passed { Self::passed(facts) } else { Self::failed(facts) }
    }

    /// The stable name in the JSON form.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        use crate::machine::Limit;
        match &self.facts {
            Facts::LimitNow(LimitNow { limit: Limit::Instances, .. }) => "instances-now",
            Facts::LimitNow(_) => "limit-now",
            Facts::AtBoot(AtBoot { limit: Limit::Instances, .. }) => "instances-at-boot",
            Facts::AtBoot(AtBoot { limit: Limit::QueuedEvents, .. }) => "queue-at-boot",
            Facts::AtBoot(_) => "limit-at-boot",
            Facts::QueueNow(_) => "queue-now",
            Facts::Instances(_) => "instances-added",
            Facts::Added(_) => "watches-added",
            Facts::Settings(_) => "settings",
            Facts::RunningApps(_) => "running-apps",
            Facts::HoldsAll(_) => "app-holds-all",
            Facts::Trial(_) => "trial",
        }
    }

    /// Tells whether it passed; `None` where it could not be run.
    #[must_use]
    pub const fn verdict(&self) -> Option<bool> {
        match self.outcome {
            Outcome::Passed => Some(true),
            Outcome::Failed => Some(false),
            Outcome::CouldNotRun => None,
        }
    }

    /// Returns the step to go to from here; `None` when it passed.
    #[must_use]
    pub const fn step(&self) -> Option<Step> {
        match (&self.outcome, &self.facts) {
            (Outcome::Passed, _) => None,
            (Outcome::Failed, Facts::Trial(_)) => Some(Step::Diagnosis),
            (Outcome::Failed, _) => Some(Step::Fix),
            (Outcome::CouldNotRun, Facts::LimitNow(_) | Facts::AtBoot(_) | Facts::QueueNow(_)) => Some(Step::Diagnosis),
            // An app has to be started or opened there: the check says so, and no step does it.
            (Outcome::CouldNotRun, Facts::RunningApps(_) | Facts::HoldsAll(_)) => None,
            (Outcome::CouldNotRun, _) => Some(Step::Project),
        }
    }
}

/// Runs every check but the trial, the cheap ones first. `survey` is to be taken right before: its facts are judged as
/// those of now. Where no project was chosen, only the limits are checked.
///
/// # Errors
/// [`Cancelled`]; everything that was added is released by then.
pub fn run(survey: &Survey, expected: &Expectation, progress: &Progress) -> Result<Vec<Check>, Cancelled> {
    let mut checks = limits::now(survey);
    checks.extend(limits::queue(survey));
    checks.extend(at_boot::at_boot(survey, expected));
    let Some(project) = &survey.project else { return Ok(checks) };
    checks.push(settings::check(project, expected));
    checks.push(running_apps::check(project, expected));
    checks.push(app_holds_all::check(project));
    checks.extend(instances::check(project));
    checks.push(added::check(project, &survey.machine, progress)?);
    Ok(checks)
}
