//! Restarting a running app of the project: which apps there are, and what a new start brings.

use super::{Case, Note, Obstacle, Offer};
use crate::machine::Holders;
use crate::progress::Progress;
use crate::project::streamlit::{Surroundings, Watcher};
use crate::project::{Inventory, Launch, Python, Streamlit};
use crate::remedy::{FileWatcher, HotReload, Plan, Promise, RemedyError, Stronger, restart, watcher};
use crate::survey::{Project, RunningApp, Server};
use crate::watchers::WatcherKind;

/// A running app of the project that belongs to this user.
#[derive(Clone, Debug)]
pub struct RestartableApp {
    /// The process id.
    pub pid: u32,
    /// The name that tells it from the others: its script, or uvicorn's command.
    pub name: String,
    /// The kind of app and what is known of its next start.
    pub next: Next,
}

/// Knowledge of an app's next start.
#[derive(Clone, Debug)]
pub enum Next {
    /// A Streamlit app.
    Streamlit(Box<Start>),
    /// Another server, which reloads on changes or does not.
    Server {
        /// The watcher that it is.
        kind: WatcherKind,
        /// Whether it starts its app again when a file changes.
        reloads: bool,
        /// Whether it polls, as its environment or its settings say.
        polls: bool,
    },
}

/// The next start of a Streamlit app.
#[derive(Clone, Debug)]
pub struct Start {
    /// The launch.
    pub launch: Launch,
    /// The interpreter.
    pub python: Option<Python>,
    /// The forecast for a start as before; `None` where its process could not be read.
    pub forecast: Option<Streamlit>,
}

/// Lists the apps of the project that can be restarted: those of other users are never touched.
pub(super) fn apps(project: &Project, holders: &Holders) -> Vec<RestartableApp> {
    let foreign = |pid| holders.processes.iter().any(|one| one.pid == pid && one.uid != holders.account.uid);
    let mine = project.running.iter().filter(|app| !foreign(app.pid));
    mine.map(RestartableApp::of_streamlit).chain(project.servers.iter().map(RestartableApp::of_server)).collect()
}

impl RestartableApp {
    fn of_streamlit(app: &RunningApp) -> Self {
        let name = app.launch.script.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let start = Start { launch: app.launch.clone(), python: app.python.clone(), forecast: app.next.clone() };
        Self { pid: app.pid, name, next: Next::Streamlit(Box::new(start)) }
    }

    fn of_server(server: &Server) -> Self {
        let next = Next::Server { kind: server.kind, reloads: server.reloads, polls: server.polls };
        Self { pid: server.pid, name: server.command.clone(), next }
    }

    /// Tells whether it is a Streamlit app.
    #[must_use]
    pub const fn is_streamlit(&self) -> bool {
        matches!(self.next, Next::Streamlit(_))
    }

    /// Returns the watchers that it can be told to use when it is started again.
    #[must_use]
    pub const fn watchers(&self) -> &'static [FileWatcher] {
        match self.next {
            Next::Streamlit(_) => &FileWatcher::ALL,
            Next::Server { kind, reloads: true, .. } if kind.polling().is_some() => &[FileWatcher::Poll],
            Next::Server { .. } => &[],
        }
    }

    /// Names the program that has started it and would notice its end, which has to start it again. Reads /proc. Streamlit
    /// is restarted whatever started it, as its page tells beforehand.
    fn starter(&self) -> Option<String> {
        match self.next {
            Next::Streamlit(_) => None,
            Next::Server { .. } => restart::starter(self.pid),
        }
    }

    /// The environment variable that tells it so.
    fn variable(&self, choice: FileWatcher) -> Option<(String, String)> {
        let (name, value) = match self.next {
            Next::Streamlit(_) => (watcher::FILE_WATCHER_VARIABLE, choice.word()),
            Next::Server { kind, .. } => kind.polling().map(|polling| (polling.name, polling.value))?,
        };
        Some((name.to_owned(), value.to_owned()))
    }

    /// The watches and the hot reload that the next start brings, and what wins over the choice.
    fn brings(
        &self,
        choice: Option<FileWatcher>,
        inventory: &Inventory,
    ) -> ((Option<u64>, HotReload), Option<Stronger>) {
        match (&self.next, choice) {
            (Next::Server { reloads: false, .. }, _) => ((None, HotReload::Lost), None),
            (Next::Server { polls: false, .. }, None) => ((None, HotReload::Kept), None),
            (Next::Server { .. }, _) => ((Some(0), HotReload::Polling), None),
            (Next::Streamlit(start), None) => (watcher::as_forecast(start.forecast.as_ref()), None),
            (Next::Streamlit(start), Some(choice)) => start.brings(choice, inventory),
        }
    }
}

