//! Programs that watch the project: what each holds, what it needs, what reduces it.

use super::machine::shown;
use crate::machine::Kind;
use crate::survey::{self, ProjectWatcher, WatchedPath};
use crate::watchers::{Knob, Lever};
use serde::Serialize;

/// One program that watches the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WatcherEntry {
    /// The kind of program.
    pub kind: Kind,
    /// Process id; null where it does not run.
    pub pid: Option<u32>,
    /// Watches that it holds, wherever they are.
    pub watches: u64,
    /// Inotify instances that it holds.
    pub instances: u64,
    /// Directories of the project that it watches; null where that could not be read.
    pub in_project: Option<u64>,
    /// Watches that a new start takes, the fewest where `at_most` is set; null where that cannot be foretold.
    pub needed: Option<u64>,
    /// The most that a new start takes, where that is not known exactly.
    pub at_most: Option<u64>,
    /// The folders that it watches recursively.
    pub roots: Vec<WatcherRoot>,
    /// Folders with installed or generated files that it watches, what holds most first.
    pub heavy: Vec<WatcherFolder>,
    /// What would reduce it.
    pub knobs: Vec<WatcherKnob>,
}

/// One folder watched recursively.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WatcherRoot {
    /// The folder.
    pub path: String,
    /// Watches for it and what is below.
    pub watches: u64,
}

/// Folders of one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WatcherFolder {
    /// The name, or the path below the project.
    pub name: String,
    /// Directories in them that it watches.
    pub watches: u64,
}

/// One thing that reduces the watches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WatcherKnob {
    /// The place where it is set.
    pub place: KnobPlace,
    /// The text to type, or to put into the file.
    pub text: String,
    /// Watches afterwards; null where that cannot be counted.
    pub watches_after: Option<u64>,
}

/// Places where a watcher can be told to watch less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnobPlace {
    /// An environment variable of the program.
    Variable,
    /// An option of the command.
    Flag,
    /// `.vscode/settings.json` of the project.
    VscodeSettings,
    /// The configuration file of Vite.
    ViteConfig,
}

/// A path that was asked about, and who watches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Watching {
    /// The path.
    pub path: String,
    /// Processes that watch it or what is below, most watches first.
    pub watchers: Vec<PathWatcherEntry>,
}

/// A process that watches the path or what is below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathWatcherEntry {
    /// Process id.
    pub pid: u32,
    /// The kind of program.
    pub kind: Kind,
    /// The program's name.
    pub program: String,
    /// Whether it watches the path itself.
    pub itself: bool,
    /// Folders below that it watches.
    pub below: u64,
}

impl Watching {
    pub(super) fn of(watched: &WatchedPath) -> Self {
        let watchers = watched.watchers.iter().map(|one| PathWatcherEntry {
            pid: one.pid,
            kind: one.kind,
            program: one.program.clone(),
            itself: one.itself,
            below: one.below,
        });
        Self { path: shown(&watched.path), watchers: watchers.collect() }
    }
}

impl WatcherEntry {
    /// Lists them all, most watches first.
    pub(in crate::report) fn all(project: &survey::Project) -> Vec<Self> {
        project.watchers.iter().map(Self::of).collect()
    }

    fn of(watcher: &ProjectWatcher) -> Self {
        let forecast = watcher.forecast.as_ref();
        let roots = forecast.map(|forecast| forecast.roots.as_slice()).unwrap_or_default();
        let heavy = watcher.heavy.iter();
        Self {
            kind: watcher.kind,
            pid: Some(watcher.pid),
            watches: watcher.watches,
            instances: watcher.instances,
            in_project: watcher.in_project,
            needed: forecast.map(|forecast| forecast.watches),
            at_most: forecast.and_then(|forecast| forecast.at_most),
            roots: roots.iter().map(|root| WatcherRoot { path: shown(&root.path), watches: root.watches }).collect(),
            heavy: heavy.map(|one| WatcherFolder { name: one.name.clone(), watches: one.watches }).collect(),
            knobs: watcher.knobs.iter().map(WatcherKnob::of).collect(),
        }
    }
}

impl WatcherKnob {
    fn of(knob: &Knob) -> Self {
        let place = match &knob.lever {
            Lever::Variable(..) => KnobPlace::Variable,
            Lever::Flag(_) => KnobPlace::Flag,
            Lever::VscodeExclude(_) => KnobPlace::VscodeSettings,
            Lever::ViteIgnored(_) => KnobPlace::ViteConfig,
        };
        Self { place, text: knob.lever.text(), watches_after: knob.watches_after }
    }
}
