//! The log of an app that this program has started: the end of its log, errors in their colour.

use super::parts::code_frame;
use crate::remedy::restart::log::{AppLog, LogEnd};
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, text};
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Label, ScrollArea, Ui};

/// Height of the lines at most; the last of them are in view.
const TALL: f32 = 220.0;

/// Draws the log; `end` is missing until it was read.
pub(super) fn ui(
    ui: &mut Ui,
    look: Look<'_>,
    log: &AppLog,
    end: Option<&LogEnd>,
    copied: Option<&str>,
    actions: &mut Actions,
) {
    let Some(end) = end else { return };
    if end.cut {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-log-cut", lines = end.lines.len()));
    }
    if end.lines.is_empty() {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-log-empty"));
    } else {
        code_frame(look).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ScrollArea::vertical()
                .id_salt(&log.file)
                .max_height(TALL)
                .min_scrolled_height(TALL)
                .stick_to_bottom(true)
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.add(Label::new(lines(look, end)).wrap().selectable(true));
                });
        });
    }
    if end.ended {
        text(ui, Type::Small, look.tokens.warning, say!(look.words, "fix-log-ended"));
    }
    if end.lines.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let (whole, name) = (end.text(), say!(look.words, "fix-log-copy"));
        if ui.add(Button::secondary(look.tokens, &name)).clicked() {
            actions.push(Action::Copy(whole.clone()));
        }
        if copied == Some(whole.as_str()) {
            text(ui, Type::Small, look.tokens.ok, say!(look.words, "fix-copied"));
        }
    });
}

/// One text, so that several lines can be marked and copied together.
fn lines(look: Look<'_>, end: &LogEnd) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (place, line) in end.lines.iter().enumerate() {
        let colour = if line.is_error { look.tokens.critical } else { look.tokens.text };
        let format =
            TextFormat { line_height: Some(Type::Code.line_height()), ..TextFormat::simple(Type::Code.font(), colour) };
        let end = if place + 1 < end.lines.len() { "\n" } else { "" };
        job.append(&format!("{}{end}", line.text), 0.0, format);
    }
    job
}
