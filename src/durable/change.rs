//! Changes of what stands at a place: a file put there in one piece, or removed, a folder made or removed.

use super::{Place, attributes, draft};
use rustix::fs::{AtFlags, FlockOperation, Gid, Mode, OFlags, RenameFlags, Stat, Uid};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;

impl Place {
    /// Puts a file with `bytes` there, as the function of this name does. Drafts in the folder whose writers were killed go.
    ///
    /// # Errors
    /// The system's, `AlreadyExists` when a file has appeared meanwhile; then nothing is changed and no draft is left.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        self.rehearse_change()?;
        draft::sweep(self.folder.as_fd());
        let done = self.put(bytes, &self.draft_name(&std::process::id().to_string()), |_| Ok(true))?;
        if done { Ok(()) } else { Err(io::ErrorKind::AlreadyExists.into()) }
    }

    /// The name that [`Self::put`] uses for its draft, marked by `mark`.
    #[must_use]
    pub fn draft_name(&self, mark: &str) -> OsString {
        draft::name(self.folder.as_fd(), &self.name, mark)
    }

    /// Puts a file with `bytes` there. `still` is asked immediately before the rename; when it says no, or when a
    /// file has appeared where there was none, nothing is changed and the answer is `false`.
    ///
    /// # Errors
    /// The system's; then the old file is untouched and no draft is left.
    pub fn put(&self, bytes: &[u8], draft: &OsStr, still: impl Fn(&Self) -> io::Result<bool>) -> io::Result<bool> {
        self.rehearse_change()?;
        let old = self.open()?;
        self.discard(draft)?;
        // The draft stays open, and locked, until it has its name: see `draft::sweep`.
        let filled = self.fill(draft, bytes, old.as_ref());
        let done = filled.and_then(|_open| Ok(still(self)? && self.swap(draft, old.is_some())?));
        if !matches!(done, Ok(true)) {
            self.discard(draft)?;
            return done;
        }
        self.sync()?;
        Ok(true)
    }

    /// Removes a draft that an interrupted [`Self::put`] left behind; nothing there is success.
    ///
    /// # Errors
    /// The system's.
    pub fn discard(&self, draft: &OsStr) -> io::Result<()> {
        match rustix::fs::unlinkat(&self.folder, draft, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes the file.
    ///
    /// # Errors
    /// The system's.
    pub fn remove(&self) -> io::Result<()> {
        self.rehearse_change()?;
        rustix::fs::unlinkat(&self.folder, &self.name, AtFlags::empty())?;
        self.sync()
    }

    /// Makes a folder there. What root makes in someone's folder belongs to the owner of that folder.
    ///
    /// # Errors
    /// The system's; `AlreadyExists` when anything is there.
    pub fn make_folder(&self) -> io::Result<()> {
        self.rehearse_change()?;
        rustix::fs::mkdirat(&self.folder, &self.name, Mode::from_raw_mode(0o777))?;
        if let Some((owner, group)) = self.owner_beside_root()? {
            rustix::fs::chownat(&self.folder, &self.name, Some(owner), Some(group), AtFlags::SYMLINK_NOFOLLOW)?;
        }
        self.sync()
    }

    /// Removes the folder there if it is empty; `false` when it is not.
    ///
    /// # Errors
    /// The system's.
    pub fn remove_folder(&self) -> io::Result<bool> {
        self.rehearse_change()?;
        match rustix::fs::unlinkat(&self.folder, &self.name, AtFlags::REMOVEDIR) {
            Ok(()) => self.sync().map(|()| true),
            Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn fill(&self, draft: &OsStr, bytes: &[u8], old: Option<&(File, Stat)>) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mode = if old.is_some() { 0o600 } else { self.mode };
        let mut file = File::from(rustix::fs::openat(&self.folder, draft, flags, Mode::from_raw_mode(mode))?);
        // Where the file system knows no locks, the process's number alone tells that the writer lives.
        let _ = rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive);
        file.write_all(bytes)?;
        match old {
            Some((old, stat)) => attributes::resemble(&file, old, stat)?,
            None => {
                if let Some((owner, group)) = self.owner_beside_root()? {
                    rustix::fs::fchown(&file, Some(owner), Some(group))?;
                }
            }
        }
        file.sync_all()?;
        Ok(file)
    }

    /// `false` when there was nothing to replace and something has appeared since.
    fn swap(&self, draft: &OsStr, replaces: bool) -> io::Result<bool> {
        if replaces {
            rustix::fs::renameat(&self.folder, draft, &self.folder, &self.name)?;
            return Ok(true);
        }
        match rustix::fs::renameat_with(&self.folder, draft, &self.folder, &self.name, RenameFlags::NOREPLACE) {
            Ok(()) => Ok(true),
            Err(Errno::EXIST) => Ok(false),
            // A few file systems do not know the flag.
            Err(Errno::INVAL | Errno::NOSYS) if self.look()?.is_none() => {
                rustix::fs::renameat(&self.folder, draft, &self.folder, &self.name)?;
                Ok(true)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn owner_beside_root(&self) -> io::Result<Option<(Uid, Gid)>> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let folder = rustix::fs::fstat(&self.folder)?;
        Ok((folder.st_uid != 0).then(|| (Uid::from_raw(folder.st_uid), Gid::from_raw(folder.st_gid))))
    }
}
