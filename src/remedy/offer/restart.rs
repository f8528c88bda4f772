//! Restarting a running app of the project: which apps there are, and what a new start brings.

use super::{Case, Note, Obstacle, Offer};
use crate::machine::Holders;
use crate::progress::Progress;
use crate::project::streamlit::Watcher;
use crate::project::{Launch, Python, Streamlit};
use crate::remedy::{FileWatcher, HotReload, Plan, Promise, RemedyError, Stronger, restart, watcher};
use crate::survey::{Project, RunningApp, Server};

/// A running app of the project that belongs to this user.
#[derive(Clone, Debug)]
pub struct App {
    /// Its process id.
    pub pid: u32,
    /// What tells it from the others: its script, or uvicorn's command.
    pub name: String,
    /// What it is and what is known of its next start.
    pub next: Next,
}

/// What is known of an app's next start.
#[derive(Clone, Debug)]
pub enum Next {
    /// A Streamlit app.
    Streamlit {
        /// How it is started.
        launch: Box<Launch>,
        /// Its interpreter.
        python: Option<Python>,
        /// What it will do when it is started as before; `None` where its process could not be read.
        forecast: Option<Streamlit>,
    },
    /// uvicorn, which reloads on changes or does not.
    Uvicorn {
        /// It does.
        reloads: bool,
    },
}

/// Every app of the project that can be restarted: those of other users are never touched.
pub(super) fn apps(project: &Project, holders: &Holders) -> Vec<App> {
    let foreign = |pid| holders.processes.iter().any(|one| one.pid == pid && one.uid != holders.account.uid);
    let mine = project.running.iter().filter(|app| !foreign(app.pid));
    mine.map(App::of_streamlit).chain(project.servers.iter().map(App::of_uvicorn)).collect()
}

impl App {
    fn of_streamlit(app: &RunningApp) -> Self {
        let name = app.launch.script.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let launch = Box::new(app.launch.clone());
        let next = Next::Streamlit { launch, python: app.python.clone(), forecast: app.next.clone() };
        Self { pid: app.pid, name, next }
    }

    fn of_uvicorn(server: &Server) -> Self {
        Self { pid: server.pid, name: server.command.clone(), next: Next::Uvicorn { reloads: server.reloads } }
    }

    /// It is a Streamlit app.
    #[must_use]
    pub const fn is_streamlit(&self) -> bool {
        matches!(self.next, Next::Streamlit { .. })
    }

    /// How it can be told to watch files when it is started again.
    #[must_use]
    pub const fn watchers(&self) -> &'static [FileWatcher] {
        match self.next {
            Next::Streamlit { .. } => &FileWatcher::ALL,
            Next::Uvicorn { reloads: true } => &[FileWatcher::Poll],
            Next::Uvicorn { reloads: false } => &[],
        }
    }

    /// The environment variable that tells it so.
    fn variable(&self, choice: FileWatcher) -> (String, String) {
        let (name, value) = match self.next {
            Next::Streamlit { .. } => (watcher::FILE_WATCHER_VARIABLE, choice.word()),
            Next::Uvicorn { .. } => watcher::WATCHFILES_POLLS,
        };
        (name.to_owned(), value.to_owned())
    }

    /// The watches and the hot reload that the next start brings, and what wins over the choice.
    fn brings(&self, choice: Option<FileWatcher>) -> ((Option<u64>, HotReload), Option<Stronger>) {
        match (&self.next, choice) {
            (Next::Uvicorn { reloads: false }, _) => ((None, HotReload::Lost), None),
            (Next::Uvicorn { .. }, None) => ((None, HotReload::Kept), None),
            (Next::Uvicorn { .. }, Some(_)) => ((Some(0), HotReload::Polling), None),
            (Next::Streamlit { forecast, .. }, None) => (watcher::as_forecast(forecast.as_ref()), None),
            (Next::Streamlit { launch, python, forecast }, Some(choice)) => {
                let now = forecast.as_ref();
                let stronger = now.and_then(|now| watcher::stronger_than_variable(now, watcher::FILE_WATCHER_KEY));
                let polls = now.is_some_and(|now| now.watcher != Watcher::Watchdog);
                if choice == FileWatcher::Auto && polls && stronger.is_none() {
                    // It watches again: only walking the project tells how much.
                    return (self.forecast_with(choice, launch, python.as_ref()), None);
                }
                let promise = choice.promise(now, stronger.as_ref());
                ((promise.watches_after, promise.hot_reload), stronger)
            }
        }
    }

    fn forecast_with(&self, choice: FileWatcher, launch: &Launch, python: Option<&Python>) -> (Option<u64>, HotReload) {
        let mut launch = launch.clone();
        let (name, value) = self.variable(choice);
        launch.variables.insert(name.into(), value.into());
        watcher::as_forecast(Streamlit::forecast(&launch, python, &Progress::default()).ok().as_ref())
    }
}

impl Case {
    /// Restarting one running app as it was started; with `kill` by SIGKILL. Reads /proc.
    #[must_use]
    pub fn restart(&self, pid: u32, kill: bool) -> Offer {
        self.restart_with(pid, None, kill)
    }

    /// The same with another way of watching files, where the app can be told. Reads the project's tree.
    #[must_use]
    pub fn restart_with(&self, pid: u32, choice: Option<FileWatcher>, kill: bool) -> Offer {
        let Some(app) = self.apps.iter().find(|app| app.pid == pid) else {
            return Offer { plan: Err(Obstacle::Remedy(RemedyError::ProcessGone { pid })), notes: Vec::new() };
        };
        let choice = choice.filter(|choice| app.watchers().contains(choice));
        let ((watches_after, hot_reload), stronger) = app.brings(choice);
        let variables = choice.map(|choice| app.variable(choice)).into_iter().collect();
        let plan = restart::plan(pid, variables, kill, None);
        let plan = plan.map(|plan| Plan { promise: Promise { watches_after, hot_reload, ..plan.promise }, ..plan });
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: Note::stronger(stronger) }
    }
}
