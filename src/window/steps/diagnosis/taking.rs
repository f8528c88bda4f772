//! The page while the facts are being taken: how far it is, and the way to stop it.

use super::super::{project::size, title_ui};
use crate::progress::Progress;
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::theme::{Type, space};
use crate::window::widgets::path::shortened_for;
use crate::window::widgets::{Button, card, line, text};
use eframe::egui::Ui;
use std::path::Path;

/// Draws counts and the folder being read; the app repaints at a bounded rate while this is on screen. `asks`: whether
/// so large a tree is meant.
pub(super) fn ui(
    ui: &mut Ui,
    look: Look<'_>,
    (project, asks): (Option<&Path>, bool),
    progress: &Progress,
    actions: &mut Actions,
) {
    let below = project.map(|project| look.path(project));
    title_ui(ui, look, &say!(look.words, "diagnosis-taking"), below.as_deref());
    if asks {
        size::large_ui(ui, look, actions);
    }
    let (directories, files) = progress.counted();
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let counted = if directories == 0 {
            say!(look.words, "diagnosis-taking-nothing")
        } else {
            say!(look.words, "diagnosis-taking-counted", directories = directories, files = files)
        };
        text(ui, Type::Strong, look.tokens.text, counted);
        let folder = progress.folder();
        let folder = if folder.as_os_str().is_empty() {
            say!(look.words, "diagnosis-taking-processes")
        } else {
            shortened_for(ui, look.tokens, &look.path(&folder))
        };
        line(ui, Type::Small, look.tokens.muted, folder);
        if ui.add(Button::secondary(look.tokens, &say!(look.words, "window-cancel"))).clicked() {
            actions.push(Action::Cancel);
        }
    });
}
