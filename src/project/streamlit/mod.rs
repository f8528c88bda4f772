//! Streamlit's behaviour with this project: its effective settings, and the watches it will take.

#[allow(clippy::wildcard_enum_match_arm, reason = "of Python, all that is not followed is unknown")]
mod app;
pub mod components;
mod config_file;
mod gap;
mod glob;
mod mistake;
mod need;
mod paths;
pub mod queue;
mod roots;
mod rules;
mod settings;
mod surroundings;

pub use app::{Stop, StopReason};
pub use mistake::TomlMistake;
pub use surroundings::Surroundings;

#[cfg(any(test, fuzzing))]
pub(crate) use app::fuzz as imports_fuzz;

use super::{Launch, Python, Version};
use crate::guarded;
use crate::progress::{Cancelled, Progress};
use crate::project::tree::Inventory;
use components::ComponentFolders;
pub use queue::{QueueLoad, QueueOutlook, REBUILD_EVENTS_A_DIRECTORY};
use rules::Rules;
use std::path::{Path, PathBuf};

/// Streamlit's view of one launch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Streamlit {
    /// The installed version; `None`: not found, the newest known rules are assumed.
    pub version: Option<Version>,
    /// The installed watchdog.
    pub watchdog: Option<Version>,
    /// The way in which it will watch files.
    pub watcher: Watcher,
    /// The settings that matter here, each with where it comes from.
    pub settings: Vec<Setting>,
    /// Config files that were looked at, in order of precedence, the strongest first.
    pub config_files: Vec<ConfigFile>,
    /// Watches and instances that it will hold with one session open.
    pub need: Need,
    /// The place where the script surely ends with an error: what is imported after it does not count.
    pub stop: Option<Stop>,
}

/// The ways in which Streamlit watches files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Watcher {
    /// inotify, by watchdog.
    Watchdog,
    /// Polling: no watches, some CPU.
    Poll,
    /// No watching at all: no hot reload.
    None,
}

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

/// The watches an app will hold with one session open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Watches: the union of the roots for watchdog 7 and later, their sum before. Where the script's way is not known,
    /// as many as it may take: what is judged.
    pub watches: u64,
    /// Watches that it takes at least, where that differs: the script's way depends on what cannot be known.
    pub at_least: Option<u64>,
    /// Inotify instances: 1 for watchdog 7 and later, one per root before; as many as it may take.
    pub instances: u64,
    /// Instances that it takes at least, where that differs.
    pub instances_at_least: Option<u64>,
    /// The folders watched recursively.
    pub roots: Vec<WatchRoot>,
    /// The version is too old or unknown for an exact count.
    pub estimate: bool,
    /// The roots' trees contain directories that could not be read; those take no watch.
    pub unreadable: u64,
    /// Events that they put into the app's own event queue.
    pub queue: QueueLoad,
    /// Files that polling would look at in turn: the script, its pages and the modules in its folder. 0 where the app
    /// does not watch by inotify as it is.
    pub polled_files: u64,
}

/// One folder watched recursively.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchRoot {
    /// The folder, real path.
    pub path: PathBuf,
    /// Directories in it that take a watch, itself included.
    pub directories: u64,
    /// The reason why it is watched; the first reason where there are several.
    pub because: RootReason,
    /// Whether it is watched for sure: of a module it may depend on what cannot be known.
    pub certain: bool,
}

/// Reasons why a folder is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootReason {
    /// The main script is in it.
    Script,
    /// A page is in it, this one.
    Page(PathBuf),
    /// An imported local module is in it, this one.
    Module(PathBuf),
    /// An installed component package has its assets in it, this distribution (Streamlit 1.51 and later).
    Component(String),
    /// The folder stands in `server.folderWatchList`.
    WatchList,
    /// A config file is in it (Streamlit 1.47–1.53), this one.
    ConfigFile(PathBuf),
    /// A secrets file or another file that Streamlit itself watches is in it, this one.
    Other(PathBuf),
}

/// Watches of a running app against those it should hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Watches it should hold: counted as the need is, where that is certain.
    pub expected: u64,
    /// Folders it should watch and does not; with watchdog 6 each once for every root that it lies in.
    pub unwatched_count: u64,
    /// The first of them, in the order of the walk, at most a few hundred.
    pub unwatched: Vec<PathBuf>,
}

/// Finds where a settings file with this text is broken for Streamlit; `None`: it can be read.
#[must_use]
pub fn broken_toml(text: &str) -> Option<BrokenToml> {
    match config_file::parse(text).state {
        ConfigState::Broken(broken) => Some(broken),
        ConfigState::Missing | ConfigState::Read | ConfigState::Unreadable(_) => None,
    }
}

