//! The journal: what this program has changed, written before it is done, so that a crash at any moment leaves enough
//! to undo or to finish.
//!
//! One file per applied plan in `journal/` of the XDG state folder: a line of JSON for the plan, put there in one
//! piece, then one line per step, each on the disk before the step. A torn last line counts for nothing.

mod entry;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod pen;
mod shelf;

pub use entry::{Entries, Entry, State};
pub(super) use pen::Pen;

use crate::guarded;
use entry::{JournalRecord, parse};
use shelf::Shelf;

use super::{Plan, RemedyError};
use crate::durable::Place;
use crate::xdg::Purpose;
use jiff::Timestamp;
use rustix::fs::{FlockOperation, OFlags, flock};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of the journal.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: PathBuf,
}

/// A lock held while something is changed; two runs never change things at the same time.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    /// Unlocks; this is not left to closing the file: a program that another thread is just starting has a copy of it
    /// for a moment.
    fn drop(&mut self) {
        if let Err(error) = flock(&self.0, FlockOperation::Unlock) {
            log::warn!("the journal's lock: {error}");
        }
    }
}

/// The folder for this program's own state: `inotify-doctor` in `XDG_STATE_HOME`, else in `~/.local/state`.
///
/// # Errors
/// [`RemedyError::NoHome`].
pub fn state_folder(variables: &BTreeMap<OsString, OsString>) -> Result<PathBuf, RemedyError> {
    let base = Purpose::State.folder(|name| variables.get(OsStr::new(name)).cloned());
    base.map(|base| base.join("inotify-doctor")).ok_or(RemedyError::NoHome)
}

/// Refuses what lies in the home folder of someone else, as `sudo` may leave it in the environment: what root made there
/// would lock its owner out, and what its owner wrote there must not be done as root.
fn is_roots_own(folder: &Path) -> Result<(), RemedyError> {
    for folder in folder.ancestors() {
        if let Some(owner) = guarded::about(folder).ok().map(|about| about.owner).filter(|owner| *owner != 0) {
            return Err(RemedyError::ForeignHome { path: folder.to_path_buf(), owner });
        }
    }
    Ok(())
}

impl Journal {
    /// The journal in this folder, which need not exist yet.
    #[must_use]
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The person's journal.
    ///
    /// # Errors
    /// [`RemedyError::NoHome`]; [`RemedyError::ForeignHome`] for root with the home folder of someone else.
    pub fn of_person(variables: &BTreeMap<OsString, OsString>) -> Result<Self, RemedyError> {
        let folder = state_folder(variables)?;
        if rustix::process::geteuid().is_root() {
            is_roots_own(&folder)?;
        }
        Ok(Self::at(folder.join("journal")))
    }

    /// Returns everything in it.
    ///
    /// # Errors
    /// When the folder exists and cannot be read, or is not this user's own.
    pub fn entries(&self) -> Result<Entries, RemedyError> {
        let mut all = Entries::default();
        let Some(shelf) = Shelf::open(&self.folder)? else { return Ok(all) };
        for id in ids(&shelf)? {
            match self.read(&shelf, id) {
                Ok((entry, _)) => all.entries.push(entry),
                Err(RemedyError::NoSuchEntry { .. }) => all.unreadable.push(self.path(id)),
                Err(error) => all.refused.push(error),
            }
        }
        Ok(all)
    }

    /// One entry.
    ///
    /// # Errors
    /// [`RemedyError::NoSuchEntry`], or why it is not obeyed.
    pub fn entry(&self, id: u32) -> Result<Entry, RemedyError> {
        let shelf = Shelf::open(&self.folder)?.ok_or(RemedyError::NoSuchEntry { id })?;
        self.read(&shelf, id).map(|(entry, _)| entry)
    }

