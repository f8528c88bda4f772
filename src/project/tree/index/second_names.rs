//! Files that have several names in a tree (hard links), found by their inodes. Only these are kept: in most trees there
//! are none.

use super::Node;
use crate::project::tree::found::{FileInode, WalkerFindings};
use std::collections::HashSet;
use std::ops::Range;

/// One name of a file that has several in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileName {
    /// The directory that it is in.
    pub folder: Node,
    /// The device and the inode of the file.
    pub file: (u64, u64),
    /// Whether it begins with a dot.
    pub hidden: bool,
}

/// Finds all names of such files, and frees what the walkers brought for this.
pub(super) fn of(
    runs: &[(usize, Range<usize>, Range<usize>)],
    found: &mut [WalkerFindings],
    devices: &[u64],
) -> Vec<FileName> {
    let brought: Vec<Vec<FileInode>> = found.iter_mut().map(|found| std::mem::take(&mut found.file_inodes)).collect();
    let several = several(&brought);
    if several.is_empty() {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut before = 0;
    for (walker, range, _) in runs {
        let inodes = &brought[*walker];
        let from = inodes.partition_point(|file| (file.at as usize) < range.start);
        let to = inodes.partition_point(|file| (file.at as usize) < range.end);
        for file in inodes[from..to].iter().filter(|file| several.contains(&file.inode)) {
            let at = file.at as usize;
            let device = devices.get(found[*walker].marks[at].device()).copied().unwrap_or(0);
            let folder = Node::try_from(before + at - range.start).unwrap_or(Node::MAX);
            names.push(FileName { folder, file: (device, file.inode), hidden: file.hidden });
        }
        before += range.len();
    }
    names
}

/// Inodes that come several times, on whatever device.
fn several(brought: &[Vec<FileInode>]) -> HashSet<u64> {
    let mut inodes: Vec<u64> = brought.iter().flatten().map(|file| file.inode).collect();
    inodes.sort_unstable();
    inodes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}
