//! Questions about a folder that is hardly one project: the whole computer, the home folder, or a tree that turns out
//! to be very large.

use super::folder_field_id;
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::{LARGE, WindowState};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, card, text};
use eframe::egui::Ui;
use std::path::Path;

/// Asks about the folder that was chosen, or about the size that was counted so far; nothing otherwise.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    if let Some(folder) = state.project.asked.clone() {
        wide_ui(ui, look, &folder, state, actions);
    } else if state.asks_about_size() {
        large_ui(ui, look, actions);
    }
}

fn wide_ui(ui: &mut Ui, look: Look<'_>, folder: &Path, state: &mut WindowState, actions: &mut Actions) {
    let title = wide(look, folder);
    let below = say!(look.words, "project-wide-below");
    let (inside, all) = (say!(look.words, "project-wide-inside"), say!(look.words, "project-wide-all"));
    question_ui(ui, look, &title, &below, |ui| {
        if ui.add(Button::primary(look.tokens, &inside)).clicked() {
            state.project.folder = format!("{}/", look.path(folder).trim_end_matches('/'));
            state.project.asked = None;
            state.project.list.open = true;
            ui.memory_mut(|memory| memory.request_focus(folder_field_id()));
        }
        if ui.add(Button::secondary(look.tokens, &all)).clicked() {
            actions.push(Action::ChooseAll(folder.to_path_buf()));
        }
    });
}

/// Words what the folder is.
pub(in crate::window) fn wide(look: Look<'_>, folder: &Path) -> String {
    if folder.parent().is_none() {
        say!(look.words, "project-wide-root")
    } else {
        say!(look.words, "project-wide-home")
    }
}

/// Words that the tree is large.
pub(in crate::window) fn large(look: Look<'_>) -> String {
    say!(look.words, "project-large", count = LARGE)
}

/// Draws the question about a tree that is being counted.
pub(in crate::window) fn large_ui(ui: &mut Ui, look: Look<'_>, actions: &mut Actions) {
    let below = say!(look.words, "project-large-below");
    let (stop, go_on) = (say!(look.words, "window-cancel"), say!(look.words, "project-large-go-on"));
    question_ui(ui, look, &large(look), &below, |ui| {
        if ui.add(Button::secondary(look.tokens, &stop)).on_hover_text("Esc").clicked() {
            actions.push(Action::Cancel);
        }
        if ui.add(Button::secondary(look.tokens, &go_on)).clicked() {
            actions.push(Action::MeanLarge);
        }
    });
}

fn question_ui(ui: &mut Ui, look: Look<'_>, title: &str, below: &str, buttons: impl FnOnce(&mut Ui)) {
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, title);
        text(ui, Type::Small, look.tokens.muted, below);
        ui.add_space(space::XS);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            buttons(ui);
        });
    });
}