    /// Entries that were interrupted, to be undone or finished. Empty while another run is at work.
    ///
    /// # Errors
    /// When the folder exists and cannot be read, or is not this user's own.
    pub fn unfinished(&self) -> Result<Vec<Entry>, RemedyError> {
        if Shelf::open(&self.folder)?.is_none() {
            return Ok(Vec::new());
        }
        let _lock = match self.lock() {
            Err(RemedyError::Busy) => return Ok(Vec::new()),
            answer => answer?,
        };
        Ok(self.entries()?.entries.into_iter().filter(Entry::is_unfinished).collect())
    }

    /// Keeps other runs from changing anything until the answer is dropped.
    pub(super) fn lock(&self) -> Result<Lock, RemedyError> {
        let file = Shelf::make(&self.folder)?.file("lock", OFlags::WRONLY | OFlags::CREATE)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Lock(file)),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(RemedyError::Busy),
            Err(error) => Err(RemedyError::of(&self.folder, &error.into())),
        }
    }

    /// Writes a plan down before anything of it is done.
    pub(super) fn begin(&self, plan: &Plan, _lock: &Lock) -> Result<Pen, RemedyError> {
        let shelf = Shelf::make(&self.folder)?;
        let id = next(&ids(&shelf)?);
        let path = self.path(id);
        let line = pen::line(&JournalRecord::Plan { when: Timestamp::now(), plan: plan.clone() });
        // Room is left for the steps.
        if line.len() as u64 > shelf::MOST_BYTES / 2 {
            return Err(RemedyError::TooLarge { path });
        }
        let named = |error: io::Error| RemedyError::of(&path, &error);
        let place = shelf.place(&file_name(id)).map_err(named)?;
        // Another entry is never replaced.
        let free = |_: &Place| Ok(!shelf.holds(&file_name(id)));
        if !place.put(&line, &place.draft_name("new"), free).map_err(named)? {
            return Err(RemedyError::ChangedMeanwhile { path });
        }
        self.resume(id)
    }

    /// Opens an entry to write on, cutting off a torn last line.
    pub(super) fn resume(&self, id: u32) -> Result<Pen, RemedyError> {
        let shelf = Shelf::open(&self.folder)?.ok_or(RemedyError::NoSuchEntry { id })?;
        let (entry, whole) = self.read(&shelf, id)?;
        Pen::open(&shelf, &entry, self.path(id), whole)
    }

    fn path(&self, id: u32) -> PathBuf {
        self.folder.join(file_name(id))
    }

    /// An entry and the length of its whole lines in bytes.
    fn read(&self, shelf: &Shelf, id: u32) -> Result<(Entry, u64), RemedyError> {
        let bytes = match shelf.read(&file_name(id)) {
            Err(RemedyError::Vanished { .. }) => return Err(RemedyError::NoSuchEntry { id }),
            answer => answer?,
        };
        parse(id, &bytes).ok_or(RemedyError::NoSuchEntry { id })
    }
}

fn file_name(id: u32) -> String {
    format!("{id:04}.jsonl")
}

/// The numbers of the entries, in order. Only a name that this program gives is one.
fn ids(shelf: &Shelf) -> Result<Vec<u32>, RemedyError> {
    let number = |name: OsString| {
        let name = name.into_string().ok()?;
        let id = name.strip_suffix(".jsonl")?.parse().ok()?;
        (file_name(id) == name).then_some(id)
    };
    let mut ids: Vec<u32> = shelf.names()?.into_iter().filter_map(number).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// The number after the last; where there is none, the first that is free.
fn next(ids: &[u32]) -> u32 {
    let after = ids.last().map_or(Some(1), |last| last.checked_add(1));
    let gap = || (1..u32::MAX).zip(ids.iter().skip_while(|id| **id == 0)).find(|(free, id)| free != *id);
    after.or_else(|| gap().map(|(free, _)| free)).unwrap_or(u32::MAX)
}

/// Returns the mark of the drafts of entry `id`, so that a later run finds and removes them.
pub(super) fn mark(id: u32) -> String {
    format!("change-{id}")
}

/// The folder of the journal, for messages.
impl AsRef<Path> for Journal {
    fn as_ref(&self) -> &Path {
        &self.folder
    }
}

#[cfg(test)]
mod tests;
