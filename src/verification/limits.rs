//! The limits as the kernel has them now, against what will be held.

use super::{Check, Facts};
use crate::diagnosis::Budget;
use crate::diagnosis::budget::Sums;
use crate::machine::Limit;
use crate::project::streamlit::Watcher;
use crate::survey::Survey;

/// One limit now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitNow {
    /// Watches or instances.
    pub limit: Limit,
    /// The user namespace this program runs in has a lower limit than the kernel, and it is the one that binds.
    pub of_namespace: bool,
    /// Limit, held, needed.
    pub sums: Sums,
    /// Processes that hold something which could not be read: `sums.held` is at least that.
    pub held_is_a_minimum: bool,
}

/// The event queue now, against what the app itself puts into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueNow {
    /// Its length; `None` where it could not be read.
    pub queue: Option<u64>,
    /// Events that it has to hold for the app to stay steady.
    pub events: u64,
}

/// The event queue, where the app's watchdog starts over when it overflows (7.1 and later).
pub(super) fn queue(survey: &Survey) -> Option<Check> {
    let events = queued_events(survey)?;
    let queue = survey.machine.limits.get(Limit::QueuedEvents);
    let facts = Facts::QueueNow(QueueNow { queue, events });
    Some(match queue {
        None => Check::could_not_run(facts),
        Some(length) => Check::when(length >= events, facts),
    })
}

/// Events that a queue has to hold for the project's app; `None` where no length of it makes a difference.
pub(super) fn queued_events(survey: &Survey) -> Option<u64> {
    let streamlit = survey.project.as_ref()?.streamlit.as_ref();
    let need = &streamlit.filter(|streamlit| streamlit.watcher == Watcher::Watchdog)?.need;
    (need.watches > 0).then(|| need.queue.at_rebuild()).flatten()
}

/// Watches and instances.
pub(super) fn now(survey: &Survey) -> Vec<Check> {
    let budget = Budget::of(survey);
    [(Limit::Watches, budget.watches), (Limit::Instances, budget.instances)]
        .into_iter()
        .map(|(limit, sums)| one(survey, limit, sums))
        .collect()
}

fn one(survey: &Survey, limit: Limit, sums: Sums) -> Check {
    let machine = &survey.machine;
    let holders = &machine.holders;
    let kernel = machine.limits.get(limit);
    let facts = Facts::LimitNow(LimitNow {
        limit,
        of_namespace: machine.namespace_limits.is_some() && sums.limit.is_some_and(|binding| kernel != Some(binding)),
        sums,
        held_is_a_minimum: holders.account.unreadable_processes > 0 || holders.hidden_processes,
    });
    match sums.limit {
        None => Check::could_not_run(facts),
        Some(binding) => Check::when(sums.total() <= binding, facts),
    }
}
