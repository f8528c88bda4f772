//! Whether a process' watches stay as they are, against processes that leave them alone and that do not.

use super::watches;
use crate::support::watchers::{Folders, Watcher, Watches};
use inotify_doctor::machine::Places;
use inotify_doctor::machine::processes::{Span, Steadiness, SteadinessUnknown, watched_inodes};
use inotify_doctor::progress::Progress;
use std::time::Duration;

const TIME: Duration = Duration::from_secs(1);

fn observe(pid: u32) -> Result<Steadiness, SteadinessUnknown> {
    Steadiness::observe(&Places::default(), pid, &Span::at_least(TIME), &Progress::default())
}

#[test]
fn a_process_that_leaves_its_watches_alone_is_steady() {
    let watcher = Watcher::start(&Folders::new(80), &Watches { duplicates: 1, ..watches(&[80, 0, 20]) });
    let seen = observe(watcher.pid()).expect("one's own process");
    assert!(seen.steady, "it only waits: {seen:?}");
    assert_eq!((seen.fewest, seen.most), (100, 100));
    assert_eq!(seen.held, watched_inodes(&Places::default(), watcher.pid()).expect("one's own process"));
    assert!(seen.readings >= 2 && seen.over >= TIME);
    assert_eq!(seen.cpu, Duration::ZERO, "whoever waits needs no time");
}

#[test]
fn two_readings_do_where_a_brief_look_is_allowed_and_they_agree() {
    let span = Span::at_least(TIME);
    span.brief_will_do();
    let observe = |pid| Steadiness::observe(&Places::default(), pid, &span, &Progress::default());
    let watcher = Watcher::start(&Folders::new(80), &watches(&[80]));
    let seen = observe(watcher.pid()).expect("one's own process");
    assert!(seen.steady && seen.readings == 2, "{seen:?}");
    let restless = Watcher::start(&Folders::new(300), &Watches { swing: true, ..watches(&[300]) });
    let seen = observe(restless.pid()).expect("one's own process");
    assert!(!seen.steady && seen.over >= TIME, "how far it swings takes time: {seen:?}");
}

#[test]
fn watches_that_are_taken_again_and_again_are_not_steady_however_many_there_are() {
    let watcher = Watcher::start(&Folders::new(300), &Watches { swing: true, ..watches(&[300]) });
    let seen = observe(watcher.pid()).expect("one's own process");
    assert!(!seen.steady, "every watch is another one each time: {seen:?}");
    assert!(seen.fewest >= 299 && seen.most <= 300, "never more than one is missing: {seen:?}");
    assert!(seen.cpu > Duration::ZERO && seen.cores() > 0.0, "it never rests: {seen:?}");
}

#[test]
fn a_process_that_has_ended_and_a_cancelled_look_are_errors() {
    let watcher = Watcher::start(&Folders::new(1), &watches(&[1]));
    let (pid, progress) = (watcher.pid(), Progress::default());
    progress.cancel();
    let outcome = Steadiness::observe(&Places::default(), pid, &Span::at_least(TIME), &progress);
    assert!(matches!(outcome, Err(SteadinessUnknown::Cancelled(_))));
    drop(watcher);
    assert!(matches!(observe(pid), Err(SteadinessUnknown::Unreadable(_))));
}
