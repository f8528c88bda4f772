//! The part of the file system that a watcher watches, counted in the project's inventory.

use super::Exclusions;
use crate::progress::{Cancelled, Progress};
use crate::project::Inventory;
use crate::project::tree::{Index, Link, LinkTarget, Node};
use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The part of the file system that a watcher watches.
#[derive(Clone, Debug, Default)]
pub struct WatchScope {
    /// The folders watched recursively, links resolved.
    pub roots: Vec<PathBuf>,
    /// Folders and files that are left out.
    pub excluded: Exclusions,
    /// Whether files take a watch, too.
    pub files_too: bool,
    /// Whether links are followed.
    pub follows_links: bool,
    /// Whether only the roots themselves are watched, nothing below.
    pub flat: bool,
    /// Whether each folder above the roots takes a watch as well.
    pub above: bool,
    /// Whether the watcher leaves the rest of a root once it meets a folder that it may not read.
    pub stops_at_unreadable: bool,
}

/// One folder watched recursively.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedRoot {
    /// The folder.
    pub path: PathBuf,
    /// Watches for it and what is below; what several roots share counts in each.
    pub watches: u64,
}

/// The watches of a scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeCount {
    /// Watches, every directory and file once.
    pub watches: u64,
    /// Watches of the roots themselves and of what is above them.
    pub fewest: u64,
    /// Whether `watches` is exact; otherwise it is the most.
    pub certain: bool,
    /// The roots.
    pub roots: Vec<WatchedRoot>,
}

/// Loops of links into links that are followed.
const MOST_ROUNDS: usize = 8;

