//! The sentences about the trial launch.

use super::app::listed;
use super::joined;
use crate::say;
use crate::verification::{Trial, TrialEnd};
use crate::words::{Words, visible};

impl Trial {
    pub(super) fn sentence(&self, words: &Words) -> String {
        let mut parts = vec![self.end_sentence(words)];
        if self.unwatched_count > 0 {
            let folders = listed(words, &self.unwatched, self.unwatched_count);
            parts.push(say!(words, "verify-trial-gap", count = self.unwatched_count, folders = folders));
        }
        if let Some(error) = &self.error {
            parts.push(say!(words, "verify-trial-error", line = visible(error)));
        }
        joined(&parts, words)
    }

    fn end_sentence(&self, words: &Words) -> String {
        let (watches, need) = (self.watches, self.need);
        match &self.end {
            TrialEnd::Counted => say!(words, "verify-trial-counted", watches = watches, need = need),
            TrialEnd::NoScript => say!(words, "verify-trial-no-script"),
            TrialEnd::NoPython => say!(words, "verify-trial-no-python"),
            TrialEnd::NoRoomBeside { pid } => say!(words, "verify-trial-no-room", pid = pid.to_string(), need = need),
            TrialEnd::NotStarted { reason } => say!(words, "verify-trial-not-started", reason = visible(reason)),
            TrialEnd::Died { status, said } => {
                let first = say!(words, "verify-trial-died", status = status.as_str());
                with_last_word(first, said, words)
            }
            TrialEnd::NoSession { said } => with_last_word(say!(words, "verify-trial-no-session"), said, words),
            TrialEnd::SessionClosed { reason } => say!(words, "verify-trial-closed", reason = visible(reason)),
            TrialEnd::StillRunning => say!(words, "verify-trial-still-running", watches = watches, need = need),
        }
    }
}

fn with_last_word(first: String, said: &str, words: &Words) -> String {
    if said.is_empty() {
        return first;
    }
    joined(&[first, say!(words, "verify-trial-said", line = said)], words)
}
