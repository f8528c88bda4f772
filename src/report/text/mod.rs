//! The report for a terminal.

use super::{Report, Style};
use crate::words::Words;

pub(super) fn render(report: &Report, _words: &Words, _style: Style) -> String {
    format!("{}\n", report.verdict)
}
