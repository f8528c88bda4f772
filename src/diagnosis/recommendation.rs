//! Advice on what to do: the recommended limits (interface.md, "Sizes of projects") and the remedy to begin with.

use super::budget::{Budget, Sums};
use super::finding::Finding;
use crate::machine::environment::Pkexec;
use crate::machine::{Limit, Machine};
use crate::project::streamlit::{ConfigState, Setting, Source, Watcher};
use crate::project::tree::Size;
use crate::survey::Survey;

/// The remedy to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(strum::EnumIter))]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// No remedy: nothing is to do.
    None,
    /// Raises the kernel's limits.
    RaiseLimits,
    /// Raises them on the host, node or Windows side: it cannot be done in here.
    RaiseLimitsOnHost,
    /// Raises the user namespace's own limits, which this program could do: the kernel's are not what binds.
    RaiseNamespaceLimits,
    /// Takes fewer watches: the user namespace's own limits bind, and they cannot be raised from in here.
    #[serde(rename = "need-fewer-watches")]
    FewerWatches,
    /// Restart the app: the limits suffice now, but it still misses folders.
    RestartApp,
    /// Repair the settings file that is ignored.
    RepairSettings,
    /// Let Streamlit poll: what is short cannot be raised from here, and polling so few files costs next to nothing.
    LetStreamlitPoll,
}

/// Files that Streamlit polls within a second, with one tab open. More are too slow to be recommended.
pub const FEW_TO_POLL: u64 = 20;

/// The longest time until a saved file is noticed by polling so many files with one tab open, in tenths of a second: four
/// threads, 0.2 s a file (measured, tests/bench/streamlit).
#[must_use]
pub const fn longest_delay_tenths(files: u64) -> u64 {
    const MILLISECONDS_A_FILE: u64 = 50;
    (files * MILLISECONDS_A_FILE).div_ceil(100)
}

/// Files from which on polling takes so long (5 s) that its offer warns.
pub const MANY_TO_POLL: u64 = 100;

/// A user namespace's own limit that is too low.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLow {
    /// The value now.
    pub now: u64,
    /// The value that would suffice.
    pub wanted: u64,
}

/// Advice on what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// The kernel's limit of watches to set; `None`: the present one suffices, or raising it does not help.
    pub watches: Option<u64>,
    /// The kernel's limit of instances to set; `None` likewise.
    pub instances: Option<u64>,
    /// The kernel's length of event queues to set; `None` likewise. Apps take it when they start.
    pub queued_events: Option<u64>,
    /// The user namespace's own limit of watches, where that is too low.
    pub namespace_watches: Option<TooLow>,
    /// The user namespace's own limit of instances, where that is too low.
    pub namespace_instances: Option<TooLow>,
    /// The remedy to begin with.
    pub remedy: Remedy,
    /// Whether no remedy of this program is to be begun with, and yet a finding asks for something.
    pub see_findings: bool,
}

impl Recommendation {
    /// Decides from the sums and the findings.
    #[must_use]
    pub fn of(survey: &Survey, budget: &Budget, findings: &[Finding]) -> Self {
        let size = survey.project.as_ref().map_or(Size::Small, |project| project.tree.size());
        let watches =
            Raise::of(&survey.machine, Limit::Watches, &budget.watches, |enough| recommended_watches(size, enough));
        let instances = Raise::of(&survey.machine, Limit::Instances, &budget.instances, recommended_instances);
        let queue = budget.queue.map(|shortage| shortage.wanted);
        let too_low = watches.namespace.is_some() || instances.namespace.is_some();
        let helps = !too_low || survey.machine.namespace_limits.is_some_and(|limits| limits.can_be_raised);
        let has = |named: fn(&Finding) -> bool| findings.iter().any(named);
        let remedy = if too_low {
            if helps { Remedy::RaiseNamespaceLimits } else { Remedy::FewerWatches }
        } else if watches.kernel.is_some() || instances.kernel.is_some() || queue.is_some() {
            raise_where(survey)
        } else if has(|finding| matches!(finding, Finding::SilentGap { .. } | Finding::AppLoops { .. })) {
            Remedy::RestartApp
        } else if has(|finding| matches!(finding, Finding::SettingsFileBroken { .. })) {
            Remedy::RepairSettings
        } else if has(|finding| matches!(finding, Finding::LostAtBoot { .. })) {
            raise_where(survey)
        } else {
            Remedy::None
        };
        let short = queue.is_some() || budget.watches.missing() > 0 || budget.instances.missing() > 0;
        let short = short || has(|finding| matches!(finding, Finding::SilentGap { .. }));
        let polls = short && !can_raise(remedy, survey) && polling_is_cheap(survey);
        let remedy = if polls { Remedy::LetStreamlitPoll } else { remedy };
        Self {
            watches: watches.kernel.filter(|_| helps),
            instances: instances.kernel.filter(|_| helps),
            queued_events: queue,
            namespace_watches: watches.namespace,
            namespace_instances: instances.namespace,
            remedy,
            see_findings: remedy == Remedy::None && findings.iter().any(Finding::is_to_fix),
        }
    }
}

