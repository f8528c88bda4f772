//! Parts removed from the report, named so that its reader knows and its sender looks.

use super::{Block, Cell, Section};
use crate::report::{Removed, Report, Sort};
use crate::say;
use crate::words::Words;

pub(super) fn section(report: &Report, words: &Words) -> Section {
    let sentence = match (report.redacted, report.removed.is_empty()) {
        (false, _) => say!(words, "report-privacy-nothing-removed"),
        (true, true) => say!(words, "report-privacy-nothing-found"),
        (true, false) => say!(words, "report-privacy-removed"),
    };
    let mut blocks = vec![Block::Paragraph(sentence)];
    if !report.removed.is_empty() {
        blocks.push(Block::Facts(report.removed.iter().map(|removed| fact(removed, words)).collect()));
    }
    Section::open(say!(words, "report-heading-privacy"), blocks)
}

fn fact(removed: &Removed, words: &Words) -> (String, Cell) {
    let what = match removed.what {
        Sort::Secret => say!(words, "report-removed-secrets"),
        Sort::HomeFolder => say!(words, "report-removed-home"),
        Sort::UserName => say!(words, "report-removed-users"),
        Sort::HostName => say!(words, "report-removed-host"),
        Sort::Address => say!(words, "report-removed-addresses"),
        Sort::Email => say!(words, "report-removed-emails"),
        Sort::LongText => say!(words, "report-removed-long-texts"),
    };
    (what, Cell::Words(say!(words, "report-removed-times", count = removed.count)))
}

impl Removed {
    /// Words what was removed and how often, to stand in a list.
    #[must_use]
    pub fn phrase(&self, words: &Words) -> String {
        let count = self.count;
        match self.what {
            Sort::Secret => say!(words, "report-left-out-secrets", count = count),
            Sort::HomeFolder => say!(words, "report-left-out-home", count = count),
            Sort::UserName => say!(words, "report-left-out-users", count = count),
            Sort::HostName => say!(words, "report-left-out-host", count = count),
            Sort::Address => say!(words, "report-left-out-addresses", count = count),
            Sort::Email => say!(words, "report-left-out-emails", count = count),
            Sort::LongText => say!(words, "report-left-out-long-texts", count = count),
        }
    }
}