impl Streamlit {
    /// Forecasts what `launch` will do with the packages of `python` on this machine.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn forecast(launch: &Launch, python: Option<&Python>, progress: &Progress) -> Result<Self, Cancelled> {
        Self::forecast_in(&Surroundings::here(), launch, python, &mut Inventory::default(), progress)
    }

    /// Forecasts with the machine's own facts given, and counts in `inventory`, which is made to cover all roots.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn forecast_in(
        around: &Surroundings,
        launch: &Launch,
        python: Option<&Python>,
        inventory: &mut Inventory,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let launch = &as_streamlit_sees(launch);
        let rules = Rules::of(python);
        let settings = settings::read(launch, python, rules, around);
        let mut need = Need { estimate: rules.is_estimate(), ..Need::default() };
        let mut stop = None;
        // Without its script the app does not start, and holds nothing.
        if settings.watcher == Watcher::Watchdog && guarded::is_file(&launch.script) {
            let app = app::read(launch, python, progress)?;
            let components = python.map(|python| ComponentFolders::of(launch, python)).unwrap_or_default();
            let served = app.served.clone().map(|script| Launch { script, ..launch.clone() });
            let launch = served.as_ref().unwrap_or(launch);
            let certain = roots::find(launch, &settings, rules, &app.certain, &components);
            let mut all = certain.clone();
            for (folder, because) in roots::find(launch, &settings, rules, &app.possible, &components) {
                if !all.iter().any(|(known, _)| *known == folder) {
                    all.push((folder, because));
                }
            }
            let folders: Vec<&Path> = all.iter().map(|(folder, _)| folder.as_path()).collect();
            inventory.cover(&folders, progress)?;
            let at_least = need::count(certain, &need::folders_to_come(launch, &app.certain), rules, inventory);
            need = need::count(all, &need::folders_to_come(launch, &app.possible), rules, inventory);
            need.is_at_least(&at_least);
            need.queue = QueueLoad::of(python.and_then(|python| python.watchdog.as_ref()), &need.roots);
            need.polled_files = roots::polled_files(launch, &app.possible);
            need.estimate |= !rules.one_instance && holds_standard_library(launch, python);
            stop = app.stop;
        }
        Ok(Self {
            version: python.and_then(|python| python.streamlit.clone()),
            watchdog: python.and_then(|python| python.watchdog.clone()),
            watcher: settings.watcher,
            settings: settings.shown,
            config_files: settings.files,
            need,
            stop,
        })
    }

    /// Tells whether this Streamlit is newer than any that was measured.
    #[must_use]
    pub fn is_newer_than_measured(&self) -> bool {
        let (major, minor) = rules::NEWEST_MEASURED;
        self.version.as_ref().is_some_and(|version| version.at_least(major, minor + 1))
    }

    /// The newest Streamlit that was measured, as people write it.
    #[must_use]
    pub fn newest_measured() -> String {
        let (major, minor) = rules::NEWEST_MEASURED;
        format!("{major}.{minor}")
    }

    /// Compares what a running app holds with what it should hold. `held` has, for each of its inotify instances,
    /// the (inode, sdev) pairs of fdinfo; see [`crate::machine::processes::watched_inodes`].
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn gap(
        &self,
        held: &[Vec<(u64, u64)>],
        inventory: &mut Inventory,
        progress: &Progress,
    ) -> Result<Gap, Cancelled> {
        let roots: Vec<&Path> = self.need.certain_roots().map(|root| root.path.as_path()).collect();
        inventory.cover(&roots, progress)?;
        Ok(gap::find(self, held, inventory))
    }
}

/// Tells whether the interpreter's own library lies below the script's folder (a conda environment in the project): its
/// modules are roots, too, before watchdog 7, and which of them are loaded is not known.
fn holds_standard_library(launch: &Launch, python: Option<&Python>) -> bool {
    let folder = paths::folder(&paths::real(&launch.script));
    let packages = python.map(|python| python.site_packages.as_slice()).unwrap_or_default();
    let libraries = packages.iter().map(|packages| paths::real(&paths::folder(packages)).join("os.py"));
    libraries
        .into_iter()
        .any(|module| module.starts_with(&folder) && guarded::is_file(&module) && !glob::is_blacklisted(&module, &[]))
}

/// `getcwd` has no links in it, so neither has a script given relative to it.
fn as_streamlit_sees(launch: &Launch) -> Launch {
    let cwd = paths::real(&launch.cwd);
    let script = launch.script.strip_prefix(&launch.cwd).map_or_else(|_| launch.script.clone(), |rest| cwd.join(rest));
    let script = paths::absolute(&script, &cwd);
    // A folder stands for the `streamlit_app.py` in it.
    let script = if guarded::is_folder(&script) { script.join("streamlit_app.py") } else { script };
    Launch { script, cwd, ..launch.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_launch_without_script_needs_nothing() {
        let told = Streamlit::forecast(&Launch::default(), None, &Progress::default()).expect("nothing cancels it");
        assert_eq!((told.need.watches, told.need.roots.len(), told.need.estimate), (0, 0, true));
    }
}
