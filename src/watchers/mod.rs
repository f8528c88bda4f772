//! Programs that watch a project: what each watches, how it counts, and what reduces it.
//!
//! A closed enum; each watcher is one file with one `Watcher`, which reads how a process was started and its settings,
//! and says the [`WatchScope`] that follows. [`WatchScope::count`] counts every one of them alike in the project's inventory.
//! Streamlit's scope follows from its script and is foretold by [`crate::project::streamlit`]; [`streamlit`] puts that in the
//! same terms. Each figure is held against the real program by `tests/it/watchers`.

mod documented;
mod exclusions;
mod heavy;
mod invocation;
mod jest;
mod knob;
mod next;
mod nodemon;
mod scope;
pub mod streamlit;
mod text;
pub mod uvicorn;
mod vite;
pub mod vscode;
mod watchmedo;
mod webpack;

pub use documented::Documented;
pub use exclusions::{Exclusions, PatternBase};
pub use heavy::{HeavyFolder, heavy_folders, is_heavy};
pub use invocation::Invocation;
use knob::Turning;
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
    /// Streamlit: watchdog, or its own polling.
    Streamlit,
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
    /// `next dev`: watchpack, and Turbopack's own.
    Next,
    /// watchmedo: watchdog on the command line.
    Watchmedo,
    /// `jest --watch` without Watchman.
    Jest,
}

/// Settings of one watcher, read.
#[derive(Clone, Debug, Default)]
pub struct WatcherSettings {
    /// The part of the file system that it watches.
    pub scope: WatchScope,
    /// Whether it polls, and so takes no watch and no instance.
    pub polls: bool,
    /// Whether the scope is only the most that it can be: what decides is code, or the modules that are loaded.
    pub at_most: bool,
    /// Scopes of further instances, each with watches of its own.
    pub also: Vec<WatchScope>,
    /// Watches besides: of folders outside, or that are made when it starts.
    pub further: u64,
    /// The part of a scope of which only the most is known that it watches in any case.
    pub sure: Option<WatchScope>,
    /// The folders of which it may come to watch any while it is used.
    pub grows: Option<WatchScope>,
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

/// One watcher: everything that tells it from the others.
struct Watcher {
    /// The kind of its process.
    process: Kind,
    /// Reads how it was started and its settings, for the folder that an editor has open. `None` where it watches
    /// nothing, such as a server that does not reload.
    settings: fn(&Invocation, &Path) -> Option<WatcherSettings>,
    /// The knobs besides polling. Those that free nothing are left out.
    knobs: fn(&mut Turning<'_>) -> Result<Vec<Knob>, Cancelled>,
    /// The variable that makes it poll, where there is one.
    polling: Option<PollingVariable>,
    /// The program's names on a command line.
    programs: &'static [&'static str],
}

/// An environment variable that makes a watcher poll: it takes no watch and no instance then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollingVariable {
    /// The name.
    pub name: &'static str,
    /// The value that turns polling on.
    pub value: &'static str,
}

impl WatcherKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Streamlit,
        Self::Uvicorn,
        Self::Vite,
        Self::Nodemon,
        Self::Vscode,
        Self::Webpack,
        Self::Next,
        Self::Watchmedo,
        Self::Jest,
    ];

    const fn watcher(self) -> &'static Watcher {
        match self {
            Self::Streamlit => &streamlit::WATCHER,
            Self::Uvicorn => &uvicorn::WATCHER,
            Self::Vite => &vite::WATCHER,
            Self::Nodemon => &nodemon::WATCHER,
            Self::Vscode => &vscode::WATCHER,
            Self::Webpack => &webpack::WATCHER,
            Self::Next => &next::WATCHER,
            Self::Watchmedo => &watchmedo::WATCHER,
            Self::Jest => &jest::WATCHER,
        }
    }

    /// The watcher that a process of this kind is, where its need can be foretold.
    #[must_use]
    pub fn of(kind: Kind) -> Option<Self> {
        Self::ALL.into_iter().find(|watcher| watcher.process() == kind)
    }

    /// The kind of its process.
    #[must_use]
    pub const fn process(self) -> Kind {
        self.watcher().process
    }

    /// The variable that makes it poll, where there is one.
    #[must_use]
    pub const fn polling(self) -> Option<PollingVariable> {
        self.watcher().polling
    }

    /// The program's names on a command line, the usual one first.
    #[must_use]
    pub const fn programs(self) -> &'static [&'static str] {
        self.watcher().programs
    }

    /// Whether it serves an app, which can be started anew without anybody at a terminal; Streamlit is looked at by itself.
    #[must_use]
    pub const fn is_server(self) -> bool {
        match self {
            Self::Uvicorn | Self::Vite | Self::Nodemon | Self::Webpack => true,
            Self::Streamlit | Self::Vscode | Self::Next | Self::Watchmedo | Self::Jest => false,
        }
    }

    /// Whether each file takes a watch, too: chokidar's programs.
    #[must_use]
    pub const fn watches_files(self) -> bool {
        match self {
            Self::Vite | Self::Nodemon => true,
            Self::Streamlit
            | Self::Uvicorn
            | Self::Vscode
            | Self::Webpack
            | Self::Next
            | Self::Watchmedo
            | Self::Jest => false,
        }
    }

    /// Reads the settings of a process. `project` is the folder that an editor has open. `None` where the process
    /// watches nothing, such as a server that does not reload, and for Streamlit, whose script decides.
    #[must_use]
    pub fn settings(self, invocation: &Invocation, project: &Path) -> Option<WatcherSettings> {
        (self.watcher().settings)(invocation, project)
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
        let mut besides = self.further;
        for scope in &self.also {
            besides += scope.count(inventory, progress)?.watches;
        }
        let fewest = match &self.sure {
            Some(sure) => sure.count(inventory, progress)?.watches,
            None => count.fewest,
        };
        let watches = besides + if exact { count.watches } else { fewest.min(count.watches) };
        let most = besides + count.watches;
        let grown = self.grows.as_ref().map(|scope| scope.count(inventory, progress)).transpose()?;
        let at_most = match grown {
            Some(grown) => Some(most + grown.watches),
            None => (!exact).then_some(most),
        };
        let instances = 1 + self.also.len() as u64;
        Ok(Some(WatcherForecast { watches, at_most, instances, roots: count.roots }))
    }
}
