//! Counts of parts of a tree: differences of two running sums.

use super::{Index, Node};
use std::collections::HashSet;
use std::ops::Range;

impl Index {
    /// The directories in a range, each once wherever it shows.
    #[must_use]
    pub fn directories(&self, range: &Range<Node>) -> u64 {
        u64::from(range.end - range.start) - within(&self.repeated, range)
    }

    /// Files in the directories of a range.
    #[must_use]
    pub fn files(&self, range: &Range<Node>) -> u64 {
        u64::from(difference(&self.files_before, range))
    }

    /// Directories in a range that take no watch.
    #[must_use]
    pub fn without_watch(&self, range: &Range<Node>) -> u64 {
        within(&self.problems, range)
    }

    /// All directories that take no watch.
    pub(in crate::project::tree) fn problems(&self) -> &[Node] {
        &self.problems
    }

    /// The watches that these ranges take together. None may overlap another.
    #[must_use]
    pub fn watches(&self, ranges: &[Range<Node>]) -> u64 {
        if self.repeated.is_empty() {
            return ranges.iter().map(|range| u64::from(difference(&self.watches_before, range))).sum();
        }
        let nodes = ranges.iter().cloned().flatten().filter(|node| self.takes_watch(*node));
        nodes.map(|node| self.id(node)).collect::<HashSet<_>>().len() as u64
    }

    /// The directories in these ranges that take a watch, each once wherever it shows.
    pub fn watched<'a>(&'a self, ranges: &'a [Range<Node>]) -> impl Iterator<Item = Node> + 'a {
        let mut seen = (!self.repeated.is_empty()).then(HashSet::new);
        let first = move |node: &Node| seen.as_mut().is_none_or(|seen| seen.insert(self.id(*node)));
        ranges.iter().cloned().flatten().filter(|node| self.takes_watch(*node)).filter(first)
    }
}

/// Sums of what stands before each entry, and of all.
pub(super) fn running_sum<T>(entries: &[T], of: impl Fn(&T) -> u32) -> Vec<u32> {
    let mut sums = Vec::with_capacity(entries.len() + 1);
    let mut sum = 0_u32;
    sums.push(sum);
    for entry in entries {
        sum = sum.wrapping_add(of(entry));
        sums.push(sum);
    }
    sums
}

fn difference(sums: &[u32], range: &Range<Node>) -> u32 {
    let at = |node: Node| sums.get(node as usize).copied().unwrap_or(0);
    at(range.end).wrapping_sub(at(range.start))
}

/// Counts the ascending directories that lie in a range.
fn within(nodes: &[Node], range: &Range<Node>) -> u64 {
    (nodes.partition_point(|node| *node < range.end) - nodes.partition_point(|node| *node < range.start)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_over_ranges_are_differences() {
        let sums = running_sum(&[3_u32, 0, 2, 5], |files| *files);
        assert_eq!(difference(&sums, &(1..4)), 7);
        assert_eq!(within(&[1, 4, 9], &(1..9)), 2);
    }
}
