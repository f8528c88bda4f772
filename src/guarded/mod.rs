//! The one way to look at files and folders of a project, a home, a Python environment or a path that somebody named:
//! none of them can make this program wait, grow or do something by being looked at.
//!
//! - Only regular files are read, opened without waiting and without becoming a terminal, and never more of them than
//!   the caller asks for: a FIFO, a device, a link to `/dev/zero` or a file of a gigabyte ends in a [`Refusal`].
//! - What lies on a file system that may not answer (`mounts`) is asked for by a helper process (`apart`), which can
//!   be left behind: a request that its server has taken keeps whoever waits for it in the kernel, even from SIGKILL.
//! - Such a file system costs its patience once: from then on it is `silent` for everybody, until it is mounted anew.
//!
//! Files of `/proc`, `/sys` and of the system itself are another matter: `machine/` reads those.
//!
//! Not to be called from a thread that has a table of descriptors of its own (`project/tree/descriptors`), but for `Apart`.

mod apart;
mod bytes_as_text;
mod facts;
mod look;
mod mounts;
mod refusal;
mod resolve;
mod serve;
mod silent;
mod trial;
mod wire;

pub(crate) use apart::{Apart, NoAnswer};
pub use facts::{About, Entry, Kind, Listing, Space};
pub(crate) use look::{Answer, Question};
pub(crate) use mounts::{Mount, MountId, Table, current as mount_table};
pub use refusal::Refusal;
pub(crate) use serve::{is_helper, serve, use_processes};
pub use silent::mounts as silent_mounts;
pub(crate) use silent::note as note_silent;
pub(crate) use trial::{DRAFT_SIGN, sync};

use crate::progress::Progress;
use resolve::Location;
use std::path::{Path, PathBuf};

/// Bytes of a file that people write by hand or that a small tool leaves: settings, `pyvenv.cfg`, a launch script.
/// The largest ones seen have some ten thousand.
pub const SMALL_BYTES: u64 = 4 << 20;

/// Entries of a folder that are listed by [`entries`]; `site-packages` has some thousand at most.
pub const MOST_ENTRIES: usize = 200_000;

/// Reads a whole file.
///
/// # Errors
/// [`Refusal`]; [`Refusal::TooLarge`] for one of more than `most` bytes.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
    bytes(ask(path, &Question::Read { most })?)
}

/// Reads a whole file as text.
///
/// # Errors
/// As [`read`]; [`Refusal::NotText`] where it is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> Result<String, Refusal> {
    String::from_utf8(read(path, most)?).map_err(|_| Refusal::NotText)
}

/// Reads at most `most` bytes from the beginning of a file.
///
/// # Errors
/// [`Refusal`].
pub fn read_start(path: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
    bytes(ask(path, &Question::ReadStart { most })?)
}

/// Reads at most `most` bytes from the end of a file.
///
/// # Errors
/// [`Refusal`].
pub fn read_end(path: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
    bytes(ask(path, &Question::ReadEnd { most })?)
}

/// Lists a folder, at most [`MOST_ENTRIES`] of it, in the order of the file system.
///
/// # Errors
/// [`Refusal`].
pub fn entries(path: &Path) -> Result<Vec<Entry>, Refusal> {
    let answer = ask(path, &Question::List { most: MOST_ENTRIES, follow: true })?;
    if let Answer::Listing(listing) = answer { Ok(listing.entries) } else { Err(answer.unexpected()) }
}

/// Lists the paths of what lies in a folder; nothing where it cannot be read.
#[must_use]
pub fn paths_in(folder: &Path) -> Vec<PathBuf> {
    let listed = entries(folder).unwrap_or_default();
    listed.into_iter().map(|entry| folder.join(entry.name)).collect()
}

/// Tells what a path leads to, links followed.
///
/// # Errors
/// [`Refusal`].
pub fn about(path: &Path) -> Result<About, Refusal> {
    facts(&ask(path, &Question::About { follow: true })?)
}

/// Tells what a path names, a link as last component not followed.
///
/// # Errors
/// [`Refusal`].
pub fn about_link(path: &Path) -> Result<About, Refusal> {
    facts(&ask(path, &Question::About { follow: false })?)
}

/// Tells whether a path leads to a regular file.
#[must_use]
pub fn is_file(path: &Path) -> bool {
    about(path).is_ok_and(|about| about.kind == Kind::File)
}

/// Tells whether a path leads to a folder.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    about(path).is_ok_and(|about| about.kind == Kind::Folder)
}

/// Tells whether a path leads anywhere.
#[must_use]
pub fn exists(path: &Path) -> bool {
    about(path).is_ok()
}

/// Returns the absolute path with all links resolved.
///
/// # Errors
/// [`Refusal`].
pub fn real_path(path: &Path) -> Result<PathBuf, Refusal> {
    path_of(ask(path, &Question::RealPath)?)
}

