//! The sentences of the diagnosis: facts in, one language out.

mod error_text;
mod finding;
mod finding_detail;
mod headline;
mod kind;
mod pkexec;
mod survey_error;
mod toml;

use super::budget::SetBy;
use super::recommendation::TooLow;
use super::{Recommendation, Remedy, Severity, Verdict};
use crate::project::streamlit::{Source, Watcher};
use crate::say;
use crate::words::Words;
use std::path::PathBuf;

impl Verdict {
    /// The verdict in one sentence, or two or three short ones.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        words.sentences(&[vec![self.without_place(words)], self.of_namespace(words)].concat())
    }

    /// Words whose limit it is, where that is not the kernel's.
    fn of_namespace(&self, words: &Words) -> Vec<String> {
        let namespace = self.set_by() == Some(SetBy::Namespace);
        namespace.then(|| say!(words, "verdict-namespace")).into_iter().collect()
    }

    fn without_place(&self, words: &Words) -> String {
        match *self {
            Self::LimitUnknown => say!(words, "verdict-limit-unknown"),
            Self::AccountOnly { held, limit, .. } => say!(words, "verdict-account", held = held, limit = limit),
            Self::NothingNeeded { watcher: Watcher::Poll, .. } => say!(words, "verdict-nothing-needed-poll"),
            Self::NothingNeeded { .. } => say!(words, "verdict-nothing-needed-none"),
            Self::RunningWithGap { expected, limit, held, unwatched, .. } => {
                say!(words, "verdict-gap", need = expected, limit = limit, held = held, unwatched = unwatched)
            }
            Self::GapOfInstances { unwatched, limit, held, .. } => {
                say!(words, "verdict-gap-instances", unwatched = unwatched, limit = limit, held = held)
            }
            Self::AppLoops { events, queue, .. } => {
                say!(words, "verdict-app-loops", events = events, queue = queue)
            }
            Self::QueueTooShort { loops: true, directories, events, queue } => {
                say!(words, "verdict-queue-loops", directories = directories, events = events, queue = queue)
            }
            Self::QueueTooShort { loops: false, directories, events, queue } => {
                say!(words, "verdict-queue-until", directories = directories, events = events, queue = queue)
            }
            Self::DoesNotFit { need, limit, held, .. } => {
                say!(words, "verdict-does-not-fit", need = need, limit = limit, held = held)
            }
            Self::InstancesDoNotFit { need, limit, held, .. } => {
                say!(words, "verdict-instances-do-not-fit", need = need, limit = limit, held = held)
            }
            Self::Running { need, limit, held, .. } => {
                say!(words, "verdict-running", need = need, limit = limit, held = held)
            }
            Self::Fits { need, limit, held, .. } => {
                say!(words, "verdict-fits", need = need, limit = limit, held = held)
            }
        }
    }
}

impl Recommendation {
    /// Words what to do and why, in one or two sentences.
    #[must_use]
    pub fn reason(&self, words: &Words) -> String {
        match self.remedy {
            Remedy::None if self.see_findings => say!(words, "recommend-see-findings"),
            Remedy::None => say!(words, "recommend-none"),
            Remedy::RestartApp => say!(words, "recommend-restart"),
            Remedy::RepairSettings => say!(words, "recommend-repair"),
            Remedy::LetStreamlitPoll => say!(words, "recommend-poll"),
            Remedy::RaiseLimits => self.raise_sentence(words),
            Remedy::RaiseLimitsOnHost => {
                words.sentences(&[self.raise_sentence(words), say!(words, "recommend-on-host")])
            }
            Remedy::RaiseNamespaceLimits => self.namespace_sentence(words),
            Remedy::FewerWatches => self.fewer_sentence(words),
        }
    }

    /// Words the limits of the namespace: both may be too low, and the kernel's as well.
    fn namespace_sentence(&self, words: &Words) -> String {
        let watches = self
            .namespace_watches
            .map(|TooLow { now, wanted }| say!(words, "recommend-raise-namespace", now = now, wanted = wanted));
        let instances = self.namespace_instances.map(|TooLow { now, wanted }| {
            say!(words, "recommend-raise-namespace-instances", now = now, wanted = wanted)
        });
        let kernel = self.watches.or(self.instances);
        let kernel = kernel.map(|_| say!(words, "recommend-kernel-too", raise = self.raise_sentence(words)));
        words.sentences(&watches.into_iter().chain(instances).chain(kernel).collect::<Vec<_>>())
    }

    fn fewer_sentence(&self, words: &Words) -> String {
        match (self.namespace_watches, self.namespace_instances) {
            (None, Some(TooLow { now, .. })) => say!(words, "recommend-fewer-instances", now = now),
            (watches, _) => say!(words, "recommend-fewer-watches", now = watches.map_or(0, |watches| watches.now)),
        }
    }

    fn raise_sentence(&self, words: &Words) -> String {
        let queue = self.queued_events.map(|events| say!(words, "recommend-raise-queue", events = events));
        let limits = self.raise_limits_sentence(words, queue.is_some());
        words.sentences(&limits.into_iter().chain(queue).collect::<Vec<_>>())
    }

    fn raise_limits_sentence(&self, words: &Words, queue: bool) -> Option<String> {
        Some(match (self.watches, self.instances) {
            (Some(watches), Some(instances)) => {
                say!(words, "recommend-raise-both", watches = watches, instances = instances)
            }
            (Some(watches), None) => say!(words, "recommend-raise", watches = watches),
            (None, Some(instances)) => say!(words, "recommend-raise-instances", instances = instances),
            (None, None) if queue => return None,
            (None, None) => say!(words, "recommend-keep"),
        })
    }
}

impl Severity {
    /// The word on the finding's tag.
    #[must_use]
    pub fn label(self, words: &Words) -> String {
        match self {
            Self::Critical => say!(words, "severity-critical"),
            Self::Warning => say!(words, "severity-warning"),
            Self::Info => say!(words, "severity-info"),
            Self::Ok => say!(words, "severity-ok"),
        }
    }
}

impl Source {
    /// The place a setting comes from, fit for the middle of a sentence.
    #[must_use]
    pub fn label(&self, words: &Words) -> String {
        match self {
            Self::Flag => say!(words, "source-flag"),
            Self::Environment(name) => say!(words, "source-environment", name = name.as_str()),
            Self::Project(path) | Self::ScriptFolder(path) | Self::Global(path) => {
                say!(words, "source-file", path = words.path(path))
            }
            Self::Default => say!(words, "source-default"),
        }
    }
}

/// The first few of `paths` in a row, and how many more there are out of `count`.
fn listed(words: &Words, paths: &[PathBuf], count: u64) -> String {
    words.first_few(paths.iter().map(|path| words.path(path)), count)
}
