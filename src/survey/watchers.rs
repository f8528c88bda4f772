//! Programs that watch the project: who holds watches in it, in which of its folders, and what each will need.
//!
//! What a process watches is read while the project is walked; afterwards each directory is looked up once among the
//! inodes that all of them hold.

use super::held::directories_held;
use super::{Request, RunningApp};
use crate::machine::processes::{Kind, Process, WatchedInode, watched_inodes_until};
use crate::machine::{Machine, ProcessDir};
use crate::progress::{Cancelled, Progress};
use crate::project::Inventory;
use crate::project::tree::Node;
use crate::watchers::{
    Documented, HeavyFolder, Invocation, Knob, WatcherForecast, WatcherKind, heavy_folders, streamlit,
};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// The name of an app's program, whose process is Python's.
const STREAMLIT: &str = "streamlit";

/// A process that watches directories of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectWatcher {
    /// The process id.
    pub pid: u32,
    /// The kind of program.
    pub kind: Kind,
    /// The program's file name.
    pub program: String,
    /// Watches that it holds, wherever they are.
    pub watches: u64,
    /// Inotify instances that it holds.
    pub instances: u64,
    /// Directories of the project that it watches; `None` where that could not be read.
    pub in_project: Option<u64>,
    /// Their places in the project's index, in preorder.
    pub held: Arc<[Node]>,
    /// Folders with installed or generated files among them, what holds most first.
    pub heavy: Vec<HeldInFolder>,
    /// The need of a new start, where it can be foretold.
    pub forecast: Option<WatcherForecast>,
    /// What would reduce it.
    pub knobs: Vec<Knob>,
}

/// Watches of a process in folders of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldInFolder {
    /// The name: `.venv`.
    pub name: String,
    /// The pattern that leaves them out.
    pub pattern: String,
    /// Directories in them that it watches.
    pub watches: u64,
}

impl HeldInFolder {
    /// What of `held` lies in each of the folders, most first.
    fn among(held: &[Node], heavy: &[HeavyFolder]) -> Vec<Self> {
        let within = |folder: &HeavyFolder| {
            let before = |node: Node| held.partition_point(|held| *held < node);
            let watches = folder.ranges.iter().map(|range| before(range.end) - before(range.start)).sum::<usize>();
            let (name, pattern) = (folder.name.clone(), folder.pattern.clone());
            (watches > 0).then_some(Self { name, pattern, watches: watches as u64 })
        };
        let mut all: Vec<Self> = heavy.iter().filter_map(within).collect();
        all.sort_by_key(|folder| std::cmp::Reverse(folder.watches));
        all
    }
}

/// The inodes that other programs watch, being read on a thread of their own.
pub(super) struct InodeReading {
    processes: Vec<Process>,
    inodes: Receiver<Vec<Vec<WatchedInode>>>,
}

impl InodeReading {
    /// Begins to read what this account's processes watch. Parts of the system and of the desktop are left out: they
    /// watch single folders, and Streamlit's apps are read by themselves.
    pub(super) fn start(request: &Request, machine: &Machine, progress: &Progress) -> Self {
        let apart = [Kind::Systemd, Kind::Docker, Kind::Desktop, Kind::Kubelet, Kind::Streamlit];
        let uid = machine.holders.account.uid;
        let wanted = |process: &&Process| process.uid == uid && process.watches > 0 && !apart.contains(&process.kind);
        let processes: Vec<Process> = machine.holders.processes.iter().filter(wanted).cloned().collect();
        let (sender, inodes) = mpsc::channel();
        let (places, pids) = (request.places.clone(), processes.iter().map(|it| it.pid).collect::<Vec<_>>());
        let progress = progress.clone();
        let read = move || {
            let inodes = |pid: &u32| Ok(watched_inodes_until(&places, *pid, &progress)?.unwrap_or_default().concat());
            let all: Result<Vec<Vec<WatchedInode>>, Cancelled> = pids.iter().map(inodes).collect();
            // Where the survey was cancelled, nobody waits for it.
            let _ = all.map(|all| sender.send(all));
        };
        // Without the thread nothing is sent, and no watcher is found.
        drop(std::thread::Builder::new().name("watchers".into()).spawn(read));
        Self { processes, inodes }
    }

