//! File systems whose server takes a request and never answers it: each is named and left out, and the program ends
//! while it is still silent. `support/silent.py` is such a server.

use super::{Desk, said};
use crate::support::tree::venv;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Starts the server, runs the program, and ends with the program's status, or with 99 where the server ended first,
/// as it does by itself after a minute and a half: what waited for it is then let go, and comes too late.
const BESIDE_THE_SERVER: &str = r#"
    timeout -s KILL 90 "$PYTHON" "$SERVER" "$STOP" "$MOUNT" > "$ROOT/server.log" &
    server=$!
    until grep -q mounted "$ROOT/server.log"; do kill -0 $server || exit 98; done
    "$@"; status=$?
    kill -0 $server || status=99
    pkill -KILL -P $server
    exit $status
"#;

/// Runs a command beside a silent server in namespaces of its own.
fn beside_server(desk: &Desk, stop: &str, mount: &Path, command: &[&str]) -> Output {
    fs::create_dir_all(mount).unwrap();
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/silent.py");
    let mut all = Command::new("unshare");
    all.args(["--map-root-user", "--mount", "sh", "-c", BESIDE_THE_SERVER, "sh"]).args(command);
    desk.set_up(&mut all);
    all.env("PYTHON", venv("streamlit-1.67-watchdog-7").join("bin/python")).env("SERVER", server).env("STOP", stop);
    all.env("MOUNT", mount).env("ROOT", desk.folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    all.output().unwrap()
}

fn run(desk: &Desk, stop: &str, mount: &Path, arguments: &[&str]) -> Output {
    let program = assert_cmd::cargo::cargo_bin("inotify-doctor");
    let command: Vec<&str> = [program.to_str().unwrap()].into_iter().chain(arguments.iter().copied()).collect();
    beside_server(desk, stop, mount, &command)
}

/// Whether the server left a request of that kind without an answer.
fn was_asked(desk: &Desk) -> bool {
    fs::read_to_string(desk.at("server.log")).unwrap().contains("silent at")
}

/// Runs the program in a project with a silent mount in it, and a link to what is there where one is told; it ends.
fn beside_silent_mount(stop: &str, arguments: &[&str], link: Option<(&str, &str)>) -> (Desk, Output) {
    let desk = Desk::new();
    let mount = desk.at("project/silent");
    if let Some((target, link)) = link {
        fs::create_dir_all(desk.at(link).parent().unwrap()).unwrap();
        symlink(mount.join(target), desk.at(link)).unwrap();
    }
    let output = run(&desk, stop, &mount, arguments);
    let said = said(&output);
    assert!(matches!(output.status.code(), Some(0..=2)), "{stop}, {arguments:?}: {:?} {said}", output.status);
    (desk, output)
}

/// That mount as the program names it.
fn silent_mount(desk: &Desk) -> String {
    desk.at("project/silent").to_str().unwrap().replace(desk.at("home").to_str().unwrap(), "~")
}

/// Runs the commands with what they look at on a silent mount: in the project, in its settings, in the home folder.
fn ends_and_names(stop: &str) {
    let report = &["report", "--project", "."][..];
    let caches = &["fix", "--dry-run", "clear-caches"];
    let config = &["fix", "--dry-run", "streamlit-config", "--file-watcher", "poll"];
    let list = &["undo", "--list"];
    for (arguments, link) in [
        (report, None),
        (caches, None),
        (report, Some((".streamlit", "project/.streamlit"))),
        (config, Some((".streamlit", "project/.streamlit"))),
        (list, Some(("state", "home/.local/state"))),
    ] {
        let (desk, output) = beside_silent_mount(stop, arguments, link);
        let said = said(&output);
        if was_asked(&desk) {
            assert!(said.contains(&silent_mount(&desk)), "{stop}, {arguments:?}: {said}");
        }
    }
}

#[test]
fn a_server_that_answers_is_no_obstacle() {
    let desk = Desk::new();
    let output = run(&desk, "nothing", &desk.at("project/far"), &["report", "--project", ".", "--format", "json"]);
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    assert_eq!(report["project"]["directories"], 9, "the project, far and what is in it: {}", said(&output));
    assert_eq!(report["project"]["files"], 2 + 6);
    assert!(!said(&output).contains("does not answer"), "{}", said(&output));
}

#[test]
fn a_mount_silent_at_lookup_is_left_out() {
    ends_and_names("lookup");
}

#[test]
fn a_mount_silent_at_getattr_is_left_out() {
    ends_and_names("getattr");
}

#[test]
fn a_mount_silent_at_opendir_is_left_out() {
    ends_and_names("opendir");
}

#[test]
fn a_mount_silent_at_readdir_is_left_out() {
    ends_and_names("readdir");
}

#[test]
fn a_mount_silent_at_open_is_left_out() {
    ends_and_names("open");
}

#[test]
fn a_mount_silent_at_read_is_left_out() {
    ends_and_names("read");
}

#[test]
fn a_project_on_a_silent_mount_is_told_and_left() {
    for stop in ["lookup", "getattr", "opendir", "readdir"] {
        let desk = Desk::new();
        let mount = desk.at("far");
        let output = run(&desk, stop, &mount, &["report", "--project", mount.to_str().unwrap()]);
        assert!(matches!(output.status.code(), Some(0..=2)), "{stop}: {:?} {}", output.status, said(&output));
        assert!(said(&output).contains("does not answer"), "{stop}: {}", said(&output));
    }
}

/// Changes files there, and writes there what says so: the program ends, names the mount, and leaves every file whole.
fn ends_in_writing(stop: &str) {
    let config = &["fix", "--yes", "streamlit-config", "--file-watcher", "poll"][..];
    let report = &["report", "--project", ".", "--output", "silent/report.md"];
    for (arguments, link) in [
        (config, Some((".streamlit", "project/.streamlit"))),
        (config, Some(("state", "home/.local/state"))),
        (report, None),
    ] {
        let (desk, output) = beside_silent_mount(stop, arguments, link);
        let said = said(&output);
        if was_asked(&desk) {
            assert!(
                said.contains(&silent_mount(&desk)) && said.contains("does not answer"),
                "{stop}, {arguments:?}: {said}"
            );
            assert_ne!(output.status.code(), Some(0), "{stop}, {arguments:?}: {said}");
        }
    }
}

#[test]
fn a_mount_silent_to_who_makes_or_fills_a_file_is_named_and_nothing_is_begun() {
    ends_in_writing("create");
    ends_in_writing("write");
}

#[test]
fn a_mount_silent_to_who_finishes_a_file_is_named_and_nothing_is_begun() {
    ends_in_writing("setattr");
    ends_in_writing("flush");
    ends_in_writing("fsync");
}

#[test]
fn a_mount_silent_to_who_moves_a_file_is_named_and_nothing_is_begun() {
    ends_in_writing("rename");
    ends_in_writing("unlink");
}

#[test]
fn a_mount_that_takes_changes_is_changed() {
    let desk = Desk::new();
    let mount = desk.at("project/silent");
    symlink(mount.join(".streamlit"), desk.at("project/.streamlit")).unwrap();
    let script =
        r#""$0" fix --yes streamlit-config --file-watcher poll && cat .streamlit/config.toml && ls -A .streamlit"#;
    let program = assert_cmd::cargo::cargo_bin("inotify-doctor");
    let output = beside_server(&desk, "nothing", &mount, &["sh", "-c", script, program.to_str().unwrap()]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("fileWatcherType = \"poll\""), "{told}");
    assert!(!told.contains(".inotify-doctor-"), "no draft and no trial is left: {told}");
}

#[test]
fn caches_on_which_something_is_mounted_are_left_alone_and_said() {
    let desk = Desk::new();
    for name in [".mypy_cache/3.11/a", "__pycache__/x.pyc", ".ruff_cache/volume/x", "data/a"] {
        desk.write(&format!("project/{name}"), "x");
    }
    let script = r#"mount -t tmpfs none .mypy_cache && mount --bind data .ruff_cache/volume && exec "$@""#;
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh"]);
    command.arg(assert_cmd::cargo::cargo_bin("inotify-doctor")).args(["fix", "--yes", "clear-caches"]);
    desk.set_up(&mut command);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("2 caches are left alone"), "{}", said(&output));
    assert!(!desk.at("project/__pycache__").exists(), "the other one is gone");
    assert!(desk.at("project/.mypy_cache").exists() && desk.at("project/.ruff_cache/volume").exists());
}
