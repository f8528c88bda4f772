//! Streamlit's behaviour with this project: its effective settings, and the watches it will take.

#[allow(clippy::wildcard_enum_match_arm, reason = "of Python, all that is not followed is unknown")]
mod app;
pub mod components;
mod config_file;
mod configuration;
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
mod watched_roots;

pub use app::{Stop, StopReason};
pub use configuration::{BrokenToml, ConfigFile, ConfigState, Setting, Source, broken_toml};
pub use mistake::TomlMistake;
pub use surroundings::Surroundings;
pub use watched_roots::{Need, RootReason, WatchRoot};

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
