//! Proof that it worked: the kernel asked, the boot files read again, the watches really added.
//!
//! Every check is a value: what was seen, whether it passed, and which step of the wizard helps. Nothing is changed
//! but by the watches and instances that are taken for a moment and released at once, and by [`trial`], which runs
//! the person's own app and is done only when asked for.

mod added;
mod app_holds_all;
mod at_boot;
mod compare;
mod instances;
mod limits;
mod order;
mod running_apps;
mod settings;
pub mod trial;
mod wording;

use crate::progress::{Cancelled, Progress};
use crate::remedy::{Entry, FileWatcher, RemedyName, State};
use crate::survey::Survey;
pub use added::{Added, Refused};
pub use app_holds_all::{Holding, HoldsAll};
pub use at_boot::{AtBoot, AtBootFacts};
pub use compare::{BeforeAfter, Figures};
pub use instances::Instances;
pub use limits::LimitNow;
pub use running_apps::{AppAge, Changed};
pub use settings::{Beaten, SettingsSeen};
use std::path::Path;
pub use trial::{Trial, TrialEnd};

/// One check that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What it passed, failed or could not do.
    pub outcome: Outcome,
    /// What was seen.
    pub facts: Facts,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is as it should be.
    Passed,
    /// It is not.
    Failed,
    /// It cannot be told here; the sentence says why.
    CouldNotRun,
}

/// The step of the wizard that helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Choose what is looked at.
    Project,
    /// See why.
    Diagnosis,
    /// Do something about it.
    Fix,
}

/// What a check saw, a variant each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facts {
    /// `limit-now`, `instances-now`: the limit that binds against what will be held.
    LimitNow(LimitNow),
    /// `limit-at-boot`, `instances-at-boot`: the same after the next boot.
    AtBoot(AtBoot),
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

/// What the person chose to have; checked beyond what the project needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation {
    /// The file watcher that was chosen.
    pub watcher: Option<FileWatcher>,
    /// The limit of watches that was set for good.
    pub watches_at_boot: Option<u64>,
    /// The limit of instances that was set for good.
    pub instances_at_boot: Option<u64>,
    /// Changes besides the settings files that an app sees only when it is started again.
    pub changed: Vec<Changed>,
}

impl Expectation {
    /// What the changes in the journal that are applied and not undone lead one to expect. `root` is the project's
    /// folder: a launch script outside it concerns another project.
    #[must_use]
    pub fn of_journal(entries: &[Entry], root: Option<&Path>) -> Self {
        let mut expected = Self::default();
        for entry in entries.iter().filter(|entry| entry.state == State::Applied) {
            for change in &entry.plan.changes {
                match (entry.remedy(), change) {
                    (RemedyName::RaiseLimits, crate::remedy::Change::RaiseLimits(raised)) if !raised.until_reboot => {
                        expected.watches_at_boot = raised.watches.or(expected.watches_at_boot);
                        expected.instances_at_boot = raised.instances.or(expected.instances_at_boot);
                    }
                    (RemedyName::LaunchScript | RemedyName::SessionVariable, change) => {
                        let concerns =
                            |path: &&Path| entry.remedy() == RemedyName::SessionVariable || inside(path, root);
                        let path = change.path().filter(concerns);
                        expected.changed.extend(path.map(|path| Changed::at(path, entry.when)));
                    }
                    _ => {}
                }
            }
        }
        expected
    }
}

fn inside(path: &Path, root: Option<&Path>) -> bool {
    root.is_some_and(|root| path.starts_with(root) || root.canonicalize().is_ok_and(|root| path.starts_with(root)))
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
            Facts::AtBoot(_) => "limit-at-boot",
            Facts::Instances(_) => "instances-added",
            Facts::Added(_) => "watches-added",
            Facts::Settings(_) => "settings",
            Facts::RunningApps(_) => "running-apps",
            Facts::HoldsAll(_) => "app-holds-all",
            Facts::Trial(_) => "trial",
        }
    }

    /// Whether it passed; `None` where it could not be run.
    #[must_use]
    pub const fn verdict(&self) -> Option<bool> {
        match self.outcome {
            Outcome::Passed => Some(true),
            Outcome::Failed => Some(false),
            Outcome::CouldNotRun => None,
        }
    }

    /// Where to go from here; `None` when it passed.
    #[must_use]
    pub const fn step(&self) -> Option<Step> {
        match (&self.outcome, &self.facts) {
            (Outcome::Passed, _) => None,
            (Outcome::Failed, Facts::Trial(_)) => Some(Step::Diagnosis),
            (Outcome::Failed, _) => Some(Step::Fix),
            (Outcome::CouldNotRun, Facts::LimitNow(_) | Facts::AtBoot(_)) => Some(Step::Diagnosis),
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
    checks.extend(at_boot::at_boot(survey, expected));
    let Some(project) = &survey.project else { return Ok(checks) };
    checks.push(settings::check(project, expected));
    checks.push(running_apps::check(project, expected, progress)?);
    checks.push(app_holds_all::check(project));
    checks.extend(instances::check(project));
    checks.push(added::check(project, &survey.machine, progress)?);
    Ok(checks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remedy::raise_limits::RaiseLimits;
    use crate::remedy::{Change, HotReload, Plan, Promise};
    use jiff::Timestamp;

    fn entry(remedy: RemedyName, change: Change, state: State) -> Entry {
        let promise = Promise {
            watches_after: None,
            hot_reload: HotReload::Kept,
            needs_administrator: false,
            survives_reboot: true,
            needs_restart: true,
        };
        let plan = Plan { remedy, changes: vec![change], promise };
        Entry { id: 1, when: Timestamp::UNIX_EPOCH, plan, state, begun: 1, done: Vec::new() }
    }

    fn raise(watches: u64, until_reboot: bool, state: State) -> Entry {
        let request =
            RaiseLimits { watches: Some(watches), instances: None, queued_events: None, until_reboot, before: [1; 3] };
        entry(RemedyName::RaiseLimits, Change::RaiseLimits(request), state)
    }

    fn write(remedy: RemedyName, path: &str) -> Entry {
        entry(remedy, Change::WriteFile { path: path.into(), before: None, after: Vec::new() }, State::Applied)
    }

    #[test]
    fn what_was_done_for_good_and_not_undone_is_expected() {
        let entries = [
            raise(100, false, State::Applied),
            raise(200, true, State::Applied),
            raise(300, false, State::Undone),
            write(RemedyName::LaunchScript, "/project/run.sh"),
            write(RemedyName::LaunchScript, "/other/run.sh"),
            write(RemedyName::SessionVariable, "/home/me/.config/environment.d/x.conf"),
            write(RemedyName::StreamlitConfig, "/project/.streamlit/config.toml"),
        ];
        let expected = Expectation::of_journal(&entries, Some(Path::new("/project")));
        assert_eq!((expected.watches_at_boot, expected.instances_at_boot), (Some(100), None));
        let changed: Vec<_> = expected.changed.iter().map(|change| change.path.to_str().unwrap_or_default()).collect();
        assert_eq!(changed, ["/project/run.sh", "/home/me/.config/environment.d/x.conf"]);
    }
}
