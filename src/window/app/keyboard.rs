//! The keys that work everywhere.

use crate::window::look::{Action, Actions};
use crate::window::state::{SurveyState, WindowState, WizardStep};
use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers, ViewportCommand};

/// Adds what the pressed keys ask for. While a dialog is open, the keys are the dialog's.
pub(super) fn shortcuts(ctx: &Context, state: &WindowState, actions: &mut Actions) {
    let pressed =
        |modifiers, key| ctx.input_mut(|input| input.consume_shortcut(&KeyboardShortcut::new(modifiers, key)));
    if pressed(Modifiers::CTRL, Key::Q) {
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
    if ctx.input(|input| input.key_pressed(Key::Tab)) {
        ctx.request_repaint(); // from the last control the keyboard comes to the first one only with the next frame
    }
    if state.export.is_some() || state.about {
        return;
    }
    if pressed(Modifiers::NONE, Key::F1) {
        actions.push(Action::About);
    }
    if pressed(Modifiers::ALT, Key::ArrowLeft) {
        actions.extend(state.step.back().map(Action::Go));
    }
    if pressed(Modifiers::ALT, Key::ArrowRight) {
        actions.extend(state.step.next().map(Action::Go));
    }
    if pressed(Modifiers::CTRL, Key::O) {
        actions.push(Action::Go(WizardStep::Project));
        actions.push(Action::AskForFolder);
    }
    if pressed(Modifiers::CTRL, Key::E) {
        actions.push(Action::Export);
    }
    if pressed(Modifiers::NONE, Key::F5) {
        actions.push(Action::Scan);
    }
    let taking = matches!(state.facts, SurveyState::Taking(_));
    if taking && pressed(Modifiers::NONE, Key::Escape) {
        actions.push(Action::Cancel);
    }
}
