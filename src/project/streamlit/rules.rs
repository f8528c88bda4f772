//! Differences between versions of Streamlit and watchdog, as measured (versions named) or read in their source.

use super::Version;
use crate::project::Python;

/// The behaviour of one installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    /// `server.folderWatchList` exists. 1.46 and later.
    pub(super) folder_watch_list: bool,
    /// `.streamlit/config.toml` beside the script is read, last of all files. 1.46 and later.
    pub(super) script_folder_config: bool,
    /// Whether every folder with an existing config file becomes a root at start-up. Up to 1.53.
    pub(super) config_roots: bool,
    /// A link given as script makes the link's own folder a root, too. Up to 1.46.
    pub(super) link_folder_is_root: bool,
    /// `auto` means polling on WSL.
    pub(super) wsl_polls: bool,
    /// One instance for all roots, a directory that several share watched once. watchdog 7 and later.
    pub(super) one_instance: bool,
    /// What is measured of this version.
    pub(super) measured: Measured,
}

/// Places of a version among those that were measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measured {
    /// No Streamlit was found, or one older than the oldest measured.
    No,
    /// One between the oldest and the newest measured.
    Yes,
    /// A newer one.
    Newer,
}

/// The newest Streamlit that was measured: 1.67.
pub(super) const NEWEST_MEASURED: (u64, u64) = (1, 67);
/// The oldest: 1.28, as exact as the later ones in all that was tried.
const OLDEST_MEASURED: (u64, u64) = (1, 28);

impl Rules {
    /// The rules of what is installed in `python`; the newest where no Streamlit is found.
    pub(super) fn of(python: Option<&Python>) -> Self {
        let streamlit = python.and_then(|python| python.streamlit.as_ref());
        let watchdog = python.and_then(|python| python.watchdog.as_ref());
        let since = |minor| streamlit.is_none_or(|version: &Version| version.at_least(1, minor));
        Self {
            folder_watch_list: since(46),
            script_folder_config: since(46),
            config_roots: !since(54),
            link_folder_is_root: !since(47),
            wsl_polls: since(WSL_POLLS_SINCE),
            one_instance: watchdog.is_none_or(|version| version.at_least(7, 0)),
            measured: measured(streamlit),
        }
    }
}

impl Rules {
    /// Whether what is counted by them is an estimate.
    pub(super) fn is_estimate(self) -> bool {
        self.measured != Measured::Yes
    }
}

fn measured(streamlit: Option<&Version>) -> Measured {
    let Some(version) = streamlit else { return Measured::No };
    let (major, minor) = NEWEST_MEASURED;
    if version.at_least(major, minor + 1) {
        Measured::Newer
    } else if version.at_least(OLDEST_MEASURED.0, OLDEST_MEASURED.1) {
        Measured::Yes
    } else {
        Measured::No
    }
}

/// The first 1.x in which `auto` polls on WSL (not in 1.58, in the source of 1.59).
const WSL_POLLS_SINCE: u64 = 59;
