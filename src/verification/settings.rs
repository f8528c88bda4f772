//! Settings that Streamlit will see at its next start, and from where.

use super::{Check, Expectation, Facts};
use crate::project::Streamlit;
use crate::project::streamlit::{BrokenToml, ConfigState, Source, Watcher};
use crate::remedy::FileWatcher;
use crate::remedy::watcher::FILE_WATCHER_KEY;
use crate::survey::Project;
use std::path::PathBuf;

/// Settings that were found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
#[allow(missing_docs, reason = "the fields are what the documented variant names")]
pub enum SettingsSeen {
    /// The entry script is not known.
    NoScript,
    /// A settings file is not valid TOML: Streamlit ignores it whole.
    Broken { file: PathBuf, broken: BrokenToml },
    /// A settings file may not be read.
    Unreadable { file: PathBuf, reason: String },
    /// The file watcher in effect, and where it comes from.
    Watcher {
        value: String,
        source: Source,
        effect: Watcher,
        /// Whether Streamlit does not know the word.
        unknown_word: bool,
        /// The choice, where that is known.
        expected: Option<FileWatcher>,
        /// A weaker place with what was chosen, or with what would spare the watches.
        beaten: Option<Beaten>,
    },
}

/// A setting that has no effect because a stronger place says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beaten {
    /// The weaker place.
    pub source: Source,
    /// The value.
    pub value: String,
}

/// Fails where a file is ignored, where the value is not the one chosen or no word that Streamlit knows, and, where no
/// choice is known, where a place that spares the watches is beaten by one that does not.
pub(super) fn check(project: &Project, expected: &Expectation) -> Check {
    let Some(streamlit) = &project.streamlit else {
        return Check::could_not_run(Facts::Settings(SettingsSeen::NoScript));
    };
    let seen = file_problem(streamlit).or_else(|| watcher(streamlit, expected.watcher));
    let passed = match &seen {
        Some(SettingsSeen::Watcher { value, unknown_word, expected, beaten, .. }) => {
            !unknown_word && beaten.is_none() && expected.is_none_or(|chosen| is_choice(value, chosen))
        }
        Some(SettingsSeen::NoScript | SettingsSeen::Broken { .. } | SettingsSeen::Unreadable { .. }) | None => false,
    };
    seen.map_or_else(
        || Check::could_not_run(Facts::Settings(SettingsSeen::NoScript)),
        |seen| Check::when(passed, Facts::Settings(seen)),
    )
}

fn file_problem(streamlit: &Streamlit) -> Option<SettingsSeen> {
    streamlit.config_files.iter().find_map(|file| match &file.state {
        ConfigState::Broken(broken) => Some(SettingsSeen::Broken { file: file.path.clone(), broken: broken.clone() }),
        ConfigState::Unreadable(reason) => {
            Some(SettingsSeen::Unreadable { file: file.path.clone(), reason: reason.clone() })
        }
        ConfigState::Missing | ConfigState::Read => None,
    })
}

fn watcher(streamlit: &Streamlit, expected: Option<FileWatcher>) -> Option<SettingsSeen> {
    let setting = streamlit.settings.iter().find(|setting| setting.key == FILE_WATCHER_KEY)?;
    let missed = |value: &str| match expected {
        Some(chosen) => !is_choice(&setting.value, chosen) && is_choice(value, chosen),
        None => streamlit.watcher == Watcher::Watchdog && FileWatcher::named(value) != FileWatcher::Auto,
    };
    let beaten = setting.overrides.iter().find(|(_, value)| missed(value));
    Some(SettingsSeen::Watcher {
        value: setting.value.clone(),
        source: setting.source.clone(),
        effect: streamlit.watcher,
        unknown_word: setting.unknown_word,
        expected,
        beaten: beaten.map(|(source, value)| Beaten { source: source.clone(), value: value.clone() }),
    })
}

fn is_choice(value: &str, chosen: FileWatcher) -> bool {
    FileWatcher::named(value) == chosen
}
