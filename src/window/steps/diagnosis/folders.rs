//! Where the directories are: the watched roots, a treemap, and a table to look into.

use super::{empty_ui, share_of};
use crate::project::tree::Folder;
use crate::say;
use crate::survey::Project;
use crate::window::look::Look;
use crate::window::state::{DiagnosisPage, Judged};
use crate::window::theme::{Type, size, space};
use crate::window::widgets::table::{self, Head};
use crate::window::widgets::{card, line, share_bar, text, treemap};
use eframe::egui::{self, Align2, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};
use egui_extras::Column;
use std::ffi::OsString;

/// Most parts drawn in the treemap; smaller ones could not be told apart.
const MOST_PARTS: usize = 24;

/// Draws the tab.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, judged: &Judged, page: &mut DiagnosisPage) {
    let Some(project) = &judged.survey.project else {
        return empty_ui(ui, look, &say!(look.words, "folders-no-project"));
    };
    heaviest_ui(ui, look, project);
    let folder = inside(&project.tree.folders, &mut page.inside);
    crumbs_ui(ui, look, project, &mut page.inside);
    if folder.children.is_empty() {
        return empty_ui(ui, look, &say!(look.words, "folders-none-inside", directories = folder.directories));
    }
    let mut enter = treemap_ui(ui, look, folder);
    enter = table_ui(ui, look, folder).or(enter);
    page.inside.extend(enter);
}

/// The folder at the end of `path`; a path that is no longer there is cut.
fn inside<'a>(root: &'a Folder, path: &mut Vec<OsString>) -> &'a Folder {
    let mut folder = root;
    for depth in 0..path.len() {
        match folder.children.iter().find(|child| child.name == path[depth]) {
            Some(child) => folder = child,
            None => {
                path.truncate(depth);
                break;
            }
        }
    }
    folder
}

/// What weighs most and could go elsewhere, in one line.
fn heaviest_ui(ui: &mut Ui, look: Look<'_>, project: &Project) {
    let heaviest = project.tree.heaviest(6);
    if heaviest.is_empty() {
        return;
    }
    let each: Vec<String> = heaviest
        .iter()
        .map(|heavy| format!("{} {}", heavy.path.display(), look.words.number(heavy.directories)))
        .collect();
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "folders-heaviest"));
        text(ui, Type::Small, look.tokens.muted, each.join(" · "));
        if let Some(streamlit) = &project.streamlit {
            for root in &streamlit.need.roots {
                let path = look.path(&root.path);
                let watched = say!(look.words, "folders-root", path = path, directories = root.directories);
                line(ui, Type::Small, look.tokens.muted, watched);
            }
        }
    });
}

/// The way from the project's root to here; each name leads back.
fn crumbs_ui(ui: &mut Ui, look: Look<'_>, project: &Project, inside: &mut Vec<OsString>) {
    let mut back_to = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let root = look.path(&project.root);
        let names = std::iter::once(root).chain(inside.iter().map(|name| name.to_string_lossy().into_owned()));
        let names: Vec<String> = names.collect();
        for (depth, name) in names.iter().enumerate() {
            if depth > 0 {
                text(ui, Type::Small, look.tokens.muted, "/");
            }
            if depth + 1 == names.len() {
                text(ui, Type::Small, look.tokens.text, name.as_str());
            } else if ui.add(egui::Link::new(Type::Small.text(name.as_str(), look.tokens.accent))).clicked() {
                back_to = Some(depth);
            }
        }
    });
    if let Some(depth) = back_to {
        inside.truncate(depth);
    }
}

/// Areas in proportion to directories; the name of the folder that was pressed.
fn treemap_ui(ui: &mut Ui, look: Look<'_>, folder: &Folder) -> Option<OsString> {
    let parts: Vec<&Folder> = folder.children.iter().take(MOST_PARTS).collect();
    let rest = folder.directories - parts.iter().map(|part| part.directories).sum::<u64>().min(folder.directories);
    let (area, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 200.0), Sense::hover());
    #[allow(clippy::cast_precision_loss, reason = "areas on the screen")]
    let mut weights: Vec<f64> = parts.iter().map(|part| part.directories as f64).collect();
    #[allow(clippy::cast_precision_loss, reason = "areas on the screen")]
    weights.extend((rest > 0).then_some(rest as f64));
    let mut entered = None;
    for (place, rect) in treemap::squarify(&weights, area).into_iter().enumerate() {
        match parts.get(place) {
            Some(part) => {
                if part_ui(ui, look, part, rect, place) {
                    entered = Some(part.name.clone());
                }
            }
            None => paint_part(ui, look, rect, look.tokens.free, &say!(look.words, "folders-rest"), rest),
        }
    }
    entered
}