impl Recommendation {
    /// Tells whether the limits to set mend this: a queue that is too short, a value that the next boot would lose.
    #[must_use]
    pub fn raises_against(&self, finding: &Finding) -> bool {
        let raised = |limit| match limit {
            Limit::Watches => self.watches.is_some(),
            Limit::Instances => self.instances.is_some(),
            Limit::QueuedEvents => self.queued_events.is_some(),
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "two of many findings are about a value to set")]
        match finding {
            Finding::QueueTooShort(_) => raised(Limit::QueuedEvents),
            Finding::LostAtBoot { limit, .. } => raised(*limit),
            _ => false,
        }
    }
}

fn raise_where(survey: &Survey) -> Remedy {
    let environment = &survey.machine.environment;
    if environment.container.is_some() || environment.read_only_sysctl {
        Remedy::RaiseLimitsOnHost
    } else {
        Remedy::RaiseLimits
    }
}

/// Tells whether this remedy is nothing that polling would spare, or one that can be carried out from here: by root, or
/// by whoever can be asked for a password.
fn can_raise(remedy: Remedy, survey: &Survey) -> bool {
    match remedy {
        Remedy::RaiseLimits => {
            let machine = &survey.machine;
            let environment = &machine.environment;
            // Root in a user namespace or a sandbox is not the machine's.
            let confined = environment.user_namespace || environment.flatpak || environment.snap;
            let root = machine.holders.account.uid == 0;
            !confined && (root || matches!(environment.pkexec, Pkexec::Usable(_)))
        }
        Remedy::RaiseLimitsOnHost | Remedy::RaiseNamespaceLimits | Remedy::FewerWatches => false,
        Remedy::None | Remedy::RestartApp | Remedy::RepairSettings | Remedy::LetStreamlitPoll => true,
    }
}

/// Tells whether the project's settings file can make Streamlit poll, and that is quick enough.
fn polling_is_cheap(survey: &Survey) -> bool {
    let streamlit = survey.project.as_ref().and_then(|project| project.streamlit.as_ref());
    let Some(now) = streamlit.filter(|now| now.watcher == Watcher::Watchdog) else { return false };
    let of_file = |setting: &Setting| !matches!(setting.source, Source::Flag | Source::Environment(_));
    let heeded = now.settings.iter().filter(|setting| setting.key == "server.fileWatcherType").all(of_file);
    let readable = now.config_files.iter().all(|file| matches!(file.state, ConfigState::Missing | ConfigState::Read));
    // No file at all means that they were not counted.
    heeded && readable && (1..=FEW_TO_POLL).contains(&now.need.polled_files)
}

/// The raise of one resource that is needed so that a quarter of what will be held stays in reserve: the kernel checks
/// its own limit and the user namespace's, so either, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Raise {
    kernel: Option<u64>,
    namespace: Option<TooLow>,
}

impl Raise {
    fn of(machine: &Machine, limit: Limit, sums: &Sums, recommend: impl Fn(u64) -> u64) -> Self {
        let enough = sums.with_reserve();
        let wanted = |now: u64| (enough > now).then(|| recommend(enough).max(now));
        let namespace = machine.namespace_limit(limit);
        Self {
            kernel: machine.limits.get(limit).and_then(wanted),
            namespace: namespace.and_then(|now| wanted(now).map(|wanted| TooLow { now, wanted })),
        }
    }
}

/// The first step of 65,536 · 262,144 · 524,288 · 1,048,576 · then doubling that is `enough` and the size's least.
#[must_use]
pub fn recommended_watches(size: Size, enough: u64) -> u64 {
    let least = match size {
        Size::Small => 65_536,
        Size::Medium => 262_144,
        Size::Large => 524_288,
    };
    let wanted = enough.max(least);
    [65_536, 262_144, 524_288].into_iter().find(|step| *step >= wanted).unwrap_or_else(|| doubling(1_048_576, wanted))
}

/// The first of 512 · 1,024 · then doubling that is `enough`.
#[must_use]
pub fn recommended_instances(enough: u64) -> u64 {
    doubling(512, enough)
}

/// The kernel takes at most 2,147,483,647 for either limit (measured).
fn doubling(first: u64, enough: u64) -> u64 {
    const MOST: u64 = i32::MAX as u64;
    let mut step = first;
    while step < enough && step < MOST {
        step *= 2;
    }
    step.min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recommended_limit_follows_the_table_and_the_need() {
        for (size, enough, limit) in [
            (Size::Small, 300, 65_536),
            (Size::Medium, 300, 262_144),
            (Size::Large, 300, 524_288),
            (Size::Small, 65_537, 262_144),
            (Size::Large, 600_000, 1_048_576),
            (Size::Large, 1_048_577, 2_097_152),
            (Size::Large, u64::MAX, 2_147_483_647),
        ] {
            assert_eq!(recommended_watches(size, enough), limit, "{size:?} with {enough}");
        }
    }
}
