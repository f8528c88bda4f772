//! The entry script: the file that `streamlit run` is given.

use crate::progress::{Cancelled, Progress};
use std::path::{Path, PathBuf};

/// A file that may be the entry script, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryScript {
    /// Absolute path, links not resolved.
    pub path: PathBuf,
    /// Why it is a candidate.
    pub because: Because,
}

/// What speaks for an entry script, best first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// The user named it.
    Chosen,
    /// A running app was started with it.
    Running,
    /// `streamlit run X` stands in this file (shell script, Dockerfile, Procfile, README …).
    NamedIn(PathBuf),
    /// It imports streamlit at its top level.
    Imports,
}

/// Every candidate in the project, best first, at most a few dozen.
///
/// # Errors
/// [`Cancelled`] only.
pub fn candidates(_root: &Path, _progress: &Progress) -> Result<Vec<EntryScript>, Cancelled> {
    todo!("filled in by the tree slice")
}
