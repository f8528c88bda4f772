//! One open directory: opened below its parent without following links, and read.

use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{AtFlags, FileType, Mode, OFlags, RawDir, fstat, openat, statat};
use rustix::io::{Errno, Result};
use std::ffi::{CStr, CString};

/// Room for about 1,500 entries of one getdents(2); names are 255 bytes at most.
const BUFFER_BYTES: usize = 64 * 1024;

/// A directory as the kernel tells it apart: the same one has the same pair wherever it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DirectoryId {
    /// `st_dev`.
    pub device: u64,
    /// `st_ino`.
    pub inode: u64,
}

/// `st_dev` as the kernel writes it in fdinfo: major << 20 | minor.
#[must_use]
pub fn kernel_device(device: u64) -> u64 {
    u64::from(rustix::fs::major(device)) << 20 | u64::from(rustix::fs::minor(device))
}

/// Opens a directory, the path's last component not followed, exactly as far as `inotify_add_watch(2)` would get:
/// both ask for search permission on the way and read permission at the end (`fs/notify/inotify/inotify_user.c`).
pub(super) fn open(parent: BorrowedFd<'_>, name: &CStr) -> Result<OwnedFd> {
    openat(parent, name, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC, Mode::empty())
}

/// Asks an open directory which one it is.
pub(super) fn id(directory: BorrowedFd<'_>) -> Result<DirectoryId> {
    fstat(directory).map(|stat| DirectoryId { device: stat.st_dev, inode: stat.st_ino })
}

/// Goes up `steps` levels and takes the result only when it is the directory `expected`.
pub(super) fn climb(from: BorrowedFd<'_>, steps: usize, expected: DirectoryId) -> Result<OwnedFd> {
    let mut directory = open(from, c"..")?;
    for _ in 1..steps {
        directory = open(directory.as_fd(), c"..")?;
    }
    the_one(directory, expected)
}

/// Goes down the names in `below` and takes the result only when it is the directory `expected`.
pub(super) fn climb_down(from: BorrowedFd<'_>, below: &[u8], expected: DirectoryId) -> Result<OwnedFd> {
    let mut directory = open(from, c".")?;
    for name in below.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
        let name = CString::new(name).map_err(|_| Errno::INVAL)?;
        directory = open(directory.as_fd(), &name)?;
    }
    the_one(directory, expected)
}

/// Goes to a directory by its names below `root`, without opening it for reading: nobody who watches it is told
/// (`fsnotify_file`, include/linux/fsnotify.h). Takes the result only when it is the directory `expected`.
pub(super) fn locate(root: BorrowedFd<'_>, below: &[u8], expected: DirectoryId) -> Result<OwnedFd> {
    let below = below.strip_prefix(b"/").unwrap_or(below);
    let path = if below.is_empty() { c".".to_owned() } else { CString::new(below).map_err(|_| Errno::INVAL)? };
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    the_one(openat(root, path, flags, Mode::empty())?, expected)
}

fn the_one(directory: OwnedFd, expected: DirectoryId) -> Result<OwnedFd> {
    if id(directory.as_fd())? == expected { Ok(directory) } else { Err(Errno::STALE) }
}

/// One entry of a listing.
pub(super) struct Listed<'a> {
    pub(super) name: &'a CStr,
    pub(super) kind: EntryKind,
    /// The inode number as the listing has it: on some file systems, and where something is mounted, not that of
    /// `stat`.
    pub(super) inode: u64,
}

/// Kinds of entries, as far as they matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    Directory,
    RegularFile,
    Link,
    Other,
}

/// The buffer that getdents(2) fills, used for one directory after the other.
pub(super) struct DirectoryReader(Vec<u8>);

impl DirectoryReader {
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(BUFFER_BYTES))
    }

    /// Reads on where the last call on `directory` stopped; `on_entry` gets each name but `.` and `..`. Returns false at
    /// the end of the directory: where the kernel has nothing more, or, on a file system that fills the buffer as long as
    /// there is something, where it left room for another entry.
    pub(super) fn read(
        &mut self,
        directory: BorrowedFd<'_>,
        fills_buffer: bool,
        on_entry: &mut dyn FnMut(&Listed<'_>),
    ) -> Result<bool> {
        let mut entries = RawDir::new(directory, self.0.spare_capacity_mut());
        let mut bytes = 0;
        while let Some(entry) = entries.next() {
            let entry = entry?;
            let name = entry.file_name();
            bytes += entry_bytes(name);
            if name != c"." && name != c".." {
                let kind = kind(directory, name, entry.file_type());
                on_entry(&Listed { name, kind, inode: entry.ino() });
            }
            if entries.is_buffer_empty() {
                return Ok(!fills_buffer || bytes + LONGEST_ENTRY_BYTES > BUFFER_BYTES);
            }
        }
        Ok(false)
    }
}

/// Bytes of an entry without its name (`struct linux_dirent64`, include/linux/dirent.h); entries are aligned to eight.
const ENTRY_HEAD_BYTES: usize = 19;

/// Bytes of an entry with a name of 255 bytes and its NUL.
const LONGEST_ENTRY_BYTES: usize = (ENTRY_HEAD_BYTES + 256).next_multiple_of(8);

fn entry_bytes(name: &CStr) -> usize {
    (ENTRY_HEAD_BYTES + name.to_bytes_with_nul().len()).next_multiple_of(8)
}

/// Asks for the kind where the file system does not tell it in the listing. What cannot be asked is taken for a file,
/// as Python's `os.walk` does, which watchdog goes by.
fn kind(parent: BorrowedFd<'_>, name: &CStr, kind: FileType) -> EntryKind {
    match kind {
        FileType::Directory => EntryKind::Directory,
        FileType::RegularFile => EntryKind::RegularFile,
        FileType::Symlink => EntryKind::Link,
        FileType::Unknown => {
            let told = statat(parent, name, AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT);
            match told.map(|stat| FileType::from_raw_mode(stat.st_mode)) {
                Ok(FileType::Directory) => EntryKind::Directory,
                Ok(FileType::RegularFile) => EntryKind::RegularFile,
                Ok(FileType::Symlink) => EntryKind::Link,
                _ => EntryKind::Other,
            }
        }
        FileType::Fifo | FileType::Socket | FileType::CharacterDevice | FileType::BlockDevice => EntryKind::Other,
    }
}
