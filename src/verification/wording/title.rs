//! Headings for what each check found: the fact itself, not the name of the check.

use crate::machine::Limit;
use crate::project::streamlit::Watcher;
use crate::say;
use crate::verification::{
    Added, AppAge, AtBoot, AtBootFacts, Check, Facts, Holding, HoldsAll, Instances, LimitNow, Outcome, QueueNow,
    SettingsSeen, Trial,
};
use crate::words::{Words, visible};

impl Check {
    /// Words what was found, as a heading.
    #[must_use]
    pub fn title(&self, words: &Words) -> String {
        let outcome = self.outcome;
        match &self.facts {
            Facts::LimitNow(facts) => limit_now(facts, outcome, words),
            Facts::QueueNow(facts) => queue_now(facts, outcome, words),
            Facts::AtBoot(facts) => at_boot(facts, outcome, words),
            Facts::Instances(facts) => instances(facts, outcome, words),
            Facts::Added(facts) => added(facts, outcome, words),
            Facts::Settings(facts) => settings(facts, outcome, words),
            Facts::RunningApps(apps) => ages(apps, outcome, words),
            Facts::HoldsAll(apps) => holdings(apps, outcome, words),
            Facts::Trial(facts) => trial(facts, outcome, words),
        }
    }
}

fn limit_now(facts: &LimitNow, outcome: Outcome, words: &Words) -> String {
    let limit = facts.sums.limit.unwrap_or_default();
    match (facts.limit, outcome) {
        (Limit::Instances, Outcome::Passed) => say!(words, "verify-title-instances-now", limit = limit),
        (Limit::Instances, Outcome::Failed) => say!(words, "verify-title-instances-now-short", limit = limit),
        (Limit::Instances, Outcome::CouldNotRun) => say!(words, "verify-title-instances-now-unknown"),
        (Limit::Watches | Limit::QueuedEvents, Outcome::Passed) => {
            say!(words, "verify-title-limit-now", limit = limit)
        }
        (Limit::Watches | Limit::QueuedEvents, Outcome::Failed) => {
            say!(words, "verify-title-limit-now-short", limit = limit)
        }
        (Limit::Watches | Limit::QueuedEvents, Outcome::CouldNotRun) => {
            say!(words, "verify-title-limit-now-unknown")
        }
    }
}

fn queue_now(facts: &QueueNow, outcome: Outcome, words: &Words) -> String {
    let queue = facts.queue.unwrap_or_default();
    match outcome {
        Outcome::Passed => say!(words, "verify-title-queue-now", queue = queue),
        Outcome::Failed => say!(words, "verify-title-queue-now-short", queue = queue),
        Outcome::CouldNotRun => say!(words, "verify-title-queue-now-unknown"),
    }
}

fn at_boot(facts: &AtBoot, outcome: Outcome, words: &Words) -> String {
    let limit = match &facts.found {
        AtBootFacts::Set { value, .. } => words.number(*value),
        AtBootFacts::KernelDefault { about } if facts.limit != Limit::Watches => words.number(*about),
        AtBootFacts::KernelDefault { about } => say!(words, "verify-title-about", limit = *about),
        AtBootFacts::DefaultUnknown | AtBootFacts::Host | AtBootFacts::Unreadable(_) => String::new(),
    };
    match (facts.limit, outcome) {
        (Limit::Instances, Outcome::Passed) => say!(words, "verify-title-instances-at-boot", limit = limit),
        (Limit::Instances, Outcome::Failed) => say!(words, "verify-title-instances-at-boot-short", limit = limit),
        (Limit::Instances, Outcome::CouldNotRun) => say!(words, "verify-title-instances-at-boot-unknown"),
        (Limit::QueuedEvents, Outcome::Passed) => say!(words, "verify-title-queue-at-boot", queue = limit),
        (Limit::QueuedEvents, Outcome::Failed) => say!(words, "verify-title-queue-at-boot-short", queue = limit),
        (Limit::QueuedEvents, Outcome::CouldNotRun) => say!(words, "verify-title-queue-at-boot-unknown"),
        (Limit::Watches, Outcome::Passed) => say!(words, "verify-title-limit-at-boot", limit = limit),
        (Limit::Watches, Outcome::Failed) => say!(words, "verify-title-limit-at-boot-short", limit = limit),
        (Limit::Watches, Outcome::CouldNotRun) => say!(words, "verify-title-limit-at-boot-unknown"),
    }
}

