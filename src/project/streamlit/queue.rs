//! The events that watchdog puts into its own queue, and the length of queue (`max_queued_events`) that holds them.
//!
//! watchdog lists each directory right after it began to watch it, and it watches for opening and closing: four events
//! a directory, its own two and two with its name at its parent's watch. Nobody reads the queue meanwhile. After an
//! overflow watchdog 7.1 takes its watches back, one event each, and adds them again, root after root, on the very
//! thread that reads: what does not fit then overflows again, for ever. Files, links and depth change nothing. Roots of
//! one instance add up even where they share their watches. Measured: tests/bench/streamlit/FACTS.md.

use super::WatchRoot;
use crate::project::Version;

/// Events of a directory: two of its own, two at its parent.
const EVENTS_A_DIRECTORY: u64 = 4;

/// Events of a directory that lies in one root when watchdog 7.1 starts over: its watch is taken back, too.
pub const REBUILD_EVENTS_A_DIRECTORY: u64 = EVENTS_A_DIRECTORY + 1;

/// A root has no watched parent, unless it lies in another root.
const NOT_SAID_OF_A_ROOT: u64 = 2;

/// Room for a rebuild and for what happens in the project meanwhile.
const ROOM_A_DIRECTORY: u64 = 8;

/// The burden of one inotify instance's queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueLoad {
    /// Directories of all roots; one that lies in several is listed, and counted, for each.
    pub listed: u64,
    /// Directories of the largest root.
    pub largest_root: u64,
    /// Directories that lie in one root only: a rebuild takes their watches back.
    pub in_one_root: u64,
    /// Roots that lie in no other root.
    pub outermost: u64,
    /// Whether this watchdog adds its watches again after an overflow: 7.1 and later.
    pub rebuilds: bool,
}

/// The future of an app with a queue of some length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueOutlook {
    /// The app holds its watches, and holds them again after an overflow.
    Steady,
    /// The app holds its watches until its queue overflows once, for any reason, and never again. Where its start nearly
    /// fills the queue, what else happens in its folders just then (modules that are read) may be that reason.
    UntilOverflow,
    /// The app's own start overflows the queue. (By chance a few hundred events more than the queue holds may still
    /// fit.)
    Loops,
}

impl QueueLoad {
    /// The burden of the instance with the most directories: the only one for watchdog 7 and later, before that the
    /// one of the largest root.
    #[must_use]
    pub fn of(watchdog: Option<&Version>, roots: &[WatchRoot]) -> Self {
        let since = |major, minor| watchdog.is_none_or(|version| version.at_least(major, minor));
        if since(7, 0) {
            Self { rebuilds: since(7, 1), ..Self::of_one_instance(roots) }
        } else {
            let largest = roots.iter().max_by_key(|root| root.directories);
            Self::of_one_instance(largest.map(std::slice::from_ref).unwrap_or_default())
        }
    }

    fn of_one_instance(roots: &[WatchRoot]) -> Self {
        let mut load = Self::default();
        for (place, root) in roots.iter().enumerate() {
            load.listed += root.directories;
            load.largest_root = load.largest_root.max(root.directories);
            if holder(roots, place).is_none() {
                let inner = (0..roots.len()).filter(|other| holder(roots, *other) == Some(place));
                let shared: u64 = inner.map(|other| roots[other].directories).sum();
                load.outermost += 1;
                load.in_one_root += root.directories.saturating_sub(shared);
            }
        }
        load
    }

    /// The same with so many directories fewer: those that lie in one root go first, one of two roots is listed twice.
    #[must_use]
    fn without(&self, directories: u64) -> Self {
        let alone = directories.min(self.in_one_root);
        let shared = directories - alone;
        Self {
            listed: self.listed.saturating_sub(alone + 2 * shared),
            largest_root: self.largest_root.saturating_sub(directories),
            in_one_root: self.in_one_root - alone,
            ..*self
        }
    }

