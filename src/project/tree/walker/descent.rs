//! Entering directories and leaving them again, each opened once, below its parent's descriptor.

use super::listing::{DirectoryListing, bytes};
use super::{LONGEST_PATH_BYTES, Walker};
use crate::progress::Cancelled;
use crate::project::tree::directory::{self, DirectoryId};
use crate::project::tree::found::{Marks, Piece, Watch};
use crate::project::tree::level::{Level, LevelPlace};
use crate::project::tree::notable::Zone;
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::fstat;
use rustix::io::Errno;
use std::ffi::CStr;
use std::sync::Arc;

/// One directory that shows in two places is fine (a bind mount). This often on one line of descent, it is a loop.
const SAME_ANCESTORS: usize = 16;

/// A directory that was noted and is being read.
pub(super) struct Noted {
    pub(super) place: LevelPlace,
    /// Its row in the walker's columns.
    at: usize,
    device: u32,
}

impl Walker<'_> {
    pub(super) fn enter_child(&mut self, name: &CStr, inode: u64) -> Result<(), Cancelled> {
        let Some(parent) = self.levels.top() else { return Ok(()) };
        let mut place = parent.place;
        self.path.truncate(place.path_length);
        if self.path.last() != Some(&b'/') {
            self.path.push(b'/');
        }
        self.path.extend_from_slice(name.to_bytes());
        let below = &self.path[self.crew.root_length..];
        place.counted |= !self.crew.known.is_empty() && self.crew.known.contains(below);
        let mounted = self.crew.mounts.inside.get(below);
        if let Some(system) = mounted {
            place.remote = system.remote.or(place.remote);
            place.is_plain = system.is_plain;
        }
        if place.remote.is_some() {
            return self.enter_remote(name.to_bytes(), place);
        }
        let directory = Arc::clone(parent.directory());
        let opened = match directory::open(directory.as_fd(), name) {
            Err(Errno::MFILE | Errno::NFILE) if self.levels.close_most() => directory::open(directory.as_fd(), name),
            opened => opened,
        };
        let known = (place.is_plain && mounted.is_none()).then_some(inode);
        match opened {
            Ok(directory) => self.enter(Arc::new(directory), name.to_bytes(), known, place)?,
            // Gone, or replaced by a file or a link, since it was listed.
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => self.found.vanished += 1,
            Err(Errno::MFILE | Errno::NFILE) => self.note_unseen(name.to_bytes(), place, Watch::NotOpened),
            Err(_) => self.note_unseen(name.to_bytes(), place, Watch::Unreadable),
        }
        Ok(())
    }

    /// Notes a directory of which nothing is known but that it is there.
    pub(super) fn note_unseen(&mut self, name: &[u8], parent: LevelPlace, watch: Watch) {
        self.note(name, LevelPlace { depth: parent.depth_below(), ..parent }, 0, Marks::new(watch, 0));
    }

    /// Notes an open directory and reads it. `parent` is where it lies, `inode` its number where the listing told it.
    pub(super) fn enter(
        &mut self,
        directory: Arc<OwnedFd>,
        name: &[u8],
        inode: Option<u64>,
        parent: LevelPlace,
    ) -> Result<(), Cancelled> {
        let id = match inode {
            Some(inode) => DirectoryId { device: parent.id.device, inode },
            None => match directory::id(directory.as_fd()) {
                Ok(id) => id,
                Err(_) => {
                    self.found.vanished += 1;
                    return Ok(());
                }
            },
        };
        let Some(mut noted) = self.note_directory(id, name, parent) else { return Ok(()) };
        let mut listing = self.list(&directory, noted.place)?;
        let own = || fstat(&directory).map_or(0, |stat| bytes(&stat));
        self.note_listing(&mut noted, &mut listing, own);
        if !listing.names.is_empty() {
            self.levels.push(Level::new(directory, noted.place, listing.names));
        }
        Ok(())
    }

    /// Notes a directory; `None` for one that shows in itself.
    pub(super) fn note_directory(&mut self, id: DirectoryId, name: &[u8], parent: LevelPlace) -> Option<Noted> {
        let may_loop = self.crew.mounts.repeats || parent.remote.is_some();
        if may_loop && self.levels.count_same(id) >= SAME_ANCESTORS {
            self.found.vanished += 1;
            return None;
        }
        let zone = if parent.is_outside() { Zone::ROOT } else { parent.zone.below(name) };
        let place = LevelPlace { id, depth: parent.depth_below(), path_length: self.path.len(), zone, ..parent };
        let device = self.device_number(id.device);
        let at = self.found.inodes.len();
        self.note(name, place, id.inode, Marks::new(self.watch(), device));
        Some(Noted { place, at, device })
    }

    /// Notes what a directory holds; `own_bytes` are those that it takes itself.
    pub(super) fn note_listing(
        &mut self,
        noted: &mut Noted,
        listing: &mut DirectoryListing,
        own_bytes: impl FnOnce() -> u64,
    ) {
        if listing.is_environment {
            noted.place.zone = noted.place.zone.as_environment();
            self.found.marks[noted.at].set_environment();
        }
        self.found.files[noted.at] = listing.files;
        self.found.add_files(noted.at, &listing.inodes);
        if noted.place.zone.cache && self.crew.asked.caches {
            let bytes = own_bytes() + listing.cache_bytes;
            self.found.cache_bytes.insert((noted.device, noted.place.id.inode), bytes);
        }
        self.keep_noted(noted.place.zone);
        self.tell(listing, noted.place);
    }

    fn watch(&self) -> Watch {
        let real_length = self.path.len() - self.crew.root_length + self.crew.real_root_length;
        if real_length > LONGEST_PATH_BYTES { Watch::PathTooLong } else { Watch::Taken }
    }

    /// Returns the number of a device; asks the others only where it is not that of the directory noted last.
    fn device_number(&mut self, device: u64) -> u32 {
        match self.device {
            Some((known, number)) if known == device => number,
            _ => {
                let number = self.crew.device(device);
                self.device = Some((device, number));
                number
            }
        }
    }

    fn note(&mut self, name: &[u8], place: LevelPlace, inode: u64, marks: Marks) {
        self.found.names.extend_from_slice(name);
        self.found.names.push(0);
        self.found.inodes.push(inode);
        self.found.files.push(0);
        self.found.depths.push(place.depth);
        self.found.marks.push(marks);
        if !place.counted {
            self.tally.directory(self.crew.progress, &self.path);
        }
    }

    /// Goes back up, into a directory that may have been closed meanwhile.
    pub(super) fn leave(&mut self) {
        if self.pop().is_some() {
            self.reopen_top();
        }
    }

    /// Leaves the innermost level. What was given away of it comes behind what was walked here.
    pub(super) fn pop(&mut self) -> Option<Level> {
        let level = self.levels.pop()?;
        if !level.given_away.is_empty() {
            self.end_run();
            self.pieces.extend(level.given_away.iter().rev().map(|job| Piece::Job(*job)));
        }
        Some(level)
    }

    pub(super) fn end_run(&mut self) {
        let (begin, end) = (self.run, self.found.mark());
        if end.0 > begin.0 {
            self.pieces.push(Piece::Run { directories: begin.0..end.0, names: begin.1..end.1 });
        }
        self.run = end;
    }

    /// Opens the innermost directory again where that is needed.
    pub(super) fn reopen_top(&mut self) {
        let Some(way_back) = self.levels.way_back(&self.path, self.start) else { return };
        if let Ok(directory) = way_back.go() {
            self.levels.reopened(directory);
        } else {
            self.found.vanished += 1;
            if let Some(top) = self.levels.top_mut() {
                top.names.clear();
            }
        }
    }
}
