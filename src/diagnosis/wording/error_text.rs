//! What an error text means and what to do about it, in sentences.

use crate::diagnosis::error_text::{Cause, Circumstances, ErrorText, Resolution, resolve};
use crate::project::logs::{Resource, Tool};
use crate::say;
use crate::words::Words;

impl ErrorText {
    /// What ran out and whose limit that is, then what to do: a sentence or two each.
    #[must_use]
    pub fn meaning(&self, facts: &Circumstances, words: &Words) -> Vec<String> {
        let resolution = resolve(self.resource, facts);
        let is = match (self.resource, &resolution) {
            (Resource::Watches, _) => say!(words, "project-error-watches"),
            (_, Resolution::Is(Cause::QueueOverflow)) => say!(words, "project-error-queue"),
            (_, Resolution::Is(cause)) => say!(words, "project-error-is", cause = cause.phrase(words)),
            (_, Resolution::Several(causes)) => say!(words, "project-error-several", causes = phrases(causes, words)),
            (_, Resolution::Open(causes)) => say!(words, "project-error-open", causes = phrases(causes, words)),
        };
        let mut sentences = vec![is];
        for cause in resolution.causes() {
            let way = cause.way_out(self.tool, words);
            if !sentences.contains(&way) {
                sentences.push(way);
            }
        }
        sentences
    }
}

fn phrases(causes: &[Cause], words: &Words) -> String {
    let names: Vec<String> = causes.iter().map(|cause| cause.phrase(words)).collect();
    names.join(&say!(words, "project-error-or"))
}

impl Cause {
    /// What is the matter, as part of a sentence.
    #[must_use]
    pub fn phrase(self, words: &Words) -> String {
        match self {
            Self::WatchLimit => say!(words, "project-cause-watches"),
            Self::InstanceLimit => say!(words, "project-cause-instances"),
            Self::DiskFull => say!(words, "project-cause-disk"),
            Self::NoInodes => say!(words, "project-cause-inodes"),
            Self::DescriptorLimit => say!(words, "project-cause-descriptors"),
            Self::QueueOverflow => say!(words, "project-cause-queue"),
        }
    }

    /// What to do about it; `tool` is the program that ran into it.
    #[must_use]
    pub fn way_out(self, tool: Tool, words: &Words) -> String {
        match self {
            Self::WatchLimit => say!(words, "error-way-watches"),
            Self::InstanceLimit => say!(words, "error-way-instances"),
            Self::DiskFull | Self::NoInodes => say!(words, "error-way-disk"),
            Self::DescriptorLimit => say!(words, "error-way-descriptors"),
            Self::QueueOverflow if tool == Tool::Watchdog => say!(words, "error-way-queue-watchdog"),
            Self::QueueOverflow => say!(words, "error-way-queue"),
        }
    }
}
