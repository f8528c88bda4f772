//! Reasons why no survey could be taken.

use crate::progress::Cancelled;
use std::path::PathBuf;

/// Reasons why no survey could be taken; nothing was changed.
#[derive(Debug, thiserror::Error)]
#[cfg_attr(test, derive(strum::EnumCount))]
#[allow(missing_docs, reason = "the fields are what the documented variant names")]
pub enum SurveyError {
    /// The project's folder cannot be used.
    #[error("{}: {reason}", path.display())]
    Project { path: PathBuf, reason: std::io::Error },
    /// The path is no folder.
    #[error("{}: not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The entry script is not there.
    #[error("{}: no such script", .0.display())]
    NoScript(PathBuf),
    /// The command runs a script from the Internet.
    #[error("{0}: a script from the Internet")]
    RemoteScript(String),
    /// The interpreter is not there, or is none.
    #[error("{}: not a Python interpreter", .0.display())]
    NoPython(PathBuf),
    /// The survey was stopped.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
