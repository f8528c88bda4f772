//! Started by a double-click where no window can be opened: the desktop's own programs tell why.

use crate::support::stage::until;
use crate::support::xvfb::ONE_AT_A_TIME;
use assert_cmd::Command;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::PoisonError;
use std::time::Duration;

/// A program that writes down its arguments, one a line.
fn stand_in(folder: &Path, name: &str) {
    let program = folder.join(name);
    let text = format!("#!/bin/sh\nprintf \"%s\\n\" \"$@\" >{0}/part\nmv {0}/part {0}/{name}.told\n", folder.display());
    fs::write(&program, text).expect("a program can be written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

/// The program as a file manager starts it, with stand-ins for the desktop's programs in `folder`.
fn double_clicked(folder: &Path) -> Command {
    for name in ["zenity", "kdialog", "notify-send"] {
        stand_in(folder, name);
    }
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let mut command = Command::cargo_bin("inotify-doctor").expect("the program is built");
    command.env_clear().env("PATH", path).env("HOME", folder).timeout(Duration::from_secs(60));
    command
}

/// What a stand-in was told.
fn told(folder: &Path, name: &str) -> String {
    let file = folder.join(format!("{name}.told"));
    until("it is shown", || file.exists());
    fs::read_to_string(file).expect("it was written down")
}

#[test]
fn without_a_reachable_display_a_notification_says_so_and_the_result_is_printed_all_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = double_clicked(folder.path()).env("DISPLAY", ":nowhere").output().expect("the program runs");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Inotify Doctor report"), "the report is printed");
    let told = told(folder.path(), "notify-send");
    assert!(told.contains("Inotify Doctor cannot open its window"), "{told}");
    assert!(told.contains("no display can be reached") && told.contains("inotify-doctor report"), "{told}");
    assert!(!folder.path().join("zenity.told").exists(), "no dialog is tried where no display is");
}

/// An X server that ends with its value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn without_opengl_a_dialog_says_so_in_one_sentence() {
    let mine = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut xvfb = std::process::Command::new("Xvfb");
    xvfb.args(["-displayfd", "1", "-noreset", "-nolisten", "tcp", "-extension", "GLX"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut server = Server(xvfb.spawn().expect("Xvfb can be started (package xvfb)"));
    let mut number = String::new();
    let output = server.0.stdout.take().expect("the output is a pipe");
    BufReader::new(output).read_line(&mut number).expect("Xvfb tells its number");
    drop(mine);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = double_clicked(folder.path());
    // No driver for EGL either.
    command.env("DISPLAY", format!(":{}", number.trim())).env("__EGL_VENDOR_LIBRARY_FILENAMES", "/nonexistent");
    let output = command.output().expect("the program runs");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("OpenGL does not work here (") && !complaint.contains("ConfigTemplate"), "{complaint}");
    let told = told(folder.path(), "zenity");
    assert!(told.starts_with("--error\n") && told.contains("OpenGL does not work here"), "{told}");
}
