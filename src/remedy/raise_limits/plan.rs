//! The plan of raising the limits, and what it promises.

use super::{BootEffect, Invalid, RaiseLimits, Records};
use crate::machine::{BootLimit, Limit, Machine, Places};
use crate::project::Streamlit;
use crate::remedy::{Change, Plan, Promise, RemedyName, watcher};

/// The values to raise the limits to; the present values come from the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The new `max_user_watches`.
    pub watches: Option<u64>,
    /// The new `max_user_instances`.
    pub instances: Option<u64>,
    /// The new `max_queued_events`.
    pub queued_events: Option<u64>,
    /// Whether it holds only until the reboot.
    pub until_reboot: bool,
}

/// A plan, and what is worth knowing beforehand about the next boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisePlan {
    /// The request inside the plan.
    pub request: RaiseLimits,
    /// The plan; empty where everything asked for is in force and, for good, in a file that is read at boot.
    pub plan: Plan,
    /// The effect of the drop-in at the next boot; `None` where none is written.
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
    let done = is_so_already(&request, machine, &Records::read(places));
    let boot = (!until_reboot).then(|| BootEffect::of(&request, &machine.boot, places));
    let lasts = boot.as_ref().is_some_and(|boot| boot.files_are_read && boot.beaten_by.is_empty());
    let (watches_after, hot_reload) = watcher::as_forecast(now);
    let promise = Promise {
        watches_after,
        hot_reload,
        needs_administrator: !done,
        survives_reboot: lasts,
        needs_restart: apps_run,
    };
    let changes = if done { Vec::new() } else { vec![Change::RaiseLimits(request)] };
    Ok(RaisePlan { request, plan: Plan { remedy: RemedyName::RaiseLimits, changes, promise }, boot })
}

/// Tells whether nobody has to be asked for a password: every value is in force and, where it is to stay, in a file
/// that sets it at the next boot: ours, or anybody's that wins.
fn is_so_already(request: &RaiseLimits, machine: &Machine, records: &Records) -> bool {
    request.asked().all(|(limit, wanted)| {
        let BootLimit { value, winner, .. } = machine.boot.get(limit);
        let ours = records.boot.and_then(|record| record.get(limit)).is_some_and(|entry| entry.raised == wanted);
        let lasts = request.until_reboot || ours || (winner.is_some() && *value == Some(wanted));
        request.before(limit) == wanted && lasts
    })
}