    /// The least number of directories to take away so that a queue of this length holds whatever happens, and the events
    /// that it must hold then.
    #[must_use]
    pub fn to_take_away(&self, max_queued_events: u64) -> (u64, u64) {
        let (mut fits_not, mut fits) = (0, self.listed);
        if self.outlook(max_queued_events) == QueueOutlook::Steady {
            fits = 0;
        }
        while fits_not + 1 < fits {
            let middle = fits_not.midpoint(fits);
            match self.without(middle).outlook(max_queued_events) {
                QueueOutlook::Steady => fits = middle,
                QueueOutlook::UntilOverflow | QueueOutlook::Loops => fits_not = middle,
            }
        }
        (fits, self.without(fits).to_hold())
    }

    /// Events queued by adding all watches.
    #[must_use]
    pub fn at_start(&self) -> u64 {
        (EVENTS_A_DIRECTORY * self.listed).saturating_sub(NOT_SAID_OF_A_ROOT * self.outermost)
    }

    /// Events queued by adding them again after an overflow; `None` where this watchdog does not.
    #[must_use]
    pub fn at_rebuild(&self) -> Option<u64> {
        self.rebuilds.then(|| self.at_start() + self.in_one_root)
    }

    /// Events that a queue must hold for the app to stay steady whatever happens.
    #[must_use]
    pub fn to_hold(&self) -> u64 {
        self.at_rebuild().unwrap_or_else(|| self.at_start())
    }

    /// Foretells the app's future with a queue of `max_queued_events`. An overflow is without consequence where no rebuild
    /// follows: of a start, watchdog loses no more than what it caused itself.
    #[must_use]
    pub fn outlook(&self, max_queued_events: u64) -> QueueOutlook {
        let largest = (EVENTS_A_DIRECTORY * self.largest_root).saturating_sub(NOT_SAID_OF_A_ROOT);
        match self.at_rebuild() {
            None => QueueOutlook::Steady,
            Some(events) if events <= max_queued_events => QueueOutlook::Steady,
            // Roots are added one after the other, and the queue is read in between.
            Some(_) if largest > max_queued_events => QueueOutlook::Loops,
            Some(_) => QueueOutlook::UntilOverflow,
        }
    }

    /// The least `max_queued_events` to recommend, a power of two, never below the one that is set now; that one where it
    /// suffices.
    #[must_use]
    pub fn sufficient_length(&self, now: u64) -> u64 {
        match self.outlook(now) {
            QueueOutlook::Steady => now,
            QueueOutlook::UntilOverflow | QueueOutlook::Loops => {
                now.max((ROOM_A_DIRECTORY * self.listed).next_power_of_two())
            }
        }
    }
}

/// The innermost root that holds this one.
fn holder(roots: &[WatchRoot], place: usize) -> Option<usize> {
    let inside = |other: &usize| *other != place && roots[place].path.starts_with(&roots[*other].path);
    (0..roots.len()).filter(inside).max_by_key(|other| roots[*other].path.components().count())
}

#[cfg(test)]
mod tests {
    use super::super::RootReason;
    use super::*;
    use std::path::PathBuf;

    fn load(watchdog: &str, roots: &[(&str, u64)]) -> QueueLoad {
        let root = |(path, directories): &(&str, u64)| WatchRoot {
            path: PathBuf::from(path),
            directories: *directories,
            because: RootReason::Script,
            certain: true,
        };
        let roots: Vec<WatchRoot> = roots.iter().map(root).collect();
        QueueLoad::of(Version::parse(watchdog).as_ref(), &roots)
    }

    /// The counts of `tests/bench/streamlit/queue_events.py` with watchdog 7.1.
    #[test]
    fn events_are_those_that_were_counted() {
        for (roots, start, rebuild) in [
            (vec![("/p", 1)], 2, 3),
            (vec![("/p", 100)], 398, 498),
            (vec![("/p", 1000)], 3998, 4998),
            (vec![("/p", 81), ("/p/x", 50), ("/p/y", 30)], 642, 643),
            (vec![("/p/x", 50), ("/p/y", 30)], 316, 396),
            (vec![("/p/x/y", 5), ("/p", 20), ("/p/x", 10)], 4 * 35 - 2, 4 * 35 - 2 + 10),
        ] {
            let load = load("7.1.0", &roots);
            assert_eq!((load.at_start(), load.at_rebuild()), (start, Some(rebuild)), "{roots:?}");
        }
    }

