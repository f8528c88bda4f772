//! The report for an issue or a message.

use super::Report;
use crate::words::Words;

pub(super) fn render(report: &Report, _words: &Words) -> String {
    format!("{}\n", report.verdict)
}
