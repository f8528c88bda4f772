//! File systems that are mounted in a tree.

use crate::guarded::{self, Mount, MountId, Table, mount_table};
use std::collections::{HashMap, HashSet};
use std::os::unix::ffi::OsStrExt;
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
    /// Where those are mounted that may not answer.
    points: HashMap<MountId, PathBuf>,
}

/// Facts about a file system that are needed to walk it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FileSystem {
    /// The mount that may not answer at all, where it is one.
    pub(super) remote: Option<MountId>,
    /// Its listings have the inode numbers that `stat` has, and end where they leave room for another entry: nothing has
    /// to be asked twice.
    pub(super) is_plain: bool,
}

impl FileSystem {
    fn of(mount: &Mount) -> Self {
        Self { remote: mount.may_hang.then_some(mount.id), is_plain: mount.is_plain }
    }
}

impl Mounts {
    /// Reads the mount table. One that cannot be read leaves every mount trusted to answer.
    pub(super) fn of(real_root: &Path) -> Self {
        Self::in_table(&mount_table(), real_root)
    }

    /// Makes known to everybody that a mount does not answer.
    pub(super) fn note_silent(&self, mount: MountId) {
        guarded::note_silent(mount, self.points.get(&mount).map_or(Path::new("?"), PathBuf::as_path));
    }

    fn in_table(table: &Table, root: &Path) -> Self {
        let Some(home) = table.holding(root) else { return Self::default() };
        let mut devices = HashSet::from([home.device.as_slice()]);
        let home = table.may_hang_at(root).unwrap_or(home);
        let below = |mount: &Mount| {
            let below = mount.point.strip_prefix(root).unwrap_or(&mount.point);
            [b"/", below.as_os_str().as_bytes()].concat()
        };
        Self {
            home: FileSystem::of(home),
            inside: table.inside(root).map(|mount| (below(mount), FileSystem::of(mount))).collect(),
            points: table.remote().map(|mount| (mount.id, mount.point.clone())).collect(),
            repeats: table.inside(root).any(|mount| !devices.insert(&mount.device)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTINFO: &str = "\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /home/u/my\\040app/data/nfs rw shared:1 master:2 - nfs4 host:/x rw
31 22 0:41 / /home/u/my\\040app/far rw - fuse.sshfs host:/y rw
32 22 0:42 / /home/u/my\\040app-old rw - nfs4 host:/z rw
33 22 0:43 / /home/u/my\\040app/tmp rw - tmpfs none rw
34 22 0:44 / /srv rw - cifs //host/z rw
";

    fn mounts(text: &str, root: &str) -> Mounts {
        Mounts::in_table(&Table::parse(text.as_bytes()), Path::new(root))
    }

    #[test]
    fn network_mounts_inside_the_tree_are_known_by_their_path_below_it() {
        let found = mounts(MOUNTINFO, "/home/u/my app");
        let remote = |id| FileSystem { remote: Some(id), is_plain: false };
        let local = FileSystem { remote: None, is_plain: true };
        let inside = [(b"/data/nfs".to_vec(), remote(30)), (b"/far".to_vec(), remote(31)), (b"/tmp".to_vec(), local)];
        assert_eq!(found.inside, HashMap::from(inside));
        assert!(found.home == local && !found.repeats);
        assert_eq!(mounts(MOUNTINFO, "/srv/x").home, remote(34));
        assert_eq!(mounts(MOUNTINFO, "/").inside.get(&b"/srv"[..]), Some(&remote(34)));
    }

    #[test]
    fn a_bind_mount_of_the_same_file_system_shows_directories_twice() {
        let text = format!("{MOUNTINFO}35 22 8:1 /a /home/u/my\\040app/b rw - ext4 /dev/sda1 rw\n");
        assert!(mounts(&text, "/home/u/my app").repeats);
        assert!(!mounts(&text, "/home/u/other").repeats);
    }

    #[test]
    fn of_mounts_on_one_point_the_last_one_is_on_top() {
        let text = format!("{MOUNTINFO}36 34 0:50 / /srv rw - tmpfs none rw\n");
        assert_eq!(mounts(&text, "/srv").home.remote, None);
    }
}
