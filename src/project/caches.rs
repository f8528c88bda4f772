//! The caches of a project, with the directories and the bytes that would be freed.

use super::tree::{CacheFacts, Depth, Index, Inventory, Node};
use crate::guarded;
use crate::progress::{Cancelled, Progress};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

pub use super::tree::CacheKind;

/// One cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    /// The real path.
    pub path: PathBuf,
    /// The maker of the cache.
    pub kind: CacheKind,
    /// Directories in it, itself included; 0 for a file.
    pub directories: u64,
    /// Entries in it; 1 for a file.
    pub files: u64,
    /// Bytes on the disk.
    pub bytes: u64,
    /// Whether it lies in a virtual environment or in `node_modules`.
    pub inside_environment: bool,
    /// Whether it can go without harm and with some use. Not so: `*.egg-info`, which makes an editable install work; a
    /// `*.pyc` whose source is not beside it, which may be the only copy; Python's caches in an environment, which come
    /// back with the next import of each package.
    pub ticked: bool,
}

/// Caches that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caches {
    /// The caches, by path. None contains another.
    pub items: Vec<Cache>,
    /// Directories that could not be read: there may be more caches in them.
    pub unreadable: u64,
    /// Caches that are mount points or hold one, such as the volumes of a dev container: they are left alone. Real paths.
    pub mounted: Vec<PathBuf>,
}

impl Cache {
    const fn of(path: PathBuf, kind: CacheKind, inside_environment: bool) -> Self {
        let comes_back = inside_environment && matches!(kind, CacheKind::PythonBytecode);
        let ticked = !comes_back && !matches!(kind, CacheKind::EggInfo);
        Self { path, kind, directories: 0, files: 0, bytes: 0, inside_environment, ticked }
    }
}

impl Caches {
    /// The caches in an inventory that was taken [`Depth::WithCaches`]; `None` for another one.
    #[must_use]
    pub fn of(inventory: &Inventory) -> Option<Self> {
        let (index, facts) = (inventory.index()?, inventory.caches.as_ref()?);
        if index.all().is_empty() {
            return Some(Self { unreadable: 1, ..Self::default() });
        }
        let mut found = Self::default();
        let mounts = guarded::mounts_inside(index.real_root());
        // The ends of the subtrees that are environments or lie in one, and of what is passed over.
        let (mut environment_end, mut skipped_end) = (0, 0);
        for node in index.all() {
            if node < skipped_end {
                continue;
            }
            let end = index.subtree(node).end;
            let parent = index.name(index.parent(node)).as_bytes();
            let inside_environment = node < environment_end;
            match CacheKind::of_folder(index.name(node).as_bytes(), parent == b"node_modules") {
                Some(_) if node != 0 && holds_mount(&index.real_path(node), &mounts) => {
                    found.mounted.push(index.real_path(node));
                    skipped_end = end;
                }
                Some(kind) if node != 0 => {
                    let mut cache = Cache::of(index.real_path(node), kind, inside_environment);
                    measure(&mut cache, index, node, facts);
                    found.items.push(cache);
                    skipped_end = end;
                }
                _ if index.name(node) == ".git" && node != 0 => skipped_end = end,
                _ => {
                    found.unreadable += u64::from(index.is_unreadable(node));
                    if index.is_environment(node) || folder_name(index, node) == Some(OsStr::new("node_modules")) {
                        environment_end = environment_end.max(end);
                    }
                }
            }
        }
        let stray = facts.stray_bytecode.iter().filter_map(|file| stray(index, file));
        found.items.extend(stray);
        found.mounted.sort();
        found.items.sort_by(|one, other| one.path.cmp(&other.path));
        Some(found)
    }
}

/// Looks through a project for its caches alone.
///
/// # Errors
/// [`Cancelled`] only; what cannot be read is part of the result.
pub fn find(project: &Path, progress: &Progress) -> Result<Caches, Cancelled> {
    let inventory = Inventory::take(project, Depth::WithCaches, progress)?;
    Ok(Caches::of(&inventory).unwrap_or_default())
}

/// Tells whether something is mounted on a folder or below it.
fn holds_mount(folder: &Path, mounts: &[PathBuf]) -> bool {
    mounts.iter().any(|mount| mount.starts_with(folder))
}

/// A directory's name, the root's too.
fn folder_name(index: &Index, node: Node) -> Option<&OsStr> {
    if node == 0 { index.real_root().file_name() } else { Some(index.name(node)) }
}

/// Counts what the cache holds, links not followed.
fn measure(cache: &mut Cache, index: &Index, node: Node, facts: &CacheFacts) {
    let range = index.subtree(node);
    (cache.directories, cache.files) = (index.directories(&range), index.files(&range));
    cache.bytes = range.filter_map(|node| facts.bytes.get(&index.id(node)?)).sum();
}

/// A compiled module outside of `__pycache__`; `None` where it is gone by now.
fn stray(index: &Index, file: &Path) -> Option<Cache> {
    let below = file.strip_prefix(index.root()).ok()?;
    let path = index.real_root().join(below);
    let bytes = guarded::about_link(&path).ok()?.bytes_on_disk;
    let holder = index.find(path.parent()?)?;
    let up = std::iter::successors(Some(holder), |node| (*node != 0).then(|| index.parent(*node)));
    let is_environment =
        |node| index.is_environment(node) || folder_name(index, node) == Some(OsStr::new("node_modules"));
    let inside_environment = up.into_iter().any(is_environment);
    let ticked = !inside_environment && guarded::is_file(&path.with_extension("py"));
    Some(Cache { files: 1, bytes, ticked, ..Cache::of(path, CacheKind::StrayBytecode, inside_environment) })
}
