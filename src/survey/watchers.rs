//! Programs that watch the project: who holds watches in it, in which of its folders, and what each will need.
//!
//! What a process watches is read while the project is walked; afterwards each directory is looked up once among the
//! inodes that all of them hold.

use super::Request;
use super::held::directories_held;
use crate::machine::processes::{Kind, Process, WatchedInode, watched_inodes};
use crate::machine::{Machine, ProcessDir};
use crate::progress::{Cancelled, Progress};
use crate::project::Inventory;
use crate::project::tree::Node;
use crate::watchers::{HeavyFolder, Invocation, Knob, WatcherForecast, WatcherKind, heavy_folders};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// A process that watches directories of the project, Streamlit apps not among them.
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
    /// Directories of the project that it watches.
    pub in_project: u64,
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

/// The inodes that other programs watch, being read on a thread of their own.
pub(super) struct InodeReading {
    processes: Vec<Process>,
    inodes: Receiver<Vec<Vec<WatchedInode>>>,
}

impl InodeReading {
    /// Begins to read what this account's processes watch. Parts of the system and of the desktop are left out: they
    /// watch single folders, and Streamlit's apps are read by themselves.
    pub(super) fn start(request: &Request, machine: &Machine) -> Self {
        let apart = [Kind::Systemd, Kind::Docker, Kind::Desktop, Kind::Kubelet, Kind::Streamlit];
        let uid = machine.holders.account.uid;
        let wanted = |process: &&Process| process.uid == uid && process.watches > 0 && !apart.contains(&process.kind);
        let processes: Vec<Process> = machine.holders.processes.iter().filter(wanted).cloned().collect();
        let (sender, inodes) = mpsc::channel();
        let (places, pids) = (request.places.clone(), processes.iter().map(|it| it.pid).collect::<Vec<_>>());
        let read = move || {
            let inodes = |pid: &u32| watched_inodes(&places, *pid).unwrap_or_default().concat();
            // Nobody waits for it where the survey was cancelled.
            let _ = sender.send(pids.iter().map(inodes).collect());
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

/// Finds the watchers of the project, most watches in it first.
pub(super) fn of_project(
    root: &Path,
    reading: &InodeReading,
    request: &Request,
    inventory: &mut Inventory,
    progress: &Progress,
) -> Result<Vec<ProjectWatcher>, Cancelled> {
    let inodes = reading.wait(progress)?;
    let held = inventory.index().map(|index| directories_held(index, &inodes)).unwrap_or_default();
    let mut found: Vec<(&Process, Vec<Node>)> =
        reading.processes.iter().zip(held).filter(|(_, held)| !held.is_empty()).collect();
    found.sort_by_key(|(process, held)| (std::cmp::Reverse(held.len()), process.pid));
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let heavy = heavy_folders(inventory);
    // Of an editor's processes one watches the folder, others single files and folders.
    let editor = found.iter().find(|(process, _)| process.kind == Kind::Vscode).map(|(process, _)| process.pid);
    let mut watchers = Vec::new();
    for (process, held) in found {
        let mut watcher = ProjectWatcher::of(process, &held, &heavy);
        let foretold =
            WatcherKind::of(process.kind).filter(|_| editor == Some(process.pid) || process.kind != Kind::Vscode);
        if let Some(kind) = foretold {
            watcher.foretell(kind, (root, process), request, &heavy, inventory, progress)?;
        }
        watchers.push(watcher);
    }
    Ok(watchers)
}

impl ProjectWatcher {
    fn of(process: &Process, held: &[Node], heavy: &[HeavyFolder]) -> Self {
        let within = |folder: &HeavyFolder| {
            let before = |node: Node| held.partition_point(|held| *held < node);
            let watches = folder.ranges.iter().map(|range| before(range.end) - before(range.start)).sum::<usize>();
            let (name, pattern) = (folder.name.clone(), folder.pattern.clone());
            (watches > 0).then_some(HeldInFolder { name, pattern, watches: watches as u64 })
        };
        let mut heavy: Vec<HeldInFolder> = heavy.iter().filter_map(within).collect();
        heavy.sort_by_key(|folder| std::cmp::Reverse(folder.watches));
        Self {
            pid: process.pid,
            kind: process.kind,
            program: process.program.clone(),
            watches: process.watches,
            instances: process.instances,
            in_project: held.len() as u64,
            heavy,
            forecast: None,
            knobs: Vec::new(),
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
