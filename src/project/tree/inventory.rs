//! The inventory of a project: everything that a walk through its tree has to tell, taken once. Whoever wants to know
//! how many directories lie where, which files are there or which directories an app misses asks it, without a further
//! look at the disk.

use super::crew::Asked;
use super::directory::DirectoryId;
use super::index::{Index, Node};
use super::links::{self, Link};
use super::walk::{Walked, walk};
use super::{TreeCount, folders};
use crate::progress::{Cancelled, Progress};
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Number of examples of each problem that are kept.
const EXAMPLES: usize = 20;

/// Degrees of what is looked for besides directories and files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// The facts that a diagnosis needs.
    #[default]
    Usual,
    /// The sizes of caches as well: a `stat` for each file in them.
    WithCaches,
}

/// Findings in a project and in folders outside that are watched with it.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// The project's tree first, then roots outside of it.
    trees: Vec<Index>,
    /// The count of the project's tree.
    pub tree: TreeCount,
    /// Python files that people wrote, those nearest to the root first.
    pub python: Vec<PathBuf>,
    /// Files in which commands stand, likewise.
    pub commands: Vec<PathBuf>,
    /// Files that may be launch scripts: in the project's folder or in one right below.
    pub launch_scripts: Vec<PathBuf>,
    /// Log files.
    pub logs: Vec<PathBuf>,
    /// Symbolic links, those nearest to the root first.
    pub links: Vec<PathBuf>,
    /// Files of people's own whose names begin with a dot, likewise.
    pub hidden_files: Vec<PathBuf>,
    /// Facts of caches, where they were asked for.
    pub(in crate::project) caches: Option<CacheFacts>,
    /// Whether files with several names are known.
    second_names: bool,
    /// The same with what they lead to, where that was asked for.
    pub(super) followed: OnceLock<Vec<Link>>,
    /// Roots outside that are not there or do not answer.
    missing: Vec<PathBuf>,
}

/// Facts that only caches need.
#[derive(Clone, Debug, Default)]
pub(in crate::project) struct CacheFacts {
    /// `*.pyc` outside of `__pycache__`.
    pub(in crate::project) stray_bytecode: Vec<PathBuf>,
    /// Bytes on the disk in each directory of a cache.
    pub(in crate::project) bytes: HashMap<DirectoryId, u64>,
}

/// Parts of an inventory's trees, none of which overlaps another.
#[derive(Clone, Debug)]
pub struct Union<'a>(Vec<(&'a Index, Vec<Range<Node>>)>);

impl Inventory {
    /// Follows the project's links, once. One into a file system that does not answer leads nowhere.
    #[must_use]
    pub fn resolve_links(&self) -> &[Link] {
        self.followed.get_or_init(|| self.follow_links())
    }

    fn follow_links(&self) -> Vec<Link> {
        let Some(index) = self.index() else { return Vec::new() };
        self.links.iter().filter_map(|link| links::resolve(link, index.root(), index.real_root())).collect()
    }

    /// Walks a project.
    ///
    /// # Errors
    /// [`Cancelled`] only; what cannot be read is part of the result.
    pub fn take(root: &Path, depth: Depth, progress: &Progress) -> Result<Self, Cancelled> {
        Self::taken(root, Asked { caches: depth == Depth::WithCaches, second_names: false }, progress)
    }

