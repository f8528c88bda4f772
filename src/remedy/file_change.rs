//! Writing one file from *before* to *after*: planned with everything checked that can be known beforehand, done only
//! if the file still is what it was, taken back only if it still is what was written.

use super::{Change, RemedyError};
use crate::durable::Place;
use crate::guarded::{self, Refusal};
use rustix::fs::{Access, AtFlags};
use std::io;
use std::path::{Path, PathBuf};

/// The folders whose files may be changed: links are followed only inside them.
#[derive(Clone, Debug, Default)]
pub struct OwnFolders {
    /// The person's home folder.
    pub home: Option<PathBuf>,
    /// The project's folder.
    pub project: Option<PathBuf>,
}

/// States of a file since the plan was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// The version before.
    Before,
    /// The version that is to be.
    After,
    /// A version of somebody else's.
    Other,
}

impl OwnFolders {
    /// The real path behind `path`, whose last parts need not exist yet.
    ///
    /// # Errors
    /// [`RemedyError::Outside`], [`RemedyError::LinkLeadsOutside`], or what keeps the path from being read.
    pub fn resolve(&self, path: &Path) -> Result<PathBuf, RemedyError> {
        let real = real_path(path).map_err(|error| RemedyError::of(path, &error))?;
        let inside = |own: &Option<PathBuf>| own.as_ref().and_then(|own| guarded::real_path(own).ok());
        if [&self.home, &self.project].into_iter().filter_map(inside).any(|own| real.starts_with(own)) {
            Ok(real)
        } else {
            let path = path.to_path_buf();
            let plain = std::path::absolute(&path).is_ok_and(|plain| plain == real);
            Err(if plain {
                RemedyError::Outside { path }
            } else {
                RemedyError::LinkLeadsOutside { path, target: real }
            })
        }
    }
}

/// The real path of the deepest part that exists, and the rest as it stands. A link that leads nowhere is not found.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    match guarded::real_path(path) {
        Err(Refusal::Missing) if guarded::about_link(path).is_err() => {
            let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
                return Err(Refusal::Missing.into());
            };
            Ok(real_path(folder)?.join(name))
        }
        answer => Ok(answer?),
    }
}

/// Reads the real file at `path`; `None` when it is not there.
///
/// # Errors
/// [`RemedyError::NotAFile`], or what keeps it from being read.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, RemedyError> {
    match guarded::about_link(path) {
        Ok(about) if about.kind == guarded::Kind::Link => return Err(RemedyError::LinkInTheWay { path: path.into() }),
        _ => {}
    }
    match guarded::read(path, guarded::SMALL_BYTES) {
        Err(Refusal::Missing) => Ok(None),
        answer => answer.map(Some).map_err(|refusal| RemedyError::of(path, &refusal.into())),
    }
}

/// The changes that bring the real file `path` from `before` to `after`: none when it is so already, with its missing
/// folders otherwise.
///
/// # Errors
/// What is known beforehand to stand in the way: a foreign owner, a missing permission, a read-only file system.
pub fn plan(path: &Path, before: Option<Vec<u8>>, after: Vec<u8>) -> Result<Vec<Change>, RemedyError> {
    if before.as_ref() == Some(&after) {
        return Ok(Vec::new());
    }
    let missing = missing_folders(path);
    let existing = missing.first().map_or(path, PathBuf::as_path);
    may_be_written(existing, before.is_some())?;
    let mut changes: Vec<_> = missing.into_iter().map(|path| Change::MakeFolder { path }).collect();
    changes.push(Change::WriteFile { path: path.to_path_buf(), before, after });
    Ok(changes)
}

/// The folders above `path` that do not exist, the outermost first.
fn missing_folders(path: &Path) -> Vec<PathBuf> {
    let above =
        path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty() && !guarded::exists(folder));
    let mut folders: Vec<_> = above.map(Path::to_path_buf).collect();
    folders.reverse();
    folders
}

/// Checks what the rename itself would not: a read-only file in a writable folder could be replaced, and would then
/// belong to whoever replaced it.
fn may_be_written(path: &Path, exists: bool) -> Result<(), RemedyError> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    guarded::rehearse(folder).map_err(|refusal| RemedyError::of(folder, &refusal.into()))?;
    let access = |path: &Path, access: Access| {
        rustix::fs::accessat(rustix::fs::CWD, path, access, AtFlags::EACCESS)
            .map_err(|error| RemedyError::of(path, &error.into()))
    };
    if exists {
        owned(path)?;
        access(path, Access::WRITE_OK)?;
    }
    access(folder, Access::WRITE_OK | Access::EXEC_OK)
}

fn owned(path: &Path) -> Result<(), RemedyError> {
    let stat = rustix::fs::stat(path).map_err(|error| RemedyError::of(path, &error.into()))?;
    let me = rustix::process::geteuid();
    if me.is_root() || stat.st_uid == me.as_raw() {
        return Ok(());
    }
    Err(RemedyError::ForeignOwned { path: path.to_path_buf(), owner: stat.st_uid })
}

/// Tells which of the two versions stands at `path` now, links not followed.
///
/// # Errors
/// A link on the way, a missing folder, or what keeps the file from being read.
pub(super) fn now(path: &Path, before: Option<&[u8]>, after: &[u8]) -> Result<Now, RemedyError> {
    let current = match Place::without_links(path).and_then(|place| place.read()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        answer => answer.map_err(|error| RemedyError::of(path, &error))?,
    };
    Ok(match current.as_deref() {
        current if current == before => Now::Before,
        Some(current) if current == after => Now::After,
        _ => Now::Other,
    })
}

/// Writes `to` over `from`. `false`: the file is not `from` any more and was left alone.
///
/// # Errors
/// What the system says; then the file is as it was.
pub(super) fn replace(path: &Path, from: Option<&[u8]>, to: &[u8], mark: &str) -> Result<bool, RemedyError> {
    let named = |error: io::Error| RemedyError::of(path, &error);
    let place = Place::without_links(path).map_err(named)?;
    may_be_written(path, from.is_some() && place.look().map_err(named)?.is_some())?;
    let unchanged = |place: &Place| Ok(place.read()?.as_deref() == from);
    if !unchanged(&place).map_err(named)? {
        return Ok(false);
    }
    place.put(to, &place.draft_name(mark), unchanged).map_err(named)
}

/// Removes the file if it still is `written`; `false`: it is not, and was left alone.
///
/// # Errors
/// What the system says; then the file is as it was.
pub(super) fn remove(path: &Path, written: &[u8]) -> Result<bool, RemedyError> {
    let named = |error: io::Error| RemedyError::of(path, &error);
    let place = Place::without_links(path).map_err(named)?;
    if place.read().map_err(named)?.as_deref() != Some(written) {
        return Ok(false);
    }
    place.remove().map(|()| true).map_err(named)
}

/// Removes the draft that an interrupted run with this `mark` may have left beside `path`.
pub(super) fn sweep(path: &Path, mark: &str) -> Result<(), RemedyError> {
    match Place::without_links(path).and_then(|place| place.discard(&place.draft_name(mark))) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        answer => answer.map_err(|error| RemedyError::of(path, &error)),
    }
}
