//! The ways out side by side, below the cards.

use super::parts::FixView;
use crate::remedy::offer::ComparedWay;
use crate::say;
use crate::window::theme::{Type, space};
use crate::window::widgets::{card, rule, text};
use eframe::egui::{Color32, Ui};

/// Shares of the width that the columns take.
const SHARES: [f32; 5] = [0.18, 0.29, 0.27, 0.12, 0.14];

/// Draws the table; nothing where there is nothing to choose between.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>) {
    let look = view.look;
    let ways = &view.offers.compared;
    if ways.is_empty() {
        return;
    }
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "compared-title"));
        ui.add_space(space::S);
        row_ui(ui, Type::Caption, [look.tokens.muted; 5], &ComparedWay::headings(look.words));
        for way in ways {
            rule(ui, look.tokens);
            let (name, rest) = (look.tokens.text, look.tokens.muted);
            row_ui(ui, Type::Small, [name, rest, rest, name, name], &way.cells(look.words));
        }
    });
}

/// Draws the cells beside each other, each as tall as its words need.
fn row_ui(ui: &mut Ui, kind: Type, inks: [Color32; 5], cells: &[String; 5]) {
    let width = ui.available_width() - space::M * 4.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        for ((cell, ink), share) in cells.iter().zip(inks).zip(SHARES) {
            ui.vertical(|ui| {
                ui.set_width(width * share);
                text(ui, kind, ink, cell);
            });
        }
    });
}
