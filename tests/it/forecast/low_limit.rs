//! Under a limit that is too low, Streamlit 1.67 with watchdog 7 says nothing; comparing what it holds does.

use crate::support::streamlit::{Held, Project, installations};
use inotify_doctor::progress::Progress;
use inotify_doctor::project::Inventory;
use std::collections::HashSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

fn project() -> Project {
    let mut folders: Vec<String> = Vec::new();
    for outer in 0..12 {
        folders.extend((0..9).map(|inner| format!("data/{outer}/{inner}/")));
    }
    let mut files: Vec<(&str, &str)> = vec![("app.py", "import streamlit\nimport lib.x\n"), ("lib/x.py", "")];
    files.extend(folders.iter().map(|folder| (folder.as_str(), "")));
    Project::of(&files)
}

/// Every directory of the project, by another way than the program's own.
fn directories(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_path_buf()];
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(directories(&entry.path()));
        }
    }
    found
}

/// Starts the app in a user namespace of its own in which no more than `limit` watches can be had.
fn held_below(limit: u32, project: &Project) -> Held {
    let plain = project.command(&installations()[0]);
    let mut command = Command::new("unshare");
    command.args([
        "-Ur",
        "sh",
        "-c",
        &format!("echo {limit} > /proc/sys/user/max_inotify_watches && exec \"$@\""),
        "sh",
    ]);
    command.arg(plain.get_program()).args(plain.get_args()).current_dir(plain.get_current_dir().unwrap());
    let variables = plain.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let output = command.env_clear().envs(variables).output().unwrap();
    Held::read(&output.stdout).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn exactly_the_folders_it_misses_are_named() {
    let project = project();
    let held = held_below(100, &project);
    assert_eq!(held.watches(), 100, "the private limit is used up");
    let inodes: HashSet<u64> = held.0.iter().flatten().map(|(inode, _)| *inode).collect();
    let all = directories(&project.path("project"));
    let missed: HashSet<PathBuf> =
        all.iter().filter(|folder| !inodes.contains(&std::fs::metadata(folder).unwrap().ino())).cloned().collect();

    let told = project.forecast(&installations()[0]);
    let gap = told.gap(&held.0, &mut Inventory::default(), &Progress::default()).unwrap();
    assert_eq!(gap.expected, all.len() as u64);
    assert_eq!(gap.unwatched_count, missed.len() as u64);
    assert_eq!(gap.unwatched.iter().cloned().collect::<HashSet<_>>(), missed);
}

#[test]
fn an_app_that_holds_all_has_no_gap() {
    let project = project();
    for with in installations() {
        let held = project.measure(&with);
        let gap = project.forecast(&with).gap(&held.0, &mut Inventory::default(), &Progress::default()).unwrap();
        assert_eq!(gap.unwatched, Vec::<PathBuf>::new(), "with {}", with.name);
        assert_eq!(gap.expected, held.watches(), "the same figure for need and for what is held, with {}", with.name);
    }
}

/// Up to watchdog 6 nobody else reports to a root's handler: where its own instance was refused, it is deaf, although the
/// instance of the script's folder covers the same folders.
#[test]
fn a_root_without_its_instance_is_deaf() {
    let project = project();
    let with = &installations()[1];
    let mut held = project.measure(with).0;
    held.sort_by_key(Vec::len);
    let refused = held.remove(0);
    let gap = project.forecast(with).gap(&held, &mut Inventory::default(), &Progress::default()).unwrap();
    assert_eq!(gap.unwatched_count, refused.len() as u64);
    assert!(gap.unwatched.contains(&project.path("project/lib")), "{:?}", gap.unwatched);
}
