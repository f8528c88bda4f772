//! A real user namespace with a low limit of its own: raising the kernel's limit would not help there.

use super::support::needed::needed_program;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The namespace's limit; the project needs more.
const ALLOWED: u64 = 20;

/// Runs a line of shell in a user namespace of its own with that limit; `doctor` in it is the built program.
fn inside(home: &Path, before: &str, line: &str) -> Output {
    needed_program("/usr/bin/unshare", "util-linux");
    needed_program("/usr/bin/setpriv", "util-linux");
    let low = format!("echo {ALLOWED} > /proc/sys/user/max_inotify_watches && exec {before} sh -c \"$1\"");
    let folder = Path::new(env!("CARGO_BIN_EXE_inotify-doctor")).parent().expect("a program lies in a folder");
    Command::new("unshare")
        .args(["-Ur", "sh", "-c", &low, "sh", line])
        .env_clear()
        .env("PATH", format!("{}:/usr/sbin:/usr/bin:/sbin:/bin", folder.display()))
        .env("HOME", home)
        .current_dir(home.join("project"))
        .output()
        .expect("unshare can be started")
}

/// A home folder with a project of thirty folders.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a temporary folder");
    for number in 0..30 {
        fs::create_dir_all(home.path().join(format!("project/data/{number}"))).expect("a folder");
    }
    fs::write(home.path().join("project/app.py"), "import streamlit\n").expect("a file");
    home
}

fn json(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("the report is JSON: {error}: {said}"))
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const REPORT: &str = "inotify-doctor report --format json --project .";
const RAISE: &str = "inotify-doctor fix raise-limits --dry-run --project .";
/// Takes away from root what raising the limit takes.
const POWERLESS: &str = "setpriv --bounding-set -sys_resource --inh-caps -sys_resource";

#[test]
fn the_namespaces_own_limit_is_raised_and_the_command_that_is_shown_does_it() {
    let home = home();
    let output = inside(home.path(), "", REPORT);
    assert_eq!(output.status.code(), Some(1), "something is to fix");
    let report = json(&output);
    assert_eq!(report["namespace_limits"]["watches"], ALLOWED);
    let recommendation = &report["recommendation"];
    assert_eq!(recommendation["remedy"], "let-streamlit-poll", "a press of a button, where raising takes a terminal");
    assert_eq!(recommendation["max_user_watches"], Value::Null, "the kernel's limit suffices");
    assert_eq!(report["findings"][0]["id"], "watches-needed-exceed-free");
    let detail = report["findings"][0]["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("of the 20 that this user namespace allows"), "{detail}");

    let shown = inside(home.path(), "", RAISE);
    assert_eq!(printed(&shown), "echo 65536 > /proc/sys/user/max_inotify_watches\n");
    let complaint = String::from_utf8_lossy(&shown.stderr).into_owned();
    assert!(complaint.contains("allows 20 watches; raising the kernel's limit does not change that"), "{complaint}");
    assert_eq!(shown.status.code(), Some(1), "it has to be done by other means");

    let after = inside(home.path(), "", &format!("{}{REPORT}", printed(&shown)));
    let report = json(&after);
    assert_eq!(report["namespace_limits"]["watches"], 65_536, "the command raised it");
    assert_eq!(report["recommendation"]["remedy"], "none");
}

#[test]
fn where_it_cannot_be_raised_polling_is_recommended_and_helps() {
    let home = home();
    let report = json(&inside(home.path(), POWERLESS, REPORT));
    assert_eq!(report["recommendation"]["remedy"], "let-streamlit-poll");
    assert_eq!(report["recommendation"]["max_user_watches"], Value::Null, "raising would not help");
    let shown = inside(home.path(), POWERLESS, RAISE);
    assert_eq!((printed(&shown).as_str(), shown.status.code()), ("", Some(1)), "there is no command that works");
    let complaint = String::from_utf8_lossy(&shown.stderr).into_owned();
    assert!(complaint.contains("CAP_SYS_RESOURCE"), "{complaint}");

    let refused = inside(home.path(), POWERLESS, "echo 65536 > /proc/sys/user/max_inotify_watches");
    assert!(!refused.status.success(), "the kernel indeed refuses it");
    let fix = "inotify-doctor fix --yes streamlit-config --file-watcher poll >/dev/null &&";
    let after = inside(home.path(), POWERLESS, &format!("{fix} {REPORT}"));
    let report = json(&after);
    assert_eq!((&report["streamlit"]["needed"]["watches"], after.status.code()), (&0.into(), Some(0)));
}

#[test]
fn a_namespace_without_a_limit_of_its_own_changes_nothing() {
    let home = home();
    let high = format!("echo 2147483647 > /proc/sys/user/max_inotify_watches; {REPORT}");
    let report = json(&inside(home.path(), "", &high));
    assert_eq!(report["recommendation"]["remedy"], "none");
}
