//! What has to be looked for in the project's tree before there can be an offer.

use super::Case;
use crate::progress::{Cancelled, Progress};
use crate::remedy::caches::{self, Caches};
use crate::remedy::launch_script;
use std::path::PathBuf;

/// Caches and launch scripts of the project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The project's real path, in which the caches lie.
    pub root: PathBuf,
    /// The caches.
    pub caches: Caches,
    /// The launch scripts.
    pub scripts: Vec<PathBuf>,
}

impl Case {
    /// Looks through the project's tree.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn find(&self, progress: &Progress) -> Result<Found, Cancelled> {
        let Some(root) = &self.root else { return Ok(Found::default()) };
        let real = root.canonicalize().unwrap_or_else(|_| root.clone());
        Ok(Found { root: real, caches: caches::find(root, progress)?, scripts: launch_script::find(root) })
    }
}
