//! Files that the reader opens at boot and in which order, and which look as if it did.

use super::{Places, Reader};
use crate::guarded::{self, Refusal};
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The folders in the order of their precedence: of two files with one name, the first folder's is read. `/lib` is a
/// folder of its own only on old systems, whose systemd (before 255) reads it too.
const FOLDERS: [&str; 5] =
    ["/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"];
/// The file read last by procps; not by systemd, unless a link in one of the folders leads there.
const SYSCTL_CONF: &str = "/etc/sysctl.conf";
/// Size that no sysctl file has; a file that is stays unread rather than filling the memory.
const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

/// A file, with its path as a user knows it.
pub(super) struct File {
    pub(super) shown: PathBuf,
    pub(super) contents: Vec<u8>,
}

/// The sysctl files of this machine.
#[derive(Default)]
pub(super) struct Files {
    /// Files read at boot, in this order.
    pub(super) read: Vec<File>,
    /// Files not read, because the folder beside it holds a file of the same name.
    pub(super) masked: Vec<(File, PathBuf)>,
    /// Files not read: `/etc/sysctl.conf` where nothing leads to it, and names that do not end in `.conf`.
    pub(super) passed_by: Vec<File>,
    /// Files and folders that would be read, but not by this user.
    pub(super) unreadable: Vec<PathBuf>,
}

impl Files {
    /// Lists and reads them all.
    pub(super) fn list(places: &Places, reader: Reader) -> Self {
        let mut files = Self::default();
        let names = files.names(places, reader);
        let mut real = files.read_in_order(places, reader, &names.by_name);
        // A file that is reached by another name takes effect after all: it is neither masked nor passed by. So it is
        // with all of /lib where that is a link to /usr/lib.
        let mut elsewhere = |shown: &Path| {
            let path = places.resolve(shown).ok()?;
            let contents = if real.contains(&path) { None } else { read(&path).ok().flatten() };
            real.push(path);
            contents.map(|contents| File { shown: shown.to_path_buf(), contents })
        };
        for (shown, by) in &names.masked {
            files.masked.extend(elsewhere(shown).map(|file| (file, by.clone())));
        }
        let conf = (reader != Reader::Procps).then(|| PathBuf::from(SYSCTL_CONF));
        files.passed_by = names.other.iter().chain(&conf).filter_map(|shown| elsewhere(shown)).collect();
        files
    }

    fn names(&mut self, places: &Places, reader: Reader) -> FolderNames {
        let mut names = FolderNames::default();
        for folder in FOLDERS {
            match places.resolve(Path::new(folder)).and_then(fs::read_dir) {
                Ok(entries) => {
                    let entries = entries.filter_map(Result::ok);
                    let mut entries: Vec<OsString> = entries.map(|entry| entry.file_name()).collect();
                    entries.sort();
                    entries.into_iter().for_each(|name| names.add(reader, Path::new(folder), name));
                }
                Err(error) if fails_for_everybody(&error) => {}
                Err(_) => self.unreadable.push(folder.into()),
            }
        }
        names
    }

    /// Reads what is to be read and returns the real paths of it.
    fn read_in_order(
        &mut self,
        places: &Places,
        reader: Reader,
        by_name: &BTreeMap<OsString, PathBuf>,
    ) -> Vec<PathBuf> {
        let in_folders = by_name.iter().map(|(name, folder)| folder.join(name));
        let last = (reader == Reader::Procps).then(|| PathBuf::from(SYSCTL_CONF));
        let mut real = Vec::new();
        for shown in in_folders.chain(last) {
            match places.resolve(&shown).and_then(|path| Ok((read(&path)?, path))) {
                Ok((contents, path)) => {
                    real.push(path);
                    self.read.extend(contents.map(|contents| File { shown, contents }));
                }
                Err(error) if fails_for_everybody(&error) => {} // Such a link still masks.
                Err(_) => self.unreadable.push(shown),
            }
        }
        real
    }
}

/// Names that the folders hold, sorted by what becomes of it.
#[derive(Default)]
struct FolderNames {
    /// The file names that are read and the folder of each. The order of the names' bytes is the order of reading.
    by_name: BTreeMap<OsString, PathBuf>,
    masked: Vec<(PathBuf, PathBuf)>,
    other: Vec<PathBuf>,
}

impl FolderNames {
    fn add(&mut self, reader: Reader, folder: &Path, name: OsString) {
        if !is_read(reader, &name) {
            self.other.push(folder.join(name));
        } else if let Some(by) = self.by_name.get(&name) {
            self.masked.push((folder.join(name), by.clone()));
        } else {
            self.by_name.insert(name, folder.to_path_buf());
        }
    }
}

/// Tells whether the reader opens a file of this name: both want `.conf`, systemd skips hidden ones.
fn is_read(reader: Reader, name: &OsStr) -> bool {
    let name = name.as_bytes();
    name.ends_with(b".conf") && (reader == Reader::Procps || !name.starts_with(b"."))
}

/// Tells whether nothing is there, a link leads nowhere or in a circle: the reader too will find nothing.
fn fails_for_everybody(error: &io::Error) -> bool {
    let kernel_says = Errno::from_io_error(error);
    kernel_says.is_some_and(|errno| [Errno::NOENT, Errno::NOTDIR, Errno::LOOP].contains(&errno))
}

/// The contents of a regular file; `None` for what holds no lines (a folder, `/dev/null`, a pipe).
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match guarded::read(path, LARGEST_BYTES) {
        Err(Refusal::NotAFile) => Ok(None),
        contents => Ok(Some(contents?)),
    }
}