impl WatchScope {
    /// Counts the watches. Roots that are not there count for nothing.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn count(&self, inventory: &mut Inventory, progress: &Progress) -> Result<ScopeCount, Cancelled> {
        let roots: Vec<&Path> = self.roots.iter().map(PathBuf::as_path).collect();
        inventory.cover(&roots, progress)?;
        let follows = self.follows_links || self.files_too;
        let links = if follows { inventory.resolve_links().to_vec() } else { Vec::new() };
        if self.follows_links {
            let targets = self.outside(inventory, &links);
            inventory.cover(&targets.iter().map(PathBuf::as_path).collect::<Vec<_>>(), progress)?;
        }
        progress.check()?;
        Ok(self.count_in(inventory, &links))
    }

    /// Counts the watches of roots that the inventory covers.
    #[must_use]
    pub fn count_in(&self, inventory: &Inventory, links: &[Link]) -> ScopeCount {
        let each = self.roots.iter().map(|root| {
            let watches = self.watched(inventory, std::slice::from_ref(root), links);
            WatchedRoot { path: root.clone(), watches }
        });
        let roots: Vec<WatchedRoot> = each.filter(|root| root.watches > 0).collect();
        let above = if self.above { folders_above(&self.roots) } else { 0 };
        let watches = match &roots[..] {
            [only] => only.watches,
            _ => self.watched(inventory, &self.roots, links),
        };
        // A pattern may name any of the files, which the inventory has no names of.
        let certain = !(self.may_stop(inventory) || self.files_too && self.excluded.may_name_files());
        let fewest = if certain { roots.len() as u64 + above } else { 1 };
        ScopeCount { watches: watches + above, fewest, certain, roots }
    }

    /// Tells whether it may stop before it has seen a whole root: where, goes by the order in which folders are listed.
    fn may_stop(&self, inventory: &Inventory) -> bool {
        let mut found = self.roots.iter().filter_map(|root| inventory.find(root));
        self.stops_at_unreadable && found.any(|(index, node)| index.subtree(node).any(|node| index.is_unreadable(node)))
    }

    /// Folders outside of all trees that links lead to. A link to a folder above the project would lead round in
    /// circles over the whole disk.
    fn outside(&self, inventory: &Inventory, links: &[Link]) -> Vec<PathBuf> {
        let project = inventory.index().map(|index| index.real_root().to_path_buf()).unwrap_or_default();
        let targets = links.iter().filter_map(|link| match &link.target {
            LinkTarget::Directory(target) if !self.hides(&link.path(), &project) => Some(target),
            LinkTarget::Directory(_) | LinkTarget::File(_) | LinkTarget::Nothing => None,
        });
        let unknown = targets.filter(|target| inventory.find(target).is_none() && !project.starts_with(target));
        unknown.cloned().collect::<HashSet<_>>().into_iter().collect()
    }

    /// Tells whether a path below the project, or a folder on the way to it, is left out.
    fn hides(&self, path: &Path, project: &Path) -> bool {
        let way = path.ancestors().take_while(|part| *part != project);
        way.filter_map(|part| Some((part.file_name()?, part)))
            .any(|(name, part)| self.excluded.leaves_out(name, project, part))
    }

    /// Counts what these roots take together.
    fn watched(&self, inventory: &Inventory, roots: &[PathBuf], links: &[Link]) -> u64 {
        let mut kept = Kept::default();
        for root in roots {
            let Some((index, node)) = inventory.find(root) else { continue };
            if self.flat {
                kept.add(index, node..node + 1);
            } else {
                self.descend(index, node, root, root, &mut kept);
            }
        }
        if self.follows_links && !self.flat {
            self.follow(inventory, links, &mut kept);
        }
        let files = if self.files_too { self.files(inventory, links, &kept) } else { 0 };
        kept.watches() + files
    }

    /// Adds a directory with what is below it and not left out. It is watched as `path` below `root`, which differs from
    /// where it lies when a link leads to it.
    fn descend<'a>(&self, index: &'a Index, top: Node, root: &Path, path: &Path, kept: &mut Kept<'a>) {
        let Range { start, end } = index.subtree(top);
        let (mut from, mut node) = (start, start + 1);
        let mut at = WayDown { path: path.to_path_buf(), ends: Vec::new() };
        while node < end {
            at.enter(index, node);
            if self.excluded.leaves_out(index.name(node), root, &at.path) {
                kept.add(index, from..node);
                node = index.subtree(node).end;
                from = node;
            } else {
                node += 1;
            }
        }
        kept.add(index, from..end);
    }

    /// Adds the folders that links in what is watched lead to.
    fn follow<'a>(&self, inventory: &'a Inventory, links: &[Link], kept: &mut Kept<'a>) {
        for _ in 0..MOST_ROUNDS {
            let before = kept.watches();
            for link in links {
                let LinkTarget::Directory(target) = &link.target else { continue };
                let (Some((index, folder)), Some((to, node))) = (inventory.find(&link.folder), inventory.find(target))
                else {
                    continue;
                };
                let root = index.real_root();
                if kept.contains(index, folder) && !self.excluded.leaves_out(&link.name, root, &link.path()) {
                    self.descend(to, node, root, &link.path(), kept);
                }
            }
            if kept.watches() == before {
                return;
            }
        }
    }

    /// Counts the files, each once: a link counts as what it leads to, a broken one for nothing.
    fn files(&self, inventory: &Inventory, links: &[Link], kept: &Kept<'_>) -> u64 {
        let mut files = kept.files();
        let mut elsewhere = HashSet::new();
        for link in links {
            let Some((index, folder)) = inventory.find(&link.folder) else { continue };
            if !kept.contains(index, folder) {
                continue;
            }
            let left_out = self.excluded.leaves_out(&link.name, index.real_root(), &link.path());
            let counts_itself = match &link.target {
                LinkTarget::File(target) if !left_out => {
                    let inside = target.parent().and_then(|parent| inventory.find(parent));
                    !inside.is_some_and(|(index, node)| kept.contains(index, node)) && elsewhere.insert(target)
                }
                LinkTarget::File(_) | LinkTarget::Directory(_) | LinkTarget::Nothing => false,
            };
            files = files.saturating_sub(u64::from(!counts_itself));
        }
        if self.excluded.leaves_hidden_out() {
            let folders = inventory.hidden_files.iter().filter_map(|file| inventory.find(&real(inventory, file)?));
            let hidden = folders.filter(|(index, node)| kept.contains(index, *node)).fold(0, |count, _| count + 1);
            files = files.saturating_sub(hidden);
        }
        files.saturating_sub(self.further_names(kept))
    }

    /// Counts the names of watched files beyond the first one of each: the kernel has one watch for a file.
    fn further_names(&self, kept: &Kept<'_>) -> u64 {
        let mut seen = HashSet::new();
        let mut further = 0;
        for (index, _) in &kept.0 {
            let shown = |hidden: bool| !(hidden && self.excluded.leaves_hidden_out());
            let names = index.second_names().iter();
            let watched = names.filter(|name| shown(name.hidden) && kept.contains(index, name.folder));
            further += watched.filter(|name| !seen.insert(name.file)).fold(0, |count, _| count + 1);
        }
        further
    }
}

