//! The directory tree, counted as watchdog counts it: one watch per directory, links to directories not followed.
//!
//! `walk` sends a `crew` of walkers through a tree, each directory opened once; `index` has the directories in order,
//! and [`Inventory`] answers everybody who wants to know something about them.

mod crew;
mod descriptors;
mod directory;
mod folders;
mod found;
mod heaviest;
mod index;
mod inventory;
mod level;
mod links;
mod mounts;
mod notable;
mod tally;
mod walk;
mod walker;

use crate::progress::{Cancelled, Progress};
pub use directory::{DirectoryId, kernel_device};
pub use index::{FileName, Index, Node};
pub(in crate::project) use inventory::CacheFacts;
pub use inventory::{Depth, Inventory, Union};
pub use links::{Link, LinkTarget};
pub use notable::CacheKind;
use std::path::{Path, PathBuf};

/// Counts of what a tree holds, or nothing where `root` is no directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeCount {
    /// The folder that was counted.
    pub root: PathBuf,
    /// Directories, the root itself included, links not: what `find -type d` lists. A directory that shows in two
    /// places through a bind mount counts once, as the kernel gives it one watch.
    pub directories: u64,
    /// Entries of any other kind: files, links, sockets …
    pub files: u64,
    /// Directories among `directories` that take no watch: those that may not be read (they hide what is below
    /// them), those in a folder that may be read but not searched, and those whose path is longer than the 4,095
    /// bytes the kernel takes. The watches for the tree are `directories - unreadable`.
    pub unreadable: u64,
    /// The first few of them.
    pub unreadable_examples: Vec<PathBuf>,
    /// File systems mounted inside (`st_dev` changes), which were counted too.
    pub mounts: Vec<PathBuf>,
    /// Folders that did not answer in time (a dead network mount) and were left out.
    pub unresponsive: Vec<PathBuf>,
    /// Directories into which this program could not look because too many files were open; they are counted, and what
    /// is in them is not.
    pub not_opened: u64,
    /// The folders by weight, nested: for the treemap and `heaviest`. Bounded in size.
    pub folders: Folder,
}

/// One folder of the summary: its whole subtree's figures and its heaviest sub-folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// File name; the root's is empty.
    pub name: std::ffi::OsString,
    /// Directories in the subtree, this one included.
    pub directories: u64,
    /// Entries of other kinds in the subtree.
    pub files: u64,
    /// The heaviest sub-folders, most directories first. What is not named here is still in the figures above.
    pub children: Vec<Folder>,
}

/// One heavy subtree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heavy {
    /// The path relative to the tree's root.
    pub path: PathBuf,
    /// Directories in it, itself included.
    pub directories: u64,
    /// Entries of other kinds in it.
    pub files: u64,
}

/// The size class of interface.md, by number of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// Trees of fewer than 1,000 files.
    Small,
    /// Trees of 1,000 to 10,000 files.
    Medium,
    /// Trees of more than 10,000 files.
    Large,
}

impl TreeCount {
    /// Walks `root`, for its count alone.
    ///
    /// # Errors
    /// [`Cancelled`] only; what cannot be read is part of the result.
    pub fn walk(root: &Path, progress: &Progress) -> Result<Self, Cancelled> {
        Inventory::take(root, Depth::Usual, progress).map(|inventory| inventory.tree)
    }

    /// The watches that a recursive watch on the root takes: one per directory that can be read.
    #[must_use]
    pub const fn watches(&self) -> u64 {
        self.directories - self.unreadable
    }

    /// The size class.
    #[must_use]
    pub const fn size(&self) -> Size {
        match self.files {
            0..1_000 => Size::Small,
            1_000..=10_000 => Size::Medium,
            _ => Size::Large,
        }
    }

    /// The heaviest subtrees, most directories first, at most `most`: folders that people recognise and could do
    /// something about, none of which contains another.
    #[must_use]
    pub fn heaviest(&self, most: usize) -> Vec<Heavy> {
        heaviest::heaviest(&self.folders, most)
    }
}
