//! The checks that were run, each with what it saw.

use super::{Block, FindingEntry, Section};
use crate::diagnosis::Severity;
use crate::report::Report;
use crate::report::model::Check;
use crate::say;
use crate::verification::Outcome;
use crate::words::Words;

/// `None` where none was run.
pub(super) fn section(report: &Report, words: &Words) -> Option<Section> {
    if report.verification.is_empty() {
        return None;
    }
    let checks = report.verification.iter().map(|check| finding(check, words)).collect();
    Some(Section::open(say!(words, "report-heading-checks"), vec![Block::Findings(checks)]))
}

fn finding(check: &Check, words: &Words) -> FindingEntry {
    let (severity, outcome) = match check.passed {
        Some(true) => (Severity::Ok, Outcome::Passed),
        Some(false) => (Severity::Critical, Outcome::Failed),
        None => (Severity::Info, Outcome::CouldNotRun),
    };
    let (title, detail) = (check.title.clone(), check.detail.clone());
    FindingEntry { severity, label: outcome.label(words), title, detail }
}
