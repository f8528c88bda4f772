//! Directories that a running app should watch and does not.

use super::{Gap, Streamlit, Watcher};
use crate::project::tree::{DirectoryId, Inventory, kernel_device};
use std::collections::HashMap;
use std::path::Path;

/// Paths kept; the rest is only counted.
const MOST_PATHS: usize = 300;

/// Compares the roots, which the inventory covers, with the inodes held: since watchdog 7 their union with those held by
/// any instance, before each root with its own instance. Nobody else reports to the root's handler: without an instance
/// it is deaf, even where another root's watches cover its folders.
pub(super) fn find(streamlit: &Streamlit, held: &[Vec<(u64, u64)>], inventory: &Inventory) -> Gap {
    let mut gap = Gap::default();
    if streamlit.watcher != Watcher::Watchdog {
        return gap;
    }
    let roots: Vec<&Path> = streamlit.need.certain_roots().map(|root| root.path.as_path()).collect();
    if streamlit.watchdog.as_ref().is_none_or(|version| version.at_least(7, 0)) {
        gap.add(&roots, &mut Held::new(held), inventory);
    } else {
        let mut instances: Vec<Held> = held.iter().map(|instance| Held::new(std::slice::from_ref(instance))).collect();
        for root in roots {
            let own = instances.iter_mut().position(|instance| is_of_root(instance, root, inventory));
            let mut own = own.map_or_else(|| Held::new(&[]), |place| instances.swap_remove(place));
            gap.add(&[root], &mut own, inventory);
        }
    }
    gap
}

/// Tells whether an instance is that of a root: it holds the root, and not the folder that the root lies in.
fn is_of_root(instance: &mut Held, root: &Path, inventory: &Inventory) -> bool {
    let mut holds = |folder: &Path| {
        let id = inventory.find(folder).and_then(|(index, node)| index.id(node));
        id.map(|id| instance.contains(id))
    };
    holds(root) == Some(true) && root.parent().and_then(holds) != Some(true)
}

impl Gap {
    fn add(&mut self, roots: &[&Path], held: &mut Held, inventory: &Inventory) {
        for (index, node) in inventory.union(roots).watched() {
            self.expected += 1;
            if index.id(node).is_none_or(|id| !held.contains(id)) {
                self.unwatched_count += 1;
                let path = index.real_path(node);
                if self.unwatched.len() < MOST_PATHS && !self.unwatched.contains(&path) {
                    self.unwatched.push(path);
                }
            }
        }
    }
}

/// The watched inodes, found by what `stat` says about a directory.
///
/// fdinfo names the file system's own device, which `stat` hides on btrfs (a device per subvolume) and overlayfs.
/// Where nothing is held under the device `stat` names, the first inode that is held under another teaches which
/// device is meant; the first directory asked for is a root, which is watched wherever anything is.
struct Held {
    /// Inodes and their devices, ascending.
    watched: Vec<(u64, u64)>,
    /// Devices from `st_dev` to fdinfo's `sdev`.
    devices: HashMap<u64, u64>,
}

impl Held {
    fn new(instances: &[Vec<(u64, u64)>]) -> Self {
        let mut watched = instances.concat();
        watched.sort_unstable();
        Self { watched, devices: HashMap::new() }
    }

    fn contains(&mut self, directory: DirectoryId) -> bool {
        let DirectoryId { device: shown, inode } = directory;
        let from = self.watched.partition_point(|(held, _)| *held < inode);
        let mut devices = self.watched[from..].iter().take_while(|(held, _)| *held == inode).map(|(_, device)| *device);
        if let Some(expected) = self.devices.get(&shown) {
            return devices.any(|device| device == *expected);
        }
        let Some(first) = devices.next() else { return false };
        let direct = kernel_device(shown);
        let device = if first == direct || devices.any(|device| device == direct) { direct } else { first };
        self.devices.insert(shown, device);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_stat_hides_is_learnt_from_the_first_directory_held() {
        let shown = 0x2f;
        let mut held = Held::new(&[vec![(10, 0x99), (11, 0x99), (12, 0x77)]]);
        assert!(held.contains(DirectoryId { device: shown, inode: 10 }), "the root is watched");
        assert!(held.contains(DirectoryId { device: shown, inode: 11 }));
        assert!(!held.contains(DirectoryId { device: shown, inode: 12 }), "this inode is watched on another device");
        assert!(!held.contains(DirectoryId { device: shown, inode: 13 }));
    }

    #[test]
    fn the_device_of_stat_is_preferred() {
        let device = rustix::fs::makedev(254, 1);
        let mut held = Held::new(&[vec![(10, 0x99), (10, 254 << 20 | 1)]]);
        assert!(held.contains(DirectoryId { device, inode: 10 }));
        assert_eq!(held.devices[&device], 254 << 20 | 1);
    }
}
