//! The plan: every change of the world as a value, before anything is done. The preview, the diff, the
//! confirmation, the journal, undo and the report all show this same value.

use super::diff::Diff;
use super::raise_limits::RaiseLimits;
use super::restart::Restart;
use super::stored;
use std::path::{Path, PathBuf};

/// Names of the remedies that make plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(strum::EnumIter))]
#[serde(rename_all = "kebab-case")]
pub enum RemedyName {
    /// Raises the kernel's limits.
    RaiseLimits,
    /// Changes the project's or the person's Streamlit settings.
    StreamlitConfig,
    /// Puts an environment variable into a launch script.
    LaunchScript,
    /// Puts an environment variable into the desktop session.
    SessionVariable,
    /// Moves caches to the trash.
    ClearCaches,
    /// Restarts running apps.
    Restart,
    /// Lets an editor of the VS Code family watch fewer folders.
    VscodeExclude,
    /// Tells the launch of a watcher to poll or to watch less.
    WatcherLaunch,
}

/// Changes that will be made and what they will bring.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Plan {
    /// The remedy that made it.
    pub remedy: RemedyName,
    /// The changes, in the order in which they are made.
    pub changes: Vec<Change>,
    /// The promise; verification checks it.
    pub promise: Promise,
}

/// One change of the world.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Change {
    /// Makes a folder that is not there.
    MakeFolder {
        /// The path.
        #[serde(with = "stored::path")]
        path: PathBuf,
    },
    /// Writes a file from `before` (`None`: it is not there) to `after`.
    WriteFile {
        /// The file that is written: a link was followed beforehand.
        #[serde(with = "stored::path")]
        path: PathBuf,
        /// The bytes when the plan was made.
        #[serde(with = "stored::maybe_bytes")]
        before: Option<Vec<u8>>,
        /// The bytes afterwards.
        #[serde(with = "stored::bytes")]
        after: Vec<u8>,
    },
    /// Raises the kernel's limits, as administrator.
    RaiseLimits(RaiseLimits),
    /// Moves a file or folder to the trash.
    Trash {
        /// The path that is moved.
        #[serde(with = "stored::path")]
        path: PathBuf,
        /// Directories in it, itself included; 0 for a file.
        directories: u64,
        /// Bytes freed.
        bytes: u64,
    },
    /// Ends a running app and starts it again.
    Restart(Restart),
}

impl Plan {
    /// The world is already as asked: there is nothing to do.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Tells whether at least one of its changes can be taken back.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        self.changes.iter().any(Change::can_be_undone)
    }
}

impl Change {
    /// Tells whether it can be taken back; an ended process cannot.
    #[must_use]
    pub const fn can_be_undone(&self) -> bool {
        !matches!(self, Self::Restart(_))
    }

    /// The file or folder it is about, where it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::MakeFolder { path } | Self::WriteFile { path, .. } | Self::Trash { path, .. } => Some(path),
            Self::RaiseLimits(_) | Self::Restart(_) => None,
        }
    }

    /// Returns the changes in the file, line by line; `None` where no file is written.
    #[must_use]
    pub fn diff(&self) -> Option<Diff> {
        let Self::WriteFile { before, after, .. } = self else { return None };
        Some(Diff::between(before.as_deref().unwrap_or_default(), after))
    }
}

/// Costs and gains of a remedy; checked afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Promise {
    /// Watches the app takes afterwards; `None` where that is not known.
    pub watches_after: Option<u64>,
    /// Whether a change still reloads the app.
    pub hot_reload: HotReload,
    /// An administrator's password is needed.
    pub needs_administrator: bool,
    /// Whether it holds after a reboot.
    pub survives_reboot: bool,
    /// Whether running apps have to be restarted.
    pub needs_restart: bool,
}

/// Answers to whether a change still reloads the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(strum::EnumIter))]
#[serde(rename_all = "kebab-case")]
pub enum HotReload {
    /// Hot reload as before, by inotify.
    Kept,
    /// Hot reload by polling, which costs CPU.
    Polling,
    /// No hot reload any more.
    Lost,
}
