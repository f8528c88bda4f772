//! Streamlit's part of the model: its settings, what they need and what is running.

use super::machine::shown;
use super::project::all_shown;
use crate::project::Version;
use crate::project::streamlit::{self, ConfigState, RootReason, Source, Watcher};
use crate::survey::{self, RunningApp};
use serde::Serialize;

/// Streamlit's behaviour with the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Streamlit {
    /// The installed version.
    pub version: Option<String>,
    /// The installed watchdog.
    pub watchdog_version: Option<String>,
    /// The folder that it is started in, as far as that is known: its settings and relative paths depend on it.
    pub working_folder: Option<String>,
    /// The way in which it watches files.
    pub watcher: Watcher,
    /// The effective settings.
    pub settings: Vec<Setting>,
    /// The settings files it looks at, the strongest first.
    pub config_files: Vec<ConfigFile>,
    /// Watches and instances that it takes with one session open.
    pub needed: Needed,
    /// Apps of the project that run.
    pub running: Vec<Running>,
}

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
    /// The text of the log.
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

/// The watches an app takes with one session open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Needed {
    /// Watches; at least, where `at_most` is set.
    pub watches: u64,
    /// Watches at most, where what the script does cannot be known; this number is judged.
    pub at_most: Option<u64>,
    /// Inotify instances, at most.
    pub instances: u64,
    /// Inotify instances at least, where what the script does cannot be known; null where `instances` is the number.
    pub instances_at_least: Option<u64>,
    /// Events that the largest instance puts into its own queue: what a queue must hold for the app to stay steady.
    pub queued_events: u64,
    /// The folders watched recursively.
    pub roots: Vec<Root>,
    /// The version is too old or unknown for an exact count.
    pub estimate: bool,
    /// Directories below the roots that could not be read.
    pub unreadable_directories: u64,
}

/// One folder watched recursively.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Root {
    /// The folder.
    pub path: String,
    /// Directories in it that take a watch.
    pub directories: u64,
    /// The reason why it is watched.
    pub because: Because,
    /// The page, module or file it is watched for.
    pub file: Option<String>,
}

/// Reasons why a folder is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Because {
    /// The entry script lies in it.
    Script,
    /// A page lies in it.
    Page,
    /// An imported module lies in it.
    Module,
    /// An installed component package has its assets in it.
    Component,
    /// The setting of folders to watch names it.
    #[serde(rename = "watch list")]
    WatchList,
    /// A settings file lies in it.
    #[serde(rename = "config file")]
    ConfigFile,
    /// The folder holds another watched file.
    Other,
}

/// A running app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Running {
    /// Process id.
    pub pid: u32,
    /// Watches it holds; null where they could not be read.
    pub watches: Option<u64>,
    /// Instances it holds; null where they could not be read.
    pub instances: Option<u64>,
    /// Watches it should hold; null where that could not be compared.
    pub expected: Option<u64>,
    /// A browser has it open; null where that is not known.
    pub session_open: Option<bool>,
    /// Whether several readings over a second agree; null where it could not be read so often.
    pub steady: Option<bool>,
    /// Folders it should watch and does not; null where that could not be compared.
    pub unwatched_count: Option<u64>,
    /// The first of them.
    pub unwatched: Vec<String>,
}

impl Streamlit {
    pub(in crate::report) fn of(project: &survey::Project) -> Option<Self> {
        let streamlit = project.streamlit.as_ref()?;
        Some(Self {
            version: text_of(streamlit.version.as_ref()),
            watchdog_version: text_of(streamlit.watchdog.as_ref()),
            working_folder: project.launch.as_ref().map(|launch| shown(&launch.cwd)),
            watcher: streamlit.watcher,
            settings: streamlit.settings.iter().map(Setting::of).collect(),
            config_files: streamlit.config_files.iter().map(ConfigFile::of).collect(),
            needed: Needed::of(streamlit),
            running: project.running.iter().map(Running::of).collect(),
        })
    }
}

fn text_of(version: Option<&Version>) -> Option<String> {
    version.map(|version| version.text.clone())
}

impl Setting {
    fn of(setting: &streamlit::Setting) -> Self {
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
    fn of(file: &streamlit::ConfigFile) -> Self {
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

impl Needed {
    /// Counts what is needed: nothing but watchdog takes watches, whatever folders the forecast has looked at.
    fn of(streamlit: &streamlit::Streamlit) -> Self {
        let need = match streamlit.watcher {
            Watcher::Watchdog => &streamlit.need,
            Watcher::Poll | Watcher::None => &streamlit::Need::default(),
        };
        Self {
            watches: need.least(),
            at_most: need.at_least.map(|_| need.watches),
            instances: need.instances,
            instances_at_least: need.instances_at_least,
            queued_events: need.queue.to_hold(),
            roots: need.roots.iter().map(Root::of).collect(),
            estimate: need.estimate,
            unreadable_directories: need.unreadable,
        }
    }
}

impl Root {
    fn of(root: &streamlit::WatchRoot) -> Self {
        let (because, file) = match &root.because {
            RootReason::Script => (Because::Script, None),
            RootReason::Page(file) => (Because::Page, Some(file)),
            RootReason::Module(file) => (Because::Module, Some(file)),
            RootReason::Component(_) => (Because::Component, None),
            RootReason::WatchList => (Because::WatchList, None),
            RootReason::ConfigFile(file) => (Because::ConfigFile, Some(file)),
            RootReason::Other(file) => (Because::Other, Some(file)),
        };
        let file = file.map(|file| shown(file));
        Self { path: shown(&root.path), directories: root.directories, because, file }
    }
}

impl Running {
    fn of(app: &RunningApp) -> Self {
        let gap = app.gap.as_ref();
        Self {
            pid: app.pid,
            watches: app.readable.then_some(app.watches),
            instances: app.readable.then_some(app.instances),
            expected: gap.map(|gap| gap.expected),
            session_open: app.session_open,
            steady: app.steadiness.as_ref().map(|seen| seen.steady),
            unwatched_count: gap.map(|gap| gap.unwatched_count),
            unwatched: gap.map(|gap| all_shown(&gap.unwatched)).unwrap_or_default(),
        }
    }
}
