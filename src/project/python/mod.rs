//! The interpreter an app runs with and what is installed in it, from package metadata. Nothing is run.

mod interpreter;
mod metadata;
mod site;

use super::Launch;
use crate::guarded;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// A release number such as 1.67.0, compared number by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The text as the metadata has it.
    pub text: String,
    /// The release numbers: `[1, 67, 0]`.
    pub release: Vec<u64>,
}

impl Version {
    /// Reads the leading release numbers; `None` when there is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // "1!2.3" is release 2.3 of epoch 1; "v1.2" is common and means 1.2.
        let numbers = text.split_once('!').map_or(text, |(_, release)| release);
        let numbers = numbers.strip_prefix(['v', 'V']).unwrap_or(numbers);
        let mut release = Vec::new();
        for part in numbers.split('.') {
            let end = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
            let Ok(number) = part[..end].parse() else { break };
            release.push(number);
            if end < part.len() {
                break;
            }
        }
        (!release.is_empty()).then(|| Self { text: text.to_owned(), release })
    }

    /// Tells whether this is `major.minor` or later.
    #[must_use]
    pub fn at_least(&self, major: u64, minor: u64) -> bool {
        let part = |place: usize| self.release.get(place).copied().unwrap_or(0);
        (part(0), part(1)) >= (major, minor)
    }
}

/// Places where an interpreter was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// The user named it.
    Chosen,
    /// A running app uses it.
    Running,
    /// `VIRTUAL_ENV`.
    VirtualEnv,
    /// `.venv`, `venv` or `env` of the project.
    Project,
    /// The `streamlit` on PATH belongs to it.
    Path,
}

/// One interpreter with what is installed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Python {
    /// The executable as it was found (links not resolved: a venv's python is a link).
    pub executable: PathBuf,
    /// The place where it was found.
    pub found_by: FoundBy,
    /// The folders with installed packages (`site-packages`, `dist-packages`), in search order.
    pub site_packages: Vec<PathBuf>,
    /// Installed Streamlit.
    pub streamlit: Option<Version>,
    /// The installed watchdog; `None`: not installed, Streamlit then polls.
    pub watchdog: Option<Version>,
}

impl Python {
    /// Looks at one interpreter without running it. `executable` may also be a console script (`/venv/bin/streamlit`)
    /// or a shim of pyenv: then it is the interpreter behind it. `None` when there is none.
    #[must_use]
    pub fn inspect(executable: &Path, found_by: FoundBy) -> Option<Self> {
        let variable = |name: &str| std::env::var_os(name);
        Self::inspect_with(executable, found_by, &variable)
    }

    /// Works as [`Python::inspect`], with the environment of whoever will run it: `HOME`, `PYTHONUSERBASE` and `PATH`
    /// are looked at.
    #[must_use]
    pub fn inspect_with(
        executable: &Path,
        found_by: FoundBy,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Option<Self> {
        let find = |name: &OsStr| on_path(name, variable("PATH").as_deref());
        let executable = interpreter::behind(executable, &find)?;
        let home_local = || variable("HOME").map(|home| Path::new(&home).join(".local"));
        let user_base = variable("PYTHONUSERBASE").map(PathBuf::from).or_else(home_local);
        let site_packages = site::folders(&executable, user_base.as_deref());
        let streamlit = metadata::installed("streamlit", &site_packages);
        let watchdog = metadata::installed("watchdog", &site_packages);
        Some(Self { executable, found_by, site_packages, streamlit, watchdog })
    }
}

/// Lists the interpreters that may run the project, best first: `VIRTUAL_ENV`, the project's `.venv`/`venv`/`env`, the
/// one that `streamlit` on PATH belongs to. The environment is `launch`'s.
#[must_use]
pub fn candidates(root: &Path, launch: &Launch) -> Vec<Python> {
    let variable = |name: &str| launch.variables.get(OsStr::new(name)).cloned();
    let mut executables = Vec::new();
    if let Some(venv) = variable("VIRTUAL_ENV").filter(|venv| !venv.is_empty()) {
        executables.push((python_in(Path::new(&venv)), FoundBy::VirtualEnv));
    }
    let folders = [Some(root), Some(launch.cwd.as_path()), launch.script.parent()];
    for folder in folders.into_iter().flatten().filter(|folder| folder.is_absolute()) {
        executables.extend([".venv", "venv", "env"].map(|venv| (python_in(&folder.join(venv)), FoundBy::Project)));
    }
    executables
        .extend(on_path(OsStr::new("streamlit"), variable("PATH").as_deref()).map(|found| (found, FoundBy::Path)));
    let mut pythons: Vec<Python> = Vec::new();
    for (executable, found_by) in executables {
        let found = Python::inspect_with(&executable, found_by, &variable);
        pythons.extend(found.filter(|found| pythons.iter().all(|known| !known.is_same(found))));
    }
    pythons
}

impl Python {
    /// Tells whether a distribution of this name, in any spelling, is installed: what `importlib.metadata` finds.
    #[must_use]
    pub fn has_distribution(&self, name: &str) -> bool {
        metadata::is_installed(name, &self.site_packages)
    }

    /// `bin/python` and `bin/python3` of one environment are the same.
    fn is_same(&self, other: &Self) -> bool {
        self.executable.parent() == other.executable.parent() && self.site_packages == other.site_packages
    }
}

/// The interpreter of an environment: some have only one of the names.
fn python_in(environment: &Path) -> PathBuf {
    let bin = environment.join("bin");
    let names = ["python", "python3"].map(|name| bin.join(name));
    names.iter().find(|path| guarded::is_file(path)).unwrap_or(&names[0]).clone()
}

/// The first executable file of that name on a PATH.
fn on_path(name: &OsStr, path: Option<&OsStr>) -> Option<PathBuf> {
    let mut folders = std::env::split_paths(path?).filter(|folder| folder.is_absolute());
    folders.find_map(|folder| Some(folder.join(name)).filter(|file| is_executable(file)))
}

fn is_executable(file: &Path) -> bool {
    guarded::is_file(file) && guarded::may_run(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn release(text: &str) -> Option<Vec<u64>> {
        Version::parse(text).map(|version| version.release)
    }

    #[test]
    fn the_leading_release_numbers_are_read() {
        for (text, expected) in [
            ("1.67.0", vec![1, 67, 0]),
            (" 7.1.0\r", vec![7, 1, 0]),
            ("2.0.0rc1", vec![2, 0, 0]),
            ("1.54.1.dev20260101", vec![1, 54, 1]),
            ("1.2+local.3", vec![1, 2]),
            ("1!2.3", vec![2, 3]),
            ("v1.2", vec![1, 2]),
            ("99999999999999999999.1", vec![]),
            ("unknown", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(release(text).unwrap_or_default(), expected, "the release of “{text}”");
        }
    }

    #[test]
    fn versions_are_compared_number_by_number() {
        let version = Version::parse("1.9.0").expect("a version");
        assert!(version.at_least(1, 9) && !version.at_least(1, 10) && !version.at_least(2, 0));
    }

    proptest! {
        #[test]
        fn any_version_text_is_survived(text in "(?s).{0,30}") {
            let _ = Version::parse(&text);
        }
    }
}
