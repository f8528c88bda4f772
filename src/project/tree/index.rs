//! The directories of one walked tree in preorder: for each its parent, its name, the end of its subtree, and running
//! counts, so that sums over subtrees and over unions of them are differences of two entries.
//!
//! About 45 bytes a directory; while it is built, the columns of the walkers are put in order and freed one by one, so
//! that memory never holds the whole twice.

use super::directory::DirectoryId;
use super::found::{Haul, Marks, WalkerFindings, in_order};
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// A directory's place in the preorder of its tree; the root's is 0.
pub type Node = u32;

/// The directories of one tree.
#[derive(Clone, Debug, Default)]
pub struct Index {
    root: PathBuf,
    real_root: PathBuf,
    /// All names one behind the other; the root's is empty.
    names: Vec<u8>,
    /// Starts of the names, and the end of the last one.
    name_starts: Vec<u32>,
    parents: Vec<Node>,
    /// The first directory behind each subtree.
    ends: Vec<Node>,
    /// Counts of the directories before each that take a watch, and of all.
    watches_before: Vec<u32>,
    /// Counts of the files in the directories before each, and in all.
    files_before: Vec<u32>,
    inodes: Vec<u64>,
    marks: Vec<Marks>,
    devices: Vec<u64>,
    /// Directories that were met before under another path (a bind mount), ascending: the kernel has one watch for
    /// all. Empty on nearly every computer.
    repeated: Vec<Node>,
    /// Directories that take no watch, ascending.
    problems: Vec<Node>,
}

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
    pub(super) fn new(root: &Path, real_root: &Path, haul: &mut Haul, may_repeat: bool) -> Self {
        let runs = in_order(&haul.brought);
        let length = runs.iter().map(|(_, directories, _)| directories.len()).sum();
        let (names, name_starts) = names(&runs, &mut haul.found, length);
        let depths = column(&runs, &mut haul.found, length, |found| std::mem::take(&mut found.depths));
        let (parents, ends) = parents_and_ends(&depths);
        drop(depths);
        let files = column(&runs, &mut haul.found, length, |found| std::mem::take(&mut found.files));
        let files_before = running_sum(&files, |files| *files);
        drop(files);
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
        };
        if may_repeat {
            let mut seen = HashSet::new();
            index.repeated = index.all().filter(|node| index.id(*node).is_some_and(|id| !seen.insert(id))).collect();
        }
        index
    }

    /// The tree's root as it was given.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The same with its links resolved.
    #[must_use]
    pub fn real_root(&self) -> &Path {
        &self.real_root
    }

    /// Returns all directories, in preorder.
    #[must_use]
    pub fn all(&self) -> Range<Node> {
        0..Node::try_from(self.inodes.len()).unwrap_or(Node::MAX)
    }

    /// A directory with everything below it.
    #[must_use]
    pub fn subtree(&self, node: Node) -> Range<Node> {
        node..self.ends.get(node as usize).copied().unwrap_or(node)
    }

    /// The sub-directories, in the order in which the file system lists them.
    pub fn children(&self, node: Node) -> impl Iterator<Item = Node> {
        let Range { start, end } = self.subtree(node);
        let first = Some(start + 1).filter(|first| *first < end);
        std::iter::successors(first, move |child| Some(self.subtree(*child).end).filter(|next| *next < end))
    }

    /// The directories of a subtree in the order in which watchdog adds them, that of Python's `os.walk`: all folders
    /// in a folder before what is in the first of them. Where the watches do not suffice, this order decides which
    /// folder is missed.
    pub fn as_python_walks(&self, node: Node) -> impl Iterator<Item = Node> {
        std::iter::once(node).chain(self.subtree(node).flat_map(|node| self.children(node)))
    }

    /// A directory's name; the root's is empty.
    #[must_use]
    pub fn name(&self, node: Node) -> &OsStr {
        let start = self.name_starts.get(node as usize).map_or(0, |start| *start as usize);
        let end = self.name_starts.get(node as usize + 1).map_or(start, |end| *end as usize);
        OsStr::from_bytes(&self.names[start..end])
    }

    /// The directory that holds this one; the root's own is the root.
    #[must_use]
    pub fn parent(&self, node: Node) -> Node {
        self.parents.get(node as usize).copied().unwrap_or(0)
    }

    /// A directory's path: the root as it was given, and the names below it.
    #[must_use]
    pub fn path(&self, node: Node) -> PathBuf {
        self.path_from(&self.root, node)
    }

    /// The same with the links on the way to the root resolved.
    #[must_use]
    pub fn real_path(&self, node: Node) -> PathBuf {
        self.path_from(&self.real_root, node)
    }

    fn path_from(&self, root: &Path, node: Node) -> PathBuf {
        let up = std::iter::successors(Some(node), |node| Some(self.parent(*node))).take_while(|node| *node != 0);
        let way: Vec<Node> = up.collect();
        let mut path = root.to_path_buf();
        way.into_iter().rev().for_each(|node| path.push(self.name(node)));
        path
    }

    /// Looks up a path, of which the root has to be the resolved one.
    #[must_use]
    pub fn find(&self, real_path: &Path) -> Option<Node> {
        let below = real_path.strip_prefix(&self.real_root).ok().filter(|_| !self.inodes.is_empty())?;
        below.iter().try_fold(0, |node, name| self.children(node).find(|child| self.name(*child) == name))
    }

    /// Returns the id of the directory; `None` where it could not be opened.
    #[must_use]
    pub fn id(&self, node: Node) -> Option<DirectoryId> {
        let marks = self.marks.get(node as usize).filter(|marks| !marks.is_unreadable())?;
        Some(DirectoryId { device: *self.devices.get(marks.device())?, inode: *self.inodes.get(node as usize)? })
    }

    /// Tells whether watchdog gets a watch for it.
    #[must_use]
    pub fn takes_watch(&self, node: Node) -> bool {
        self.marks.get(node as usize).is_some_and(|marks| marks.takes_watch())
    }

    /// Tells whether it may not be read or searched.
    #[must_use]
    pub fn is_unreadable(&self, node: Node) -> bool {
        self.marks.get(node as usize).is_some_and(|marks| marks.is_unreadable())
    }

    /// Tells whether `pyvenv.cfg` lies in it.
    #[must_use]
    pub fn is_environment(&self, node: Node) -> bool {
        self.marks.get(node as usize).is_some_and(|marks| marks.is_environment())
    }

    /// Tells whether it lies on another file system than the directory that holds it.
    fn is_mount(&self, node: Node) -> bool {
        let device = |node| self.id(node).map(|id| id.device);
        node != 0 && device(node).is_some_and(|own| device(self.parent(node)) != Some(own))
    }

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
    pub(super) fn problems(&self) -> &[Node] {
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

    /// The first directories, in preorder, that lie on another file system than what holds them.
    pub(super) fn mounts(&self) -> impl Iterator<Item = Node> {
        let all = if self.devices.len() > 1 { self.all() } else { 0..0 };
        all.filter(|node| self.is_mount(*node))
    }

    /// Takes the sizes over from the walkers' keys to the directories' own.
    pub(super) fn by_id(&self, bytes: HashMap<(u32, u64), u64>) -> HashMap<DirectoryId, u64> {
        let id = |(device, inode): (u32, u64)| Some(DirectoryId { device: *self.devices.get(device as usize)?, inode });
        bytes.into_iter().filter_map(|(key, bytes)| Some((id(key)?, bytes))).collect()
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

/// Sums of what stands before each entry, and of all.
fn running_sum<T>(entries: &[T], of: impl Fn(&T) -> u32) -> Vec<u32> {
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
    fn parents_and_ends_follow_from_depths() {
        // 0 (1 (2 3) 4 (5 (6)))
        let (parents, ends) = parents_and_ends(&[0, 1, 2, 2, 1, 2, 3]);
        assert_eq!(parents, [0, 0, 1, 1, 0, 4, 5]);
        assert_eq!(ends, [7, 4, 3, 4, 7, 7, 7]);
    }

    #[test]
    fn sums_over_ranges_are_differences() {
        let sums = running_sum(&[3_u32, 0, 2, 5], |files| *files);
        assert_eq!(difference(&sums, &(1..4)), 7);
        assert_eq!(within(&[1, 4, 9], &(1..9)), 2);
    }
}
