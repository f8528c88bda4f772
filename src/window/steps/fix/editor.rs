//! The card that lets an editor of the VS Code family watch fewer folders of the project.

use super::parts::{FixView, Hands, apply_ui, offer_ui};
use crate::say;
use eframe::egui::Ui;

pub(super) fn sentence(view: &FixView<'_>) -> String {
    say!(view.look.words, "fix-editor-detail")
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let Some(offer) = &view.offers.editor else { return };
    offer_ui(ui, view.look, offer);
    apply_ui(ui, view, offer.plan.as_ref().ok(), "", hands.actions);
}
