//! Changes that this program has made, and how to undo them.

use super::{Block, Cell, Content, Section, Table};
use crate::report::Report;
use crate::report::model::Change;
use crate::say;
use crate::words::Words;

/// `None` where nothing stands that this program has changed.
pub(super) fn section(report: &Report, words: &Words) -> Option<Section> {
    if report.changes.is_empty() {
        return None;
    }
    // What was done comes last: a terminal lets the last column flow over several lines.
    let columns = [
        (say!(words, "report-column-when"), Content::Numbers),
        (say!(words, "report-column-undo"), Content::Text),
        (say!(words, "report-column-what"), Content::Text),
    ];
    let rows = report.changes.iter().map(|change| row(change, words)).collect();
    let table = Table::new(say!(words, "report-caption-changes"), columns, rows);
    Some(Section::open(say!(words, "report-heading-changes"), vec![Block::Table(table)]))
}

fn row(change: &Change, words: &Words) -> Vec<Cell> {
    let undo = match change.undo.as_str() {
        "" => Cell::Words(say!(words, "report-change-for-good")),
        command => Cell::literal(command),
    };
    let when = change.when.strftime("%Y-%m-%d %H:%M").to_string();
    vec![Cell::Words(when), undo, Cell::Words(change.what.clone())]
}
