//! Fourth step: whether it worked. This version reads the limits again and says what they are.

use super::title_ui;
use crate::machine::Limit;
use crate::say;
use crate::window::chrome::stepper::check_mark;
use crate::window::look::{Actions, Look};
use crate::window::state::{Facts, Judged, State};
use crate::window::theme::{Type, space};
use crate::window::widgets::{card, rule, text};
use eframe::egui::{self, Color32, Pos2, Sense, Stroke, Ui};

/// Draws the page. It asks for nothing itself: "Scan again" stands in the bar below.
pub fn page_ui(ui: &mut Ui, look: Look<'_>, state: &mut State, _actions: &mut Actions) {
    let Some(judged) = state.facts.ready() else {
        let below = match state.facts {
            Facts::Taking(_) => say!(look.words, "diagnosis-taking"),
            _ => say!(look.words, "fix-no-facts-below"),
        };
        return title_ui(ui, look, &say!(look.words, "fix-no-facts"), Some(&below));
    };
    title_ui(ui, look, &judged.diagnosis.verdict.sentence(look.words), Some(&say!(look.words, "verify-below")));
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, check) in checks(look, judged).into_iter().enumerate() {
            if place > 0 {
                ui.add_space(space::M);
                rule(ui, look.tokens);
                ui.add_space(space::M);
            }
            check_ui(ui, look, &check);
        }
    });
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "verify-later"));
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "verify-later-detail"));
    });
}

struct Check {
    /// `None`: it could not be told.
    passed: Option<bool>,
    title: String,
    detail: String,
}

fn checks(look: Look<'_>, judged: &Judged) -> Vec<Check> {
    vec![now(look, judged), after_reboot(look, judged)]
}

/// The limit now against what will be held.
fn now(look: Look<'_>, judged: &Judged) -> Check {
    let sums = &judged.diagnosis.budget.watches;
    let Some(limit) = sums.limit else {
        let title = say!(look.words, "verify-now-unknown");
        return Check { passed: None, title, detail: say!(look.words, "verify-now-detail") };
    };
    let title = say!(look.words, "verify-now", limit = limit);
    let detail = if sums.missing() == 0 {
        say!(look.words, "verify-now-fits", total = sums.total())
    } else {
        say!(look.words, "verify-now-missing", missing = sums.missing())
    };
    Check { passed: Some(sums.missing() == 0), title, detail }
}

/// The limit after the next boot against the one now.
fn after_reboot(look: Look<'_>, judged: &Judged) -> Check {
    let machine = &judged.survey.machine;
    let boot = machine.boot.get(Limit::Watches);
    let (Some(value), Some(now)) = (boot.value, machine.limits.get(Limit::Watches)) else {
        let title = say!(look.words, "verify-boot-unset");
        return Check { passed: None, title, detail: say!(look.words, "verify-boot-unset-detail") };
    };
    let file = boot.winner.as_ref().map_or_else(String::new, |winner| look.path(&winner.file));
    let title = say!(look.words, "verify-boot", limit = value);
    let detail = if value >= now {
        say!(look.words, "verify-boot-kept", file = file)
    } else {
        say!(look.words, "verify-boot-lost", file = file, now = now)
    };
    Check { passed: Some(value >= now), title, detail }
}

fn check_ui(ui: &mut Ui, look: Look<'_>, check: &Check) {
    const MARK_COLUMN: f32 = 28.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(MARK_COLUMN - space::S, 20.0), Sense::hover());
        let at = rect.left_center() + egui::vec2(7.0, 0.0);
        match check.passed {
            Some(true) => check_mark(ui.painter(), at, look.tokens.ok),
            Some(false) => cross(ui, at, look.tokens.critical),
            None => drop(ui.painter().hline(at.x - 4.0..=at.x + 4.0, at.y, Stroke::new(1.8, look.tokens.muted))),
        }
        ui.vertical(|ui| {
            text(ui, Type::Strong, look.tokens.text, check.title.as_str());
            text(ui, Type::Small, look.tokens.muted, check.detail.as_str());
        });
    });
}

fn cross(ui: &Ui, at: Pos2, ink: Color32) {
    for way in [1.0, -1.0] {
        let arm = egui::vec2(3.6, way * 3.6);
        ui.painter().line_segment([at - arm, at + arm], Stroke::new(1.8, ink));
    }
}
