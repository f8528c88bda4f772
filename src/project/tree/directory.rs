//! One open directory: opened below its parent without following links, read in pieces.

use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{AtFlags, FileType, Mode, OFlags, RawDir, SeekFrom, fstat, openat, seek, statat};
use rustix::io::{Errno, Result};
use std::ffi::{CStr, CString};

/// Room for about 1,500 entries of one getdents(2); names are 255 bytes at most.
const BUFFER_BYTES: usize = 64 * 1024;

/// A directory's device and inode number: the same directory has the same pair wherever it shows.
pub type Identity = (u64, u64);

/// Opens a directory, the path's last component not followed, exactly as far as `inotify_add_watch(2)` would get:
/// both ask for search permission on the way and read permission at the end (`fs/notify/inotify/inotify_user.c`).
pub(super) fn open(parent: BorrowedFd<'_>, name: &CStr) -> Result<(OwnedFd, Identity)> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let directory = openat(parent, name, flags, Mode::empty())?;
    let identity = identity(directory.as_fd())?;
    Ok((directory, identity))
}

/// The identity of an open directory.
pub(super) fn identity(directory: BorrowedFd<'_>) -> Result<Identity> {
    fstat(directory).map(|stat| (stat.st_dev, stat.st_ino))
}

/// Goes up `steps` levels and takes the result only when it is the directory `expected`.
pub(super) fn climb(from: BorrowedFd<'_>, steps: usize, expected: Identity) -> Result<OwnedFd> {
    let (mut directory, mut found) = open(from, c"..")?;
    for _ in 1..steps {
        (directory, found) = open(directory.as_fd(), c"..")?;
    }
    if found == expected { Ok(directory) } else { Err(Errno::STALE) }
}

/// Goes down the names in `below` and takes the result only when it is the directory `expected`.
pub(super) fn climb_down(from: BorrowedFd<'_>, below: &[u8], expected: Identity) -> Result<OwnedFd> {
    let (mut directory, mut found) = open(from, c".")?;
    for name in below.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
        let name = CString::new(name).map_err(|_| Errno::INVAL)?;
        (directory, found) = open(directory.as_fd(), &name)?;
    }
    if found == expected { Ok(directory) } else { Err(Errno::STALE) }
}

/// Goes on reading where an earlier descriptor of the same directory stopped.
pub(super) fn resume(directory: BorrowedFd<'_>, cookie: u64) -> Result<()> {
    seek(directory, SeekFrom::Start(cookie)).map(drop)
}

/// The buffer that getdents(2) fills, used for one directory after the other.
pub(super) struct Reader(Vec<u8>);

impl Reader {
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(BUFFER_BYTES))
    }

    /// Reads one piece. `on_entry` gets each name but `.` and `..`, and whether it is a directory. The cookie to
    /// [`resume`] at, or `None` at the end of the directory.
    pub(super) fn read(
        &mut self,
        directory: BorrowedFd<'_>,
        on_entry: &mut dyn FnMut(&CStr, bool),
    ) -> Result<Option<u64>> {
        let mut entries = RawDir::new(directory, self.0.spare_capacity_mut());
        while let Some(entry) = entries.next() {
            let entry = entry?;
            let (name, kind, cookie) = (entry.file_name(), entry.file_type(), entry.next_entry_cookie());
            if name != c"." && name != c".." {
                on_entry(name, is_directory(directory, name, kind));
            }
            if entries.is_buffer_empty() {
                return Ok(Some(cookie));
            }
        }
        Ok(None)
    }
}

/// Some file systems do not tell the kind in the listing. What cannot be asked is taken for a file, as Python's
/// `os.walk` does, which watchdog goes by.
fn is_directory(parent: BorrowedFd<'_>, name: &CStr, kind: FileType) -> bool {
    match kind {
        FileType::Directory => true,
        FileType::Unknown => statat(parent, name, AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT)
            .is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Directory),
        _ => false,
    }
}
