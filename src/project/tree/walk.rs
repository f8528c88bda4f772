//! Walking one tree: its root opened, the crew sent through it, what it brought put in order.

use super::crew::{Asked, Crew};
use super::descriptors;
use super::directory;
use super::found::{Brought, Haul, Marks, Piece, WalkerFindings, Watch};
use super::index::Index;
use super::mounts::Mounts;
use super::notable::Notable;
use super::walker::Walker;
use crate::guarded::{self, NoAnswer, Refusal};
use crate::progress::{Cancelled, Progress};
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Errno;
use std::collections::HashMap;
use std::ffi::{CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// A tree that was walked.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) index: Index,
    pub(super) notable: Notable,
    /// Bytes on the disk of what lies in directories of caches, where they were asked for.
    pub(super) cache_bytes: HashMap<directory::DirectoryId, u64>,
    /// Mounted folders that did not answer in time; they are left out.
    pub(super) unresponsive: Vec<PathBuf>,
}

/// Walks `root`, each directory opened once. A symbolic link as root is followed, no other is. A root that does not
/// exist, or is no directory, has no directories. `known` are the real paths of trees that were walked before: what they
/// hold is not counted for the progress again.
pub(super) fn walk(root: &Path, known: &[&Path], asked: Asked, progress: &Progress) -> Result<Walked, Cancelled> {
    progress.check()?;
    let root = without_slash(root);
    let real = match guarded::real_path_or_cancel(&root, progress) {
        Err(NoAnswer::Cancelled) => return Err(Cancelled),
        Err(NoAnswer::Late) | Ok(Err(Refusal::Silent)) => {
            return Ok(Walked { unresponsive: vec![root], ..Walked::default() });
        }
        Ok(Err(Refusal::Denied)) => return Ok(closed(&root, &root)),
        Ok(Err(_)) => return Ok(Walked::default()),
        Ok(Ok(real)) => real,
    };
    let mounts = Mounts::of(&real);
    let directory = match open_root(&real, &mounts) {
        OpenedRoot::Missing => return Ok(Walked::default()),
        OpenedRoot::Closed => return Ok(closed(&root, &real)),
        OpenedRoot::Open(directory) => Some(directory),
        OpenedRoot::Remote => None,
    };
    let may_repeat = mounts.repeats;
    let lengths = (before_slash(&root), before_slash(&real));
    let known = known.iter().filter_map(|known| below(known, &real)).collect();
    let mut haul = send(Crew::new(progress, mounts, lengths, known, asked), &root, directory.as_ref())?;
    let index = Index::new(&root, &real, &mut haul, may_repeat);
    let mut walked = gather(haul, index);
    walked.unresponsive.sort();
    Ok(walked)
}

/// Sends a crew through the tree whose root is open, or on a file system that may hang. `root` is its path as it was
/// given.
fn send(crew: Crew<'_>, root: &Path, directory: Option<&OwnedFd>) -> Result<Haul, Cancelled> {
    // A directory that shows in two places may show in itself, which only the whole way down can tell.
    let helpers = if crew.mounts.repeats || crew.mounts.home.remote.is_some() { 0 } else { cores() - 1 };
    crew.take_on(1 + helpers);
    let found = std::thread::scope(|scope| {
        let (crew, directory) = (&crew, directory.map(AsFd::as_fd));
        let walkers: Vec<_> = (0..=helpers)
            .map(|number| {
                let thread = std::thread::Builder::new().name(format!("tree-{number}"));
                let walk = move || {
                    let directory = directory.map(descriptors::of_this_thread);
                    let walker = Walker::new(crew, number);
                    if number == 0 { walker.begin(root, directory) } else { walker.work(directory) }
                };
                // Without it the others do the work.
                thread.spawn_scoped(scope, walk).map_err(|_| crew.leave_board())
            })
            .collect();
        let found = walkers.into_iter().flatten().map(|walker| match walker.join() {
            Ok(found) => found,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        found.collect::<Result<Vec<_>, Cancelled>>()
    })?;
    let (brought, devices) = crew.into_brought();
    Ok(Haul { found, brought, devices })
}

/// Walkers at most: they get in each other's way in the kernel.
const MOST_WALKERS: usize = 8;

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(MOST_WALKERS)
}

enum OpenedRoot {
    Open(OwnedFd),
    /// A root on a file system that may hang: nobody opens it here.
    Remote,
    /// A root that may not be read.
    Closed,
    Missing,
}

fn open_root(real: &Path, mounts: &Mounts) -> OpenedRoot {
    if mounts.home.remote.is_some() {
        return OpenedRoot::Remote;
    }
    let Ok(name) = CString::new(real.as_os_str().as_bytes()) else { return OpenedRoot::Missing };
    match directory::open(rustix::fs::CWD, &name) {
        Ok(directory) => OpenedRoot::Open(directory),
        Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => OpenedRoot::Missing,
        Err(_) => OpenedRoot::Closed,
    }
}

/// A root of which nothing is known but that it is there.
fn closed(root: &Path, real: &Path) -> Walked {
    let found = WalkerFindings {
        names: vec![0],
        inodes: vec![0],
        files: vec![0],
        depths: vec![0],
        marks: vec![Marks::new(Watch::Unreadable, 0)],
        ..WalkerFindings::default()
    };
    let pieces = vec![Piece::Run { directories: 0..1, names: 0..1 }];
    let mut haul = Haul { found: vec![found], brought: vec![Brought { walker: 0, pieces }], devices: Vec::new() };
    Walked { index: Index::new(root, real, &mut haul, false), ..Walked::default() }
}

/// Gathers what is left of a haul once its directories are in order.
fn gather(haul: Haul, index: Index) -> Walked {
    let mut walked = Walked { index, ..Walked::default() };
    let mut bytes = HashMap::new();
    for found in haul.found {
        walked.notable.append(found.notable);
        bytes.extend(found.cache_bytes);
        walked.unresponsive.extend(found.unresponsive.iter().map(|path| PathBuf::from(OsStr::from_bytes(path))));
        if found.vanished > 0 {
            log::debug!("{} directories of {} were gone", found.vanished, walked.index.root().display());
        }
    }
    walked.cache_bytes = walked.index.by_id(bytes);
    walked
}

/// What follows a root in the path of a folder inside, with the slash in front.
fn below(folder: &Path, root: &Path) -> Option<Vec<u8>> {
    let below = folder.strip_prefix(root).ok().filter(|below| !below.as_os_str().is_empty())?;
    Some([b"/", below.as_os_str().as_bytes()].concat())
}

fn without_slash(root: &Path) -> PathBuf {
    let mut bytes = root.as_os_str().as_bytes();
    while let [rest @ .., b'/'] = bytes
        && !rest.is_empty()
    {
        bytes = rest;
    }
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// The length of a root's path, so that what follows it in longer paths begins with a slash; 0 for `/`.
fn before_slash(root: &Path) -> usize {
    if root == Path::new("/") { 0 } else { root.as_os_str().len() }
}
