//! Where the directories are: the watched roots, a treemap, and a table to look into.

mod map;

use super::{empty_ui, share_of};
use crate::project::tree::Folder;
use crate::say;
use crate::survey::Project;
use crate::window::look::Look;
use crate::window::state::{DiagnosisPage, Judged};
use crate::window::theme::{Type, space};
use crate::window::widgets::table::{self, Head, Table};
use crate::window::widgets::{card, line, share_bar, text};
use eframe::egui::{self, Ui};
use egui_extras::Column;
use std::ffi::OsString;

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
    let entered = map::ui(ui, look, folder);
    page.inside.extend(entered);
    page.inside.extend(table_ui(ui, look, folder));
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

/// The same as a table; the name of the folder that was pressed.
fn table_ui(ui: &mut Ui, look: Look<'_>, folder: &Folder) -> Option<OsString> {
    let names = [
        say!(look.words, "folders-name"),
        say!(look.words, "folders-directories"),
        say!(look.words, "folders-files"),
        say!(look.words, "folders-share"),
    ];
    let heads = [Head::words(&names[0]), Head::figures(&names[1]), Head::figures(&names[2]), Head::words(&names[3])];
    let columns = [
        Column::remainder().at_least(120.0).clip(true),
        Column::exact(120.0),
        Column::exact(120.0),
        Column::exact(160.0),
    ];
    let mut entered = None;
    let table = Table { name: "folders", columns: &columns, heads: &heads };
    table::table(ui, look.tokens, table, None, folder.children.len(), |row| {
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
