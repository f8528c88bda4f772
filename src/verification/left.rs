//! The act that is left: restarting apps that still run with what was before.

use super::{AppAge, AtBoot, AtBootFacts, Check, Facts, Holding, HoldsAll, Outcome};
use std::collections::BTreeSet;

/// Returns the apps that a restart helps: those with old settings, and those that miss folders for which there is room
/// now, or loop although the queue is long enough now.
#[must_use]
pub fn restarts(checks: &[Check]) -> Vec<u32> {
    let mut apps = BTreeSet::new();
    for check in checks {
        apps.extend(check.restarts(checks));
    }
    apps.into_iter().collect()
}

/// The apps whose restart is all that is left to do; empty where a check failed for another reason.
#[must_use]
pub fn restarts_left(checks: &[Check]) -> Vec<u32> {
    let apps = restarts(checks);
    let solved = |check: &Check| match &check.facts {
        Facts::RunningApps(ages) => ages.iter().filter(|app| app.is_old()).all(|app| apps.contains(&app.pid)),
        Facts::HoldsAll(all) => all.iter().filter(|app| app.lacks()).all(|app| apps.contains(&app.pid)),
        Facts::LimitNow(_)
        | Facts::AtBoot(_)
        | Facts::QueueNow(_)
        | Facts::Instances(_)
        | Facts::Added(_)
        | Facts::Settings(_)
        | Facts::Trial(_) => false,
    };
    let all = checks.iter().filter(|check| check.outcome == Outcome::Failed).all(solved);
    if all { apps } else { Vec::new() }
}

impl Check {
    /// The apps that this check is about and that a restart helps; `all` are the checks of the same run.
    #[must_use]
    pub fn restarts(&self, all: &[Self]) -> Vec<u32> {
        let passed = |id: &str| all.iter().any(|check| check.id() == id && check.outcome == Outcome::Passed);
        let (room, queue) = (passed("limit-now"), passed("queue-now"));
        match &self.facts {
            Facts::RunningApps(apps) => apps.iter().filter(|app| app.is_old()).map(|app| app.pid).collect(),
            Facts::HoldsAll(apps) => {
                let helps = |holds: &HoldsAll| match holds {
                    HoldsAll::Gap { .. } => room,
                    HoldsAll::Loops { .. } => queue,
                    HoldsAll::All { .. } | HoldsAll::NotYet { .. } | HoldsAll::Unreadable => false,
                };
                apps.iter().filter(|app| helps(&app.holds)).map(|app| app.pid).collect()
            }
            Facts::LimitNow(_)
            | Facts::AtBoot(_)
            | Facts::QueueNow(_)
            | Facts::Instances(_)
            | Facts::Added(_)
            | Facts::Settings(_)
            | Facts::Trial(_) => Vec::new(),
        }
    }

    /// Tells whether the answer that is missing matters: not where no app runs, nobody has it open, or where the project
    /// takes no watches whatever the limit.
    #[must_use]
    pub fn leaves_doubt(&self, takes_watches: bool) -> bool {
        if self.outcome != Outcome::CouldNotRun {
            return false;
        }
        match &self.facts {
            Facts::RunningApps(apps) => !apps.is_empty(),
            Facts::HoldsAll(apps) => apps.iter().any(|app| !matches!(app.holds, HoldsAll::NotYet { .. })),
            // What the host does at its next boot is not seen from here, and says nothing about now.
            Facts::AtBoot(AtBoot { found: AtBootFacts::Host, .. }) => false,
            Facts::AtBoot(_) | Facts::LimitNow(_) => takes_watches,
            Facts::QueueNow(_) | Facts::Instances(_) | Facts::Added(_) | Facts::Settings(_) | Facts::Trial(_) => true,
        }
    }

    /// Tells whether it says only what another check of the same run says as well: that the app holds what it needs.
    #[must_use]
    pub fn is_said_by_another(&self, all: &[Self]) -> bool {
        let Facts::Added(added) = &self.facts else { return false };
        let holds = |check: &Self| matches!(check.facts, Facts::HoldsAll(_)) && check.outcome == Outcome::Passed;
        self.outcome == Outcome::Passed && added.app.is_some() && added.added == 0 && all.iter().any(holds)
    }
}

