//! The gauge in plain characters: how much is held, what the project will add, where the limit is.
//!
//! ASCII only: block characters are two columns wide in some terminals of Chinese users.

use crate::report::Report;
use crate::report::model::Sums;
use crate::say;
use crate::words::Words;

/// One gauge.
pub(in crate::report) struct Gauge {
    pub(in crate::report) label: String,
    /// What each sign in the bar means, with the figures.
    pub(in crate::report) legend: String,
    sums: Sums,
    limit: u64,
}

/// One for watches and one for instances, where the limits are known.
pub(super) fn gauges(report: &Report, words: &Words) -> Vec<Gauge> {
    let budget = &report.budget;
    let gauge = |label: String, sums: Sums| {
        sums.limit.map(|limit| Gauge { label, legend: legend(sums, limit, words), sums, limit })
    };
    [gauge(say!(words, "report-watches"), budget.watches), gauge(say!(words, "report-instances"), budget.instances)]
        .into_iter()
        .flatten()
        .collect()
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
        Gauge { label: String::new(), legend: String::new(), sums, limit }.bar(cells)
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
