//! Settings in force and the files that they come from.

use super::{TomlMistake, config_file};
use std::path::PathBuf;

/// Sources of a setting, the strongest first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Source {
    /// The command line.
    Flag,
    /// An environment variable, this one.
    Environment(String),
    /// `.streamlit/config.toml` beside the script; it beats the one of the working folder (measured).
    ScriptFolder(PathBuf),
    /// `$PWD/.streamlit/config.toml`.
    Project(PathBuf),
    /// `~/.streamlit/config.toml`.
    Global(PathBuf),
    /// Streamlit's own default.
    Default,
}

/// One effective setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// `server.fileWatcherType` and its like.
    pub key: String,
    /// The value as Streamlit understands it, written as TOML would write it without quotes around plain words.
    pub value: String,
    /// The source of the setting.
    pub source: Source,
    /// Weaker places that set it too and are overridden, strongest first, with their values.
    pub overrides: Vec<(Source, String)>,
    /// The value is not one that Streamlit knows; what it does then is in `value`'s effect, e.g. `none`.
    pub unknown_word: bool,
}

/// One config file Streamlit looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFile {
    /// The path.
    pub path: PathBuf,
    /// The place that it has: [`Source::Project`], [`Source::ScriptFolder`] or [`Source::Global`].
    pub place: Source,
    /// The state after reading.
    pub state: ConfigState,
    /// `[server]` keys in it that this Streamlit does not know.
    pub unknown_keys: Vec<String>,
}

/// States of a config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigState {
    /// The file does not exist.
    Missing,
    /// The file was read.
    Read,
    /// The file is not valid TOML: ignored whole.
    Broken(BrokenToml),
    /// The file may not be read (the system's reason).
    Unreadable(String),
}

/// The place and the reason of a break in a TOML file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenToml {
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1 in characters.
    pub column: usize,
    /// The line's text.
    pub text: String,
    /// The parser's reason.
    pub reason: String,
    /// The mistake, to be put in words.
    pub mistake: TomlMistake,
    /// The corrected line, where the mistake is a known one: a word without quotes, a key outside a section.
    pub suggestion: Option<String>,
    /// The file is valid TOML, but this key stands outside a section: Streamlit does not start with it (measured).
    pub outside_section: Option<String>,
}

/// Finds where a settings file with this text is broken for Streamlit; `None`: it can be read.
#[must_use]
pub fn broken_toml(text: &str) -> Option<BrokenToml> {
    match config_file::parse(text).state {
        ConfigState::Broken(broken) => Some(broken),
        ConfigState::Missing | ConfigState::Read | ConfigState::Unreadable(_) => None,
    }
}
