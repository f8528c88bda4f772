//! The directories of a tree in the order in which watchdog adds them: Python's `os.walk`, all folders in a folder
//! before what is in the first of them. Where the watches do not suffice, this order decides which folder is missed.
//!
//! The tree has been walked for the survey before, which leaves out what does not answer; the same is left out here.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

/// Goes through one tree.
pub(super) struct Order<'a> {
    /// Listed and not yet handed out.
    next: VecDeque<PathBuf>,
    /// To be listed, the next one last.
    unlisted: Vec<PathBuf>,
    left_out: &'a [PathBuf],
    /// The first files met, at most [`Order::MOST_FILES`].
    pub(super) files: Vec<PathBuf>,
}

impl<'a> Order<'a> {
    const MOST_FILES: usize = 4_096;

    pub(super) fn of(root: &Path, left_out: &'a [PathBuf]) -> Self {
        let root = root.to_path_buf();
        Self { next: [root.clone()].into(), unlisted: vec![root], left_out, files: Vec::new() }
    }

    /// What cannot be listed has nothing in it, as for `os.walk`.
    fn list(&mut self, folder: &Path) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut folders = Vec::new();
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            // Of the entry itself: a link to a folder is none.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if !self.left_out.contains(&path) {
                    folders.push(path);
                }
            } else if self.files.len() < Self::MOST_FILES {
                self.files.push(path);
            }
        }
        self.unlisted.extend(folders.iter().rev().cloned());
        self.next.extend(folders);
    }
}

impl Iterator for Order<'_> {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        loop {
            if let Some(folder) = self.next.pop_front() {
                return Some(folder);
            }
            let folder = self.unlisted.pop()?;
            self.list(&folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_pythons_walk() {
        let tree = tempfile::tempdir().expect("a temporary folder");
        for folder in ["a/x/1", "a/y", "b/x", "b/z/2/3", "c"] {
            std::fs::create_dir_all(tree.path().join(folder)).expect("a folder");
        }
        std::os::unix::fs::symlink("b", tree.path().join("link")).expect("a link");
        const WALK: &str = "import os,sys\nprint(sys.argv[1])\nfor top, names, _ in os.walk(sys.argv[1]):\n \
                            for n in names:\n  p = os.path.join(top, n)\n  os.path.islink(p) or print(p)\n";
        let python = std::process::Command::new("python3").args(["-c", WALK]).arg(tree.path()).output();
        let expected = String::from_utf8(python.expect("Python runs").stdout).expect("plain paths");
        let found: Vec<String> = Order::of(tree.path(), &[]).map(|path| path.display().to_string()).collect();
        assert_eq!(found, expected.lines().collect::<Vec<_>>());
        assert_eq!(found.len(), 11);
    }
}
