//! Taking back what was applied: looked through first, so that nothing is undone where someone else has changed a file
//! since; then done in reverse order. An interrupted undo is undone again from the start: what is back is left.

use super::caches::Bin;
use super::file_change::{self, Now};
use super::journal::{Journal, State, mark};
use super::outcome::{Back, Conflict, Left, Taken, Undo};
use super::raise_limits::{self, Records, Way};
use super::{Change, Diff, Entry, RemedyError, RemedyName};
use crate::durable::Place;
use crate::machine::{Limit, LimitsNow, Places};
use std::io;
use std::path::{Path, PathBuf};

/// The outcome of undoing a raise of the limits, whichever raise it is: all of them are taken back together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitsBack {
    /// Watches, instances, queued events: the value in force and the one before all raises; `None`: it stays.
    pub values: [Option<(u64, u64)>; 3],
    /// The files that go. Without any, there is nothing to do and no password to ask for.
    pub files: Vec<PathBuf>,
    /// The numbers of the other entries that are closed with it.
    pub others: Vec<u32>,
}

impl LimitsBack {
    /// Foretells it for `entry` of these `entries`; `None` where it is not about the limits. Reads files.
    #[must_use]
    pub fn of(entry: &Entry, entries: &[Entry], places: &Places) -> Option<Self> {
        if !is_open_raise(entry) {
            return None;
        }
        let now = LimitsNow::read(places);
        Some(Self {
            values: Records::read(places).put_back(Limit::ALL.map(|limit| now.get(limit))),
            files: Records::files(places),
            others: entries.iter().filter(|other| other.id != entry.id && is_open_raise(other)).map(|e| e.id).collect(),
        })
    }
}

fn is_open_raise(entry: &Entry) -> bool {
    entry.remedy() == RemedyName::RaiseLimits && entry.state != State::Undone
}

/// Undoes entry `id`, whether it was applied or interrupted. `way`: who makes the script root, where limits were raised.
/// Blocks as [`apply`](super::apply()) does.
#[must_use]
pub fn undo(journal: &Journal, id: u32, way: Way) -> Undo {
    try_undo(journal, id, way).unwrap_or_else(Undo::Failed)
}

fn try_undo(journal: &Journal, id: u32, way: Way) -> Result<Undo, RemedyError> {
    let _lock = journal.lock()?;
    let entry = journal.entry(id)?;
    let begun = match entry.state {
        State::Undone => return Ok(Undo::AlreadyUndone),
        State::Applying => &entry.plan.changes[..entry.begun],
        State::Applied | State::Undoing => &entry.plan.changes[..],
    };
    let conflicts: Vec<_> = begun.iter().filter_map(conflict).collect();
    if !conflicts.is_empty() {
        return Ok(Undo::Refused(conflicts));
    }
    let mut pen = journal.resume(id)?;
    // An interrupted entry keeps its state, which tells how much of it was begun.
    if entry.state == State::Applied {
        pen.state(State::Undoing)?;
    }
    sweep(begun, id)?;
    let (mut back, mut left, mut bin) = (Vec::new(), Vec::new(), Bin::since(entry.when));
    for change in begun.iter().rev() {
        match take_back(change, &mark(id), &mut bin, way) {
            Ok(taken) => {
                back.extend(taken.back);
                left.extend(taken.left);
            }
            Err(error) => {
                // A closed password dialog leaves the entry as it was, not half undone.
                if entry.state == State::Applied && begun.len() == 1 {
                    pen.state(State::Applied)?;
                }
                return Err(error);
            }
        }
    }
    pen.state(State::Undone)?;
    if entry.remedy() == RemedyName::RaiseLimits {
        close_raises(journal, id)?;
    }
    Ok(Undo::Undone { back, left })
}

/// The script has taken back every raise, and not only that of entry `id`.
fn close_raises(journal: &Journal, id: u32) -> Result<(), RemedyError> {
    for entry in journal.entries()?.entries.iter().filter(|entry| entry.id != id && is_open_raise(entry)) {
        journal.resume(entry.id)?.state(State::Undone)?;
    }
    Ok(())
}

/// Finds what speaks against taking a change back.
fn conflict(change: &Change) -> Option<Conflict> {
    let Change::WriteFile { path, before, after } = change else { return None };
    match file_change::now(path, before.as_deref(), after) {
        Ok(Now::Before | Now::After) => None,
        Ok(Now::Other) => Some(changed(path, after)),
        Err(error) => Some(Conflict::Unreadable(error)),
    }
}

fn changed(path: &Path, after: &[u8]) -> Conflict {
    match file_change::read(path) {
        Ok(Some(now)) => Conflict::FileChanged { path: path.to_path_buf(), diff: Diff::between(after, &now) },
        Ok(None) => Conflict::FileGone { path: path.to_path_buf() },
        Err(error) => Conflict::Unreadable(error),
    }
}

/// Takes one change back; what is already as before is left. The answer names what is back and what stays.
pub(super) fn take_back(change: &Change, mark: &str, bin: &mut Bin, way: Way) -> Result<Taken, RemedyError> {
    match change {
        Change::MakeFolder { path } => remove_folder(path),
        Change::WriteFile { path, before, after } => write_back(path, before.as_deref(), after, mark),
        Change::Trash { path, .. } => bin.bring_back(path),
        Change::Restart(restart) => Ok(Left::Restarted { pid: restart.pid }.into()),
        Change::RaiseLimits(_) => limits_back(way),
    }
}

fn remove_folder(path: &Path) -> Result<Taken, RemedyError> {
    match Place::without_links(path).and_then(|place| place.remove_folder()) {
        Ok(true) => Ok(Back::FolderGone { path: path.to_path_buf() }.into()),
        Ok(false) => Ok(Left::FolderNotEmpty { path: path.to_path_buf() }.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Taken::default()),
        Err(error) => Err(RemedyError::of(path, &error)),
    }
}

fn write_back(path: &Path, before: Option<&[u8]>, after: &[u8], mark: &str) -> Result<Taken, RemedyError> {
    if file_change::now(path, before, after)? != Now::After {
        // Not written yet, or written back before; somebody else's bytes were refused before anything was undone.
        return Ok(Taken::default());
    }
    let owned = path.to_path_buf();
    let (done, back) = match before {
        Some(before) => {
            let diff = Diff::between(after, before);
            (file_change::replace(path, Some(after), before, mark)?, Back::File { path: owned, diff })
        }
        None => (file_change::remove(path, after)?, Back::FileGone { path: owned }),
    };
    if done { Ok(back.into()) } else { Err(RemedyError::ChangedMeanwhile { path: path.to_path_buf() }) }
}

/// Runs the script; the values are those that it read back from the kernel.
fn limits_back(way: Way) -> Result<Taken, RemedyError> {
    let files = Records::files(&Places::default());
    let applied = raise_limits::undo(way).map_err(RemedyError::Limits)?;
    let changed = Limit::ALL.into_iter().filter_map(|limit| Some((limit, applied.change(limit)?)));
    let values = changed.map(|(limit, (from, to))| Back::Limit { limit, from, to });
    let left = Records::files(&Places::default());
    let gone = files.into_iter().filter(|file| !left.contains(file)).map(|path| Back::FileGone { path });
    Ok(Taken { back: values.chain(gone).collect(), left: None })
}

/// Removes what an interrupted run of entry `id` may have left beside the files of its changes.
fn sweep(changes: &[Change], id: u32) -> Result<(), RemedyError> {
    for change in changes {
        if let Change::WriteFile { path, .. } = change {
            file_change::sweep(path, &mark(id))?;
        }
    }
    Ok(())
}
