//! Sentences for what stood in the way of a remedy: what, where, what now.

use crate::project::streamlit::BrokenToml;
use crate::remedy::RemedyError;
use crate::say;
use crate::words::Words;
use std::path::Path;

impl RemedyError {
    /// One or two sentences.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::ForeignOwned { path, owner } => {
                say!(words, "error-foreign-owned", path = words.path(path), owner = owner.to_string())
            }
            Self::NotPermitted { path } => say!(words, "error-not-permitted", path = words.path(path)),
            Self::ReadOnlyFileSystem { path } => say!(words, "error-read-only", path = words.path(path)),
            Self::DiskFull { path } => say!(words, "error-disk-full", path = words.path(path)),
            Self::Vanished { path } => say!(words, "error-vanished", path = words.path(path)),
            Self::ChangedMeanwhile { path } => say!(words, "error-changed", path = words.path(path)),
            Self::NotAFile { path } => say!(words, "error-not-a-file", path = words.path(path)),
            Self::LinkInTheWay { path } => say!(words, "error-link", path = words.path(path)),
            Self::Outside { path } => say!(words, "error-outside", path = words.path(path)),
            Self::LinkLeadsOutside { path, target } => {
                say!(words, "error-link-outside", path = words.path(path), target = words.path(target))
            }
            Self::NotUtf8 { path, byte } => say!(words, "error-not-utf8", path = words.path(path), byte = *byte),
            Self::Broken { path, broken } => broken_sentence(words, path, broken),
            Self::NotATable { path, key } => {
                say!(words, "error-not-a-table", path = words.path(path), key = key.as_str())
            }
            Self::BrokenJson { path, reason } => {
                say!(words, "error-broken-json", path = words.path(path), reason = reason.as_str())
            }
            Self::NotAShellScript { path } => say!(words, "error-not-a-script", path = words.path(path)),
            Self::NoLaunchLine { path } => say!(words, "error-no-launch-line", path = words.path(path)),
            Self::NoWatcherLaunch { path, program } => {
                say!(words, "error-no-watcher-launch", path = words.path(path), program = program.as_str())
            }
            Self::UnclearLaunch { path, program, text } => {
                let (program, text) = (program.as_str(), text.as_str());
                say!(words, "error-unclear-launch", path = words.path(path), program = program, text = text)
            }
            Self::UnclearScript { path } => say!(words, "error-unclear-script", path = words.path(path)),
            Self::NoHome => say!(words, "error-no-home"),
            Self::Trash { path, reason } => {
                say!(words, "error-trash", path = words.path(path), reason = reason.as_str())
            }
            Self::Limits(refusal) => refusal.sentence(words),
            Self::ForeignJournal { path, owner } => {
                say!(words, "error-foreign-journal", path = words.path(path), owner = owner.to_string())
            }
            Self::OpenToOthers { path } => say!(words, "error-open-to-others", path = words.path(path)),
            Self::ForeignHome { path, owner } => {
                say!(words, "error-foreign-home", path = words.path(path), owner = owner.to_string())
            }
            Self::MountPoint { path } => say!(words, "error-mount-point", path = words.path(path)),
            Self::Silent { path } => say!(words, "error-silent", path = words.path(path)),
            Self::TooLarge { path } => say!(words, "error-too-large", path = words.path(path)),
            Self::Busy => say!(words, "error-busy"),
            Self::NoSuchEntry { id } => say!(words, "error-no-entry", id = id.to_string()),
            Self::System { path, reason } => {
                say!(words, "error-system", path = words.path(path), reason = reason.as_str())
            }
            Self::ProcessGone { pid } => say!(words, "error-process-gone", pid = pid.to_string()),
            Self::ForeignProcess { pid, owner } => {
                say!(words, "error-foreign-process", pid = pid.to_string(), owner = owner.to_string())
            }
            Self::CommandUnknown { pid } => say!(words, "error-command-unknown", pid = pid.to_string()),
            Self::StartedBy { pid, starter } => {
                say!(words, "error-started-by", pid = pid.to_string(), starter = starter.as_str())
            }
            Self::StillRunning { pid } => say!(words, "error-still-running", pid = pid.to_string()),
            Self::DidNotStart { reason, log } => {
                let sentence = say!(words, "error-did-not-start", reason = reason.as_str());
                match log {
                    Some(log) => format!("{sentence} {}", say!(words, "error-see-log", log = words.path(log))),
                    None => sentence,
                }
            }
        }
    }
}

fn broken_sentence(words: &Words, path: &Path, broken: &BrokenToml) -> String {
    let (path, line, reason) = (words.path(path), broken.line.to_string(), broken.mistake.in_words(words));
    let line = line.as_str();
    let sentence = say!(words, "error-broken", path = path, line = line, reason = reason);
    let Some(suggestion) = broken.suggestion.as_deref().map(str::trim) else { return sentence };
    format!("{sentence} {}", say!(words, "error-broken-repair", line = line, suggestion = suggestion))
}
