//! Which file systems are mounted in a tree, and which of them may leave a caller waiting for ever.

use std::collections::HashSet;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// What mountinfo says about one tree.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mounts {
    /// The tree itself lies on a file system that may hang.
    pub(super) root_may_hang: bool,
    /// Mount points strictly inside the tree whose file system may hang: what follows the root, `/data/nfs`.
    pub(super) may_hang: HashSet<Vec<u8>>,
    /// One file system is mounted more than once in the tree, so one directory may show in two places.
    pub(super) repeats: bool,
}

impl Mounts {
    /// Reads the mount table of the calling thread. One that cannot be read leaves every mount trusted.
    pub(super) fn of(real_root: &Path) -> Self {
        std::fs::read("/proc/thread-self/mountinfo")
            .map_or_else(|_| Self::default(), |text| Self::parse(&text, real_root))
    }

    fn parse(text: &[u8], root: &Path) -> Self {
        let mounts: Vec<Mount> = text.split(|byte| *byte == b'\n').filter_map(Mount::parse).collect();
        let holding = mounts.iter().filter(|mount| root.starts_with(&mount.point));
        // Of several mounts on one point the last one is on top.
        let Some(home) = holding.max_by_key(|mount| mount.point.as_os_str().len()) else { return Self::default() };
        let inside = || mounts.iter().filter(|mount| mount.point != root && mount.point.starts_with(root));
        let mut devices = HashSet::from([home.device.as_slice()]);
        Self {
            root_may_hang: home.may_hang,
            may_hang: inside().filter(|mount| mount.may_hang).map(|mount| mount.below(root)).collect(),
            repeats: inside().any(|mount| !devices.insert(&mount.device)),
        }
    }
}

struct Mount {
    device: Vec<u8>,
    point: PathBuf,
    may_hang: bool,
}

impl Mount {
    /// One line of `proc_pid_mountinfo(5)`: `36 35 98:0 /root /point rw master:1 - ext3 /dev/root rw`.
    fn parse(line: &[u8]) -> Option<Self> {
        let mut fields = line.split(|byte| *byte == b' ');
        let device = fields.nth(2)?.to_vec();
        let point = PathBuf::from(OsString::from_vec(unescape(fields.nth(1)?)));
        let kind = fields.skip_while(|field| *field != b"-").nth(1)?;
        Some(Self { device, point, may_hang: may_hang(kind) })
    }

    /// Its path below `root`, with the slash in front.
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
        assert_eq!(mounts.may_hang, HashSet::from([b"/data/nfs".to_vec(), b"/far".to_vec()]));
        assert!(!mounts.root_may_hang && !mounts.repeats);
        assert!(Mounts::parse(MOUNTINFO.as_bytes(), Path::new("/srv/x")).root_may_hang);
        assert!(Mounts::parse(MOUNTINFO.as_bytes(), Path::new("/")).may_hang.contains(&b"/srv"[..]));
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
        assert!(!Mounts::parse(text.as_bytes(), Path::new("/srv")).root_may_hang);
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
