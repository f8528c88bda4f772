//! Entries of one directory, and what is kept of them.

use super::Walker;
use crate::progress::Cancelled;
use crate::project::tree::crew::Asked;
use crate::project::tree::directory::{EntryKind, Listed};
use crate::project::tree::level::{EntryNames, LevelPlace};
use crate::project::tree::notable::{FileKinds, Zone};
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{AtFlags, Stat, statat};
use rustix::io::Errno;
use std::ffi::{CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Findings of one listing.
#[derive(Default)]
pub(super) struct DirectoryListing {
    pub(super) names: EntryNames,
    pub(super) files: u32,
    /// Files that the progress knows of already: a directory may have a million.
    pub(super) told: u32,
    pub(super) is_environment: bool,
    pub(super) cache_bytes: u64,
    /// The files' inodes and whether their names begin with a dot, where second names are asked for.
    pub(super) inodes: Vec<(u64, bool)>,
}

impl Walker<'_> {
    /// Reads the whole of a directory.
    pub(super) fn list(&mut self, directory: &OwnedFd, place: LevelPlace) -> Result<DirectoryListing, Cancelled> {
        let mut listing = DirectoryListing::default();
        self.noted.clear();
        let asked = self.crew.asked;
        let sized = asked.caches && place.zone.cache;
        loop {
            let noted = &mut self.noted;
            let read = self.reader.read(directory.as_fd(), place.is_plain, &mut |listed| {
                listing.take(listed, place.zone, asked, noted);
                if sized {
                    listing.cache_bytes += bytes_on_disk(directory, listed);
                }
            });
            match read {
                Ok(true) => {
                    self.crew.progress.check()?;
                    self.tell(&mut listing, place);
                }
                Ok(false) => break,
                Err(error) => {
                    // A directory removed while it is read ends with ENOENT; anything else hides some of its entries.
                    self.found.vanished += u64::from(error != Errno::NOENT);
                    break;
                }
            }
        }
        Ok(listing)
    }

    /// Adds what a listing has grown by to the progress.
    pub(super) fn tell(&mut self, listing: &mut DirectoryListing, place: LevelPlace) {
        if !place.counted {
            self.tally.files(self.crew.progress, u64::from(listing.files - listing.told), &self.path);
        }
        listing.told = listing.files;
    }

    /// Keeps the files that mean something, once it is known what the directory is.
    pub(super) fn keep_noted(&mut self, zone: Zone) {
        let folder = Path::new(OsStr::from_bytes(&self.path));
        for (kinds, name) in self.noted.drain(..) {
            self.found.notable.add(kinds.within(zone), zone, folder, &name);
        }
    }
}

impl DirectoryListing {
    pub(super) fn take(
        &mut self,
        listed: &Listed<'_>,
        zone: Zone,
        asked: Asked,
        noted: &mut Vec<(FileKinds, CString)>,
    ) {
        if listed.kind == EntryKind::Directory {
            self.names.add(listed.name, listed.inode);
            return;
        }
        self.files = self.files.saturating_add(1);
        self.is_environment |= listed.name == c"pyvenv.cfg";
        if asked.second_names && listed.kind != EntryKind::Link {
            let hidden = listed.name.to_bytes().starts_with(b".");
            self.inodes.push((listed.inode, hidden));
        }
        let kinds = FileKinds::of(zone, listed.name, listed.kind, asked.caches);
        if kinds.is_any() {
            noted.push((kinds, listed.name.to_owned()));
        }
    }
}

/// Returns the bytes that an entry of a cache takes on the disk; nothing for a directory, which is listed itself.
fn bytes_on_disk(directory: &OwnedFd, listed: &Listed<'_>) -> u64 {
    if listed.kind == EntryKind::Directory {
        return 0;
    }
    let flags = AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT;
    statat(directory, listed.name, flags).map_or(0, |stat| bytes(&stat))
}

pub(super) fn bytes(stat: &Stat) -> u64 {
    const UNIT_BYTES: u64 = 512;
    u64::try_from(stat.st_blocks).unwrap_or(0) * UNIT_BYTES
}
