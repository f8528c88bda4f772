//! One process as /proc shows it: the only reader of `/proc/PID` in this program.
//!
//! The folder is held open: whatever is read through it belongs to that very process, even when its number is given
//! to another one meanwhile. Every read has an end, because a process may show as much memory as it likes as its
//! command line.

pub(crate) mod clock;
mod status;
pub(crate) mod words;

use super::Places;
use procfs::process::Stat;
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{Mode, OFlags, RawDir, openat, readlinkat, readlinkat_raw};
use rustix::io::{Errno, Result};
use std::ffi::{CStr, OsString};
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

/// The text of the link of every inotify descriptor (`anon_inode_getfd`, `fs/notify/inotify/inotify_user.c`).
const INOTIFY: &[u8] = b"anon_inode:inotify";

/// Bytes of one file at most. execve(2) takes at most 6 MiB of arguments and environment together (`bprm_stack_limits`,
/// fs/exec.c), so that only a process that points the kernel elsewhere (`PR_SET_MM_ARG_END`) has more.
const MOST_BYTES: usize = 8 << 20;

/// The folder of one process.
#[derive(Debug)]
pub struct ProcessDir(OwnedFd);

impl ProcessDir {
    /// Opens `/proc/PID`.
    ///
    /// # Errors
    /// `NOENT` where there is no such process, or it is hidden.
    pub fn open(places: &Places, pid: u32) -> Result<Self> {
        Self::below(&proc_dir(places)?, &pid.to_string())
    }

    /// Opens `/proc/self`.
    ///
    /// # Errors
    /// `NOENT` where /proc does not know this program, as in a PID namespace that it is not in.
    pub fn own(places: &Places) -> Result<Self> {
        Self::below(&proc_dir(places)?, "self")
    }

    /// Opens the folder of this name below [`proc_dir`].
    pub(super) fn below(proc: impl AsFd, name: &str) -> Result<Self> {
        Ok(Self(openat(proc, name, FOLDER, Mode::empty())?))
    }

    /// Name, state, parent, CPU time and start time; `None` where the text is not what the kernel writes.
    ///
    /// # Errors
    /// The kernel's own, `SRCH` or `NOENT` once it has ended.
    pub fn stat(&self) -> Result<Option<Stat>> {
        Ok(status::stat(&self.read(c"stat")?))
    }

    /// The effective user id, which is the one that the kernel charges.
    ///
    /// # Errors
    /// The kernel's own; `INVAL` where the text is not what the kernel writes.
    pub fn effective_user(&self) -> Result<u32> {
        let status = self.read(c"status")?;
        let ids = status::line(&status, b"Uid:").ok_or(Errno::INVAL)?;
        ids.split_ascii_whitespace().nth(1).and_then(|id| id.parse().ok()).ok_or(Errno::INVAL)
    }

    /// The effective capabilities, one bit each (capabilities(7)).
    ///
    /// # Errors
    /// The kernel's own; `INVAL` where the text is not what the kernel writes.
    pub fn effective_capabilities(&self) -> Result<u64> {
        let status = self.read(c"status")?;
        let bits = status::line(&status, b"CapEff:").ok_or(Errno::INVAL)?;
        u64::from_str_radix(bits.trim(), 16).map_err(|_| Errno::INVAL)
    }

    /// The user the folder belongs to: the effective one, but root for a process that is not dumpable (proc(5)).
    pub(super) fn owner(&self) -> Option<u32> {
        rustix::fs::fstat(&self.0).ok().map(|status| status.st_uid)
    }

    /// The command line as the kernel keeps it: each argument ends in NUL. Empty for kernel threads and zombies.
    ///
    /// # Errors
    /// The kernel's own; `TOOBIG` above 8 MiB.
    pub fn command_line(&self) -> Result<Vec<u8>> {
        self.read(c"cmdline")
    }

    /// The environment as it was when the program was started.
    ///
    /// # Errors
    /// The kernel's own, `ACCESS` for a process of another user; `TOOBIG` above 8 MiB.
    pub fn environment(&self) -> Result<Vec<(OsString, OsString)>> {
        Ok(words::variables(&self.read(c"environ")?))
    }

    /// The soft and hard limits of its resources, as text.
    ///
    /// # Errors
    /// The kernel's own.
    pub(super) fn limits(&self) -> Result<Vec<u8>> {
        self.read(c"limits")
    }

    /// The map of users of its user namespace, as text (`user_namespaces(7)`).
    ///
    /// # Errors
    /// The kernel's own.
    pub(super) fn user_map(&self) -> Result<Vec<u8>> {
        self.read(c"uid_map")
    }

    /// The control groups that it belongs to, as text (cgroups(7)); `None` where that may not be read.
    #[must_use]
    pub fn control_group(&self) -> Option<String> {
        Some(String::from_utf8_lossy(&self.read(c"cgroup").ok()?).into_owned())
    }

    /// The working folder, where it may be read.
    #[must_use]
    pub fn cwd(&self) -> Option<PathBuf> {
        self.link(c"cwd").map(PathBuf::from)
    }

    /// The program's file, where it may be read. The kernel adds ` (deleted)` to one that is gone.
    #[must_use]
    pub fn executable(&self) -> Option<PathBuf> {
        self.link(c"exe").map(PathBuf::from)
    }

