//! Directories on file systems that may hang: listed by a helper, by their paths, and never open here. What does not
//! answer is left out.

use super::Walker;
use super::listing::DirectoryListing;
use crate::guarded::{self, Answer, Kind, Listing, NoAnswer, Question, Refusal};
use crate::progress::Cancelled;
use crate::project::tree::directory::{DirectoryId, EntryKind, Listed};
use crate::project::tree::found::Watch;
use crate::project::tree::level::{Level, LevelPlace};
use std::ffi::{CString, OsStr};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

/// Entries of one directory: a server may go on without end.
const MOST_ENTRIES: usize = 2_000_000;

impl Walker<'_> {
    /// Has the directory of the path listed, and notes it. `parent` is where it lies.
    pub(super) fn enter_remote(&mut self, name: &[u8], parent: LevelPlace) -> Result<(), Cancelled> {
        let Some(mount) = parent.remote else { return Ok(()) };
        let path = Path::new(OsStr::from_bytes(&self.path));
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let question = Question::List { most: MOST_ENTRIES, follow: parent.is_outside() };
        match self.apart.ask(&path, &question, mount, self.crew.progress) {
            Err(NoAnswer::Cancelled) => return Err(Cancelled),
            Err(NoAnswer::Late) => self.give_up(mount),
            Ok(Ok(Answer::Listing(listing))) => self.enter_listed(listing, name, parent),
            // Gone, or replaced by a file or a link, since it was listed.
            Ok(Err(Refusal::Missing | Refusal::NotAFolder)) => self.found.vanished += 1,
            Ok(Err(Refusal::NoDescriptors)) => self.note_unseen(name, parent, Watch::NotOpened),
            Ok(_) => self.note_unseen(name, parent, Watch::Unreadable),
        }
        Ok(())
    }

    fn enter_listed(&mut self, listing: Listing, name: &[u8], parent: LevelPlace) {
        let id = DirectoryId { device: listing.about.device, inode: listing.about.inode };
        let Some(mut noted) = self.note_directory(id, name, parent) else { return };
        self.found.vanished += u64::from(listing.is_cut);
        self.noted.clear();
        let mut taken = DirectoryListing::default();
        for entry in listing.entries {
            let kind = match entry.kind {
                Kind::Folder => EntryKind::Directory,
                Kind::File => EntryKind::RegularFile,
                Kind::Link | Kind::Other => EntryKind::Other,
            };
            // The kernel gives no name with a NUL in it.
            if let Ok(name) = CString::new(entry.name.into_vec()) {
                let listed = Listed { name: &name, kind, inode: entry.inode };
                taken.take(&listed, noted.place.zone, self.crew.asked, &mut self.noted);
            }
        }
        self.note_listing(&mut noted, &mut taken, || listing.about.bytes_on_disk);
        if !taken.names.is_empty() {
            self.levels.push(Level::remote(noted.place, taken.names));
        }
    }

    /// Leaves the file system that does not answer: up to the first directory outside of it, or altogether.
    fn give_up(&mut self, mount: guarded::MountId) {
        self.crew.mounts.note_silent(mount);
        while let Some(top) = self.levels.top().filter(|top| top.place.remote == Some(mount)) {
            let length = top.place.path_length;
            if self.crew.mounts.home.remote != Some(mount) {
                self.path.truncate(length);
            }
            self.pop();
        }
        self.found.unresponsive.push(self.path.clone());
        self.reopen_top();
    }
}
