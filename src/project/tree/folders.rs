//! The folders by weight, out of the index: as many as a treemap can use.

use super::Folder;
use super::index::{Index, Node};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Folders kept at most. A treemap shows a few hundred; the rest is for choosing among them.
const MOST_FOLDERS: usize = 5_000;

/// Sub-folders of one folder kept at most.
const MOST_CHILDREN: usize = 256;

/// Folders deeper than this are only figures of the one above: nobody recognises them, and nesting stays shallow
/// enough to be walked and dropped by recursion.
const DEEPEST: u32 = 16;

/// A folder that may be kept; the heaviest is the greatest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    directories: u64,
    files: u64,
    /// The earlier one of two alike.
    node: Reverse<Node>,
    depth: u32,
    /// Position of the folder that holds it among those kept.
    parent: usize,
}

/// Takes the heaviest folders, each after the one that holds it.
pub(super) fn heaviest(index: &Index) -> Folder {
    let mut kept: Vec<(Folder, usize)> = Vec::new();
    let mut waiting = BinaryHeap::new();
    if !index.all().is_empty() {
        waiting.push(candidate(index, 0, 0, 0));
    }
    while let Some(next) = waiting.pop() {
        let (node, place) = (next.node.0, kept.len());
        if next.depth < DEEPEST {
            waiting.extend(children(index, node, next.depth + 1, place));
        }
        let name = index.name(node).to_owned();
        let folder = Folder { name, directories: next.directories, files: next.files, children: Vec::new() };
        kept.push((folder, next.parent));
        if kept.len() == MOST_FOLDERS {
            break;
        }
    }
    into_tree(kept)
}

fn candidate(index: &Index, node: Node, depth: u32, parent: usize) -> Candidate {
    let range = index.subtree(node);
    let (directories, files) = (index.directories(&range), index.files(&range));
    Candidate { directories, files, node: Reverse(node), depth, parent }
}

fn children(index: &Index, node: Node, depth: u32, parent: usize) -> Vec<Candidate> {
    let all = index.children(node).map(|child| candidate(index, child, depth, parent));
    let mut children: Vec<Candidate> = all.filter(|child| child.directories > 0).collect();
    if children.len() > MOST_CHILDREN {
        children.sort_unstable_by(|one, other| other.cmp(one));
        children.truncate(MOST_CHILDREN);
    }
    children
}

/// Puts each folder into the one that holds it, which stands before it.
fn into_tree(mut kept: Vec<(Folder, usize)>) -> Folder {
    while kept.len() > 1 {
        let Some((mut folder, parent)) = kept.pop() else { break };
        folder.children.reverse();
        kept[parent].0.children.push(folder);
    }
    let mut root = kept.pop().map(|(root, _)| root).unwrap_or_default();
    root.children.reverse();
    root
}
