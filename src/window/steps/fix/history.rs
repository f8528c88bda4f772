//! Changes that this program has made before and not taken back, each with its way back.

use crate::remedy::{Entry, RemedyName};
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::fix::{History, Offers};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, Tone, card, rule, tag, text};
use crate::words::shown;
use eframe::egui::{self, Ui};

/// One card with all of them; nothing where nothing was changed. `told` is told above already.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, offers: &Offers, told: Option<u32>, idle: bool, actions: &mut Actions) {
    let history = match &offers.history {
        Ok(history) => history,
        Err(error) => {
            text(ui, Type::Small, look.tokens.warning, error.sentence(look.words));
            return;
        }
    };
    let entries: Vec<&Entry> = history.entries.iter().filter(|entry| Some(entry.id) != told).collect();
    if entries.is_empty() && history.unreadable.is_empty() && history.refused.is_empty() {
        return;
    }
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "fix-history"));
        for entry in entries {
            ui.add_space(space::S);
            rule(ui, look.tokens);
            ui.add_space(space::S);
            entry_ui(ui, look, history, entry, idle, actions);
        }
        for file in &history.unreadable {
            text(ui, Type::Small, look.tokens.warning, say!(look.words, "undo-unreadable", path = shown(file)));
        }
        for error in &history.refused {
            text(ui, Type::Small, look.tokens.warning, error.sentence(look.words));
        }
    });
}

fn entry_ui(ui: &mut Ui, look: Look<'_>, history: &History, entry: &Entry, idle: bool, actions: &mut Actions) {
    let interrupted = history.interrupted.contains(&entry.id);
    let (undo, finish) = (say!(look.words, "fix-undo"), say!(look.words, "fix-finish"));
    let can_finish = interrupted && entry.state == crate::remedy::State::Applying;
    let undo = Button::secondary(look.tokens, &undo).enabled(idle);
    let finish = Button::secondary(look.tokens, &finish).enabled(idle);
    let mut buttons = undo.size(ui).x + space::M;
    if can_finish {
        buttons += finish.size(ui).x + space::M;
    }
    let width = ui.available_width() - buttons;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::M, space::XS);
        ui.vertical(|ui| {
            ui.set_width(width);
            about_ui(ui, look, entry, interrupted);
            limits_back_ui(ui, look, history, entry);
        });
        if can_finish && ui.add(finish).clicked() {
            actions.push(Action::Finish(entry.id));
        }
        if ui.add(undo).clicked() {
            actions.push(Action::Undo(entry.id));
        }
    });
}

/// Draws what undo really puts back, where that is more than this one change.
fn limits_back_ui(ui: &mut Ui, look: Look<'_>, history: &History, entry: &Entry) {
    let Some(back) = history.limits_back.as_ref().filter(|_| entry.remedy() == RemedyName::RaiseLimits) else { return };
    for line in back.lines(look.words) {
        text(ui, Type::Small, look.tokens.muted, line);
    }
}

fn about_ui(ui: &mut Ui, look: Look<'_>, entry: &Entry, interrupted: bool) {
    let when = entry.when.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
    ui.horizontal(|ui| {
        let title = format!("{} · {when}", entry.plan.remedy.title(look.words));
        text(ui, Type::Body, look.tokens.text, title);
        if interrupted {
            tag(ui, look.tokens, Tone::Warning, &say!(look.words, "undo-state-interrupted"));
        }
    });
    if interrupted {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-interrupted"));
    }
    const FEW: usize = 4;
    let lines: Vec<String> = entry.plan.changes.iter().flat_map(|change| change.lines(look.words)).collect();
    for line in lines.iter().take(FEW) {
        text(ui, Type::Small, look.tokens.muted, line);
    }
    if let Some(more) = lines.len().checked_sub(FEW).filter(|more| *more > 0) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "list-more", count = more));
    }
}
