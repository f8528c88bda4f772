//! The journal's folder, opened once. What stands in it is obeyed only where it is this user's own and nobody else can
//! have written it: undoing and finishing do what an entry says.

use super::RemedyError;
use crate::durable::Place;
use crate::guarded;
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::fs::{DirBuilder, File};
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Bytes, more than any entry needs; a larger file is not read.
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// An opened folder whose owner and mode were looked at.
pub(super) struct Shelf {
    folder: OwnedFd,
    path: PathBuf,
}

impl Shelf {
    /// Opens the folder; `None` where there is none.
    pub(super) fn open(path: &Path) -> Result<Option<Self>, RemedyError> {
        guarded::rehearse(path).map_err(|refusal| RemedyError::of(path, &refusal.into()))?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let folder = match rustix::fs::openat(CWD, path, flags, Mode::empty()) {
            Ok(folder) => folder,
            Err(Errno::NOENT) => return Ok(None),
            Err(Errno::NOTDIR) if guarded::about_link(path).is_ok_and(|about| about.kind == guarded::Kind::Link) => {
                return Err(RemedyError::LinkInTheWay { path: path.into() });
            }
            Err(error) => return Err(RemedyError::of(path, &error.into())),
        };
        let about = rustix::fs::fstat(&folder).map_err(|error| RemedyError::of(path, &error.into()))?;
        is_obeyed(&about, path)?;
        Ok(Some(Self { folder, path: path.to_path_buf() }))
    }

    /// Opens the folder, made for this user alone where there is none.
    pub(super) fn make(path: &Path) -> Result<Self, RemedyError> {
        if let Some(shelf) = Self::open(path)? {
            return Ok(shelf);
        }
        let above = path.ancestors().find(|folder| guarded::exists(folder)).unwrap_or(path);
        guarded::rehearse_change(above).map_err(|refusal| RemedyError::of(above, &refusal.into()))?;
        let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.map_err(|error| RemedyError::of(path, &error))?;
        Self::open(path)?.ok_or_else(|| RemedyError::Vanished { path: path.to_path_buf() })
    }

    /// The names in it.
    pub(super) fn names(&self) -> Result<Vec<OsString>, RemedyError> {
        let names = Dir::read_from(&self.folder).and_then(|names| {
            names.map(|name| Ok(OsStr::from_bytes(name?.file_name().to_bytes()).to_owned())).collect()
        });
        names.map_err(|error| RemedyError::of(&self.path, &error.into()))
    }

    /// Opens a file in it: a regular one, without waiting for anybody and without following a link.
    pub(super) fn file(&self, name: &str, flags: OFlags) -> Result<File, RemedyError> {
        let path = self.path.join(name);
        let named = |error: io::Error| RemedyError::of(&path, &error);
        guarded::rehearse(&path).map_err(|refusal| named(refusal.into()))?;
        if flags.intersects(OFlags::WRONLY | OFlags::RDWR) {
            guarded::rehearse_change(&self.path).map_err(|refusal| named(refusal.into()))?;
        }
        // Without NONBLOCK, opening a FIFO waits for a partner who may never come.
        let flags = flags | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
        let mode = Mode::from_raw_mode(0o600);
        let file = match rustix::fs::openat(&self.folder, name, flags, mode) {
            Ok(file) => File::from(file),
            Err(Errno::NXIO) => return Err(RemedyError::NotAFile { path }),
            Err(error) => return Err(named(error.into())),
        };
        let about = rustix::fs::fstat(&file).map_err(|error| named(error.into()))?;
        if FileType::from_raw_mode(about.st_mode) != FileType::RegularFile {
            return Err(RemedyError::NotAFile { path });
        }
        is_obeyed(&about, &path)?;
        Ok(file)
    }

    /// The bytes of a file in it.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, RemedyError> {
        let mut bytes = Vec::new();
        let read = self.file(name, OFlags::RDONLY)?.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| RemedyError::of(&self.path.join(name), &error))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(RemedyError::TooLarge { path: self.path.join(name) });
        }
        Ok(bytes)
    }

    /// Tells whether anything has the name.
    pub(super) fn holds(&self, name: &str) -> bool {
        !matches!(rustix::fs::statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW), Err(Errno::NOENT))
    }

    /// Returns the place where a file of the name is put or removed; nobody else may read it.
    pub(super) fn place(&self, name: &str) -> io::Result<Place> {
        Ok(Place::inside(self.folder.try_clone()?, self.path.clone(), name.into()).private())
    }
}

fn is_obeyed(about: &Stat, path: &Path) -> Result<(), RemedyError> {
    let (path, owner) = (path.to_path_buf(), about.st_uid);
    if owner != rustix::process::geteuid().as_raw() {
        return Err(RemedyError::ForeignJournal { path, owner });
    }
    if about.st_mode & 0o022 != 0 {
        return Err(RemedyError::OpenToOthers { path });
    }
    Ok(())
}
