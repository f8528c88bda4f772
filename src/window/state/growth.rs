//! The watches of each process over time, and the processes that only ever take more while the window is open: a program
//! that forgets to give them back, or one that is still reading its folders.

use super::watched::Watched;
use crate::machine::{Holders, Process};
use std::collections::HashMap;

/// Rises without a fall after which a process is said to only grow.
const RISES: u32 = 3;

/// The course of one process' watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The watches that were read first.
    pub first: u64,
    /// The watches that were read last.
    pub last: u64,
    /// The readings since the window was opened.
    pub history: Watched,
    rises: u32,
    fell: bool,
}

impl Course {
    /// Whether it has only grown.
    #[must_use]
    pub const fn only_grows(&self) -> bool {
        self.rises >= RISES && !self.fell
    }

    /// Seconds until this process alone has taken the `free` watches that are left, if it goes on as it did.
    #[must_use]
    pub fn full_in(&self, free: u64) -> Option<u64> {
        self.history.full_in(self.last.saturating_add(free))
    }
}

/// Process id and start in clock ticks since the boot, which together name one process only.
type ProcessKey = (u32, Option<u64>);

/// The courses of all processes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth(HashMap<ProcessKey, Course>);

impl Growth {
    /// Takes a reading in that was made at `at`, seconds since the Unix epoch. A process that is gone is forgotten.
    pub fn read(&mut self, at: u64, holders: &Holders) {
        let mut before = std::mem::take(&mut self.0);
        for process in &holders.processes {
            let key = (process.pid, process.started_ticks);
            let now = process.watches;
            let known = before.remove(&key);
            let mut course = known.unwrap_or_else(|| Course {
                first: now,
                last: now,
                history: Watched::default(),
                rises: 0,
                fell: false,
            });
            course.rises += u32::from(now > course.last);
            course.fell |= now < course.last;
            course.last = now;
            course.history.read(at, now);
            self.0.insert(key, course);
        }
    }

    /// Notes that from now on nobody looks, until the next reading.
    pub fn interrupt(&mut self) {
        self.0.values_mut().for_each(|course| course.history.interrupt());
    }

    /// The course of a process that was read.
    #[must_use]
    pub fn of(&self, process: &Process) -> Option<&Course> {
        self.0.get(&(process.pid, process.started_ticks))
    }

    /// Whether a process has only grown.
    #[must_use]
    pub fn only_grows(&self, process: &Process) -> bool {
        self.of(process).is_some_and(Course::only_grows)
    }

    /// Whether any process has only grown.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.values().any(Course::only_grows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Kind;

    fn process(pid: u32, watches: u64) -> Process {
        Process {
            pid,
            parent: 1,
            uid: 1000,
            user: None,
            program: "node".into(),
            command: Vec::new(),
            kind: Kind::Other,
            instances: 1,
            watches,
            charged_watches: watches,
            charged_to_account: true,
            shared_with: Vec::new(),
            other_user_namespace: false,
            started: None,
            started_ticks: Some(7),
            cwd: None,
        }
    }

    fn reading(watches: &[(u32, u64)]) -> Holders {
        let processes = watches.iter().map(|(pid, watches)| process(*pid, *watches)).collect();
        Holders { processes, ..Holders::default() }
    }

    #[test]
    fn only_what_rose_again_and_again_and_never_fell_is_marked() {
        let mut growth = Growth::default();
        for (at, (one, other)) in [(10, 10), (20, 30), (20, 20), (30, 40), (40, 50)].into_iter().enumerate() {
            assert!(!growth.any(), "two rises may be anything");
            growth.read(at as u64 * 10, &reading(&[(1, one), (2, other)]));
        }
        let course = growth.of(&process(1, 0)).expect("it was read");
        assert_eq!((course.first, course.last, course.only_grows()), (10, 40, true));
        assert!(!growth.only_grows(&process(2, 0)), "it fell once");
        growth.read(60, &reading(&[(2, 60)]));
        assert_eq!(growth.of(&process(1, 0)), None, "it is gone");
    }

    #[test]
    fn what_goes_on_growing_tells_when_it_has_taken_what_is_left() {
        let mut growth = Growth::default();
        for at in 0..6 {
            growth.read(at * 10, &reading(&[(1, 100 + at * 10), (2, 500)]));
        }
        let course = |pid| growth.of(&process(pid, 0)).expect("it was read");
        assert_eq!(course(1).full_in(60), Some(60), "a watch a second, and 60 are left");
        assert_eq!(course(2).full_in(60), None, "it does not grow");
        assert_eq!(course(1).history.range(), Some((100, 150, 150)));
    }
}
