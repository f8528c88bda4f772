//! The pass over /proc: which processes hold inotify descriptors, and which cannot be read.

use super::facts::{self, ProcessFacts};
use super::{Unreadable, crew};
use crate::machine::Places;
use crate::machine::process_dir::{self, ProcessDir};
use crate::progress::{Cancelled, Progress};
use procfs::process::Stat;
use rustix::fd::OwnedFd;
use rustix::io::Errno;

/// A process with inotify descriptors, or a Streamlit app or uvicorn without.
pub(super) struct HoldingProcess {
    pub(super) pid: u32,
    /// The inotify descriptors, ascending.
    pub(super) descriptors: Vec<u32>,
    pub(super) facts: ProcessFacts,
}

/// Findings of one pass.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) holders: Vec<HoldingProcess>,
    pub(super) unreadable: Vec<Unreadable>,
    pub(super) vanished: u64,
    /// Whether /proc itself could not be listed.
    pub(super) blind: bool,
}

impl Scan {
    pub(super) fn read(places: &Places, progress: &Progress) -> Result<Self, Cancelled> {
        let (Ok(proc), Ok(pids)) = (process_dir::proc_dir(places), pids(places)) else {
            return Ok(Self { blind: true, ..Self::default() });
        };
        let mut scan = Self::default();
        for seen in crew::share(pids, progress, move |pid| Seen::of(&proc, *pid))? {
            match seen {
                Seen::Holder(holder) => scan.holders.push(*holder),
                Seen::Unreadable(unreadable) => scan.unreadable.push(unreadable),
                Seen::Vanished => scan.vanished += 1,
                Seen::Nothing => {}
            }
        }
        Ok(scan)
    }
}

/// The numbers of all processes, ascending.
fn pids(places: &Places) -> std::io::Result<Vec<u32>> {
    let names = std::fs::read_dir(&places.proc)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut pids: Vec<u32> = names.filter_map(|name| name.parse().ok()).collect();
    pids.sort_unstable();
    Ok(pids)
}

/// The outcome of looking at one process.
enum Seen {
    Holder(Box<HoldingProcess>),
    Unreadable(Unreadable),
    Vanished,
    Nothing,
}

impl Seen {
    fn of(proc: &OwnedFd, pid: u32) -> Self {
        let seen = ProcessDir::below(proc, &pid.to_string()).and_then(|process| look(&process, pid));
        seen.unwrap_or_else(|error| {
            let unreadable = Unreadable { pid, uid: u32::MAX, program: String::new() };
            if is_gone(error) { Self::Vanished } else { Self::Unreadable(unreadable) }
        })
    }
}

/// Looks at one process. The error says that it has ended, or that not even its owner is told.
fn look(process: &ProcessDir, pid: u32) -> Result<Seen, Errno> {
    let descriptors = match process.inotify_descriptors() {
        Ok(descriptors) => descriptors,
        Err(error) if is_gone(error) => return Err(error),
        Err(_) => return unreadable(process, pid),
    };
    if descriptors.is_empty() {
        let cmdline = facts::command_line(process)?;
        if cmdline.is_empty() && outlived_by_threads(process.stat()?.as_ref()) {
            return unreadable(process, pid);
        }
        if !facts::is_app(&cmdline) {
            return Ok(Seen::Nothing);
        }
    }
    Ok(Seen::Holder(Box::new(HoldingProcess { pid, descriptors, facts: ProcessFacts::read(process)? })))
}

/// Kernel threads and zombies hold no descriptors: being refused there hides nothing.
fn unreadable(process: &ProcessDir, pid: u32) -> Result<Seen, Errno> {
    let stat = match process.stat() {
        Err(error) if is_gone(error) => return Err(error),
        stat => stat.ok().flatten(),
    };
    if stat.as_ref().is_some_and(holds_nothing) {
        return Ok(Seen::Nothing);
    }
    let program = stat.map(|stat| stat.comm).unwrap_or_default();
    Ok(Seen::Unreadable(Unreadable { pid, uid: facts::uid(process), program }))
}

fn holds_nothing(stat: &Stat) -> bool {
    // include/linux/sched.h
    const PF_KTHREAD: u32 = 0x0020_0000;
    stat.flags & PF_KTHREAD != 0 || (is_zombie(stat) && !outlived_by_threads(Some(stat)))
}

/// The first thread has ended and others go on: the process lives, but shows no descriptors in its own folder.
fn outlived_by_threads(stat: Option<&Stat>) -> bool {
    stat.is_some_and(|stat| is_zombie(stat) && stat.num_threads > 1)
}

fn is_zombie(stat: &Stat) -> bool {
    matches!(stat.state, 'Z' | 'X')
}

fn is_gone(error: Errno) -> bool {
    matches!(error, Errno::NOENT | Errno::SRCH)
}
