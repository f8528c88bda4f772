//! The checks, one below the other: a mark, the fact that was found, the figure of before at the right, what was seen,
//! and the way to what helps.

use super::{VerifyView, restart};
use crate::say;
use crate::verification::{Check, Outcome, Step as Helps};
use crate::window::look::{Action, Actions, Look};
use crate::window::state::WizardStep;
use crate::window::state::verify::{Stage, VerifyPage};
use crate::window::theme::{Type, icon, space};
use crate::window::widgets::{Button, Tone, card, rule, tag, text};
use eframe::egui::{self, Align, Color32, Layout, Role, Sense, Ui, WidgetInfo};

/// Draws all of them on one card: failed ones first, then those without an answer, then those that passed in a line each.
pub(super) fn ui(ui: &mut Ui, view: &VerifyView<'_>, page: &mut VerifyPage, actions: &mut Actions) {
    let checks = std::mem::take(&mut page.checks);
    let shown = |check: &&Check| !check.is_said_by_another(&checks);
    let first = first_of(&checks);
    card(ui, view.look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut any = false;
        for outcome in [Outcome::Failed, Outcome::CouldNotRun, Outcome::Passed] {
            for check in checks.iter().filter(shown).filter(|check| check.outcome == outcome) {
                if std::mem::replace(&mut any, true) {
                    ui.add_space(space::S);
                    rule(ui, view.look.tokens);
                    ui.add_space(space::S);
                }
                let leads_on = first == Some(check.id());
                ui.push_id(check.id(), |ui| check_ui(ui, view, page, (&checks, check), leads_on, actions));
            }
        }
        ui.add_space(space::S);
        let (show, hide) = (say!(view.look.words, "check-show-all"), say!(view.look.words, "check-hide-all"));
        super::more_ui(ui, view.look, &mut page.all_told, (&show, &hide));
    });
    page.checks = checks;
}

/// The failed check whose own act is the one that leads on.
pub(super) fn first_act(page: &VerifyPage) -> Option<&'static str> {
    first_of(&page.checks)
}

fn first_of(checks: &[Check]) -> Option<&'static str> {
    let acts = |check: &&Check| check.outcome == Outcome::Failed && check.restarts(checks).is_empty();
    checks.iter().filter(acts).find(|check| check.step().is_some()).map(Check::id)
}

fn check_ui(
    ui: &mut Ui,
    view: &VerifyView<'_>,
    page: &mut VerifyPage,
    (all, check): (&[Check], &Check),
    leads_on: bool,
    actions: &mut Actions,
) {
    let look = view.look;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
        mark_ui(ui, look, check.outcome);
        ui.vertical(|ui| {
            let aside = check.aside(page.before.as_ref(), look.words);
            title_ui(ui, look, check, aside.as_deref());
            if check.outcome != Outcome::Passed || page.all_told {
                text(ui, Type::Small, look.tokens.muted, check.sentence(look.words));
            }
            // What is left is asked for once, above.
            let asked_above = matches!(view.stage, Stage::RestartLeft(_));
            let asks = check.outcome == Outcome::Failed || check.leaves_doubt(true);
            if asks && !asked_above {
                help_ui(ui, view, page, (all, check), leads_on, actions);
            }
        });
    });
}

/// Draws how it ended, to be seen and to be heard.
fn mark_ui(ui: &mut Ui, look: Look<'_>, outcome: Outcome) {
    const COLUMN: f32 = 20.0;
    let (rect, response) = ui.allocate_exact_size(egui::vec2(COLUMN, Type::Strong.line_height()), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, outcome.label(look.words)));
    let at = rect.left_center() + egui::vec2(7.0, 0.0);
    match outcome {
        Outcome::Passed => icon::check(ui.painter(), at, look.tokens.ok),
        Outcome::Failed => icon::cross(ui.painter(), at, look.tokens.critical),
        Outcome::CouldNotRun => icon::dash(ui.painter(), at, look.tokens.muted),
    }
}

/// The fact; at the right one figure besides, or how it ended where it did not pass.
fn title_ui(ui: &mut Ui, look: Look<'_>, check: &Check, aside: Option<&str>) {
    let tone = match check.outcome {
        Outcome::Passed => None,
        Outcome::Failed => Some(Tone::Critical),
        Outcome::CouldNotRun => Some(Tone::Plain),
    };
    let label = check.outcome.label(look.words);
    let width = |ui: &Ui, words: &str| {
        let galley = ui.painter().layout_no_wrap(words.to_owned(), Type::Small.font(), Color32::PLACEHOLDER);
        galley.size().x
    };
    let wanted = aside.map_or(0.0, |aside| width(ui, aside) + space::M)
        + tone.map_or(0.0, |_| tag::width(ui, &label) + space::M);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let room = ui.available_width() - wanted;
        ui.vertical(|ui| {
            ui.set_width(room);
            text(ui, Type::Strong, look.tokens.text, check.title(look.words));
        });
        if wanted == 0.0 {
            return;
        }
        let rest = egui::vec2(ui.available_width(), Type::Strong.line_height());
        ui.allocate_ui_with_layout(rest, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            if let Some(tone) = tone {
                tag(ui, look.tokens, tone, &label);
            }
            if let Some(aside) = aside {
                text(ui, Type::Small, look.tokens.muted, aside);
            }
        });
    });
}

/// Draws what helps: restarting the apps that are meant, or the way back to a step.
fn help_ui(
    ui: &mut Ui,
    view: &VerifyView<'_>,
    page: &mut VerifyPage,
    (all, check): (&[Check], &Check),
    leads_on: bool,
    actions: &mut Actions,
) {
    let apps = check.restarts(all);
    ui.add_space(space::XS);
    if !apps.is_empty() {
        return restart::ui(ui, view, page, check.id(), &apps, actions);
    }
    let Some(helps) = check.step() else { return };
    let (step, label) = match helps {
        Helps::Project => (WizardStep::Project, say!(view.look.words, "check-go-project")),
        Helps::Diagnosis => (WizardStep::Diagnosis, say!(view.look.words, "check-go-diagnosis")),
        Helps::Fix => (WizardStep::Fix, say!(view.look.words, "check-go-fix")),
    };
    let tokens = view.look.tokens;
    let button = if leads_on { Button::primary(tokens, &label) } else { Button::secondary(tokens, &label) };
    if ui.add(button).clicked() {
        actions.push(Action::Go(step));
    }
}
