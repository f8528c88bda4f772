//! The limits after the next boot.

use crate::diagnosis::Finding;
use crate::machine::boot::{Reader, WhyIneffective};
use crate::machine::{Limit, Machine};

pub(super) fn findings(machine: &Machine) -> Vec<Finding> {
    // Where nothing reads sysctl files the limit is not this place's to set; `place` says so.
    if machine.boot.reader == Reader::Nobody {
        return Vec::new();
    }
    Limit::ALL
        .into_iter()
        .flat_map(|limit| lost(machine, limit).into_iter().chain(without_effect(machine, limit)))
        .collect()
}

fn lost(machine: &Machine, limit: Limit) -> Option<Finding> {
    let now = machine.limits.get(limit)?;
    let boot = machine.boot.get(limit);
    if let (Some(at_boot), Some(winner)) = (boot.value, &boot.winner) {
        return (at_boot < now).then(|| Finding::LostAtBoot { limit, now, at_boot, file: Some(winner.file.clone()) });
    }
    let (default, surely_above) = kernel_default(machine, limit)?;
    (now > surely_above).then_some(Finding::LostAtBoot { limit, now, at_boot: default, file: None })
}

/// The kernel's default at boot, and the value above which the present one is surely not it
/// (`inotify_user_setup` in `fs/notify/inotify/inotify_user.c`).
fn kernel_default(machine: &Machine, limit: Limit) -> Option<(u64, u64)> {
    /// The size of a mark and two inodes on a 64-bit kernel (measured on 6.18); it differs a little by version.
    const WATCH_COST_BYTES: u64 = 1312;
    match limit {
        Limit::Instances => Some((128, 128)),
        Limit::QueuedEvents => Some((16384, 16384)),
        Limit::Watches => {
            let default = (machine.memory_bytes? / 100 / WATCH_COST_BYTES).clamp(8192, 1_048_576);
            // The cost is known only roughly for other kernels, so half as much again is left in doubt.
            Some((default, default + default / 2))
        }
    }
}

fn without_effect(machine: &Machine, limit: Limit) -> Vec<Finding> {
    let boot = machine.boot.get(limit);
    // A dead line matters only where it would have changed the outcome.
    let matters = |value: &str| boot.winner.as_ref().is_none_or(|winner| winner.value != value);
    boot.ineffective
        .iter()
        .filter(|line| matters(&line.assignment.value))
        .map(|line| Finding::LineWithoutEffect {
            limit,
            file: line.assignment.file.clone(),
            line: line.assignment.line,
            value: line.assignment.value.clone(),
            refused: line.why == WhyIneffective::Refused,
        })
        .collect()
}
