//! The limits after the next boot: which file sets them, and whether that is enough.

use super::{Check, Expectation, Facts, limits};
use crate::diagnosis::Budget;
use crate::machine::Limit;
use crate::machine::boot::Assignment;
use crate::survey::Survey;
use std::path::PathBuf;

/// One limit after the next boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtBoot {
    /// Watches, instances or queued events.
    pub limit: Limit,
    /// The kernel's limit now, where it can be read.
    pub now: Option<u64>,
    /// The least it has to be: what will be held, and what was chosen to be set for good. Where no project is known,
    /// what is set now.
    pub wanted: u64,
    /// The facts found.
    pub found: AtBootFacts,
}

/// The lines that decide the limit at boot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
#[allow(missing_docs, reason = "the fields are what the documented variant names")]
pub enum AtBootFacts {
    /// A line that wins.
    Set { value: u64, winner: Assignment },
    /// The kernel's default, as no file sets it: the kernel's default, as it is now or as computed from the memory.
    KernelDefault { about: u64 },
    /// The default, as no file sets it, but it cannot be computed.
    DefaultUnknown,
    /// The host decides, in a container.
    Host,
    /// A file that is read at boot may not be read by this user.
    Unreadable(PathBuf),
}

impl AtBootFacts {
    /// The limit, where it is known.
    pub(super) const fn value(&self) -> Option<u64> {
        match self {
            Self::Set { value, .. } => Some(*value),
            Self::KernelDefault { about } => Some(*about),
            Self::DefaultUnknown | Self::Host | Self::Unreadable(_) => None,
        }
    }
}

/// Watches and instances.
pub(super) fn at_boot(survey: &Survey, expected: &Expectation) -> Vec<Check> {
    let budget = Budget::of(survey);
    let watches = one(survey, Limit::Watches, budget.watches.total(), expected.watches_at_boot);
    let instances = one(survey, Limit::Instances, budget.instances.total(), expected.instances_at_boot);
    let queue =
        limits::queued_events(survey).map(|events| one(survey, Limit::QueuedEvents, events, expected.queue_at_boot));
    [watches, instances].into_iter().chain(queue).collect()
}

fn one(survey: &Survey, limit: Limit, total: u64, chosen: Option<u64>) -> Check {
    let now = survey.machine.limits.get(limit);
    let without_project = if survey.project.is_none() { now.unwrap_or(0) } else { 0 };
    let wanted = total.max(chosen.unwrap_or(0)).max(without_project);
    let found = found(survey, limit, now);
    let value = found.value();
    let facts = Facts::AtBoot(AtBoot { limit, now, wanted, found });
    value.map_or_else(|| Check::could_not_run(facts.clone()), |value| Check::when(value >= wanted, facts.clone()))
}

fn found(survey: &Survey, limit: Limit, now: Option<u64>) -> AtBootFacts {
    let boot = &survey.machine.boot;
    if survey.machine.environment.container.is_some() {
        return AtBootFacts::Host;
    }
    if let Some(file) = boot.unreadable.first() {
        return AtBootFacts::Unreadable(file.clone());
    }
    let outcome = boot.get(limit);
    match (outcome.value, &outcome.winner) {
        (Some(value), Some(winner)) => AtBootFacts::Set { value, winner: winner.clone() },
        _ => default(survey, limit, now)
            .map_or(AtBootFacts::DefaultUnknown, |about| AtBootFacts::KernelDefault { about }),
    }
}

/// `inotify_user_setup` (`fs/notify/inotify/inotify_user.c`, since Linux 5.11): 1 % of the low memory at 1,312 bytes a
/// watch (measured on 64-bit), within 8,192 and 1,048,576; 128 instances; 16,384 events. Where today's value is near what comes out,
/// it is that default, and exact.
fn default(survey: &Survey, limit: Limit, now: Option<u64>) -> Option<u64> {
    const WATCH_COST_BYTES: u64 = 1_312;
    match limit {
        Limit::Instances => return Some(128),
        Limit::QueuedEvents => return Some(16_384),
        Limit::Watches => {}
    }
    let computed = (survey.machine.memory_bytes? / 100 / WATCH_COST_BYTES).clamp(8_192, 1_048_576);
    let near = |now: &u64| now.abs_diff(computed) <= computed / 10;
    Some(now.filter(near).unwrap_or(computed))
}
