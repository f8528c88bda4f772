//! The card that restarts running apps, one by one.

use super::parts::{Hands, View, apply_ui, offer_ui, radios, tick};
use crate::say;
use crate::window::theme::Type;
use crate::window::widgets::text;
use eframe::egui::Ui;

pub(super) fn sentence(view: &View<'_>) -> String {
    say!(view.look.words, "fix-restart-detail", apps = view.case.apps.len())
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &View<'_>, hands: &mut Hands<'_>) {
    let look = view.look;
    let apps: Vec<_> = view
        .case
        .apps
        .iter()
        .map(|(pid, script)| {
            let script = script.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (Some(*pid), say!(look.words, "fix-restart-app", pid = pid.to_string(), script = script))
        })
        .collect();
    radios(ui, look, "", &mut hands.choices.app, &apps);
    if view.still_running.is_some() && view.still_running == hands.choices.app {
        tick(ui, look, &mut hands.choices.kill, say!(look.words, "fix-restart-kill"));
    }
    let Some(offer) = &view.offers.restart else { return };
    offer_ui(ui, look, offer);
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-restart-how"));
    apply_ui(ui, view, offer.plan.as_ref().ok(), &say!(look.words, "fix-restart-final"), hands.actions);
}
