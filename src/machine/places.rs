//! Places where the facts are read: `/proc` and the file system, or a test's tree in their stead.

use crate::guarded;
use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

/// The folders that [`crate::machine`] reads.
#[derive(Clone, Debug)]
pub struct Places {
    /// The process file system, `/proc`.
    pub proc: PathBuf,
    /// The folder that stands for `/`: `/etc/sysctl.d` is read as `root/etc/sysctl.d`.
    pub root: PathBuf,
}

/// Number of symbolic links that the kernel follows in one path (`MAXSYMLINKS`, `path_resolution(7)`).
const MOST_LINKS: usize = 40;

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

    /// The real path of `absolute`, below [`Places::root`]: every symbolic link is followed as if the root were `/`,
    /// so that a link to `/etc/sysctl.conf` stays inside a test's tree.
    ///
    /// # Errors
    /// The kernel's own, among them `NotFound` for a link that leads nowhere; `ELOOP` after 40 links.
    pub fn resolve(&self, absolute: &Path) -> io::Result<PathBuf> {
        let mut ahead: VecDeque<OsString> = components(absolute).collect();
        let mut real = self.root.clone();
        let mut links = 0;
        while let Some(next) = ahead.pop_front() {
            if next == ".." {
                if real != self.root {
                    real.pop();
                }
                continue;
            }
            let step = real.join(&next);
            if !fs::symlink_metadata(&step)?.is_symlink() {
                real = step;
                continue;
            }
            links += 1;
            if links > MOST_LINKS {
                return Err(rustix::io::Errno::LOOP.into());
            }
            let target = fs::read_link(&step)?;
            if target.is_absolute() {
                real.clone_from(&self.root);
            }
            for component in components(&target).rev() {
                ahead.push_front(component);
            }
        }
        Ok(real)
    }

    /// The metadata of what `absolute` leads to; `None` where that cannot be seen.
    #[must_use]
    pub fn metadata(&self, absolute: &Path) -> Option<fs::Metadata> {
        fs::symlink_metadata(self.resolve(absolute).ok()?).ok()
    }

    /// The text of a small file; `None` where it cannot be read. Bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn text(&self, absolute: &str) -> Option<String> {
        let bytes = guarded::read(&self.resolve(Path::new(absolute)).ok()?, guarded::SMALL_BYTES).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Default for Places {
    fn default() -> Self {
        Self { proc: PathBuf::from("/proc"), root: PathBuf::from("/") }
    }
}

/// The steps of a path, with `..` kept because it has to be taken after the links before it.
fn components(path: &Path) -> impl DoubleEndedIterator<Item = OsString> {
    path.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_os_string()),
        Component::ParentDir => Some(OsStr::new("..").to_os_string()),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn tree() -> (tempfile::TempDir, Places) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let places = Places { proc: folder.path().join("proc"), root: folder.path().to_path_buf() };
        fs::create_dir_all(places.at("/etc/real")).expect("a folder");
        fs::write(places.at("/etc/real/file"), "text").expect("a file");
        (folder, places)
    }

    #[test]
    fn links_stay_below_the_root() {
        let (_folder, places) = tree();
        symlink("/etc/real", places.at("/etc/link")).expect("a link");
        symlink("../../../../etc/link/file", places.at("/etc/climbing")).expect("a link");
        let real = places.at("/etc/real/file");
        assert_eq!(places.resolve(Path::new("/etc/link/file")).expect("found"), real);
        assert_eq!(places.resolve(Path::new("/etc/climbing")).expect("`..` stops at the root"), real);
        assert_eq!(places.text("/etc/climbing").as_deref(), Some("text"));
    }

    #[test]
    fn a_link_to_nowhere_and_a_loop_are_errors() {
        let (_folder, places) = tree();
        symlink("/dev/null", places.at("/etc/null")).expect("a link");
        symlink("loop", places.at("/etc/loop")).expect("a link");
        let error = |path: &str| places.resolve(Path::new(path)).expect_err("leads nowhere").kind();
        assert_eq!(error("/etc/null"), io::ErrorKind::NotFound, "the tree has no /dev/null, the machine's is not used");
        assert_eq!(error("/etc/loop"), io::Error::from(rustix::io::Errno::LOOP).kind());
    }
}
