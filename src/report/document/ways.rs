//! The ways out side by side, below what is recommended.

use super::{Block, Cell, Content, Table};
use crate::remedy::offer::ComparedWay;
use crate::report::Report;
use crate::say;
use crate::words::Words;

/// `None` where nothing is compared.
pub(super) fn table(report: &Report, words: &Words) -> Option<Block> {
    let columns = ComparedWay::headings(words).map(|heading| (heading, Content::Text));
    let answer = |is: bool| if is { say!(words, "compared-yes") } else { say!(words, "compared-no") };
    let rows: Vec<Vec<Cell>> = report
        .ways
        .iter()
        .map(|way| {
            let (reboot, administrator) = (answer(way.survives_reboot), answer(way.needs_administrator));
            [way.title.clone(), way.cost.clone(), way.after.clone(), reboot, administrator].map(Cell::Words).into()
        })
        .collect();
    (!rows.is_empty()).then(|| Block::Table(Table::new(say!(words, "compared-title"), columns, rows)))
}
