//! An error message, and what it means.

use crate::say;
use crate::window::look::Look;
use crate::window::state::ProjectPage;
use crate::window::theme::{Type, space};
use crate::window::widgets::{field, text};
use eframe::egui::Ui;

/// The field and the explanation.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, page: &mut ProjectPage) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let label = ui
            .horizontal(|ui| {
                let label = text(ui, Type::Strong, look.tokens.text, say!(look.words, "project-error"));
                text(ui, Type::Body, look.tokens.muted, say!(look.words, "project-error-optional"));
                label
            })
            .inner;
        let hint = say!(look.words, "project-error-hint");
        let rows = page.error.lines().count().clamp(1, 6);
        let edit = field::code_field(ui, look.tokens, &mut page.error, &hint, rows).labelled_by(label.id);
        if edit.changed() {
            page.nothing_in = None;
        }
        if let Some(file) = &page.nothing_in {
            let file = look.path(file);
            text(ui, Type::Small, look.tokens.muted, say!(look.words, "project-error-nothing-in", file = file));
        }
    });
}
