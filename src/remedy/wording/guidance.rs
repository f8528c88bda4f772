//! What to do elsewhere, what wins at boot or over a setting, and advice.

use crate::remedy::Stronger;
use crate::remedy::caches::Advice;
use crate::remedy::raise_limits::{BootEffect, Guidance, Rival};
use crate::say;
use crate::words::{Words, shown, visible};

impl Guidance {
    /// What to do, and the text to copy where there is one.
    #[must_use]
    pub fn sentence_and_text(&self, words: &Words) -> (String, Option<&str>) {
        match self {
            Self::OnTheHost { command, .. } => (say!(words, "guidance-host"), Some(command)),
            Self::OnTheNode { command } => (say!(words, "guidance-node"), Some(command)),
            Self::NixosConfiguration { snippet } => (say!(words, "guidance-nixos"), Some(snippet)),
            Self::WslConfiguration { snippet } => (say!(words, "guidance-wsl"), Some(snippet)),
            Self::Wsl1 => (say!(words, "guidance-wsl1"), None),
            Self::OutsideTheSandbox { command } => (say!(words, "guidance-sandbox"), Some(command)),
            Self::InTheTerminal { command } => (say!(words, "guidance-terminal"), Some(command)),
        }
    }
}

impl BootEffect {
    /// Everything worth knowing beforehand about the next boot; empty when the drop-in will do what it says.
    #[must_use]
    pub fn sentences(&self, words: &Words) -> Vec<String> {
        let mut sentences = Vec::new();
        if !self.files_are_read {
            sentences.push(say!(words, "boot-not-read"));
        }
        sentences.extend(self.beaten_by.iter().map(|rival| rival.sentence(words, true)));
        sentences.extend(self.would_lower.iter().map(|rival| rival.sentence(words, false)));
        sentences.extend(self.unreadable.iter().map(|file| say!(words, "boot-unreadable", file = shown(file))));
        sentences
    }
}

impl Rival {
    fn sentence(&self, words: &Words, wins: bool) -> String {
        let (file, line) = (shown(&self.assignment.file), self.assignment.line.to_string());
        let (key, value) = (self.limit.key(), visible(&self.assignment.value));
        if wins {
            say!(words, "boot-beaten", file = file, line = line, key = key, value = value)
        } else {
            say!(words, "boot-would-lower", file = file, line = line, key = key, value = value)
        }
    }
}

impl Stronger {
    /// What would still win over setting `key`.
    #[must_use]
    pub fn sentence(&self, key: &str, words: &Words) -> String {
        match self {
            Self::Flag => say!(words, "stronger-flag", key = key),
            Self::Environment(name) => say!(words, "stronger-environment", key = key, name = name.as_str()),
            Self::File(path) => say!(words, "stronger-file", key = key, path = shown(path)),
            Self::NotRead => say!(words, "stronger-not-read"),
        }
    }
}

impl Advice {
    /// What could be moved, and what that would save.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::MoveAway { path, saves } => say!(words, "advice-move", path = shown(path), saves = *saves),
            Self::OwnScriptFolder { folder, saves_at_most } => {
                say!(words, "advice-own-folder", folder = shown(folder), saves = *saves_at_most)
            }
        }
    }
}