/// Tells whether this account may run the file.
#[must_use]
pub fn may_run(path: &Path) -> bool {
    matches!(ask(path, &Question::MayRun), Ok(Answer::Yes))
}

/// Tells whether this account may write in the folder, or to the file.
#[must_use]
pub fn may_write(path: &Path) -> bool {
    matches!(ask(path, &Question::MayWrite), Ok(Answer::Yes))
}

/// Has somebody else take the first steps of a work on this folder or file where it lies on a file system that may not
/// answer: what does not answer them is [`Refusal::Silent`] before this program itself gets there. Nothing happens
/// elsewhere, and nothing is said of what is not there.
///
/// # Errors
/// [`Refusal::Silent`] only.
pub fn rehearse(path: &Path) -> Result<(), Refusal> {
    let table = mounts::current();
    if !table.any_may_hang() || matches!(resolve::location(path, true, &table), Location::Here(_)) {
        return Ok(());
    }
    let steps = match about(path) {
        Ok(about) if about.kind == Kind::Folder => ask(path, &Question::List { most: 1, follow: true }),
        Ok(about) if about.kind == Kind::File => ask(path, &Question::ReadStart { most: 1 }),
        Ok(_) => return Ok(()),
        Err(refusal) => Err(refusal),
    };
    if let Err(Refusal::Silent) = steps { Err(Refusal::Silent) } else { Ok(()) }
}

/// Has somebody else try a change in the folder where it lies on a file system that may not answer, so that a server
/// which is silent to writers is met there and not in the middle of the change itself. Nothing happens elsewhere; what
/// keeps the trial from being made for another reason is found again by the change.
///
/// # Errors
/// [`Refusal::Silent`] only.
pub fn rehearse_change(folder: &Path) -> Result<(), Refusal> {
    let table = mounts::current();
    if !table.any_may_hang() || matches!(resolve::location(folder, true, &table), Location::Here(_)) {
        return Ok(());
    }
    if let Err(Refusal::Silent) = ask(folder, &Question::TryToChange) { Err(Refusal::Silent) } else { Ok(()) }
}

/// Lists where something is mounted, on a folder or below it, whose links were resolved.
#[must_use]
pub fn mounts_inside(folder: &Path) -> Vec<PathBuf> {
    mounts::current().at_or_below(folder).map(|mount| mount.point.clone()).collect()
}

/// Has all mounts that may not answer asked, for a work that looks at every one.
///
/// # Errors
/// The mount point of one that does not answer.
pub fn rehearse_all() -> Result<(), PathBuf> {
    let table = mounts::current();
    table.remote().try_for_each(|mount| rehearse(&mount.point).map_err(|_| mount.point.clone()))
}

/// Tells what is free on the file system that holds a path (statvfs(3)).
///
/// # Errors
/// [`Refusal`].
pub fn space(path: &Path) -> Result<Space, Refusal> {
    let answer = ask(path, &Question::Space)?;
    if let Answer::Space(space) = answer { Ok(space) } else { Err(answer.unexpected()) }
}

/// Resolves a path as [`real_path`] does, for a caller who may be cancelled while it waits.
pub(crate) fn real_path_or_cancel(path: &Path, progress: &Progress) -> Result<Result<PathBuf, Refusal>, NoAnswer> {
    Ok(ask_or_cancel(path, &Question::RealPath, progress)?.and_then(path_of))
}

fn bytes(answer: Answer) -> Result<Vec<u8>, Refusal> {
    if let Answer::Bytes(bytes) = answer { Ok(bytes) } else { Err(answer.unexpected()) }
}

fn facts(answer: &Answer) -> Result<About, Refusal> {
    if let Answer::About(about) = answer { Ok(*about) } else { Err(answer.unexpected()) }
}

fn path_of(answer: Answer) -> Result<PathBuf, Refusal> {
    if let Answer::Path(path) = answer { Ok(path) } else { Err(answer.unexpected()) }
}

fn ask(path: &Path, question: &Question) -> Result<Answer, Refusal> {
    // Nobody cancels this one.
    ask_or_cancel(path, question, &Progress::default()).unwrap_or(Err(Refusal::Silent))
}

/// Looks itself where everything on the way answers, and has others look where it may not.
fn ask_or_cancel(path: &Path, question: &Question, progress: &Progress) -> Result<Result<Answer, Refusal>, NoAnswer> {
    let table = mounts::current();
    if !table.any_may_hang() {
        return Ok(look::look(path, question, &mut || ()));
    }
    match resolve::location(path, question.follows(), &table) {
        Location::Here(path) => Ok(look::look(&path, question, &mut || ())),
        Location::There { mount, path } => {
            match apart::with_helper(|apart| apart.ask(&path, question, mount.id, progress)) {
                Err(NoAnswer::Late) => {
                    silent::note(mount.id, &mount.point);
                    Ok(Err(Refusal::Silent))
                }
                answer => answer,
            }
        }
    }
}

#[cfg(test)]
mod tests;
