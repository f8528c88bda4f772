//! The offer to tell the launch of a watcher to poll or to watch less.

use super::{Case, Note, Obstacle, Offer};
use crate::guarded;
use crate::progress::Progress;
use crate::remedy::watcher_launch::{self, LaunchSetting};
use crate::remedy::{RemedyError, session_variable};
use crate::survey::{Project, ProjectWatcher, Server};
use crate::watchers::{Documented, Invocation, Knob, Lever, PollingVariable, WatcherKind, is_heavy};
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
    /// Folders of which it can be told to watch only some: those right below its working folder.
    pub folders: Vec<ReloadFolder>,
    /// The working folder that these are named from.
    cwd: Option<PathBuf>,
}

/// A folder that uvicorn may be told to watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReloadFolder {
    /// The name, as `--reload-dir` takes it.
    pub name: String,
    /// Watches that it takes alone.
    pub watches: u64,
    /// Whether the app is in it, so that it has to be watched.
    pub has_app: bool,
}

/// Folders that are named at most.
const MOST_FOLDERS: usize = 12;

impl ReloadFolder {
    /// Lists those right below the server's working folder, its app's own first; what is hidden, installed or generated
    /// is no choice.
    fn of(project: &Project, server: &Server) -> Vec<Self> {
        let Some((index, folder)) = project.inventory.find(&server.cwd) else { return Vec::new() };
        let named = |node| {
            let name = index.name(node).to_str().filter(|name| !name.starts_with(['.', '-', '_']))?;
            let has_app = server.package.as_deref() == Some(name);
            let watches = index.watches(&[index.subtree(node)]);
            (watches > 0 && !is_heavy(index, node)).then(|| Self { name: name.to_owned(), watches, has_app })
        };
        let mut all: Vec<Self> = index.children(folder).filter_map(named).collect();
        all.sort_by(|one, other| (!one.has_app, &one.name).cmp(&(!other.has_app, &other.name)));
        all.truncate(MOST_FOLDERS);
        all
    }
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
                None => all.push(Self::first(project, kind, watcher)),
            }
        }
        all
    }

    fn first(project: &Project, kind: WatcherKind, watcher: &ProjectWatcher) -> Self {
        let snippet = watcher.knobs.iter().find(|knob| matches!(knob.lever, Lever::ViteIgnored(_))).cloned();
        let server = project.servers.iter().find(|server| server.pid == watcher.pid);
        let server = server.filter(|server| server.kind == WatcherKind::Uvicorn);
        let folders = server.map(|server| ReloadFolder::of(project, server)).unwrap_or_default();
        Self { kind, watches: watcher.watches, snippet, folders, cwd: server.map(|server| server.cwd.clone()) }
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

    /// The variables that a program's documentation names, for the desktop session. Reads its files.
    #[must_use]
    pub fn documented_session(&self, program: Documented) -> Offer {
        let file = session_variable::file(&self.variables);
        let plan = file.and_then(|file| watcher_launch::plan_documented(program, &file, &self.own));
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: vec![Note::Documented(program)] }
    }

    /// Where the watcher may be told so by default: `package.json` of the project.
    #[must_use]
    pub fn package_file(&self) -> Option<PathBuf> {
        self.root.as_ref().map(|root| root.join("package.json")).filter(|file| guarded::is_file(file))
    }

    /// Watches with `--reload-dir`, counted in the project from where the running one was started; a folder that is not
    /// there narrows nothing.
    fn watches_with(&self, setting: &LaunchSetting) -> Option<u64> {
        let LaunchSetting::ReloadDirs(folders) = setting else { return None };
        let root = self.root.as_deref()?;
        let cwd = self.watchers.iter().find_map(|watcher| watcher.cwd.as_deref()).unwrap_or(root);
        let each = folders.iter().flat_map(|folder| ["--reload-dir", folder.as_str()]);
        let words: Vec<OsString> = ["uvicorn", "--reload"].into_iter().chain(each).map(OsString::from).collect();
        let settings = WatcherKind::Uvicorn.settings(&Invocation::new(&words, cwd, BTreeMap::new()), root)?;
        let mut inventory = (*self.inventory).clone();
        let forecast = settings.forecast(&mut inventory, &Progress::default()).ok().flatten()?;
        forecast.at_most.is_none().then_some(forecast.watches)
    }
}
