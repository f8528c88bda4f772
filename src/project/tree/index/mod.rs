//! The directories of one walked tree in preorder: for each its parent, its name, the end of its subtree, and running
//! counts, so that sums over subtrees and over unions of them are differences of two entries.
//!
//! About 45 bytes a directory; while it is built, the columns of the walkers are put in order and freed one by one, so
//! that memory never holds the whole twice.

mod build;
mod second_names;
mod sums;

use super::directory::DirectoryId;
use super::found::Marks;
pub use second_names::FileName;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::ops::Range;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
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
    /// Files that have several names in the tree, where they were asked for; all their names.
    second_names: Vec<FileName>,
}

impl Index {
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

    /// Joins the names below `root`, in one piece of memory: `verify` asks for the path of every directory.
    fn path_from(&self, root: &Path, node: Node) -> PathBuf {
        let up = || {
            let way = std::iter::successors(Some(node), |node| Some(self.parent(*node)));
            way.take_while(|node| *node != 0).map(|node| self.name(node).as_bytes())
        };
        let root = root.as_os_str().as_bytes();
        let slashes = up().count().saturating_sub(usize::from(root.is_empty() || root.ends_with(b"/")));
        let mut path = vec![b'/'; root.len() + slashes + up().map(<[u8]>::len).sum::<usize>()];
        path[..root.len()].copy_from_slice(root);
        let mut end = path.len();
        for name in up() {
            path[end - name.len()..end].copy_from_slice(name);
            end = end.saturating_sub(name.len() + 1);
        }
        OsString::from_vec(path).into()
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
        let marks = self.marks.get(node as usize).filter(|marks| !marks.is_unreadable() && !marks.is_not_opened())?;
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

    /// Counts the directories into which this program could not look, for want of descriptors.
    pub(in crate::project::tree) fn not_opened(&self) -> u64 {
        self.marks.iter().filter(|marks| marks.is_not_opened()).count() as u64
    }

    /// All names of the files that have several in this tree (hard links), where those were asked for.
    #[must_use]
    pub fn second_names(&self) -> &[FileName] {
        &self.second_names
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

    /// The first directories, in preorder, that lie on another file system than what holds them.
    pub(in crate::project::tree) fn mounts(&self) -> impl Iterator<Item = Node> {
        let all = if self.devices.len() > 1 { self.all() } else { 0..0 };
        all.filter(|node| self.is_mount(*node))
    }

    /// Takes the sizes over from the walkers' keys to the directories' own.
    pub(in crate::project::tree) fn by_id(&self, bytes: HashMap<(u32, u64), u64>) -> HashMap<DirectoryId, u64> {
        let id = |(device, inode): (u32, u64)| Some(DirectoryId { device: *self.devices.get(device as usize)?, inode });
        bytes.into_iter().filter_map(|(key, bytes)| Some((id(key)?, bytes))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_root_and_the_names_below_it() {
        for root in ["/", "/home", "/home/", "far", ""] {
            // The root, `a` in it, `b c` in that.
            let (name_starts, parents) = (vec![0, 0, 1, 4], vec![0, 0, 1]);
            let index = Index { root: root.into(), names: b"ab c".into(), name_starts, parents, ..Index::default() };
            let mut expected = PathBuf::from(root);
            for (node, name) in [(0, ""), (1, "a"), (2, "b c")] {
                if node > 0 {
                    expected.push(name);
                }
                assert_eq!(index.path(node).into_os_string(), expected.clone().into_os_string(), "{root:?} {node}");
            }
        }
    }
}