    /// The same with the files that have several names, for watchers that watch files: the kernel has one watch for a
    /// file however many names it has.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn take_with_second_names(root: &Path, depth: Depth, progress: &Progress) -> Result<Self, Cancelled> {
        Self::taken(root, Asked { caches: depth == Depth::WithCaches, second_names: true }, progress)
    }

    fn taken(root: &Path, asked: Asked, progress: &Progress) -> Result<Self, Cancelled> {
        let Walked { index, notable, cache_bytes, unresponsive } = walk(root, &[], asked, progress)?;
        let caches = CacheFacts { stray_bytecode: notable.stray_bytecode.into_paths(), bytes: cache_bytes };
        Ok(Self {
            tree: count(root, &index, unresponsive),
            trees: vec![index],
            python: notable.python.into_paths(),
            commands: notable.commands.into_paths(),
            launch_scripts: notable.launch_scripts.into_paths(),
            logs: notable.logs.into_paths(),
            links: notable.links.into_paths(),
            hidden_files: notable.hidden.into_paths(),
            caches: asked.caches.then_some(caches),
            second_names: asked.second_names,
            followed: OnceLock::new(),
            missing: Vec::new(),
        })
    }

    /// The directories of the project.
    #[must_use]
    pub fn index(&self) -> Option<&Index> {
        self.trees.first()
    }

    /// Walks those of `roots` that are in none of the trees yet. They are resolved paths.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn cover(&mut self, roots: &[&Path], progress: &Progress) -> Result<(), Cancelled> {
        // Outer roots first; an inner one is walked by itself only where the outer one's walk does not come by.
        let mut roots = roots.to_vec();
        roots.sort_by_key(|root| root.components().count());
        for root in roots {
            if self.find(root).is_none() && !self.missing.iter().any(|missing| missing == root) {
                let known: Vec<&Path> = self.trees.iter().map(Index::real_root).collect();
                let asked = Asked { caches: false, second_names: self.second_names };
                let index = walk(root, &known, asked, progress)?.index;
                if index.all().is_empty() {
                    self.missing.push(root.to_path_buf());
                } else {
                    self.trees.push(index);
                }
            }
        }
        Ok(())
    }

    /// Looks up a resolved path; where trees overlap, in the outermost one.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<(&Index, Node)> {
        let found = self.trees.iter().filter_map(|tree| Some((tree, tree.find(path)?)));
        found.min_by_key(|(tree, _)| tree.real_root().as_os_str().len())
    }

    /// The directories that are in any of these folders, each once. Folders that were not covered count for nothing.
    #[must_use]
    pub fn union(&self, folders: &[&Path]) -> Union<'_> {
        let found = folders.iter().filter_map(|folder| self.find(folder));
        let mut ranges: Vec<(&Index, Range<Node>)> = found.map(|(tree, node)| (tree, tree.subtree(node))).collect();
        // The larger first of two that begin alike; one inside another falls away.
        ranges.sort_by_key(|(tree, range)| (tree.real_root(), range.start, std::cmp::Reverse(range.end)));
        let mut union: Vec<(&Index, Vec<Range<Node>>)> = Vec::new();
        for (tree, range) in ranges {
            match union.last_mut().filter(|(last, _)| std::ptr::eq(*last, tree)) {
                Some((_, ranges)) if ranges.last().is_some_and(|last| range.start < last.end) => {}
                Some((_, ranges)) => ranges.push(range),
                None => union.push((tree, vec![range])),
            }
        }
        Union(union)
    }
}

impl<'a> Union<'a> {
    /// The watches that all of it takes.
    #[must_use]
    pub fn watches(&self) -> u64 {
        self.0.iter().map(|(tree, ranges)| tree.watches(ranges)).sum()
    }

    /// Directories that take no watch.
    #[must_use]
    pub fn without_watch(&self) -> u64 {
        let ranges = self.0.iter().flat_map(|(tree, ranges)| ranges.iter().map(move |range| (tree, range)));
        ranges.map(|(tree, range)| tree.without_watch(range)).sum()
    }

    /// The directories that take a watch, in preorder.
    pub fn watched(&self) -> impl Iterator<Item = (&'a Index, Node)> {
        self.0.iter().flat_map(|(tree, ranges)| tree.watched(ranges).map(move |node| (*tree, node)))
    }
}

fn count(root: &Path, index: &Index, unresponsive: Vec<PathBuf>) -> TreeCount {
    let all = index.all();
    let examples = |nodes: &mut dyn Iterator<Item = Node>| nodes.take(EXAMPLES).map(|node| index.path(node)).collect();
    TreeCount {
        root: root.to_path_buf(),
        directories: index.directories(&all),
        files: index.files(&all),
        unreadable: index.without_watch(&all),
        unreadable_examples: examples(&mut index.problems().iter().copied()),
        mounts: examples(&mut index.mounts()),
        unresponsive,
        not_opened: index.not_opened(),
        folders: folders::heaviest(index),
    }
}
