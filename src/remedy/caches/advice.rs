//! Advice that nobody can carry out but the person: what it would save to have a heavy folder elsewhere, or the script
//! in a folder of its own.

use crate::project::Streamlit;
use crate::project::streamlit::RootReason;
use crate::project::tree::{Folder, TreeCount};
use crate::remedy::watcher::times_watched;
use std::path::PathBuf;

/// Changes that would save watches.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Advice {
    /// The folder could live outside of what is watched (a link to it is not followed).
    MoveAway {
        /// The folder.
        path: PathBuf,
        /// Watches that the app would take less.
        saves: u64,
    },
    /// The script could live in a folder of its own.
    OwnScriptFolder {
        /// The script's folder now.
        folder: PathBuf,
        /// Watches that the app would take less at most: what the script imports and its pages have to move with it.
        saves_at_most: u64,
    },
}

/// The advice for this project, what saves most first. Folders that save fewer than `least` watches are left out.
#[must_use]
pub fn advise(tree: &TreeCount, now: &Streamlit, least: u64) -> Vec<Advice> {
    let known = |folder: &Folder| {
        matches!(
            folder.name.to_str(),
            Some(".venv" | "venv" | "env" | "node_modules" | "data" | "datasets" | "outputs" | "models")
        )
    };
    let mut advice = Vec::new();
    let mut waiting = vec![(tree.root.clone(), &tree.folders)];
    while let Some((path, folder)) = waiting.pop() {
        for child in &folder.children {
            let path = path.join(&child.name);
            if known(child) {
                let saves = child.directories * times_watched(&path, now);
                advice.push(Advice::MoveAway { path, saves });
            } else {
                waiting.push((path, child));
            }
        }
    }
    let script = now.need.roots.iter().find(|root| root.because == RootReason::Script);
    advice.extend(script.map(|root| Advice::OwnScriptFolder {
        folder: root.path.clone(),
        saves_at_most: root.directories.saturating_sub(1),
    }));
    advice.retain(|one| one.saves() >= least.max(1));
    advice.sort_by_key(|one| std::cmp::Reverse(one.saves()));
    advice
}

impl Advice {
    /// Watches that the app would take less, at most.
    #[must_use]
    pub const fn saves(&self) -> u64 {
        match self {
            Self::MoveAway { saves, .. } | Self::OwnScriptFolder { saves_at_most: saves, .. } => *saves,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::streamlit::{Need, WatchRoot, Watcher};

    fn folder(name: &str, directories: u64, children: Vec<Folder>) -> Folder {
        Folder { name: name.into(), directories, files: 0, children }
    }

    fn streamlit(instances: u64, roots: &[(&str, u64, RootReason)]) -> Streamlit {
        let root = |(path, directories, because): &(&str, u64, RootReason)| WatchRoot {
            path: PathBuf::from(path),
            directories: *directories,
            because: because.clone(),
            certain: true,
        };
        let need = Need { instances, roots: roots.iter().map(root).collect(), ..Need::default() };
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
    fn a_heavy_folder_saves_as_often_as_it_is_watched() {
        let inner = vec![folder("data", 30, Vec::new())];
        let folders = folder("", 200, vec![folder(".venv", 100, Vec::new()), folder("app", 40, inner)]);
        let tree = TreeCount { root: PathBuf::from("/p"), folders, ..TreeCount::default() };
        let roots = [("/p", 200, RootReason::Script), ("/p/app", 40, RootReason::Module(PathBuf::from("/p/app/m.py")))];
        let saves = |instances| {
            let advice = advise(&tree, &streamlit(instances, &roots), 10);
            advice.iter().map(Advice::saves).collect::<Vec<_>>()
        };
        assert_eq!(saves(1), [199, 100, 30], "watchdog 7 watches each folder once");
        assert_eq!(saves(2), [199, 100, 60], "watchdog 6 watches app/data for both roots");
    }

    #[test]
    fn what_is_not_watched_saves_nothing() {
        let folders = folder("", 100, vec![folder("node_modules", 90, Vec::new())]);
        let tree = TreeCount { root: PathBuf::from("/p"), folders, ..TreeCount::default() };
        assert_eq!(advise(&tree, &streamlit(1, &[("/p/ui", 3, RootReason::Script)]), 10), []);
    }
}
