//! The sentences of the checks.

mod app;
mod limit;
mod trial;

use super::{Added, BeforeAfter, Check, Facts, Figures, Instances, Outcome, SettingsSeen, Step};
use crate::project::streamlit::Watcher;
use crate::say;
use crate::words::{Words, shown, visible};
use rustix::io::Errno;

impl Check {
    /// What was checked, as a heading.
    #[must_use]
    pub fn title(&self, words: &Words) -> String {
        match self.id() {
            "limit-now" => say!(words, "verify-title-limit-now"),
            "instances-now" => say!(words, "verify-title-instances-now"),
            "limit-at-boot" => say!(words, "verify-title-limit-at-boot"),
            "instances-at-boot" => say!(words, "verify-title-instances-at-boot"),
            "instances-added" => say!(words, "verify-title-instances-added"),
            "watches-added" => say!(words, "verify-title-watches-added"),
            "settings" => say!(words, "verify-title-settings"),
            "running-apps" => say!(words, "verify-title-running-apps"),
            "app-holds-all" => say!(words, "verify-title-app-holds-all"),
            _ => say!(words, "verify-title-trial"),
        }
    }

    /// What was seen, in a sentence or a few.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match &self.facts {
            Facts::LimitNow(facts) => facts.sentence(words),
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
    /// Where to go.
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
                    Some(folder) => shown(folder),
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
            None if self.app.is_some() => {
                say!(words, "verify-added-beside", need = need, held = held, added = added, pid = pid.as_str())
            }
            None => say!(words, "verify-added", added = added),
        };
        if self.refused.is_none() && self.stand_ins > 0 {
            text.push(' ');
            text.push_str(&say!(words, "verify-added-stand-ins", count = self.stand_ins));
        }
        text
    }
}

/// As people know it from messages: `errno 28 (ENOSPC)`.
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
                say!(words, "verify-settings-broken", file = shown(file), line = line, text = text)
            }
            Self::Unreadable { file, reason } => {
                say!(words, "verify-settings-unreadable", file = shown(file), reason = visible(reason))
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
                parts.join(" ")
            }
        }
    }
}

impl BeforeAfter {
    /// Name, before, after: only what could be read on one side at least.
    #[must_use]
    pub fn rows(&self, words: &Words) -> Vec<[String; 3]> {
        let figure =
            |value: Option<u64>| value.map_or_else(|| say!(words, "verify-compare-unknown"), |v| words.number(v));
        let row =
            |name: String, of: fn(&Figures) -> Option<u64>| [name, figure(of(&self.before)), figure(of(&self.after))];
        vec![
            row(say!(words, "verify-compare-limit"), |figures| figures.limit),
            self.at_boot_row(words),
            row(say!(words, "verify-compare-held"), |figures| Some(figures.held)),
            row(say!(words, "verify-compare-need"), |figures| Some(figures.need)),
            row(say!(words, "verify-compare-missing"), |figures| Some(figures.missing)),
            row(say!(words, "verify-compare-gaps"), |figures| figures.gaps),
        ]
    }

    /// Where no file sets the limit, that is known.
    fn at_boot_row(&self, words: &Words) -> [String; 3] {
        let [before, after] = [self.before, self.after].map(|figures| {
            figures.limit_at_boot.map_or_else(|| say!(words, "verify-compare-no-file"), |limit| words.number(limit))
        });
        [say!(words, "verify-compare-at-boot"), before, after]
    }
}
