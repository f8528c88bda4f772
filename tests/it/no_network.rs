//! The program asks nobody outside this computer: what it opens is watched at the system calls. The whole story, with
//! only a loopback, is `window::story`.

use crate::support::needed::needed_program;
use crate::support::world::World;
use std::fs;
use std::process::Command;

#[test]
fn looking_explaining_and_proving_open_no_internet_socket() {
    needed_program("/usr/bin/strace", "strace");
    let world = World::new();
    let project = world.path("project");
    fs::write(project.join("app.py"), "import streamlit as st\nst.write('hello')\n").expect("a file can be written");
    fs::write(project.join("app.log"), "OSError: [Errno 28] inotify watch limit reached\n")
        .expect("a file can be written");
    let (folder, log) = (project.to_str().expect("a plain path"), project.join("app.log"));
    let trace = world.path("trace");
    for words in [
        vec!["report", "--project", folder],
        vec!["verify", "--project", folder],
        vec!["explain", log.to_str().expect("a plain path")],
    ] {
        let output = Command::new("strace")
            .args(["--follow-forks", "--trace=socket,execve", "--output"])
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_inotify-doctor"))
            .args(&words)
            .env("HOME", world.path("home"))
            .env_remove("DISPLAY")
            .output()
            .expect("strace can be started");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        let called = fs::read_to_string(&trace).expect("strace wrote what it saw");
        assert!(called.contains("execve("), "strace saw the program: {called}");
        let out: Vec<_> = called.lines().filter(|line| line.contains("AF_INET")).collect();
        assert_eq!(out, Vec::<&str>::new(), "{words:?}");
    }
}
