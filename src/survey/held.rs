//! Directories of a tree among the inodes that processes watch: each is looked up once, however many processes there are.

use crate::machine::processes::WatchedInode;
use crate::project::tree::{Index, Node};
use std::collections::HashMap;
use std::path::Path;

/// Returns the directories of a tree that each process watches, in preorder.
pub(super) fn directories_held(index: &Index, processes: &[Vec<WatchedInode>]) -> Vec<Vec<Node>> {
    let mut holders: HashMap<u64, Vec<(usize, u64)>> = HashMap::new();
    for (process, inodes) in processes.iter().enumerate() {
        for inode in inodes {
            let known = holders.entry(inode.ino).or_default();
            let entry = (process, u64::from(inode.sdev));
            if !known.contains(&entry) {
                known.push(entry);
            }
        }
    }
    let hidden = hides_devices(index.real_root());
    let mut devices: HashMap<u64, u64> = HashMap::new();
    let mut held = vec![Vec::new(); processes.len()];
    // Each directory once, wherever it shows.
    for node in index.watched(&[index.all()]) {
        let Some(id) = index.id(node) else { continue };
        let Some(holders) = holders.get(&id.inode) else { continue };
        let direct = kernel_device(id.device);
        for (process, device) in holders {
            let expected = devices.get(&id.device).copied().unwrap_or(direct);
            if *device != expected && hidden && !devices.contains_key(&id.device) {
                // The file system's own device, which `stat` does not tell: learnt from the first inode found.
                devices.insert(id.device, *device);
            } else if *device != expected {
                continue;
            }
            held[*process].push(node);
        }
    }
    held
}

/// Tells whether `stat` names another device for directories here than the kernel does in fdinfo.
fn hides_devices(path: &Path) -> bool {
    const BTRFS: i64 = 0x9123_683e;
    const OVERLAY: i64 = 0x794c_7630;
    rustix::fs::statfs(path).is_ok_and(|found| [BTRFS, OVERLAY].contains(&found.f_type))
}

/// `st_dev` as the kernel writes it in fdinfo: major << 20 | minor.
pub(super) fn kernel_device(device: u64) -> u64 {
    u64::from(rustix::fs::major(device)) << 20 | u64::from(rustix::fs::minor(device))
}
