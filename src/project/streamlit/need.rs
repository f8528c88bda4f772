//! Counts the watches that a set of roots takes: their sum for watchdog 6 and earlier, their union since 7.

use super::app::Loaded;
use super::rules::Rules;
use super::{Launch, Need, RootReason, WatchRoot, paths};
use crate::guarded;
use crate::project::tree::Inventory;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Counts roots that the inventory covers.
pub(super) fn count(
    roots: Vec<(PathBuf, RootReason)>,
    new_folders: &BTreeSet<PathBuf>,
    rules: Rules,
    inventory: &Inventory,
) -> Need {
    let folders: Vec<&Path> = roots.iter().map(|(folder, _)| folder.as_path()).collect();
    let new_in =
        |roots: &[&Path]| count_of(new_folders.iter().filter(|new| roots.iter().any(|root| new.starts_with(root))));
    let all = inventory.union(&folders);
    let (union, unreadable) = (all.watches() + new_in(&folders), all.without_watch());
    let directories: Vec<u64> =
        folders.iter().map(|root| inventory.union(&[root]).watches() + new_in(&[root])).collect();
    let roots: Vec<WatchRoot> = roots
        .into_iter()
        .zip(directories)
        .filter(|(_, directories)| *directories > 0)
        .map(|((path, because), directories)| WatchRoot { path, directories, because, certain: true })
        .collect();
    let (watches, instances) = if rules.one_instance {
        (union, 1)
    } else {
        (roots.iter().map(|root| root.directories).sum(), count_of(roots.iter()))
    };
    Need { watches, instances, roots, estimate: rules.is_estimate(), unreadable, ..Need::default() }
}

impl Need {
    /// Takes over what the app needs at least.
    pub(super) fn is_at_least(&mut self, other: &Self) {
        self.at_least = (other.watches < self.watches).then_some(other.watches);
        self.instances_at_least = (other.instances < self.instances).then_some(other.instances);
        for root in &mut self.roots {
            root.certain = other.roots.iter().any(|certain| certain.path == root.path);
        }
    }

    /// The folders that are watched for sure.
    pub fn certain_roots(&self) -> impl Iterator<Item = &WatchRoot> {
        self.roots.iter().filter(|root| root.certain)
    }

    /// The watches that it takes at least.
    #[must_use]
    pub fn least(&self) -> u64 {
        self.at_least.unwrap_or(self.watches)
    }
}

fn count_of<T>(items: impl Iterator<Item = T>) -> u64 {
    items.fold(0, |count, _| count + 1)
}

/// The folders that a run of the app makes, where they are not there yet: those of its own, and `__pycache__` beside the
/// modules that Python compiles.
pub(super) fn folders_to_come(launch: &Launch, app: &Loaded) -> BTreeSet<PathBuf> {
    let mut all: BTreeSet<PathBuf> = app.folders.iter().flat_map(|made| missing(&paths::real(made))).collect();
    let set = |name: &str| launch.variables.get(OsStr::new(name)).is_some_and(|value| !value.is_empty());
    if set("PYTHONDONTWRITEBYTECODE") || set("PYTHONPYCACHEPREFIX") {
        return all;
    }
    let folders: BTreeSet<PathBuf> = app.compiled.iter().map(|file| paths::real(&paths::folder(file))).collect();
    let may_write = |folder: &PathBuf| guarded::may_write(folder);
    let caches = folders.into_iter().filter(may_write).map(|folder| folder.join("__pycache__"));
    all.extend(caches.filter(|cache| !guarded::exists(cache)));
    all
}

/// A folder with those above it, as far as they are not there.
fn missing(folder: &Path) -> Vec<PathBuf> {
    folder.ancestors().take_while(|folder| !guarded::exists(folder)).map(Path::to_path_buf).collect()
}
