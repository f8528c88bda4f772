//! The places of the directories: the watched roots, a treemap, and a table to look into.

mod map;
mod shade;

use super::{empty_ui, percent, share_of};
use crate::project::tree::{Folder, Heavy};
use crate::remedy::offer::Case;
use crate::say;
use crate::survey::Project;
use crate::window::look::{Actions, Look};
use crate::window::state::derived::Address;
use crate::window::state::tiles::{Map, Share, tiles};
use crate::window::state::{DiagnosisPage, Judged};
use crate::window::theme::{Type, space};
use crate::window::widgets::path::{copies, path_line, shortened_for as shortened};
use crate::window::widgets::table::{Columns, TableColumn, Width};
use crate::window::widgets::{card, link, share_bar, text};
use eframe::egui::{self, Ui};
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

/// Folders named as heavy at most.
const MOST_HEAVY: usize = 6;

/// Draws the tab.
pub(super) fn ui(
    ui: &mut Ui,
    look: Look<'_>,
    judged: &Arc<Judged>,
    case: Option<&Case>,
    page: &mut DiagnosisPage,
    actions: &mut Actions,
) {
    let Some(project) = &judged.survey.project else {
        return empty_ui(ui, look, &say!(look.words, "folders-no-project"));
    };
    let heaviest = page.heaviest.of(Address::of(judged), || project.tree.heaviest(MOST_HEAVY));
    heaviest_ui(ui, look, project, heaviest, actions);
    let folder = inside(&project.tree.folders, &mut page.inside);
    if let Some(case) = case.filter(|_| !project.tree.folders.children.is_empty()) {
        shade::ui(ui, look, &project.root, case, &mut page.shading);
    }
    crumbs_ui(ui, look, project, &mut page.inside);
    if folder.children.is_empty() {
        let none = say!(look.words, "folders-none-inside", directories = folder.directories);
        return empty_ui(ui, look, &none);
    }
    let relief = Share::of(page.shading.relief().map(|relief| &relief.gone));
    let gone = page.inside.iter().fold(relief, |gone, name| gone.inside(name));
    let here = page.inside.iter().fold(project.root.clone(), |path, name| path.join(name));
    let size = map::size(ui);
    let shaded = page.shading.relief().and(page.shading.chosen.clone());
    let map = Map { facts: Address::of(judged), inside: page.inside.clone(), size, shaded };
    let tiles = page.map.of(map, || tiles(folder, size, gone));
    let entered = map::ui(ui, look, size, tiles, folder.directories);
    let row = table_ui(ui, look, folder, gone, &here, actions);
    page.inside.extend(entered);
    page.inside.extend(row);
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

/// Draws what weighs most and could go elsewhere, in one line.
fn heaviest_ui(ui: &mut Ui, look: Look<'_>, project: &Project, heaviest: &[Heavy], actions: &mut Actions) {
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
                path_line(ui, look, look.tokens.muted, &watched, &root.path, actions);
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
            } else if link(ui, look.tokens, Type::Small, name.as_str()).clicked() {
                back_to = Some(depth);
            }
        }
    });
    if let Some(depth) = back_to {
        inside.truncate(depth);
    }
}

/// The same as a table; the name of the folder that was pressed.
fn table_ui(
    ui: &mut Ui,
    look: Look<'_>,
    folder: &Folder,
    gone: Share<'_>,
    here: &Path,
    actions: &mut Actions,
) -> Option<OsString> {
    let (words, ink) = (look.words, look.tokens.text);
    let figure = (ui.available_width() * 0.16).clamp(84.0, 120.0);
    let (rest, width) = (Width::Rest(96.0), Width::Exact(figure));
    let mut entered = None;
    let name = |ui: &mut Ui, child: &Folder| {
        if name_ui(ui, look, child, &here.join(&child.name), actions) {
            entered = Some(child.name.clone());
        }
    };
    let share = |ui: &mut Ui, child: &Folder| {
        let (part, whole) = (child.directories, folder.directories);
        share_bar(ui, look.tokens.series[0], share_of(part, whole), &percent(look, part, whole));
    };
    let mut columns = vec![
        TableColumn::painted(say!(words, "folders-name"), rest, name),
        TableColumn::figures(say!(words, "folders-directories"), width, ink, |child: &Folder| {
            words.number(child.directories)
        }),
        TableColumn::figures(say!(words, "folders-files"), width, ink, |child: &Folder| words.number(child.files)),
        TableColumn::painted(say!(words, "folders-share"), Width::Exact(1.2 * figure), share),
    ];
    if !matches!(gone, Share::Nothing) {
        let shaded = |child: &Folder| words.number(gone.inside(&child.name).count(child.directories));
        columns.push(TableColumn::figures(say!(words, "folders-shaded"), width, ink, shaded));
    }
    let children = &folder.children;
    Columns::new(look.tokens, "folders", columns).show(ui, None, children.len(), |place| children.get(place));
    entered
}

/// A folder's name; whether it was pressed.
fn name_ui(ui: &mut Ui, look: Look<'_>, child: &Folder, path: &Path, actions: &mut Actions) -> bool {
    let name = child.name.to_string_lossy();
    if child.children.is_empty() {
        path_line(ui, look, look.tokens.text, &name, path, actions);
        return false;
    }
    let short = shortened(ui, look.tokens, &name);
    let link = ui.add(egui::Link::new(Type::Small.text(short.as_str(), look.tokens.accent)));
    let link = if short == name { link } else { link.on_hover_text(name.as_ref()) };
    copies(ui, look, &link, path, actions);
    link.clicked()
}