    /// The behaviour of Streamlit 1.67 in `tests/bench/streamlit/queue_loop.py`, with a queue of 16,384.
    #[test]
    fn outlooks_are_those_that_were_seen() {
        let outlook = |watchdog: &str, roots: &[(&str, u64)]| load(watchdog, roots).outlook(16_384);
        for (directories, expected) in [
            (3277, QueueOutlook::Steady),
            (3278, QueueOutlook::UntilOverflow),
            (4096, QueueOutlook::UntilOverflow),
            (4097, QueueOutlook::Loops),
            (20_001, QueueOutlook::Loops),
        ] {
            assert_eq!(outlook("7.1.0", &[("/p", directories)]), expected, "{directories} directories");
        }
        assert_eq!(outlook("7.1.0", &[("/p", 2300), ("/p/mod", 1500)]), QueueOutlook::Steady);
        assert_eq!(outlook("7.1.0", &[("/p", 2400), ("/p/mod", 1600)]), QueueOutlook::UntilOverflow);
        assert_eq!(outlook("7.1.0", &[("/p", 2500), ("/p/mod", 2400)]), QueueOutlook::UntilOverflow);
        for older in ["7.0.0", "6.0.0"] {
            assert_eq!(outlook(older, &[("/p", 20_001)]), QueueOutlook::Steady, "watchdog {older} does not rebuild");
        }
    }

    #[test]
    fn as_few_directories_as_possible_are_taken_away() {
        for roots in [
            vec![("/p", 4000)],
            vec![("/p", 2500), ("/p/mod", 2400)],
            vec![("/p", 9000), ("/p/mod", 8000), ("/lib", 700)],
        ] {
            let load = load("7.1.0", &roots);
            let (directories, events) = load.to_take_away(16_384);
            assert!(events <= 16_384, "{roots:?}: {events}");
            assert_eq!(load.without(directories).outlook(16_384), QueueOutlook::Steady, "{roots:?}");
            assert_ne!(load.without(directories - 1).outlook(16_384), QueueOutlook::Steady, "{roots:?}");
        }
        assert_eq!(load("7.1.0", &[("/p", 3000)]).to_take_away(16_384).0, 0, "it fits");
        assert_eq!(load("6.0.0", &[("/p", 20_001)]).to_take_away(16_384).0, 0, "an overflow does no harm");
    }

    #[test]
    fn one_instance_a_root_is_burdened_by_its_own_directories() {
        let before = load("6.0.0", &[("/p", 81), ("/p/x", 50), ("/p/y", 30)]);
        assert_eq!((before.at_start(), before.at_rebuild()), (322, None));
        assert_eq!(load("6.0.0", &[]).at_start(), 0, "no root, no instance");
    }

    #[test]
    fn a_recommended_length_suffices_and_is_never_lower() {
        for directories in [1, 3277, 3278, 5000, 20_001, 131_072] {
            for now in [16_384, 100_000, 1 << 20] {
                let load = load("7.1.0", &[("/p", directories)]);
                let length = load.sufficient_length(now);
                assert!(length >= now, "{directories} directories, {now} now: {length}");
                assert_eq!(load.outlook(length), QueueOutlook::Steady, "{directories} directories, {now} now");
            }
        }
        assert_eq!(load("7.1.0", &[("/p", 5000)]).sufficient_length(16_384), 65_536);
        assert_eq!(load("7.1.0", &[("/p", 3000)]).sufficient_length(16_384), 16_384, "it is long enough");
        assert_eq!(load("6.0.0", &[("/p", 20_001)]).sufficient_length(16_384), 16_384, "an overflow does no harm");
    }
}
