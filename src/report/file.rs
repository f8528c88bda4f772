//! A report saved: all of it or nothing, and never into something that is not a plain file.

use crate::say;
use crate::words::Words;
use rustix::fs::{self, AtFlags, FileType, Mode, OFlags};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// Why a report was not saved. Nothing was left behind and what stood there before still stands.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The path ends in no file name.
    #[error("{}: not a file name", .0.display())]
    NoFileName(PathBuf),
    /// The folder cannot be opened.
    #[error("{}: {reason}", folder.display())]
    #[allow(missing_docs, reason = "the fields are what the documented variant names")]
    Folder { folder: PathBuf, reason: io::Error },
    /// A symbolic link stands there; writing would replace the link or change a file elsewhere.
    #[error("{}: a symbolic link", .0.display())]
    Link(PathBuf),
    /// A folder, a device or the like stands there.
    #[error("{}: not a plain file", .0.display())]
    NotAFile(PathBuf),
    /// The file cannot be written.
    #[error("{}: {reason}", path.display())]
    #[allow(missing_docs, reason = "the fields are what the documented variant names")]
    File { path: PathBuf, reason: io::Error },
}

impl WriteError {
    /// What went wrong and what would be right, for the user.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        let shown = |path: &Path| super::printable::printable(&path.to_string_lossy()).into_owned();
        match self {
            Self::NoFileName(path) => say!(words, "report-write-no-name", path = shown(path)),
            Self::Folder { folder, reason } => {
                say!(words, "report-write-folder", path = shown(folder), reason = reason.to_string())
            }
            Self::Link(path) => say!(words, "report-write-link", path = shown(path)),
            Self::NotAFile(path) => say!(words, "report-write-not-a-file", path = shown(path)),
            Self::File { path, reason } => {
                say!(words, "report-write-file", path = shown(path), reason = reason.to_string())
            }
        }
    }
}

/// Writes `bytes` to `path`: a temporary file beside it, flushed to the disk, then renamed over it. A file that is
/// already there keeps its mode.
///
/// # Errors
/// [`WriteError`]; the target is then as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let name = path.file_name().ok_or_else(|| WriteError::NoFileName(path.to_path_buf()))?;
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    // Everything below happens relative to this one folder, even when its path is exchanged meanwhile.
    let folder = fs::open(folder, OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())
        .map_err(|reason| WriteError::Folder { folder: folder.to_path_buf(), reason: reason.into() })?;
    let failed = |reason: io::Error| WriteError::File { path: path.to_path_buf(), reason };
    let mode = mode_of_existing(&folder, name, path)?;
    let (temporary, file) = create_beside(&folder, mode).map_err(failed)?;
    let written = fill(file, mode, bytes).and_then(|()| Ok(fs::renameat(&folder, &temporary, &folder, name)?));
    if let Err(reason) = written {
        // If this fails too there is nothing left to try, and the first reason is the one to tell.
        let _ = fs::unlinkat(&folder, &temporary, AtFlags::empty());
        return Err(failed(reason));
    }
    if let Err(reason) = fs::fsync(&folder) {
        // The file is complete and in place; only a crash right now could lose it.
        log::warn!("the folder of {} could not be flushed to the disk: {reason}", path.display());
    }
    Ok(())
}

/// The mode of the plain file that stands there; `None` where nothing does.
fn mode_of_existing(folder: &OwnedFd, name: &OsStr, path: &Path) -> Result<Option<Mode>, WriteError> {
    let status = match fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(status) => status,
        Err(Errno::NOENT) => return Ok(None),
        Err(reason) => return Err(WriteError::File { path: path.to_path_buf(), reason: reason.into() }),
    };
    match FileType::from_raw_mode(status.st_mode) {
        FileType::RegularFile => Ok(Some(Mode::from_raw_mode(status.st_mode))),
        FileType::Symlink => Err(WriteError::Link(path.to_path_buf())),
        _ => Err(WriteError::NotAFile(path.to_path_buf())),
    }
}

/// A new file that nobody had before. Where a mode is to be kept, nobody else may look in until it is set.
fn create_beside(folder: &OwnedFd, keep: Option<Mode>) -> io::Result<(OsString, File)> {
    let mode = if keep.is_some() { Mode::RUSR | Mode::WUSR } else { Mode::from_raw_mode(0o666) };
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut attempt = 0_u32;
    loop {
        let name = OsString::from(format!(".inotify-doctor-{}-{attempt}.tmp", std::process::id()));
        match fs::openat(folder, &name, flags, mode) {
            Ok(file) => return Ok((name, File::from(file))),
            Err(Errno::EXIST) if attempt < 1_000 => attempt += 1,
            Err(reason) => return Err(reason.into()),
        }
    }
}

fn fill(mut file: File, keep: Option<Mode>, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    if let Some(mode) = keep {
        fs::fchmod(&file, mode)?;
    }
    file.sync_all()
}
