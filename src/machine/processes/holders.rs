//! Puts together what `scan`, `sharing`, `fdinfo` and `account` find out.

use super::account::Ledger;
use super::fdinfo::{self, Summary};
use super::same_file::{self, Descriptor, Incomparable};
use super::scan::{Holder, Scan};
use super::sharing::{self, Clue, Grouped};
use super::users::Users;
use super::{Holders, Process, Unreadable, WatchedInode, facts, process_dir, visibility};
use crate::machine::Places;
use crate::progress::{Cancelled, Progress};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, ErrorKind};

impl Holders {
    /// One pass over `/proc`. An instance that several descriptors or processes share is counted once, by kcmp(2).
    /// Where the kernel refuses that call, a child with the same watches under the same descriptor number as its
    /// parent is presumed to share them, everything else to be distinct, and [`Holders::sharing_unknown`] is set.
    ///
    /// # Errors
    /// [`Cancelled`] only; everything else that goes wrong is part of the result.
    pub fn read(places: &Places, progress: &Progress) -> Result<Self, Cancelled> {
        let scan = Scan::read(places, progress)?;
        let mut counter = Counter::new(places);
        let found = counter.instances(&scan.holders, progress)?;
        Ok(assemble(places, scan, &found, &counter.denied))
    }
}

/// One inotify instance.
struct Instance {
    /// The processes that have it open.
    pids: BTreeSet<u32>,
    watches: u64,
}

struct Instances {
    all: Vec<Instance>,
    sharing_unknown: bool,
}

/// Reads the watches of instances and remembers who could not be read.
struct Counter<'a> {
    places: &'a Places,
    line: Vec<u8>,
    denied: BTreeSet<u32>,
}

impl<'a> Counter<'a> {
    fn new(places: &'a Places) -> Self {
        Self { places, line: Vec::new(), denied: BTreeSet::new() }
    }

    fn instances(&mut self, holders: &[Holder], progress: &Progress) -> Result<Instances, Cancelled> {
        let all = holders
            .iter()
            .flat_map(|holder| holder.descriptors.iter().map(|fd| Descriptor { pid: holder.pid, fd: *fd }));
        let Grouped { instances, uncompared } = group(self.places, all);
        // A single descriptor raises no question of sharing.
        let sharing_unknown = !uncompared.is_empty() && instances.len() + uncompared.len() > 1;
        let mut counted = Vec::new();
        for descriptors in instances {
            progress.check()?;
            counted.extend(self.first_readable(&descriptors));
        }
        let clues = self.clues(holders, &uncompared, progress)?;
        counted.extend(sharing::presume(&clues).into_iter().map(|(members, summary)| instance(&members, summary)));
        Ok(Instances { all: counted, sharing_unknown })
    }

    /// All descriptors tell the same; the first that can still be read is enough.
    fn first_readable(&mut self, descriptors: &[Descriptor]) -> Option<Instance> {
        let (at, summary) =
            descriptors.iter().enumerate().find_map(|(at, descriptor)| Some((at, self.summary(*descriptor)?)))?;
        Some(instance(&descriptors[at..], summary))
    }

    fn clues(
        &mut self,
        holders: &[Holder],
        uncompared: &[Descriptor],
        progress: &Progress,
    ) -> Result<Vec<Clue>, Cancelled> {
        let parents: BTreeMap<u32, u32> = holders.iter().map(|holder| (holder.pid, holder.facts.parent)).collect();
        let mut clues = Vec::new();
        for descriptor in uncompared {
            progress.check()?;
            let parent = parents.get(&descriptor.pid).copied().unwrap_or_default();
            clues.extend(self.summary(*descriptor).map(|summary| Clue { descriptor: *descriptor, parent, summary }));
        }
        Ok(clues)
    }

    fn summary(&mut self, descriptor: Descriptor) -> Option<Summary> {
        let summary = open_fdinfo(self.places, descriptor).and_then(|file| fdinfo::summarise(file, &mut self.line));
        match summary {
            Ok(summary) => return Some(summary),
            Err(error) if !is_gone(&error) => self.denied.insert(descriptor.pid),
            // Closed, or the whole process has ended: then nothing of it is left, and that is noticed at the end.
            Err(_) => false,
        };
        None
    }
}

fn instance(descriptors: &[Descriptor], summary: Summary) -> Instance {
    Instance { pids: descriptors.iter().map(|descriptor| descriptor.pid).collect(), watches: summary.watches }
}

fn group(places: &Places, descriptors: impl IntoIterator<Item = Descriptor>) -> Grouped {
    if tells_own_numbers(places) {
        sharing::group(descriptors, same_file::compare)
    } else {
        sharing::group(descriptors, |_, _| Err(Incomparable::Refused))
    }
}

/// Whether process numbers below `places.proc` are those of system calls: not in a test's tree of files, and not
/// where the /proc of another PID namespace is mounted.
fn tells_own_numbers(places: &Places) -> bool {
    let is_proc = rustix::fs::statfs(&places.proc).is_ok_and(|fs| fs.f_type == rustix::fs::PROC_SUPER_MAGIC);
    let own = std::process::id().to_string();
    is_proc && std::fs::read_link(places.proc.join("self")).is_ok_and(|link| link.as_os_str() == own.as_str())
}

