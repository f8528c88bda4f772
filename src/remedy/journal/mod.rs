//! The journal: what this program has changed, written before it is done, so that a crash at any moment leaves enough
//! to undo or to finish.
//!
//! One file per applied plan in `journal/` of the XDG state folder: a line of JSON for the plan, put there in one
//! piece, then one line per step, each on the disk before the step. A torn last line counts for nothing.

mod pen;

pub(super) use pen::Pen;

use super::outcome::Done;
use super::{Plan, RemedyError, RemedyName};
use crate::durable::Place;
use crate::xdg::Purpose;
use jiff::Timestamp;
use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The folder of the journal.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: PathBuf,
}

/// One plan that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number: 1, 2, 3 …
    pub id: u32,
    /// When it was begun.
    pub when: Timestamp,
    /// What was to be done, exactly as it was shown.
    pub plan: Plan,
    /// How far it came.
    pub state: State,
    /// How many of its changes were begun. Any of these may be done or not: the world itself tells.
    pub begun: usize,
    /// What came of those that are done.
    pub done: Vec<Done>,
}

/// How far a plan came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(strum::EnumIter))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Being applied, or interrupted in it.
    Applying,
    /// Applied.
    Applied,
    /// Being undone, or interrupted in it.
    Undoing,
    /// Undone.
    Undone,
}

/// What the journal's folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// Files that could not be read or understood.
    pub unreadable: Vec<PathBuf>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Record {
    Plan { when: Timestamp, plan: Plan },
    Begun(usize),
    Done(Done),
    State(State),
}

/// Held while something is changed; two runs never change things at the same time.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    /// Not left to closing the file: a program that another thread is just starting has a copy of it for a moment.
    fn drop(&mut self) {
        if let Err(error) = flock(&self.0, FlockOperation::Unlock) {
            log::warn!("the journal's lock: {error}");
        }
    }
}

impl Entry {
    /// Which remedy it was.
    #[must_use]
    pub const fn remedy(&self) -> RemedyName {
        self.plan.remedy
    }

    /// It was interrupted and waits to be undone or finished. Meaningful only while no run is at work, see
    /// [`Journal::unfinished`].
    #[must_use]
    pub const fn is_unfinished(&self) -> bool {
        matches!(self.state, State::Applying | State::Undoing)
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

impl Journal {
    /// The journal in this folder, which need not exist yet.
    #[must_use]
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The person's journal.
    ///
    /// # Errors
    /// [`RemedyError::NoHome`].
    pub fn of_person(variables: &BTreeMap<OsString, OsString>) -> Result<Self, RemedyError> {
        Ok(Self::at(state_folder(variables)?.join("journal")))
    }

    /// Everything in it.
    ///
    /// # Errors
    /// When the folder exists and cannot be read.
    pub fn entries(&self) -> Result<Entries, RemedyError> {
        let mut all = Entries::default();
        for id in self.ids()? {
            match self.read(id) {
                Ok((entry, _)) => all.entries.push(entry),
                Err(_) => all.unreadable.push(self.path(id)),
            }
        }
        Ok(all)
    }

    /// One entry.
    ///
    /// # Errors
    /// [`RemedyError::NoSuchEntry`].
    pub fn entry(&self, id: u32) -> Result<Entry, RemedyError> {
        self.read(id).map(|(entry, _)| entry).map_err(|_| RemedyError::NoSuchEntry { id })
    }

    /// Entries that were interrupted, to be undone or finished. Empty while another run is at work.
    ///
    /// # Errors
    /// When the folder exists and cannot be read.
    pub fn unfinished(&self) -> Result<Vec<Entry>, RemedyError> {
        if !self.folder.is_dir() {
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
        let named = |error: io::Error| RemedyError::of(&self.folder, &error);
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder).map_err(named)?;
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(self.folder.join("lock"));
        let file = file.map_err(named)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Lock(file)),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(RemedyError::Busy),
            Err(error) => Err(named(error.into())),
        }
    }

    /// Writes a plan down before anything of it is done.
    pub(super) fn begin(&self, plan: &Plan, _lock: &Lock) -> Result<Pen, RemedyError> {
        let id = self.ids()?.last().map_or(1, |last| last + 1);
        let path = self.path(id);
        let named = |error: io::Error| RemedyError::of(&path, &error);
        let place = Place::of(&path).map_err(named)?;
        let line = pen::line(&Record::Plan { when: Timestamp::now(), plan: plan.clone() });
        place.put(&line, &place.draft_name("new"), |_| Ok(true)).map_err(named)?;
        self.resume(id)
    }

    /// Opens an entry to write on, cutting off a torn last line.
    pub(super) fn resume(&self, id: u32) -> Result<Pen, RemedyError> {
        let path = self.path(id);
        let (entry, whole) = self.read(id).map_err(|_| RemedyError::NoSuchEntry { id })?;
        Pen::open(id, entry.when, path, whole)
    }

    fn path(&self, id: u32) -> PathBuf {
        self.folder.join(format!("{id:04}.jsonl"))
    }

