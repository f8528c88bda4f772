//! Raising the limits with the real pkexec, polkitd, system bus and password dialog, on a private machine (see
//! `support/stage`). The kernel's limits are plain files there, except in `kernel`, where they are real ones of a
//! namespace.

mod children;
mod dialog;
mod faults;
mod journal;
mod kernel;
mod obstacles;
mod package;
mod reboot;
mod script;
mod sudo;
mod waiting;

use crate::support::stage::{Answer, Deed, Person, act, limits};
use inotify_doctor::remedy::raise_limits::{Applied, RaiseLimits, Reason, Refusal, Way};
use std::fs;
use std::path::Path;

const DROP_IN: &str = "/etc/sysctl.d/99-zz-inotify-doctor.conf";
const UNTIL_REBOOT: &str = "/run/inotify-doctor/until-reboot";

/// As the stage sets the kernel's limits.
const BEFORE: [u64; 3] = [8192, 128, 16_384];

/// Watches to 524,288, now and for good.
const FOR_GOOD: RaiseLimits =
    RaiseLimits { watches: Some(524_288), instances: None, queued_events: None, until_reboot: false, before: BEFORE };

const BY_PKEXEC: Deed = Deed::Raise(FOR_GOOD, Way::Pkexec);

#[test]
#[ignore = "the part of the ordinary user, started by the other tests on their private machine"]
fn actor() {
    act();
}

/// What came of a deed, and how many dialogs it took.
fn asked(deed: Deed, answer: Answer) -> (Result<Applied, Refusal>, usize) {
    let (outcome, dialogs) = Person::starts(deed, answer, &[]).ends();
    (outcome, dialogs.len())
}

/// Raises and expects to be refused for `reason` without a trace.
fn is_refused(deed: Deed, answer: Answer, reason: Reason) {
    let (outcome, _) = asked(deed, answer);
    assert_eq!(why(outcome), reason);
    nothing_was_done();
}

fn why(outcome: Result<Applied, Refusal>) -> Reason {
    outcome.expect_err("it is refused").reason
}

fn nothing_was_done() {
    assert_eq!(limits(), BEFORE, "the limits are what they were");
    let left: Vec<_> = [DROP_IN, UNTIL_REBOOT].into_iter().filter(|file| Path::new(file).is_file()).collect();
    assert!(left.is_empty(), "no file of ours is left: {left:?}");
    assert!(!Path::new("/etc/sysctl.d/99-zz-inotify-doctor.conf.new").exists(), "no half-written file is left");
}

fn drop_in() -> Option<String> {
    fs::read_to_string(DROP_IN).ok()
}
