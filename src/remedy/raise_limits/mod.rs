//! Raising the kernel's limits through the one privileged script, `assets/raise-limits.sh`: what is asked of it,
//! who may run it, what came of it, and what its drop-in will say. Nothing else in this program runs as root.

mod boot_effect;
mod by_hand;
mod guidance;
mod outcome;
mod plan;
mod record;
mod run;
mod script;
mod way;

pub use boot_effect::{BootEffect, Rival, kde_survey_is_there, set_back_by};
pub use by_hand::{BY_HAND, lines_by_hand, own_command};
pub use guidance::{Guidance, sudo_command};
pub use outcome::{Applied, Reason, Refusal};
pub use plan::{RaisePlan, Wanted, plan};
pub use record::{LimitEntry, Record, Records};
pub use run::{apply, undo};
pub use script::{DROP_IN, UNTIL_REBOOT, script_text};
pub use way::{INSTALLED, Way, argv_raise, argv_undo};

use crate::machine::{Limit, LimitsNow};

/// The largest value the kernel takes for any of the three limits (measured on Linux 6.18).
pub const MOST: u64 = 2_147_483_647;

/// The request to the script, all of it: a verb and bounded integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RaiseLimits {
    /// The new `max_user_watches`; `None` leaves it.
    pub watches: Option<u64>,
    /// The new `max_user_instances`; `None` leaves it.
    pub instances: Option<u64>,
    /// The new `max_queued_events`; `None` leaves it.
    pub queued_events: Option<u64>,
    /// Whether it holds only until the reboot: no file is written below /etc.
    pub until_reboot: bool,
    /// The three values when the plan was made: watches, instances, queued events.
    pub before: [u64; 3],
}

/// A request that the script would refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Invalid {
    /// The request names no limit.
    #[error("nothing to raise")]
    Nothing,
    /// A value not from 1 to [`MOST`].
    #[error("{value} is not from 1 to {MOST}")]
    OutOfRange {
        /// The value asked for.
        value: u64,
    },
    /// A value less than the one in force.
    #[error("{value} is less than the {before} in force")]
    WouldLower {
        /// The value asked for.
        value: u64,
        /// The value in force when the plan was made.
        before: u64,
    },
}

impl RaiseLimits {
    /// The value asked for; `None` leaves the limit as it is.
    #[must_use]
    pub const fn wanted(&self, limit: Limit) -> Option<u64> {
        match limit {
            Limit::Watches => self.watches,
            Limit::Instances => self.instances,
            Limit::QueuedEvents => self.queued_events,
        }
    }

    /// The value in force when the plan was made.
    #[must_use]
    pub const fn before(&self, limit: Limit) -> u64 {
        self.before[limit as usize]
    }

    /// Tells whether the script will take the request: something is asked for, within the kernel's range, nothing
    /// lowered.
    ///
    /// # Errors
    /// The first [`Invalid`] in the order watches, instances, queued events.
    pub fn validate(&self) -> Result<(), Invalid> {
        let asked: Vec<_> = self.asked().collect();
        if asked.is_empty() {
            return Err(Invalid::Nothing);
        }
        for (limit, value) in asked {
            let before = self.before(limit);
            if !(1..=MOST).contains(&value) {
                return Err(Invalid::OutOfRange { value });
            }
            if value < before {
                return Err(Invalid::WouldLower { value, before });
            }
        }
        Ok(())
    }

    /// The limits that are asked for, with their values.
    pub fn asked(&self) -> impl Iterator<Item = (Limit, u64)> + '_ {
        Limit::ALL.into_iter().filter_map(|limit| Some((limit, self.wanted(limit)?)))
    }

    /// Tells whether the kernel still says what it said when the plan was made.
    fn is_current(&self, now: &LimitsNow) -> bool {
        Limit::ALL.into_iter().all(|limit| now.get(limit) == Some(self.before(limit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(watches: Option<u64>) -> RaiseLimits {
        let before = [8192, 128, 16384];
        RaiseLimits { watches, instances: None, queued_events: None, until_reboot: false, before }
    }

    #[test]
    fn only_requests_that_raise_within_the_kernels_range_are_valid() {
        for (watches, verdict) in [
            (None, Err(Invalid::Nothing)),
            (Some(0), Err(Invalid::OutOfRange { value: 0 })),
            (Some(8191), Err(Invalid::WouldLower { value: 8191, before: 8192 })),
            (Some(8192), Ok(())),
            (Some(MOST), Ok(())),
            (Some(MOST + 1), Err(Invalid::OutOfRange { value: MOST + 1 })),
        ] {
            assert_eq!(request(watches).validate(), verdict, "{watches:?}");
        }
    }
}
