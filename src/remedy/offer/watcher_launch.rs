//! The offer to tell the launch of a watcher to poll or to watch less.

use super::{Case, Note, Obstacle, Offer};
use crate::guarded;
use crate::progress::Progress;
use crate::remedy::watcher_launch::{self, LaunchSetting};
use crate::remedy::{RemedyError, session_variable};
use crate::survey::Project;
use crate::watchers::{Invocation, Knob, Lever, PollingVariable, WatcherKind};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A running watcher of the project besides Streamlit that can be told to poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollableWatcher {
    /// The watcher.
    pub kind: WatcherKind,
    /// Watches that all running ones of it hold.
    pub watches: u64,
    /// Lines for its settings, which are code, that leave out what is installed or generated.
    pub snippet: Option<Knob>,
}

impl PollableWatcher {
    /// Lists those of a project, what holds most first.
    pub(super) fn of(project: &Project) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for watcher in &project.watchers {
            let Some(kind) = WatcherKind::of(watcher.kind) else { continue };
            if !kind.is_server() || kind.polling().is_none() {
                continue;
            }
            match all.iter_mut().find(|known| known.kind == kind) {
                Some(known) => known.watches += watcher.watches,
                None => {
                    let snippet = watcher.knobs.iter().find(|knob| matches!(knob.lever, Lever::ViteIgnored(_)));
                    all.push(Self { kind, watches: watcher.watches, snippet: snippet.cloned() });
                }
            }
        }
        all
    }
}

impl Case {
    /// The setting in a shell script or in `package.json`. Reads it.
    #[must_use]
    pub fn watcher_launch(&self, setting: &LaunchSetting, file: &Path) -> Offer {
        let absolute = std::path::absolute(file).map_err(|error| RemedyError::of(file, &error));
        let after = self.watches_with(setting);
        let plan = absolute.and_then(|file| watcher_launch::plan(setting, &file, &self.own, after));
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: Vec::new() }
    }

    /// The variable for the desktop session. Reads its files.
    #[must_use]
    pub fn watcher_session(&self, kind: WatcherKind, polling: PollingVariable) -> Offer {
        let file = session_variable::file(&self.variables);
        let plan = file.clone().and_then(|file| watcher_launch::plan_for_session((kind, polling), &file, &self.own));
        let later = file.ok().and_then(|file| session_variable::still_wins(polling.name, &file, &self.places));
        let notes = later.into_iter().map(|stronger| Note::Stronger(polling.name, stronger)).collect();
        Offer { plan: plan.map_err(Obstacle::Remedy), notes }
    }

    /// Where the watcher may be told so by default: `package.json` of the project.
    #[must_use]
    pub fn package_file(&self) -> Option<PathBuf> {
        self.root.as_ref().map(|root| root.join("package.json")).filter(|file| guarded::is_file(file))
    }

    /// Watches with `--reload-dir`, counted in the project; a folder that is not there narrows nothing.
    fn watches_with(&self, setting: &LaunchSetting) -> Option<u64> {
        let LaunchSetting::ReloadDir(folder) = setting else { return None };
        let root = self.root.as_deref()?;
        let words = ["uvicorn", "--reload", "--reload-dir", folder.as_str()].map(OsString::from);
        let settings = WatcherKind::Uvicorn.settings(&Invocation::new(&words, root, BTreeMap::new()), root)?;
        let mut inventory = (*self.inventory).clone();
        let forecast = settings.forecast(&mut inventory, &Progress::default()).ok().flatten()?;
        forecast.at_most.is_none().then_some(forecast.watches)
    }
}
