//! The arithmetic: how much is allowed, held, needed and left, for watches and for instances.

use crate::machine::{Limit, Machine, Process};
use crate::project::streamlit::{QueueOutlook, Watcher};
use crate::survey::{RunningApp, Survey};

/// Sources of the limit that binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SetBy {
    /// The kernel, for the whole machine.
    #[default]
    Kernel,
    /// The user namespace that this program runs in: raising the kernel's limit does not help.
    Namespace,
}

/// The sums of one resource (watches or instances) for this account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// The limit that binds this account; `None` where it could not be read.
    pub limit: Option<u64>,
    /// The source of the limit.
    pub set_by: SetBy,
    /// Watches or instances held by this account now.
    pub held: u64,
    /// Watches that the project needs altogether.
    pub need: u64,
    /// The part of the need that the running app does not hold yet.
    pub to_add: u64,
}

impl Sums {
    /// Returns the watches left under the limit.
    #[must_use]
    pub fn free(&self) -> Option<u64> {
        self.limit.map(|limit| limit.saturating_sub(self.held))
    }

    /// Returns the watches that the project lacks: zero when it fits.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.free().map_or(0, |free| self.to_add.saturating_sub(free))
    }

    /// Returns what is held once the project has all it needs.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.held.saturating_add(self.to_add)
    }

    /// The total and a quarter more: what a limit should allow (interface.md, "Sizes of projects").
    #[must_use]
    pub const fn with_reserve(&self) -> u64 {
        self.total().saturating_add(self.total().div_ceil(4))
    }
}

/// Sources from which the need was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Without a project: only what is held now is known.
    NoProject,
    /// The watch roots of the Streamlit app.
    Streamlit,
    /// Streamlit polls or does not watch: nothing is needed.
    NoWatching(Watcher),
    /// Without an entry script: every directory of the project, as a tool that watches the whole folder takes.
    WholeFolder,
}

/// Holders of a part of the limit; the parts of the gauge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// One program of this account.
    Process {
        /// Process id.
        pid: u32,
        /// The name as shown.
        program: String,
        /// Whether it is a running app of the chosen project.
        of_project: bool,
    },
    /// All smaller ones together, this many.
    Others(usize),
}

/// A program, not of the project, that holds half or more of the instances that the account may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceHolder {
    /// Process id.
    pub pid: u32,
    /// The name as shown.
    pub program: String,
    /// Instances that it holds.
    pub instances: u64,
}

/// An event queue that is too short for what an app puts into it itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueShortage {
    /// The app overflows it when it starts, and for ever after; otherwise it does so from its first overflow on,
    /// whatever caused that.
    pub loops: bool,
    /// Events that the queue would have to hold.
    pub events: u64,
    /// Events that it holds.
    pub queue: u64,
    /// Directories that the app watches, each as often as a root holds it.
    pub directories: u64,
    /// A length that suffices.
    pub wanted: u64,
    /// Files that polling would look at in turn.
    pub polled_files: u64,
}

impl QueueShortage {
    fn of(survey: &Survey) -> Option<Self> {
        let streamlit = survey.project.as_ref()?.streamlit.as_ref();
        let need = &streamlit.filter(|streamlit| streamlit.watcher == Watcher::Watchdog)?.need;
        let (load, queue) = (need.queue, survey.machine.limits.get(Limit::QueuedEvents)?);
        let loops = match load.outlook(queue) {
            QueueOutlook::Steady => return None,
            QueueOutlook::UntilOverflow => false,
            QueueOutlook::Loops => true,
        };
        let (events, wanted) = (load.to_hold(), load.sufficient_length(queue));
        Some(Self { loops, events, queue, directories: load.listed, wanted, polled_files: need.polled_files })
    }
}

/// The whole budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Watches.
    pub watches: Sums,
    /// Instances.
    pub instances: Sums,
    /// The event queue, where it is too short for the app: with watchdog 7.1 this limit binds first.
    pub queue: Option<QueueShortage>,
    /// The source of `need`.
    pub basis: Basis,
    /// Holders of this account's watches, most first: at most [`Budget::NAMED_HOLDERS`] by name, then the others.
    pub holders: Vec<(Holder, u64)>,
    /// The one program that holds most of the instances, where there is such a one.
    pub instance_holder: Option<InstanceHolder>,
}

impl Budget {
    /// Number of holders that the gauge names; more would not be told apart.
    pub const NAMED_HOLDERS: usize = 4;

