//! The watches really added: what the app will take, taken for a moment and released.
//!
//! An app that runs already holds its watches, and a second set might not fit although the app is fine. So only the
//! watches that it lacks are added; where it lacks none, what it holds is the proof.
//!
//! The bound: no more than the app itself will take, so that other programs keep what they will have beside the app.
//! Where there are more directories than were forecast, it goes on only while a share of the limit stays free. The
//! first refusal ends it, and everything is released before anything else is done.

use super::instances::instance;
use super::{Check, Facts};
use crate::guarded;
use crate::machine::Machine;
use crate::progress::{Cancelled, Progress};
use crate::project::Inventory;
use crate::project::streamlit::Watcher;
use crate::project::tree::{Index, Node};
use crate::survey::Project;
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::inotify::{WatchFlags, add_watch};
use rustix::io::Errno;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The outcome of adding them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Watches or instances that the app needs altogether; 0 where it does not use inotify.
    pub need: u64,
    /// The part of the need that its running app holds.
    pub held: u64,
    /// The process of that app.
    pub app: Option<u32>,
    /// Added for the proof, and released; `stand_ins` included.
    pub added: u64,
    /// The part of these on files in place of folders that Python has yet to make (`__pycache__`).
    pub stand_ins: u64,
    /// The first refusal.
    pub refused: Option<Refused>,
    /// Whether what was added has no room beside what was held before: the app gave watches back meanwhile, as watchdog
    /// 7 does at the limit all the time. Then the adding proves nothing.
    pub given_back: bool,
    /// Time that adding and releasing took.
    pub took: Duration,
}

/// The place and the reason of the kernel's refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// ENOSPC: no watch left; EMFILE: no instance left.
    pub errno: Errno,
    /// The folder it was for; `None` for a folder that has yet to be made.
    pub folder: Option<PathBuf>,
}

/// Stays free when there are more directories than forecast: 5 % of the limit, and no less than this many.
const LEAST_SHARE: u64 = 512;

/// Takes what the app of this project will take.
pub(super) fn check(project: &Project, machine: &Machine, progress: &Progress) -> Result<Check, Cancelled> {
    let roots = roots(project);
    let need = match &project.streamlit {
        Some(streamlit) if streamlit.watcher != Watcher::Watchdog => 0,
        Some(streamlit) => streamlit.need.watches,
        None => project.tree.watches(),
    };
    let mut facts = Added { need, ..Added::default() };
    if need == 0 {
        return Ok(Check::passed(Facts::Added(facts)));
    }
    let app = project.running.iter().filter(|app| app.held.is_some()).max_by_key(|app| app.watches);
    if let Some(app) = app.filter(|app| app.watches > 0) {
        (facts.held, facts.app) = (app.watches.min(need), Some(app.pid));
    }
    let spare = machine.watch_limit().map_or(0, |limit| {
        let free = limit.saturating_sub(machine.holders.account.watches + need - facts.held);
        free.saturating_sub((limit / 20).max(LEAST_SHARE))
    });
    let wanted = need - facts.held;
    let held = app.and_then(|app| app.held.as_deref()).unwrap_or_default();
    let start = Instant::now();
    let mut adder = Adder::new(held, wanted, wanted + spare);
    adder.add_all(&roots, project, progress)?;
    (facts.added, facts.stand_ins) = (adder.added, adder.stand_ins);
    facts.refused = adder.refused.take();
    drop(adder);
    let together = machine.holders.account.watches + facts.added;
    facts.given_back = facts.app.is_some() && machine.watch_limit().is_some_and(|limit| together > limit);
    facts.took = start.elapsed();
    // The app has its instances; that there is none left for the proof says nothing about it.
    let no_instance = facts.refused.as_ref().is_some_and(|refused| refused.errno == Errno::MFILE);
    Ok(match facts.refused {
        Some(_) if no_instance && facts.app.is_some() => Check::could_not_run(Facts::Added(facts)),
        None if facts.given_back => Check::could_not_run(Facts::Added(facts)),
        _ => Check::when(facts.refused.is_none(), Facts::Added(facts)),
    })
}

/// The roots by instance: one for all since watchdog 7, one each before.
fn roots(project: &Project) -> Vec<Vec<PathBuf>> {
    let Some(streamlit) = &project.streamlit else {
        return vec![project.inventory.index().map(|index| index.real_root().to_path_buf()).into_iter().collect()];
    };
    let roots = streamlit.need.roots.iter().map(|root| root.path.clone());
    if streamlit.watchdog.as_ref().is_none_or(|version| version.at_least(7, 0)) {
        vec![roots.collect()]
    } else {
        roots.map(|root| vec![root]).collect()
    }
}

/// Events that watchdog asks for (`WATCHDOG_ALL_EVENTS` of versions 6 and 7). How many events a watch is for makes no
/// difference to what it counts.
const MASK: WatchFlags = WatchFlags::MODIFY
    .union(WatchFlags::ATTRIB)
    .union(WatchFlags::MOVED_FROM)
    .union(WatchFlags::MOVED_TO)
    .union(WatchFlags::CREATE)
    .union(WatchFlags::DELETE)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::DONT_FOLLOW)
    .union(WatchFlags::CLOSE_WRITE)
    .union(WatchFlags::CLOSE_NOWRITE)
    .union(WatchFlags::OPEN);

