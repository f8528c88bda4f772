//! One figure beside a check's heading: what it was before, how long it took, since when.

use super::app;
use crate::machine::Limit;
use crate::say;
use crate::verification::{Added, AppAge, Check, Facts, Figures, Outcome};
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
                    _ => figures.limit,
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
            Facts::RunningApps(apps) if self.outcome == Outcome::Passed => since(apps, words),
            _ => None,
        }
    }
}

/// Of the one app that runs.
fn since(apps: &[AppAge], words: &Words) -> Option<String> {
    let [AppAge { started: Some(started), .. }] = apps else { return None };
    Some(say!(words, "verify-aside-since", started = app::time(*started)))
}