    /// Adds everything up.
    #[must_use]
    pub fn of(survey: &Survey) -> Self {
        let (basis, watches, instances) = needed(survey);
        let machine = &survey.machine;
        let account = &machine.holders.account;
        Self {
            watches: sums(machine, Limit::Watches, account.watches, watches),
            instances: sums(machine, Limit::Instances, account.instances, instances),
            queue: QueueShortage::of(survey),
            basis,
            holders: holders(survey),
            instance_holder: instance_holder(survey),
        }
    }
}

fn sums(machine: &Machine, of: Limit, held: u64, (need, to_add): (u64, u64)) -> Sums {
    let limit = if of == Limit::Watches { machine.watch_limit() } else { machine.instance_limit() };
    let set_by = machine.binding_namespace_limit(of).map_or(SetBy::Kernel, |_| SetBy::Namespace);
    Sums { limit, set_by, held, need, to_add }
}

/// The basis, then (need, not yet held) of watches and of instances.
fn needed(survey: &Survey) -> (Basis, (u64, u64), (u64, u64)) {
    let Some(project) = &survey.project else { return (Basis::NoProject, (0, 0), (0, 0)) };
    let Some(streamlit) = &project.streamlit else {
        let directories = project.tree.watches();
        return (Basis::WholeFolder, (directories, directories), (1, 1));
    };
    if streamlit.watcher != Watcher::Watchdog {
        return (Basis::NoWatching(streamlit.watcher), (0, 0), (0, 0));
    }
    let need = &streamlit.need;
    let held = || project.running.iter().map(|app| held_by(survey, app));
    let watches = not_yet_held(need.watches, held().map(|(watches, _)| watches));
    let instances = not_yet_held(need.instances, held().map(|(_, instances)| instances));
    (Basis::Streamlit, (need.watches, watches), (need.instances, instances))
}

/// Counts what an app holds by the reading that the account's sum is of: a later one would not add up with that.
fn held_by(survey: &Survey, app: &RunningApp) -> (u64, u64) {
    let process = survey.machine.holders.processes.iter().find(|process| process.pid == app.pid);
    process.map_or((app.watches, app.instances), |process| (process.watches, process.instances))
}

/// The app that holds most already has the fewest to add; one that holds more than it needs has none to add.
fn not_yet_held(need: u64, held: impl Iterator<Item = u64>) -> u64 {
    need.saturating_sub(held.max().unwrap_or(0))
}

fn holders(survey: &Survey) -> Vec<(Holder, u64)> {
    let all = &survey.machine.holders;
    let mine: Vec<&Process> =
        all.processes.iter().filter(|process| process.charged_to_account && process.charged_watches > 0).collect();
    let of_project = |pid| survey.project.iter().flat_map(|project| &project.running).any(|app| app.pid == pid);
    let (named, rest) = mine.split_at(mine.len().min(Budget::NAMED_HOLDERS));
    let mut parts: Vec<(Holder, u64)> = named
        .iter()
        .map(|process| {
            let (pid, program) = (process.pid, process.program.clone());
            (Holder::Process { pid, program, of_project: of_project(pid) }, process.charged_watches)
        })
        .collect();
    if !rest.is_empty() {
        parts.push((Holder::Others(rest.len()), rest.iter().map(|process| process.charged_watches).sum()));
    }
    parts
}

fn instance_holder(survey: &Survey) -> Option<InstanceHolder> {
    let limit = survey.machine.instance_limit()?;
    let mine = survey.machine.holders.processes.iter().filter(|process| process.charged_to_account);
    let most =
        mine.max_by_key(|process| process.instances).filter(|most| most.instances >= limit.div_ceil(2).max(1))?;
    let ours = survey.project.iter().flat_map(|project| &project.running).any(|app| app.pid == most.pid);
    let (pid, program, instances) = (most.pid, most.program.clone(), most.instances);
    (!ours).then_some(InstanceHolder { pid, program, instances })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_what_does_not_fit_under_the_limit() {
        let sums = Sums { limit: Some(8192), held: 7950, need: 41_233, to_add: 41_233, ..Sums::default() };
        assert_eq!((sums.free(), sums.missing(), sums.total()), (Some(242), 40_991, 49_183));
        assert_eq!(
            Sums { limit: None, ..sums }.missing(),
            0,
            "without a known limit nothing can be said to be missing"
        );
    }

    #[test]
    fn an_app_that_runs_already_holds_part_of_the_need() {
        assert_eq!(not_yet_held(100, [40, 60].into_iter()), 40);
        assert_eq!(not_yet_held(100, [120].into_iter()), 0);
        assert_eq!(not_yet_held(100, [].into_iter()), 100);
    }
}