/// The real folder of a file that was found below the project's root as it was given.
fn real(inventory: &Inventory, file: &Path) -> Option<PathBuf> {
    let index = inventory.index()?;
    Some(index.real_root().join(file.parent()?.strip_prefix(index.root()).ok()?))
}

fn folders_above(roots: &[PathBuf]) -> u64 {
    let above: HashSet<&Path> = roots.iter().flat_map(|root| root.ancestors().skip(1)).collect();
    above.into_iter().filter(|folder| !roots.iter().any(|root| root == folder)).fold(0, |count, _| count + 1)
}

/// The way down to a directory, as a watcher names it.
struct WayDown {
    path: PathBuf,
    /// Ends of the subtrees that are being walked through.
    ends: Vec<Node>,
}

impl WayDown {
    fn enter(&mut self, index: &Index, node: Node) {
        while self.ends.last().is_some_and(|end| *end <= node) {
            self.ends.pop();
            self.path.pop();
        }
        self.path.push(index.name(node));
        self.ends.push(index.subtree(node).end);
    }
}

/// Parts of trees that are watched, none of which overlaps another.
#[derive(Default)]
struct Kept<'a>(Vec<(&'a Index, Vec<Range<Node>>)>);

impl<'a> Kept<'a> {
    fn add(&mut self, index: &'a Index, range: Range<Node>) {
        if range.is_empty() {
            return;
        }
        let at = self.0.iter().position(|(known, _)| std::ptr::eq(*known, index));
        let at = at.unwrap_or_else(|| {
            self.0.push((index, Vec::new()));
            self.0.len() - 1
        });
        let ranges = &mut self.0[at].1;
        // Nearly always behind all others; where links lead back, what overlaps becomes one.
        if ranges.last().is_none_or(|last| last.end < range.start) {
            ranges.push(range);
            return;
        }
        ranges.push(range);
        ranges.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<Node>> = Vec::with_capacity(ranges.len());
        for range in ranges.drain(..) {
            match merged.last_mut().filter(|last| range.start <= last.end) {
                Some(last) => last.end = last.end.max(range.end),
                None => merged.push(range),
            }
        }
        *ranges = merged;
    }

    fn contains(&self, index: &Index, node: Node) -> bool {
        let ranges = self.0.iter().find(|(known, _)| std::ptr::eq(*known, index)).map(|(_, ranges)| ranges);
        ranges.is_some_and(|ranges| {
            let before = ranges.partition_point(|range| range.start <= node);
            before > 0 && ranges[before - 1].contains(&node)
        })
    }

    fn watches(&self) -> u64 {
        self.0.iter().map(|(index, ranges)| index.watches(ranges)).sum()
    }

    fn files(&self) -> u64 {
        self.0.iter().map(|(index, ranges)| ranges.iter().map(|range| index.files(range)).sum::<u64>()).sum()
    }
}
