//! The limits as the kernel has them now, against what will be held.

use super::{Check, Facts};
use crate::diagnosis::Budget;
use crate::diagnosis::budget::Sums;
use crate::machine::Limit;
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
