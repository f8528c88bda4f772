//! Tables in columns of a terminal.

use super::INDENT;
use super::page::{Page, Paint, padded, width};
use crate::report::document::{Cell, Content, Table};

/// Numbers to the right, text to the left; the last column flows over several lines where it must.
pub(super) fn draw(page: &mut Page, table: &Table) {
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|column| table.columns[*column].content != Content::Wide).collect();
    let widths: Vec<usize> = columns.iter().map(|column| widest(table, *column)).collect();
    let headings: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).collect();
    row(page, table, &columns, &widths, &headings, Paint::Heading);
    for cells in &table.rows {
        let cells: Vec<&str> = cells.iter().map(Cell::text).collect();
        row(page, table, &columns, &widths, &cells, Paint::Plain);
    }
}

fn widest(table: &Table, column: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell.text()));
    cells.chain([width(&table.columns[column].heading)]).max().unwrap_or(0)
}

fn row(page: &mut Page, table: &Table, columns: &[usize], widths: &[usize], cells: &[&str], paint: Paint) {
    let Some((last, others)) = columns.split_last() else { return };
    let aligned =
        |column: usize, width| padded(cells[column], width, table.columns[column].content == Content::Numbers);
    let mut label = String::from(INDENT);
    for (column, width) in others.iter().zip(widths) {
        label.push_str(&aligned(*column, *width));
        label.push_str("  ");
    }
    // A heading before a column of numbers stands over their ends.
    let last_width = widths.last().copied().unwrap_or(0);
    let numbers = table.columns[*last].content == Content::Numbers;
    if numbers {
        label.push_str(&" ".repeat(last_width.saturating_sub(width(cells[*last]))));
    }
    page.flow(&label, cells[*last], paint);
}
