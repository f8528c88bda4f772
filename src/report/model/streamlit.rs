//! Streamlit's part of the model: what it watches, what it needs and what is running.

use super::machine::shown;
use super::project::all_shown;
use super::streamlit_settings::{ConfigFile, Setting};
use crate::project::Version;
use crate::project::streamlit::{self, RootReason, Watcher};
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
