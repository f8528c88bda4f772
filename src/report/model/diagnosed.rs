//! The judgement's part of the model.

use super::{Budget, Finding, Recommendation, Sums};
use crate::diagnosis::{self, budget};
use crate::words::Words;

impl Budget {
    pub(super) fn of(budget: &diagnosis::Budget) -> Self {
        Self { basis: basis(budget.basis), watches: Sums::of(&budget.watches), instances: Sums::of(&budget.instances) }
    }
}

const fn basis(basis: budget::Basis) -> &'static str {
    match basis {
        budget::Basis::NoProject => "no project",
        budget::Basis::Streamlit => "streamlit",
        budget::Basis::NoWatching(_) => "no watching",
        budget::Basis::WholeFolder => "whole folder",
    }
}

impl Sums {
    fn of(sums: &budget::Sums) -> Self {
        let missing = sums.missing();
        Self { limit: sums.limit, held: sums.held, need: sums.need, to_add: sums.to_add, missing }
    }
}

impl Finding {
    pub(super) fn of(finding: &diagnosis::Finding, words: &Words) -> Self {
        Self {
            id: finding.id(),
            severity: finding.severity(),
            title: finding.title(words),
            detail: finding.detail(words),
        }
    }
}

impl Recommendation {
    pub(super) fn of(recommendation: &diagnosis::Recommendation, words: &Words) -> Self {
        Self {
            max_user_watches: recommendation.watches,
            max_user_instances: recommendation.instances,
            max_queued_events: recommendation.queued_events,
            remedy: recommendation.remedy,
            reason: recommendation.reason(words),
        }
    }
}
