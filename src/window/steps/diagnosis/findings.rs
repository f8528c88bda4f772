//! The findings, worst first.

use crate::diagnosis::{Finding, Severity};
use crate::say;
use crate::window::look::Look;
use crate::window::theme::{Type, space};
use crate::window::widgets::{Tone, card, rule, tag, tag::width, text};
use eframe::egui::{self, Sense, Ui};

/// Width that the dot of a finding takes.
const DOT_COLUMN: f32 = 28.0;

/// Draws all of them on one card.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, findings: &[Finding]) {
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, finding) in findings.iter().enumerate() {
            if place > 0 {
                ui.add_space(space::M);
                rule(ui, look.tokens);
                ui.add_space(space::M);
            }
            finding_ui(ui, look, finding);
        }
    });
}

/// Draws the worst one that neither headline nor remedy says, in a line.
pub(super) fn brief_ui(ui: &mut Ui, look: Look<'_>, worst: Option<&Finding>) {
    let Some(finding) = worst else { return };
    card(ui, look.tokens, |ui| {
        ui.horizontal_top(|ui| {
            dot_ui(ui, look, tone(finding.severity()));
            text(ui, Type::Body, look.tokens.text, finding.title(look.words));
        });
    });
}

/// Draws a dot in the colour of a severity.
fn dot_ui(ui: &mut Ui, look: Look<'_>, tone: Tone) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(DOT_COLUMN - space::S, 20.0), Sense::hover());
    let dot = rect.left_center() + egui::vec2(6.0, 0.0);
    ui.painter().circle_filled(dot, 5.0, tone.colours(look.tokens).1);
}

/// A dot in the severity's colour, the sentence, what it means, and the severity in a word.
fn finding_ui(ui: &mut Ui, look: Look<'_>, finding: &Finding) {
    let tone = tone(finding.severity());
    let label = finding.severity().label(look.words);
    let middle = ui.available_width() - DOT_COLUMN - width(ui, &label) - space::S;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
        dot_ui(ui, look, tone);
        ui.vertical(|ui| {
            ui.set_width(middle);
            text(ui, Type::Strong, look.tokens.text, finding.title(look.words));
            text(ui, Type::Small, look.tokens.muted, finding.meaning(look.words));
            ways_ui(ui, look, &finding.ways(look.words));
        });
        tag(ui, look.tokens, tone, &label);
    });
}

/// The ways out, one below the other.
fn ways_ui(ui: &mut Ui, look: Look<'_>, ways: &[String]) {
    if ways.is_empty() {
        return;
    }
    text(ui, Type::Small, look.tokens.text, say!(look.words, "finding-ways-out"));
    for way in ways {
        text(ui, Type::Small, look.tokens.text, format!("· {way}"));
    }
}

const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Critical => Tone::Critical,
        Severity::Warning => Tone::Warning,
        Severity::Info => Tone::Plain,
        Severity::Ok => Tone::Ok,
    }
}
