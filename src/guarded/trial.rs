//! Trial of a change: a server that still answers who reads may be silent to who writes.

use super::Refusal;
use rustix::fd::AsFd;
use rustix::fs::{AtFlags, CWD, Mode, OFlags};
use rustix::io::Errno;
use std::path::Path;

/// Mark in the names of drafts, before the number of the process that writes them.
pub(crate) const DRAFT_SIGN: &str = ".inotify-doctor-";

/// Makes, fills, renames and removes a file in the folder, each step brought to the disk.
///
/// Its names are those of drafts (`durable/draft.rs`): where this process is left behind in the middle, the next change
/// in the folder removes what it left.
pub(super) fn change(folder: &Path) -> Result<(), Refusal> {
    let folder = rustix::fs::openat(CWD, folder, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let [new, renamed] = ["try", "tried"].map(|what| format!(".{what}{DRAFT_SIGN}{}", std::process::id()));
    let tried = steps(&folder, &new, &renamed);
    for name in [&new, &renamed] {
        // Gone with the last step, or never made.
        let _ = rustix::fs::unlinkat(&folder, name, AtFlags::empty());
    }
    sync(&folder)?;
    tried
}

fn steps(folder: impl AsFd + Copy, new: &str, renamed: &str) -> Result<(), Refusal> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = rustix::fs::openat(folder, new, flags, Mode::from_raw_mode(0o600))?;
    rustix::io::write(&file, b"1")?;
    rustix::fs::fchmod(&file, Mode::from_raw_mode(0o600))?;
    sync(&file)?;
    drop(file);
    rustix::fs::renameat(folder, new, folder, renamed)?;
    Ok(rustix::fs::unlinkat(folder, renamed, AtFlags::empty())?)
}

/// Brings a file, or a folder's entries, to the disk. Some network and FUSE file systems cannot do this for everything.
pub(crate) fn sync(file: impl AsFd) -> Result<(), Errno> {
    match rustix::fs::fsync(file) {
        Err(Errno::INVAL | Errno::NOSYS) => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_a_trial() {
        let folder = tempfile::tempdir().unwrap();
        change(folder.path()).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert_eq!(change(&folder.path().join("missing")), Err(Refusal::Missing));
    }
}
