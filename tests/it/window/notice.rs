//! Started by a double-click where no window can be opened: the desktop's own programs tell why.

use crate::support::stage::until;
use assert_cmd::Command;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A program that writes down its arguments, one a line.
fn stand_in(folder: &Path, name: &str) {
    let program = folder.join(name);
    let text = format!("#!/bin/sh\nprintf \"%s\\n\" \"$@\" >{0}/part\nmv {0}/part {0}/{name}.told\n", folder.display());
    fs::write(&program, text).expect("a program can be written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[test]
fn without_a_reachable_display_a_notification_says_so_and_the_result_is_printed_all_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["zenity", "kdialog", "notify-send"] {
        stand_in(folder.path(), name);
    }
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let mut command = Command::cargo_bin("inotify-doctor").expect("the program is built");
    command.env_clear().env("PATH", path).env("HOME", folder.path()).env("DISPLAY", ":nowhere");
    let output = command.output().expect("the program runs");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Inotify Doctor report"), "the report is printed");
    let told = folder.path().join("notify-send.told");
    until("the notification is shown", || told.exists());
    let told = fs::read_to_string(told).expect("it was written down");
    assert!(told.contains("Inotify Doctor cannot open its window"), "{told}");
    assert!(told.contains("no display can be reached") && told.contains("inotify-doctor report"), "{told}");
    assert!(!folder.path().join("zenity.told").exists(), "no dialog is tried where no display is");
}