fn instances(facts: &Instances, outcome: Outcome, words: &Words) -> String {
    match outcome {
        Outcome::Passed if facts.added == 0 => say!(words, "verify-title-instances-held", need = facts.need),
        Outcome::Passed => say!(words, "verify-title-instances-added", added = facts.added),
        Outcome::Failed => {
            say!(words, "verify-title-instances-short", count = facts.held + facts.added, need = facts.need)
        }
        Outcome::CouldNotRun => say!(words, "verify-title-instances-untried"),
    }
}

fn added(facts: &Added, outcome: Outcome, words: &Words) -> String {
    let count = facts.held + facts.added;
    match outcome {
        Outcome::Passed if facts.need == 0 => say!(words, "verify-title-watches-none"),
        Outcome::Passed if facts.added == 0 => say!(words, "verify-title-watches-held", need = facts.need),
        Outcome::Passed => say!(words, "verify-title-watches-added", added = facts.added),
        // Folders that were made since they were counted.
        Outcome::Failed if count >= facts.need => say!(words, "verify-title-watches-refused"),
        Outcome::Failed => say!(words, "verify-title-watches-short", count = count, need = facts.need),
        Outcome::CouldNotRun => say!(words, "verify-title-watches-untried"),
    }
}

fn settings(facts: &SettingsSeen, outcome: Outcome, words: &Words) -> String {
    match facts {
        SettingsSeen::NoScript => say!(words, "verify-title-settings-no-script"),
        SettingsSeen::Broken { .. } => say!(words, "verify-title-settings-ignored"),
        SettingsSeen::Unreadable { .. } => say!(words, "verify-title-settings-unreadable"),
        SettingsSeen::Watcher { effect, .. } if outcome == Outcome::Passed => match effect {
            Watcher::Watchdog => say!(words, "verify-title-settings-watchdog"),
            Watcher::Poll => say!(words, "verify-title-settings-poll"),
            Watcher::None => say!(words, "verify-title-settings-none"),
        },
        SettingsSeen::Watcher { unknown_word: true, value, .. } => {
            say!(words, "verify-title-settings-unknown-word", value = visible(value))
        }
        SettingsSeen::Watcher { beaten: Some(_), .. } => say!(words, "verify-title-settings-beaten"),
        SettingsSeen::Watcher { .. } => say!(words, "verify-title-settings-not-chosen"),
    }
}

fn ages(apps: &[AppAge], outcome: Outcome, words: &Words) -> String {
    let old = apps.iter().filter(|app| app.changed_since.is_some()).count();
    match outcome {
        Outcome::Passed => say!(words, "verify-title-apps-new"),
        Outcome::Failed => say!(words, "verify-title-apps-old", apps = old),
        Outcome::CouldNotRun if apps.is_empty() => say!(words, "verify-title-apps-none"),
        Outcome::CouldNotRun => say!(words, "verify-title-apps-unknown"),
    }
}

fn holdings(apps: &[Holding], outcome: Outcome, words: &Words) -> String {
    let not_yet = apps.iter().any(|app| matches!(app.holds, HoldsAll::NotYet { .. }));
    match outcome {
        Outcome::Passed => say!(words, "verify-title-holds-all", apps = apps.len()),
        Outcome::Failed if apps.iter().any(|app| matches!(app.holds, HoldsAll::Loops { .. })) => {
            say!(words, "verify-title-holds-loops")
        }
        Outcome::Failed => say!(words, "verify-title-holds-gap", count = missed(apps)),
        Outcome::CouldNotRun if apps.is_empty() => say!(words, "verify-title-holds-no-app"),
        Outcome::CouldNotRun if not_yet => say!(words, "verify-title-holds-not-yet"),
        Outcome::CouldNotRun => say!(words, "verify-title-holds-unreadable"),
    }
}

/// Folders that all of them together miss.
fn missed(apps: &[Holding]) -> u64 {
    let of = |app: &Holding| match app.holds {
        HoldsAll::Gap { unwatched_count, .. } => unwatched_count,
        HoldsAll::All { .. } | HoldsAll::NotYet { .. } | HoldsAll::Loops { .. } | HoldsAll::Unreadable => 0,
    };
    apps.iter().map(of).sum()
}

fn trial(facts: &Trial, outcome: Outcome, words: &Words) -> String {
    match outcome {
        Outcome::Passed => say!(words, "verify-title-trial-held", watches = facts.watches),
        Outcome::Failed if facts.error.is_some() => say!(words, "verify-title-trial-error"),
        Outcome::Failed => say!(words, "verify-title-trial-gap", count = facts.unwatched_count),
        Outcome::CouldNotRun => say!(words, "verify-title-trial-nothing"),
    }
}
