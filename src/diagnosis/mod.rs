//! Judgement: pure functions from facts to findings, verdict and recommendation. No I/O at all.

pub mod budget;
pub mod error_text;
pub mod finding;
#[cfg(test)]
pub(crate) mod fixture;
pub mod recommendation;
mod rules;
#[cfg(test)]
mod tests;
pub mod verdict;
pub mod wording;

use crate::survey::Survey;
pub use budget::Budget;
pub use finding::{Finding, Severity};
pub use recommendation::{Recommendation, Remedy};
pub use verdict::Verdict;

/// The meaning of the facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// One sentence for the person who only reads one.
    pub verdict: Verdict,
    /// The sums behind it.
    pub budget: Budget,
    /// Findings worth telling, worst first; never empty: a healthy machine has one that says so.
    pub findings: Vec<Finding>,
    /// Advice on what to do.
    pub recommendation: Recommendation,
}

/// Judges the facts.
#[must_use]
pub fn judge(survey: &Survey) -> Diagnosis {
    let budget = Budget::of(survey);
    let findings = rules::findings(survey, &budget);
    let recommendation = Recommendation::of(survey, &budget, &findings);
    Diagnosis { verdict: Verdict::of(survey, &budget), budget, findings, recommendation }
}
