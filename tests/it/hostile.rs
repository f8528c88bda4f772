//! Things that another user, a clone or a dead server can put where the program looks: it ends, stays small, and says
//! what it left out.

mod mounts;
mod obstacles;
#[cfg(feature = "window")]
mod window;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A project and a home folder.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Self { folder };
        desk.write("project/app.py", "import streamlit as st\nimport helper\n");
        desk.write("project/helper.py", "");
        fs::create_dir(desk.at("home")).unwrap();
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.at(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// The program, in the project's folder.
    fn program(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("inotify-doctor"));
        self.set_up(&mut command);
        command
    }

    fn set_up(&self, command: &mut Command) {
        command.env_clear().env("HOME", self.at("home")).env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
        command.current_dir(self.at("project")).stdin(Stdio::null());
    }

    /// Runs it with as much memory as a diagnosis needs, and no more.
    fn run(&self, arguments: &[&str]) -> Output {
        // Whatever it may wait for, a test ends: no test expects the status of a killed program.
        let mut command = Command::new("timeout");
        command
            .args(["--signal=KILL", "100", "prlimit", "--data=400000000"])
            .arg(assert_cmd::cargo::cargo_bin("inotify-doctor"))
            .args(arguments);
        self.set_up(&mut command);
        command.output().unwrap()
    }
}

/// All that was said, in one line: a text is broken where the page ends.
fn said(output: &Output) -> String {
    let all = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, path, kind, rustix::fs::Mode::from_raw_mode(0o600), 0).unwrap();
}
