//! Raising the limits where this program cannot: two short lines to copy, a message for whoever may run them, and the way
//! on once that is done.

use super::parts::code_ui;
use crate::machine::environment::Pkexec;
use crate::machine::{Limit, Machine};
use crate::remedy::raise_limits::{RaiseLimits, lines_by_hand, own_command};
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, text};
use crate::words::Words;
use eframe::egui::Ui;

/// Facts that the block is drawn from.
pub(super) struct ByHand<'a> {
    pub(super) request: &'a RaiseLimits,
    /// The text last copied.
    pub(super) copied: Option<&'a str>,
    /// This program's own command can be run in a terminal of this machine.
    pub(super) own: bool,
    /// Copying is what leads on.
    pub(super) leads_on: bool,
}

/// Draws the lines, with what to do with them.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, by_hand: &ByHand<'_>, actions: &mut Actions) {
    let words = look.words;
    let lines = lines_by_hand(by_hand.request);
    let shown: Vec<_> = lines.lines().map(|line| (line.to_owned(), look.tokens.text)).collect();
    code_ui(ui, look, &shown);
    let message = message(words, by_hand.request, &lines);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(space::M, space::S);
        let (copy, ran, tell) = (say!(words, "fix-copy"), say!(words, "fix-have-run"), say!(words, "fix-message-copy"));
        let button = if by_hand.leads_on { Button::primary } else { Button::secondary };
        if ui.add(button(look.tokens, &copy)).clicked() {
            actions.push(Action::Copy(lines.clone()));
        }
        if ui.add(Button::secondary(look.tokens, &ran)).clicked() {
            actions.push(Action::CheckNow);
        }
        if ui.add(Button::secondary(look.tokens, &tell)).clicked() {
            actions.push(Action::Copy(message.clone()));
        }
    });
    if by_hand.copied == Some(lines.as_str()) {
        text(ui, Type::Small, look.tokens.ok, say!(words, "fix-copied"));
    }
    if by_hand.copied == Some(message.as_str()) {
        text(ui, Type::Small, look.tokens.ok, say!(words, "fix-message-copied"));
        let shown: Vec<_> = message.lines().map(|line| (line.to_owned(), look.tokens.text)).collect();
        code_ui(ui, look, &shown);
    }
    if by_hand.own {
        let command = own_command(by_hand.request);
        text(ui, Type::Small, look.tokens.muted, say!(words, "fix-own-command", command = command));
    }
    text(ui, Type::Small, look.tokens.muted, say!(words, "fix-no-password"));
}

/// A message that can be sent as it is.
fn message(words: &Words, request: &RaiseLimits, lines: &str) -> String {
    let asked = request.asked().map(|(limit, after): (Limit, u64)| {
        let before = words.number(request.before(limit));
        say!(words, "change-limit", key = limit.key(), before = before, after = after)
    });
    let asked: Vec<String> = asked.collect();
    let parts = [say!(words, "fix-message-ask"), asked.join("\n"), say!(words, "fix-message-how"), lines.to_owned()];
    format!("{}\n\n{}\n", parts.join("\n\n"), say!(words, "fix-message-harmless"))
}

/// Words why no password dialog can be shown here.
pub(super) fn why(words: &Words, machine: &Machine) -> String {
    let pkexec = &machine.environment.pkexec;
    if matches!(pkexec, Pkexec::Usable(_)) {
        return String::new();
    }
    say!(words, "fix-no-dialog", reason = pkexec.label(words))
}
