//! Where a restarted app writes: into the files that the old one wrote into, which their owner may follow. A terminal
//! or a pipe belongs to whoever started the old app and cannot be handed on: what went there goes into such a file, or
//! into a log of this program.

use super::{RemedyError, Restart};
use crate::guarded;
use jiff::Timestamp;
use rustix::fs::{FileType, Mode, OFlags};
use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The outputs that the new app gets.
pub(super) struct Outputs {
    pub(super) output: Stdio,
    pub(super) errors: Stdio,
    /// The file with what it says: of two files, the one for errors.
    pub(super) log: PathBuf,
    /// Whether that is a file of the old app.
    pub(super) kept: bool,
}

/// One output of the old app.
enum Old {
    /// A file that still has its name.
    File(OwnedFd, PathBuf),
    /// `/dev/null`.
    Nowhere,
    /// A terminal, a pipe, a socket, a file that was deleted.
    Lost,
}

impl Outputs {
    /// Opens them, while the old app still runs. `logs` is this program's folder with logs.
    pub(super) fn of(restart: &Restart, logs: &Path) -> Result<Self, RemedyError> {
        let [output, errors] = [1, 2].map(|descriptor| Old::of(restart.pid, descriptor));
        let (log, file, kept) = match (&output, &errors) {
            (_, Old::File(file, path)) | (Old::File(file, path), _) => (path.clone(), file.try_clone(), true),
            (Old::Nowhere | Old::Lost, Old::Nowhere | Old::Lost) => {
                let log = logs.join(format!("{}-{}.log", Timestamp::now().strftime("%Y%m%dT%H%M%SZ"), restart.pid));
                let file = new_log(&log, logs).map(OwnedFd::from);
                (log, file, false)
            }
        };
        let opened = file.and_then(|file| Ok([output.handed_on(&file, kept)?, errors.handed_on(&file, kept)?]));
        let [output, errors] = opened.map_err(|error| RemedyError::of(&log, &error))?;
        Ok(Self { output, errors, log, kept })
    }
}

impl Old {
    /// Opens what is behind a descriptor of the process anew, to write at its end. Anything that cannot be is lost.
    fn of(pid: u32, descriptor: u8) -> Self {
        let link = format!("/proc/{pid}/fd/{descriptor}");
        let Ok(path) = rustix::fs::readlink(&link, Vec::new()) else { return Self::Lost };
        let path = PathBuf::from(OsString::from_vec(path.into_bytes()));
        // A pipe has no folder; a file system that does not answer is not waited for.
        if path.parent().filter(|folder| folder.is_absolute()).is_none_or(|folder| guarded::rehearse(folder).is_err()) {
            return Self::Lost;
        }
        // Looked at first: opening a pipe for writing waits for whoever reads it.
        let Ok(stat) = rustix::fs::stat(&link) else { return Self::Lost };
        let null = rustix::fs::makedev(1, 3);
        let kind = FileType::from_raw_mode(stat.st_mode);
        if kind.is_char_device() && stat.st_rdev == null {
            Self::Nowhere
        } else if kind.is_file() && stat.st_nlink > 0 {
            Self::file(&link).map_or(Self::Lost, |file| Self::File(file, path))
        } else {
            Self::Lost
        }
    }

    /// The link itself is opened, which leads to the same file whatever its name is by now.
    fn file(link: &str) -> io::Result<OwnedFd> {
        let flags = OFlags::WRONLY | OFlags::APPEND | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let file = rustix::fs::open(link, flags, Mode::empty())?;
        // Not waiting was for the opening alone.
        rustix::fs::fcntl_setfl(&file, OFlags::APPEND)?;
        Ok(file)
    }

    /// What the new app gets in its place; `file` is where that goes which cannot be handed on.
    fn handed_on(self, file: &OwnedFd, kept: bool) -> io::Result<Stdio> {
        Ok(match self {
            Self::File(own, _) => own.into(),
            Self::Nowhere if kept => Stdio::null(),
            Self::Nowhere | Self::Lost => file.try_clone()?.into(),
        })
    }
}

fn new_log(log: &Path, logs: &Path) -> io::Result<File> {
    DirBuilder::new().recursive(true).mode(0o700).create(logs)?;
    #[allow(clippy::disallowed_methods, reason = "a new file in this program's own folder, to be written")]
    OpenOptions::new().append(true).create(true).mode(0o600).open(log)
}
