//! Programs that watch a project besides Streamlit: what each watches, how it counts, and what reduces it.
//!
//! A closed enum; each watcher is one file that reads how a process was started and its settings, and says the
//! [`WatchScope`] that follows. [`WatchScope::count`] counts every one of them alike in the project's inventory. Each figure is
//! held against the real program by `tests/it/watchers`.

mod exclusions;
mod heavy;
mod invocation;
mod jest;
mod knob;
mod nodemon;
mod scope;
mod text;
mod uvicorn;
mod vite;
pub mod vscode;
mod watchmedo;
mod webpack;

pub use exclusions::{Exclusions, PatternBase};
pub use heavy::{HeavyFolder, heavy_folders};
pub use invocation::Invocation;
pub use knob::{Knob, Lever, worthwhile};
pub use scope::{ScopeCount, WatchScope, WatchedRoot};

use crate::machine::Kind;
use crate::progress::{Cancelled, Progress};
use crate::project::Inventory;
use std::path::Path;

/// Watchers whose need can be foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub enum WatcherKind {
    /// `uvicorn --reload` and `fastapi dev`, which watch with watchfiles.
    Uvicorn,
    /// Vite's development server: chokidar.
    Vite,
    /// nodemon: chokidar.
    Nodemon,
    /// Visual Studio Code and its family: `@parcel/watcher`.
    Vscode,
    /// webpack in watch mode: watchpack.
    Webpack,
    /// watchmedo: watchdog on the command line.
    Watchmedo,
    /// `jest --watch` without Watchman.
    Jest,
}

/// Settings of one watcher, read.
#[derive(Clone, Debug)]
pub struct WatcherSettings {
    /// The part of the file system that it watches.
    pub scope: WatchScope,
    /// Whether it polls, and so takes no watch and no instance.
    pub polls: bool,
    /// Whether the scope is only the most that it can be: what decides is code, or the modules that are loaded.
    pub at_most: bool,
}

/// The need of one watcher.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatcherForecast {
    /// Watches, the fewest where `at_most` is set.
    pub watches: u64,
    /// The most that it can be, where that is not known exactly.
    pub at_most: Option<u64>,
    /// Inotify instances.
    pub instances: u64,
    /// The folders that it watches recursively.
    pub roots: Vec<WatchedRoot>,
}

impl WatcherKind {
    /// The watcher that a process of this kind is, where its need can be foretold.
    #[must_use]
    pub const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Uvicorn => Some(Self::Uvicorn),
            Kind::Vite => Some(Self::Vite),
            Kind::Nodemon => Some(Self::Nodemon),
            Kind::Vscode => Some(Self::Vscode),
            Kind::Webpack => Some(Self::Webpack),
            Kind::Watchmedo => Some(Self::Watchmedo),
            Kind::Jest => Some(Self::Jest),
            Kind::Streamlit
            | Kind::Jupyter
            | Kind::Django
            | Kind::Flask
            | Kind::Jetbrains
            | Kind::Next
            | Kind::Watchman
            | Kind::AiAgent
            | Kind::Node
            | Kind::Dotnet
            | Kind::Gradle
            | Kind::Java
            | Kind::Watchfiles
            | Kind::Python
            | Kind::Tail
            | Kind::Inotifywait
            | Kind::Kubelet
            | Kind::LogCollector
            | Kind::FileIndexer
            | Kind::FileSync
            | Kind::FileManager
            | Kind::Desktop
            | Kind::Systemd
            | Kind::Docker
            | Kind::Other => None,
        }
    }

    /// Reads the settings of a process. `project` is the folder that an editor has open. `None` where the process
    /// watches nothing, such as a server that does not reload.
    #[must_use]
    pub fn settings(self, invocation: &Invocation, project: &Path) -> Option<WatcherSettings> {
        match self {
            Self::Uvicorn => uvicorn::settings(invocation),
            Self::Vite => vite::settings(invocation),
            Self::Nodemon => nodemon::settings(invocation),
            Self::Vscode => Some(vscode::settings(invocation, project)),
            Self::Webpack => webpack::settings(invocation),
            Self::Watchmedo => watchmedo::settings(invocation),
            Self::Jest => jest::settings(invocation),
        }
    }
}

impl WatcherSettings {
    /// The same with these patterns left out as well.
    #[must_use]
    pub fn without(&self, patterns: &[String]) -> Self {
        let mut settings = self.clone();
        let excluded = std::mem::take(&mut settings.scope.excluded);
        settings.scope.excluded = excluded.patterns(patterns.iter().map(String::as_str));
        settings
    }

    /// Counts what the watcher will take. `None` where a root lies above or outside of the project: walking there may
    /// take hours, and is not what a look at one project is for.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn forecast(
        &self,
        inventory: &mut Inventory,
        progress: &Progress,
    ) -> Result<Option<WatcherForecast>, Cancelled> {
        if self.polls {
            return Ok(Some(WatcherForecast::default()));
        }
        let inside = inventory.index().map(|index| index.real_root().to_path_buf());
        if !inside.is_some_and(|project| self.scope.roots.iter().all(|root| root.starts_with(&project))) {
            return Ok(None);
        }
        let count = self.scope.count(inventory, progress)?;
        let exact = count.certain && !self.at_most;
        let watches = if exact { count.watches } else { count.fewest.min(count.watches) };
        Ok(Some(WatcherForecast {
            watches,
            at_most: (!exact).then_some(count.watches),
            instances: 1,
            roots: count.roots,
        }))
    }
}
