//! The gauge: how much is held, what the project will add, where the limit is; in plain characters and as parts to
//! draw.
//!
//! Characters are ASCII only: block characters are two columns wide in some terminals of Chinese users.

use super::holders::{self, Part};
use crate::report::Report;
use crate::report::model::Sums;
use crate::say;
use crate::words::Words;

/// One gauge.
pub(in crate::report) struct Gauge {
    pub(in crate::report) label: String,
    /// The meaning of each sign in the bar, with the figures.
    pub(in crate::report) legend: String,
    /// The heading of the drawn gauge.
    pub(in crate::report) title: String,
    /// The limit with its name.
    pub(in crate::report) limit_label: String,
    /// The parts that the drawn gauge shows, from the left.
    pub(in crate::report) parts: Vec<Part>,
    sums: Sums,
    limit: u64,
}

/// One for watches and one for instances, where the limits are known.
pub(super) fn gauges(report: &Report, words: &Words) -> Vec<Gauge> {
    let budget = &report.budget;
    let watches = (say!(words, "report-watches"), say!(words, "gauge-title"));
    let instances = (say!(words, "report-instances"), say!(words, "report-gauge-instances"));
    let of_watches = gauge(watches, budget.watches, holders::of_watches(report, words), words);
    let of_instances = gauge(instances, budget.instances, holders::of_instances(report, words), words);
    [of_watches, of_instances].into_iter().flatten().collect()
}

/// `None` where the limit is not known.
fn gauge((label, title): (String, String), sums: Sums, held: Vec<Part>, words: &Words) -> Option<Gauge> {
    let limit = sums.limit?;
    let mut parts = held;
    parts.extend(holders::of_project(sums, words));
    let limit_label = say!(words, "gauge-limit", limit = limit);
    Some(Gauge { label, legend: legend(sums, limit, words), title, limit_label, parts, sums, limit })
}

fn legend(sums: Sums, limit: u64, words: &Words) -> String {
    let mut parts = vec![say!(words, "report-gauge-held", count = sums.held)];
    if sums.to_add > 0 {
        parts.push(say!(words, "report-gauge-to-add", count = sums.to_add));
    }
    if sums.held.saturating_add(sums.to_add) > limit {
        parts.push(say!(words, "report-gauge-limit-passed", count = limit));
    } else {
        parts.push(say!(words, "report-gauge-limit", count = limit));
    }
    parts.join("   ")
}

impl Gauge {
    /// Returns what the whole length of the drawn gauge stands for.
    pub(in crate::report) fn whole(&self) -> u64 {
        self.sums.held.saturating_add(self.sums.to_add).max(self.limit).max(1)
    }

    /// Returns the limit where it is passed, and so has to be marked inside the gauge.
    pub(in crate::report) fn passed_limit(&self) -> Option<u64> {
        (self.whole() > self.limit).then_some(self.limit)
    }

    /// The drawn gauge in words.
    pub(in crate::report) fn in_words(&self, words: &Words) -> String {
        let parts = self.parts.iter().map(|part| format!("{} {}", part.name, part.figure));
        let parts: Vec<String> = [self.limit_label.clone()].into_iter().chain(parts).collect();
        words.list(&parts)
    }

    /// The bar, `cells` and its brackets wide, and one more where the limit stands in its middle.
    pub(in crate::report) fn bar(&self, cells: u64) -> String {
        let total = self.sums.held.saturating_add(self.sums.to_add);
        let whole = total.max(self.limit).max(1);
        // Rounded up: whoever holds anything is seen.
        let cell = |count: u64| (u128::from(count) * u128::from(cells)).div_ceil(u128::from(whole));
        let held = cell(self.sums.held);
        let total_cell = cell(total).max(held + u128::from(self.sums.to_add > 0)).min(u128::from(cells));
        let mark = (total > self.limit).then(|| cell(self.limit).min(u128::from(cells) - 1));
        let mut bar = String::from("[");
        for place in 0..u128::from(cells) {
            if mark == Some(place) {
                bar.push('|');
            }
            bar.push(if place < held {
                '#'
            } else if place < total_cell {
                '+'
            } else {
                '.'
            });
        }
        bar.push(']');
        bar
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bar(limit: u64, held: u64, to_add: u64, cells: u64) -> String {
        let sums = Sums { limit: Some(limit), held, need: to_add, to_add, missing: 0 };
        let [label, legend, title, limit_label] = [const { String::new() }; 4];
        Gauge { label, legend, title, limit_label, parts: Vec::new(), sums, limit }.bar(cells)
    }

    #[test]
    fn the_bar_shows_what_is_held_what_comes_and_where_the_limit_is() {
        assert_eq!(bar(100, 20, 30, 10), "[##+++.....]");
        assert_eq!(bar(100, 0, 0, 10), "[..........]");
        assert_eq!(bar(1_000_000, 1, 1, 10), "[#+........]", "whoever holds anything is seen");
        assert_eq!(bar(50, 20, 80, 10), "[##+++|+++++]", "the limit stands where it is passed");
        assert_eq!(bar(0, 0, 0, 4), "[....]");
    }

    proptest! {
        #[test]
        fn a_bar_is_as_wide_as_asked(limit: u64, held: u64, to_add: u64, cells in 1_u64..100) {
            let width = bar(limit, held, to_add, cells).chars().filter(|sign| *sign != '|').count() as u64;
            prop_assert_eq!(width, cells + 2);
        }
    }
}
