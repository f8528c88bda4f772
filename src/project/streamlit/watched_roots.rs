//! The folders that an app watches, and what they take.

use super::QueueLoad;
use std::path::PathBuf;

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