impl AppAge {
    /// Tells whether it runs with what was before a change.
    #[must_use]
    pub const fn is_old(&self) -> bool {
        self.changed_since.is_some()
    }
}

impl Holding {
    /// Tells whether it misses folders, or loops.
    const fn lacks(&self) -> bool {
        matches!(self.holds, HoldsAll::Gap { .. } | HoldsAll::Loops { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::budget::Sums;
    use crate::machine::Limit;
    use crate::verification::{Added, Changed, LimitNow};
    use jiff::Timestamp;

    fn check(outcome: Outcome, facts: Facts) -> Check {
        Check { outcome, facts }
    }

    fn limit(outcome: Outcome) -> Check {
        let sums = Sums::default();
        let facts = LimitNow { limit: Limit::Watches, of_namespace: false, sums, held_is_a_minimum: false };
        check(outcome, Facts::LimitNow(facts))
    }

    fn ages(old: &[u32], new: &[u32]) -> Check {
        let changed = Changed { path: "/p/config.toml".into(), at: Timestamp::UNIX_EPOCH };
        let age = |pid: u32, changed_since| AppAge {
            pid,
            started: None,
            changed_since,
            unaffected: false,
            watches: None,
            after_restart: 0,
        };
        let old = old.iter().map(|pid| age(*pid, Some(changed.clone())));
        let ages: Vec<AppAge> = old.chain(new.iter().map(|pid| age(*pid, None))).collect();
        let outcome = if ages.iter().any(AppAge::is_old) { Outcome::Failed } else { Outcome::Passed };
        check(outcome, Facts::RunningApps(ages))
    }

    fn holds(pid: u32, holds: HoldsAll) -> Check {
        check(Outcome::Failed, Facts::HoldsAll(vec![Holding { pid, holds }]))
    }

    #[test]
    fn an_app_that_loops_with_old_settings_is_only_to_be_restarted() {
        let loops = || holds(7, HoldsAll::Loops { fewest: 0, most: 6_000 });
        assert_eq!(restarts_left(&[ages(&[7], &[8]), loops()]), [7]);
        assert!(restarts_left(&[ages(&[], &[7]), loops()]).is_empty(), "with new settings it would loop again");
    }

    #[test]
    fn a_gap_is_closed_by_a_restart_only_where_there_is_room() {
        let gap = || holds(7, HoldsAll::Gap { watches: 3, expected: 9, unwatched_count: 6, unwatched: Vec::new() });
        assert_eq!(restarts_left(&[limit(Outcome::Passed), gap()]), [7]);
        assert!(restarts_left(&[limit(Outcome::Failed), gap()]).is_empty());
        assert!(restarts_left(&[limit(Outcome::Passed), ages(&[], &[7])]).is_empty(), "nothing is left");
    }

    #[test]
    fn an_answer_that_cannot_be_had_leaves_doubt_only_where_it_matters() {
        let none = check(Outcome::CouldNotRun, Facts::RunningApps(Vec::new()));
        assert!(!none.leaves_doubt(true), "no app runs");
        let not_yet = vec![Holding { pid: 7, holds: HoldsAll::NotYet { expected: 9 } }];
        assert!(!check(Outcome::CouldNotRun, Facts::HoldsAll(not_yet)).leaves_doubt(true), "nobody has it open");
        let unreadable = vec![Holding { pid: 7, holds: HoldsAll::Unreadable }];
        assert!(check(Outcome::CouldNotRun, Facts::HoldsAll(unreadable)).leaves_doubt(true));
        assert!(limit(Outcome::CouldNotRun).leaves_doubt(true));
        assert!(!limit(Outcome::CouldNotRun).leaves_doubt(false), "no watch is taken");
    }

    #[test]
    fn what_the_app_holds_is_said_once() {
        let all = vec![Holding { pid: 7, holds: HoldsAll::All { watches: 9, expected: 9 } }];
        let holds = check(Outcome::Passed, Facts::HoldsAll(all));
        let added = |added| {
            let facts = Added { need: 9, held: 9 - added, app: Some(7), added, ..Added::default() };
            check(Outcome::Passed, Facts::Added(facts))
        };
        assert!(added(0).is_said_by_another(&[added(0), holds.clone()]));
        assert!(!added(2).is_said_by_another(&[holds]), "two were really added");
    }
}