    /// The target of one of its links, `fd/1` for example; `None` where that may not be read.
    #[must_use]
    pub fn link(&self, name: &CStr) -> Option<OsString> {
        Some(OsString::from_vec(readlinkat(&self.0, name, Vec::new()).ok()?.into_bytes()))
    }

    /// Number of open descriptors.
    ///
    /// # Errors
    /// The kernel's own, `ACCESS` for a process of another user.
    pub(super) fn open_descriptors(&self) -> Result<u64> {
        let mut open = 0;
        self.each_descriptor(|_, _, _| {
            open += 1;
            Ok(())
        })?;
        Ok(open)
    }

    /// The descriptors that are inotify instances, ascending.
    pub(super) fn inotify_descriptors(&self) -> Result<Vec<u32>> {
        let mut found = Vec::new();
        self.each_descriptor(|folder, name, fd| {
            if is_inotify(folder, name)? {
                found.push(fd);
            }
            Ok(())
        })?;
        found.sort_unstable();
        Ok(found)
    }

    fn each_descriptor(&self, mut found: impl FnMut(&OwnedFd, &CStr, u32) -> Result<()>) -> Result<()> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = openat(&self.0, c"fd", flags, Mode::empty())?;
        let mut buffer = Vec::with_capacity(32 * 1024);
        let mut listing = RawDir::new(&folder, buffer.spare_capacity_mut());
        while let Some(entry) = listing.next() {
            let entry = entry?;
            if let Some(fd) = decimal(entry.file_name()) {
                found(&folder, entry.file_name(), fd)?;
            }
        }
        Ok(())
    }

    fn read(&self, file: &CStr) -> Result<Vec<u8>> {
        let file = openat(&self.0, file, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
        let mut text = Vec::with_capacity(4096);
        while text.len() <= MOST_BYTES {
            text.reserve(4096);
            match rustix::io::read(&file, rustix::buffer::spare_capacity(&mut text)) {
                Ok(0) => return Ok(text),
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Errno::TOOBIG)
    }
}

/// `O_PATH`: reading the folder itself may be forbidden (hidepid=noaccess) where looking at its owner is not.
const FOLDER: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// Opens /proc, for many [`ProcessDir::below`].
pub(super) fn proc_dir(places: &Places) -> Result<OwnedFd> {
    rustix::fs::open(&places.proc, FOLDER, Mode::empty())
}

fn is_inotify(folder: impl AsFd, name: &CStr) -> Result<bool> {
    // One byte longer than the text that is looked for, to tell a longer one apart.
    let mut buffer = [MaybeUninit::uninit(); INOTIFY.len() + 1];
    match readlinkat_raw(folder, name, &mut buffer) {
        Ok((target, _)) => Ok(target == INOTIFY),
        // Closed meanwhile; EINVAL is a fixture's plain file.
        Err(Errno::NOENT | Errno::INVAL) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A name that is a number, as those of processes and descriptors are.
fn decimal(name: &CStr) -> Option<u32> {
    let name = name.to_bytes();
    name.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(name).ok()?.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{File, create_dir};

    #[test]
    fn this_process_is_read() {
        let own = ProcessDir::open(&Places::default(), std::process::id()).expect("one's own folder");
        let stat = own.stat().expect("it runs").expect("as the kernel writes it");
        assert_eq!(stat.pid.unsigned_abs(), std::process::id());
        assert_eq!(stat.ppid.unsigned_abs(), std::os::unix::process::parent_id());
        assert_eq!(own.effective_user(), Ok(rustix::process::geteuid().as_raw()));
        assert_eq!(own.cwd(), std::env::current_dir().ok());
        assert_eq!(own.executable(), std::env::current_exe().ok());
        let arguments = words::arguments(&own.command_line().expect("one's own"));
        assert_eq!(arguments, std::env::args_os().collect::<Vec<_>>());
        let path = own.environment().expect("one's own").into_iter().find(|(name, _)| name == "PATH");
        assert_eq!(path.map(|(_, value)| value), std::env::var_os("PATH"));
        let by_self = ProcessDir::own(&Places::default()).expect("one's own folder");
        assert_eq!(by_self.effective_capabilities(), own.effective_capabilities());
        assert!(own.open_descriptors().expect("one's own") >= 3);
    }

    #[test]
    fn a_process_that_has_ended_is_an_error_and_not_another_one() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().expect("sleep starts");
        let held = ProcessDir::open(&Places::default(), child.id()).expect("it runs");
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        assert!(matches!(held.stat(), Err(Errno::SRCH | Errno::NOENT)));
        assert!(matches!(held.inotify_descriptors(), Err(Errno::SRCH | Errno::NOENT)));
        assert_eq!(held.cwd(), None);
    }

    #[test]
    fn a_command_line_without_end_is_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        create_dir(folder.path().join("7")).expect("a new folder");
        let file = File::create(folder.path().join("7/cmdline")).expect("a new file");
        let places = Places { proc: folder.path().into(), root: folder.path().into() };
        let process = ProcessDir::open(&places, 7).expect("it is there");
        for (length, expected) in
            [(MOST_BYTES, None), (MOST_BYTES + 5000, Some(Errno::TOOBIG)), (1 << 30, Some(Errno::TOOBIG))]
        {
            file.set_len(length as u64).expect("a file with holes");
            assert_eq!(process.command_line().err(), expected, "{length} bytes");
        }
    }
}
