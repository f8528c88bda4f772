//! Facts of the project's tree that are needed before there can be an offer.

use super::Case;
use crate::guarded;
use crate::progress::{Cancelled, Progress};
use crate::remedy::caches::{self, Caches};
use crate::remedy::launch_script;
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
        Ok(TreeFindings { root: real, caches: self.caches(root, progress)?, scripts })
    }

    /// The caches as the survey found them; looks for them where it did not.
    pub(in crate::remedy) fn caches(&self, root: &Path, progress: &Progress) -> Result<Caches, Cancelled> {
        Caches::of(&self.inventory).map_or_else(|| caches::find(root, progress), Ok)
    }
}
