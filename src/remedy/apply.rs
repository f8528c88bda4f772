//! Application of a plan: each change in order, each in the journal before it is done. If the world is not what it
//! was when the plan was made, nothing is done; if something fails midway, what was done is undone.

use super::caches::{self, Bin};
use super::file_change::{self, Now};
use super::journal::{Journal, Pen, State};
use super::outcome::Left;
use super::outcome::{Done, Halt, PlanOutcome, Stale};
use super::raise_limits::{self, RaiseLimits, Way};
use super::undo::take_back;
use super::{Change, Plan, RemedyError, restart};
use crate::durable::Place;
use crate::guarded::{self, Kind, Refusal};
use crate::machine::{Limit, LimitsNow, Places};
use std::io;
use std::path::Path;

/// Carries out what `plan` says. `way`: who makes the script root, where the limits are raised. Blocks until everything
/// is done, as long as a password dialog is open, too: not for the drawing thread.
#[must_use]
pub fn apply(plan: &Plan, journal: &Journal, way: Way) -> PlanOutcome {
    if plan.is_empty() {
        return PlanOutcome::NothingToDo;
    }
    let nothing_done = |error| PlanOutcome::Failed { error, left: Vec::new() };
    let lock = match journal.lock() {
        Ok(lock) => lock,
        Err(error) => return nothing_done(error),
    };
    let stale = match look(plan) {
        Ok(stale) => stale,
        Err(error) => return nothing_done(error),
    };
    if !stale.is_empty() {
        return PlanOutcome::Stale(stale);
    }
    match journal.begin(plan, &lock) {
        Ok(pen) => Work { plan, journal, way, begun: 0 }.run(pen),
        Err(error) => nothing_done(error),
    }
}

/// Finishes an interrupted entry: applies the rest of what was being applied. What is already as the plan wants it is
/// left as it is. Where that fails, the entry stays unfinished.
///
/// # Errors
/// When there is no such entry, it is not waiting to be finished, or another run is at work.
pub fn finish(journal: &Journal, id: u32, way: Way) -> Result<PlanOutcome, RemedyError> {
    let _lock = journal.lock()?;
    let entry = journal.entry(id)?;
    if entry.state != State::Applying {
        return Err(RemedyError::NoSuchEntry { id });
    }
    let work = Work { plan: &entry.plan, journal, way, begun: entry.begun };
    Ok(work.run(journal.resume(id)?))
}

/// Lists what in the plan no longer fits.
fn look(plan: &Plan) -> Result<Vec<Stale>, RemedyError> {
    let mut stale = Vec::new();
    for change in &plan.changes {
        match fits(change) {
            Ok(()) => {}
            Err(Halt::Stale(one)) => stale.push(one),
            Err(Halt::Error(error)) => return Err(error),
        }
    }
    Ok(stale)
}

/// Tells whether a change still fits the world.
fn fits(change: &Change) -> Result<(), Halt> {
    match change {
        Change::MakeFolder { path } => match guarded::about_link(path) {
            Ok(there) if there.kind == Kind::Link => Err(Halt::Stale(Stale::LinkInPlace { path: path.clone() })),
            Ok(_) => Err(Halt::Stale(Stale::FolderAppeared { path: path.clone() })),
            Err(_) => Ok(()),
        },
        Change::WriteFile { path, before, after } => match file_change::now(path, before.as_deref(), after)? {
            Now::Before => Ok(()),
            Now::After | Now::Other => Err(Halt::Stale(Stale::FileChanged { path: path.clone() })),
        },
        Change::Trash { path, directories, .. } => caches::still_there(path, *directories),
        Change::Restart(restart) => Ok(restart::find(restart).map(drop)?),
        Change::RaiseLimits(_) => Ok(()),
    }
}

/// A plan that is being carried out.
struct Work<'a> {
    plan: &'a Plan,
    journal: &'a Journal,
    way: Way,
    /// Number of the changes that were begun before an interruption: these may be made already.
    begun: usize,
}

