//! The project's own files: found without going into what was installed or generated, read in bounded pieces.

use super::tree::walk::{Descend, Entry, Visitor, visit_all};
use crate::progress::{Cancelled, Progress};
use rustix::fs::{Mode, OFlags};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// What people write themselves lies near the top.
const DEEPEST: usize = 7;

/// A project with more folders of its own than this is searched in part.
const MOST_FOLDERS: usize = 20_000;

/// Installed or generated.
const SKIPPED: &[&str] = &["__pycache__", "node_modules", "site-packages", "venv", "virtualenv"];

/// Hidden, and yet written by people.
const HIDDEN_AND_OWN: &[&str] = &[".devcontainer", ".github", ".vscode"];

/// Hands over each file's folder, name and depth (0: in `root` itself).
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn each(
    root: &Path,
    progress: &Progress,
    on_file: &mut dyn FnMut(&Path, &OsStr, usize),
) -> Result<(), Cancelled> {
    let mut search = Search { on_file, depths: Vec::new(), folders: 0 };
    visit_all(root, progress, &mut search).map(drop)
}

struct Search<'f> {
    on_file: &'f mut dyn FnMut(&Path, &OsStr, usize),
    depths: Vec<usize>,
    folders: usize,
}

impl Visitor for Search<'_> {
    fn enter(&mut self, entry: &Entry<'_>) -> Descend {
        let name = entry.path.file_name().unwrap_or_default();
        let inside = entry.depth == 0 || !is_skipped(name) && !entry.path.join("pyvenv.cfg").exists();
        if !inside || entry.depth > DEEPEST || self.folders == MOST_FOLDERS {
            return Descend::Over;
        }
        self.folders += 1;
        if entry.identity.is_some() {
            self.depths.push(entry.depth);
        }
        Descend::Into
    }

    fn file(&mut self, directory: &Path, name: &OsStr) {
        (self.on_file)(directory, name, self.depths.last().copied().unwrap_or(0));
    }

    fn leave(&mut self, _depth: usize) {
        self.depths.pop();
    }

    fn counts(&self) -> bool {
        false
    }
}

fn is_skipped(name: &OsStr) -> bool {
    let Some(text) = name.to_str() else { return name.as_bytes().starts_with(b".") };
    SKIPPED.contains(&text) || text.starts_with('.') && !HIDDEN_AND_OWN.contains(&text)
}

/// At most `most` bytes from the beginning of a regular file.
pub(super) fn read_start(path: &Path, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// At most `most` bytes from the end of a regular file.
pub(super) fn read_end(path: &Path, most: u64) -> Option<Vec<u8>> {
    let mut file = open_regular(path)?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(most))).ok()?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Opens a regular file and nothing else: opening a device can have effects, opening a FIFO can block. One that takes
/// the file's place after the first look is opened without waiting and closed again.
fn open_regular(path: &Path) -> Option<File> {
    path.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty()).ok()?);
    file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    Some(file)
}

/// Seconds since the Unix epoch; 0 for earlier times.
pub(super) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
}
