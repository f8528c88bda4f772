//! Fourth step: whether it worked. Every check with what it saw, a trial of the app itself, and the figures before and
//! now side by side.

mod checks;
mod compare;
mod restart;
mod trial;

use super::fix::told;
use super::title_ui;
use crate::say;
use crate::verification::{BeforeAfter, Figures, Outcome};
use crate::window::look::{Action, Actions, Look};
use crate::window::state::fix::{Doing, Told};
use crate::window::state::verify::VerifyPage;
use crate::window::state::{Judged, WindowState};
use crate::window::theme::{Type, space};
use crate::window::widgets::tag;
use crate::window::widgets::{Button, Tone, card, text};
use eframe::egui::{self, Align, Layout, Ui};
use std::sync::Arc;

/// Facts that the parts of the page show besides what the facts say.
#[derive(Clone, Copy)]
struct VerifyView<'a> {
    look: Look<'a>,
    /// The facts the checks were run on.
    judged: Option<&'a Judged>,
    /// The work being done by the third step's hands, a restart for example.
    doing: Option<Doing>,
    /// A process that did not end when asked.
    still_running: Option<u32>,
    /// Whether neither checks nor a trial are under way, nor anything is being done.
    idle: bool,
}

/// Draws the page.
pub fn page_ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    let WindowState { facts, fix, verify: page, copied, .. } = state;
    let still_running = fix.told.as_ref().and_then(Told::still_running).filter(|_| page.restarted);
    let idle = page.running.is_none() && page.trial.is_none() && fix.doing.is_none();
    let view = VerifyView { look, judged: facts.ready().map(Arc::as_ref), doing: fix.doing, still_running, idle };
    head_ui(ui, &view, page);
    buttons_ui(ui, &view, page, actions);
    if let Some(reason) = &page.failed {
        let reason = say!(look.words, "check-not-run", reason = reason.as_str());
        card(ui, look.tokens, |ui| text(ui, Type::Body, look.tokens.critical, reason));
    }
    if let Some(told) = fix.told.as_ref().filter(|_| page.restarted) {
        let idle = fix.doing.is_none();
        let about = told::About { told, logs: &fix.logs, copied: copied.as_deref(), idle, limits_back: None };
        told::ui(ui, look, &about, std::mem::take(&mut fix.new_told), actions);
    }
    if !page.checks.is_empty() {
        checks::ui(ui, &view, page, actions);
    }
    if let (Some(before), Some(judged), true) = (page.before, view.judged, page.is_checked()) {
        compare::ui(ui, look, BeforeAfter { before, after: Figures::of(&judged.survey) });
    }
    trial::ui(ui, &view, page, actions);
}

/// Draws what the checks came to, and at the right how many passed.
fn head_ui(ui: &mut Ui, view: &VerifyView<'_>, page: &VerifyPage) {
    let look = view.look;
    let (title, below) = heading(view, page);
    let (passed, total) = (page.count(Outcome::Passed), page.checks.len());
    let words = page.is_checked().then(|| say!(look.words, "check-tag", passed = passed, total = total));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let room = words.as_ref().map_or(0.0, |words| tag::width(ui, words) + space::M);
        let width = ui.available_width() - room;
        ui.vertical(|ui| {
            ui.set_width(width);
            title_ui(ui, look, &title, Some(&below));
        });
        if let Some(words) = words {
            let tone = match (page.count(Outcome::Failed), page.count(Outcome::CouldNotRun)) {
                (0, 0) => Tone::Ok,
                (0, _) => Tone::Plain,
                _ => Tone::Critical,
            };
            let size = egui::vec2(ui.available_width(), Type::Title.line_height());
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                tag(ui, look.tokens, tone, &words);
            });
        }
    });
}

/// Words what the checks came to, in two sentences; what they do, before the first time.
fn heading(view: &VerifyView<'_>, page: &VerifyPage) -> (String, String) {
    let words = view.look.words;
    if !page.is_checked() {
        return (say!(words, "check-title"), say!(words, "check-below"));
    }
    match (page.count(Outcome::Failed), page.count(Outcome::CouldNotRun)) {
        (0, 0) => {
            let was_broken = page.before.is_some_and(|before| before.missing > 0 || before.gaps.unwrap_or(0) > 0);
            let title = if was_broken { say!(words, "check-fixed") } else { say!(words, "check-all-passed") };
            (title, all_passed(view, page))
        }
        (0, unknown) => (say!(words, "check-none-failed"), say!(words, "check-unknown", unknown = unknown)),
        (failed, 0) => (say!(words, "check-failed", failed = failed), say!(words, "check-each-says")),
        (failed, unknown) => {
            (say!(words, "check-failed", failed = failed), say!(words, "check-unknown", unknown = unknown))
        }
    }
}

/// Words what it means that every check passed.
fn all_passed(view: &VerifyView<'_>, page: &VerifyPage) -> String {
    let words = view.look.words;
    let need = view.judged.map(|judged| Figures::of(&judged.survey).need);
    match need {
        None => say!(words, "check-each-says"),
        Some(0) => say!(words, "check-none-needed"),
        Some(need) if page.check("app-holds-all").is_some() => say!(words, "check-all-held", need = need),
        Some(need) => say!(words, "check-all-fit", need = need),
    }
}

fn buttons_ui(ui: &mut Ui, view: &VerifyView<'_>, page: &VerifyPage, actions: &mut Actions) {
    let look = view.look;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let run = say!(look.words, "check-run");
        if ui.add(Button::primary(look.tokens, &run).enabled(view.idle)).clicked() {
            actions.push(Action::RunChecks);
        }
        if let Some(progress) = &page.running {
            let cancel = say!(look.words, "window-cancel");
            if ui.add(Button::secondary(look.tokens, &cancel)).clicked() {
                actions.push(Action::StopChecks);
            }
            let (directories, _) = progress.counted();
            let counted = say!(look.words, "check-running-counted", directories = directories);
            let running = say!(look.words, "check-running");
            text(
                ui,
                Type::Small,
                look.tokens.muted,
                say!(look.words, "check-running-line", running = running, counted = counted),
            );
        }
    });
}