impl Work<'_> {
    fn run(&self, mut pen: Pen) -> PlanOutcome {
        let (mut all, mut announced) = (Vec::new(), 0);
        for (index, change) in self.plan.changes.iter().enumerate() {
            let mut ready = Ok(());
            if index >= announced {
                announced = self.together(index);
                ready = pen.begun(announced - 1);
            }
            match ready.map_err(Halt::Error).and_then(|()| self.make(index, change, &pen)) {
                Ok(done) => {
                    noted(pen.done(done.clone()));
                    all.push(done);
                }
                // Someone who finishes what was interrupted can still choose to undo it.
                Err(halt) if self.begun > 0 => return halt.into(),
                Err(halt) => return self.give_up(index + usize::from(halt.may_be_made(change)), pen, halt),
            }
        }
        noted(pen.state(State::Applied));
        PlanOutcome::Applied { id: pen.id, done: all }
    }

    /// Counts the changes that are begun when the one at `index` is. What goes to the trash in a row is begun together:
    /// the world itself tells which of it has gone, and a thousand caches need not wait for the disk a thousand times.
    fn together(&self, index: usize) -> usize {
        let row = self.plan.changes[index..].iter().take_while(|change| matches!(change, Change::Trash { .. }));
        index + row.count().max(1)
    }

    fn make(&self, index: usize, change: &Change, pen: &Pen) -> Result<Done, Halt> {
        let again = index < self.begun;
        match change {
            Change::MakeFolder { path } => make_folder(path, again),
            Change::WriteFile { path, before, after } => write(path, before.as_deref(), after, again, &pen.mark()),
            Change::Trash { path, .. } if again && guarded::about_link(path) == Err(Refusal::Missing) => {
                Ok(Done::Trashed)
            }
            Change::Trash { path, directories, .. } => {
                caches::still_there(path, *directories)?;
                caches::to_trash(path)?;
                Ok(Done::Trashed)
            }
            Change::Restart(restart) => Ok(restart::restart(restart, self.journal)?),
            Change::RaiseLimits(request) => {
                let request = if again { from_here(request) } else { *request };
                Ok(Done::LimitsRaised(raise_limits::apply(&request, self.way).map_err(RemedyError::Limits)?))
            }
        }
    }

    /// Undoes the first `made` changes and says why.
    fn give_up(&self, made: usize, pen: Pen, halt: Halt) -> PlanOutcome {
        let mut left = Vec::new();
        let mut bin = Bin::since(pen.when);
        for change in self.plan.changes[..made].iter().rev() {
            let taken = take_back(change, &pen.mark(), &mut bin, self.way);
            left.extend(taken.map_or_else(|error| Some(Left::Failed(error)), |taken| taken.left));
        }
        let complete = !halt.leaves_something() && !left.iter().any(|one| matches!(one, Left::Failed(_)));
        // Where this fails too, the entry stays unfinished, and undoing it later finds nothing left to do.
        if complete && let Err(error) = pen.forget() {
            log::warn!("the journal keeps an entry that was taken back: {error}");
        }
        match halt {
            Halt::Stale(stale) if !left.is_empty() => PlanOutcome::Failed { error: stale.into(), left },
            Halt::Error(error) => PlanOutcome::Failed { error, left },
            halt @ Halt::Stale(_) => halt.into(),
        }
    }
}

/// Keeps done what is done where only the note of it failed (a full disk): the entry then waits as an unfinished one,
/// and finishing or undoing it looks at the world itself.
fn noted(note: Result<(), RemedyError>) {
    if let Err(error) = note {
        log::warn!("the journal was not brought up to date: {error}");
    }
}

/// The request as it is now, after an interrupted run may have raised one limit and not the other.
fn from_here(request: &RaiseLimits) -> RaiseLimits {
    let now = LimitsNow::read(&Places::default());
    let before = Limit::ALL.map(|limit| now.get(limit).unwrap_or(request.before(limit)));
    RaiseLimits { before, ..*request }
}

/// `again`: it may have been made before an interruption.
fn make_folder(path: &Path, again: bool) -> Result<Done, Halt> {
    match Place::without_links(path).and_then(|place| place.make_folder()) {
        Ok(()) => Ok(Done::FolderMade),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && again && is_real_folder(path) => {
            Ok(Done::FolderMade)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Halt::Stale(Stale::FolderAppeared { path: path.to_path_buf() }))
        }
        Err(error) => Err(RemedyError::of(path, &error).into()),
    }
}

fn is_real_folder(path: &Path) -> bool {
    guarded::about_link(path).is_ok_and(|there| there.kind == Kind::Folder)
}

fn write(path: &Path, before: Option<&[u8]>, after: &[u8], again: bool, mark: &str) -> Result<Done, Halt> {
    file_change::sweep(path, mark)?;
    if again && file_change::now(path, before, after)? == Now::After {
        return Ok(Done::FileWritten);
    }
    if file_change::replace(path, before, after, mark)? {
        return Ok(Done::FileWritten);
    }
    Err(Halt::Stale(Stale::FileChanged { path: path.to_path_buf() }))
}
