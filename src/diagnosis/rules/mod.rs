//! Findings that the facts give. One file per sort of fact.

mod boot;
mod place;
mod running;
mod settings;
mod shortage;
mod sight;
mod watchers;

use super::{Budget, Finding};
use crate::survey::Survey;

/// Returns all findings, worst first; within a severity in the order of the rules.
pub(super) fn findings(survey: &Survey, budget: &Budget) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(shortage::findings(budget));
    found.extend(budget.queue.map(Finding::QueueTooShort));
    found.extend(running::findings(survey, budget));
    found.extend(watchers::findings(survey, budget));
    found.extend(settings::findings(survey));
    found.extend(boot::findings(&survey.machine));
    found.extend(place::findings(&survey.machine));
    found.extend(sight::findings(survey));
    if !found.iter().any(Finding::is_to_fix) {
        found.push(Finding::AllGood { project: survey.project.is_some() });
    }
    found.sort_by_key(Finding::severity);
    found
}
