//! Lists that keep the files nearest to the root where there are too many.

use std::ffi::{CStr, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The files nearest to the root, by depth, then by path.
#[derive(Clone, Debug)]
pub(in crate::project::tree) struct Nearest {
    most: usize,
    files: Vec<(u32, PathBuf)>,
    /// Files deeper than this cannot be among the nearest any more.
    deepest: u32,
}

impl Nearest {
    pub(super) const fn at_most(most: usize) -> Self {
        Self { most, files: Vec::new(), deepest: u32::MAX }
    }

    pub(super) fn add(&mut self, depth: u32, folder: &Path, name: &CStr) {
        if depth <= self.deepest {
            self.files.push((depth, folder.join(OsStr::from_bytes(name.to_bytes()))));
            if self.files.len() >= 2 * self.most {
                self.trim();
            }
        }
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
        self.trim();
    }

    fn trim(&mut self) {
        self.files.sort_unstable();
        if self.files.len() > self.most {
            self.files.truncate(self.most);
            self.deepest = self.files.last().map_or(u32::MAX, |(depth, _)| *depth);
        }
    }

    /// The paths, the nearest first.
    pub(in crate::project::tree) fn into_paths(mut self) -> Vec<PathBuf> {
        self.trim();
        self.files.into_iter().map(|(_, path)| path).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CString;

    #[test]
    fn the_nearest_files_are_kept_whoever_found_them() {
        let add = |nearest: &mut Nearest, depth: u32, name: &str| {
            nearest.add(depth, Path::new("/p"), &CString::new(name).expect("no NUL"));
        };
        let (mut one, mut other) = (Nearest::at_most(2), Nearest::at_most(2));
        for (depth, name) in [(3, "c"), (3, "b"), (5, "z"), (4, "y")] {
            add(&mut one, depth, name);
        }
        add(&mut one, 5, "too deep");
        add(&mut other, 1, "a");
        one.append(other);
        assert_eq!(one.into_paths(), ["/p/a", "/p/b"].map(PathBuf::from));
    }
}
