//! Streamlit's settings in the model, and the files that they come from.

use super::machine::shown;
use crate::project::streamlit::{self, ConfigState, Source};
use serde::Serialize;

/// One effective setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// The name, such as `server.fileWatcherType`.
    pub key: String,
    /// The value.
    pub value: String,
    /// The kind of place it comes from.
    pub source: Origin,
    /// The settings file, where it comes from one.
    pub path: Option<String>,
    /// The environment variable, where it comes from one.
    pub variable: Option<String>,
    /// Weaker places that set it too, strongest first.
    pub overridden: Vec<Overridden>,
    /// The value is a word that Streamlit does not know.
    pub unknown_word: bool,
}

/// A place whose setting is overridden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overridden {
    /// The value that is set there.
    pub value: String,
    /// The kind of place.
    pub source: Origin,
    /// The settings file, where it is one.
    pub path: Option<String>,
    /// The environment variable, where it is one.
    pub variable: Option<String>,
}

/// The kind of place a setting comes from, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The command line.
    Flag,
    /// An environment variable.
    Environment,
    /// The project's settings file.
    Project,
    /// The settings file beside the script.
    #[serde(rename = "script folder")]
    ScriptFolder,
    /// The account's settings file.
    Global,
    /// Streamlit's default.
    Default,
}

/// One settings file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConfigFile {
    /// The path.
    pub path: String,
    /// The place that it has.
    pub place: Origin,
    /// The state after reading it.
    pub state: FileState,
    /// The reason why it is broken or unreadable.
    pub reason: Option<String>,
    /// The line that is broken, counted from 1.
    pub line: Option<usize>,
    /// The broken line as it stands in the file.
    pub text: Option<String>,
    /// Keys in it that this Streamlit does not know.
    pub unknown_keys: Vec<String>,
}

/// States of a settings file after reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileState {
    /// The file does not exist.
    Missing,
    /// Streamlit reads it.
    Read,
    /// The file is not TOML: Streamlit ignores all of it.
    Broken,
    /// The file cannot be opened.
    Unreadable,
}

impl Setting {
    pub(super) fn of(setting: &streamlit::Setting) -> Self {
        let (source, path, variable) = place(&setting.source);
        Self {
            key: setting.key.clone(),
            value: setting.value.clone(),
            source,
            path,
            variable,
            overridden: setting.overrides.iter().map(Overridden::of).collect(),
            unknown_word: setting.unknown_word,
        }
    }
}

impl Overridden {
    fn of((place_of, value): &(Source, String)) -> Self {
        let (source, path, variable) = place(place_of);
        Self { value: value.clone(), source, path, variable }
    }
}

/// The kind of a place, its file and its variable.
fn place(source: &Source) -> (Origin, Option<String>, Option<String>) {
    match source {
        Source::Flag => (Origin::Flag, None, None),
        Source::Environment(variable) => (Origin::Environment, None, Some(variable.clone())),
        Source::Project(path) => (Origin::Project, Some(shown(path)), None),
        Source::ScriptFolder(path) => (Origin::ScriptFolder, Some(shown(path)), None),
        Source::Global(path) => (Origin::Global, Some(shown(path)), None),
        Source::Default => (Origin::Default, None, None),
    }
}

impl ConfigFile {
    pub(super) fn of(file: &streamlit::ConfigFile) -> Self {
        let (state, reason, broken) = match &file.state {
            ConfigState::Missing => (FileState::Missing, None, None),
            ConfigState::Read => (FileState::Read, None, None),
            ConfigState::Broken(broken) => (FileState::Broken, Some(broken.reason.clone()), Some(broken)),
            ConfigState::Unreadable(reason) => (FileState::Unreadable, Some(reason.clone()), None),
        };
        let (line, text) = broken.map(|broken| (broken.line, broken.text.trim().to_owned())).unzip();
        let unknown_keys = file.unknown_keys.clone();
        Self { path: shown(&file.path), place: place(&file.place).0, state, reason, line, text, unknown_keys }
    }
}
