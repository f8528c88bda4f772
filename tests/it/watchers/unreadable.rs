//! Projects with a folder that the watcher may not read. Watcher and program run in a user namespace in which nobody is
//! mapped: even root's own files obey their mode there.

use super::program::editor;
use super::real::{Project, Running, Start};
use crate::support::needed::needed_program;
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// Starts the watcher and asks the program about it again and again.
const ASK: &str = "doctor=$1; shift; \"$@\" & while :; do \
    \"$doctor\" report --project . --format json --no-redact > ../new 2> ../errors; mv ../new ../report.json; done";

fn project() -> Project {
    let project = Project::of(&[
        "main.py: app = None",
        "server.js: setInterval(() => {}, 1e6)",
        "package.json: {}",
        "index.html: <p>",
        "ok/h.js",
        "src/a/x.js",
        "zz/last/x.js",
    ]);
    LOCKED.iter().for_each(|folder| project.put(&format!("{folder}/inner/f.js")));
    lock(&project, 0o000);
    project
}

const LOCKED: [&str; 2] = ["locked", "src/locked too"];

fn lock(project: &Project, mode: u32) {
    let lock = |folder: &&str| fs::set_permissions(project.path().join(folder), fs::Permissions::from_mode(mode));
    LOCKED.iter().for_each(|folder| lock(folder).unwrap());
}

fn inside(start: &Start, project: &Path) -> Running {
    let doctor = assert_cmd::cargo::cargo_bin("inotify-doctor");
    let before = ["unshare", "-U", "sh", "-c", ASK, "ask"].map(Into::into).into_iter().chain([doctor.into()]);
    let variables = [("PYTHONDONTWRITEBYTECODE".into(), "1".into())].into();
    Start { command: before.chain(start.command.clone()).collect(), variables }.run(project)
}

/// What the program says of the watcher once it is as foretold.
fn told(kind: &str, start: &Start) -> Value {
    needed_program("/usr/bin/unshare", "util-linux");
    let project = project();
    let report = project.path().parent().unwrap().join("report.json");
    let running = inside(start, &project.path());
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let read = fs::read(&report).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        let all = read.as_ref().and_then(|report| report["watchers"].as_array());
        let told = all.and_then(|all| all.iter().find(|one| one["kind"] == kind)).cloned();
        let number = |one: &Value, field: &str| one[field].as_u64();
        if let Some(one) = &told {
            let (held, fewest) = (number(one, "watches").unwrap(), number(one, "needed"));
            let most = number(one, "at_most").or(fewest);
            if fewest.is_some_and(|fewest| fewest <= held) && most.is_some_and(|most| held <= most) {
                // Otherwise nobody but root could remove it.
                lock(&project, 0o755);
                break one.clone();
            }
        }
        assert!(Instant::now() < deadline, "{kind} holds what was foretold: {told:?}");
        std::thread::sleep(Duration::from_millis(50));
        assert!(running.pid() > 0);
    }
}

#[test]
fn a_folder_that_may_not_be_read_takes_no_watch() {
    for (kind, start) in [
        ("vite", Start::node("vite/bin/vite.js", "--port 0")),
        ("nodemon", Start::node("nodemon/bin/nodemon.js", "server.js")),
        ("vscode", editor()),
        ("watchmedo", Start::python("streamlit-1.67-watchdog-7", "watchmedo", "log --recursive .")),
    ] {
        assert_eq!(told(kind, &start)["at_most"], Value::Null, "{kind} is foretold exactly");
    }
}

#[test]
fn uvicorn_may_stop_at_a_folder_that_may_not_be_read() {
    let told = told("uvicorn", &Start::python("uvicorn-0.54", "uvicorn", "main:app --port 0 --reload"));
    assert_eq!((&told["needed"], &told["at_most"]), (&Value::from(1), &Value::from(6)), "{told}");
}
