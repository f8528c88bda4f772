//! The interpreter an app runs with and what is installed in it, from package metadata. Nothing is run.

use super::Launch;
use std::path::{Path, PathBuf};

/// A release number such as 1.67.0, compared number by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The text as the metadata has it.
    pub text: String,
    /// Its release numbers: `[1, 67, 0]`.
    pub release: Vec<u64>,
}

impl Version {
    /// Reads the leading release numbers; `None` when there is none.
    #[must_use]
    pub fn parse(_text: &str) -> Option<Self> {
        todo!("filled in by the tree slice")
    }

    /// Whether this is `major.minor` or later.
    #[must_use]
    pub fn at_least(&self, major: u64, minor: u64) -> bool {
        let part = |place: usize| self.release.get(place).copied().unwrap_or(0);
        (part(0), part(1)) >= (major, minor)
    }
}

/// Where an interpreter was found.
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
    /// How it was found.
    pub found_by: FoundBy,
    /// The folders with installed packages (`site-packages`, `dist-packages`), in search order.
    pub site_packages: Vec<PathBuf>,
    /// Installed Streamlit.
    pub streamlit: Option<Version>,
    /// Installed watchdog; `None`: not installed, Streamlit then polls.
    pub watchdog: Option<Version>,
}

impl Python {
    /// Looks at one interpreter without running it.
    #[must_use]
    pub fn inspect(_executable: &Path, _found_by: FoundBy) -> Option<Self> {
        todo!("filled in by the tree slice")
    }
}

/// Every interpreter that may run the project, best first: VIRTUAL_ENV, the project's `.venv`/`venv`/`env`, the one
/// that `streamlit` on PATH belongs to.
#[must_use]
pub fn candidates(_root: &Path, _launch: &Launch) -> Vec<Python> {
    todo!("filled in by the tree slice")
}
