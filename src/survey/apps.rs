//! Running Streamlit apps: how each was started, and what it holds against what it should hold.

use super::forecasts::Forecasts;
use super::{Request, RunningApp, Server, servers};
use crate::guarded;
use crate::machine::processes::{Kind, Process, Span, Steadiness, SteadinessUnknown, WatchedInode, watched_inodes};
use crate::machine::rlimit::Descriptors;
use crate::machine::{Limit, Machine, Places, ProcessDir, sessions};
use crate::progress::{Cancelled, Progress};
use crate::project::python::FoundBy;
use crate::project::streamlit::{Gap, QueueOutlook, REBUILD_EVENTS_A_DIRECTORY, RootReason};
use crate::project::{EntryScript, Launch, LaunchCommand, Python, Streamlit};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

/// The running apps whose script lies in the project, most watches first; not yet compared with their need.
pub(super) fn of_project(root: &Path, request: &Request, machine: &Machine) -> Vec<RunningApp> {
    let real_root = guarded::real_path(root).unwrap_or_else(|_| root.to_path_buf());
    let inside =
        |app: &RunningApp| guarded::real_path(&app.launch.script).is_ok_and(|script| script.starts_with(&real_root));
    let all = &machine.holders.processes;
    let own = |process: &&Process| process.kind == Kind::Streamlit && !is_fork(process, all);
    let apps = all.iter().filter(own);
    apps.filter_map(|process| RunningApp::of(&request.places, process)).filter(inside).collect()
}

/// The apps that were started in another way than by `streamlit run` (a launcher of one's own, a profiler): Python
/// processes whose packages have Streamlit, and that watch the folder of one of the scripts.
pub(super) fn by_what_they_watch(
    scripts: &[EntryScript],
    request: &Request,
    machine: &Machine,
    forecasts: &Forecasts<'_>,
) -> Vec<RunningApp> {
    let all = &machine.holders.processes;
    let own = |process: &&Process| {
        process.kind == Kind::Python && process.charged_to_account && process.watches > 0 && !is_fork(process, all)
    };
    let inode = |script: &EntryScript| {
        let script = guarded::real_path(&script.path).ok()?;
        forecasts.inode(script.parent()?).map(|inode| (inode, script.clone()))
    };
    let folders: Vec<(u64, PathBuf)> = scripts.iter().filter_map(inode).collect();
    let app = |process: &Process| {
        let cwd = process.cwd.clone()?;
        let reader = ProcessDir::open(&request.places, process.pid).ok();
        let variables = reader.as_ref().map(environment).unwrap_or_default();
        let python = interpreter(Path::new(process.command.first()?), &cwd, &variables);
        let python = python.filter(|python| python.streamlit.is_some())?;
        let held = watched_inodes(&request.places, process.pid).ok()?;
        let holds = |inode: u64| held.iter().flatten().any(|watch| watch.ino == inode);
        let (_, script) = folders.iter().find(|(inode, _)| holds(*inode))?;
        let launch = Launch { script: script.clone(), cwd, variables, ..Launch::default() };
        let descriptors = reader.as_ref().and_then(Descriptors::of);
        let app = RunningApp { python: Some(python), launch, descriptors, ..RunningApp::default() };
        Some(app.in_process(process))
    };
    all.iter().filter(own).filter_map(app).collect()
}

/// Lists this user's servers of the project other than Streamlit's.
pub(super) fn servers(root: &Path, request: &Request, machine: &Machine) -> Vec<Server> {
    let real_root = guarded::real_path(root).unwrap_or_else(|_| root.to_path_buf());
    let all = &machine.holders.processes;
    let own = |process: &&Process| !is_fork(process, all);
    servers::of_project(&real_root, all.iter().filter(own), machine.holders.account.uid, request)
}

/// The process was forked off another one with the same command line: a worker of an app, no app of its own.
fn is_fork(process: &Process, all: &[Process]) -> bool {
    all.iter().any(|other| other.pid == process.parent && other.command == process.command)
}

/// Readings of the apps under way, each on a thread of its own while the project is looked at.
pub(super) struct Observers(Vec<Option<Observer>>);

