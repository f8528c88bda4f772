//! Reasons why the limits were not raised: a sentence for every outcome of the script, pkexec and sudo.

use crate::remedy::raise_limits::{DROP_IN, Invalid, Reason, Refusal};
use crate::say;
use crate::words::{Words, visible};

impl Refusal {
    /// Words what happened, and what the programs said where that helps.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        let sentence = self.reason.sentence(words);
        let known = !matches!(self.reason, Reason::Unexpected(_) | Reason::FileNotWritten | Reason::RefusedByKernel);
        if known || self.details.is_empty() {
            return sentence;
        }
        format!("{sentence} {}", say!(words, "refusal-details", details = visible(&self.details)))
    }
}

impl Reason {
    /// One sentence.
    #[must_use]
    pub fn sentence(self, words: &Words) -> String {
        match self {
            Self::Invalid(invalid) => invalid.sentence(words),
            Self::ChangedMeanwhile(_) => say!(words, "refusal-changed"),
            Self::NotUnderstood => say!(words, "refusal-not-understood"),
            Self::NotRoot => say!(words, "refusal-not-root"),
            Self::ToolMissing => say!(words, "refusal-tool-missing"),
            Self::NoLock => say!(words, "refusal-no-lock"),
            Self::AnotherRun => say!(words, "refusal-another-run"),
            Self::LimitUnreadable => say!(words, "refusal-limit-unreadable"),
            Self::HigherAlready => say!(words, "refusal-higher"),
            Self::TargetNotAFile => say!(words, "refusal-target-not-a-file", path = DROP_IN),
            Self::TargetForeign => say!(words, "refusal-target-foreign", path = DROP_IN),
            Self::ReadOnlyFolder => say!(words, "refusal-read-only-folder", path = DROP_IN),
            Self::DiskFull => say!(words, "refusal-disk-full", path = DROP_IN),
            Self::FileNotWritten => say!(words, "refusal-file-not-written", path = DROP_IN),
            Self::ReadOnlyKernel => say!(words, "refusal-read-only-kernel"),
            Self::RefusedByKernel => say!(words, "refusal-by-kernel"),
            Self::NotTakenBack => say!(words, "refusal-not-taken-back"),
            Self::KilledWorking(signal) => say!(words, "refusal-killed-working", signal = signal.to_string()),
            Self::Unexpected(_) => say!(words, "refusal-unexpected"),
            Self::Dismissed => say!(words, "refusal-dismissed"),
            Self::Denied => say!(words, "refusal-denied"),
            Self::NoAgent => say!(words, "refusal-no-agent"),
            Self::NotInstalled => say!(words, "refusal-not-installed"),
            Self::NoSystemBus => say!(words, "refusal-no-bus"),
            Self::NoPolkitd => say!(words, "refusal-no-polkitd"),
            Self::NoNewPrivileges => say!(words, "refusal-no-new-privileges"),
            Self::NotSetuid => say!(words, "refusal-not-setuid"),
            Self::KilledWaiting(signal) => say!(words, "refusal-killed-waiting", signal = signal.to_string()),
            Self::NotStarted => say!(words, "refusal-not-started"),
        }
    }
}

impl Invalid {
    /// Words what is wrong with the request, and what would be right.
    #[must_use]
    pub fn sentence(self, words: &Words) -> String {
        match self {
            Self::Nothing => say!(words, "refusal-nothing"),
            Self::OutOfRange { value } => say!(words, "refusal-out-of-range", value = value),
            Self::WouldLower { value, before } => {
                say!(words, "refusal-would-lower", value = value, before = before)
            }
        }
    }
}
