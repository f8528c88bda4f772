//! A folder that stands for `/`, with the files of one story.

use inotify_doctor::machine::Places;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use tempfile::TempDir;

/// Something in the tree, by its path below the root.
pub(crate) struct Entry(String, What);

enum What {
    File(Vec<u8>),
    Link(String),
    Dir,
}

/// A file with this text.
pub(crate) fn file(path: &str, text: impl Into<Vec<u8>>) -> Entry {
    Entry(path.to_owned(), What::File(text.into()))
}

/// A symbolic link.
pub(crate) fn link(path: &str, target: &str) -> Entry {
    Entry(path.to_owned(), What::Link(target.to_owned()))
}

/// A folder.
pub(crate) fn dir(path: &str) -> Entry {
    Entry(path.to_owned(), What::Dir)
}

/// The tree, removed at the end of its test. It holds the init script that runs procps, and may be read by everybody.
pub(crate) struct Tree(TempDir);

/// The folders that the real readers' namespace covers with those of the tree.
const COVERED: [&str; 4] = ["etc", "run", "usr/local", "usr/lib/sysctl.d"];

impl Tree {
    pub(crate) fn new(entries: &[Entry]) -> Self {
        let everybody = fs::Permissions::from_mode(0o755);
        let folder = tempfile::Builder::new().permissions(everybody).tempdir().expect("a temporary folder");
        let tree = Self(folder);
        COVERED.iter().for_each(|folder| fs::create_dir_all(tree.root().join(folder)).expect("a folder"));
        tree.put(&file("etc/init.d/procps", ""));
        entries.iter().for_each(|entry| tree.put(entry));
        tree
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn places(&self) -> Places {
        Places { proc: self.root().join("proc"), root: self.root().to_path_buf() }
    }

    /// Puts one thing more, in place of what is there.
    pub(crate) fn put(&self, Entry(path, what): &Entry) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        if path.symlink_metadata().is_ok_and(|there| !there.is_dir()) {
            fs::remove_file(&path).expect("the tree is writable");
        }
        match what {
            What::File(text) => fs::write(path, text),
            What::Link(target) => symlink(target, path),
            What::Dir => fs::create_dir(path),
        }
        .expect("the tree is writable and nothing is in the way");
    }
}
