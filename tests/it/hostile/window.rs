//! The window beside a file system that does not answer: it stays alive, and closes at once.

use super::Desk;
use crate::support::tree::{again_in_namespace, handed_over, venv};
use crate::support::xvfb::Display;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::fs;

/// The server ends by itself where the test does not: what waits for it is let go then.
fn server(desk: &Desk) -> String {
    let (python, server) = (venv("streamlit-1.67-watchdog-7").join("bin/python"), "tests/it/support/silent.py");
    let server = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(server);
    let command = format!("timeout 120 {} {} lookup", python.display(), server.display());
    fs::create_dir(desk.at("project/silent")).unwrap();
    format!(
        r#"{command} "$ROOT/project/silent" > "$ROOT/server.log" 2> /dev/null &
        echo $! > "$ROOT/server.pid"
        until grep -q mounted "$ROOT/server.log"; do kill -0 $!; done"#
    )
}

#[test]
fn the_window_stays_alive_beside_a_silent_mount_and_closes_at_once() {
    let desk = Desk::new();
    again_in_namespace(&server(&desk), "hostile::window::in_a_namespace_with_a_silent_mount", desk.folder.path());
}

#[test]
#[ignore = "run by the_window_stays_alive_beside_a_silent_mount_and_closes_at_once, in a namespace"]
fn in_a_namespace_with_a_silent_mount() {
    let root = handed_over();
    let pid = fs::read_to_string(root.join("server.pid")).unwrap();
    let server = Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    let display = Display::start();
    let mut program = display.open(&root.join("home"));
    program.wait_until("the window is drawn", |_| display.look().colours() > 50);
    program.types(root.join("project").to_str().unwrap());
    program.presses("Return");
    program.wait_until("the mount is met", |_| {
        fs::read_to_string(root.join("server.log")).unwrap().contains("silent at lookup")
    });
    // The project is remembered once it was looked at: the window has gone on.
    program.presses("alt+Right");
    let settings = root.join("home/.local/state/inotify-doctor/window.json");
    program.wait_until("the diagnosis is there", |_| {
        fs::read_to_string(&settings).is_ok_and(|text| text.contains("project"))
    });
    program.presses("ctrl+q");
    assert!(program.end().success());
    assert!(test_kill_process(server).is_ok(), "the server has said nothing until now");
    kill_process(server, Signal::TERM).unwrap();
}
