//! Streamlit's effective settings and the files they come from.

use super::{Block, Cell, Content, Section, Table};
use crate::report::model::{ConfigFile, FileState, Origin, Setting, Streamlit};
use crate::say;
use crate::words::Words;
use std::path::Path;

pub(super) fn section(streamlit: &Streamlit, words: &Words) -> Section {
    let mut blocks = Vec::new();
    if !streamlit.settings.is_empty() {
        blocks.push(Block::Table(effective(&streamlit.settings, words)));
    }
    let files: Vec<_> = streamlit.config_files.iter().filter_map(|file| row_of_file(file, words)).collect();
    if files.is_empty() {
        blocks.push(Block::Paragraph(say!(words, "report-settings-no-file")));
    } else {
        let columns = [
            (say!(words, "report-column-settings-file"), Content::Text),
            (say!(words, "report-column-state"), Content::Text),
        ];
        blocks.push(Block::Table(Table::new(say!(words, "report-caption-files"), columns, files)));
        blocks.extend(streamlit.config_files.iter().filter_map(|file| broken(file, words)).map(Block::Paragraph));
    }
    Section::folded(say!(words, "report-heading-settings"), blocks)
}

/// Lists each setting, followed by the places that set it too and are beaten.
fn effective(settings: &[Setting], words: &Words) -> Table {
    let columns = [
        (say!(words, "report-column-setting"), Content::Text),
        (say!(words, "report-column-value"), Content::Text),
        (say!(words, "report-column-source"), Content::Text),
    ];
    let mut rows = Vec::new();
    for setting in settings {
        let origin = origin(setting.source, setting.path.as_deref(), setting.variable.as_deref(), words);
        rows.push(vec![Cell::literal(&setting.key), Cell::literal(&setting.value), Cell::Words(origin)]);
        for beaten in &setting.overridden {
            let place = self::origin(beaten.source, beaten.path.as_deref(), beaten.variable.as_deref(), words);
            let without_effect = Cell::Words(say!(words, "report-setting-overridden", place = place));
            rows.push(vec![Cell::literal(&setting.key), Cell::literal(&beaten.value), without_effect]);
        }
    }
    Table::new(say!(words, "report-caption-settings"), columns, rows)
}

fn origin(source: Origin, path: Option<&str>, variable: Option<&str>, words: &Words) -> String {
    match source {
        Origin::Flag => say!(words, "source-flag"),
        Origin::Environment => say!(words, "source-environment", name = variable.unwrap_or_default()),
        Origin::Project | Origin::ScriptFolder | Origin::Global => {
            say!(words, "source-file", path = path.map(|path| words.path(Path::new(path))).unwrap_or_default())
        }
        Origin::Default => say!(words, "source-default"),
    }
}

/// `None` for a file that does not exist.
fn row_of_file(file: &ConfigFile, words: &Words) -> Option<Vec<Cell>> {
    let reason = file.reason.as_deref().unwrap_or_default();
    let state = match file.state {
        FileState::Missing => return None,
        FileState::Read => say!(words, "report-settings-read"),
        FileState::Broken => say!(words, "report-settings-ignored"),
        FileState::Unreadable => say!(words, "report-settings-unreadable", reason = reason),
    };
    Some(vec![Cell::literal(&file.path), Cell::Words(state)])
}

/// The line that is in the way, as it stands in the file.
fn broken(file: &ConfigFile, words: &Words) -> Option<String> {
    let (line, text, reason) = (file.line?, file.text.as_deref()?, file.reason.as_deref()?);
    let path = words.path(Path::new(&file.path));
    Some(say!(words, "report-settings-broken", line = line, file = path, text = text, reason = reason))
}
