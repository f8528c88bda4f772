//! Tables in columns of a terminal.

use super::INDENT;
use super::page::{Paint, TextPage, padded, shortened, width};
use crate::report::document::{Cell, Content, Table};

/// The gap between two columns.
const GAP: &str = "  ";
/// A text column is not made narrower than this.
const LEAST: usize = 12;

/// Numbers to the right, text to the left. Where the page is too narrow, text in the last column flows over several
/// lines, and longer text in the others is shortened in its middle.
pub(super) fn draw(page: &mut TextPage, table: &Table) {
    let shown: Vec<usize> =
        (0..table.columns.len()).filter(|column| table.columns[*column].content != Content::Wide).collect();
    let widths = fitted(table, &shown, page.columns());
    let headings: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).collect();
    row(page, table, &widths, &headings, Paint::Heading);
    for cells in &table.rows {
        let cells: Vec<&str> = cells.iter().map(Cell::text).collect();
        row(page, table, &widths, &cells, Paint::Plain);
    }
}

/// The shown columns, each with its width.
fn fitted(table: &Table, shown: &[usize], room: usize) -> Vec<(usize, usize)> {
    let is_text = |column: usize| table.columns[column].content == Content::Text;
    let mut widths: Vec<(usize, usize)> = shown.iter().map(|column| (*column, widest(table, *column))).collect();
    if let Some((_, last)) = widths.last_mut().filter(|(column, _)| is_text(*column)) {
        *last = (*last).min(LEAST);
    }
    let gaps = INDENT.len() + GAP.len() * widths.len().saturating_sub(1);
    let before_last = widths.len().saturating_sub(1);
    while gaps + widths.iter().map(|(_, width)| width).sum::<usize>() > room {
        let shrinkable = widths[..before_last].iter_mut().filter(|(column, width)| is_text(*column) && *width > LEAST);
        let Some((_, width)) = shrinkable.max_by_key(|(_, width)| *width) else { break };
        *width -= 1;
    }
    widths
}

fn widest(table: &Table, column: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell.text()));
    cells.chain([width(&table.columns[column].heading)]).max().unwrap_or(0)
}

fn row(page: &mut TextPage, table: &Table, widths: &[(usize, usize)], cells: &[&str], paint: Paint) {
    let Some((&(last, last_width), others)) = widths.split_last() else { return };
    let numbers = |column: usize| table.columns[column].content == Content::Numbers;
    let aligned = |(column, width): (usize, usize)| padded(&shortened(cells[column], width), width, numbers(column));
    let mut line = String::from(INDENT);
    for column in others {
        line.extend([&aligned(*column), GAP]);
    }
    if numbers(last) {
        page.line(&(line + &aligned((last, last_width))), paint);
    } else {
        page.flow(&line, cells[last], paint);
    }
}
