//! The figures of a picture as a table, for those who would rather read.

use super::parts;
use super::table::{Columns, TableColumn, Width};
use crate::window::theme::{Tokens, Type, size, space};
use eframe::egui::Ui;

/// Contents of a table of figures.
pub struct FigureTable<'a> {
    /// Tells it from the other tables.
    pub name: &'a str,
    /// The heads: of what it is, and of each figure.
    pub heads: &'a [String],
    /// The rows: what each is, and its figures.
    pub rows: &'a [Vec<String>],
}

/// Draws, below a picture, what is said of it, and the words that open and close its table, beside it where there is
/// room.
pub fn foot(ui: &mut Ui, tokens: &Tokens, (sentences, shown): (&[String], usize), words: [&str; 2], open: &mut bool) {
    const LEAST: f32 = 240.0;
    let width = |words: &&str| {
        ui.painter().layout_no_wrap((*words).to_owned(), Type::Small.font(), tokens.accent).size().x.ceil()
    };
    let switch_width = words.iter().map(width).fold(0.0, f32::max);
    let left = ui.available_width() - switch_width - space::L;
    if left < LEAST {
        parts::readout(ui, tokens, sentences, shown);
        switch(ui, tokens, words, open);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.vertical(|ui| {
            ui.set_width(left);
            parts::readout(ui, tokens, sentences, shown);
        });
        switch(ui, tokens, words, open);
    });
}

fn switch(ui: &mut Ui, tokens: &Tokens, [show, hide]: [&str; 2], open: &mut bool) {
    let words = if *open { hide } else { show };
    if super::link(ui, tokens, Type::Small, words).clicked() {
        *open = !*open;
    }
}

/// Draws the table: names to the left, figures to the right.
pub fn figures_table(ui: &mut Ui, tokens: &Tokens, figures: &FigureTable<'_>) {
    let count = figures.heads.len().saturating_sub(1);
    #[allow(clippy::cast_precision_loss, reason = "a handful of columns")]
    let width = (ui.available_width() / (count as f32 + 1.5)).min(size::FIGURE_COLUMN);
    let column = |(place, head): (usize, &String)| {
        let text = move |row: &Vec<String>| row.get(place).cloned().unwrap_or_default();
        match place {
            0 => TableColumn::words(head.clone(), Width::Rest(96.0), tokens.text, text),
            _ => TableColumn::figures(head.clone(), Width::Exact(width), tokens.text, text),
        }
    };
    let columns = figures.heads.iter().enumerate().map(column).collect();
    Columns::new(tokens, figures.name, columns).show(ui, None, figures.rows.len(), |place| figures.rows.get(place));
}
