//! Streamlit's settings: files that are ignored, words it does not know, places that contradict each other, and
//! popular settings that free nothing.

use crate::diagnosis::Finding;
use crate::project::Streamlit;
use crate::project::streamlit::{ConfigFile, ConfigState, Setting, Source, Watcher};
use crate::survey::{Project, Survey};

const FILE_WATCHER: &str = "server.fileWatcherType";
const RUN_ON_SAVE: &str = "server.runOnSave";
const BLACKLIST: &str = "server.folderWatchBlacklist";
/// Settings that decide about watching; contradictions elsewhere are nobody's concern here.
const ABOUT_WATCHING: [&str; 3] = [FILE_WATCHER, RUN_ON_SAVE, "server.folderWatchList"];

pub(super) fn findings(survey: &Survey) -> Vec<Finding> {
    let Some(project) = &survey.project else { return Vec::new() };
    let Some(streamlit) = &project.streamlit else { return vec![Finding::NoEntryScript] };
    let mut found = Vec::new();
    for file in &streamlit.config_files {
        found.extend(config_file(file));
    }
    for setting in &streamlit.settings {
        found.extend(unknown_word(setting));
        found.extend(contradicted(setting));
    }
    if streamlit.watcher == Watcher::Watchdog {
        found.extend(run_on_save(streamlit));
        found.extend(blacklist(project, streamlit));
    }
    found.extend(script(streamlit));
    found.extend(versions(streamlit));
    found
}

/// The script that ends with an error, and the one of which not all is known.
fn script(streamlit: &Streamlit) -> Vec<Finding> {
    let version = || streamlit.version.as_ref().map(|version| version.text.clone());
    let stops = streamlit.stop.clone().map(|stop| Finding::AppStops { stop, version: version() });
    let need = &streamlit.need;
    let range = need.at_least.map(|at_least| Finding::NeedIsRange { at_least, at_most: need.watches });
    stops.into_iter().chain(range).collect()
}

fn config_file(file: &ConfigFile) -> Vec<Finding> {
    let path = file.path.clone();
    let mut found = match &file.state {
        ConfigState::Broken(broken) => vec![Finding::SettingsFileBroken { file: path.clone(), broken: broken.clone() }],
        ConfigState::Unreadable(reason) => {
            vec![Finding::SettingsFileUnreadable { file: path.clone(), reason: reason.clone() }]
        }
        ConfigState::Missing | ConfigState::Read => Vec::new(),
    };
    if !file.unknown_keys.is_empty() {
        found.push(Finding::UnknownKeys { file: path, keys: file.unknown_keys.clone() });
    }
    found
}

fn unknown_word(setting: &Setting) -> Option<Finding> {
    let Setting { key, value, source, .. } = setting;
    (setting.unknown_word && key == FILE_WATCHER).then(|| Finding::UnknownWord {
        key: key.clone(),
        value: value.clone(),
        source: source.clone(),
    })
}

fn contradicted(setting: &Setting) -> Option<Finding> {
    if !ABOUT_WATCHING.contains(&setting.key.as_str()) {
        return None;
    }
    let (beaten, beaten_value) = setting.overrides.iter().find(|(_, value)| *value != setting.value)?;
    Some(Finding::SettingContradicted {
        key: setting.key.clone(),
        value: setting.value.clone(),
        source: setting.source.clone(),
        beaten: beaten.clone(),
        beaten_value: beaten_value.clone(),
    })
}

/// The setting with this key, where somebody set it.
fn set<'a>(streamlit: &'a Streamlit, key: &str) -> Option<&'a Setting> {
    streamlit.settings.iter().find(|setting| setting.key == key && setting.source != Source::Default)
}

fn run_on_save(streamlit: &Streamlit) -> Option<Finding> {
    let setting = set(streamlit, RUN_ON_SAVE).filter(|setting| setting.value == "false")?;
    Some(Finding::RunOnSaveFreesNothing { source: setting.source.clone(), watches: streamlit.need.watches })
}

/// Finds a blacklist without effect: only where counting without it gave the same number. It can spare a module's
/// folder of its own.
fn blacklist(project: &Project, streamlit: &Streamlit) -> Option<Finding> {
    let setting = set(streamlit, BLACKLIST)?;
    let watches = project.watches_without_blacklist.filter(|watches| *watches == streamlit.need.watches)?;
    Some(Finding::BlacklistFreesNothing { source: setting.source.clone(), watches })
}

fn versions(streamlit: &Streamlit) -> Option<Finding> {
    let polls = streamlit.watcher == Watcher::Poll && streamlit.version.is_some() && streamlit.watchdog.is_none();
    let asked_for = set(streamlit, FILE_WATCHER).is_some_and(|setting| setting.value == "poll");
    if polls && !asked_for {
        return Some(Finding::WatchdogMissing);
    }
    let version = streamlit.version.as_ref().map(|version| version.text.clone());
    (streamlit.watcher == Watcher::Watchdog && streamlit.need.estimate).then(|| {
        let newer = streamlit.is_newer_than_measured();
        Finding::EstimateOnly { version, newer }
    })
}
