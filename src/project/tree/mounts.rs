//! File systems that are mounted in a tree, and those of them that may leave a caller waiting for ever.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Mounts in one tree, by mountinfo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mounts {
    /// The file system on which the tree itself lies.
    pub(super) home: FileSystem,
    /// Mount points strictly inside the tree: what follows the root, `/data/nfs`.
    pub(super) inside: HashMap<Vec<u8>, FileSystem>,
    /// One file system is mounted more than once in the tree, so one directory may show in two places.
    pub(super) repeats: bool,
}

/// Facts about a file system that are needed to walk it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FileSystem {
    /// Whether its answers come from another machine or process, and may not come at all.
    pub(super) may_hang: bool,
    /// Its listings have the inode numbers that `stat` has, and end where they leave room for another entry: nothing has
    /// to be asked twice.
    pub(super) is_plain: bool,
}

impl Mounts {
    /// Reads the mount table of the calling thread. One that cannot be read leaves every mount trusted to answer.
    pub(super) fn of(real_root: &Path) -> Self {
        std::fs::read("/proc/thread-self/mountinfo")
            .map_or_else(|_| Self::default(), |text| Self::parse(&text, real_root))
    }

    fn parse(text: &[u8], root: &Path) -> Self {
        let mounts: Vec<TreeMount> = text.split(|byte| *byte == b'\n').filter_map(TreeMount::parse).collect();
        let holding = mounts.iter().filter(|mount| root.starts_with(&mount.point));
        // Of several mounts on one point the last one is on top.
        let Some(home) = holding.max_by_key(|mount| mount.point.as_os_str().len()) else { return Self::default() };
        let inside = || mounts.iter().filter(|mount| mount.point != root && mount.point.starts_with(root));
        let mut devices = HashSet::from([home.device.as_slice()]);
        Self {
            home: home.system,
            inside: inside().map(|mount| (mount.below(root), mount.system)).collect(),
            repeats: inside().any(|mount| !devices.insert(&mount.device)),
        }
    }
}

struct TreeMount {
    device: Vec<u8>,
    point: PathBuf,
    system: FileSystem,
}

impl TreeMount {
    /// One line of `proc_pid_mountinfo(5)`: `36 35 98:0 /root /point rw master:1 - ext3 /dev/root rw`.
    fn parse(line: &[u8]) -> Option<Self> {
        let mut fields = line.split(|byte| *byte == b' ');
        let device = fields.nth(2)?.to_vec();
        let point = PathBuf::from(OsString::from_vec(unescape(fields.nth(1)?)));
        let kind = fields.skip_while(|field| *field != b"-").nth(1)?;
        let system = FileSystem { may_hang: may_hang(kind), is_plain: is_plain(kind) };
        Some(Self { device, point, system })
    }

    /// Returns the path below `root`, with the slash in front.
    fn below(&self, root: &Path) -> Vec<u8> {
        let below = self.point.strip_prefix(root).unwrap_or(&self.point);
        [b"/", below.as_os_str().as_bytes()].concat()
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
31 22 0:41 / /home/u/my\\040app/far rw - fuse.sshfs host:/y rw
32 22 0:42 / /home/u/my\\040app-old rw - nfs4 host:/z rw
33 22 0:43 / /home/u/my\\040app/tmp rw - tmpfs none rw
34 22 0:44 / /srv rw - cifs //host/z rw
";

    #[test]
    fn network_mounts_inside_the_tree_are_known_by_their_path_below_it() {
        let mounts = Mounts::parse(MOUNTINFO.as_bytes(), Path::new("/home/u/my app"));
        let remote = FileSystem { may_hang: true, is_plain: false };
        let local = FileSystem { may_hang: false, is_plain: true };
        let inside = [(b"/data/nfs".to_vec(), remote), (b"/far".to_vec(), remote), (b"/tmp".to_vec(), local)];
        assert_eq!(mounts.inside, HashMap::from(inside));
        assert!(mounts.home == local && !mounts.repeats);
        assert_eq!(Mounts::parse(MOUNTINFO.as_bytes(), Path::new("/srv/x")).home, remote);
        assert_eq!(Mounts::parse(MOUNTINFO.as_bytes(), Path::new("/")).inside.get(&b"/srv"[..]), Some(&remote));
    }

    #[test]
    fn a_bind_mount_of_the_same_file_system_shows_directories_twice() {
        let text = format!("{MOUNTINFO}35 22 8:1 /a /home/u/my\\040app/b rw - ext4 /dev/sda1 rw\n");
        assert!(Mounts::parse(text.as_bytes(), Path::new("/home/u/my app")).repeats);
        assert!(!Mounts::parse(text.as_bytes(), Path::new("/home/u/other")).repeats);
    }

    #[test]
    fn of_mounts_on_one_point_the_last_one_is_on_top() {
        let text = format!("{MOUNTINFO}36 34 0:50 / /srv rw - tmpfs none rw\n");
        assert!(!Mounts::parse(text.as_bytes(), Path::new("/srv")).home.may_hang);
    }

    proptest! {
        #[test]
        fn any_mount_table_is_survived(text in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Mounts::parse(&text, Path::new("/"));
        }

        #[test]
        fn any_line_is_survived(line in "[0-9]{1,2} 1 8:1 / (/[a\\\\0-7 ]{0,9}){0,3} rw( -)? [a-z.]{0,9} x") {
            let _ = Mounts::parse(line.as_bytes(), Path::new("/"));
        }
    }
}
