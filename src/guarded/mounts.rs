//! The mount table, and which file systems of it may leave a caller waiting for ever.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The number of a mount: given anew each time something is mounted.
pub(crate) type MountId = u64;

/// One mount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mount {
    pub(crate) id: MountId,
    /// Major and minor number of the device, as text.
    pub(crate) device: Vec<u8>,
    pub(crate) point: PathBuf,
    /// Whether its answers come from another machine or process, and may not come at all.
    pub(crate) may_hang: bool,
    /// Whether it is one of those whose listings have the inode numbers that `stat` has, and end where they leave room
    /// for another entry: nothing has to be asked twice.
    pub(crate) is_plain: bool,
    is_proc: bool,
}

/// All mounts that this process sees, in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Table {
    mounts: Vec<Mount>,
    any_may_hang: bool,
}

/// The table as it was read last, with the open file that tells when it has changed.
static READ: Mutex<Option<(File, Arc<Table>)>> = Mutex::new(None);

/// Returns the mount table as it is now. One that cannot be read leaves every mount trusted to answer.
pub(crate) fn current() -> Arc<Table> {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((file, table)) = read.as_ref()
        && !has_changed(file)
    {
        return Arc::clone(table);
    }
    let (file, table) = match Table::read() {
        Ok(read) => read,
        Err(error) => {
            log::warn!("the mount table: {error}");
            return Arc::default();
        }
    };
    let table = Arc::new(table);
    *read = Some((file, Arc::clone(&table)));
    table
}

/// The kernel raises both flags once the table is another one than at the opening (`mounts_poll`, `fs/proc_namespace.c`).
fn has_changed(file: &File) -> bool {
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    let mut asked = [PollFd::new(file, PollFlags::PRI)];
    poll(&mut asked, Some(&now)).map_or(true, |_| asked[0].revents().intersects(PollFlags::PRI | PollFlags::ERR))
}

impl Table {
    #[allow(clippy::disallowed_methods, reason = "a file of /proc")]
    fn read() -> std::io::Result<(File, Self)> {
        let mut file = File::open("/proc/self/mountinfo")?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        Ok((file, Self::parse(&text)))
    }

    pub(crate) fn parse(text: &[u8]) -> Self {
        let mounts: Vec<Mount> = text.split(|byte| *byte == b'\n').filter_map(Mount::parse).collect();
        let any_may_hang = mounts.iter().any(|mount| mount.may_hang);
        Self { mounts, any_may_hang }
    }

    pub(crate) fn any_may_hang(&self) -> bool {
        self.any_may_hang
    }

    /// The mount that holds a resolved path. Of several on one point the last one is on top.
    pub(crate) fn holding(&self, path: &Path) -> Option<&Mount> {
        let holding = self.mounts.iter().filter(|mount| path.starts_with(&mount.point));
        holding.max_by_key(|mount| mount.point.as_os_str().len())
    }

    /// The mounts inside a folder, its own left out.
    pub(crate) fn inside(&self, folder: &Path) -> impl Iterator<Item = &Mount> {
        self.mounts.iter().filter(move |mount| mount.point != folder && mount.point.starts_with(folder))
    }

    /// The mounts on a folder or below it.
    pub(super) fn at_or_below(&self, folder: &Path) -> impl Iterator<Item = &Mount> {
        self.mounts.iter().filter(move |mount| mount.point.starts_with(folder))
    }

    /// The mounts that may not answer.
    pub(crate) fn remote(&self) -> impl Iterator<Item = &Mount> {
        self.mounts.iter().filter(|mount| mount.may_hang)
    }

    /// The mount that may hang and that has to be asked for a path whose links were resolved. What is mounted inside of
    /// such a one is reached through it.
    pub(crate) fn may_hang_at(&self, path: &Path) -> Option<&Mount> {
        let holding = self.mounts.iter().filter(|mount| path.starts_with(&mount.point) && !self.is_covered(mount));
        let remote = holding.filter(|mount| mount.may_hang);
        remote.max_by_key(|mount| mount.point.as_os_str().len())
    }

    /// Tells whether something else was mounted over it.
    fn is_covered(&self, mount: &Mount) -> bool {
        self.mounts.iter().rev().find(|other| other.point == mount.point).is_some_and(|top| top.id != mount.id)
    }

    pub(super) fn is_proc(&self, path: &Path) -> bool {
        self.holding(path).is_some_and(|mount| mount.is_proc)
    }
}

