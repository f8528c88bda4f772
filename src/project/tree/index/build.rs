//! Building an index: the columns of the walkers put in order, one after the other.

use super::sums::running_sum;
use super::{Index, Node, second_names};
use crate::project::tree::found::{Haul, WalkerFindings, in_order};
use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

/// One after the other, each freed as soon as it is in order.
fn column<T: Copy>(
    runs: &[(usize, Range<usize>, Range<usize>)],
    found: &mut [WalkerFindings],
    length: usize,
    take: impl Fn(&mut WalkerFindings) -> Vec<T>,
) -> Vec<T> {
    // A single run is in order already.
    if let [(walker, range, _)] = runs
        && found.get(*walker).is_some_and(|found| range.len() == found.inodes.len())
    {
        let mut only = take(&mut found[*walker]);
        only.shrink_to_fit();
        return only;
    }
    let mut columns: Vec<Vec<T>> = found.iter_mut().map(take).collect();
    let mut whole = Vec::with_capacity(length);
    for (walker, range, _) in runs {
        whole.extend_from_slice(&columns[*walker][range.clone()]);
    }
    columns.clear();
    whole
}

impl Index {
    /// Puts in order what a crew has brought.
    pub(in crate::project::tree) fn new(root: &Path, real_root: &Path, haul: &mut Haul, may_repeat: bool) -> Self {
        let runs = in_order(&haul.brought);
        let length = runs.iter().map(|(_, directories, _)| directories.len()).sum();
        let (names, name_starts) = names(&runs, &mut haul.found, length);
        let depths = column(&runs, &mut haul.found, length, |found| std::mem::take(&mut found.depths));
        let (parents, ends) = parents_and_ends(&depths);
        drop(depths);
        let files = column(&runs, &mut haul.found, length, |found| std::mem::take(&mut found.files));
        let files_before = running_sum(&files, |files| *files);
        drop(files);
        let second_names = second_names::of(&runs, &mut haul.found, &haul.devices);
        let marks = column(&runs, &mut haul.found, length, |found| std::mem::take(&mut found.marks));
        let watches_before = running_sum(&marks, |marks| u32::from(marks.takes_watch()));
        let inodes = column(&runs, &mut haul.found, length, |found| std::mem::take(&mut found.inodes));
        let problems = (0..).zip(&marks).filter(|(_, marks)| !marks.takes_watch()).map(|(node, _)| node).collect();
        let mut index = Self {
            root: root.to_path_buf(),
            real_root: real_root.to_path_buf(),
            names,
            name_starts,
            parents,
            ends,
            watches_before,
            files_before,
            inodes,
            marks,
            devices: haul.devices.clone(),
            repeated: Vec::new(),
            problems,
            second_names,
        };
        if may_repeat {
            let mut seen = HashSet::new();
            index.repeated = index.all().filter(|node| index.id(*node).is_some_and(|id| !seen.insert(id))).collect();
        }
        index
    }
}

/// The names without their NULs, and where each begins.
fn names(
    runs: &[(usize, Range<usize>, Range<usize>)],
    found: &mut [WalkerFindings],
    length: usize,
) -> (Vec<u8>, Vec<u32>) {
    let bytes: usize = runs.iter().map(|(.., names)| names.len()).sum();
    let mut names = Vec::with_capacity(bytes - length.min(bytes));
    let mut starts = Vec::with_capacity(length + 1);
    let offset = |names: &Vec<u8>| u32::try_from(names.len()).unwrap_or(u32::MAX);
    for (walker, _, range) in runs {
        for name in found[*walker].names[range.clone()].split_inclusive(|byte| *byte == 0) {
            starts.push(offset(&names));
            names.extend_from_slice(&name[..name.len() - 1]);
        }
    }
    starts.push(offset(&names));
    found.iter_mut().for_each(|found| found.names = Vec::new());
    (names, starts)
}

/// Computes, from the depths of a preorder, the parents, and the ends of the subtrees.
fn parents_and_ends(depths: &[u32]) -> (Vec<Node>, Vec<Node>) {
    let (mut parents, mut ends) = (Vec::with_capacity(depths.len()), vec![0; depths.len()]);
    let mut way: Vec<Node> = Vec::new();
    for (node, depth) in (0..).zip(depths) {
        while way.len() > *depth as usize {
            if let Some(left) = way.pop() {
                ends[left as usize] = node;
            }
        }
        parents.push(way.last().copied().unwrap_or(0));
        way.push(node);
    }
    let all = Node::try_from(depths.len()).unwrap_or(Node::MAX);
    way.into_iter().for_each(|node| ends[node as usize] = all);
    (parents, ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_and_ends_follow_from_depths() {
        // 0 (1 (2 3) 4 (5 (6)))
        let (parents, ends) = parents_and_ends(&[0, 1, 2, 2, 1, 2, 3]);
        assert_eq!(parents, [0, 0, 1, 1, 0, 4, 5]);
        assert_eq!(ends, [7, 4, 3, 4, 7, 7, 7]);
    }
}
