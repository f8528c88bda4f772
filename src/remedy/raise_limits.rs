//! Raising the kernel's limits through the one privileged script.

/// What the script is asked to do, all of it: a verb and bounded integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RaiseLimits {
    /// New `max_user_watches`; `None` leaves it.
    pub watches: Option<u64>,
    /// New `max_user_instances`; `None` leaves it.
    pub instances: Option<u64>,
    /// New `max_queued_events`; `None` leaves it.
    pub queued_events: Option<u64>,
    /// Only until the reboot: no file is written.
    pub until_reboot: bool,
    /// The three values when the plan was made: watches, instances, queued events.
    pub before: [u64; 3],
}
