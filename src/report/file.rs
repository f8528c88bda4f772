//! A report saved: all of it or nothing, and never into something that is not a plain file.

use crate::durable::Place;
use crate::say;
use crate::words::Words;
use rustix::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

/// Reasons why a report was not saved. Nothing was left behind and what stood there before still stands.
#[derive(Debug, thiserror::Error)]
#[cfg_attr(test, derive(strum::EnumCount))]
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
    /// Words what went wrong and what would be right, for the user.
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

/// Writes `bytes` to `path`, all of them or none. A file that is already there keeps what it has besides its bytes.
///
/// # Errors
/// [`WriteError`]; the target is then as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if path.file_name().is_none() {
        return Err(WriteError::NoFileName(path.to_path_buf()));
    }
    // Everything below happens relative to this one folder, even when its path is exchanged meanwhile.
    let place = Place::of(path).map_err(|reason| {
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        WriteError::Folder { folder: folder.to_path_buf(), reason }
    })?;
    let failed = |reason: io::Error| WriteError::File { path: path.to_path_buf(), reason };
    match place.look().map_err(failed)?.map(|found| FileType::from_raw_mode(found.st_mode)) {
        None | Some(FileType::RegularFile) => place.write(bytes).map_err(failed),
        Some(FileType::Symlink) => Err(WriteError::Link(path.to_path_buf())),
        Some(_) => Err(WriteError::NotAFile(path.to_path_buf())),
    }
}
