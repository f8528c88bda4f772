//! One walker: goes depth first through the jobs it gets, reads each directory once, and notes what it meets.
//!
//! It counts as `inotify_add_watch(2)` would answer, survives loops, ten thousand levels and any name, and leaves out
//! what does not answer.

use super::crew::{Crew, WalkJob};
use super::directory::{self, DirectoryId, DirectoryReader, EntryKind, Listed};
use super::found::{Marks, Piece, WalkerFindings, Watch};
use super::level::{EntryNames, Level, LevelPlace, Levels};
use super::notable::{FileKinds, Zone};
use super::patience::{Helper, NoAnswer};
use super::tally::Tally;
use crate::progress::Cancelled;
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{AtFlags, Stat, fstat, statat};
use rustix::io::Errno;
use std::ffi::{CStr, CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::Arc;

/// Longest path the kernel takes, its final NUL not counted (`PATH_MAX` of limits.h is 4096 with it).
const LONGEST_PATH_BYTES: usize = 4095;

/// One directory that shows in two places is fine (a bind mount). This often on one line of descent, it is a loop.
const SAME_ANCESTORS: usize = 16;

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
    /// Makes the calls on file systems that may hang.
    helper: Helper,
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

/// Findings of one listing.
#[derive(Default)]
struct DirectoryListing {
    names: EntryNames,
    files: u32,
    is_environment: bool,
    cache_bytes: u64,
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
            helper: Helper::default(),
            found: WalkerFindings::default(),
            pieces: Vec::new(),
            run: (0, 0),
            tally: Tally::default(),
            device: None,
            noted: Vec::new(),
        }
    }

    /// Walks the whole tree, as far as the others take nothing off.
    pub(super) fn begin(
        mut self,
        root: &Path,
        directory: std::io::Result<OwnedFd>,
    ) -> Result<WalkerFindings, Cancelled> {
        root.as_os_str().as_bytes().clone_into(&mut self.path);
        self.start = self.crew.root_length;
        let home = self.crew.mounts.home;
        let outside = LevelPlace {
            id: DirectoryId::default(),
            depth: 0,
            path_length: 0,
            remote: home.may_hang,
            is_plain: home.is_plain,
            zone: Zone::ROOT,
        };
        let result = match directory {
            Ok(directory) => {
                let directory = Arc::new(directory);
                self.root = Some(Arc::clone(&directory));
                self.enter(directory, b"", None, outside)
            }
            Err(_) => {
                self.found.vanished += 1;
                Ok(())
            }
        };
        let result = result.and_then(|()| self.finish(0));
        self.end(result)
    }

    /// Takes one job after the other until there is none left.
    pub(super) fn work(mut self, root: std::io::Result<OwnedFd>) -> Result<WalkerFindings, Cancelled> {
        self.root = root.ok().map(Arc::new);
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
                self.leave()?;
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
            if level.place.remote || level.place.path_length > LONGEST_PATH_BYTES {
                continue;
            }
            let Some(names) = level.names.split() else { continue };
            let (place, path) = (level.place, self.path[..level.place.path_length].to_vec());
            let number = self.crew.give(|number| WalkJob { number, place, path, names });
            level.given_away.push(number);
            return;
        }
    }

    fn enter_child(&mut self, name: &CStr, inode: u64) -> Result<(), Cancelled> {
        let Some(parent) = self.levels.top() else { return Ok(()) };
        let (directory, mut place) = (Arc::clone(parent.directory()), parent.place);
        self.path.truncate(place.path_length);
        if self.path.last() != Some(&b'/') {
            self.path.push(b'/');
        }
        self.path.extend_from_slice(name.to_bytes());
        let mounted = self.crew.mounts.inside.get(&self.path[self.crew.root_length..]);
        if let Some(system) = mounted {
            place.remote |= system.may_hang;
            place.is_plain = system.is_plain;
        }
        let opened = if place.remote {
            let name = name.to_owned();
            match self.helper.ask(self.crew.progress, move || directory::open(directory.as_fd(), &name)) {
                Ok(opened) => opened,
                Err(no_answer) => return self.give_up(no_answer),
            }
        } else {
            match directory::open(directory.as_fd(), name) {
                Err(Errno::MFILE | Errno::NFILE) if self.levels.close_most() => {
                    directory::open(directory.as_fd(), name)
                }
                opened => opened,
            }
        };
        let known = (place.is_plain && mounted.is_none()).then_some(inode);
        match opened {
            Ok(directory) => self.enter(Arc::new(directory), name.to_bytes(), known, place)?,
            // Gone, or replaced by a file or a link, since it was listed.
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => self.found.vanished += 1,
            Err(_) => self.note_unreadable(name.to_bytes(), place.depth + 1),
        }
        Ok(())
    }

    fn note_unreadable(&mut self, name: &[u8], depth: u32) {
        self.note(name, depth, 0, 0, Marks::new(Watch::Unreadable, 0));
    }

    /// Notes an open directory and reads it. `parent` is where it lies, `inode` its number where the listing told it.
    fn enter(
        &mut self,
        directory: Arc<OwnedFd>,
        name: &[u8],
        inode: Option<u64>,
        parent: LevelPlace,
    ) -> Result<(), Cancelled> {
        let id = match inode {
            Some(inode) => DirectoryId { device: parent.id.device, inode },
            None => match directory::id(directory.as_fd()) {
                Ok(id) => id,
                Err(_) => {
                    self.found.vanished += 1;
                    return Ok(());
                }
            },
        };
        let may_loop = self.crew.mounts.repeats || parent.remote;
        if may_loop && self.levels.count_same(id) >= SAME_ANCESTORS {
            self.found.vanished += 1;
            return Ok(());
        }
        let is_root = parent.path_length == 0;
        let depth = if is_root { 0 } else { parent.depth + 1 };
        let zone = if is_root { Zone::ROOT } else { parent.zone.below(name) };
        let mut place = LevelPlace { id, depth, path_length: self.path.len(), zone, ..parent };
        let device = self.device_number(id.device);
        let at = self.found.inodes.len();
        self.note(name, depth, id.inode, 0, Marks::new(self.watch(), device));
        let Some(listing) = self.list(&directory, place)? else { return Ok(()) };
        if listing.is_environment {
            place.zone = place.zone.as_environment();
            self.found.marks[at].set_environment();
        }
        self.found.files[at] = listing.files;
        if place.zone.cache && self.crew.with_caches {
            let own = fstat(&directory).map_or(0, |stat| bytes(&stat));
            self.found.cache_bytes.insert((device, id.inode), own + listing.cache_bytes);
        }
        self.keep_noted(place.zone);
        self.tally.files(self.crew.progress, u64::from(listing.files), &self.path);
        if !listing.names.is_empty() {
            self.levels.push(Level::new(directory, place, listing.names));
        }
        Ok(())
    }

    fn watch(&self) -> Watch {
        let real_length = self.path.len() - self.crew.root_length + self.crew.real_root_length;
        if real_length > LONGEST_PATH_BYTES { Watch::PathTooLong } else { Watch::Taken }
    }

    /// Returns the number of a device; asks the others only where it is not that of the directory noted last.
    fn device_number(&mut self, device: u64) -> u32 {
        match self.device {
            Some((known, number)) if known == device => number,
            _ => {
                let number = self.crew.device(device);
                self.device = Some((device, number));
                number
            }
        }
    }

    fn note(&mut self, name: &[u8], depth: u32, inode: u64, files: u32, marks: Marks) {
        self.found.names.extend_from_slice(name);
        self.found.names.push(0);
        self.found.inodes.push(inode);
        self.found.files.push(files);
        self.found.depths.push(depth);
        self.found.marks.push(marks);
        self.tally.directory(self.crew.progress, &self.path);
    }

    /// Reads the whole of a directory; `None` where its file system stopped answering.
    fn list(&mut self, directory: &Arc<OwnedFd>, place: LevelPlace) -> Result<Option<DirectoryListing>, Cancelled> {
        let mut listing = DirectoryListing::default();
        self.noted.clear();
        loop {
            let read = if place.remote {
                let open = Arc::clone(directory);
                let asked = self.helper.ask(self.crew.progress, move || read_apart(&open));
                match asked {
                    Ok((entries, read)) => {
                        for (name, kind, inode) in &entries {
                            let listed = Listed { name, kind: *kind, inode: *inode };
                            listing.take(&listed, place.zone, self.crew.with_caches, &mut self.noted);
                        }
                        read
                    }
                    Err(no_answer) => return self.give_up(no_answer).map(|()| None),
                }
            } else {
                let (with_caches, noted) = (self.crew.with_caches, &mut self.noted);
                let sized = with_caches && place.zone.cache;
                self.reader.read(directory.as_fd(), place.is_plain, &mut |listed| {
                    listing.take(listed, place.zone, with_caches, noted);
                    if sized {
                        listing.cache_bytes += bytes_on_disk(directory, listed);
                    }
                })
            };
            match read {
                Ok(true) => self.crew.progress.check()?,
                Ok(false) => break,
                Err(error) => {
                    // A directory removed while it is read ends with ENOENT; anything else hides some of its entries.
                    self.found.vanished += u64::from(error != Errno::NOENT);
                    break;
                }
            }
        }
        Ok(Some(listing))
    }

    fn keep_noted(&mut self, zone: Zone) {
        let folder = Path::new(OsStr::from_bytes(&self.path));
        for (kinds, name) in self.noted.drain(..) {
            self.found.notable.add(kinds.within(zone), zone, folder, &name);
        }
    }

    /// Goes back up, into a directory that may have been closed meanwhile.
    fn leave(&mut self) -> Result<(), Cancelled> {
        let Some(left) = self.pop() else { return Ok(()) };
        self.reopen_top(left.place.remote)
    }

    /// Leaves the innermost level. What was given away of it comes behind what was walked here.
    fn pop(&mut self) -> Option<Level> {
        let level = self.levels.pop()?;
        if !level.given_away.is_empty() {
            self.end_run();
            self.pieces.extend(level.given_away.iter().rev().map(|job| Piece::Job(*job)));
        }
        Some(level)
    }

    fn end_run(&mut self) {
        let (begin, end) = (self.run, self.found.mark());
        if end.0 > begin.0 {
            self.pieces.push(Piece::Run { directories: begin.0..end.0, names: begin.1..end.1 });
        }
        self.run = end;
    }

    /// Opens the innermost directory again where that is needed.
    fn reopen_top(&mut self, was_remote: bool) -> Result<(), Cancelled> {
        let Some(top) = self.levels.top() else { return Ok(()) };
        let Some(way_back) = self.levels.way_back(&self.path, self.start) else { return Ok(()) };
        let directory = if was_remote || top.place.remote {
            match self.helper.ask(self.crew.progress, move || way_back.go()) {
                Ok(directory) => directory,
                Err(no_answer) => return self.give_up(no_answer),
            }
        } else {
            way_back.go()
        };
        match directory {
            Ok(directory) => self.levels.reopened(directory),
            Err(_) => self.abandon_top(),
        }
        Ok(())
    }

    fn abandon_top(&mut self) {
        self.found.vanished += 1;
        if let Some(top) = self.levels.top_mut() {
            top.names.clear();
        }
    }

    /// Leaves the file system that does not answer: up to the first directory outside it, or altogether.
    fn give_up(&mut self, no_answer: NoAnswer) -> Result<(), Cancelled> {
        if no_answer == NoAnswer::Cancelled {
            return Err(Cancelled);
        }
        while let Some(top) = self.levels.top().filter(|top| top.place.remote) {
            let length = top.place.path_length;
            if !self.crew.mounts.home.may_hang {
                self.path.truncate(length);
            }
            self.pop();
        }
        self.found.unresponsive.push(self.path.clone());
        self.levels.forget_left();
        self.reopen_top(false)
    }
}

