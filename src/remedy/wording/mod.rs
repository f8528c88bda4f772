//! The sentences of the remedies: plans, promises, what came of them and what stood in the way.

mod change;
mod compared;
mod error;
mod guidance;
mod outcome;
mod refusal;

use super::{HotReload, Promise, RemedyName};
use crate::say;
use crate::words::Words;

impl RemedyName {
    /// Words what the remedy does, as a heading.
    #[must_use]
    pub fn title(self, words: &Words) -> String {
        match self {
            Self::RaiseLimits => say!(words, "remedy-raise-limits"),
            Self::StreamlitConfig => say!(words, "remedy-streamlit-config"),
            Self::LaunchScript => say!(words, "remedy-launch-script"),
            Self::SessionVariable => say!(words, "remedy-session-variable"),
            Self::ClearCaches => say!(words, "remedy-clear-caches"),
            Self::Restart => say!(words, "remedy-restart"),
            Self::VscodeExclude => say!(words, "remedy-vscode-exclude"),
            Self::WatcherLaunch => say!(words, "remedy-watcher-launch"),
        }
    }
}

impl Promise {
    /// The same four words on every remedy: administrator, reboot, hot reload, restart; each with whether it is the
    /// pleasant answer.
    #[must_use]
    pub fn tags(&self, words: &Words) -> [(String, bool); 4] {
        [
            if self.needs_administrator {
                (say!(words, "promise-administrator"), false)
            } else {
                (say!(words, "promise-no-administrator"), true)
            },
            if self.survives_reboot {
                (say!(words, "promise-survives"), true)
            } else {
                (say!(words, "promise-until-reboot"), false)
            },
            match self.hot_reload {
                HotReload::Kept => (say!(words, "promise-reload-kept"), true),
                HotReload::Polling => (say!(words, "promise-reload-polling"), false),
                HotReload::Lost => (say!(words, "promise-reload-lost"), false),
            },
            if self.needs_restart {
                (say!(words, "promise-restart"), false)
            } else {
                (say!(words, "promise-no-restart"), true)
            },
        ]
    }

    /// The watches the app takes afterwards.
    #[must_use]
    pub fn watches_sentence(&self, words: &Words) -> String {
        match self.watches_after {
            Some(watches) => say!(words, "promise-watches-after", watches = watches),
            None => say!(words, "promise-watches-unknown"),
        }
    }
}
