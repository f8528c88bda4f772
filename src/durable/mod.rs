//! Writing files so that a crash, a full disk or a power cut leaves the old file or the new one, never a mixture:
//! a draft beside the target, fsync, rename, fsync of the folder.

mod attributes;
mod change;
mod draft;

use crate::guarded;
use rustix::fs::{AtFlags, Mode, OFlags, ResolveFlags, Stat};
use rustix::io::Errno;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// Bytes of a file that is read to be changed. What people write by hand is far smaller.
const LARGEST_BYTES: u64 = 64 << 20;

/// Writes `bytes` to `path`, replacing a file that is there (owner, mode and extended attributes are kept).
///
/// # Errors
/// The system's; then the old file is untouched and no draft is left.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Place::of(path)?.write(bytes)
}

/// A name in an opened folder: whatever happens to the folder's path meanwhile, the work goes on in that folder.
#[derive(Debug)]
pub struct Place {
    folder: OwnedFd,
    /// The path by which the folder was opened.
    path: PathBuf,
    name: OsString,
    /// The mode of a file that is made anew, before the umask.
    mode: u32,
}

impl Place {
    /// Opens the folder of `path`, following links on the way to it.
    ///
    /// # Errors
    /// The system's; `InvalidInput` when `path` has no file name.
    pub fn of(path: &Path) -> io::Result<Self> {
        rehearse(path)?;
        let (path, name) = split(path)?;
        let folder = rustix::fs::open(&path, folder_flags(), Mode::empty())?;
        Ok(Self::inside(folder, path, name))
    }

    /// The name in a folder that is open already, by this path.
    #[must_use]
    pub const fn inside(folder: OwnedFd, path: PathBuf, name: OsString) -> Self {
        Self { folder, path, name, mode: 0o666 }
    }

    /// The same place; a file that is made there is for its owner alone.
    #[must_use]
    pub fn private(self) -> Self {
        Self { mode: 0o600, ..self }
    }

    /// The same, refusing (`ELOOP`) where a link stands anywhere on the way: for a path that was resolved before
    /// and must still lead to the same folder.
    ///
    /// # Errors
    /// The system's; `InvalidInput` when `path` has no file name.
    pub fn without_links(path: &Path) -> io::Result<Self> {
        rehearse(path)?;
        let (above, name) = split(path)?;
        let flags = ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        match rustix::fs::openat2(rustix::fs::CWD, &above, folder_flags(), Mode::empty(), flags) {
            Ok(folder) => Ok(Self::inside(folder, above, name)),
            // Before Linux 5.6, and where a sandbox forbids the call: look first, then open.
            Err(Errno::NOSYS | Errno::PERM) if guarded::real_path(&above)? == above => Self::of(path),
            Err(Errno::NOSYS | Errno::PERM) => Err(Errno::LOOP.into()),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of the file there; `None` when there is nothing.
    ///
    /// # Errors
    /// The system's; `ELOOP` for a link, `InvalidInput` for anything else that is not a file, `FileTooLarge`.
    pub fn read(&self) -> io::Result<Option<Vec<u8>>> {
        let Some((file, _)) = self.open()? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(Some(bytes))
    }

    /// Looks at what is there, links not followed; `None` when there is nothing.
    ///
    /// # Errors
    /// The system's.
    pub fn look(&self) -> io::Result<Option<Stat>> {
        match rustix::fs::statat(&self.folder, &self.name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn open(&self) -> io::Result<Option<(File, Stat)>> {
        // Without NONBLOCK, opening a FIFO waits for a writer that may never come.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let file = match rustix::fs::openat(&self.folder, &self.name, flags, Mode::empty()) {
            Ok(file) => File::from(file),
            Err(Errno::NOENT) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        let stat = rustix::fs::fstat(&file)?;
        Ok(Some((file, stat)))
    }

    /// Makes sure that the file system takes changes before one is begun. It may still end in the middle of one; what
    /// waits for it then waits with it.
    fn rehearse_change(&self) -> io::Result<()> {
        Ok(guarded::rehearse_change(&self.path)?)
    }

    /// Brings the folder's entries to the disk.
    fn sync(&self) -> io::Result<()> {
        Ok(guarded::sync(&self.folder)?)
    }
}

/// Makes sure that neither the folder nor the file lies on a file system that does not answer.
fn rehearse(path: &Path) -> io::Result<()> {
    let (folder, _) = split(path)?;
    guarded::rehearse(&folder)?;
    Ok(guarded::rehearse(path)?)
}

fn folder_flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC
}

fn split(path: &Path) -> io::Result<(PathBuf, OsString)> {
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file name"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((folder.to_path_buf(), name.to_owned()))
}

#[cfg(test)]
mod tests;
