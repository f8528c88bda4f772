//! The ways out side by side, where the event queue or the watches bind: what each costs for this project, and what is
//! so afterwards.

use super::{Case, Offer, OlderWatchdog, RaiseOffer};
use crate::diagnosis::recommendation::longest_delay_tenths;
use crate::machine::Limit;
use crate::project::streamlit::{Need, Watcher};
use crate::remedy::raise_limits::Guidance;

/// Ways out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(strum::EnumIter))]
pub enum WayOut {
    /// Raises the limits that are short.
    Raise,
    /// Lets Streamlit poll.
    Poll,
    /// A watchdog below 7.1 in the app's environment.
    OlderWatchdog,
    /// Fewer directories below the script's folder.
    FewerDirectories,
}

/// Costs of a way, beside the restart that each of them needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum WayCost {
    /// An administrator's password.
    Password,
    /// The limits are set elsewhere, on the host or by whoever made the user namespace: it has to be done there.
    Elsewhere,
    /// The longest time until a saved file is noticed, in tenths of a second, with so many files.
    Delay {
        /// Tenths of a second.
        tenths: u64,
        /// Files that are looked at in turn.
        files: u64,
    },
    /// A command in a terminal, that the person runs.
    Command,
    /// So many directories have to go elsewhere.
    Move {
        /// Directories.
        directories: u64,
    },
}

/// What becomes of the event queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum QueueAfter {
    /// It holds so many events, and the app needs no more than `needed`.
    Holds {
        /// `max_queued_events`.
        length: u64,
        /// Events that the app may queue at once.
        needed: u64,
    },
    /// There is none.
    Unused,
    /// An overflow is without consequence.
    Harmless,
    /// It was long enough before.
    Enough,
}

/// One way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedWay {
    /// The way.
    pub way: WayOut,
    /// Its cost.
    pub cost: WayCost,
    /// The watches that the app takes then, at most.
    pub watches: u64,
    /// The event queue then.
    pub queue: QueueAfter,
    /// Whether it holds after a reboot.
    pub survives_reboot: bool,
    /// Whether an administrator is needed.
    pub needs_administrator: bool,
}

/// Tells whether a password on this computer is all that it needs, be it in a terminal.
const fn is_done_here(raise: &RaiseOffer) -> bool {
    matches!(raise.guidance, None | Some(Guidance::InTheTerminal { .. }))
}

impl Case {
    /// Puts the ways side by side: none where neither queue nor watches bind, or where there is but one.
    #[must_use]
    pub fn compared(
        &self,
        raise: Option<&RaiseOffer>,
        poll: Option<&Offer>,
        older: Option<&OlderWatchdog>,
    ) -> Vec<ComparedWay> {
        let recommendation = &self.recommendation;
        let binds = recommendation.queued_events.is_some() || recommendation.watches.is_some();
        let now = self.streamlit.as_ref().filter(|now| binds && now.watcher == Watcher::Watchdog);
        let Some(need) = now.map(|now| &now.need) else { return Vec::new() };
        let queue_is_short = recommendation.queued_events.is_some();
        let as_it_is = if queue_is_short { None } else { Some(QueueAfter::Enough) };
        let row = |way, cost, watches, queue| ComparedWay {
            way,
            cost,
            watches,
            queue,
            survives_reboot: true,
            needs_administrator: false,
        };
        let length = recommendation.queued_events.unwrap_or_default();
        let raised = as_it_is.unwrap_or(QueueAfter::Holds { length, needed: need.queue.to_hold() });
        let raised = raise.map(|raise| ComparedWay {
            survives_reboot: raise.offer.plan.as_ref().map_or(true, |plan| plan.promise.survives_reboot),
            needs_administrator: true,
            ..row(
                WayOut::Raise,
                if is_done_here(raise) { WayCost::Password } else { WayCost::Elsewhere },
                need.watches,
                raised,
            )
        });
        let files = self.polled_files().unwrap_or(1);
        let delay = WayCost::Delay { tenths: longest_delay_tenths(files), files };
        let poll = poll.map(|_| row(WayOut::Poll, delay, 0, QueueAfter::Unused));
        let older = older.map(|_| row(WayOut::OlderWatchdog, WayCost::Command, need.watches, QueueAfter::Harmless));
        let fewer = self.too_many(need).filter(|(directories, _)| (1..need.watches).contains(directories));
        let fewer = fewer.map(|(directories, needed)| {
            let length = self.machine.limits.get(Limit::QueuedEvents).unwrap_or_default();
            let queue = as_it_is.unwrap_or(QueueAfter::Holds { length, needed });
            row(WayOut::FewerDirectories, WayCost::Move { directories }, need.watches - directories, queue)
        });
        let all: Vec<ComparedWay> = [raised, poll, older, fewer].into_iter().flatten().collect();
        if all.len() > 1 { all } else { Vec::new() }
    }

