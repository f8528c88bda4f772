//! Notes worth knowing before a plan is applied, and obstacles in the way of one.

use crate::remedy::raise_limits::{BootEffect, Invalid, Rival};
use crate::remedy::{RemedyError, Stronger, watcher};
use crate::say;
use crate::watchers::Documented;
use crate::words::Words;
use std::path::PathBuf;

/// Notes worth knowing beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Note {
    /// The effect of the drop-in at the next boot.
    Boot(BootEffect),
    /// A line that `sysctl --system` would apply again over a value raised until the reboot only.
    SetBack(Rival),
    /// KDE's inotify-survey is installed, and its button will change nothing any more.
    KdeSurvey,
    /// A stronger place sets this key, too.
    Stronger(&'static str, Stronger),
    /// The setting run on save frees nothing; the watches the app takes either way.
    RunOnSave(Option<u64>),
    /// These caches are mount points, or hold one, and are left alone.
    MountedCaches(Vec<PathBuf>),
    /// The effect is what the program's documentation says, and was not measured.
    Documented(Documented),
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
            Self::SetBack(rival) => vec![rival.set_back_sentence(words)],
            Self::KdeSurvey => vec![say!(words, "boot-kde-survey")],
            Self::Stronger(key, stronger) => vec![stronger.sentence(key, words)],
            Self::Documented(program) => vec![say!(words, "note-documented", program = program.name())],
            Self::RunOnSave(Some(watches)) => vec![say!(words, "fix-run-on-save-watches", watches = *watches)],
            Self::MountedCaches(caches) => vec![mounted_caches(caches, words)],
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

/// Says which caches are left alone because something is mounted there.
#[must_use]
pub fn mounted_caches(caches: &[PathBuf], words: &Words) -> String {
    let paths = caches.iter().map(|path| words.path(path)).collect::<Vec<_>>().join(", ");
    say!(words, "fix-caches-mounted", count = caches.len() as u64, paths = paths)
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
