//! `inotify-doctor verify` as a person or a script uses it.

use super::project_of;
use crate::support::streamlit::{Installed, Project, installations};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_inotify-doctor");

/// A command to be completed, in a user namespace in which no more than `limit` watches can be had.
pub(super) fn limited(limit: u64) -> Command {
    let script = format!("echo {limit} > /proc/sys/user/max_inotify_watches && exec \"$@\"");
    let mut command = Command::new("unshare");
    command.args(["-Ur", "sh", "-ec", &script, "sh"]);
    command
}

/// The program below such a limit.
pub(super) fn below(limit: u64, project: &Project, with: &Installed, arguments: &[&str]) -> Command {
    let mut command = limited(limit);
    command.arg(PROGRAM);
    complete(command, project, with, arguments)
}

fn complete(mut command: Command, project: &Project, with: &Installed, arguments: &[&str]) -> Command {
    command.arg("verify").arg("--project").arg(project.path("project")).arg("--python").arg(&with.python.executable);
    command.args(arguments).env_clear().env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
    command.env("HOME", project.path("home"));
    command
}

/// The program with a trial launch.
pub(super) fn trial(project: &Project, with: &Installed) -> Command {
    let mut command = complete(Command::new(PROGRAM), project, with, &["--trial"]);
    command.stdout(std::process::Stdio::null());
    command
}

/// The exit status and the checks by name.
pub(super) fn list(command: &mut Command) -> (i32, BTreeMap<String, Value>) {
    let output = command.args(["--format", "json"]).output().expect("the program starts");
    let list: Vec<Value> = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let named = list.into_iter().map(|check| (check["id"].as_str().expect("a name").to_owned(), check));
    (output.status.code().expect("it ends by itself"), named.collect())
}

fn run(project: &Project, arguments: &[&str]) -> Output {
    let mut command = complete(Command::new(PROGRAM), project, &installations()[0], arguments);
    command.output().expect("the program starts")
}

#[test]
fn what_passes_ends_with_status_0_and_reads_well() {
    let output = run(&project_of(5), &[]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        text.contains("passed: 12 watches were really added\n  The app takes 12 watches. All were added"),
        "{text}"
    );
    assert!(text.contains("0 failed, 2 could not be checked."), "without a running app there are two: {text}");
}

#[test]
fn a_failed_check_ends_with_status_1_and_wrong_use_with_2() {
    let project = project_of(5);
    std::fs::create_dir(project.path("project/.streamlit")).unwrap();
    std::fs::write(project.path("project/.streamlit/config.toml"), "[server]\nfileWatcherType = none\n").unwrap();
    let failed = run(&project, &[]);
    assert_eq!(failed.status.code(), Some(1));
    let text = String::from_utf8_lossy(&failed.stdout).into_owned();
    assert!(text.contains("failed: Streamlit ignores a settings file") && text.contains("is not valid TOML"), "{text}");
    for wrong in [&["--format", "html"][..], &["--script", "missing.py"], &["--", "uvicorn", "main:app"]] {
        let output = run(&project, wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?} is wrong use");
        assert!(output.stdout.is_empty(), "{wrong:?} gives no result");
    }
}

#[test]
fn a_trial_is_run_only_when_asked_for() {
    let project = project_of(5);
    let with = &installations()[0];
    let (_, without) = list(&mut complete(Command::new(PROGRAM), &project, with, &[]));
    assert!(!without.contains_key("trial"), "nobody asked");
    let (status, checks) = list(&mut complete(Command::new(PROGRAM), &project, with, &["--trial"]));
    assert_eq!(checks["trial"]["passed"], true, "{checks:#?}");
    assert_eq!(status, 0);
}

#[test]
fn what_is_printed_is_not_private_unless_that_is_asked_for() {
    let project = project_of(5);
    std::fs::create_dir(project.path("project/.streamlit")).unwrap();
    let broken = "[server]\ncookieSecret = c0rrecthorsebattery\n";
    std::fs::write(project.path("project/.streamlit/config.toml"), broken).unwrap();
    let folder = project.path("").display().to_string();
    for format in ["text", "json"] {
        let printed = |more: &[&str]| {
            let arguments = [&["--format", format], more].concat();
            // The home folder is the one around the project: its path has to go.
            let mut command = complete(Command::new(PROGRAM), &project, &installations()[0], &arguments);
            let output = command.env("HOME", project.path("")).output().expect("the program starts");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let all = printed(&["--no-redact"]);
        assert!(all.contains("c0rrecthorsebattery") && all.contains(folder.trim_end_matches('/')), "{all}");
        let kept = printed(&[]);
        assert!(!kept.contains("c0rrecthorsebattery") && !kept.contains(folder.trim_end_matches('/')), "{kept}");
        assert!(kept.contains("~/project/.streamlit/config.toml"), "{kept}");
    }
}

#[test]
fn a_choice_made_with_fix_that_a_flag_beats_fails() {
    let project = project_of(5);
    let flag = ["--", "streamlit", "run", "app.py", "--server.fileWatcherType=none"];
    let settings = || {
        let mut command = complete(Command::new(PROGRAM), &project, &installations()[0], &["--format", "json"]);
        let output = command.args(flag).current_dir(project.path("project")).output().expect("the program starts");
        let list: Vec<Value> = serde_json::from_slice(&output.stdout).expect("a list of checks");
        list.into_iter().find(|check| check["id"] == "settings").expect("the setting is checked")
    };
    assert_eq!(settings()["passed"], true, "without a choice, a flag is as good as any other place");
    let fixed = Command::new(PROGRAM)
        .args(["fix", "--yes", "streamlit-config", "--file-watcher", "poll"])
        .current_dir(project.path("project"))
        .env_clear()
        .envs([("PATH", "/usr/bin:/bin".into()), ("HOME", project.path("home"))])
        .output()
        .expect("the program starts");
    assert!(fixed.status.success(), "{}", String::from_utf8_lossy(&fixed.stderr));
    let beaten = settings();
    assert_eq!(beaten["passed"], false, "{beaten:#}");
    let told = beaten["detail"].as_str().expect("a sentence");
    assert!(told.contains("has no effect") && told.contains("Chosen was poll."), "{told}");
}
