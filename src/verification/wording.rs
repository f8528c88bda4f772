//! The sentences of the checks.

mod app;
mod aside;
mod compare;
mod limit;
mod title;
mod trial;

use super::{Added, Check, Facts, Instances, Outcome, SettingsSeen, Step};
use crate::project::streamlit::Watcher;
use crate::say;
use crate::words::{Words, visible};
use rustix::io::Errno;

impl Check {
    /// Words what was seen, in a sentence or a few.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match &self.facts {
            Facts::LimitNow(facts) => facts.sentence(words),
            Facts::QueueNow(facts) => facts.sentence(words),
            Facts::AtBoot(facts) => facts.sentence(words),
            Facts::Instances(facts) => facts.sentence(words),
            Facts::Added(facts) => facts.sentence(words),
            Facts::Settings(facts) => facts.sentence(words),
            Facts::RunningApps(apps) => app::ages(apps, words),
            Facts::HoldsAll(apps) => app::holdings(apps, words),
            Facts::Trial(facts) => facts.sentence(words),
        }
    }
}

impl Outcome {
    /// The word for it.
    #[must_use]
    pub fn label(self, words: &Words) -> String {
        match self {
            Self::Passed => say!(words, "verify-passed"),
            Self::Failed => say!(words, "verify-failed"),
            Self::CouldNotRun => say!(words, "verify-could-not-run"),
        }
    }
}

impl Step {
    /// Words where to go.
    #[must_use]
    pub fn sentence(self, words: &Words) -> String {
        match self {
            Self::Project => say!(words, "verify-step-project"),
            Self::Diagnosis => say!(words, "verify-step-diagnosis"),
            Self::Fix => say!(words, "verify-step-fix"),
        }
    }
}

impl Instances {
    fn sentence(&self, words: &Words) -> String {
        let (need, held, added) = (self.need, self.held, self.added);
        match self.refused {
            Some(errno) if self.descriptors => {
                say!(words, "verify-instances-descriptors", added = added, errno = number(errno))
            }
            Some(errno) => {
                say!(words, "verify-instances-refused", need = need, held = held, added = added, errno = number(errno))
            }
            None if held > 0 => say!(words, "verify-instances-beside", need = need, held = held, added = added),
            None => say!(words, "verify-instances-added", added = added),
        }
    }
}

impl Added {
    fn sentence(&self, words: &Words) -> String {
        let (need, held, added) = (self.need, self.held, self.added);
        let pid = self.app.map(|pid| pid.to_string()).unwrap_or_default();
        let mut text = match &self.refused {
            Some(refused) => {
                let folder = match &refused.folder {
                    Some(folder) => words.path(folder),
                    None => say!(words, "verify-added-folder-to-come"),
                };
                let errno = number(refused.errno);
                say!(
                    words,
                    "verify-added-refused",
                    need = need,
                    held = held,
                    added = added,
                    folder = folder,
                    errno = errno
                )
            }
            None if need == 0 => say!(words, "verify-added-none-needed"),
            None if self.app.is_some() && added == 0 => {
                say!(words, "verify-added-app-holds", need = need, pid = pid.as_str())
            }
            None if self.given_back => {
                say!(words, "verify-added-given-back", held = held, added = added, pid = pid.as_str())
            }
            None if self.app.is_some() => {
                say!(words, "verify-added-beside", need = need, held = held, added = added, pid = pid.as_str())
            }
            None => say!(words, "verify-added", added = added),
        };
        if self.refused.is_none() && self.stand_ins > 0 {
            text = joined(&[text, say!(words, "verify-added-stand-ins", count = self.stand_ins)], words);
        }
        text
    }
}

/// Sentences one after the other, as the language sets them.
fn joined(sentences: &[String], words: &Words) -> String {
    sentences.join(&say!(words, "verify-sentence-separator"))
}

/// Returns the number as people know it from messages: `errno 28 (ENOSPC)`.
fn number(errno: Errno) -> String {
    let name = match errno {
        Errno::NOSPC => " (ENOSPC)",
        Errno::MFILE => " (EMFILE)",
        Errno::NFILE => " (ENFILE)",
        Errno::NOMEM => " (ENOMEM)",
        _ => "",
    };
    format!("{}{name}", errno.raw_os_error())
}

impl SettingsSeen {
    fn sentence(&self, words: &Words) -> String {
        match self {
            Self::NoScript => say!(words, "verify-settings-no-script"),
            Self::Broken { file, broken } => {
                let (line, text) = (broken.line.to_string(), visible(&broken.text));
                say!(words, "verify-settings-broken", file = words.path(file), line = line, text = text)
            }
            Self::Unreadable { file, reason } => {
                say!(words, "verify-settings-unreadable", file = words.path(file), reason = visible(reason))
            }
            Self::Watcher { value, source, effect, unknown_word, expected, beaten } => {
                let (value, place) = (visible(value), source.label(words));
                let mut parts = vec![say!(words, "verify-settings-watcher", value = value, source = place)];
                parts.push(match effect {
                    Watcher::Watchdog => say!(words, "verify-settings-watchdog"),
                    Watcher::Poll => say!(words, "verify-settings-poll"),
                    Watcher::None if *unknown_word => say!(words, "verify-settings-unknown-word"),
                    Watcher::None => say!(words, "verify-settings-none"),
                });
                if let Some(beaten) = beaten {
                    let (value, place) = (visible(&beaten.value), beaten.source.label(words));
                    parts.push(say!(words, "verify-settings-beaten", value = value, source = place));
                }
                if let Some(expected) = expected {
                    parts.push(say!(words, "verify-settings-chosen", value = expected.word()));
                }
                joined(&parts, words)
            }
        }
    }
}
