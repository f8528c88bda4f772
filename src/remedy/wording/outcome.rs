//! What came of applying a plan and of undoing it.

use crate::remedy::{Conflict, Left, Stale, State};
use crate::say;
use crate::words::Words;

impl Stale {
    /// What is no longer as it was.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::FileChanged { path } => say!(words, "stale-file", path = words.path(path)),
            Self::LinkInPlace { path } => say!(words, "stale-link", path = words.path(path)),
            Self::FolderAppeared { path } => say!(words, "stale-folder", path = words.path(path)),
            Self::Gone { path } => say!(words, "stale-gone", path = words.path(path)),
            Self::LimitsChanged(_) => say!(words, "stale-limits"),
            Self::ProcessGone { pid } => say!(words, "stale-process", pid = pid.to_string()),
        }
    }
}

impl Conflict {
    /// What someone else has changed.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::FileChanged { path, .. } => say!(words, "conflict-changed", path = words.path(path)),
            Self::FileGone { path } => say!(words, "conflict-gone", path = words.path(path)),
            Self::Unreadable(error) => error.sentence(words),
        }
    }
}

impl Left {
    /// What stays as it is, and why.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::FolderNotEmpty { path } => say!(words, "left-folder", path = words.path(path)),
            Self::ThereAgain { path } => say!(words, "left-there-again", path = words.path(path)),
            Self::NotInTrash { path } => say!(words, "left-not-in-trash", path = words.path(path)),
            Self::Restarted { pid } => say!(words, "left-restarted", pid = pid.to_string()),
            Self::Failed(error) => error.sentence(words),
        }
    }
}

impl State {
    /// How far it came, for a list.
    #[must_use]
    pub fn label(self, words: &Words) -> String {
        match self {
            Self::Applied => say!(words, "undo-state-applied"),
            Self::Undone => say!(words, "undo-state-undone"),
            Self::Applying | Self::Undoing => say!(words, "undo-state-interrupted"),
        }
    }
}
