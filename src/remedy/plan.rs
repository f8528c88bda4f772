//! The plan: every change of the world as a value, before anything is done. The preview, the diff, the
//! confirmation, the journal, undo and the report all show this same value.

use super::raise_limits::RaiseLimits;
use std::path::PathBuf;

/// Which remedy made a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemedyName {
    /// Raise the kernel's limits.
    RaiseLimits,
    /// Change the project's or the person's Streamlit settings.
    StreamlitConfig,
    /// Put an environment variable into a launch script.
    LaunchScript,
    /// Put an environment variable into the desktop session.
    SessionVariable,
    /// Move caches to the trash.
    ClearCaches,
    /// Restart running apps.
    Restart,
}

/// What will be done and what it will bring.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Plan {
    /// Which remedy made it.
    pub remedy: RemedyName,
    /// The changes, in the order in which they are made.
    pub changes: Vec<Change>,
    /// What it promises; verification checks it.
    pub promise: Promise,
}

/// One change of the world.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Change {
    /// Make a folder that is not there.
    MakeFolder {
        /// Its path.
        path: PathBuf,
    },
    /// Write a file from `before` (`None`: it is not there) to `after`.
    WriteFile {
        /// The file that is written: a link was followed beforehand.
        path: PathBuf,
        /// Its bytes when the plan was made.
        before: Option<Vec<u8>>,
        /// Its bytes afterwards.
        after: Vec<u8>,
    },
    /// Raise the kernel's limits, as administrator.
    RaiseLimits(RaiseLimits),
    /// Move a file or folder to the trash.
    Trash {
        /// What is moved.
        path: PathBuf,
        /// Directories in it, itself included; 0 for a file.
        directories: u64,
        /// Bytes freed.
        bytes: u64,
    },
}

/// What a remedy costs and gives; checked afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Promise {
    /// Watches the app takes afterwards; `None` where that is not known.
    pub watches_after: Option<u64>,
    /// Whether a change still reloads the app.
    pub hot_reload: HotReload,
    /// An administrator's password is needed.
    pub needs_administrator: bool,
    /// It holds after a reboot.
    pub survives_reboot: bool,
    /// Running apps have to be restarted.
    pub needs_restart: bool,
}

/// Whether a change still reloads the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HotReload {
    /// As before, by inotify.
    Kept,
    /// By polling, which costs CPU.
    Polling,
    /// No more.
    Lost,
}