fn open_fdinfo(places: &Places, Descriptor { pid, fd }: Descriptor) -> io::Result<BufReader<File>> {
    let file = File::open(places.proc.join(format!("{pid}/fdinfo/{fd}")))?;
    Ok(BufReader::with_capacity(64 * 1024, file))
}

fn is_gone(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(rustix::io::Errno::SRCH.raw_os_error())
}

fn exists(places: &Places, pid: u32) -> bool {
    places.proc.join(pid.to_string()).exists()
}

/// What one process has, over all instances.
#[derive(Default)]
struct Tally {
    instances: u64,
    watches: u64,
    charged_watches: u64,
    shared_with: BTreeSet<u32>,
}

fn assemble(places: &Places, scan: Scan, found: &Instances, denied: &BTreeSet<u32>) -> Holders {
    let mut ledger = Ledger::open(places, &scan.holders);
    let mut tallies = tally(&scan.holders, &found.all, &mut ledger);
    let (users, boot_time) = (Users::read(places), facts::boot_time(&places.proc));
    let (mut unreadable, mut processes, mut vanished) = (scan.unreadable, Vec::new(), scan.vanished);
    for holder in scan.holders {
        let tally = tallies.remove(&holder.pid).unwrap_or_default();
        if denied.contains(&holder.pid) {
            let program = holder.facts.program.clone();
            unreadable.push(Unreadable { pid: holder.pid, uid: holder.facts.uid, program });
        }
        if tally.instances == 0 && !exists(places, holder.pid) {
            vanished += 1;
        } else if tally.instances > 0 || holder.facts.kind.is_app() {
            let (charged, other) = (ledger.is_charged(holder.pid), ledger.is_other(&holder));
            let mut process = process(holder, tally, boot_time);
            process.user = users.name(process.uid);
            (process.charged_to_account, process.other_user_namespace) = (charged, other);
            processes.push(process);
        }
    }
    processes.sort_by_key(|process| (std::cmp::Reverse(process.watches), process.pid));
    unreadable.sort_by_key(|process| process.pid);
    Holders {
        account: ledger.close(&unreadable),
        processes,
        unreadable,
        vanished,
        sharing_unknown: found.sharing_unknown,
        hidden_processes: scan.blind || visibility::hides_processes(places),
    }
}

/// Sums the instances up by process, and enters each once in the ledger.
fn tally(holders: &[Holder], instances: &[Instance], ledger: &mut Ledger<'_>) -> BTreeMap<u32, Tally> {
    let by_pid: BTreeMap<u32, &Holder> = holders.iter().map(|holder| (holder.pid, holder)).collect();
    let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
    for Instance { pids, watches } in instances {
        let payer = ledger.enter(pids.iter().filter_map(|pid| by_pid.get(pid).copied()), *watches);
        for pid in pids {
            let tally = tallies.entry(*pid).or_default();
            tally.instances += 1;
            tally.watches += watches;
            tally.charged_watches += if payer == Some(*pid) { *watches } else { 0 };
            tally.shared_with.extend(pids.iter().filter(|other| *other != pid));
        }
    }
    tallies
}

/// The process without what only the ledger and the user database know.
fn process(Holder { pid, facts, .. }: Holder, tally: Tally, boot_time: Option<u64>) -> Process {
    let seconds = facts.started_ticks.map(|ticks| ticks / procfs::ticks_per_second());
    Process {
        pid,
        uid: facts.uid,
        user: None,
        program: facts.program,
        command: facts.command,
        kind: facts.kind,
        instances: tally.instances,
        watches: tally.watches,
        charged_watches: tally.charged_watches,
        charged_to_account: false,
        shared_with: tally.shared_with.into_iter().collect(),
        other_user_namespace: false,
        started: boot_time.zip(seconds).map(|(boot, seconds)| boot + seconds),
        cwd: facts.cwd,
    }
}

/// See [`super::watched_inodes`].
pub(super) fn watched_inodes(places: &Places, pid: u32) -> io::Result<Vec<Vec<WatchedInode>>> {
    let proc = File::open(&places.proc)?;
    let process = process_dir::ProcessDir::open(proc, pid)?;
    let descriptors = process.inotify_descriptors(&mut process_dir::Buffers::default())?;
    let Grouped { mut instances, uncompared } = group(places, descriptors.into_iter().map(|fd| Descriptor { pid, fd }));
    instances.extend(uncompared.into_iter().map(|descriptor| vec![descriptor]));
    instances.sort_unstable();
    let (mut inodes, mut line) = (Vec::new(), Vec::new());
    for descriptors in instances {
        let mut of_one = Vec::new();
        let read = open_fdinfo(places, descriptors[0])
            .and_then(|file| fdinfo::for_each_watch(file, &mut line, |watch| of_one.extend(fdinfo::inode(watch))));
        match read {
            Ok(()) => inodes.push(of_one),
            // Closed meanwhile.
            Err(error) if is_gone(&error) && exists(places, pid) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(inodes)
}
