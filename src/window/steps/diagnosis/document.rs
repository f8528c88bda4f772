//! Sections of the report, drawn: tabs that say the same as the report take its words from there.

use crate::report::{Block, Cell, Content, Section, SectionColumn, SectionTable};
use crate::window::look::{Actions, Look};
use crate::window::theme::{Type, space};
use crate::window::widgets::path::path_line;
use crate::window::widgets::table::{Columns, TableColumn, Width};
use crate::window::widgets::{card, line, text};
use eframe::egui::{self, Label, Ui};
use std::cell::RefCell;
use std::path::Path;

/// Least width of a column.
const LEAST: f32 = 96.0;

/// Draws what these sections say, below each other.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, sections: &[Section], actions: &mut Actions) {
    for section in sections {
        for block in &section.blocks {
            match block {
                Block::Paragraph(words) => drop(text(ui, Type::Small, look.tokens.muted, words.as_str())),
                Block::Facts(facts) => facts_ui(ui, look, &section.heading, facts),
                Block::Table(table) => table_ui(ui, look, table, actions),
                // The window has findings, pictures and commands of its own, on their own steps.
                Block::Findings(_) | Block::Bars(_) | Block::Code(_) => {}
            }
        }
    }
}

fn facts_ui(ui: &mut Ui, look: Look<'_>, heading: &str, facts: &[(String, Cell)]) {
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, heading);
        let grid = egui::Grid::new(heading).num_columns(2).spacing([space::L, space::XS]).min_row_height(22.0);
        grid.show(ui, |ui| {
            for (name, value) in facts {
                ui.add(Label::new(Type::Small.text(name.as_str(), look.tokens.muted)).extend());
                line(ui, Type::Small, look.tokens.text, value.text());
                ui.end_row();
            }
        });
    });
}

fn table_ui(ui: &mut Ui, look: Look<'_>, table: &SectionTable, actions: &mut Actions) {
    text(ui, Type::Strong, look.tokens.text, table.caption.as_str());
    let room = ui.available_width();
    let actions = &RefCell::new(actions);
    let column = |(place, column): (usize, &SectionColumn)| {
        let heading = column.heading.clone();
        let last = place + 1 == table.columns.len();
        let width = if last { Width::Rest(LEAST) } else { Width::Exact(width(ui, look, table, place).min(0.4 * room)) };
        match column.content {
            Content::Numbers => TableColumn::figures(heading, width, look.tokens.text, move |row: &Vec<Cell>| {
                row.get(place).map_or_else(String::new, |cell| cell.text().to_owned())
            }),
            Content::Text | Content::Wide => TableColumn::painted(heading, width, move |ui, row: &Vec<Cell>| {
                if let Some(cell) = row.get(place) {
                    cell_ui(ui, look, cell, &mut actions.borrow_mut());
                }
            }),
        }
    };
    let columns = table.columns.iter().enumerate().map(column).collect();
    Columns::new(look.tokens, &table.caption, columns).show(ui, None, table.rows.len(), |place| table.rows.get(place));
}

/// The width that a column's contents want.
fn width(ui: &Ui, look: Look<'_>, table: &SectionTable, place: usize) -> f32 {
    let width = |words: String, kind: Type| {
        ui.painter().layout_no_wrap(words, kind.font(), look.tokens.text).size().x.ceil() + 2.0 * space::M
    };
    let cells = table.rows.iter().filter_map(|row| row.get(place)).map(|cell| width(shown(look, cell), Type::Small));
    let head = table.columns.get(place).map(|column| width(column.heading.clone(), Type::Caption));
    cells.chain(head).fold(LEAST, f32::max)
}

fn is_path(cell: &Cell) -> bool {
    match cell {
        Cell::Literal(words) => words.starts_with('/'),
        Cell::Words(_) => false,
    }
}

/// Words as they are; a path as people write it.
fn shown(look: Look<'_>, cell: &Cell) -> String {
    if is_path(cell) { look.path(Path::new(cell.text())) } else { cell.text().to_owned() }
}

/// Draws what the cell says; a path is copied whole, without the number of a line in it.
fn cell_ui(ui: &mut Ui, look: Look<'_>, cell: &Cell, actions: &mut Actions) {
    let (words, shown) = (cell.text(), shown(look, cell));
    if is_path(cell) {
        let numbered = words.rsplit_once(':').filter(|(_, line)| line.bytes().all(|digit| digit.is_ascii_digit()));
        let path = Path::new(numbered.map_or(words, |(path, _)| path));
        path_line(ui, look, look.tokens.muted, &shown, path, actions);
        return;
    }
    let ink = match cell {
        Cell::Literal(_) => look.tokens.text,
        Cell::Words(_) => look.tokens.muted,
    };
    line(ui, Type::Small, ink, shown);
}
