//! The card that restarts running apps, one by one.

use super::parts::{FixView, Hands, apply_ui, offer_ui, radios, tick, unfold_ui};
use super::{log, settings};
use crate::remedy::FileWatcher;
use crate::remedy::offer::RestartableApp;
use crate::say;
use crate::window::state::fix::LOG;
use crate::window::theme::Type;
use crate::window::widgets::text;
use eframe::egui::Ui;

pub(super) fn sentence(view: &FixView<'_>) -> String {
    say!(view.look.words, "fix-restart-detail", apps = view.case.apps.len())
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let look = view.look;
    let name = |app: &RestartableApp| {
        say!(look.words, "fix-restart-app", pid = app.pid.to_string(), script = app.name.as_str())
    };
    let apps: Vec<_> = view.case.apps.iter().map(|app| (Some(app.pid), name(app))).collect();
    radios(ui, look, "", &mut hands.choices.app, &apps);
    let chosen = view.case.apps.iter().find(|app| Some(app.pid) == hands.choices.app);
    if let Some(app) = chosen {
        watcher_ui(ui, view, hands, app);
    }
    // Force is for the app that was asked before, and for no other.
    if view.still_running.is_some() && view.still_running == hands.choices.app {
        tick(ui, look, &mut hands.choices.kill, say!(look.words, "fix-restart-kill"));
    } else {
        hands.choices.kill = false;
    }
    let Some(offer) = &view.offers.restart else { return };
    offer_ui(ui, look, offer);
    if !hands.choices.kill {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-restart-how"));
    }
    apply_ui(ui, view, offer.plan.as_ref().ok(), &say!(look.words, "fix-restart-final"), hands.actions);
    log_ui(ui, view, hands);
}

/// Draws the choice how the app is to watch files, where it can be told.
fn watcher_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>, app: &RestartableApp) {
    let words = view.look.words;
    let can = |choice: &FileWatcher| app.watchers().contains(choice);
    // The choice may have been made for another app.
    hands.choices.restart = hands.choices.restart.filter(can);
    if app.watchers().is_empty() {
        return;
    }
    let as_before = (None, say!(words, "fix-restart-as-before"));
    let all = settings::watchers(view).into_iter().filter(|(choice, _)| can(choice));
    let all: Vec<_> = std::iter::once(as_before).chain(all.map(|(choice, name)| (Some(choice), name))).collect();
    radios(ui, view.look, &say!(words, "fix-watcher"), &mut hands.choices.restart, &all);
}

/// Draws what the chosen app says, where this program has started it and that is not told above.
fn log_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let look = view.look;
    let Some(of) = view.offers.log.as_ref().filter(|log| view.told_log != Some(*log)) else { return };
    let (show, hide) = (say!(look.words, "fix-log-show"), say!(look.words, "fix-log-hide"));
    if unfold_ui(ui, look, hands.unfolded, LOG, (&show, &hide)) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-log", file = look.path(&of.file)));
        log::ui(ui, look, of, view.log_end(of), view.copied, hands.actions);
    }
}
