//! The sentences about the limits, now and at the next boot.

use super::joined;
use crate::machine::Limit;
use crate::say;
use crate::verification::{AtBoot, AtBootFacts, LimitNow, QueueNow};
use crate::words::Words;

impl LimitNow {
    pub(super) fn sentence(&self, words: &Words) -> String {
        let sums = &self.sums;
        let Some(limit) = sums.limit else { return say!(words, "verify-limit-unknown") };
        let instances = self.limit == Limit::Instances;
        let mut parts = vec![match (self.of_namespace, instances) {
            (true, false) => say!(words, "verify-limit-of-namespace", limit = limit),
            (true, true) => say!(words, "verify-instances-of-namespace", limit = limit),
            (false, false) => say!(words, "verify-limit-of-kernel", limit = limit),
            (false, true) => say!(words, "verify-instances-of-kernel", limit = limit),
        }];
        let (total, held) = (sums.total(), sums.held);
        parts.push(if total > limit {
            say!(words, "verify-limit-short", total = total, held = held, missing = total - limit)
        } else if sums.need == 0 {
            say!(words, "verify-limit-held", held = held)
        } else {
            say!(words, "verify-limit-enough", total = total, held = held)
        });
        if self.held_is_a_minimum {
            parts.push(say!(words, "verify-limit-minimum"));
        }
        joined(&parts, words)
    }
}

impl QueueNow {
    pub(super) fn sentence(&self, words: &Words) -> String {
        match self.queue {
            None => say!(words, "verify-queue-unknown"),
            Some(queue) if queue < self.events => {
                say!(words, "verify-queue-short", events = self.events, queue = queue)
            }
            Some(queue) => say!(words, "verify-queue-enough", events = self.events, queue = queue),
        }
    }
}

impl AtBoot {
    pub(super) fn sentence(&self, words: &Words) -> String {
        let (value, first) = match &self.found {
            AtBootFacts::Set { value, winner } => {
                let line = winner.line.to_string();
                (*value, say!(words, "verify-boot-set", limit = *value, file = words.path(&winner.file), line = line))
            }
            AtBootFacts::KernelDefault { about } => (*about, say!(words, "verify-boot-default", limit = *about)),
            AtBootFacts::DefaultUnknown => return say!(words, "verify-boot-default-unknown"),
            AtBootFacts::Host => return say!(words, "verify-boot-host"),
            AtBootFacts::Unreadable(file) => return say!(words, "verify-boot-unreadable", file = words.path(file)),
        };
        let judgement = if value < self.wanted {
            say!(words, "verify-boot-short", wanted = self.wanted)
        } else {
            say!(words, "verify-boot-enough", wanted = self.wanted)
        };
        let mut parts = vec![first, judgement];
        if let Some(now) = self.now.filter(|now| value < *now) {
            parts.push(say!(words, "verify-boot-lower", now = now));
        }
        joined(&parts, words)
    }
}
