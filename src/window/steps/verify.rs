//! Fourth step: whether it worked. What is left to do, else what came of it; the figures before and now; every check,
//! and a trial of the app itself.

mod checks;
mod compare;
mod heading;
mod left;
mod restart;
mod trial;

use super::fix::told;
use super::title_ui;
use crate::say;
use crate::verification::{BeforeAfter, Figures};
use crate::window::look::{Action, Actions, Look};
use crate::window::state::fix::{Doing, FixPage, Told};
use crate::window::state::verify::{Stage, VerifyPage};
use crate::window::state::{Judged, WindowState};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, Tone, card, link, tag, text};
use eframe::egui::{self, Align, Layout, Ui};
pub use heading::title;
use std::sync::Arc;

/// Facts that the parts of the page show besides what the facts say.
#[derive(Clone, Copy)]
struct VerifyView<'a> {
    look: Look<'a>,
    /// The point that the proof has reached.
    stage: &'a Stage,
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
    let stage = state.stage();
    let (title, below) = heading::of(look, state, &stage);
    let tallied = state.verify.is_checked() && stage != Stage::Checking;
    let tally = tallied.then(|| state.tally());
    let WindowState { facts, fix, verify: page, copied, .. } = state;
    let still_running = fix.told.as_ref().and_then(Told::still_running);
    let idle = page.running.is_none() && page.trial.is_none() && fix.doing.is_none();
    let judged = facts.ready().map(Arc::as_ref);
    let view = VerifyView { look, stage: &stage, judged, doing: fix.doing, still_running, idle };
    head_ui(ui, &view, tally, (&title, &below));
    buttons_ui(ui, &view, page, actions);
    if let Some(reason) = &page.failed {
        let reason = say!(look.words, "check-not-run", reason = reason.as_str());
        card(ui, look.tokens, |ui| text(ui, Type::Body, look.tokens.critical, reason));
    }
    // What is left is in view without scrolling, unless something went wrong; what was done stands below what it led to.
    let over = stage == Stage::Fine;
    let went_wrong = fix.told.as_ref().is_some_and(Told::is_refusal);
    let left = match &stage {
        Stage::RestartLeft(apps) if !went_wrong => {
            left::ui(ui, &view, page, apps, actions);
            None
        }
        Stage::RestartLeft(apps) => Some(apps),
        Stage::Unchecked | Stage::Checking | Stage::Fine | Stage::Failed(_) | Stage::Unsure(_) => None,
    };
    if !over {
        told_ui(ui, look, fix, copied.as_deref(), actions);
    }
    if let Some(apps) = left {
        left::ui(ui, &view, page, apps, actions);
    }
    if let (Some(before), Some(judged), true) = (page.before, view.judged, page.is_checked()) {
        compare::ui(ui, look, BeforeAfter { before, after: Figures::of(&judged.survey) });
    }
    if over {
        told_ui(ui, look, fix, copied.as_deref(), actions);
    }
    if !page.checks.is_empty() {
        checks::ui(ui, &view, page, actions);
    }
    trial::ui(ui, &view, page, actions);
}

/// Draws what came of the last deed, with the way back.
fn told_ui(ui: &mut Ui, look: Look<'_>, fix: &mut FixPage, copied: Option<&str>, actions: &mut Actions) {
    let Some(told) = &fix.told else { return };
    let history = fix.offers.as_ref().filter(|_| fix.is_current()).and_then(|offers| offers.history.as_ref().ok());
    let limits_back = history.and_then(|history| history.limits_back.as_ref());
    let (logs, idle, not_opened) = (fix.logs.as_slice(), fix.doing.is_none(), fix.not_opened.as_deref());
    let about = told::About { told, logs, copied, idle, brief: true, not_opened, limits_back };
    // The page begins with what it led to: that is where one looks first.
    told::ui(ui, look, &about, false, actions);
    fix.new_told = false;
}

/// Draws what the checks came to, and at the right how many passed.
fn head_ui(ui: &mut Ui, view: &VerifyView<'_>, tally: Option<(u64, u64)>, (title, below): (&str, &str)) {
    let look = view.look;
    let words = tally.map(|(passed, total)| say!(look.words, "check-tag", passed = passed, total = total));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let room = words.as_ref().map_or(0.0, |words| tag::width(ui, words) + space::M);
        let width = ui.available_width() - room;
        ui.vertical(|ui| {
            ui.set_width(width);
            title_ui(ui, look, title, Some(below));
        });
        if let Some(words) = words {
            let tone = match view.stage {
                Stage::Fine => Tone::Ok,
                Stage::Failed(_) => Tone::Critical,
                Stage::RestartLeft(_) | Stage::Unsure(_) | Stage::Unchecked | Stage::Checking => Tone::Plain,
            };
            let size = egui::vec2(ui.available_width(), Type::Title.line_height());
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                tag(ui, look.tokens, tone, &words);
            });
        }
    });
}

/// Draws the acts of the page. The one that leads on is the primary one: to be done where all is well, a restart or the
/// first failed check's own act further below, else the checks.
fn buttons_ui(ui: &mut Ui, view: &VerifyView<'_>, page: &VerifyPage, actions: &mut Actions) {
    let look = view.look;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        if *view.stage == Stage::Fine {
            if ui.add(Button::primary(look.tokens, &say!(look.words, "check-done"))).clicked() {
                actions.push(Action::Quit);
            }
            if ui.add(Button::secondary(look.tokens, &say!(look.words, "window-export"))).clicked() {
                actions.push(Action::Export);
            }
        }
        let run = say!(look.words, "check-run");
        let button = if leads_on(view, page) {
            Button::primary(look.tokens, &run)
        } else {
            Button::secondary(look.tokens, &run)
        };
        if ui.add(button.enabled(view.idle)).clicked() {
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

/// Tells whether running the checks is what leads on.
fn leads_on(view: &VerifyView<'_>, page: &VerifyPage) -> bool {
    match view.stage {
        Stage::Unchecked | Stage::Unsure(_) => true,
        Stage::RestartLeft(_) => page.by_hand,
        Stage::Failed(_) => checks::first_act(page).is_none(),
        Stage::Checking | Stage::Fine => false,
    }
}

/// Draws a link that shows more or less.
fn more_ui(ui: &mut Ui, look: Look<'_>, open: &mut bool, (show, hide): (&str, &str)) {
    if link(ui, look.tokens, Type::Small, if *open { hide } else { show }).clicked() {
        *open = !*open;
    }
}
