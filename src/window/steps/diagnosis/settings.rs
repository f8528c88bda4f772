//! Streamlit's effective settings: each with its place, and what it beats.

use super::empty_ui;
use crate::project::streamlit::{ConfigFile, ConfigState, Setting, Source};
use crate::say;
use crate::window::look::{Actions, Look};
use crate::window::state::Judged;
use crate::window::theme::{Type, space};
use crate::window::widgets::path::path_line;
use crate::window::widgets::table::{self, Head, Table};
use crate::window::widgets::{Tone, card, line, tag, text};
use eframe::egui::{self, Ui};
use egui_extras::Column;
use std::path::Path;

/// Draws the tab.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, judged: &Judged, actions: &mut Actions) {
    let project = judged.survey.project.as_ref();
    let Some(streamlit) = project.and_then(|project| project.streamlit.as_ref()) else {
        return empty_ui(ui, look, &say!(look.words, "settings-none"));
    };
    settings_ui(ui, look, &streamlit.settings, actions);
    files_ui(ui, look, &streamlit.config_files, actions);
}

fn settings_ui(ui: &mut Ui, look: Look<'_>, settings: &[Setting], actions: &mut Actions) {
    let names = [
        say!(look.words, "settings-key"),
        say!(look.words, "settings-value"),
        say!(look.words, "settings-source"),
        say!(look.words, "settings-overrides"),
    ];
    let [key, value, source, overrides] = &names;
    let heads = [Head::words(key), Head::words(value), Head::words(source), Head::words(overrides)];
    let wide = if ui.available_width() > 700.0 { 240.0 } else { 140.0 };
    let beaten = settings.iter().any(|setting| !setting.overrides.is_empty());
    let columns = [
        Column::exact(212.0).clip(true),
        Column::exact(96.0).clip(true),
        Column::remainder().at_least(120.0).clip(true),
        Column::exact(if beaten { wide } else { 104.0 }).clip(true),
    ];
    let table = Table { name: "settings", columns: &columns, heads: &heads };
    table::table(ui, look.tokens, table, None, settings.len(), |row| {
        let Some(setting) = settings.get(row.index()) else { return };
        table::words(row, look.tokens, &setting.key);
        let value = if setting.value.is_empty() { "–" } else { &setting.value };
        table::words(row, look.tokens, value);
        table::cell(row, look.tokens, false, |ui| {
            let name = source_name(look, &setting.source);
            match file_of(&setting.source) {
                Some(file) => drop(path_line(ui, look, look.tokens.muted, &name, file, actions)),
                None => drop(line(ui, Type::Small, look.tokens.muted, name)),
            }
        });
        let beaten = setting.overrides.iter().map(|(source, value)| format!("{value} ({})", source_name(look, source)));
        let beaten: Vec<String> = beaten.collect();
        table::muted(row, look.tokens, &if beaten.is_empty() { "–".to_owned() } else { beaten.join(", ") });
    });
}

fn source_name(look: Look<'_>, source: &Source) -> String {
    match source {
        Source::Flag => say!(look.words, "settings-source-flag"),
        Source::Environment(name) => say!(look.words, "settings-source-environment", name = name.as_str()),
        Source::Project(path) | Source::ScriptFolder(path) | Source::Global(path) => look.path(path),
        Source::Default => say!(look.words, "settings-source-default"),
    }
}

fn file_of(source: &Source) -> Option<&Path> {
    match source {
        Source::Project(path) | Source::ScriptFolder(path) | Source::Global(path) => Some(path),
        Source::Flag | Source::Environment(_) | Source::Default => None,
    }
}

/// Every settings file that was looked at, the strongest first.
fn files_ui(ui: &mut Ui, look: Look<'_>, files: &[ConfigFile], actions: &mut Actions) {
    if files.is_empty() {
        return;
    }
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "settings-files"));
        for file in files {
            file_ui(ui, look, file, actions);
        }
    });
}

fn file_ui(ui: &mut Ui, look: Look<'_>, file: &ConfigFile, actions: &mut Actions) {
    let (tone, state, detail) = match &file.state {
        ConfigState::Missing => (Tone::Plain, say!(look.words, "settings-file-missing"), None),
        ConfigState::Read => (Tone::Ok, say!(look.words, "settings-file-read"), None),
        ConfigState::Broken(broken) => {
            let detail = say!(
                look.words,
                "settings-file-broken-detail",
                line = broken.line,
                text = broken.text.as_str(),
                reason = broken.reason.as_str()
            );
            (Tone::Critical, say!(look.words, "settings-file-broken"), Some(detail))
        }
        ConfigState::Unreadable(reason) => {
            (Tone::Warning, say!(look.words, "settings-file-unreadable"), Some(reason.clone()))
        }
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::M, 0.0);
        tag(ui, look.tokens, tone, &state);
        path_line(ui, look, look.tokens.text, &look.path(&file.path), &file.path, actions);
    });
    if let Some(detail) = detail {
        text(ui, Type::Small, look.tokens.muted, detail);
    }
}
