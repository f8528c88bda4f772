//! Where the facts are read: `/proc` and the file system, or a test's tree in their stead.

use std::path::{Path, PathBuf};

/// The folders that [`crate::machine`] reads.
#[derive(Clone, Debug)]
pub struct Places {
    /// The process file system, `/proc`.
    pub proc: PathBuf,
    /// The folder that stands for `/`: `/etc/sysctl.d` is read as `root/etc/sysctl.d`.
    pub root: PathBuf,
}

impl Places {
    /// `absolute` (a path that starts with `/`) below [`Places::root`].
    #[must_use]
    pub fn at(&self, absolute: &str) -> PathBuf {
        self.root.join(absolute.trim_start_matches('/'))
    }

    /// The path without [`Places::root`], as a user knows it.
    #[must_use]
    pub fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).map_or_else(|_| path.to_path_buf(), |inner| Path::new("/").join(inner))
    }
}

impl Default for Places {
    fn default() -> Self {
        Self { proc: PathBuf::from("/proc"), root: PathBuf::from("/") }
    }
}