impl Mount {
    /// One line of `proc_pid_mountinfo(5)`: `36 35 98:0 /root /point rw master:1 - ext3 /dev/root rw`.
    fn parse(line: &[u8]) -> Option<Self> {
        let mut fields = line.split(|byte| *byte == b' ');
        let id = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
        let device = fields.nth(1)?.to_vec();
        let point = PathBuf::from(OsString::from_vec(unescape(fields.nth(1)?)));
        let kind = fields.skip_while(|field| *field != b"-").nth(1)?;
        let (may_hang, is_plain, is_proc) = (may_hang(kind), is_plain(kind), kind == b"proc");
        Some(Self { id, device, point, may_hang, is_plain, is_proc })
    }
}

/// The kernel writes space, tab, line feed and backslash of a path as three octal digits.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field;
    while let [first, tail @ ..] = rest {
        let octal = (*first == b'\\').then(|| tail.get(..3).and_then(octal)).flatten();
        plain.push(octal.unwrap_or(*first));
        rest = if octal.is_some() { &tail[3..] } else { tail };
    }
    plain
}

fn octal(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}

/// File systems whose answers come from another machine or another process.
fn may_hang(kind: &[u8]) -> bool {
    const REMOTE: &[&[u8]] = &[
        b"9p",
        b"afs",
        b"autofs",
        b"beegfs",
        b"ceph",
        b"cifs",
        b"coda",
        b"davfs",
        b"drvfs",
        b"fakeowner",
        b"fuse",
        b"fuseblk",
        b"gfs2",
        b"gpfs",
        b"lustre",
        b"ncpfs",
        b"nfs",
        b"nfs4",
        b"ocfs2",
        b"orangefs",
        b"prl_fs",
        b"smb3",
        b"smbfs",
        b"vboxsf",
        b"virtiofs",
    ];
    REMOTE.contains(&kind) || kind.starts_with(b"fuse.")
}

/// Tells whether a file system is one of those whose `iterate_shared` (`fs/ext4/dir.c`, `fs/xfs/xfs_dir2_readdir.c` …) goes on
/// until the buffer is full or the directory ends, and gives the inode numbers of `stat`. On btrfs these differ at a
/// subvolume, on overlayfs where layers lie on several file systems; of network file systems neither is known.
fn is_plain(kind: &[u8]) -> bool {
    const PLAIN: [&[u8]; 6] = [b"ext2", b"ext3", b"ext4", b"f2fs", b"tmpfs", b"xfs"];
    PLAIN.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MOUNTINFO: &str = "\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /home/u/my\\040app/data/nfs rw shared:1 master:2 - nfs4 host:/x rw
34 22 0:44 / /srv rw - cifs //host/z rw
35 34 0:45 / /srv/inner rw - tmpfs none rw
";

    fn point(mount: Option<&Mount>) -> Option<&Path> {
        mount.map(|mount| mount.point.as_path())
    }

    #[test]
    fn what_lies_on_a_mount_that_may_hang_or_inside_of_it_is_asked_of_it() {
        let table = Table::parse(MOUNTINFO.as_bytes());
        for (path, mount) in [
            ("/home/u/my app/data", None),
            ("/home/u/my app/data/nfs", Some("/home/u/my app/data/nfs")),
            ("/srv/inner/x", Some("/srv")),
            ("/srvs", None),
        ] {
            assert_eq!(point(table.may_hang_at(Path::new(path))), mount.map(Path::new), "{path}");
        }
        assert_eq!(point(table.holding(Path::new("/srv/inner/x"))), Some(Path::new("/srv/inner")));
    }

    #[test]
    fn of_mounts_on_one_point_the_last_one_is_on_top() {
        let text = format!("{MOUNTINFO}36 34 0:50 / /srv rw - tmpfs none rw\n");
        let table = Table::parse(text.as_bytes());
        assert_eq!(table.may_hang_at(Path::new("/srv/x")), None);
        assert!(table.holding(Path::new("/srv")).is_some_and(|mount| mount.id == 36));
    }

    #[test]
    fn this_computer_s_table_is_read_once_and_again_only_when_it_changes() {
        let (one, other) = (current(), current());
        assert!(one.holding(Path::new("/")).is_some());
        assert!(Arc::ptr_eq(&one, &other) || one.mounts != other.mounts);
    }

    proptest! {
        #[test]
        fn any_mount_table_is_survived(text in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Table::parse(&text);
        }

        #[test]
        fn any_line_is_survived(line in "[0-9]{1,2} 1 8:1 / (/[a\\\\0-7 ]{0,9}){0,3} rw( -)? [a-z.]{0,9} x") {
            let _ = Table::parse(line.as_bytes());
        }
    }
}
