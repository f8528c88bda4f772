//! The inodes that one process watches.

use super::count::{exists, group, is_gone, open_fdinfo};
use super::same_file::Descriptor;
use super::sharing::Grouped;
use super::{crew, fdinfo};
use crate::machine::{Places, ProcessDir};
use crate::progress::{Cancelled, Progress};
use std::io;

/// The identity of one watched inode as fdinfo tells it: `ino:` and `sdev:`, both hexadecimal there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WatchedInode {
    /// Inode number.
    pub ino: u64,
    /// Superblock device, major << 20 | minor; on btrfs and overlayfs it differs from `st_dev`.
    pub sdev: u32,
}

/// Lists the inodes that process `pid` watches, instance by instance. An inode may appear in several instances.
///
/// # Errors
/// When the process is gone or may not be read.
pub fn watched_inodes(places: &Places, pid: u32) -> io::Result<Vec<Vec<WatchedInode>>> {
    match read(places, &ProcessDir::open(places, pid)?, pid, &Progress::default()) {
        Ok(read) => read,
        Err(Cancelled) => unreachable!("nobody else has this progress"),
    }
}

/// The same, to be cancelled: one read of a large instance takes a third of a second in the kernel.
///
/// # Errors
/// [`Cancelled`]; inside it, that the process is gone or may not be read.
pub fn watched_inodes_until(
    places: &Places,
    pid: u32,
    progress: &Progress,
) -> Result<io::Result<Vec<Vec<WatchedInode>>>, Cancelled> {
    match ProcessDir::open(places, pid) {
        Ok(process) => read(places, &process, pid, progress),
        Err(error) => Ok(Err(error.into())),
    }
}

/// The same for the process behind `process`.
pub(super) fn read(
    places: &Places,
    process: &ProcessDir,
    pid: u32,
    progress: &Progress,
) -> Result<io::Result<Vec<Vec<WatchedInode>>>, Cancelled> {
    let instances = match process.inotify_descriptors() {
        Ok(descriptors) => instances(places, pid, descriptors),
        Err(error) => return Ok(Err(error.into())),
    };
    let (from, inner) = (places.clone(), progress.clone());
    let all = crew::share(instances, progress, move |descriptor| inodes(&from, *descriptor, &inner))?;
    let closed = |error: &io::Error| is_gone(error) && exists(places, pid);
    Ok(all.into_iter().filter(|one| !one.as_ref().is_err_and(closed)).collect())
}

/// One descriptor of each instance, in the order in which the process opened them.
pub(super) fn instances(places: &Places, pid: u32, descriptors: Vec<u32>) -> Vec<Descriptor> {
    let all = descriptors.into_iter().map(|fd| Descriptor { pid, fd });
    let Grouped { instances, uncompared } = group(places, all);
    let first = instances.into_iter().filter_map(|same| same.into_iter().min());
    let mut each: Vec<Descriptor> = first.chain(uncompared).collect();
    each.sort_unstable();
    each
}

fn inodes(places: &Places, descriptor: Descriptor, progress: &Progress) -> io::Result<Vec<WatchedInode>> {
    let mut inodes = Vec::new();
    let file = open_fdinfo(places, descriptor)?;
    fdinfo::for_each_watch(file, progress, |watch| inodes.extend(fdinfo::inode(watch)))?;
    Ok(inodes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_ends_when_it_is_cancelled() {
        let progress = Progress::default();
        let own = std::process::id();
        assert!(watched_inodes_until(&Places::default(), own, &progress).is_ok_and(|read| read.is_ok()));
        progress.cancel();
        assert!(watched_inodes_until(&Places::default(), own, &progress).is_err());
    }
}
