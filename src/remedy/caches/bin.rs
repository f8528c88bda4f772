//! The trash: of the home folder, or of the file system that the file is on (the XDG trash specification).

use super::super::outcome::{Back, Halt, Left, Stale, Taken};
use super::RemedyError;
use crate::durable::Place;
use crate::guarded;
use jiff::Timestamp;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use trash::TrashItem;

/// Items that came into the trash since a moment, read when it is first needed.
pub(in super::super) struct Bin {
    since: Timestamp,
    items: Option<HashMap<PathBuf, TrashItem>>,
}

/// Tells whether what is to go is still a folder (or a file) at its real place.
pub(in super::super) fn still_there(path: &Path, directories: u64) -> Result<(), Halt> {
    let gone = || Halt::Stale(Stale::Gone { path: path.to_path_buf() });
    let found = match Place::without_links(path).and_then(|place| place.look()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(gone()),
        answer => answer.map_err(|error| RemedyError::of(path, &error))?,
    };
    if !guarded::mounts_inside(path).is_empty() {
        return Err(RemedyError::MountPoint { path: path.to_path_buf() }.into());
    }
    let kind = found.map(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode)).ok_or_else(gone)?;
    match (kind.is_dir(), kind.is_file()) {
        _ if kind.is_symlink() => Err(Halt::Stale(Stale::LinkInPlace { path: path.to_path_buf() })),
        (true, _) if directories > 0 => Ok(()),
        (_, true) if directories == 0 => Ok(()),
        _ => Err(gone()),
    }
}

/// Moves it to the trash.
pub(in super::super) fn to_trash(path: &Path) -> Result<(), RemedyError> {
    guarded::rehearse(path).map_err(|refusal| RemedyError::of(path, &refusal.into()))?;
    for folder in [path.parent().map(Path::to_path_buf), home_trash()].into_iter().flatten() {
        let there = folder.ancestors().find(|folder| guarded::exists(folder)).unwrap_or(&folder);
        guarded::rehearse_change(there).map_err(|refusal| RemedyError::of(there, &refusal.into()))?;
    }
    trash::delete(path).map_err(|error| refused(path, error))
}

/// The folder that holds the trash of the home folder, as the specification and the library have it.
fn home_trash() -> Option<PathBuf> {
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
}

fn refused(path: &Path, error: trash::Error) -> RemedyError {
    if let trash::Error::FileSystem { path, source } = &error {
        return RemedyError::of(path, source);
    }
    let reason = if let trash::Error::Unknown { description } = error { description } else { error.to_string() };
    RemedyError::Trash { path: path.to_path_buf(), reason }
}

impl Bin {
    pub(in super::super) const fn since(since: Timestamp) -> Self {
        Self { since, items: None }
    }

    /// Brings `path` back, unless something stands there again. The answer names what stays in the trash.
    pub(in super::super) fn bring_back(&mut self, path: &Path) -> Result<Taken, RemedyError> {
        match Place::without_links(path).and_then(|place| place.look()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(RemedyError::of(path, &error)),
            Ok(None) => {}
            // After an interruption this is the thing itself, which was never moved.
            Ok(Some(_)) if self.items(path)?.get(path).is_none_or(is_placeholder) => return Ok(Taken::default()),
            Ok(Some(_)) => return Ok(Left::ThereAgain { path: path.to_path_buf() }.into()),
        }
        match self.items(path)?.remove(path) {
            None => Ok(Left::NotInTrash { path: path.to_path_buf() }.into()),
            Some(item) => {
                trash::os_limited::restore_all([item]).map_err(|error| refused(path, error))?;
                Ok(Back::FromTrash { path: path.to_path_buf() }.into())
            }
        }
    }

    fn items(&mut self, path: &Path) -> Result<&mut HashMap<PathBuf, TrashItem>, RemedyError> {
        if self.items.is_none() {
            // It looks for a trash on everything that is mounted.
            guarded::rehearse_all().map_err(|path| RemedyError::Silent { path })?;
            let all = trash::os_limited::list().map_err(|error| refused(path, error))?;
            self.items = Some(self.first_since(all));
        }
        Ok(self.items.get_or_insert_default())
    }

    /// Returns, of what has the same path, the one that came first: what came later was made anew in between. The trash
    /// knows whole seconds only.
    fn first_since(&self, all: Vec<TrashItem>) -> HashMap<PathBuf, TrashItem> {
        let mut items: HashMap<PathBuf, TrashItem> = HashMap::new();
        let since = self.since.as_second();
        for item in all.into_iter().filter(|item| item.time_deleted >= since && is_there(item)) {
            match items.get(&item.original_path()) {
                Some(other) if other.time_deleted <= item.time_deleted => {}
                _ => drop(items.insert(item.original_path(), item)),
            }
        }
        items
    }
}

/// Returns the name of an item in the trash.
fn place(item: &TrashItem) -> Option<PathBuf> {
    let note = Path::new(&item.id);
    Some(note.parent()?.parent()?.join("files").join(note.file_stem()?))
}

/// An interrupted move may leave a note about something that never came.
fn is_there(item: &TrashItem) -> bool {
    place(item).is_some_and(|place| guarded::about_link(&place).is_ok())
}

/// Tells whether only a placeholder is there: it may also be an empty file or folder that only keeps the name.
fn is_placeholder(item: &TrashItem) -> bool {
    let Some(place) = place(item) else { return true };
    match guarded::entries(&place) {
        Ok(entries) => entries.is_empty(),
        Err(_) => guarded::about_link(&place).is_ok_and(|about| about.bytes == 0),
    }
}
