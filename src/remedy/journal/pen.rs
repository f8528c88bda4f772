//! Writing on an entry: one line a step.

use super::shelf::Shelf;
use super::{Entry, JournalRecord, State, file_name, mark};
use crate::durable::Place;
use crate::remedy::{Done, RemedyError};
use jiff::Timestamp;
use rustix::fs::OFlags;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

/// An entry that is being written to.
#[derive(Debug)]
pub(in crate::remedy) struct Pen {
    pub(in crate::remedy) id: u32,
    /// The time when the plan was begun.
    pub(in crate::remedy) when: Timestamp,
    path: PathBuf,
    place: Place,
    file: File,
    /// The length of its whole lines in bytes.
    whole: u64,
}

impl Pen {
    /// Opens the entry, whose whole lines are `whole` bytes long; what comes after them is cut off.
    pub(super) fn open(shelf: &Shelf, entry: &Entry, path: PathBuf, whole: u64) -> Result<Self, RemedyError> {
        let file = shelf.file(&file_name(entry.id), OFlags::WRONLY | OFlags::APPEND)?;
        let opened = file.set_len(whole).and_then(|()| shelf.place(&file_name(entry.id)));
        let place = opened.map_err(|error| RemedyError::of(&path, &error))?;
        Ok(Self { id: entry.id, when: entry.when, path, place, file, whole })
    }

    /// Notes that a change begins, on the disk before it is made.
    pub(in crate::remedy) fn begun(&mut self, change: usize) -> Result<(), RemedyError> {
        self.append(&JournalRecord::Begun(change))?;
        self.sync()
    }

    /// Notes what was done. Nobody needs it after a power cut: undoing and finishing look at the world itself.
    pub(in crate::remedy) fn done(&mut self, done: Done) -> Result<(), RemedyError> {
        self.append(&JournalRecord::Done(done))
    }

    pub(in crate::remedy) fn state(&mut self, state: State) -> Result<(), RemedyError> {
        self.append(&JournalRecord::State(state))?;
        self.sync()
    }

    /// Removes the entry: nothing of it is left in the world.
    pub(in crate::remedy) fn forget(self) -> Result<(), RemedyError> {
        self.place.remove().map_err(|error| RemedyError::of(&self.path, &error))
    }

    /// Returns the mark of this entry's drafts.
    pub(in crate::remedy) fn mark(&self) -> String {
        mark(self.id)
    }

    fn append(&mut self, record: &JournalRecord) -> Result<(), RemedyError> {
        let line = line(record);
        match self.file.write_all(&line) {
            Ok(()) => {
                self.whole += line.len() as u64;
                Ok(())
            }
            Err(error) => {
                // A torn line in the middle would make the whole entry unreadable.
                if let Err(error) = self.file.set_len(self.whole) {
                    log::warn!("a torn line stays in {}: {error}", self.path.display());
                }
                Err(RemedyError::of(&self.path, &error))
            }
        }
    }

    fn sync(&self) -> Result<(), RemedyError> {
        self.file.sync_data().map_err(|error| RemedyError::of(&self.path, &error))
    }
}

pub(super) fn line(record: &JournalRecord) -> Vec<u8> {
    let mut line = serde_json::to_vec(record).expect("every field is text, a number or a list of numbers");
    line.push(b'\n');
    line
}