    /// The directories that have to go so that the app can watch the rest under the limits of now, and the events that it
    /// may queue then. Those that lie in several roots burden the queue for each of them.
    fn too_many(&self, need: &Need) -> Option<(u64, u64)> {
        let limits = &self.machine.limits;
        let by_watches = self.recommendation.watches.and_then(|_| limits.get(Limit::Watches));
        let by_watches =
            by_watches.map(|limit| need.watches.saturating_sub(limit.saturating_sub(self.held_by_others())));
        let by_queue = self.recommendation.queued_events.and_then(|_| limits.get(Limit::QueuedEvents));
        let by_queue = by_queue.map(|length| need.queue.to_take_away(length));
        let (queue, events) = by_queue.unwrap_or((0, need.queue.to_hold()));
        let directories = queue.max(by_watches.unwrap_or_default());
        (by_watches.is_some() || by_queue.is_some()).then_some((directories, events))
    }

    /// The ways side by side as they stand now, for a report. Reads what each of them goes by.
    #[must_use]
    pub fn ways(&self) -> Vec<ComparedWay> {
        if self.recommendation.queued_events.is_none() && self.recommendation.watches.is_none() {
            return Vec::new();
        }
        let (poll, older) = (self.let_poll(), self.older_watchdog());
        self.compared(Some(&self.raise_limits(self.recommended(false))), poll.as_ref(), older.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::fixture::with_need;
    use crate::diagnosis::judge;
    use crate::machine::Places;
    use crate::project::streamlit::queue::{QueueLoad, QueueOutlook};
    use std::collections::BTreeMap;

    fn case(directories: u64) -> Case {
        let mut survey = with_need(directories);
        let streamlit = survey.project.as_mut().and_then(|project| project.streamlit.as_mut());
        let need = &mut streamlit.expect("the fixture has a project").need;
        need.queue = load(directories);
        need.polled_files = 26;
        Case::of(&survey, &judge(&survey), &BTreeMap::new(), &Places::default())
    }

    fn load(directories: u64) -> QueueLoad {
        let (listed, largest_root, in_one_root) = (directories, directories, directories);
        QueueLoad { listed, largest_root, in_one_root, outermost: 1, rebuilds: true }
    }

    #[test]
    fn a_queue_that_is_too_short_has_its_ways_side_by_side() {
        let case = case(6_000);
        let raise = case.raise_limits(case.recommended(false));
        let ways = case.compared(Some(&raise), None, None);
        let [raised, fewer] = ways.as_slice() else { panic!("a raise and fewer directories: {ways:?}") };
        assert_eq!(raised.way, WayOut::Raise);
        assert_eq!(raised.queue, QueueAfter::Holds { length: 65_536, needed: load(6_000).to_hold() });
        assert!(raised.needs_administrator && raised.watches == 6_000, "{raised:?}");
        assert_eq!(fewer.cost, WayCost::Move { directories: 6_000 - fewer.watches });
        assert_eq!(load(fewer.watches).outlook(16_384), QueueOutlook::Steady, "{fewer:?}");
        let loops = load(fewer.watches + 1).outlook(16_384);
        assert_ne!(loops, QueueOutlook::Steady, "no more fit");
    }

    #[test]
    fn polling_says_its_delay_for_this_project() {
        let case = case(6_000);
        let offer = case.clear_caches(&[]);
        let ways = case.compared(None, Some(&offer), None);
        let poll = ways.iter().find(|way| way.way == WayOut::Poll).expect("poll is compared");
        assert_eq!(poll.cost, WayCost::Delay { tenths: 13, files: 26 });
        assert_eq!((poll.watches, poll.queue, poll.needs_administrator), (0, QueueAfter::Unused, false));
    }

    #[test]
    fn nothing_is_compared_where_nothing_binds() {
        let case = case(300);
        let raise = case.raise_limits(case.recommended(false));
        assert_eq!(case.compared(Some(&raise), None, None), []);
    }
}