/// Holds the watches; dropping it releases them.
struct Adder {
    instances: Vec<OwnedFd>,
    /// The newest instance is that of the roots at hand. It is opened with the first watch: where the app holds all
    /// of them, it has its instance, too.
    is_open: bool,
    /// The last watch descriptor of the newest instance. The kernel counts them up, so a lower one is a directory
    /// that was there before.
    last: i32,
    /// Number of the app's instances that watch an inode. Inode numbers of two file systems may be the same; where that
    /// takes one directory too many for held, a stand-in makes up for it.
    held: HashMap<u64, u32>,
    wanted: u64,
    most: u64,
    added: u64,
    stand_ins: u64,
    refused: Option<Refused>,
}

impl Adder {
    fn new(held: &[Vec<(u64, u64)>], wanted: u64, most: u64) -> Self {
        let mut by_inode = HashMap::new();
        for (inode, _) in held.iter().flatten() {
            *by_inode.entry(*inode).or_default() += 1;
        }
        Self {
            instances: Vec::new(),
            is_open: false,
            last: 0,
            held: by_inode,
            wanted,
            most,
            added: 0,
            stand_ins: 0,
            refused: None,
        }
    }

    /// Adds all directories in watchdog's order, then stand-ins for those to come.
    fn add_all(&mut self, instances: &[Vec<PathBuf>], project: &Project, progress: &Progress) -> Result<(), Cancelled> {
        for roots in instances {
            self.is_open = false;
            for (place, root) in roots.iter().enumerate() {
                if !roots[..place].iter().any(|earlier| root.starts_with(earlier)) {
                    self.add_tree(root, project, progress)?;
                }
            }
        }
        let roots: Vec<&PathBuf> = instances.iter().flatten().collect();
        for file in files(&project.inventory, &roots).filter(|file| guarded::is_file(file)) {
            progress.check()?;
            if self.is_over() || self.added >= self.wanted {
                break;
            }
            let before = self.added;
            self.add(&file, false);
            self.stand_ins += self.added - before;
        }
        Ok(())
    }

    fn add_tree(&mut self, root: &Path, project: &Project, progress: &Progress) -> Result<(), Cancelled> {
        /// Number of folders after which the current one is shown.
        const EVERY: usize = 1_000;
        let Some((index, node)) = project.inventory.find(root) else { return Ok(()) };
        let silent = [project.tree.unresponsive.clone(), guarded::silent_mounts()].concat();
        for (count, node) in index.as_python_walks(node).enumerate() {
            progress.check()?;
            progress.add(1, 0);
            if self.is_over() {
                break;
            }
            if self.is_held(index, node) {
                continue;
            }
            let folder = index.real_path(node);
            if count.is_multiple_of(EVERY) {
                progress.at(&folder);
            }
            let is_silent = |mount: &PathBuf| folder.starts_with(mount) || index.path(node).starts_with(mount);
            if !silent.iter().any(is_silent) {
                self.add(&folder, true);
            }
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        self.refused.is_some() || self.added >= self.most
    }

    fn add(&mut self, path: &Path, is_folder: bool) {
        let folder = || is_folder.then(|| path.to_path_buf());
        if !self.is_open
            && let Err(errno) = self.open()
        {
            return self.refuse(errno, folder());
        }
        let Some(instance) = self.instances.last() else { return };
        match add_watch(instance.as_fd(), path, MASK) {
            Ok(watch) if watch > self.last => {
                self.last = watch;
                self.added += 1;
            }
            Ok(_) => {}
            // Gone or closed to this user since it was listed: the app would get no watch for it either.
            Err(Errno::NOENT | Errno::NOTDIR | Errno::ACCESS | Errno::LOOP | Errno::NAMETOOLONG) => {}
            Err(errno) => self.refuse(errno, folder()),
        }
    }

    fn open(&mut self) -> Result<(), Errno> {
        self.instances.push(instance()?);
        (self.is_open, self.last) = (true, 0);
        Ok(())
    }

    /// Notes the refusal. First of all the others get back what they may be waiting for.
    fn refuse(&mut self, errno: Errno, folder: Option<PathBuf>) {
        self.instances.clear();
        self.refused = Some(Refused { errno, folder });
    }

    fn is_held(&mut self, index: &Index, node: Node) -> bool {
        let Some(id) = index.id(node).filter(|_| !self.held.is_empty()) else { return false };
        match self.held.get_mut(&id.inode) {
            Some(times) if *times > 0 => {
                *times -= 1;
                true
            }
            _ => false,
        }
    }
}

/// Files that a watch can stand on in place of a folder to come: those known already, then whatever lies in the roots.
fn files(inventory: &Inventory, roots: &[&PathBuf]) -> impl Iterator<Item = PathBuf> {
    let known = [&inventory.python, &inventory.commands].into_iter().flatten().cloned();
    let found = roots.iter().flat_map(|root| {
        let entries = guarded::entries(root).unwrap_or_default();
        entries.into_iter().map(|entry| (entry.kind, root.join(entry.name)))
    });
    known.chain(found.filter(|(kind, _)| *kind == guarded::Kind::File).map(|(_, path)| path))
}
