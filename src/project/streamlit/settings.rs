//! The settings that matter here, each with the place that wins: flag, environment variable, config files, default.

use super::config_file::{self, ConfigValue};
use super::rules::Rules;
use super::{ConfigFile, Launch, Setting, Source, Surroundings, Watcher, paths};
use crate::guarded;
use crate::project::Python;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The kinds of value that the command line and the environment give a setting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FlagKind {
    Word,
    Truth,
    /// A flag may stand several times; a variable is split at white space.
    List,
}

struct Known {
    key: &'static str,
    /// The part of the name after `STREAMLIT_`.
    variable: &'static str,
    kind: FlagKind,
    /// `None`: shown only where it is set.
    default: Option<&'static str>,
}

const KNOWN: [Known; 8] = [
    Known { key: WATCHER, variable: "SERVER_FILE_WATCHER_TYPE", kind: FlagKind::Word, default: Some("auto") },
    Known { key: "server.runOnSave", variable: "SERVER_RUN_ON_SAVE", kind: FlagKind::Truth, default: Some("false") },
    Known { key: WATCH_LIST, variable: "SERVER_FOLDER_WATCH_LIST", kind: FlagKind::List, default: Some("[]") },
    Known { key: BLACKLIST, variable: "SERVER_FOLDER_WATCH_BLACKLIST", kind: FlagKind::List, default: Some("[]") },
    Known { key: "server.port", variable: "SERVER_PORT", kind: FlagKind::Word, default: Some("8501") },
    Known { key: "server.address", variable: "SERVER_ADDRESS", kind: FlagKind::Word, default: None },
    Known { key: "server.headless", variable: "SERVER_HEADLESS", kind: FlagKind::Truth, default: None },
    Known { key: "global.developmentMode", variable: "GLOBAL_DEVELOPMENT_MODE", kind: FlagKind::Truth, default: None },
];

const WATCHER: &str = "server.fileWatcherType";
const WATCH_LIST: &str = "server.folderWatchList";
const BLACKLIST: &str = "server.folderWatchBlacklist";

/// Settings that the config files, flags and variables say.
pub(super) struct Settings {
    pub(super) shown: Vec<Setting>,
    pub(super) files: Vec<ConfigFile>,
    pub(super) watcher: Watcher,
    pub(super) watch_list: Vec<String>,
    pub(super) blacklist: Vec<String>,
}

/// Reads every place.
pub(super) fn read(launch: &Launch, python: Option<&Python>, rules: Rules, around: &Surroundings) -> Settings {
    let mut files = Vec::new();
    let mut parsed = Vec::new();
    let known_keys = python.and_then(server_options);
    for (place, path) in places(launch, rules, around) {
        let file = config_file::read(&path);
        let unknown_keys = unknown_keys(&file.values, known_keys.as_deref());
        parsed.push((place.clone(), file.values));
        files.push(ConfigFile { path, place, state: file.state, unknown_keys });
    }
    let mut effective = BTreeMap::new();
    let mut shown = Vec::new();
    for known in KNOWN.iter().filter(|known| known.key != WATCH_LIST || rules.folder_watch_list) {
        let mut given = given(known, launch, &parsed);
        if let Some(default) = known.default {
            given.push((Source::Default, default_value(known.kind, default)));
        }
        if given.is_empty() {
            continue;
        }
        let (source, value) = given.remove(0);
        shown.push(setting(known, source, &value, given));
        effective.insert(known.key, value);
    }
    let watcher = watcher(effective.get(WATCHER), python, rules, around.is_wsl(launch));
    Settings {
        shown,
        files,
        watcher,
        watch_list: list(effective.get(WATCH_LIST)),
        blacklist: list(effective.get(BLACKLIST)),
    }
}

/// The config files in order of precedence, the strongest first, each once (`config.get_config_files`).
fn places(launch: &Launch, rules: Rules, around: &Surroundings) -> Vec<(Source, PathBuf)> {
    let in_folder = |folder: &Path| folder.join(".streamlit/config.toml");
    let project = in_folder(&launch.cwd);
    let global = around.home(launch).map(|home| in_folder(&launch.cwd.join(home)));
    let beside_script = in_folder(&paths::folder(&launch.script));
    let mut places = Vec::new();
    if rules.script_folder_config && beside_script != project && Some(&beside_script) != global.as_ref() {
        places.push((Source::ScriptFolder(beside_script.clone()), beside_script));
    }
    places.push((Source::Project(project.clone()), project.clone()));
    if let Some(global) = global.filter(|global| *global != project) {
        places.push((Source::Global(global.clone()), global));
    }
    places
}

