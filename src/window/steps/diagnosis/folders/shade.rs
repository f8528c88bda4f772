//! The choice of the remedy whose directories are shaded, and its figures in words.

use crate::project::streamlit::Watcher;
use crate::remedy::caches::Advice;
use crate::remedy::offer::Case;
use crate::remedy::{Relief, Relieving};
use crate::say;
use crate::window::look::Look;
use crate::window::state::shading::Shading;
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{field, focus_ring, menu_item, text};
use eframe::egui::{ComboBox, Ui};
use std::path::Path;

/// Folders that are offered at most: those that would save most.
const MOST_FOLDERS: usize = 8;

/// Draws the choice and what it comes to.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, root: &Path, case: &Case, shading: &mut Shading) {
    ui.vertical(|ui| {
        ui.spacing_mut().interact_size.y = size::CONTROL;
        ui.spacing_mut().item_spacing.y = space::XS;
        let label = text(ui, Type::Strong, look.tokens.text, say!(look.words, "shade-title"));
        let shown = name(look, root, shading.chosen.as_ref());
        let width = ui.available_width().min(size::CHOICE);
        let shown = Type::Body.text(shown, look.tokens.text);
        let combo =
            ComboBox::from_id_salt("shading").width(width).height(size::CHOICE_MENU).truncate().icon(field::arrow);
        let combo = combo.selected_text(shown).show_ui(ui, |ui| {
            for choice in choices(case) {
                let chosen = shading.chosen == choice;
                if menu_item(ui, look.tokens, chosen, &name(look, root, choice.as_ref())).clicked() {
                    shading.chosen = choice;
                }
            }
        });
        focus_ring(ui, look.tokens, &combo.response, size::RADIUS);
        combo.response.labelled_by(label.id);
        if let Some(chosen) = &shading.chosen {
            let words = match shading.relief() {
                Some(relief) => sentence(look, root, chosen, relief),
                None => say!(look.words, "shade-looking"),
            };
            text(ui, Type::Small, look.tokens.text, words);
        }
    });
}

/// Lists the choices: nothing, the caches, the heavy folders, and no watching at all where there is some now.
fn choices(case: &Case) -> Vec<Option<Relieving>> {
    let mut choices = vec![None, Some(Relieving::Caches)];
    let folders = case.advice.iter().filter_map(|advice| match advice {
        Advice::MoveAway { path, .. } => Some(Some(Relieving::MoveAway(path.clone()))),
        Advice::OwnScriptFolder { .. } => None,
    });
    choices.extend(folders.take(MOST_FOLDERS));
    if case.streamlit.as_ref().is_some_and(|now| now.watcher == Watcher::Watchdog) {
        choices.push(Some(Relieving::StopWatching));
    }
    choices
}

fn name(look: Look<'_>, root: &Path, choice: Option<&Relieving>) -> String {
    match choice {
        None => say!(look.words, "shade-nothing"),
        Some(Relieving::Caches) => say!(look.words, "shade-caches"),
        Some(Relieving::MoveAway(path)) => say!(look.words, "shade-move", folder = inside(root, path)),
        Some(Relieving::StopWatching) => say!(look.words, "shade-stop"),
    }
}

fn inside(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// Words what it comes to; a folder outside of what is watched saves nothing, and that is said.
fn sentence(look: Look<'_>, root: &Path, chosen: &Relieving, relief: &Relief) -> String {
    let words = look.words;
    let directories = relief.directories;
    match (chosen, relief.watches) {
        (Relieving::Caches, _) if directories == 0 => say!(words, "shade-no-caches"),
        (_, None) => say!(words, "shade-directories", directories = directories),
        (Relieving::StopWatching, Some(watches)) => say!(words, "shade-stops", watches = watches),
        (_, Some(0)) => say!(words, "shade-not-watched", directories = directories),
        (Relieving::Caches, Some(watches)) => {
            say!(words, "shade-caches-go", directories = directories, watches = watches)
        }
        (Relieving::MoveAway(path), Some(watches)) => {
            let folder = inside(root, path);
            say!(words, "shade-moves", folder = folder, directories = directories, watches = watches)
        }
    }
}
