//! Saving a report: names as long as a file system takes, and drafts of a run that was killed.

use crate::support::world::World;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output};

fn save(wrapper: &[&str], world: &World, file: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_inotify-doctor");
    let words: Vec<&str> = wrapper.iter().copied().chain([program, "report", "--project"]).collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).arg(world.project("")).arg("--output").arg(file).env("HOME", world.path("home"));
    command.output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_report_can_have_a_name_of_250_bytes() {
    let world = World::new();
    world.file("app.py", "import streamlit\n");
    let folder = world.path("saved");
    fs::create_dir(&folder).unwrap();
    for name in ["报".repeat(82) + ".txt", "r".repeat(246) + ".txt", "r".repeat(251) + ".txt"] {
        let output = save(&[], &world, &folder.join(&name));
        assert!(output.status.code().is_some_and(|status| status < 2), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(folder.join(&name).is_file(), "{} bytes", name.len());
    }
    assert_eq!(names(&folder).len(), 3);
}

#[test]
fn the_draft_of_a_killed_report_goes_when_the_next_is_saved() {
    let world = World::new();
    world.file("app.py", "import streamlit\n");
    let folder = world.path("saved");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("report.txt");
    let kill = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=fsync:signal=KILL"];
    assert_eq!(save(&kill, &world, &file).status.signal(), Some(9));
    let left = names(&folder);
    assert!(left.len() == 1 && left[0].starts_with(".report.txt.inotify-doctor-"), "the draft is left: {left:?}");
    let output = save(&[], &world, &folder.join("other.txt"));
    assert!(output.status.code().is_some_and(|status| status < 2), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(names(&folder), ["other.txt"]);
}