    fn ids(&self) -> Result<Vec<u32>, RemedyError> {
        let named = |error: io::Error| RemedyError::of(&self.folder, &error);
        let folder = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            answer => answer.map_err(named)?,
        };
        let mut ids = Vec::new();
        for file in folder {
            let name = file.map_err(named)?.file_name();
            ids.extend(
                name.to_str().and_then(|name| name.strip_suffix(".jsonl")).and_then(|id| id.parse::<u32>().ok()),
            );
        }
        ids.sort_unstable();
        Ok(ids)
    }

    /// An entry and the length of its whole lines in bytes.
    fn read(&self, id: u32) -> io::Result<(Entry, u64)> {
        let bytes = std::fs::read(self.path(id))?;
        parse(id, &bytes).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
    }
}

/// `None` when the first line is not a plan or a later whole line is no record.
fn parse(id: u32, bytes: &[u8]) -> Option<(Entry, u64)> {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n')? + 1;
    let mut records = bytes[..whole - 1].split(|byte| *byte == b'\n').map(serde_json::from_slice::<Record>);
    let Record::Plan { when, plan } = records.next()?.ok()? else { return None };
    let mut entry = Entry { id, when, plan, state: State::Applying, begun: 0, done: Vec::new() };
    for record in records {
        match record.ok()? {
            Record::Plan { .. } => return None,
            Record::Begun(change) => entry.begun = entry.begun.max(change.saturating_add(1)),
            Record::Done(done) => entry.done.push(done),
            Record::State(state) => entry.state = state,
        }
    }
    (entry.begun <= entry.plan.changes.len()).then_some((entry, u64::try_from(whole).ok()?))
}

/// What marks the drafts of entry `id`, so that a later run finds and removes them.
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
mod tests {
    use super::*;
    use crate::remedy::{Change, HotReload, Promise};
    use proptest::prelude::*;
    use std::io::Write;
    use std::os::unix::ffi::OsStringExt;

    fn plan(path: Vec<u8>, before: Option<Vec<u8>>, after: Vec<u8>) -> Plan {
        let path = PathBuf::from(OsString::from_vec(path));
        let promise = Promise {
            watches_after: Some(0),
            hot_reload: HotReload::Lost,
            needs_administrator: false,
            survives_reboot: true,
            needs_restart: true,
        };
        let changes = vec![Change::WriteFile { path: path.clone(), before, after }, Change::MakeFolder { path }];
        Plan { remedy: RemedyName::StreamlitConfig, changes, promise }
    }

    proptest! {
        #[test]
        fn a_plan_of_any_bytes_comes_back_as_it_was(path: Vec<u8>, before: Option<Vec<u8>>, after: Vec<u8>) {
            let folder = tempfile::tempdir().unwrap();
            let journal = Journal::at(folder.path().join("journal"));
            let plan = plan(path, before, after);
            let mut pen = journal.begin(&plan, &journal.lock().unwrap()).unwrap();
            pen.begun(0).unwrap();
            let entry = journal.entry(pen.id).unwrap();
            prop_assert_eq!((entry.plan, entry.begun, entry.state), (plan, 1, State::Applying));
        }

        #[test]
        fn any_bytes_are_an_entry_or_none(bytes: Vec<u8>) {
            let _ = parse(1, &bytes);
        }
    }

    #[test]
    fn a_torn_line_counts_for_nothing_and_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::at(folder.path().to_path_buf());
        let lock = journal.lock().unwrap();
        let mut pen = journal.begin(&plan(b"/a".to_vec(), None, Vec::new()), &lock).unwrap();
        pen.begun(0).unwrap();
        let mut file = OpenOptions::new().append(true).open(journal.path(1)).unwrap();
        file.write_all(b"{\"state\":\"app").unwrap();
        assert_eq!(journal.entry(1).unwrap().state, State::Applying);
        journal.resume(1).unwrap().state(State::Applied).unwrap();
        assert_eq!(journal.entry(1).unwrap().state, State::Applied);
    }

    #[test]
    fn what_cannot_be_understood_is_named_and_hides_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::at(folder.path().to_path_buf());
        std::fs::write(folder.path().join("0001.jsonl"), "{}\n").unwrap();
        journal.begin(&plan(b"/a".to_vec(), None, Vec::new()), &journal.lock().unwrap()).unwrap();
        let all = journal.entries().unwrap();
        assert_eq!(all.unreadable, [folder.path().join("0001.jsonl")]);
        assert_eq!(all.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn only_one_run_is_at_work() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::at(folder.path().to_path_buf());
        let lock = journal.lock().unwrap();
        journal.begin(&plan(b"/a".to_vec(), None, Vec::new()), &lock).unwrap();
        assert_eq!(journal.lock().unwrap_err(), RemedyError::Busy);
        assert!(journal.unfinished().unwrap().is_empty(), "what is at work is not unfinished");
        drop(lock);
        assert_eq!(journal.unfinished().unwrap().len(), 1);
    }
}
