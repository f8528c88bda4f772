//! What is told of a path.

use super::bytes_as_text;
use rustix::fs::{FileType, Stat};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::time::{Duration, SystemTime};

/// A folder with what lies in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Listing {
    /// The folder itself, as it was when it was open.
    pub about: About,
    /// Its entries but `.` and `..`, in the order of the file system.
    pub entries: Vec<Entry>,
    /// Whether there were more than were asked for, or reading broke off.
    pub is_cut: bool,
}

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name.
    #[serde(with = "bytes_as_text")]
    pub name: OsString,
    /// Its kind, links not followed.
    pub kind: Kind,
    /// The inode number as the listing has it.
    pub inode: u64,
}

/// Kinds of what a path can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// Facts about a path (stat(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The kind.
    pub kind: Kind,
    /// The length in bytes.
    pub bytes: u64,
    /// The bytes that it takes on the disk.
    pub bytes_on_disk: u64,
    /// Seconds and nanoseconds of the last change of its content since the Unix epoch; 0 for earlier ones.
    modified: (u64, u32),
    /// The same of the last change of it: of its content, owner, name or place.
    changed: (u64, u32),
    /// The owner's user id.
    pub owner: u32,
    /// `st_dev`.
    pub device: u64,
    /// `st_ino`.
    pub inode: u64,
}

/// Free space on a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// Bytes that an ordinary user may still write (`f_bavail`): the reserve for root is not in it.
    pub bytes: u64,
    /// Files that may still be made (`f_favail`); `None` on file systems without a fixed number, such as btrfs.
    pub inodes: Option<u64>,
}

impl About {
    /// The time of the last change of its content (`st_mtime`).
    #[must_use]
    pub fn modified(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::new(self.modified.0, self.modified.1)
    }

    /// The time of the last change of any kind (`st_ctime`), which nobody can set back.
    #[must_use]
    pub fn changed(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::new(self.changed.0, self.changed.1)
    }

    pub(super) fn of(stat: &Stat) -> Self {
        const UNIT_BYTES: u64 = 512;
        let unsigned = |number: i64| u64::try_from(number).unwrap_or(0);
        #[allow(clippy::useless_conversion, reason = "the kernel's types differ between machines")]
        let [modified, changed] = [stat.st_mtime_nsec, stat.st_ctime_nsec].map(|part| u32::try_from(part).unwrap_or(0));
        Self {
            kind: Kind::of(FileType::from_raw_mode(stat.st_mode)),
            bytes: unsigned(stat.st_size),
            bytes_on_disk: unsigned(stat.st_blocks) * UNIT_BYTES,
            modified: (unsigned(stat.st_mtime), modified),
            changed: (unsigned(stat.st_ctime), changed),
            owner: stat.st_uid,
            device: stat.st_dev,
            inode: stat.st_ino,
        }
    }
}

impl Kind {
    pub(super) const fn of(kind: FileType) -> Self {
        match kind {
            FileType::RegularFile => Self::File,
            FileType::Directory => Self::Folder,
            FileType::Symlink => Self::Link,
            FileType::Fifo
            | FileType::Socket
            | FileType::CharacterDevice
            | FileType::BlockDevice
            | FileType::Unknown => Self::Other,
        }
    }
}
