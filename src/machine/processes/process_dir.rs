//! The folder of one process below /proc, held open: whatever is read through it belongs to that very process,
//! even when its number is given to another one meanwhile.

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{Mode, OFlags, RawDir, openat, readlinkat, readlinkat_raw};
use rustix::io::{Errno, Result};
use std::ffi::{CStr, OsString};
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStringExt;

/// What the link of every inotify descriptor reads (`anon_inode_getfd`, `fs/notify/inotify/inotify_user.c`).
const INOTIFY: &[u8] = b"anon_inode:inotify";

/// Working memory, used again for every process.
pub(super) struct Buffers {
    listing: Box<[MaybeUninit<u8>]>,
    pub(super) text: Vec<u8>,
}

impl Default for Buffers {
    fn default() -> Self {
        Self { listing: vec![MaybeUninit::uninit(); 32 * 1024].into_boxed_slice(), text: Vec::with_capacity(4096) }
    }
}

/// One process.
pub(super) struct ProcessDir(OwnedFd);

impl ProcessDir {
    pub(super) fn open(proc: impl AsFd, pid: u32) -> Result<Self> {
        // O_PATH, because reading the folder itself may be forbidden (hidepid=noaccess) where looking at its owner is not.
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(openat(proc, pid.to_string(), flags, Mode::empty())?))
    }

    /// The descriptors that are inotify instances, ascending.
    pub(super) fn inotify_descriptors(&self, buffers: &mut Buffers) -> Result<Vec<u32>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = openat(&self.0, c"fd", flags, Mode::empty())?;
        let mut found = Vec::new();
        let mut listing = RawDir::new(&folder, &mut buffers.listing);
        while let Some(entry) = listing.next() {
            let entry = entry?;
            if let Some(fd) = decimal(entry.file_name())
                && is_inotify(&folder, entry.file_name())?
            {
                found.push(fd);
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// The whole file, in place of what `text` held.
    pub(super) fn read(&self, file: &CStr, text: &mut Vec<u8>) -> Result<()> {
        text.clear();
        let file = openat(&self.0, file, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
        loop {
            text.reserve(4096);
            match rustix::io::read(&file, rustix::buffer::spare_capacity(text)) {
                Ok(0) => return Ok(()),
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Where a link points; `None` where it may not be read.
    pub(super) fn link(&self, name: &CStr) -> Option<OsString> {
        Some(OsString::from_vec(readlinkat(&self.0, name, Vec::new()).ok()?.into_bytes()))
    }

    /// Whom the folder belongs to: the effective user, but root for a process that is not dumpable (proc(5)).
    pub(super) fn owner(&self) -> Option<u32> {
        rustix::fs::fstat(&self.0).ok().map(|status| status.st_uid)
    }
}

fn is_inotify(folder: impl AsFd, name: &CStr) -> Result<bool> {
    // One byte longer than the text that is looked for, to tell a longer one apart.
    let mut buffer = [MaybeUninit::uninit(); INOTIFY.len() + 1];
    match readlinkat_raw(folder, name, &mut buffer) {
        Ok((target, _)) => Ok(target == INOTIFY),
        // Closed meanwhile; EINVAL is a fixture's plain file.
        Err(Errno::NOENT | Errno::INVAL) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A name that is a number, as those of processes and descriptors are.
pub(super) fn decimal(name: &CStr) -> Option<u32> {
    let name = name.to_bytes();
    name.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(name).ok()?.parse().ok()).flatten()
}
