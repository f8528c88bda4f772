//! Running apps of the project: which were started before something changed that they read only when they start.

use super::{Check, Expectation, Facts};
use crate::guarded;
use crate::machine::Places;
use crate::machine::process_dir::clock;
use crate::project::streamlit::{ConfigState, Watcher};
use crate::survey::{Project, RunningApp};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// One app and the last change before or after its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppAge {
    /// The process.
    pub pid: u32,
    /// The time when it started; `None` where /proc does not tell.
    pub started: Option<Timestamp>,
    /// The last change that was made after it started: it runs with what was set before.
    pub changed_since: Option<Changed>,
    /// A limit was raised after it started, which makes no difference to it: it has all it needs.
    pub unaffected: bool,
    /// Watches it holds; `None` where they could not be read.
    pub watches: Option<u64>,
    /// Watches it will hold when it is started again.
    pub after_restart: u64,
}

/// A file that decides what an app does, and when it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The file.
    pub path: PathBuf,
    /// The time.
    pub at: Timestamp,
}

impl Changed {
    pub(super) fn at(path: &Path, at: Timestamp) -> Self {
        Self { path: path.to_path_buf(), at }
    }
}

/// Compares each app with the settings files of its own launch, which may differ from those of the next one.
pub(super) fn check(project: &Project, expected: &Expectation) -> Check {
    let ages: Vec<AppAge> = project.running.iter().map(|app| age(app, expected)).collect();
    let unknown = ages.iter().any(|app| app.started.is_none());
    let old = ages.iter().any(|app| app.changed_since.is_some());
    // Where no app runs, nothing is proved.
    let nothing_seen = unknown || ages.is_empty();
    let facts = Facts::RunningApps(ages);
    if nothing_seen && !old { Check::could_not_run(facts) } else { Check::when(!old, facts) }
}

fn age(app: &RunningApp, expected: &Expectation) -> AppAge {
    let started = app.started_ticks.and_then(|ticks| clock::moment(&Places::default(), ticks));
    let next = app.next.as_ref();
    let files = next.into_iter().flat_map(|next| &next.config_files).filter(|file| file.state != ConfigState::Missing);
    let after = |change: &Changed| started.is_some_and(|started| change.at > started);
    let acts = expected.changed.iter().chain(expected.raised.iter().filter(|_| !has_all(app))).cloned();
    let last = files.filter_map(|file| changed(&file.path)).chain(acts).max_by_key(|change| change.at);
    AppAge {
        pid: app.pid,
        started,
        changed_since: last.filter(after),
        unaffected: has_all(app) && expected.raised.iter().any(after),
        watches: app.readable.then_some(app.watches),
        after_restart: next.map_or(0, |next| next.need.watches),
    }
}

/// Tells whether a higher limit makes no difference to an app: it holds all it needs, or does not watch by inotify.
fn has_all(app: &RunningApp) -> bool {
    let watches = app.next.as_ref().is_none_or(|next| next.watcher == Watcher::Watchdog);
    let full = app.gap.as_ref().is_some_and(|gap| gap.expected > 0 && gap.unwatched_count == 0);
    !watches || full && app.looping().is_none()
}

/// The last change of what is at this path: of its content, or of which file it is (a file that was moved or copied here
/// may be as old as it likes).
fn changed(path: &Path) -> Option<Changed> {
    let at = guarded::about(path).ok()?.changed();
    Some(Changed::at(path, Timestamp::try_from(at).ok()?))
}