impl DirectoryListing {
    fn take(&mut self, listed: &Listed<'_>, zone: Zone, with_caches: bool, noted: &mut Vec<(FileKinds, CString)>) {
        if listed.kind == EntryKind::Directory {
            self.names.add(listed.name, listed.inode);
            return;
        }
        self.files = self.files.saturating_add(1);
        self.is_environment |= listed.name == c"pyvenv.cfg";
        let kinds = FileKinds::of(zone, listed.name, listed.kind, with_caches);
        if kinds.is_any() {
            noted.push((kinds, listed.name.to_owned()));
        }
    }
}

/// Returns the bytes that an entry of a cache takes on the disk; nothing for a directory, which is listed itself.
fn bytes_on_disk(directory: &OwnedFd, listed: &Listed<'_>) -> u64 {
    if listed.kind == EntryKind::Directory {
        return 0;
    }
    let flags = AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT;
    statat(directory, listed.name, flags).map_or(0, |stat| bytes(&stat))
}

fn bytes(stat: &Stat) -> u64 {
    const UNIT_BYTES: u64 = 512;
    u64::try_from(stat.st_blocks).unwrap_or(0) * UNIT_BYTES
}

type Apart = (Vec<(CString, EntryKind, u64)>, rustix::io::Result<bool>);

/// Reads a piece into memory, for a thread that the walk may have to leave behind.
fn read_apart(directory: &OwnedFd) -> Apart {
    let mut entries = Vec::new();
    let read = DirectoryReader::new().read(directory.as_fd(), false, &mut |listed| {
        entries.push((listed.name.to_owned(), listed.kind, listed.inode));
    });
    (entries, read)
}
