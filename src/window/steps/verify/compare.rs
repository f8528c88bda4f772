//! The figures before and now, side by side.

use crate::say;
use crate::verification::{BeforeAfter, Row};
use crate::window::look::Look;
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{card, rule, text};
use eframe::egui::{self, Align, Color32, Layout, Ui};

/// Draws the figures that are not what they were; nothing where all are.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, figures: BeforeAfter) {
    let rows: Vec<Row> = figures.rows(look.words).into_iter().filter(Row::has_changed).collect();
    if rows.is_empty() {
        return;
    }
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "check-compare"));
        ui.add_space(space::S);
        let heads = ["", &say!(look.words, "check-before"), &say!(look.words, "check-after")];
        row_ui(ui, Type::Caption, [look.tokens.muted; 3], heads);
        for row in rows {
            rule(ui, look.tokens);
            let [before, after] = row.figures.each_ref().map(String::as_str);
            // The past figure steps back behind the new one.
            row_ui(ui, Type::Body, [look.tokens.text, look.tokens.muted, look.tokens.text], [&row.name, before, after]);
        }
    });
}

/// Draws what it is on the left, the two figures to the right of their columns.
fn row_ui(ui: &mut Ui, kind: Type, inks: [Color32; 3], [name, before, after]: [&str; 3]) {
    let column = (ui.available_width() / 4.0).min(size::FIGURE_COLUMN);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let left = ui.available_width() - 2.0 * column;
        let cells = [(left, Layout::left_to_right(Align::Center), name)];
        let figures = [before, after].map(|figure| (column, Layout::right_to_left(Align::Center), figure));
        for ((width, layout, words), ink) in cells.into_iter().chain(figures).zip(inks) {
            ui.allocate_ui_with_layout(egui::vec2(width, size::ROW), layout, |ui| {
                ui.set_width(width);
                text(ui, kind, ink, words);
            });
        }
    });
}
