//! The account's watches over time, since the window was opened. Bounded: equal readings are one run, and the oldest
//! runs go.

use std::collections::VecDeque;

/// Runs kept at most; more could not be told apart in the picture.
const MOST_RUNS: usize = 240;

/// Readings one after the other that were all the same. Times are seconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first reading.
    pub from: u64,
    /// The last one, or the first of the next run where that follows at once.
    pub until: u64,
    /// The watches that were read.
    pub watches: u64,
}

/// The readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    runs: VecDeque<Run>,
    /// Whether nobody looked for a while: what was in between is not known.
    interrupted: bool,
}

impl Watched {
    /// Adds a reading.
    pub fn read(&mut self, at: u64, watches: u64) {
        // The clock may be set back, and an older look at the computer be shown after a newer one.
        let at = self.runs.back().map_or(at, |last| at.max(last.until));
        let follows = !std::mem::take(&mut self.interrupted);
        if let Some(last) = self.runs.back_mut().filter(|_| follows) {
            last.until = last.until.max(at);
            if last.watches == watches {
                return;
            }
        }
        if self.runs.len() == MOST_RUNS {
            self.runs.pop_front();
        }
        self.runs.push_back(Run { from: at, until: at, watches });
    }

    /// A reading that was no different from the last.
    pub fn same(&mut self, at: u64) {
        if let Some(Run { watches, .. }) = self.runs.back().copied().filter(|last| last.until < at) {
            self.read(at, watches);
        }
    }

    /// Notes that from now on nobody looks, until the next reading.
    pub const fn interrupt(&mut self) {
        self.interrupted = true;
    }

    /// The runs, the oldest first.
    #[must_use]
    pub const fn runs(&self) -> &VecDeque<Run> {
        &self.runs
    }

    /// The fewest, the most and the last that was read.
    #[must_use]
    pub fn range(&self) -> Option<(u64, u64, u64)> {
        let watches = || self.runs.iter().map(|run| run.watches);
        Some((watches().min()?, watches().max()?, self.runs.back()?.watches))
    }
}

impl Watched {
    /// Seconds until `limit` is reached if the watches go on growing as they did in the last ten minutes; `None` where
    /// they do not grow steadily: a program that has started, or one that takes and gives back, says nothing of later.
    #[must_use]
    pub fn full_in(&self, limit: u64) -> Option<u64> {
        const WINDOW: u64 = 10 * 60;
        const LEAST: u64 = 20;
        const RISES: usize = 3;
        const MOST: u64 = 24 * 60 * 60;
        let last = self.runs.back()?;
        let begin = last.until.saturating_sub(WINDOW);
        let recent: Vec<&Run> = self.runs.iter().filter(|run| run.until > begin || run.from == last.from).collect();
        let first = recent.first()?;
        // Where the clock was set back, the first one is later.
        let span = last.until.saturating_sub(first.from.max(begin));
        let rises = recent.is_sorted_by(|one, next| one.watches < next.watches);
        let goes_on = last.until - last.from <= span / 4;
        if span < LEAST || recent.len() <= RISES || !rises || !goes_on {
            return None;
        }
        let seconds = limit.checked_sub(last.watches)?.saturating_mul(span).div_ceil(last.watches - first.watches);
        (seconds <= MOST).then_some(seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_readings_are_one_run_and_a_change_begins_where_the_last_ends() {
        let mut watched = Watched::default();
        for (at, watches) in [(10, 5), (12, 5), (14, 7), (16, 7)] {
            watched.read(at, watches);
        }
        let runs: Vec<Run> = watched.runs().iter().copied().collect();
        assert_eq!(runs, [Run { from: 10, until: 14, watches: 5 }, Run { from: 14, until: 16, watches: 7 }]);
        assert_eq!(watched.range(), Some((5, 7, 7)));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_turn_the_readings_round() {
        let mut watched = Watched::default();
        for (at, watches) in [(100, 5), (40, 6), (60, 7), (130, 8)] {
            watched.read(at, watches);
        }
        assert!(watched.runs().iter().all(|run| run.from <= run.until));
        assert!(watched.runs().iter().is_sorted_by_key(|run| run.from));
        assert_eq!(watched.full_in(10), Some(20), "three watches in thirty seconds, and two are left");
    }

    #[test]
    fn what_happened_while_nobody_looked_is_left_open() {
        let mut watched = Watched::default();
        watched.read(10, 5);
        watched.interrupt();
        watched.same(9);
        watched.same(60);
        let runs: Vec<Run> = watched.runs().iter().copied().collect();
        assert_eq!(runs, [Run { from: 10, until: 10, watches: 5 }, Run { from: 60, until: 60, watches: 5 }]);
    }

    fn watched(readings: &[(u64, u64)]) -> Watched {
        let mut watched = Watched::default();
        readings.iter().for_each(|(at, watches)| watched.read(*at, *watches));
        watched
    }

    #[test]
    fn steady_growth_tells_when_the_limit_is_reached() {
        let steady: Vec<(u64, u64)> = (0..=30).map(|step| (step * 2, 1_000 + step * 20)).collect();
        assert_eq!(watched(&steady).full_in(13_600), Some(1_200), "10 a second, 12,000 to go");
        assert_eq!(watched(&steady).full_in(1_600), Some(0), "it is full");
        assert_eq!(watched(&steady).full_in(1_000), None, "it is beyond");
        assert_eq!(watched(&steady).full_in(10_000_000), None, "days away: nobody waits for that");
    }

    #[test]
    fn what_is_no_steady_growth_foretells_nothing() {
        assert_eq!(watched(&[(0, 10), (60, 5_000)]).full_in(8_192), None, "a program has started");
        assert_eq!(
            watched(&[(0, 10), (20, 30), (40, 20), (60, 40), (80, 50)]).full_in(8_192),
            None,
            "it takes and gives"
        );
        let mut stopped: Vec<(u64, u64)> = (0..10).map(|step| (step * 2, 10 + step)).collect();
        stopped.push((120, 19));
        assert_eq!(watched(&stopped).full_in(8_192), None, "it has stopped growing");
    }

    #[test]
    fn a_clock_that_was_set_back_foretells_nothing() {
        let readings: Vec<(u64, u64)> = (0..10).map(|step| (5_000 + step * 2, 10 + step)).collect();
        let back: Vec<(u64, u64)> = (0..3).map(|step| (40 + step * 2, 20 + step)).collect();
        assert_eq!(watched(&[readings, back].concat()).full_in(8_192), None);
    }

    #[test]
    fn memory_does_not_grow_with_time() {
        let mut watched = Watched::default();
        for at in 0..100_000 {
            watched.read(at, at % 2);
        }
        assert_eq!(watched.runs().len(), MOST_RUNS);
        assert_eq!(watched.runs().back().map(|run| run.from), Some(99_999), "the newest stay");
    }
}
