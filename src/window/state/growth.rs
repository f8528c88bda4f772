//! Processes that only ever take more watches while the window is open: a program that forgets to give them back, or one
//! that is still reading its folders.

use crate::machine::{Holders, Process};
use std::collections::HashMap;

/// Rises without a fall after which a process is said to only grow.
const RISES: u32 = 3;

/// The course of one process' watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// The watches that were read first.
    pub first: u64,
    /// The watches that were read last.
    pub last: u64,
    rises: u32,
    fell: bool,
}

/// Process id and start in clock ticks since the boot, which together name one process only.
type ProcessKey = (u32, Option<u64>);

/// The courses of all processes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth(HashMap<ProcessKey, Course>);

impl Growth {
    /// Takes a reading in. A process that is gone is forgotten.
    pub fn read(&mut self, holders: &Holders) {
        let before = std::mem::take(&mut self.0);
        for process in &holders.processes {
            let key = (process.pid, process.started_ticks);
            let now = process.watches;
            let course = before.get(&key).map_or(Course { first: now, last: now, rises: 0, fell: false }, |course| {
                let (rises, fell) = (course.rises + u32::from(now > course.last), course.fell || now < course.last);
                Course { last: now, rises, fell, ..*course }
            });
            self.0.insert(key, course);
        }
    }

    /// The course of a process that has only grown.
    #[must_use]
    pub fn of(&self, process: &Process) -> Option<Course> {
        let course = self.0.get(&(process.pid, process.started_ticks))?;
        (course.rises >= RISES && !course.fell).then_some(*course)
    }

    /// Whether any process has only grown.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.values().any(|course| course.rises >= RISES && !course.fell)
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
        for (one, other) in [(10, 10), (20, 30), (20, 20), (30, 40), (40, 50)] {
            assert!(!growth.any(), "two rises may be anything");
            growth.read(&reading(&[(1, one), (2, other)]));
        }
        let course = growth.of(&process(1, 0)).expect("it only grew");
        assert_eq!((course.first, course.last), (10, 40));
        assert_eq!(growth.of(&process(2, 0)), None, "it fell once");
        growth.read(&reading(&[(2, 60)]));
        assert_eq!(growth.of(&process(1, 0)), None, "it is gone");
    }
}
