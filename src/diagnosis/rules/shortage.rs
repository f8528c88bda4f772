//! Watches and instances that are used up, nearly used up, or too few for the project; and who has most of them.

use crate::diagnosis::Finding;
use crate::diagnosis::budget::{Budget, Holder, Sums};
use crate::diagnosis::finding::LimitedResource;

/// Percentage that is nearly full: from nine tenths on, the next project is likely not to fit.
const NEARLY_PERCENT: u64 = 90;
/// A program that holds half of what the account may hold is worth naming.
const MOST_PERCENT: u64 = 50;

pub(super) fn findings(budget: &Budget) -> Vec<Finding> {
    let mut found = Vec::new();
    for (resource, sums) in
        [(LimitedResource::Watches, &budget.watches), (LimitedResource::Instances, &budget.instances)]
    {
        found.extend(need(resource, sums));
        found.extend(fill(resource, sums));
    }
    found.extend(held_by_other(budget));
    found
}

fn need(resource: LimitedResource, sums: &Sums) -> Option<Finding> {
    let (limit, free, missing) = (sums.limit?, sums.free()?, sums.missing());
    let &Sums { to_add, held, set_by, .. } = sums;
    (missing > 0).then_some(Finding::NeedExceedsFree { resource, to_add, free, missing, limit, held, set_by })
}

fn fill(resource: LimitedResource, sums: &Sums) -> Option<Finding> {
    let (limit, held) = (sums.limit?, sums.held);
    if held >= limit {
        Some(Finding::Exhausted { resource, held, limit, set_by: sums.set_by })
    } else if percent(held, limit) >= NEARLY_PERCENT {
        Some(Finding::NearlyExhausted { resource, held, limit })
    } else {
        None
    }
}

fn held_by_other(budget: &Budget) -> Option<Finding> {
    let limit = budget.watches.limit?;
    budget.holders.iter().find_map(|(holder, watches)| match holder {
        Holder::Process { pid, program, of_project: false } if percent(*watches, limit) >= MOST_PERCENT => {
            let (pid, program, watches) = (*pid, program.clone(), *watches);
            Some(Finding::HeldByOther { pid, program, watches, percent: percent(watches, limit) })
        }
        Holder::Process { .. } | Holder::Others(_) => None,
    })
}

/// Whole percent, rounded down; a limit of 0 counts as full.
fn percent(part: u64, whole: u64) -> u64 {
    part.saturating_mul(100).checked_div(whole).unwrap_or(100)
}
