//! Steadiness of what a process watches: an app whose event queue overflows takes all its watches again and again, and
//! one look at it shows any number between none and all.

use super::watched::{self, WatchedInode};
use super::{count, crew, fdinfo};
use crate::machine::process_dir::clock;
use crate::machine::{Places, ProcessDir};
use crate::progress::{Cancelled, Progress};
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Time between two readings that agree so far. The kernel lets the process add no watch while it writes them down, and
/// every watch has a number of its own, so that few readings tell as much as many.
const PAUSE: Duration = Duration::from_millis(600);
/// Time between two readings once they differ, since how far the count swings is part of the answer, and where a brief
/// look will do.
const PAUSE_BRIEF: Duration = Duration::from_millis(250);
/// Interval at which it is looked whether to stop.
const LOOK: Duration = Duration::from_millis(20);

/// The time over which a process is observed.
#[derive(Clone, Debug)]
pub struct Span {
    least: Duration,
    brief_will_do: Arc<AtomicBool>,
}

impl Span {
    /// At least so long.
    #[must_use]
    pub fn at_least(least: Duration) -> Self {
        Self { least, brief_will_do: Arc::default() }
    }

    /// Says, also while the process is observed, that two readings will do where they agree: it cannot rest between two
    /// rounds of taking its watches anew, since it takes none anew.
    pub fn brief_will_do(&self) {
        self.brief_will_do.store(true, Ordering::Relaxed);
    }

    fn is_brief(&self) -> bool {
        self.brief_will_do.load(Ordering::Relaxed)
    }
}

/// The result of several readings of one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steadiness {
    /// Whether all readings agree. The kernel gives every new watch a new number, so that watches which were given back
    /// and taken again in between are noticed even where they are the same ones.
    pub steady: bool,
    /// Number of readings, two at least.
    pub readings: u32,
    /// Fewest watches in one reading.
    pub fewest: u64,
    /// Watches in one reading at most.
    pub most: u64,
    /// The last reading: the inodes, instance by instance.
    pub held: Vec<Vec<WatchedInode>>,
    /// CPU time that all threads of the process used from the first reading to the last, in whole clock ticks.
    pub cpu: Duration,
    /// Time from the first reading to the last.
    pub over: Duration,
}

/// The reason for which it is not known whether a process is steady.
#[derive(Debug, thiserror::Error)]
pub enum SteadinessUnknown {
    /// The observation was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The process has ended, or may not be read.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
}

impl From<Errno> for SteadinessUnknown {
    fn from(error: Errno) -> Self {
        Self::Unreadable(error.into())
    }
}

impl Steadiness {
    /// Reads what process `pid` watches again and again over this span, and at least twice.
    ///
    /// # Errors
    /// When it is cancelled, when the process ends meanwhile, or where it may not be read.
    pub fn observe(places: &Places, pid: u32, span: &Span, progress: &Progress) -> Result<Self, SteadinessUnknown> {
        let mut observed = Observed { places, pid, process: ProcessDir::open(places, pid)?, files: BTreeMap::new() };
        let (begin, cpu_before) = (Instant::now(), observed.cpu()?);
        let first = observed.read(progress)?;
        let mut seen =
            Self { readings: 1, fewest: first.watches(), most: first.watches(), ..Self::nothing_yet(first.held) };
        loop {
            wait(|| if seen.steady && !span.is_brief() { PAUSE } else { PAUSE_BRIEF }, progress)?;
            let reading = observed.read(progress)?;
            let watches = reading.watches();
            seen.steady &= reading.digests == first.digests;
            seen.readings += 1;
            (seen.fewest, seen.most) = (seen.fewest.min(watches), seen.most.max(watches));
            seen.held = reading.held;
            seen.over = begin.elapsed();
            if seen.over >= span.least || seen.steady && span.is_brief() {
                seen.cpu = observed.cpu()?.saturating_sub(cpu_before);
                return Ok(seen);
            }
        }
    }

    fn nothing_yet(held: Vec<Vec<WatchedInode>>) -> Self {
        let none = Duration::ZERO;
        Self { steady: true, readings: 0, fewest: 0, most: 0, held, cpu: none, over: none }
    }

    /// CPU time for each second that went by: 1 is a whole core.
    #[must_use]
    pub fn cores(&self) -> f64 {
        self.cpu.as_secs_f64() / self.over.as_secs_f64().max(f64::EPSILON)
    }
}

fn wait(time: impl Fn() -> Duration, progress: &Progress) -> Result<(), Cancelled> {
    let begin = Instant::now();
    while begin.elapsed() < time() {
        progress.check()?;
        std::thread::sleep(LOOK);
    }
    progress.check()
}

/// A process under observation.
struct Observed<'a> {
    places: &'a Places,
    pid: u32,
    process: ProcessDir,
    /// Files of fdinfo by descriptor, kept open: the kernel writes into a buffer that begins with a page and is
    /// doubled, and everything written anew, until all lines fit; the second time it is large enough from the start.
    files: BTreeMap<u32, Arc<File>>,
}

/// One reading.
struct WatchReading {
    /// Digests by descriptor: equal for the same watches with the same numbers.
    digests: Vec<(u32, u64)>,
    held: Vec<Vec<WatchedInode>>,
}

impl WatchReading {
    fn watches(&self) -> u64 {
        self.held.iter().map(|instance| instance.len() as u64).sum()
    }
}

impl Observed<'_> {
    fn cpu(&self) -> Result<Duration, Errno> {
        let stat = self.process.stat()?.ok_or(Errno::INVAL)?;
        Ok(clock::duration(stat.utime + stat.stime))
    }

    fn read(&mut self, progress: &Progress) -> Result<WatchReading, SteadinessUnknown> {
        let instances = watched::instances(self.places, self.pid, self.process.inotify_descriptors()?);
        let numbers: Vec<u32> = instances.iter().map(|descriptor| descriptor.fd).collect();
        let files = instances.into_iter().map(|descriptor| (descriptor, self.files.remove(&descriptor.fd)));
        let (places, inner) = (self.places.clone(), progress.clone());
        let all = crew::share(files.collect(), progress, move |(descriptor, kept)| {
            let file = kept.clone().map_or_else(|| count::open_fdinfo(&places, *descriptor).map(Arc::new), Ok)?;
            instance(&file, &inner).map(|(digest, inodes)| (file, digest, inodes))
        })?;
        let mut taken = WatchReading { digests: Vec::new(), held: Vec::new() };
        for (fd, one) in numbers.into_iter().zip(all) {
            match one {
                Ok((file, digest, inodes)) => {
                    self.files.insert(fd, file);
                    taken.digests.push((fd, digest));
                    taken.held.push(inodes);
                }
                // Closed meanwhile.
                Err(error) if count::is_gone(&error) && count::exists(self.places, self.pid) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(taken)
    }
}

fn instance(mut file: &File, progress: &Progress) -> io::Result<(u64, Vec<WatchedInode>)> {
    file.rewind()?;
    let (mut digest, mut inodes) = (DefaultHasher::new(), Vec::new());
    fdinfo::for_each_watch(file, progress, |watch| {
        digest.write(watch);
        inodes.extend(fdinfo::inode(watch));
    })?;
    Ok((digest.finish(), inodes))
}