struct Observer {
    span: Span,
    reading: JoinHandle<Result<Steadiness, SteadinessUnknown>>,
}

/// Time over which an app is read again and again: one that takes its watches anew all the time does so several times a
/// second, and was seen to rest for 0.6 s in between (measured).
const OBSERVED: Duration = Duration::from_millis(1_200);

/// Events that no queue in use is too short for: a quarter of the kernel's default.
const SURELY_HELD: u64 = 4_096;

impl Observers {
    /// Begins to read each app.
    pub(super) fn start(apps: &[RunningApp], places: &Places, progress: &Progress) -> Self {
        let observe = |app: &RunningApp| {
            let (places, progress, pid) = (places.clone(), progress.clone(), app.pid);
            let span = Span::at_least(OBSERVED);
            let thread = std::thread::Builder::new().name("steadiness".into());
            let its_span = span.clone();
            let observe = move || Steadiness::observe(&places, pid, &its_span, &progress);
            Some(Observer { span, reading: thread.spawn(observe).ok()? })
        };
        Self(apps.iter().map(observe).collect())
    }

    /// Lets the observation of an app end early where it is sure not to take its watches anew without end: by its
    /// watchdog, or by what its queue has to hold, foretold and counted.
    fn shorten(&self, place: usize, app: &RunningApp, streamlit: &Streamlit) {
        let queue = &streamlit.need.queue;
        let events = queue.to_hold().max(app.watches.saturating_mul(REBUILD_EVENTS_A_DIRECTORY));
        if let Some(Some(observer)) = self.0.get(place)
            && (!queue.rebuilds || events <= SURELY_HELD)
        {
            observer.span.brief_will_do();
        }
    }
}

/// Adds to each app what it will do when started again, and the folders it should watch and does not.
pub(super) fn compare(
    mut apps: Vec<RunningApp>,
    observers: Observers,
    (machine, places): (&Machine, &Places),
    forecasts: &mut Forecasts<'_>,
    progress: &Progress,
) -> Result<Vec<RunningApp>, Cancelled> {
    let mut foretold = Vec::with_capacity(apps.len());
    for (place, app) in apps.iter().enumerate() {
        let streamlit = forecasts.of(&app.launch, app.python.as_ref(), progress)?;
        observers.shorten(place, app, &streamlit);
        foretold.push(streamlit);
    }
    for ((app, observer), streamlit) in apps.iter_mut().zip(observers.0).zip(foretold) {
        app.observe(observer.and_then(|observer| observer.reading.join().ok()?.ok()));
        progress.check()?;
        let Some(held) = &app.held else { continue };
        app.gap = Some(forecasts.gap(&streamlit, held, progress)?);
        app.session_open = session_open(app, &streamlit, (machine, places), forecasts);
        let queue = machine.limits.get(Limit::QueuedEvents);
        app.queue_too_short = queue.is_some_and(|queue| streamlit.need.queue.outlook(queue) != QueueOutlook::Steady);
        app.next = Some(streamlit);
    }
    Ok(apps)
}

/// Tells whether somebody has the app open. It holds the script's folder only while a session is open, and a connection
/// alone may be left over from a plain request (measured with 1.49, 1.57 and 1.67).
fn session_open(
    app: &RunningApp,
    streamlit: &Streamlit,
    (machine, places): (&Machine, &Places),
    forecasts: &Forecasts<'_>,
) -> Option<bool> {
    let script = streamlit.need.roots.iter().find(|root| root.because == RootReason::Script);
    let inode = script.and_then(|root| forecasts.inode(&root.path));
    let held = app.held.iter().flatten().flatten();
    if inode.is_some_and(|inode| held.into_iter().any(|(held, _)| *held == inode)) {
        return Some(true);
    }
    let account = &machine.holders.account;
    let left = |limit: Option<u64>, held: u64| limit.is_none_or(|limit| held < limit);
    let could_watch = left(machine.watch_limit(), account.watches) && left(machine.instance_limit(), account.instances);
    // An app that takes its watches anew without end may have been read while it held none of them.
    let begins_over = app.steadiness.as_ref().is_some_and(|seen| !seen.steady);
    sessions::has_connection(places, app.pid).map(|connected| connected && (begins_over || !could_watch))
}

