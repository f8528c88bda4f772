//! Facts of the project's tree that are needed before there can be an offer.

use super::Case;
use crate::guarded;
use crate::progress::{Cancelled, Progress};
use crate::remedy::caches::{self, Caches};
use crate::remedy::launch_script;
use crate::remedy::watcher_launch::{self, LaunchSetting};
use crate::watchers::WatcherKind;
use std::path::{Path, PathBuf};

/// Caches and launch scripts of the project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeFindings {
    /// The project's real path, in which the caches lie.
    pub root: PathBuf,
    /// The caches.
    pub caches: Caches,
    /// The launch scripts.
    pub scripts: Vec<PathBuf>,
    /// Files that start one of the running watchers: `package.json`, shell scripts.
    pub watcher_files: Vec<(WatcherKind, PathBuf)>,
}

impl Case {
    /// Takes it from the survey's inventory, and reads what may be a launch script.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn find(&self, progress: &Progress) -> Result<TreeFindings, Cancelled> {
        let Some(root) = &self.root else { return Ok(TreeFindings::default()) };
        let real = guarded::real_path(root).unwrap_or_else(|_| root.clone());
        let scripts = launch_script::among(&self.inventory.launch_scripts);
        let watcher_files = self.watcher_files();
        Ok(TreeFindings { root: real, caches: self.caches(root, progress)?, scripts, watcher_files })
    }

    /// Reads `package.json` and the launch scripts, where one of the running watchers can be told to poll.
    fn watcher_files(&self) -> Vec<(WatcherKind, PathBuf)> {
        let files: Vec<PathBuf> =
            self.package_file().into_iter().chain(self.inventory.launch_scripts.clone()).collect();
        let told = |kind: WatcherKind, file: &PathBuf| {
            let setting = kind.polling().map(|polling| LaunchSetting::Polls(kind, polling));
            setting.is_some_and(|setting| watcher_launch::plan(&setting, file, &self.own, None).is_ok())
        };
        let starts =
            |kind: WatcherKind| files.iter().filter(move |file| told(kind, file)).map(move |file| (kind, file.clone()));
        self.watchers.iter().flat_map(|watcher| starts(watcher.kind)).collect()
    }

    /// The caches as the survey found them; looks for them where it did not.
    pub(in crate::remedy) fn caches(&self, root: &Path, progress: &Progress) -> Result<Caches, Cancelled> {
        Caches::of(&self.inventory).map_or_else(|| caches::find(root, progress), Ok)
    }
}
