//! The folders that complete what is typed: a press or Enter on one puts it into the field.

use super::folder_field_id;
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::WindowState;
use crate::window::state::folder_list::{FolderList, beginning, begun};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, card::frame, line, menu_item, text};
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{self, Key, Response, Ui};
use std::path::Path;

/// Draws the list while it is open. Returns whether the keyboard or the pointer is in it.
pub(super) fn ui(
    ui: &mut Ui,
    look: Look<'_>,
    state: &mut WindowState,
    field: &Response,
    actions: &mut Actions,
) -> bool {
    if !state.project.list.open {
        return false;
    }
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    let Some((folder, name)) = begun(&state.project.folder, look.home).filter(|_| !escaped) else {
        state.project.list.close();
        return false;
    };
    if !state.project.list.asked_for(&folder) {
        actions.push(Action::ListFolders(folder.clone()));
    }
    let drawn = frame(look.tokens).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        contents_ui(ui, look, state, (&folder, &name), field, actions)
    });
    drawn.inner || ui.rect_contains_pointer(drawn.response.rect)
}

/// Returns whether one of the controls has the keyboard.
fn contents_ui(
    ui: &mut Ui,
    look: Look<'_>,
    state: &mut WindowState,
    (folder, name): (&Path, &str),
    field: &Response,
    actions: &mut Actions,
) -> bool {
    let shown = look.path(folder);
    let names = match state.project.list.names_in(folder) {
        Some(Some(names)) => names,
        Some(None) => {
            text(ui, Type::Small, look.tokens.muted, say!(look.words, "project-list-unreadable", path = shown));
            return false;
        }
        None => &Vec::new(),
    };
    let mut inside = false;
    if name.is_empty() {
        let using = say!(look.words, "project-list-use", path = shown.as_str());
        let use_it = ui.add(Button::secondary(look.tokens, &using));
        inside |= use_it.has_focus();
        if use_it.clicked() {
            actions.push(Action::Choose(folder.to_path_buf()));
        }
    }
    text(ui, Type::Caption, look.tokens.muted, say!(look.words, "project-list", path = shown.as_str()));
    let mut fitting = beginning(names, name);
    let offered: Vec<String> = fitting.by_ref().take(FolderList::MOST).cloned().collect();
    let more = fitting.count();
    if offered.is_empty() && state.project.list.names_in(folder).is_some() {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "project-list-none"));
    }
    let rows: Vec<Response> = offered.iter().map(|name| menu_item(ui, look.tokens, false, name)).collect();
    if more > 0 {
        line(ui, Type::Caption, look.tokens.muted, say!(look.words, "project-list-more", count = more));
    }
    if field.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown)) {
        rows.iter().take(1).for_each(Response::request_focus);
    }
    if let Some(at) = rows.iter().position(Response::clicked) {
        put(ui, state, &look.path(&folder.join(&offered[at])));
        return true;
    }
    inside || rows.iter().any(Response::has_focus)
}

/// Puts the folder into the field, with the keyboard behind it, so that its own folders are offered next.
fn put(ui: &Ui, state: &mut WindowState, folder: &str) {
    state.project.folder = format!("{folder}/");
    state.project.chosen_nothing = false;
    let id = folder_field_id();
    let mut edit = egui::TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(state.project.folder.chars().count());
    edit.cursor.set_char_range(Some(CCursorRange::one(end)));
    edit.store(ui.ctx(), id);
    ui.memory_mut(|memory| memory.request_focus(id));
}
