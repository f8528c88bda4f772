//! Directories of a project that a remedy would take away, or no longer watch: for a picture of it. Bounded: folders
//! that the tree's summary does not name count for the one above.

use super::caches::{self, Cache};
use super::offer::Case;
use super::watcher::times_watched;
use crate::guarded;
use crate::progress::{Cancelled, Progress};
use crate::project::Streamlit;
use crate::project::tree::Folder;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Remedies that could be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relieving {
    /// The caches that can go without harm go to the trash.
    Caches,
    /// The move of a folder out of what is watched.
    MoveAway(PathBuf),
    /// Streamlit polls, or does not watch at all.
    StopWatching,
}

/// The effect of a remedy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relief {
    /// The directories that would go.
    pub gone: Gone,
    /// Directories that go, or are no longer watched.
    pub directories: u64,
    /// Watches that the app takes less; `None` where it is not known what the app takes.
    pub watches: Option<u64>,
}

/// The directories that go, folder by folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// The folder goes with all that is in it.
    pub whole: bool,
    /// Directories that go in it, itself included.
    pub directories: u64,
    /// The folders inside of which something goes.
    pub inside: BTreeMap<OsString, Gone>,
}

impl Case {
    /// Returns what `relieving` would come to. `folders` is the summary of the project's tree. Looks for caches where
    /// the survey did not.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn relief(&self, relieving: &Relieving, folders: &Folder, progress: &Progress) -> Result<Relief, Cancelled> {
        let Some(root) = &self.root else { return Ok(Relief::default()) };
        let real = guarded::real_path(root).unwrap_or_else(|_| root.clone());
        let place =
            |path: &Path| path.strip_prefix(&real).or_else(|_| path.strip_prefix(root)).ok().map(Path::to_path_buf);
        let now = self.streamlit.as_ref();
        let (parts, watches): (Vec<(PathBuf, u64)>, Option<u64>) = match relieving {
            Relieving::Caches => {
                let found = self.caches(root, progress)?;
                let chosen: Vec<&Cache> =
                    found.items.iter().filter(|cache| cache.ticked && cache.directories > 0).collect();
                let watches = now.map(|now| caches::watches_freed(&chosen, now));
                (chosen.iter().map(|cache| (cache.path.clone(), cache.directories)).collect(), watches)
            }
            Relieving::MoveAway(path) => {
                let directories =
                    place(path).and_then(|place| find(folders, &place)).map_or(0, |found| found.directories);
                (vec![(path.clone(), directories)], now.map(|now| directories * times_watched(path, now)))
            }
            Relieving::StopWatching => (watched_parts(now, &real, folders), now.map(|now| now.need.watches)),
        };
        let mut gone = Gone::default();
        for (path, directories) in &parts {
            if let Some(place) = place(path) {
                gone.add(&place, *directories, folders);
            }
        }
        Ok(Relief { directories: gone.directories, gone, watches })
    }
}

/// The watched folders that are not inside another; all of it where the project lies inside one.
fn watched_parts(now: Option<&Streamlit>, root: &Path, folders: &Folder) -> Vec<(PathBuf, u64)> {
    let mut roots: Vec<(PathBuf, u64)> = Vec::new();
    for watched in now.into_iter().flat_map(|now| &now.need.roots) {
        if root.starts_with(&watched.path) {
            return vec![(root.to_path_buf(), folders.directories)];
        }
        roots.push((watched.path.clone(), watched.directories));
    }
    let outer = |path: &Path| !roots.iter().any(|(other, _)| other != path && path.starts_with(other));
    let mut parts: Vec<(PathBuf, u64)> = roots.iter().filter(|(path, _)| outer(path)).cloned().collect();
    parts.sort();
    parts.dedup();
    parts
}

fn find<'a>(folders: &'a Folder, place: &Path) -> Option<&'a Folder> {
    place.iter().try_fold(folders, |folder, name| folder.children.iter().find(|child| child.name == name))
}

impl Gone {
    /// Adds a folder that goes, as far down as the summary names its way.
    fn add(&mut self, place: &Path, directories: u64, folders: &Folder) {
        let (mut here, mut folder) = (self, folders);
        here.directories += directories;
        let mut names = place.iter();
        for name in names.by_ref() {
            let Some(child) = folder.children.iter().find(|child| child.name == name) else { return };
            here = here.inside.entry(name.to_owned()).or_default();
            here.directories += directories;
            folder = child;
        }
        here.whole = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::streamlit::{Need, RootReason, WatchRoot, Watcher};

    fn folder(name: &str, directories: u64, children: Vec<Folder>) -> Folder {
        Folder { name: name.into(), directories, files: 0, children }
    }

    fn watching(roots: &[(&str, u64)]) -> Streamlit {
        let root = |(path, directories): &(&str, u64)| WatchRoot {
            path: PathBuf::from(path),
            directories: *directories,
            because: RootReason::Script,
            certain: true,
        };
        let need = Need { watches: 60, instances: 1, roots: roots.iter().map(root).collect(), ..Need::default() };
        let (settings, config_files) = (Vec::new(), Vec::new());
        Streamlit {
            version: None,
            watchdog: None,
            watcher: Watcher::Watchdog,
            settings,
            config_files,
            need,
            stop: None,
        }
    }

    #[test]
    fn a_folder_goes_whole_and_counts_for_those_above() {
        let app = folder("app", 60, vec![folder("data", 30, vec![])]);
        let mut gone = Gone::default();
        gone.add(Path::new("app/data"), 30, &folder("", 100, vec![app]));
        let data = gone.inside.get(&OsString::from("app")).and_then(|app| app.inside.get(&OsString::from("data")));
        assert_eq!(data.map(|data| (data.whole, data.directories)), Some((true, 30)));
        assert_eq!((gone.whole, gone.directories), (false, 30));
    }

    #[test]
    fn what_the_summary_does_not_name_counts_for_the_folder_above() {
        let mut gone = Gone::default();
        let folders = folder("", 1_000, vec![folder("app", 900, vec![])]);
        for number in 0..500 {
            gone.add(Path::new(&format!("app/module-{number}/__pycache__")), 1, &folders);
        }
        let app = &gone.inside[&OsString::from("app")];
        assert_eq!((app.directories, app.whole, app.inside.len()), (500, false, 0), "memory follows the summary");
    }

    #[test]
    fn without_watching_the_roots_go_each_once() {
        let folders = folder("", 100, vec![]);
        let now = watching(&[("/p/app", 60), ("/p/app/pages", 5), ("/elsewhere", 9)]);
        let parts = watched_parts(Some(&now), Path::new("/p"), &folders);
        assert_eq!(parts, [(PathBuf::from("/elsewhere"), 9), (PathBuf::from("/p/app"), 60)]);
        let all = watching(&[("/", 5_000)]);
        assert_eq!(watched_parts(Some(&all), Path::new("/p"), &folders), [(PathBuf::from("/p"), 100)]);
    }
}
