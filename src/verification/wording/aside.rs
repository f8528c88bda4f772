//! One figure beside a check's heading: what it was before, how long it took.

use crate::machine::Limit;
use crate::say;
use crate::verification::{Added, Check, Facts, Figures, Outcome};
use crate::words::Words;

impl Check {
    /// A few words; `None` where there is nothing to add. `before` are the figures of before anything was done.
    #[must_use]
    pub fn aside(&self, before: Option<&Figures>, words: &Words) -> Option<String> {
        let was = |before: Option<u64>, now: Option<u64>| {
            let before = before.filter(|before| now.is_some_and(|now| now != *before));
            before.map(|before| say!(words, "verify-aside-was", before = before))
        };
        match &self.facts {
            Facts::LimitNow(facts) => {
                let before = before.and_then(|figures| match facts.limit {
                    Limit::Instances => figures.instance_limit,
                    Limit::Watches | Limit::QueuedEvents => figures.limit,
                });
                was(before, facts.sums.limit)
            }
            Facts::AtBoot(facts) if facts.limit == Limit::Watches => {
                was(before.and_then(|figures| figures.limit_at_boot), facts.found.value())
            }
            Facts::Added(Added { took, added, .. }) if *added > 0 && self.outcome == Outcome::Passed => {
                let seconds = format!("{:.2}", took.as_secs_f64());
                Some(say!(words, "verify-aside-took", seconds = seconds))
            }
            Facts::AtBoot(_)
            | Facts::QueueNow(_)
            | Facts::Instances(_)
            | Facts::Added(_)
            | Facts::Settings(_)
            | Facts::RunningApps(_)
            | Facts::HoldsAll(_)
            | Facts::Trial(_) => None,
        }
    }
}
