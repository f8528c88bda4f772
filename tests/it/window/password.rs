//! Raising the limit from the window, with the real pkexec, polkitd and password dialog, on a private machine
//! (`support/stage`). The window is opened by an ordinary user there.

use super::fixtures;
use super::person::{Opened, Person};
use crate::support::stage::{assert_private, inside, limits, until};
use inotify_doctor::remedy::raise_limits::DROP_IN;
use inotify_doctor::survey::Request;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

const ACTOR: &str = "window::password::actor";
const HOME: &str = "/run/stage/home";
const DIALOGS: &str = "/run/stage/home/dialogs-window";
const ANSWER: &str = "INOTIFY_DOCTOR_ANSWER";

/// As the stage and the fixture both have them.
const BEFORE: [u64; 3] = [8192, 128, 16_384];

/// Opens the window as the ordinary user in front of whom a dialog is answered like this; how many there were.
fn window_is_used(answer: &str) -> usize {
    let status = Command::new("/usr/bin/python3")
        .args(["/run/stage/agent.py", answer, DIALOGS, "/run/stage/it", "--exact", ACTOR, "--ignored", "--nocapture"])
        .env(ANSWER, answer)
        .status()
        .expect("python3 can be started");
    assert!(status.success(), "the person at the window met what they expected: {status}");
    dialogs()
}

fn dialogs() -> usize {
    fs::read_to_string(DIALOGS).unwrap_or_default().lines().count()
}

#[test]
#[ignore = "the part of the ordinary user, started by the other tests on their private machine"]
fn actor() {
    assert_private();
    assert!(!rustix::process::geteuid().is_root(), "an ordinary user opens the window");
    let variables = [("HOME".into(), HOME.into())].into();
    let request = Request { variables, ..Request::default() };
    let mut person = Opened { size: [1120.0, 2400.0], request, ..Opened::default() }.open().shown(fixtures::starved());
    person.press("Fix");
    person.waits_until("the plans are made", |person| person.harness.state().state().fix.is_current());
    person.press("Apply");
    match env::var(ANSWER).expect("told by the test").as_str() {
        "slow" => waits_and_takes_back(&mut person),
        "nobody" => is_sent_to_the_terminal(&mut person),
        _ => is_refused(&mut person),
    }
}

fn is_told(person: &mut Person) {
    person.waits_until("it is told", |person| person.harness.state().state().fix.told.is_some());
}

fn waits_and_takes_back(person: &mut Person) {
    until("the password dialog is open", || dialogs() == 1);
    assert!(person.sees_part("Waiting for the password dialog"), "the window says what it waits for");
    person.press("Need fewer directories");
    assert!(person.sees("No caches were found in this project."), "the window stays alive meanwhile");
    assert_eq!(limits(), BEFORE, "nothing is done before the password");
    fs::write(Path::new(DIALOGS).with_extension("go"), "").expect("the password is typed");
    is_told(person);
    assert!(person.sees_part("The kernel now says fs.inotify.max_user_watches = 524,288; it was 8,192"));
    assert_eq!(limits(), [524_288, 128, 16_384], "the limit is raised");
    assert!(Path::new(DROP_IN).is_file(), "for good");
    person.waits_until("the plans are made anew", |person| person.harness.state().state().fix.is_current());
    assert!(person.sees("fs.inotify.max_user_watches: 524,288 → 8,192"), "what undo will put back is said before");
    person.press("Undo");
    is_told(person);
    assert!(person.sees("Taken back."), "it is told");
}

fn is_refused(person: &mut Person) {
    is_told(person);
    assert!(
        person.sees_part("The password was not given. Nothing was changed."),
        "the reason is told: {:#?}",
        super::contradictions::page(person)
    );
    assert!(!person.sees("Undo"), "there is nothing to take back");
}

fn is_sent_to_the_terminal(person: &mut Person) {
    is_told(person);
    assert!(person.sees_part("Nothing here can ask for a password"), "the reason is told");
    person.press("Copy");
    let copied = person.harness.state().state().copied.clone().unwrap_or_default();
    assert!(copied.starts_with("echo") && copied.contains("max_user_watches = 524288' | sudo tee"), "{copied}");
    assert!(person.sees_part("The other cards need no password"), "the other remedies are named");
}

#[test]
fn without_a_password_dialog_the_command_for_a_terminal_is_there_to_copy() {
    inside(|| {
        assert_eq!(window_is_used("nobody"), 0, "no dialog could be shown");
        assert_eq!(limits(), BEFORE, "the limits are what they were");
    });
}

#[test]
fn one_password_raises_the_limit_while_the_window_stays_alive_and_one_takes_it_back() {
    inside(|| {
        assert_eq!(window_is_used("slow"), 2, "one dialog to raise, one to take back");
        assert_eq!(limits(), BEFORE, "the limits are what they were");
        assert!(!Path::new(DROP_IN).exists(), "no file is left");
    });
}

#[test]
fn a_closed_password_dialog_is_told_and_changes_nothing() {
    inside(|| {
        assert_eq!(window_is_used("dismiss"), 1);
        assert_eq!(limits(), BEFORE, "the limits are what they were");
        assert!(!Path::new(DROP_IN).exists(), "no file is left");
    });
}
