//! Counts the watches of all instances: each is read once, whoever has it open.

use super::crew;
use super::fdinfo::{self, FdinfoSummary};
use super::same_file::{self, Descriptor, Incomparable};
use super::scan::HoldingProcess;
use super::sharing::{self, Clue, Grouped};
use crate::machine::Places;
use crate::progress::{Cancelled, Progress};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, ErrorKind};

/// One inotify instance.
pub(super) struct Instance {
    /// The processes that have it open.
    pub(super) pids: BTreeSet<u32>,
    pub(super) watches: u64,
}

/// All instances, each counted once, and who could not be read.
pub(super) struct CountedInstances {
    pub(super) instances: Vec<Instance>,
    pub(super) sharing_unknown: bool,
    pub(super) denied: BTreeSet<u32>,
}

impl CountedInstances {
    pub(super) fn read(places: &Places, holders: &[HoldingProcess], progress: &Progress) -> Result<Self, Cancelled> {
        let all = holders
            .iter()
            .flat_map(|holder| holder.descriptors.iter().map(|fd| Descriptor { pid: holder.pid, fd: *fd }));
        let Grouped { instances, uncompared } = group(places, all);
        // A single descriptor raises no question of sharing.
        let sharing_unknown = !uncompared.is_empty() && instances.len() + uncompared.len() > 1;
        let mut counted = Self { instances: Vec::new(), sharing_unknown, denied: BTreeSet::new() };
        for found in readings(places, instances, progress, fdinfo::count)? {
            let found = counted.note(found);
            counted.instances.extend(found.map(|(descriptors, summary)| instance(&descriptors, summary)));
        }
        let clues = counted.clues(places, holders, uncompared, progress)?;
        counted
            .instances
            .extend(sharing::presume(&clues).into_iter().map(|(members, summary)| instance(&members, summary)));
        Ok(counted)
    }

    /// Finds further evidence about descriptors that could not be compared.
    fn clues(
        &mut self,
        places: &Places,
        holders: &[HoldingProcess],
        uncompared: Vec<Descriptor>,
        progress: &Progress,
    ) -> Result<Vec<Clue>, Cancelled> {
        let parents: BTreeMap<u32, u32> = holders.iter().map(|holder| (holder.pid, holder.facts.parent)).collect();
        let single = uncompared.into_iter().map(|descriptor| vec![descriptor]).collect();
        let mut clues = Vec::new();
        for found in readings(places, single, progress, fdinfo::summarise)? {
            if let Some((descriptors, summary)) = self.note(found) {
                let parent = |pid| parents.get(&pid).copied().unwrap_or_default();
                let clue = |descriptor: Descriptor| Clue { descriptor, parent: parent(descriptor.pid), summary };
                clues.extend(descriptors.into_iter().map(clue));
            }
        }
        Ok(clues)
    }

    /// Remembers who could not be read.
    fn note(&mut self, InstanceReading { told, denied }: InstanceReading) -> Option<(Vec<Descriptor>, FdinfoSummary)> {
        self.denied.extend(denied);
        told
    }
}

/// The outcome of reading one instance.
struct InstanceReading {
    /// The descriptors that still have it open, and its watches.
    told: Option<(Vec<Descriptor>, FdinfoSummary)>,
    /// Processes that may not be read.
    denied: Vec<u32>,
}

/// Reads every instance once, on several threads.
fn readings(
    places: &Places,
    instances: Vec<Vec<Descriptor>>,
    progress: &Progress,
    read: fn(File, &Progress) -> io::Result<FdinfoSummary>,
) -> Result<Vec<InstanceReading>, Cancelled> {
    let (places, inner) = (places.clone(), progress.clone());
    crew::share(instances, progress, move |descriptors| reading(&places, descriptors, |file| read(file, &inner)))
}

/// Reads one of the descriptors: all tell the same; the first that can still be read is enough.
fn reading(
    places: &Places,
    descriptors: &[Descriptor],
    read: impl Fn(File) -> io::Result<FdinfoSummary>,
) -> InstanceReading {
    let mut denied = Vec::new();
    for (at, descriptor) in descriptors.iter().enumerate() {
        match open_fdinfo(places, *descriptor).and_then(&read) {
            Ok(summary) => return InstanceReading { told: Some((descriptors[at..].to_vec(), summary)), denied },
            // Closed, or the whole process has ended: then nothing of it is left, and that is noticed at the end.
            Err(error) if is_gone(&error) => {}
            Err(_) => denied.push(descriptor.pid),
        }
    }
    InstanceReading { told: None, denied }
}

fn instance(descriptors: &[Descriptor], summary: FdinfoSummary) -> Instance {
    Instance { pids: descriptors.iter().map(|descriptor| descriptor.pid).collect(), watches: summary.watches }
}

pub(super) fn group(places: &Places, descriptors: impl IntoIterator<Item = Descriptor>) -> Grouped {
    if tells_own_numbers(places) {
        sharing::group(descriptors, same_file::compare)
    } else {
        sharing::group(descriptors, |_, _| Err(Incomparable::Refused))
    }
}

/// Tells whether process numbers below `places.proc` are those of system calls: not in a test's tree of files, and not
/// where the /proc of another PID namespace is mounted.
fn tells_own_numbers(places: &Places) -> bool {
    let is_proc = rustix::fs::statfs(&places.proc).is_ok_and(|fs| fs.f_type == rustix::fs::PROC_SUPER_MAGIC);
    let own = std::process::id().to_string();
    is_proc && std::fs::read_link(places.proc.join("self")).is_ok_and(|link| link.as_os_str() == own.as_str())
}

pub(super) fn open_fdinfo(places: &Places, Descriptor { pid, fd }: Descriptor) -> io::Result<File> {
    File::open(places.proc.join(format!("{pid}/fdinfo/{fd}")))
}

pub(super) fn is_gone(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(rustix::io::Errno::SRCH.raw_os_error())
}

pub(super) fn exists(places: &Places, pid: u32) -> bool {
    places.proc.join(pid.to_string()).exists()
}
