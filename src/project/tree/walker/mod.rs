//! One walker: goes depth first through the jobs it gets, reads each directory once, and notes what it meets.
//!
//! It counts as `inotify_add_watch(2)` would answer, survives loops, ten thousand levels and any name, and leaves out
//! what does not answer. Here is its way through its jobs; `descent` enters and leaves directories, `remote` does
//! so on file systems that may hang, `listing` takes what a directory holds.

mod descent;
mod listing;
mod remote;

use super::crew::{Crew, WalkJob};
use super::directory::{self, DirectoryId, DirectoryReader};
use super::found::{Piece, WalkerFindings, Watch};
use super::level::{Level, LevelPlace, Levels};
use super::notable::{FileKinds, Zone};
use super::tally::Tally;
use crate::guarded::Apart;
use crate::progress::Cancelled;
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Errno;
use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::Arc;

/// Longest path the kernel takes, its final NUL not counted (`PATH_MAX` of limits.h is 4096 with it).
const LONGEST_PATH_BYTES: usize = 4095;

/// One of a crew.
pub(super) struct Walker<'a> {
    crew: &'a Crew<'a>,
    number: usize,
    /// The root as given, then the names down to the directory being looked at.
    path: Vec<u8>,
    /// Bytes of `path` that name the outermost level.
    start: usize,
    levels: Levels,
    /// The root, by a descriptor of this thread's own.
    root: Option<Arc<OwnedFd>>,
    reader: DirectoryReader,
    /// Looks at file systems that may hang.
    apart: Apart,
    found: WalkerFindings,
    /// Pieces that the job at hand has brought so far, and where the run that goes on began.
    pieces: Vec<Piece>,
    run: (usize, usize),
    tally: Tally,
    /// The device of the directory noted last, and its number.
    device: Option<(u64, u32)>,
    /// Files of the directory being read that are worth remembering.
    noted: Vec<(FileKinds, CString)>,
}

impl Drop for Walker<'_> {
    /// The others must not wait for one that will never come back.
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.crew.stop();
        }
    }
}

impl<'a> Walker<'a> {
    pub(super) fn new(crew: &'a Crew<'a>, number: usize) -> Self {
        Self {
            crew,
            number,
            path: Vec::new(),
            start: 0,
            levels: Levels::default(),
            root: None,
            reader: DirectoryReader::new(),
            apart: Apart::default(),
            found: WalkerFindings::default(),
            pieces: Vec::new(),
            run: (0, 0),
            tally: Tally::default(),
            device: None,
            noted: Vec::new(),
        }
    }

    /// Walks the whole tree, as far as the others take nothing off. A root on a file system that may hang is not open.
    pub(super) fn begin(
        mut self,
        root: &Path,
        directory: Option<std::io::Result<OwnedFd>>,
    ) -> Result<WalkerFindings, Cancelled> {
        root.as_os_str().as_bytes().clone_into(&mut self.path);
        self.start = self.crew.root_length;
        let home = self.crew.mounts.home;
        let outside = LevelPlace {
            id: DirectoryId::default(),
            depth: 0,
            path_length: 0,
            remote: home.remote,
            is_plain: home.is_plain,
            zone: Zone::ROOT,
            counted: false,
        };
        let result = match directory {
            None => self.enter_remote(b"", outside),
            Some(Ok(directory)) => {
                let directory = Arc::new(directory);
                self.root = Some(Arc::clone(&directory));
                self.enter(directory, b"", None, outside)
            }
            Some(Err(_)) => {
                self.found.vanished += 1;
                Ok(())
            }
        };
        let result = result.and_then(|()| self.finish(0));
        self.end(result)
    }

    /// Takes one job after the other until there is none left.
    pub(super) fn work(mut self, root: Option<std::io::Result<OwnedFd>>) -> Result<WalkerFindings, Cancelled> {
        self.root = root.and_then(Result::ok).map(Arc::new);
        self.end(Ok(()))
    }

    fn end(mut self, begun: Result<(), Cancelled>) -> Result<WalkerFindings, Cancelled> {
        let mut result = begun;
        while result.is_ok()
            && let Some(job) = self.crew.next()
        {
            result = self.take(job);
        }
        self.tally.flush(self.crew.progress);
        if result.is_err() {
            self.crew.stop();
        }
        result.and_then(|()| self.crew.progress.check()).map(|()| std::mem::take(&mut self.found))
    }

    fn take(&mut self, job: WalkJob) -> Result<(), Cancelled> {
        self.start = job.place.path_length;
        self.path = job.path;
        self.run = self.found.mark();
        match self.directory_of(&job.place) {
            Err(Errno::MFILE | Errno::NFILE) => {
                let mut names = job.names;
                while let Some((name, _)) = names.take() {
                    self.note_unseen(name.to_bytes(), job.place, Watch::NotOpened);
                }
            }
            Ok(directory) => self.levels.push(Level::new(Arc::new(directory), job.place, job.names)),
            // Moved away since it was listed.
            Err(_) => self.found.vanished += 1,
        }
        self.finish(job.number)
    }

    /// Finds the directory of a job from the root on. It is not opened for reading, which those who watch it would be told.
    fn directory_of(&self, place: &LevelPlace) -> rustix::io::Result<OwnedFd> {
        let root = self.root.as_ref().ok_or(Errno::BADF)?;
        let below = self.path.get(self.crew.root_length..place.path_length).unwrap_or_default();
        directory::locate(root.as_fd(), below, place.id)
    }

    /// Works off all levels, and hands over what the job has brought.
    fn finish(&mut self, job: u32) -> Result<(), Cancelled> {
        while let Some(top) = self.levels.top_mut() {
            if let Some((name, inode)) = top.names.take() {
                self.enter_child(&name, inode)?;
            } else {
                self.leave();
            }
            self.crew.progress.check()?;
            if self.crew.is_hungry() {
                self.share();
            }
        }
        self.end_run();
        self.crew.bring(job, self.number, std::mem::take(&mut self.pieces));
        Ok(())
    }

    /// Gives away the later half of what waits in the outermost level that has something.
    fn share(&mut self) {
        for level in self.levels.iter_mut().filter(|level| !level.names.is_empty()) {
            // Its new walker goes there by its path.
            if level.place.remote.is_some() || level.place.path_length > LONGEST_PATH_BYTES {
                continue;
            }
            let Some(names) = level.names.split() else { continue };
            let (place, path) = (level.place, self.path[..level.place.path_length].to_vec());
            let number = self.crew.give(|number| WalkJob { number, place, path, names });
            level.given_away.push(number);
            return;
        }
    }
}
