//! First step: the choice of a project.

mod apps;
mod error_text;
mod launch;

use super::title_ui;
use crate::say;
use crate::window::failure;
use crate::window::look::{Action, Actions, Look};
use crate::window::settings::WindowSettings;
use crate::window::state::{SurveyState, WindowState, typed};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, field, text};
use eframe::egui::{self, Id, Response, Ui};

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
    folder_ui(ui, look, state, actions);
    if let SurveyState::Failed(reason) = &state.facts {
        failure::card_ui(ui, look, reason);
    }
    launch::choices_ui(ui, look, state, actions);
    error_text::ui(ui, look, state);
}

fn folder_ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let label = text(ui, Type::Strong, look.tokens.text, say!(look.words, "project-folder"));
        let button = say!(look.words, "project-choose");
        let button = Button::secondary(look.tokens, &button).enabled(!state.project.choosing);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let width = (ui.available_width() - button.size(ui).x - space::M).max(0.0);
            folder_field_ui(ui, look, state, &label, width, actions);
            if ui.add(button).on_hover_text("Ctrl+O").clicked() {
                actions.push(Action::AskForFolder);
            }
        });
        text(ui, Type::Caption, look.tokens.muted, folder_hint(look, state));
        recent_ui(ui, look, state, actions);
    });
}

fn folder_field_ui(
    ui: &mut Ui,
    look: Look<'_>,
    state: &mut WindowState,
    label: &Response,
    width: f32,
    actions: &mut Actions,
) {
    let hint = say!(look.words, "project-folder-hint");
    let edit = egui::TextEdit::singleline(&mut state.project.folder).id(folder_field_id());
    let field = field::dress(ui, edit, &hint, width).labelled_by(label.id);
    if field.changed() {
        state.project.chosen_nothing = false;
    }
    if !field::finished(&field) {
        return;
    }
    match typed(&state.project.folder, look.home) {
        None if state.request.project.is_some() => actions.push(Action::Forget),
        Some(path) if state.request.project.as_ref() != Some(&path) => actions.push(Action::Choose(path)),
        _ => {}
    }
}

fn folder_hint(look: Look<'_>, state: &WindowState) -> String {
    if state.project.choosing {
        return say!(look.words, "project-choosing");
    }
    if state.project.chosen_nothing {
        return say!(look.words, "project-chose-nothing");
    }
    if let SurveyState::Taking(progress) = &state.facts {
        let (directories, files) = progress.counted();
        return say!(look.words, "project-counting", directories = directories, files = files);
    }
    if let Some(project) = state.facts.ready().and_then(|judged| judged.survey.project.as_ref()) {
        let (directories, files) = (project.tree.directories, project.tree.files);
        return say!(look.words, "project-counted", directories = directories, files = files);
    }
    say!(look.words, "project-drop")
}

/// Projects looked at before, each one press away.
fn recent_ui(ui: &mut Ui, look: Look<'_>, state: &WindowState, actions: &mut Actions) {
    let others = state.recent.iter().filter(|path| state.request.project.as_ref() != Some(*path));
    let others: Vec<_> = others.take(WindowSettings::RECENT).collect();
    if others.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
        text(ui, Type::Caption, look.tokens.muted, say!(look.words, "project-recent"));
        for path in others {
            let link = egui::Link::new(Type::Caption.text(look.path(path), look.tokens.accent));
            if ui.add(link).clicked() {
                actions.push(Action::Choose(path.clone()));
            }
        }
    });
}
