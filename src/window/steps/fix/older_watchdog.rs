//! The card with the command for an older watchdog, whose queue does not make it start over. Copied, never run from here.

use super::parts::{FixView, Hands, copy_ui};
use crate::remedy::{HotReload, Promise};
use crate::say;
use crate::window::theme::Type;
use crate::window::widgets::text;
use eframe::egui::Ui;

pub(super) fn promise(view: &FixView<'_>) -> Option<Promise> {
    view.offers.older.as_ref()?;
    Some(Promise {
        watches_after: view.case.need(),
        hot_reload: HotReload::Kept,
        needs_administrator: false,
        survives_reboot: true,
        needs_restart: true,
    })
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let look = view.look;
    let Some(older) = &view.offers.older else { return };
    copy_ui(ui, view, &older.command, hands.actions);
    let folder = look.path(&older.folder);
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-launch-folder", folder = folder));
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-older-then"));
}
