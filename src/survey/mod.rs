//! All facts taken in one go: the machine, the project, and what joins the two (running apps of the project).

mod apps;
mod error;
mod forecasts;
mod held;
pub mod request;
mod servers;
mod take;
mod watchers;
mod watching;

use crate::machine::Machine;
use crate::machine::processes::Steadiness;
use crate::machine::rlimit::Descriptors;
use crate::project::disk::DiskFree;
use crate::project::{EntryScript, Inventory, Launch, LogHit, Python, Streamlit, TreeCount, streamlit::Gap};
use crate::watchers::WatcherKind;
pub use error::SurveyError;
pub use request::Request;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
pub use watchers::{HeldInFolder, ProjectWatcher};
pub use watching::{PathWatcher, WatchedPath};

/// Facts that are known when a diagnosis is made.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The computer.
    pub machine: Machine,
    /// The project, where one was chosen.
    pub project: Option<Project>,
    /// The path that was asked about, and who watches it.
    pub watching: Option<WatchedPath>,
    /// The time when it was taken, seconds since the Unix epoch.
    pub taken_at: u64,
}

/// The chosen project.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder, absolute.
    pub root: PathBuf,
    /// The count of its whole tree.
    pub tree: TreeCount,
    /// The tree in every detail, with the folders outside that are watched as well.
    pub inventory: Arc<Inventory>,
    /// The entry script in use.
    pub script: Option<EntryScript>,
    /// All candidates, best first.
    pub scripts: Vec<EntryScript>,
    /// The interpreter in use.
    pub python: Option<Python>,
    /// All candidates, best first.
    pub pythons: Vec<Python>,
    /// The launch of the app, where there is a script.
    pub launch: Option<Launch>,
    /// Streamlit's forecast, where there is a script.
    pub streamlit: Option<Streamlit>,
    /// The watches the app would take without `server.folderWatchBlacklist`; counted only where that is set.
    pub watches_without_blacklist: Option<u64>,
    /// Running Streamlit apps of this project.
    pub running: Vec<RunningApp>,
    /// Running servers of this project other than Streamlit's, whether they watch anything or not.
    pub servers: Vec<Server>,
    /// Processes of this account that watch folders of it, Streamlit's apps among them, most watches in it first.
    pub watchers: Vec<ProjectWatcher>,
    /// Room on the disk where it lies, where that answers.
    pub disk: Option<DiskFree>,
    /// Logs with an inotify error, newest first.
    pub logs: Vec<LogHit>,
}

impl Project {
    /// The processes that watch a folder of the project or folders below, by what was read with the survey. `path` is
    /// absolute, or as seen from the project's folder; `None` where it names none of the project's folders.
    #[must_use]
    pub fn watching(&self, path: &Path) -> Option<Vec<u32>> {
        let index = self.inventory.index()?;
        let below = path.strip_prefix(&self.root).or_else(|_| path.strip_prefix(index.real_root())).unwrap_or(path);
        let plain: PathBuf = below.components().filter(|part| *part != Component::CurDir).collect();
        let folder = index.find(&index.real_root().join(plain))?;
        let range = index.subtree(folder);
        Some(self.watchers.iter().filter(|one| one.watches_any(&range)).map(|one| one.pid).collect())
    }
}

/// A running Streamlit app of the project.
#[derive(Clone, Debug, Default)]
pub struct RunningApp {
    /// The process id.
    pub pid: u32,
    /// The start in clock ticks since the boot; `None` where /proc does not tell.
    pub started_ticks: Option<u64>,
    /// Watches it holds; of the same reading as `held` and `gap`, so that these add up.
    pub watches: u64,
    /// Inotify instances it holds.
    pub instances: u64,
    /// Whether what it holds could be read; otherwise `watches` and `instances` are 0 and unknown.
    pub readable: bool,
    /// The interpreter with what is installed in it.
    pub python: Option<Python>,
    /// The own launch: command line, folder and environment as the process has them.
    pub launch: Launch,
    /// The (inode, sdev) pairs it watches, instance by instance, where they could be read.
    pub held: Option<Vec<Vec<(u64, u64)>>>,
    /// The open descriptors and `RLIMIT_NOFILE`, where they may be read.
    pub descriptors: Option<Descriptors>,
    /// Whether two readings shortly one after the other differ: at the limit, watchdog 7 takes up and gives back
    /// watches all the time.
    pub changing: bool,
    /// Several readings of it over a second; `None` where they could not be taken.
    pub steadiness: Option<Steadiness>,
    /// The event queue, as long as queues are now, does not hold what the app puts into it when it starts over.
    pub queue_too_short: bool,
    /// Somebody has it open in a browser; `None` where that is not known. Without a session it watches nothing.
    pub session_open: Option<bool>,
    /// Folders that it should watch and does not; `None` where its watches could not be read.
    pub gap: Option<Gap>,
    /// The forecast for when it is started again: its own launch, with the settings files as they are now.
    pub next: Option<Streamlit>,
}

/// A running server of the project that may start its app again when a file changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The process id: of the process that watches, where there are several.
    pub pid: u32,
    /// The watcher that it is.
    pub kind: WatcherKind,
    /// The command as a person would type it.
    pub command: String,
    /// Whether it starts its app again when a file changes.
    pub reloads: bool,
    /// Whether its environment or its settings make it poll.
    pub polls: bool,
    /// The folder that it was started in, links resolved.
    pub cwd: PathBuf,
    /// The Python package that its app is in, where it is in one.
    pub package: Option<String>,
}