    fn wait(&self, progress: &Progress) -> Result<Vec<Vec<WatchedInode>>, Cancelled> {
        loop {
            progress.check()?;
            match self.inodes.recv_timeout(Duration::from_millis(20)) {
                Ok(inodes) => return Ok(inodes),
                Err(RecvTimeoutError::Disconnected) => return Ok(Vec::new()),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// Tells whether a program of this account runs that watches files and not folders alone.
pub(super) fn any_watches_files(machine: &Machine) -> bool {
    let uid = machine.holders.account.uid;
    let mut own = machine.holders.processes.iter().filter(|process| process.uid == uid);
    own.any(|process| WatcherKind::of(process.kind).is_some_and(WatcherKind::watches_files))
}

/// Finds the watchers of the project, most watches in it first; `running` are its Streamlit apps.
pub(super) fn of_project(
    (root, running): (&Path, &[RunningApp]),
    reading: &InodeReading,
    request: &Request,
    inventory: &mut Inventory,
    progress: &Progress,
) -> Result<Vec<ProjectWatcher>, Cancelled> {
    let mut inodes = reading.wait(progress)?;
    let others = inodes.len();
    inodes.extend(running.iter().map(held_by));
    let mut held = inventory.index().map(|index| directories_held(index, &inodes)).unwrap_or_default();
    let of_apps = held.split_off(others.min(held.len()));
    let is_app = |pid: u32| running.iter().any(|app| app.pid == pid);
    let mut found: Vec<(&Process, Vec<Node>)> = reading.processes.iter().zip(held).collect();
    found.retain(|(process, held)| !held.is_empty() && !is_app(process.pid));
    found.sort_by_key(|(process, held)| (std::cmp::Reverse(held.len()), process.pid));
    if found.is_empty() && running.is_empty() {
        return Ok(Vec::new());
    }
    let heavy = heavy_folders(inventory);
    let apps = running.iter().zip(of_apps).map(|(app, held)| ProjectWatcher::of_app(app, &held, &heavy));
    let mut watchers: Vec<ProjectWatcher> = apps.collect();
    // Of an editor's processes one watches the folder, others single files and folders.
    let editor = found.iter().find(|(process, _)| process.kind == Kind::Vscode).map(|(process, _)| process.pid);
    for (process, held) in found {
        let mut watcher = ProjectWatcher::of(process, &held, &heavy);
        let foretold =
            WatcherKind::of(process.kind).filter(|_| editor == Some(process.pid) || process.kind != Kind::Vscode);
        if let Some(documented) = Documented::of(process.kind, &process.command) {
            watcher.knobs = documented.knobs();
        }
        if let Some(kind) = foretold {
            watcher.foretell(kind, (root, process), request, &heavy, inventory, progress)?;
        }
        watchers.push(watcher);
    }
    watchers.sort_by_key(|watcher| (std::cmp::Reverse(watcher.in_project.unwrap_or(watcher.watches)), watcher.pid));
    Ok(watchers)
}

/// The inodes of the reading that its gap was counted from.
fn held_by(app: &RunningApp) -> Vec<WatchedInode> {
    let pairs = app.held.iter().flatten().flatten();
    let inode = |&(ino, sdev): &(u64, u64)| Some(WatchedInode { ino, sdev: u32::try_from(sdev).ok()? });
    pairs.filter_map(inode).collect()
}

impl ProjectWatcher {
    /// Tells whether it watches one of these directories of the project.
    #[must_use]
    pub fn watches_any(&self, range: &Range<Node>) -> bool {
        let first = self.held.partition_point(|held| *held < range.start);
        self.held.get(first).is_some_and(|held| range.contains(held))
    }

    fn of(process: &Process, held: &[Node], heavy: &[HeavyFolder]) -> Self {
        Self {
            pid: process.pid,
            kind: process.kind,
            program: process.program.clone(),
            watches: process.watches,
            instances: process.instances,
            in_project: Some(held.len() as u64),
            held: held.into(),
            heavy: HeldInFolder::among(held, heavy),
            forecast: None,
            knobs: Vec::new(),
        }
    }

    /// A Streamlit app, which was foretold with the project.
    fn of_app(app: &RunningApp, held: &[Node], heavy: &[HeavyFolder]) -> Self {
        Self {
            pid: app.pid,
            kind: Kind::Streamlit,
            program: STREAMLIT.to_owned(),
            watches: app.watches,
            instances: app.instances,
            in_project: app.held.as_ref().map(|_| held.len() as u64),
            held: held.into(),
            heavy: HeldInFolder::among(held, heavy),
            forecast: app.next.as_ref().map(streamlit::forecast),
            knobs: app.next.as_ref().map(streamlit::knobs).unwrap_or_default(),
        }
    }

    fn foretell(
        &mut self,
        kind: WatcherKind,
        (root, process): (&Path, &Process),
        request: &Request,
        heavy: &[HeavyFolder],
        inventory: &mut Inventory,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let variables = ProcessDir::open(&request.places, process.pid).and_then(|process| process.environment());
        let variables = variables.unwrap_or_default().into_iter().collect();
        let cwd = process.cwd.clone().unwrap_or_else(|| PathBuf::from("/"));
        let invocation = Invocation::new(&process.command, &cwd, variables);
        let Some(settings) = kind.settings(&invocation, root) else { return Ok(()) };
        self.forecast = settings.forecast(inventory, progress)?;
        if self.forecast.is_some() {
            self.knobs = kind.knobs(&settings, &invocation, heavy, inventory, progress)?;
        }
        Ok(())
    }
}
