//! Sentences for what to do elsewhere, what wins at boot or over a setting, and advice.

use crate::remedy::Stronger;
use crate::remedy::caches::Advice;
use crate::remedy::raise_limits::{BootEffect, Guidance, Rival};
use crate::say;
use crate::words::{Words, visible};

impl Guidance {
    /// Words what to do, and the text to copy where there is one. In a user namespace, [`Self::allowed_by_namespace`]
    /// comes before.
    #[must_use]
    pub fn sentence_and_text(&self, words: &Words) -> (String, Option<&str>) {
        match self {
            Self::OnTheHost { command, .. } => (say!(words, "guidance-host"), Some(command)),
            Self::OnTheNode { command } => (say!(words, "guidance-node"), Some(command)),
            Self::NixosConfiguration { snippet } => (say!(words, "guidance-nixos"), Some(snippet)),
            Self::WslConfiguration { snippet } => (say!(words, "guidance-wsl"), Some(snippet)),
            Self::Wsl1 => (say!(words, "guidance-wsl1"), None),
            Self::OfTheNamespace { command, kernel, .. } => {
                (of_namespace(words, command.is_some(), *kernel), command.as_deref())
            }
            Self::OutsideTheSandbox { command } => (say!(words, "guidance-sandbox"), Some(command)),
            Self::InTheTerminal { command } => (say!(words, "guidance-terminal"), Some(command)),
        }
    }

    /// Words what the user namespace allows; `None` where its own limit is not what stands in the way.
    #[must_use]
    pub fn allowed_by_namespace(&self, words: &Words) -> Option<String> {
        let Self::OfTheNamespace { allowed, instances, .. } = *self else { return None };
        Some(if instances {
            say!(words, "fix-raise-namespace-instances", now = allowed)
        } else {
            say!(words, "fix-raise-namespace-detail", now = allowed)
        })
    }
}

fn of_namespace(words: &Words, can_be_raised: bool, kernel: Option<u64>) -> String {
    let kernel = kernel.map(|kernel| say!(words, "guidance-namespace-kernel", kernel = kernel));
    let what = if can_be_raised { say!(words, "guidance-namespace") } else { say!(words, "guidance-namespace-fixed") };
    words.sentences(&kernel.into_iter().chain([what]).collect::<Vec<_>>())
}

impl BootEffect {
    /// Words everything worth knowing beforehand about the next boot; empty when the drop-in will do what it says.
    #[must_use]
    pub fn sentences(&self, words: &Words) -> Vec<String> {
        let mut sentences = Vec::new();
        if !self.files_are_read {
            sentences.push(say!(words, "boot-not-read"));
        }
        sentences.extend(self.beaten_by.iter().map(|rival| rival.sentence(words, true)));
        sentences.extend(self.would_lower.iter().map(|rival| rival.sentence(words, false)));
        sentences.extend(self.unreadable.iter().map(|file| say!(words, "boot-unreadable", file = words.path(file))));
        sentences
    }
}

impl Rival {
    /// Words what would set a value back before the reboot.
    pub(in crate::remedy) fn set_back_sentence(&self, words: &Words) -> String {
        let (file, line) = (words.path(&self.assignment.file), self.assignment.line.to_string());
        say!(
            words,
            "boot-set-back",
            file = file,
            line = line,
            key = self.limit.key(),
            value = visible(&self.assignment.value)
        )
    }

    fn sentence(&self, words: &Words, wins: bool) -> String {
        let (file, line) = (words.path(&self.assignment.file), self.assignment.line.to_string());
        let (key, value) = (self.limit.key(), visible(&self.assignment.value));
        if wins {
            say!(words, "boot-beaten", file = file, line = line, key = key, value = value)
        } else {
            say!(words, "boot-would-lower", file = file, line = line, key = key, value = value)
        }
    }
}

impl Stronger {
    /// Words what would still win over setting `key`.
    #[must_use]
    pub fn sentence(&self, key: &str, words: &Words) -> String {
        match self {
            Self::Flag => say!(words, "stronger-flag", key = key),
            Self::Environment(name) => say!(words, "stronger-environment", key = key, name = name.as_str()),
            Self::File(path) => say!(words, "stronger-file", key = key, path = words.path(path)),
            Self::NotRead => say!(words, "stronger-not-read"),
            Self::OwnEnvironment(by) => say!(words, "stronger-own-environment", by = by.as_str()),
        }
    }
}

impl Advice {
    /// Words what could be moved, and what that would save.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::MoveAway { path, saves } => say!(words, "advice-move", path = words.path(path), saves = *saves),
            Self::OwnScriptFolder { folder, saves_at_most } => {
                say!(words, "advice-own-folder", folder = words.path(folder), saves = *saves_at_most)
            }
        }
    }
}
