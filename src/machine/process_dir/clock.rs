//! The moments behind the start times of /proc/PID/stat, which count clock ticks from the boot on.

use crate::machine::Places;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// The boot, in seconds since the Unix epoch.
pub(in crate::machine) fn boot_time(places: &Places) -> Option<u64> {
    use procfs::FromReadSI;
    let file = places.proc.join("stat");
    procfs::KernelStats::from_file(file, procfs::current_system_info()).ok().map(|stat| stat.btime)
}

/// Seconds in so many ticks, rounded down.
pub(in crate::machine) fn whole_seconds(ticks: u64) -> u64 {
    ticks / procfs::ticks_per_second()
}

/// The time of so many ticks.
pub(in crate::machine) fn duration(ticks: u64) -> Duration {
    Duration::from_millis(ticks.saturating_mul(1000) / procfs::ticks_per_second())
}

/// The moment `ticks` after the boot, to a few hundredths of a second: from the time since the boot. The boot time of
/// /proc/stat has whole seconds only, too few to tell a restart from the edit before it.
pub(crate) fn moment(places: &Places, ticks: u64) -> Option<Timestamp> {
    let since_boot_ms = i64::try_from(ticks.checked_mul(1000)? / procfs::ticks_per_second()).ok()?;
    let uptime = std::fs::read_to_string(places.proc.join("uptime")).ok()?;
    let seconds: f64 = uptime.split(' ').next()?.parse().ok()?;
    let up = SignedDuration::try_from_secs_f64(seconds).ok()?;
    Timestamp::now().checked_sub(up).ok()?.checked_add(SignedDuration::from_millis(since_boot_ms)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::ProcessDir;

    #[test]
    fn a_process_started_now_started_now() {
        let (places, before) = (Places::default(), Timestamp::now());
        let mut child = std::process::Command::new("sleep").arg("60").spawn().expect("sleep starts");
        let after = Timestamp::now();
        let process = ProcessDir::open(&places, child.id()).expect("it runs");
        let ticks = process.stat().expect("it runs").expect("as the kernel writes it").starttime;
        let started = moment(&places, ticks).expect("/proc tells");
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        let slack = SignedDuration::from_millis(50);
        assert!(started >= before.saturating_sub(slack).expect("no overflow"), "{started} is not before {before}");
        assert!(started <= after.saturating_add(slack).expect("no overflow"), "{started} is not after {after}");
    }
}
