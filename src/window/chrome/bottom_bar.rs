//! The bar at the bottom: back, what to know here, scan again, next.

use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::{SurveyState, WindowState, WizardStep};
use crate::window::theme::{Type, margin, size, space};
use crate::window::widgets::{Button, line};
use eframe::egui::{self, Frame, Panel, Ui};

/// Draws the bar.
pub fn show(ui: &mut Ui, look: Look<'_>, state: &WindowState, actions: &mut Actions) {
    let frame = Frame::new().fill(look.tokens.surface).inner_margin(margin::BAR);
    Panel::bottom("bottom").exact_size(size::BOTTOM_BAR).frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        ui.horizontal_centered(|ui| contents(ui, look, state, actions));
    });
}

fn contents(ui: &mut Ui, look: Look<'_>, state: &WindowState, actions: &mut Actions) {
    let tokens = look.tokens;
    let (back, next, scan) =
        (say!(look.words, "window-back"), say!(look.words, "window-next"), say!(look.words, "window-scan-again"));
    let before = state.step.back();
    if ui.add(Button::secondary(tokens, &back).enabled(before.is_some())).on_hover_text("Alt+←").clicked()
        && let Some(before) = before
    {
        actions.push(Action::Go(before));
    }
    let can_scan = !matches!(state.facts, SurveyState::Taking(_) | SurveyState::None);
    let scan = (state.step != WizardStep::Project).then(|| Button::secondary(tokens, &scan).enabled(can_scan));
    // A page has one primary button: from the second step on that is its own.
    let button = if state.step == WizardStep::Project { Button::primary } else { Button::secondary };
    let next = state.step.next().map(|step| (step, button(tokens, &next)));
    let wanted = [scan.as_ref(), next.as_ref().map(|(_, button)| button)];
    let wanted: f32 = wanted.into_iter().flatten().map(|button| button.size(ui).x + space::M).sum();
    let left = (ui.available_width() - wanted).max(0.0);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(left, ui.available_height()), layout, |ui| {
        ui.set_width(left);
        line(ui, Type::Small, tokens.muted, hint(look, state));
    });
    if scan.is_some_and(|button| ui.add(button).on_hover_text("F5").clicked()) {
        actions.push(Action::Scan);
    }
    if let Some((step, button)) = next
        && ui.add(button.enabled(state.leads_on())).on_hover_text("Alt+→").clicked()
    {
        actions.push(Action::Go(step));
    }
}

/// The one thing worth knowing on this step.
fn hint(look: Look<'_>, state: &WindowState) -> String {
    if state.no_chinese_font {
        return say!(look.words, "window-no-chinese-font");
    }
    match state.step {
        WizardStep::Project | WizardStep::Diagnosis => say!(look.words, "window-hint-project"),
        WizardStep::Fix | WizardStep::Verify if state.fix.has_changed() => say!(look.words, "fix-hint-changed"),
        WizardStep::Fix | WizardStep::Verify if state.fix.has_ended_an_app() => say!(look.words, "fix-hint-restarted"),
        WizardStep::Fix | WizardStep::Verify => say!(look.words, "window-hint-nothing-changed"),
    }
}
