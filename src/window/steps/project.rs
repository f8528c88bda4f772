//! First step: the choice of a project.

mod apps;
mod error_text;
mod folder;
mod folder_list;
mod launch;
pub(in crate::window) mod size;

use super::title_ui;
use crate::say;
use crate::window::failure;
use crate::window::look::{Actions, Look};
use crate::window::state::{SurveyState, WindowState};
use eframe::egui::{Id, Ui};

/// The folder field, which has the keyboard when the window opens.
#[must_use]
pub fn folder_field_id() -> Id {
    Id::unique("project folder")
}

/// Draws the page.
pub fn page_ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    let running = apps::of(state);
    let below = match (running.is_empty(), &state.machine) {
        (false, _) => say!(look.words, "project-below-apps"),
        (true, Some(_)) => say!(look.words, "project-below-no-apps"),
        (true, None) => say!(look.words, "project-below"),
    };
    title_ui(ui, look, &say!(look.words, "project-title"), Some(&below));
    for app in &running {
        apps::card_ui(ui, look, state, app, actions);
    }
    folder::ui(ui, look, state, actions);
    size::ui(ui, look, state, actions);
    if let SurveyState::Failed(reason) = &state.facts {
        failure::card_ui(ui, look, reason);
    }
    launch::choices_ui(ui, look, state, actions);
    error_text::ui(ui, look, state);
}
