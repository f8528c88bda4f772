//! The figures before anything was done and now, side by side.

use super::{Bar, Bars, Block, Cell, Content, Section, Table};
use crate::report::Report;
use crate::say;
use crate::verification::Row;
use crate::words::Words;

/// `None` where nothing is known of before.
pub(super) fn section(report: &Report, words: &Words) -> Option<Section> {
    let rows = report.before_after.as_ref()?.rows(words);
    let blocks = vec![Block::Bars(picture(&rows, words)), Block::Table(table(rows, words))];
    Some(Section::open(say!(words, "report-heading-compare"), blocks))
}

/// Draws what counts watches, all on one scale.
fn picture(rows: &[Row], words: &Words) -> Bars {
    let bars = rows.iter().flat_map(|row| {
        let [before, now] = row.watches?;
        let name = row.name.as_str();
        let bar = |name, count, past| Bar { name, count, past, figure: words.number(count) };
        Some([
            bar(say!(words, "report-bar-before", name = name), before, true),
            bar(say!(words, "report-bar-now", name = name), now, false),
        ])
    });
    Bars::new(say!(words, "report-picture-compare"), false, bars.flatten().collect(), words)
}

fn table(rows: Vec<Row>, words: &Words) -> Table {
    let columns = [
        (say!(words, "report-column-figure"), Content::Text),
        (say!(words, "report-column-before"), Content::Numbers),
        (say!(words, "report-column-now"), Content::Numbers),
    ];
    let rows = rows
        .into_iter()
        .map(|Row { name, figures: [before, now], .. }| [name, before, now].map(Cell::Words).into_iter().collect());
    Table::new(say!(words, "report-caption-compare"), columns, rows.collect())
}
