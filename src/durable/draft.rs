//! Drafts: what they are called, and what becomes of those whose writer was killed.

use crate::guarded::DRAFT_SIGN as SIGN;
use rustix::fs::{AtFlags, Dir, FileType, FlockOperation, Mode, OFlags};
use rustix::io::Errno;
use rustix::process::{Pid, geteuid, test_kill_process};
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// The draft's name beside the file `name`: hidden, marked, and no longer than the file system takes.
pub(super) fn name(folder: BorrowedFd<'_>, name: &OsStr, mark: &str) -> OsString {
    const LONGEST: u64 = 255;
    let most = rustix::fs::fstatvfs(folder).map_or(LONGEST, |about| about.f_namemax.clamp(1, LONGEST));
    let with = |name: &[u8]| [b".", name, SIGN.as_bytes(), mark.as_bytes()].concat();
    let whole = with(name.as_bytes());
    let fits = u64::try_from(whole.len()).is_ok_and(|length| length <= most);
    OsString::from_vec(if fits { whole } else { with(format!("{:016x}", hash(name.as_bytes())).as_bytes()) })
}

/// FNV-1a, 64 bits: the same in every version of this program, so that a later run finds the draft of an earlier one.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Removes drafts that a killed process has left in the folder. What cannot be looked at stays.
pub(super) fn sweep(folder: BorrowedFd<'_>) {
    let Ok(names) = Dir::read_from(folder) else { return };
    for name in names.flatten() {
        let name = OsStr::from_bytes(name.file_name().to_bytes());
        if is_of_ended_process(name)
            && let Err(error) = remove_if_ours(folder, name)
        {
            log::debug!("{} stays: {error}", name.display());
        }
    }
}

/// `.report.html.inotify-doctor-4711`, where no process has the number now.
fn is_of_ended_process(name: &OsStr) -> bool {
    let pid = name.to_str().and_then(|name| name.strip_prefix('.')?.rsplit_once(SIGN)?.1.parse().ok());
    pid.and_then(Pid::from_raw).is_some_and(|pid| test_kill_process(pid) == Err(Errno::SRCH))
}

/// The number alone proves nothing: the writer may live in another container, or on another machine that shares the
/// folder. It keeps its draft locked.
fn remove_if_ours(folder: BorrowedFd<'_>, name: &OsStr) -> io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let draft = rustix::fs::openat(folder, name, flags, Mode::empty())?;
    let about = rustix::fs::fstat(&draft)?;
    let plain = FileType::from_raw_mode(about.st_mode) == FileType::RegularFile;
    if !plain || about.st_uid != geteuid().as_raw() {
        return Ok(());
    }
    rustix::fs::flock(draft.as_fd(), FlockOperation::NonBlockingLockExclusive)?;
    let now = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
    if (now.st_dev, now.st_ino) == (about.st_dev, about.st_ino) {
        rustix::fs::unlinkat(folder, name, AtFlags::empty())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use std::fs::{self, File};
    use std::path::Path;
    use std::process::Command;

    fn names(folder: &Path) -> Vec<String> {
        let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn a_name_as_long_as_the_file_system_takes_can_be_written_and_written_again() {
        let folder = tempfile::tempdir().unwrap();
        for length in [220, 221, 222, 250, 255] {
            let path = folder.path().join("n".repeat(length));
            for text in ["old", "new"] {
                write(&path, text.as_bytes()).unwrap();
                assert_eq!(fs::read_to_string(&path).unwrap(), text, "{length} bytes");
            }
        }
        assert_eq!(names(folder.path()).len(), 5, "no draft is left");
    }

    #[test]
    fn drafts_of_ended_processes_go_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let mut ended = Command::new("true").spawn().unwrap();
        ended.wait().unwrap();
        let (ended, living) = (ended.id(), std::process::id());
        let at = |name: String| folder.path().join(name);
        let stale = at(format!(".report.html.inotify-doctor-{ended}"));
        let others = [
            format!(".other.html.inotify-doctor-{living}"),
            format!("report.html.inotify-doctor-{ended}"),
            ".report.html.inotify-doctor-change-1".to_owned(),
            format!(".report.html.inotify-doctor-x{ended}"),
            format!(".locked.inotify-doctor-{ended}"),
        ];
        for file in others.iter().map(|name| at(name.clone())).chain([stale]) {
            fs::write(file, "half").unwrap();
        }
        std::os::unix::fs::symlink("/etc/passwd", at(format!(".link.inotify-doctor-{ended}"))).unwrap();
        let locked = File::open(at(format!(".locked.inotify-doctor-{ended}"))).unwrap();
        rustix::fs::flock(&locked, rustix::fs::FlockOperation::NonBlockingLockExclusive).unwrap();
        write(&at("report.html".to_owned()), b"whole").unwrap();
        let mut expected = others.to_vec();
        expected.extend(["report.html".to_owned(), format!(".link.inotify-doctor-{ended}")]);
        expected.sort();
        assert_eq!(names(folder.path()), expected);
    }
}
