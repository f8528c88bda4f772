//! Fourth step: whether it worked. Every check with what it saw, and the figures before and now side by side.

use super::title_ui;
use crate::say;
use crate::verification::{BeforeAfter, Check, Figures, Outcome, Step as Helps};
use crate::window::chrome::stepper::check_mark;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::verify::VerifyPage;
use crate::window::state::{Facts, State, Step};
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{Button, Tone, card, rule, tag, text};
use eframe::egui::{self, Align, Color32, Layout, Pos2, Sense, Stroke, Ui};

/// Draws the page.
pub fn page_ui(ui: &mut Ui, look: Look<'_>, state: &mut State, actions: &mut Actions) {
    let page = &state.verify;
    let (title, below) = heading(look, page);
    title_ui(ui, look, &title, Some(&below));
    buttons_ui(ui, look, page, actions);
    if let Some(reason) = &page.failed {
        let reason = say!(look.words, "check-not-run", reason = reason.as_str());
        card(ui, look.tokens, |ui| text(ui, Type::Body, look.tokens.critical, reason));
    }
    if !page.checks.is_empty() {
        checks_ui(ui, look, &page.checks, actions);
    }
    if let (Some(before), Facts::Ready(judged), false) = (page.before, &state.facts, page.checks.is_empty()) {
        compare_ui(ui, look, BeforeAfter { before, after: Figures::of(&judged.survey) });
    }
}

/// What the checks came to, in a sentence; what they do, before the first time.
fn heading(look: Look<'_>, page: &VerifyPage) -> (String, String) {
    if page.checks.is_empty() {
        return (say!(look.words, "check-title"), say!(look.words, "check-below"));
    }
    let (failed, unknown) = (page.count(Outcome::Failed), page.count(Outcome::CouldNotRun));
    let title = match (failed, unknown) {
        (0, 0) => say!(look.words, "check-all-passed"),
        (0, _) => say!(look.words, "check-none-failed"),
        _ => say!(look.words, "check-failed", failed = failed),
    };
    let below = match unknown {
        0 => say!(look.words, "check-each-says"),
        _ => say!(look.words, "check-unknown", unknown = unknown),
    };
    (title, below)
}

fn buttons_ui(ui: &mut Ui, look: Look<'_>, page: &VerifyPage, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let run = say!(look.words, "check-run");
        if ui.add(Button::primary(look.tokens, &run).enabled(page.running.is_none())).clicked() {
            actions.push(Action::RunChecks);
        }
        if let Some(progress) = &page.running {
            let cancel = say!(look.words, "window-cancel");
            if ui.add(Button::secondary(look.tokens, &cancel)).clicked() {
                actions.push(Action::StopChecks);
            }
            let (directories, _) = progress.counted();
            let counted = say!(look.words, "check-running-counted", directories = directories);
            let line = format!("{} {counted}", say!(look.words, "check-running"));
            text(ui, Type::Small, look.tokens.muted, line);
        } else if !page.checks.is_empty() {
            let (passed, total) = (page.count(Outcome::Passed), page.checks.len());
            let tone = if page.count(Outcome::Failed) == 0 { Tone::Ok } else { Tone::Critical };
            tag(ui, look.tokens, tone, &say!(look.words, "check-tag", passed = passed, total = total));
        }
    });
}

fn checks_ui(ui: &mut Ui, look: Look<'_>, checks: &[Check], actions: &mut Actions) {
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, check) in checks.iter().enumerate() {
            if place > 0 {
                ui.add_space(space::M);
                rule(ui, look.tokens);
                ui.add_space(space::M);
            }
            ui.push_id(place, |ui| check_ui(ui, look, check, actions));
        }
    });
}

fn check_ui(ui: &mut Ui, look: Look<'_>, check: &Check, actions: &mut Actions) {
    const MARK_COLUMN: f32 = 28.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(MARK_COLUMN - space::S, 20.0), Sense::hover());
        let at = rect.left_center() + egui::vec2(7.0, 0.0);
        match check.outcome {
            Outcome::Passed => check_mark(ui.painter(), at, look.tokens.ok),
            Outcome::Failed => cross(ui, at, look.tokens.critical),
            Outcome::CouldNotRun => {
                ui.painter().hline(at.x - 4.0..=at.x + 4.0, at.y, Stroke::new(1.8, look.tokens.muted));
            }
        }
        ui.vertical(|ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                text(ui, Type::Strong, look.tokens.text, check.title(look.words));
                let tone = match check.outcome {
                    Outcome::Passed => Tone::Ok,
                    Outcome::Failed => Tone::Critical,
                    Outcome::CouldNotRun => Tone::Plain,
                };
                tag(ui, look.tokens, tone, &check.outcome.label(look.words));
            });
            text(ui, Type::Small, look.tokens.muted, check.sentence(look.words));
            if let Some(helps) = check.step() {
                help_ui(ui, look, helps, actions);
            }
        });
    });
}

/// The way back to the step that helps.
fn help_ui(ui: &mut Ui, look: Look<'_>, helps: Helps, actions: &mut Actions) {
    let (step, label) = match helps {
        Helps::Project => (Step::Project, say!(look.words, "check-go-project")),
        Helps::Diagnosis => (Step::Diagnosis, say!(look.words, "check-go-diagnosis")),
        Helps::Fix => (Step::Fix, say!(look.words, "check-go-fix")),
    };
    ui.add_space(space::XS);
    if ui.add(Button::secondary(look.tokens, &label)).clicked() {
        actions.push(Action::Go(step));
    }
}

fn compare_ui(ui: &mut Ui, look: Look<'_>, figures: BeforeAfter) {
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "check-compare"));
        ui.add_space(space::S);
        let heads = ["", &say!(look.words, "check-before"), &say!(look.words, "check-after")];
        row_ui(ui, Type::Small, look.tokens.muted, heads);
        for row in figures.rows(look.words) {
            rule(ui, look.tokens);
            let [before, after] = row.figures.each_ref().map(String::as_str);
            row_ui(ui, Type::Body, look.tokens.text, [&row.name, before, after]);
        }
    });
}

/// What it is on the left, the two figures to the right of their columns.
fn row_ui(ui: &mut Ui, kind: Type, ink: Color32, [name, before, after]: [&str; 3]) {
    let column = (ui.available_width() / 4.0).min(size::FIGURE_COLUMN);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let left = ui.available_width() - 2.0 * column;
        let cells = [(left, Layout::left_to_right(Align::Center), name)];
        let figures = [before, after].map(|figure| (column, Layout::right_to_left(Align::Center), figure));
        for (width, layout, words) in cells.into_iter().chain(figures) {
            ui.allocate_ui_with_layout(egui::vec2(width, size::ROW), layout, |ui| {
                ui.set_width(width);
                text(ui, kind, ink, words);
            });
        }
    });
}

fn cross(ui: &Ui, at: Pos2, ink: Color32) {
    for way in [1.0, -1.0] {
        let arm = egui::vec2(3.6, way * 3.6);
        ui.painter().line_segment([at - arm, at + arm], Stroke::new(1.8, ink));
    }
}
