//! The way from an interpreter to the folders with its packages, as Python's own `site` module finds them.

use crate::guarded;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// `site-packages` and `dist-packages` of `executable` in the order of `sys.path`, existing ones only. `user_base` is
/// the `~/.local` of whoever will run it.
pub(super) fn folders(executable: &Path, user_base: Option<&Path>) -> Vec<PathBuf> {
    let mut folders = match venv_of(executable) {
        Some(venv) => venv.folders(user_base),
        None => base_folders(executable, user_base),
    };
    let mut seen = Vec::new();
    // lib64 is often a link to lib: the same folder under two names counts once.
    folders.retain(|folder| {
        let real = guarded::real_path(folder).ok().filter(|real| guarded::is_folder(real) && !seen.contains(real));
        seen.extend(real.clone());
        real.is_some()
    });
    folders
}

/// A virtual environment: the folder with `pyvenv.cfg`.
struct Venv {
    root: PathBuf,
    /// The folder of the interpreter it was made with.
    home: Option<PathBuf>,
    system_packages: bool,
}

/// Python looks for `pyvenv.cfg` beside the executable and one folder up, before it resolves links.
fn venv_of(executable: &Path) -> Option<Venv> {
    let bin = executable.parent()?;
    [Some(bin), bin.parent()].into_iter().flatten().find_map(|root| {
        let text = guarded::read(&root.join("pyvenv.cfg"), guarded::SMALL_BYTES).ok()?;
        let text = String::from_utf8_lossy(&text);
        let value = |key: &str| setting(&text, key);
        let system_packages =
            value("include-system-site-packages").is_some_and(|word| word.eq_ignore_ascii_case("true"));
        Some(Venv { root: root.to_path_buf(), home: value("home").map(PathBuf::from), system_packages })
    })
}

fn setting<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs
        .map(|(name, value)| (name.trim(), value.trim()))
        .find(|(name, _)| name.eq_ignore_ascii_case(key))
        .map(|(_, value)| value)
}

impl Venv {
    fn folders(&self, user_base: Option<&Path>) -> Vec<PathBuf> {
        let mut folders = packages_below(&self.root, None);
        if let Some(home) = self.home.as_ref().filter(|_| self.system_packages) {
            folders.extend(base_folders(&home.join("python3"), user_base));
        }
        folders
    }
}

/// The packages of an interpreter outside any virtual environment: the user's, then the installation's.
fn base_folders(executable: &Path, user_base: Option<&Path>) -> Vec<PathBuf> {
    let Ok(real) = guarded::real_path(executable) else { return Vec::new() };
    let Some(prefix) = real.parent().and_then(Path::parent) else { return Vec::new() };
    let version = real.file_name().and_then(OsStr::to_str).and_then(version_in);
    let version = version.as_deref();
    let mut folders = user_base.map(|base| packages_below(base, version)).unwrap_or_default();
    if prefix == Path::new("/usr") {
        folders.extend(packages_below(Path::new("/usr/local"), version));
    }
    folders.extend(packages_below(prefix, version));
    // Debian keeps the packages of every Python 3 in one folder.
    folders.push(prefix.join("lib/python3/dist-packages"));
    folders
}

/// `3.11` of `python3.11`; `None` for `python` and `python3`.
fn version_in(name: &str) -> Option<String> {
    let digits = name.strip_prefix("python").or_else(|| name.strip_prefix("pypy"))?;
    digits.contains('.').then(|| digits.to_owned())
}

/// `PREFIX/lib*/pythonX.Y/{site,dist}-packages`, of one version or, where that is not known, of all that exist, the
/// newest first.
fn packages_below(prefix: &Path, version: Option<&str>) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for lib in ["local/lib", "lib", "lib64"] {
        let lib = prefix.join(lib);
        let pythons = version.map_or_else(
            || pythons_in(&lib),
            |version| vec![lib.join(format!("python{version}")), lib.join(format!("pypy{version}"))],
        );
        for python in pythons {
            folders.extend(["site-packages", "dist-packages"].map(|packages| python.join(packages)));
        }
    }
    folders
}

fn pythons_in(lib: &Path) -> Vec<PathBuf> {
    let entries = guarded::entries(lib).unwrap_or_default().into_iter();
    let mut pythons: Vec<(Vec<u64>, PathBuf)> = entries
        .filter_map(|entry| {
            let version = version_in(entry.name.to_str()?)?;
            let numbers = super::Version::parse(&version)?.release;
            Some((numbers, lib.join(entry.name)))
        })
        .collect();
    pythons.sort();
    pythons.into_iter().rev().map(|(_, path)| path).collect()
}
