//! The pass over /proc: which processes hold inotify descriptors, and which cannot be read.

use super::Unreadable;
use super::facts::{self, Facts};
use super::process_dir::{Buffers, ProcessDir};
use crate::machine::Places;
use crate::progress::{Cancelled, Progress};
use procfs::process::Stat;
use rustix::fd::OwnedFd;
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

/// A process with inotify descriptors, or a Streamlit app or uvicorn without.
pub(super) struct Holder {
    pub(super) pid: u32,
    /// Its inotify descriptors, ascending.
    pub(super) descriptors: Vec<u32>,
    pub(super) facts: Facts,
}

/// What one pass has found.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) holders: Vec<Holder>,
    pub(super) unreadable: Vec<Unreadable>,
    pub(super) vanished: u64,
    /// /proc itself could not be listed.
    pub(super) blind: bool,
}

impl Scan {
    pub(super) fn read(places: &Places, progress: &Progress) -> Result<Self, Cancelled> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let proc = rustix::fs::open(&places.proc, flags, Mode::empty()).map_err(std::io::Error::from);
        let (Ok(proc), Ok(pids)) = (proc, pids(places)) else { return Ok(Self { blind: true, ..Self::default() }) };
        let (mut scan, mut buffers) = (Self::default(), Buffers::default());
        for pid in pids {
            progress.check()?;
            scan.visit(&proc, pid, &mut buffers);
        }
        Ok(scan)
    }

    fn visit(&mut self, proc: &OwnedFd, pid: u32, buffers: &mut Buffers) {
        let seen = ProcessDir::open(proc, pid).and_then(|process| look(&process, pid, buffers));
        match seen {
            Ok(Seen::Holder(holder)) => self.holders.push(*holder),
            Ok(Seen::Unreadable(unreadable)) => self.unreadable.push(unreadable),
            Ok(Seen::Nothing) => {}
            Err(error) if is_gone(error) => self.vanished += 1,
            Err(_) => self.unreadable.push(Unreadable { pid, uid: u32::MAX, program: String::new() }),
        }
    }
}

/// The numbers of all processes, ascending.
fn pids(places: &Places) -> std::io::Result<Vec<u32>> {
    let names = std::fs::read_dir(&places.proc)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut pids: Vec<u32> = names.filter_map(|name| name.parse().ok()).collect();
    pids.sort_unstable();
    Ok(pids)
}

enum Seen {
    Holder(Box<Holder>),
    Unreadable(Unreadable),
    Nothing,
}

/// Looks at one process. The error says that it has ended, or that not even its owner is told.
fn look(process: &ProcessDir, pid: u32, buffers: &mut Buffers) -> Result<Seen, Errno> {
    let descriptors = match process.inotify_descriptors(buffers) {
        Ok(descriptors) => descriptors,
        Err(error) if is_gone(error) => return Err(error),
        Err(_) => return unreadable(process, pid, buffers),
    };
    if descriptors.is_empty() {
        process.read(c"cmdline", &mut buffers.text)?;
        if buffers.text.is_empty() && outlived_by_threads(facts::stat(process, buffers)?.as_ref()) {
            return unreadable(process, pid, buffers);
        }
        if !facts::is_app(&buffers.text) {
            return Ok(Seen::Nothing);
        }
    }
    let facts = Facts::read(process, buffers)?;
    Ok(Seen::Holder(Box::new(Holder { pid, descriptors, facts })))
}

/// Kernel threads and zombies hold no descriptors: being refused there hides nothing.
fn unreadable(process: &ProcessDir, pid: u32, buffers: &mut Buffers) -> Result<Seen, Errno> {
    let stat = match facts::stat(process, buffers) {
        Err(error) if is_gone(error) => return Err(error),
        stat => stat.ok().flatten(),
    };
    if stat.as_ref().is_some_and(holds_nothing) {
        return Ok(Seen::Nothing);
    }
    let uid = facts::uid(process, buffers);
    Ok(Seen::Unreadable(Unreadable { pid, uid, program: stat.map(|stat| stat.comm).unwrap_or_default() }))
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
