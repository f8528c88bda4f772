//! The project's folder: its field, what is known of it, and the folders that complete what is typed.

use super::folder_list;
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::settings::WindowSettings;
use crate::window::state::{SurveyState, WindowState, typed};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, field, link, text};
use eframe::egui::{self, Key, Response, Ui};

/// Draws the field with its button, the list below it, a line on what was counted, and recent projects.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let label = text(ui, Type::Strong, look.tokens.text, say!(look.words, "project-folder"));
        let button = say!(look.words, "project-choose");
        let button = Button::secondary(look.tokens, &button).enabled(!state.project.choosing);
        let field = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let width = (ui.available_width() - button.size(ui).x - space::M).max(0.0);
            let field = field_ui(ui, look, state, &label, width);
            if ui.add(button).on_hover_text("Ctrl+O").clicked() {
                actions.push(Action::AskForFolder);
            }
            field
        });
        let inside = folder_list::ui(ui, look, state, &field.inner, actions);
        submit(look, state, &field.inner, inside, actions);
        hint_ui(ui, look, state, actions);
        recent_ui(ui, look, state, actions);
    });
}

fn field_ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, label: &Response, width: f32) -> Response {
    let hint = say!(look.words, "project-folder-hint");
    let refused = state.refuses_folder();
    let edit = egui::TextEdit::singleline(&mut state.project.folder).id(super::folder_field_id());
    let field = field::dress(ui, edit, &hint, width).labelled_by(label.id);
    if refused {
        field::mark_wrong(ui, look.tokens, &field);
    }
    if field.changed() {
        state.project.chosen_nothing = false;
        state.project.list.open = true;
    }
    field
}

/// Takes the path on Enter, or when the keyboard has left the field and is not `inside` the list below it either.
fn submit(look: Look<'_>, state: &mut WindowState, field: &Response, inside: bool, actions: &mut Actions) {
    let list = &mut state.project.list;
    let entered = field.lost_focus() && field.ctx.input(|input| input.key_pressed(Key::Enter));
    let left = field::finished(field) || list.inside && !field.has_focus();
    list.inside = inside;
    if !entered && (!left || inside) {
        return;
    }
    list.close();
    match typed(&state.project.folder, look.home) {
        None if state.request.project.is_some() => actions.push(Action::Forget),
        Some(path) if state.request.project.as_ref() != Some(&path) => actions.push(Action::Choose(path)),
        _ => {}
    }
}

/// The line below the field; while the project is counted, with the way to stop that.
fn hint_ui(ui: &mut Ui, look: Look<'_>, state: &WindowState, actions: &mut Actions) {
    let Some(hint) = hint(look, state) else { return };
    let SurveyState::Taking(_) = &state.facts else {
        text(ui, Type::Caption, look.tokens.muted, hint);
        return;
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        text(ui, Type::Caption, look.tokens.muted, hint);
        let cancel = say!(look.words, "window-cancel");
        if !state.asks_about_size() && link(ui, look.tokens, Type::Caption, cancel).on_hover_text("Esc").clicked() {
            actions.push(Action::Cancel);
        }
    });
}

fn hint(look: Look<'_>, state: &WindowState) -> Option<String> {
    if state.project.choosing {
        return Some(say!(look.words, "project-choosing"));
    }
    if state.project.chosen_nothing {
        return Some(say!(look.words, "project-chose-nothing"));
    }
    if let SurveyState::Taking(progress) = &state.facts {
        let (directories, files) = progress.counted();
        return Some(say!(look.words, "project-counting", directories = directories, files = files));
    }
    if let Some(project) = state.facts.ready().and_then(|judged| judged.survey.project.as_ref()) {
        let (directories, files) = (project.tree.directories, project.tree.files);
        return Some(say!(look.words, "project-counted", directories = directories, files = files));
    }
    state.drops_arrive().then(|| say!(look.words, "project-drop"))
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
            if link(ui, look.tokens, Type::Caption, look.path(path)).clicked() {
                actions.push(Action::Choose(path.clone()));
            }
        }
    });
}