impl RunningApp {
    /// The folders it should watch and does not, where there are any. Without a browser session it watches nothing, and
    /// while it takes its watches anew all the time every reading finds others.
    #[must_use]
    pub fn misses(&self) -> Option<&Gap> {
        let watches = match self.session_open {
            Some(open) => open,
            None => self.instances > 0,
        };
        self.gap.as_ref().filter(|gap| gap.unwatched_count > 0 && watches && self.looping().is_none())
    }

    /// The readings of an app that takes its watches anew without end, because its event queue is too short for them.
    #[must_use]
    pub fn looping(&self) -> Option<&Steadiness> {
        let rebuilds = self.next.as_ref().is_some_and(|next| next.need.queue.rebuilds);
        // Its queue is as long as queues were when it started, which may have been less than now.
        let loops = |seen: &&Steadiness| !seen.steady && (self.queue_too_short || seen.cores() >= LOOPING_CORES);
        self.steadiness.as_ref().filter(|_| rebuilds).filter(loops)
    }

    /// Takes the last of several readings for what the app holds, in place of the counts of the pass over /proc before.
    fn observe(&mut self, seen: Option<Steadiness>) {
        let Some(seen) = seen else { return };
        let pair = |watch: &WatchedInode| (watch.ino, u64::from(watch.sdev));
        let held: Vec<Vec<(u64, u64)>> = seen.held.iter().map(|one| one.iter().map(pair).collect()).collect();
        let now = (held.iter().map(|one| one.len() as u64).sum(), held.len() as u64);
        self.changing = !seen.steady || now != (self.watches, self.instances);
        (self.watches, self.instances) = now;
        self.readable = true;
        (self.held, self.steadiness) = (Some(held), Some(seen));
    }

    /// Understands a process as an app; `None` where its command or its folder cannot be read or names no script.
    #[must_use]
    pub fn of(places: &Places, process: &Process) -> Option<Self> {
        let command = LaunchCommand::parse(&process.command)?;
        let cwd = process.cwd.clone()?;
        let reader = ProcessDir::open(places, process.pid).ok();
        let variables = reader.as_ref().map(environment).unwrap_or_default();
        let python = command.python.as_deref().and_then(|named| interpreter(named, &cwd, &variables));
        let launch = Launch {
            script: cwd.join(command.script?),
            cwd,
            flags: command.flags,
            as_module: command.as_module,
            variables,
        };
        let descriptors = reader.as_ref().and_then(Descriptors::of);
        Some(Self { python, launch, descriptors, ..Self::default() }.in_process(process))
    }

    /// The same app with the process' counts of the pass over /proc, until it is observed.
    fn in_process(self, process: &Process) -> Self {
        let Process { pid, started_ticks, watches, instances, .. } = *process;
        Self { pid, started_ticks, watches, instances, ..self }
    }
}

/// Share of a core that an app in the loop uses at least: 0.4 to 0.9 were measured, 0.01 at rest.
const LOOPING_CORES: f64 = 0.2;

/// The environment; empty where it may not be read.
fn environment(process: &ProcessDir) -> BTreeMap<OsString, OsString> {
    process.environment().unwrap_or_default().into_iter().collect()
}

/// The interpreter as the command names it: a path, or a name that is looked up in the app's own PATH.
fn interpreter(named: &Path, cwd: &Path, variables: &BTreeMap<OsString, OsString>) -> Option<Python> {
    let path = if named.components().count() > 1 {
        cwd.join(named)
    } else {
        in_path(named, variables.get(OsStr::new("PATH"))?)?
    };
    Python::inspect(&path, FoundBy::Running)
}

fn in_path(name: &Path, path: &OsStr) -> Option<PathBuf> {
    let folders = path.as_bytes().split(|byte| *byte == b':').map(OsStr::from_bytes);
    folders.map(|folder| Path::new(folder).join(name)).find(|file| guarded::is_file(file))
}
