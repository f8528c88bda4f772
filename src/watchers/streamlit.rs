//! Streamlit among the watchers. Its roots follow from the script, from what that imports and from the settings:
//! [`crate::project::streamlit`] foretells them, and this says the same in the terms of all watchers.

use super::{Knob, PollingVariable, WatchedRoot, Watcher, WatcherForecast};
use crate::machine::Kind;
use crate::project::Streamlit;
use crate::project::streamlit::Watcher as FileWatcher;

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Streamlit,
    settings: |_, _| None,
    knobs: |_| Ok(Vec::new()),
    polling: Some(PollingVariable { name: "STREAMLIT_SERVER_FILE_WATCHER_TYPE", value: "poll" }),
    programs: &["streamlit"],
};

/// The need of an app for which this was foretold.
#[must_use]
pub fn forecast(app: &Streamlit) -> WatcherForecast {
    let need = &app.need;
    let root = |root: &crate::project::streamlit::WatchRoot| WatchedRoot {
        path: root.path.clone(),
        watches: root.directories,
    };
    WatcherForecast {
        watches: need.at_least.unwrap_or(need.watches),
        at_most: need.at_least.map(|_| need.watches),
        instances: need.instances,
        roots: need.roots.iter().map(root).collect(),
    }
}

/// What would reduce it: nothing where it does not watch by inotify.
#[must_use]
pub fn knobs(app: &Streamlit) -> Vec<Knob> {
    let polling = WATCHER.polling.filter(|_| app.watcher == FileWatcher::Watchdog);
    polling.map(PollingVariable::knob).into_iter().collect()
}
