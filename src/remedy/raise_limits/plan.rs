//! The plan of raising the limits, and what it promises.

use super::{BootEffect, Invalid, RaiseLimits};
use crate::machine::{Limit, Machine, Places};
use crate::project::Streamlit;
use crate::remedy::{Change, Plan, Promise, RemedyName, watcher};

/// What is to be raised to what; the present values come from the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// New `max_user_watches`.
    pub watches: Option<u64>,
    /// New `max_user_instances`.
    pub instances: Option<u64>,
    /// New `max_queued_events`.
    pub queued_events: Option<u64>,
    /// Only until the reboot.
    pub until_reboot: bool,
}

/// A plan, and what is worth knowing beforehand about the next boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisePlan {
    /// The request inside the plan.
    pub request: RaiseLimits,
    /// The plan.
    pub plan: Plan,
    /// What the drop-in will do at the next boot; `None` where none is written.
    pub boot: Option<BootEffect>,
}

/// Plans raising the limits of `machine`. `now` is the forecast of the launch; `apps_run`: an app that was started under
/// the old limit runs, and does not take up what it missed by itself.
///
/// # Errors
/// [`Invalid`]: nothing asked for, out of the kernel's range, or lower than what is in force.
pub fn plan(
    wanted: Wanted,
    machine: &Machine,
    places: &Places,
    now: Option<&Streamlit>,
    apps_run: bool,
) -> Result<RaisePlan, Invalid> {
    let Wanted { watches, instances, queued_events, until_reboot } = wanted;
    let before = Limit::ALL.map(|limit| machine.limits.get(limit).unwrap_or(0));
    let request = RaiseLimits { watches, instances, queued_events, until_reboot, before };
    request.validate()?;
    let boot = (!until_reboot).then(|| BootEffect::of(&request, &machine.boot, places));
    let lasts = boot.as_ref().is_some_and(|boot| boot.files_are_read && boot.beaten_by.is_empty());
    let (watches_after, hot_reload) = watcher::as_forecast(now);
    let promise = Promise {
        watches_after,
        hot_reload,
        needs_administrator: true,
        survives_reboot: lasts,
        needs_restart: apps_run,
    };
    let changes = vec![Change::RaiseLimits(request)];
    Ok(RaisePlan { request, plan: Plan { remedy: RemedyName::RaiseLimits, changes, promise }, boot })
}
