//! Directories of a tree among the inodes that processes watch: each is looked up once, however many processes there are.

use crate::machine::processes::WatchedInode;
use crate::project::tree::{Index, Node, kernel_device};
use std::collections::HashMap;
use std::path::Path;

/// Returns the directories of a tree that each process watches, in preorder.
pub(super) fn directories_held(index: &Index, processes: &[Vec<WatchedInode>]) -> Vec<Vec<Node>> {
    let each = |(process, inodes): (usize, &Vec<WatchedInode>)| {
        inodes.iter().map(move |inode| (inode.ino, process, u64::from(inode.sdev))).collect::<Vec<_>>()
    };
    let mut holders: Vec<(u64, usize, u64)> = processes.iter().enumerate().flat_map(each).collect();
    holders.sort_unstable();
    holders.dedup();
    let hidden = hides_devices(index.real_root());
    let mut devices: HashMap<u64, u64> = HashMap::new();
    let mut held = vec![Vec::new(); processes.len()];
    // Each directory once, wherever it shows.
    for node in index.watched(&[index.all()]) {
        let Some(id) = index.id(node) else { continue };
        let from = holders.partition_point(|(inode, ..)| *inode < id.inode);
        let direct = kernel_device(id.device);
        for (_, process, device) in holders[from..].iter().take_while(|(inode, ..)| *inode == id.inode) {
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
