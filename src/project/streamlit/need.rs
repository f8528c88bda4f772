//! Counts the watches that a set of roots takes: their sum for watchdog 6 and earlier, their union since 7.

use super::app::App;
use super::rules::Rules;
use super::{Launch, Need, RootReason, WatchRoot, paths};
use crate::progress::{Cancelled, Progress};
use crate::project::tree::walk::{self, Entry};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Counts, each directory read once even where roots lie in one another.
pub(super) fn count(
    roots: Vec<(PathBuf, RootReason)>,
    new_folders: &BTreeSet<PathBuf>,
    rules: Rules,
    progress: &Progress,
) -> Result<Need, Cancelled> {
    let folders: Vec<&Path> = roots.iter().map(|(folder, _)| folder.as_path()).collect();
    let mut directories: Vec<u64> =
        folders.iter().map(|root| count_of(new_folders.iter().filter(|new| new.starts_with(root)))).collect();
    let mut union = count_of(new_folders.iter().filter(|new| folders.iter().any(|root| new.starts_with(root))));
    let unreadable = visit_union(&folders, progress, &mut |entry, inside| {
        if entry.takes_watch() {
            union += 1;
            inside.iter().for_each(|root| directories[*root] += 1);
        }
    })?;
    let roots: Vec<WatchRoot> = roots
        .into_iter()
        .zip(directories)
        .filter(|(_, directories)| *directories > 0)
        .map(|((path, because), directories)| WatchRoot { path, directories, because })
        .collect();
    let (watches, instances) = if rules.one_instance {
        (union, 1)
    } else {
        (roots.iter().map(|root| root.directories).sum(), count_of(roots.iter()))
    };
    Ok(Need { watches, instances, roots, estimate: !rules.exact, unreadable })
}

fn count_of<T>(items: impl Iterator<Item = T>) -> u64 {
    items.fold(0, |count, _| count + 1)
}

/// Visits every directory of the roots once, with the places of the roots it is in. Gives the number of directories
/// that could not be read.
pub(super) fn visit_union(
    roots: &[&Path],
    progress: &Progress,
    visitor: &mut dyn FnMut(&Entry<'_>, &[usize]),
) -> Result<u64, Cancelled> {
    let mut met = vec![false; roots.len()];
    let mut unreadable = 0;
    // Outer roots first; an inner one is walked by itself only where the outer one's walk does not come by.
    let mut order: Vec<usize> = (0..roots.len()).collect();
    order.sort_by_key(|place| roots[*place].components().count());
    for place in order {
        if met[place] {
            continue;
        }
        let mut inside: Vec<(usize, usize)> = Vec::new();
        let problems = walk::visit(roots[place], progress, &mut |entry| {
            inside.retain(|(_, depth)| *depth < entry.depth);
            for (root, path) in roots.iter().enumerate() {
                // Only the few roots need comparing, and paths of other lengths differ at once.
                if path.as_os_str().len() == entry.path.as_os_str().len() && *path == entry.path {
                    met[root] = true;
                    inside.push((root, entry.depth));
                }
            }
            let active: Vec<usize> = inside.iter().map(|(root, _)| *root).collect();
            visitor(entry, &active);
        })?;
        unreadable += problems.unreadable;
    }
    Ok(unreadable)
}

/// The `__pycache__` folders that Python makes beside the modules it compiles, where they are not there yet.
pub(super) fn folders_to_come(launch: &Launch, app: &App) -> BTreeSet<PathBuf> {
    let set = |name: &str| launch.variables.get(OsStr::new(name)).is_some_and(|value| !value.is_empty());
    if set("PYTHONDONTWRITEBYTECODE") || set("PYTHONPYCACHEPREFIX") {
        return BTreeSet::new();
    }
    let folders: BTreeSet<PathBuf> = app.compiled.iter().map(|file| paths::real(&paths::folder(file))).collect();
    let may_write = |folder: &PathBuf| rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok();
    let caches = folders.into_iter().filter(may_write).map(|folder| folder.join("__pycache__"));
    caches.filter(|cache| !cache.exists()).collect()
}