impl Start {
    /// The same for a choice that is made by the variable.
    fn brings(&self, choice: FileWatcher, inventory: &Inventory) -> ((Option<u64>, HotReload), Option<Stronger>) {
        let now = self.forecast.as_ref();
        let stronger = now.and_then(|now| watcher::stronger_than_variable(now, watcher::FILE_WATCHER_KEY));
        let polls = now.is_some_and(|now| now.watcher != Watcher::Watchdog);
        if choice == FileWatcher::Auto && polls && stronger.is_none() {
            // The app watches again, which has to be counted.
            let mut launch = self.launch.clone();
            launch.variables.insert(watcher::FILE_WATCHER_VARIABLE.into(), choice.word().into());
            let (around, python) = (Surroundings::here(), self.python.as_ref());
            let inventory = &mut inventory.clone();
            let then = Streamlit::forecast_in(&around, &launch, python, inventory, &Progress::default()).ok();
            return (watcher::as_forecast(then.as_ref()), None);
        }
        let promise = choice.promise(now, stronger.as_ref());
        ((promise.watches_after, promise.hot_reload), stronger)
    }
}

impl Case {
    /// Offers to restart one running app as it was started; with `kill` by SIGKILL. Reads /proc.
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
        if let Some(starter) = app.starter() {
            return Offer { plan: Err(Obstacle::Remedy(RemedyError::StartedBy { pid, starter })), notes: Vec::new() };
        }
        let choice = choice.filter(|choice| app.watchers().contains(choice));
        let ((watches_after, hot_reload), stronger) = app.brings(choice, &self.inventory);
        let variables = choice.and_then(|choice| app.variable(choice)).into_iter().collect();
        let plan = restart::plan(pid, variables, kill, None);
        let plan = plan.map(|plan| Plan { promise: Promise { watches_after, hot_reload, ..plan.promise }, ..plan });
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: Note::stronger(stronger) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promise_follows_the_choice() {
        let project = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(project.path().join("app.py"), "import streamlit\n").expect("a file can be written");
        let polling = (watcher::FILE_WATCHER_VARIABLE.into(), "poll".into());
        let launch = Launch {
            script: project.path().join("app.py"),
            cwd: project.path().to_path_buf(),
            variables: [polling].into(),
            ..Launch::default()
        };
        let forecast = Streamlit::forecast(&launch, None, &Progress::default()).ok();
        let next = Next::Streamlit(Box::new(Start { launch, python: None, forecast }));
        let polls = RestartableApp { pid: 1, name: "app.py".to_owned(), next };
        let none = Inventory::default();
        for (choice, watches, hot_reload) in [
            (None, 0, HotReload::Polling),
            (Some(FileWatcher::None), 0, HotReload::Lost),
            (Some(FileWatcher::Poll), 0, HotReload::Polling),
            (Some(FileWatcher::Auto), 1, HotReload::Kept),
        ] {
            assert_eq!(polls.brings(choice, &none), ((Some(watches), hot_reload), None), "{choice:?}");
        }
    }

    #[test]
    fn a_server_can_be_told_to_poll_where_it_reloads_at_all() {
        let app = |reloads| {
            let next = Next::Server { kind: WatcherKind::Uvicorn, reloads, polls: false };
            RestartableApp { pid: 1, name: String::new(), next }
        };
        let none = Inventory::default();
        assert_eq!(app(true).watchers(), [FileWatcher::Poll]);
        assert_eq!(app(true).brings(None, &none).0, (None, HotReload::Kept), "what it takes is not known beforehand");
        assert_eq!(app(true).brings(Some(FileWatcher::Poll), &none).0, (Some(0), HotReload::Polling));
        assert_eq!(app(false).watchers(), []);
        assert_eq!(app(false).brings(None, &none).0, (None, HotReload::Lost));
    }
}
