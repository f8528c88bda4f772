//! Targets of the symbolic links of a project: some watchers follow them.

use crate::guarded;
use std::path::{Path, PathBuf};

/// A symbolic link of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The folder that holds it, links on the way to the project's root resolved.
    pub folder: PathBuf,
    /// The link's name.
    pub name: std::ffi::OsString,
    /// The thing that it leads to.
    pub target: LinkTarget,
}

/// Targets of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A directory, by its real path.
    Directory(PathBuf),
    /// Anything else that is there, by its real path.
    File(PathBuf),
    /// Nothing that can be reached.
    Nothing,
}

/// Follows one link of the inventory.
pub(super) fn resolve(link: &Path, root: &Path, real_root: &Path) -> Option<Link> {
    let path = real_root.join(link.strip_prefix(root).ok()?);
    let target = match guarded::real_path(&path) {
        Ok(real) if guarded::is_folder(&real) => LinkTarget::Directory(real),
        Ok(real) => LinkTarget::File(real),
        Err(_) => LinkTarget::Nothing,
    };
    Some(Link { folder: path.parent()?.to_path_buf(), name: path.file_name()?.to_owned(), target })
}

impl Link {
    /// The link's own path.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }
}