/// Lists what sets this, the strongest first.
fn given(
    known: &Known,
    launch: &Launch,
    files: &[(Source, BTreeMap<String, ConfigValue>)],
) -> Vec<(Source, ConfigValue)> {
    let mut given = Vec::new();
    let flags: Vec<&str> =
        launch.flags.iter().filter(|(key, _)| key == known.key).map(|(_, value)| value.as_str()).collect();
    if let Some(last) = flags.last() {
        let all = || flags.iter().map(|value| (*value).to_owned()).collect();
        given.push((Source::Flag, typed(known.kind, last, all)));
    }
    for name in [format!("STREAMLIT_{}", known.variable), automatic_variable(known.key)] {
        // An empty variable is none for click, which reads them.
        if let Some(value) = launch.variables.get(OsStr::new(&name)).filter(|value| !value.is_empty()) {
            let text = value.to_string_lossy();
            let words = || text.split_whitespace().map(str::to_owned).collect();
            given.push((Source::Environment(name), typed(known.kind, &text, words)));
        }
    }
    for (source, values) in files {
        if let Some(value) = values.get(known.key) {
            given.push((source.clone(), indirect(value, launch)));
        }
    }
    given
}

/// The second name click looks for: `STREAMLIT_RUN_SERVER_FILEWATCHERTYPE`.
fn automatic_variable(key: &str) -> String {
    format!("STREAMLIT_RUN_{}", key.replace('.', "_").to_uppercase())
}

fn typed(kind: FlagKind, text: &str, entries: impl Fn() -> Vec<String>) -> ConfigValue {
    match kind {
        FlagKind::Word => ConfigValue::Text(text.to_owned()),
        FlagKind::Truth => {
            truth(text).map_or_else(|| ConfigValue::Text(text.to_owned()), |is| ConfigValue::Plain(is.to_string()))
        }
        FlagKind::List => ConfigValue::List(entries()),
    }
}

/// The words click takes for a truth value.
fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "yes" | "true" | "on" | "t" | "y" => Some(true),
        "0" | "no" | "false" | "off" | "f" | "n" => Some(false),
        _ => None,
    }
}

/// `"env:NAME"` in a config file stands for that variable; where there is none, for itself.
fn indirect(value: &ConfigValue, launch: &Launch) -> ConfigValue {
    let ConfigValue::Text(text) = value else { return value.clone() };
    match text.strip_prefix("env:").and_then(|name| launch.variables.get(OsStr::new(name))) {
        Some(content) => ConfigValue::Text(content.to_string_lossy().into_owned()),
        None => value.clone(),
    }
}

fn default_value(kind: FlagKind, default: &str) -> ConfigValue {
    match kind {
        FlagKind::Word => ConfigValue::Text(default.to_owned()),
        FlagKind::Truth => ConfigValue::Plain(default.to_owned()),
        FlagKind::List => ConfigValue::List(Vec::new()),
    }
}

fn setting(known: &Known, source: Source, value: &ConfigValue, weaker: Vec<(Source, ConfigValue)>) -> Setting {
    let unknown_word = match known.kind {
        FlagKind::Word => known.key == WATCHER && !is_watcher_word(value),
        FlagKind::Truth => truth(&value.shown()).is_none(),
        FlagKind::List => matches!(value, ConfigValue::Plain(_)),
    };
    let overrides = weaker
        .into_iter()
        .filter(|(source, _)| *source != Source::Default)
        .map(|(source, value)| (source, value.shown()))
        .collect();
    Setting { key: known.key.to_owned(), value: value.shown(), source, overrides, unknown_word }
}

fn is_watcher_word(value: &ConfigValue) -> bool {
    matches!(value, ConfigValue::Text(word) if ["auto", "watchdog", "poll", "none"].contains(&word.as_str()))
}

/// `path_watcher.get_path_watcher_class`: any other word, and `watchdog` without watchdog, is no watcher at all.
fn watcher(value: Option<&ConfigValue>, python: Option<&Python>, rules: Rules, wsl: bool) -> Watcher {
    // Without any Streamlit there is nothing to go by; it brings watchdog along since 1.37.
    let has_watchdog = python.is_none_or(|python| python.watchdog.is_some() || python.streamlit.is_none());
    match value {
        Some(ConfigValue::Text(word)) if word == "auto" && rules.wsl_polls && wsl => Watcher::Poll,
        Some(ConfigValue::Text(word)) if (word == "auto" || word == "watchdog") && has_watchdog => Watcher::Watchdog,
        Some(ConfigValue::Text(word)) if word == "auto" || word == "poll" => Watcher::Poll,
        _ => Watcher::None,
    }
}

/// The entries of a list; Python goes through a text letter by letter where a list should stand.
fn list(value: Option<&ConfigValue>) -> Vec<String> {
    match value {
        Some(ConfigValue::List(entries)) => entries.clone(),
        Some(ConfigValue::Text(text)) => text.chars().map(String::from).collect(),
        Some(ConfigValue::Plain(_)) | None => Vec::new(),
    }
}

/// The options of the installed Streamlit, as its own `config.py` names them; `None` when it cannot be read.
fn server_options(python: &Python) -> Option<String> {
    let files = python.site_packages.iter().map(|folder| folder.join("streamlit/config.py"));
    files.into_iter().find_map(|file| guarded::read_text(&file, guarded::SMALL_BYTES).ok())
}

fn unknown_keys(values: &BTreeMap<String, ConfigValue>, config_source: Option<&str>) -> Vec<String> {
    let Some(source) = config_source else { return Vec::new() };
    let own = values.keys().filter(|key| key.starts_with("server."));
    own.filter(|key| !source.contains(&format!("\"{key}\""))).cloned().collect()
}