/// One folder of the treemap; whether it was pressed.
fn part_ui(ui: &mut Ui, look: Look<'_>, part: &Folder, rect: Rect, place: usize) -> bool {
    let name = part.name.to_string_lossy();
    let about = say!(look.words, "folders-part", name = name.as_ref(), directories = part.directories, files = part.files);
    let can_enter = !part.children.is_empty();
    let sense = if can_enter { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, ui.scope_id().with(("treemap", place)), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, can_enter, about.as_str()));
    let colour = look.tokens.parts[place.min(look.tokens.parts.len() - 1)];
    let strength = if response.hovered() { 0.34 } else { 0.22 };
    paint_part(ui, look, rect, colour.gamma_multiply(strength), &name, part.directories);
    crate::window::widgets::focus_ring(ui, look.tokens, &response, size::SMALL_RADIUS);
    let response = response.on_hover_text(about);
    if can_enter { response.on_hover_cursor(CursorIcon::PointingHand).clicked() } else { false }
}

fn paint_part(ui: &Ui, look: Look<'_>, rect: Rect, fill: egui::Color32, name: &str, directories: u64) {
    let seen = rect.shrink(1.0);
    let painter = ui.painter_at(seen);
    let line = Stroke::new(size::LINE, look.tokens.line);
    painter.rect(seen, size::SMALL_RADIUS, look.tokens.surface, Stroke::NONE, StrokeKind::Inside);
    painter.rect(seen, size::SMALL_RADIUS, fill, line, StrokeKind::Inside);
    if seen.width() > 56.0 && seen.height() > 24.0 {
        let at = seen.left_top() + egui::vec2(space::S, 6.0);
        painter.text(at, Align2::LEFT_TOP, name, Type::Caption.font(), look.tokens.text);
        if seen.height() > 44.0 {
            let number = look.words.number(directories);
            painter.text(at + egui::vec2(0.0, 17.0), Align2::LEFT_TOP, number, Type::Caption.font(), look.tokens.muted);
        }
    }
}

/// The same as a table; the name of the folder that was pressed.
fn table_ui(ui: &mut Ui, look: Look<'_>, folder: &Folder) -> Option<OsString> {
    let names = [
        say!(look.words, "folders-name"),
        say!(look.words, "folders-directories"),
        say!(look.words, "folders-files"),
        say!(look.words, "folders-share"),
    ];
    let heads = [Head::words(&names[0]), Head::figures(&names[1]), Head::figures(&names[2]), Head::words(&names[3])];
    let columns =
        [Column::remainder().at_least(120.0).clip(true), Column::exact(120.0), Column::exact(120.0), Column::exact(160.0)];
    let mut entered = None;
    table::table(ui, look.tokens, "folders", &columns, &heads, None, folder.children.len(), |row| {
        let Some(child) = folder.children.get(row.index()) else { return };
        let name = child.name.to_string_lossy();
        table::cell(row, look.tokens, false, |ui| {
            if child.children.is_empty() {
                line(ui, Type::Small, look.tokens.text, name.as_ref());
            } else if ui.add(egui::Link::new(Type::Small.text(name.as_ref(), look.tokens.accent))).clicked() {
                entered = Some(child.name.clone());
            }
        });
        table::figure(row, look.tokens, &look.words.number(child.directories));
        table::figure(row, look.tokens, &look.words.number(child.files));
        table::cell(row, look.tokens, false, |ui| {
            let width = ui.available_width();
            share_bar(ui, look.tokens.parts[0], share_of(child.directories, folder.directories), width);
        });
    });
    entered
}
