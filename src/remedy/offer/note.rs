//! Notes worth knowing before a plan is applied, and obstacles in the way of one.

use crate::remedy::raise_limits::{BootEffect, Invalid};
use crate::remedy::{RemedyError, Stronger, watcher};
use crate::say;
use crate::words::Words;

/// Notes worth knowing beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Note {
    /// The effect of the drop-in at the next boot.
    Boot(BootEffect),
    /// A stronger place sets this key, too.
    Stronger(&'static str, Stronger),
    /// The setting run on save frees nothing; the watches the app takes either way.
    RunOnSave(Option<u64>),
    /// The folders of the project that an editor watches now and afterwards.
    EditorExclude {
        /// Watches now.
        now: u64,
        /// Watches afterwards.
        after: u64,
    },
}

/// Reasons why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Obstacle {
    /// The limits asked for cannot be set.
    Invalid(Invalid),
    /// An error of a remedy.
    Remedy(RemedyError),
}

impl Note {
    pub(super) fn stronger(wins: impl IntoIterator<Item = Stronger>) -> Vec<Self> {
        wins.into_iter().map(|stronger| Self::Stronger(watcher::FILE_WATCHER_KEY, stronger)).collect()
    }

    /// The sentences; none where there is nothing to say.
    #[must_use]
    pub fn sentences(&self, words: &Words) -> Vec<String> {
        match self {
            Self::Boot(effect) => effect.sentences(words),
            Self::Stronger(key, stronger) => vec![stronger.sentence(key, words)],
            Self::RunOnSave(Some(watches)) => vec![say!(words, "fix-run-on-save-watches", watches = *watches)],
            Self::EditorExclude { now, after } => {
                vec![
                    say!(words, "fix-editor-exclude", now = *now, after = *after),
                    say!(words, "fix-editor-exclude-lost"),
                ]
            }
            Self::RunOnSave(None) => vec![say!(words, "fix-run-on-save-note")],
        }
    }
}

impl Obstacle {
    /// Words what stands in the way, and what would be right.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::Invalid(invalid) => invalid.sentence(words),
            Self::Remedy(error) => error.sentence(words),
        }
    }
}
