//! Sentences for what came of applying a plan and of undoing it.

use crate::machine::Limit;
use crate::remedy::{Back, Conflict, Diff, Left, LimitsBack, Stale, State};
use crate::say;
use crate::words::Words;

impl Stale {
    /// Words what is no longer as it was.
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

impl LimitsBack {
    /// Words what will be put back, a line each.
    #[must_use]
    pub fn lines(&self, words: &Words) -> Vec<String> {
        let mut lines = Vec::new();
        if self.files.is_empty() {
            lines.push(say!(words, "undo-limits-gone"));
        } else if self.values == [None; 3] {
            lines.push(say!(words, "undo-limits-stay"));
        } else {
            lines.push(say!(words, "undo-limits"));
        }
        if !self.files.is_empty() {
            let values = Limit::ALL.into_iter().filter_map(|limit| Some((limit, self.values[limit as usize]?)));
            lines.extend(values.map(|(limit, (now, before))| {
                say!(words, "change-limit", key = limit.key(), before = now, after = before)
            }));
            lines.extend(self.files.iter().map(|file| say!(words, "undo-limits-file", path = words.path(file))));
        }
        if !self.others.is_empty() {
            let numbers = self.others.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            lines.push(say!(words, "undo-limits-others", numbers = numbers));
        }
        lines
    }
}

impl Conflict {
    /// Words what someone else has changed.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::FileChanged { path, .. } => say!(words, "conflict-changed", path = words.path(path)),
            Self::FileGone { path } => say!(words, "conflict-gone", path = words.path(path)),
            Self::Unreadable(error) => error.sentence(words),
        }
    }
}

impl Back {
    /// Words what is as it was again.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::File { path, .. } => say!(words, "undo-back-file", path = words.path(path)),
            Self::FileGone { path } => say!(words, "undo-back-file-gone", path = words.path(path)),
            Self::FolderGone { path } => say!(words, "undo-back-folder-gone", path = words.path(path)),
            Self::FromTrash { path } => say!(words, "undo-back-trash", path = words.path(path)),
            Self::Limit { limit, from, to } => {
                say!(words, "undo-back-limit", key = limit.key(), from = *from, to = *to)
            }
        }
    }

    /// The lines that are back, where it is about a file.
    #[must_use]
    pub const fn diff(&self) -> Option<&Diff> {
        match self {
            Self::File { diff, .. } => Some(diff),
            Self::FileGone { .. } | Self::FolderGone { .. } | Self::FromTrash { .. } | Self::Limit { .. } => None,
        }
    }
}

impl Left {
    /// Words what stays as it is, and why.
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
    /// Words how far it came, for a list.
    #[must_use]
    pub fn label(self, words: &Words) -> String {
        match self {
            Self::Applied => say!(words, "undo-state-applied"),
            Self::Undone => say!(words, "undo-state-undone"),
            Self::Applying | Self::Undoing => say!(words, "undo-state-interrupted"),
        }
    }
}
