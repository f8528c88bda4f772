//! Room left where a project lies: "No space left on device" may mean just that.

use crate::guarded;
use std::path::Path;

/// Free space on one file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskFree {
    /// Bytes that an ordinary user may still write (`f_bavail`): the reserve for root is not in it.
    pub bytes: u64,
    /// Files that may still be made (`f_favail`); `None` on file systems without a fixed number, such as btrfs.
    pub inodes: Option<u64>,
}

impl DiskFree {
    /// Asks the file system that holds `path` (statvfs(3)); `None` where it does not answer.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let guarded::Space { bytes, inodes } = guarded::space(path).ok()?;
        Some(Self { bytes, inodes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_tells_what_is_free() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert!(DiskFree::of(folder.path()).is_some_and(|free| free.bytes > 0));
        assert_eq!(DiskFree::of(&folder.path().join("missing")), None);
    }
}
