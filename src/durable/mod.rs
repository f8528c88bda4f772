//! Writing files so that a crash, a full disk or a power cut leaves the old file or the new one, never a mixture:
//! a draft beside the target, fsync, rename, fsync of the folder.

mod attributes;
mod draft;

use rustix::fs::{AtFlags, FlockOperation, Gid, Mode, OFlags, RenameFlags, ResolveFlags, Stat, Uid};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};

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
        let (folder, name) = split(path)?;
        let folder = rustix::fs::open(folder, folder_flags(), Mode::empty())?;
        Ok(Self::inside(folder, name))
    }

    /// The name in a folder that is open already.
    #[must_use]
    pub const fn inside(folder: OwnedFd, name: OsString) -> Self {
        Self { folder, name, mode: 0o666 }
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
        let (folder, name) = split(path)?;
        let flags = ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        match rustix::fs::openat2(rustix::fs::CWD, &folder, folder_flags(), Mode::empty(), flags) {
            Ok(folder) => Ok(Self::inside(folder, name)),
            // Before Linux 5.6, and where a sandbox forbids the call: look first, then open.
            Err(Errno::NOSYS | Errno::PERM) if folder.canonicalize()? == folder => Self::of(path),
            Err(Errno::NOSYS | Errno::PERM) => Err(Errno::LOOP.into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts a file with `bytes` there, as the function of this name does. Drafts in the folder whose writers were killed go.
    ///
    /// # Errors
    /// The system's, `AlreadyExists` when a file has appeared meanwhile; then nothing is changed and no draft is left.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        draft::sweep(self.folder.as_fd());
        let done = self.put(bytes, &self.draft_name(&std::process::id().to_string()), |_| Ok(true))?;
        if done { Ok(()) } else { Err(io::ErrorKind::AlreadyExists.into()) }
    }

    /// The bytes of the file there; `None` when there is nothing.
    ///
    /// # Errors
    /// The system's; `ELOOP` for a link, `InvalidInput` for anything else that is not a file.
    pub fn read(&self) -> io::Result<Option<Vec<u8>>> {
        let Some((mut file, _)) = self.open()? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
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
        rustix::fs::unlinkat(&self.folder, &self.name, AtFlags::empty())?;
        self.sync()
    }

    /// Makes a folder there. What root makes in someone's folder belongs to the owner of that folder.
    ///
    /// # Errors
    /// The system's; `AlreadyExists` when anything is there.
    pub fn make_folder(&self) -> io::Result<()> {
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
        match rustix::fs::unlinkat(&self.folder, &self.name, AtFlags::REMOVEDIR) {
            Ok(()) => self.sync().map(|()| true),
            Err(Errno::NOTEMPTY | Errno::EXIST) => Ok(false),
            Err(error) => Err(error.into()),
        }
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
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
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

    fn sync(&self) -> io::Result<()> {
        match rustix::fs::fsync(&self.folder) {
            // Some network and FUSE file systems cannot do this for a folder.
            Ok(()) | Err(Errno::INVAL | Errno::NOSYS) => Ok(()),
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

fn folder_flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC
}

fn split(path: &Path) -> io::Result<(PathBuf, OsString)> {
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file name"))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((folder.to_path_buf(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::XattrFlags;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    fn names(folder: &Path) -> Vec<OsString> {
        let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_replaced_file_keeps_its_mode_and_attributes_and_leaves_no_draft() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let marked = rustix::fs::setxattr(&path, "user.mark", b"kept", XattrFlags::empty()).is_ok();
        write(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o7777, 0o640);
        if marked {
            let mut value = [0; 16];
            let length = rustix::fs::getxattr(&path, "user.mark", &mut value[..]).unwrap();
            assert_eq!(&value[..length], b"kept");
        }
        assert_eq!(names(folder.path()), ["a.toml"]);
    }

    #[test]
    fn a_file_that_appears_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let place = Place::of(&path).unwrap();
        let appears = |_: &Place| std::fs::write(&path, "theirs").map(|()| true);
        assert!(!place.put(b"ours", OsStr::new(".draft"), appears).unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"theirs");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_link_on_the_way_is_refused_and_a_link_as_the_file_too() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        std::fs::create_dir(real.join("there")).unwrap();
        symlink(real.join("there"), real.join("link")).unwrap();
        symlink(real.join("x"), real.join("there/file")).unwrap();
        let error = Place::without_links(&real.join("link/file")).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(Errno::LOOP.raw_os_error()));
        let error = Place::without_links(&real.join("there/file")).unwrap().read().unwrap_err();
        assert_eq!(error.raw_os_error(), Some(Errno::LOOP.raw_os_error()));
    }

    #[test]
    fn what_is_not_a_file_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            folder.path().join("pipe"),
            rustix::fs::FileType::Fifo,
            Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        let error = Place::of(&folder.path().join("pipe")).unwrap().read().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
        assert!(write(&folder.path().join("pipe"), b"x").is_err());
    }
}
