//! Waiting for an app that was just started: it serves, a tab that was open has come back, and what it watches stays the
//! same. Only then do the checks say something about it.

use crate::machine::processes::watched_inodes;
use crate::machine::{Places, ProcessDir, sessions};
use crate::progress::{Cancelled, Progress};
use std::time::{Duration, Instant};

/// Interval between two looks.
const LOOK: Duration = Duration::from_millis(100);
/// Longest that the app may take until it serves.
const SERVES: Duration = Duration::from_secs(12);
/// Longest that a tab is waited for: an open one tries again within a second or two.
const COMES_BACK: Duration = Duration::from_secs(4);
/// Time for which the watches have to stay the same, and the longest that this is waited for.
const STAYS: (Duration, Duration) = (Duration::from_millis(1_500), Duration::from_secs(15));

/// Waits until the app `pid` has settled, has ended, or is not going to.
///
/// # Errors
/// [`Cancelled`] only.
pub fn settle(places: &Places, pid: u32, progress: &Progress) -> Result<(), Cancelled> {
    let runs = || ProcessDir::open(places, pid).is_ok();
    let connected = || sessions::has_connection(places, pid);
    wait(SERVES, progress, || !runs() || connected().is_some())?;
    // An app that serves nobody yet: a tab that was open comes back by itself.
    wait(COMES_BACK, progress, || !runs() || connected() != Some(false))?;
    if connected() == Some(true) {
        let count = || watched_inodes(places, pid).map_or(0, |all| all.iter().map(Vec::len).sum::<usize>());
        let (mut last, mut since) = (count(), Instant::now());
        wait(STAYS.1, progress, || {
            let now = count();
            if now != last {
                (last, since) = (now, Instant::now());
            }
            !runs() || since.elapsed() >= STAYS.0
        })?;
    }
    Ok(())
}

fn wait(most: Duration, progress: &Progress, mut so: impl FnMut() -> bool) -> Result<(), Cancelled> {
    let begun = Instant::now();
    while !so() && begun.elapsed() < most {
        progress.check()?;
        std::thread::sleep(LOOK);
    }
    Ok(())
}
