//! Folders that a watcher leaves out, by names, patterns and paths.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// What patterns are held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PatternBase {
    /// The path below the watched folder: `@parcel/watcher`.
    #[default]
    Relative,
    /// The whole path: chokidar.
    Absolute,
}

/// The only folders that are watched.
#[derive(Clone, Debug)]
struct Only {
    paths: Vec<PathBuf>,
    trees: Vec<PathBuf>,
    by_letters: bool,
}

impl Only {
    fn leaves_out(&self, path: &Path) -> bool {
        let below = |inner: &Path, outer: &Path| {
            let letters = || inner.as_os_str().as_bytes().starts_with(outer.as_os_str().as_bytes());
            if self.by_letters { letters() } else { inner.starts_with(outer) }
        };
        let leads = self.paths.iter().chain(&self.trees).any(|wanted| below(wanted, path));
        !leads && !self.trees.iter().any(|tree| below(path, tree))
    }
}

/// Rules for what is left out. A folder that is left out hides everything below it.
#[derive(Clone, Debug, Default)]
pub struct Exclusions {
    base: PatternBase,
    /// Names from patterns such as `**/node_modules/**`, asked first: nearly all patterns are of this form.
    names: Vec<Vec<u8>>,
    globs: Option<GlobSet>,
    patterns: Vec<String>,
    paths: Vec<PathBuf>,
    hidden: bool,
    /// Names that are no UTF-8: Node's programs cannot name these, and find nothing there.
    unnameable: bool,
    /// Where only some folders are watched: these, and what lies on the way to them.
    only: Option<Only>,
    /// Whether a rule may also speak of single files, which the inventory has no names of.
    files: bool,
}

impl Exclusions {
    /// No exclusions yet; patterns will be held against `base`.
    #[must_use]
    pub fn new(base: PatternBase) -> Self {
        Self { base, ..Self::default() }
    }

    /// Leaves out what a pattern names, as picomatch reads it with `dot: true`: `*` within one name, `**` across, `…/**`
    /// the folder itself, too. What is no pattern is a path.
    #[must_use]
    pub fn pattern(mut self, pattern: &str) -> Self {
        if let Some(name) = plain_name(pattern) {
            self.names.push(name.as_bytes().to_vec());
        } else if is_glob(pattern) {
            self.files |= !pattern.ends_with("/**");
            self.patterns.push(pattern.to_owned());
            // `a/**` names `a`, too; `a/*/**` does not name `a/b` (picomatch 4, measured).
            let itself = pattern.strip_suffix("/**").filter(|before| !before.ends_with('*'));
            self.patterns.extend(itself.map(str::to_owned));
            let mut set = GlobSetBuilder::new();
            for pattern in &self.patterns {
                // What is no pattern to this library matches nothing here: the forecast is then too high, not too low.
                if let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build() {
                    set.add(glob);
                }
            }
            self.globs = set.build().ok();
        } else {
            self.paths.push(PathBuf::from(pattern));
        }
        self
    }

    /// Leaves out what several patterns name.
    #[must_use]
    pub fn patterns<'a>(self, patterns: impl IntoIterator<Item = &'a str>) -> Self {
        patterns.into_iter().fold(self, Self::pattern)
    }

    /// Leaves out folders and files of this name wherever they lie.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.names.push(name.as_bytes().to_vec());
        self
    }

    /// Leaves out everything but the folders on the way to `paths`, and these `trees` with what is on the way to them;
    /// `by_letters`: as a comparison of texts takes it, for which `/p/app2` lies below `/p/app`.
    #[must_use]
    pub fn only(paths: Vec<PathBuf>, trees: Vec<PathBuf>, by_letters: bool) -> Self {
        Self { only: Some(Only { paths, trees, by_letters }), ..Self::default() }
    }

    /// Leaves out one path, absolute or below the watched folder.
    #[must_use]
    pub fn path(mut self, path: PathBuf) -> Self {
        self.paths.push(path);
        self
    }

    /// Leaves out every folder and file whose name begins with a dot.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Leaves out every folder whose name is no UTF-8, as programs of Node must (measured with chokidar 3 and jest 29).
    #[must_use]
    pub const fn unnameable(mut self) -> Self {
        self.unnameable = true;
        self
    }

    /// Whether hidden files are left out.
    pub(super) const fn leaves_hidden_out(&self) -> bool {
        self.hidden
    }

    /// Whether it may leave out single files, of which nobody knows how many there are.
    pub(super) const fn may_name_files(&self) -> bool {
        self.files
    }

    /// Tells whether something called `name` is left out, which lies at `path` below or at the watched folder `root`.
    pub(super) fn leaves_out(&self, name: &OsStr, root: &Path, path: &Path) -> bool {
        if self.unnameable && name.to_str().is_none() || self.only.as_ref().is_some_and(|only| only.leaves_out(path)) {
            return true;
        }
        let name = name.as_bytes();
        if self.hidden && name.starts_with(b".") || self.names.iter().any(|one| one == name) {
            return true;
        }
        if self.globs.is_none() && self.paths.is_empty() {
            return false;
        }
        let relative = path.strip_prefix(root).unwrap_or(path);
        let asked = match self.base {
            PatternBase::Relative => relative,
            PatternBase::Absolute => path,
        };
        self.globs.as_ref().is_some_and(|globs| globs.is_match(asked))
            || self.paths.iter().any(|one| one == path || one == relative && !one.as_os_str().is_empty())
    }
}

/// The name in `**/name/**` and `**/name`, where it is plain.
fn plain_name(pattern: &str) -> Option<&str> {
    let name = pattern.strip_prefix("**/")?;
    let name = name.strip_suffix("/**").unwrap_or(name);
    (!name.is_empty() && !name.contains('/') && !is_glob(name)).then_some(name)
}

fn is_glob(pattern: &str) -> bool {
    pattern.contains(['*', '?', '[', '{', '!'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves_out(exclusions: &Exclusions, path: &str) -> bool {
        let (root, path) = (Path::new("/p"), Path::new("/p").join(path));
        exclusions.leaves_out(path.file_name().unwrap(), root, &path)
    }

    #[test]
    fn patterns_are_read_as_picomatch_reads_them() {
        for (pattern, path, expected) in [
            ("**/.venv/**", ".venv", true),
            ("**/.venv/**", "a/b/.venv", true),
            ("**/.venv/**", "a/venv", false),
            ("**/.venv", "a/.venv", true),
            ("**/node_modules/*/**", "node_modules", false),
            ("**/node_modules/*/**", "a/node_modules/x", false),
            ("**/node_modules/*/**", "a/node_modules/x/lib", true),
            ("**/.git/objects/**", ".git/objects", true),
            ("**/.git/objects/**", ".git", false),
            ("src/**", "src", true),
            ("src/*", "src/a", true),
            ("src/*", "src/a/b", false),
            ("**/{dist,build}/**", "x/build", true),
            ("data", "data", true),
            ("data", "x/data", false),
        ] {
            assert_eq!(leaves_out(&Exclusions::default().pattern(pattern), path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn chokidar_holds_patterns_against_whole_paths() {
        let absolute = |pattern: &str| Exclusions::new(PatternBase::Absolute).pattern(pattern);
        assert!(!leaves_out(&absolute("src/**"), "src"), "a relative pattern matches nothing");
        assert!(leaves_out(&absolute("/p/src/**"), "src") && leaves_out(&absolute("**/src/**"), "a/src"));
    }
}
