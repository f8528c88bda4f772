//! Pipes, devices and endless files in the place of files that are read.

use super::{Desk, pipe, said};
use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

/// Puts something there that is not to be read.
type Put = fn(&Path);

fn endless(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    symlink("/dev/zero", path).unwrap();
}

/// A gigabyte that takes no room on the disk.
fn huge(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::File::create(path).unwrap().set_len(1 << 30).unwrap();
}

const OBSTACLES: [(&str, Put); 3] = [("a pipe", pipe), ("a link to /dev/zero", endless), ("a gigabyte", huge)];

#[test]
fn a_settings_file_that_is_none_is_named_and_left_alone() {
    for (what, put) in OBSTACLES {
        let desk = Desk::new();
        put(&desk.at("project/.streamlit/config.toml"));
        let report = desk.run(&["report", "--project", "."]);
        assert!(said(&report).contains("config.toml could not be read"), "{what}: {}", said(&report));
        let fix = desk.run(&["fix", "--dry-run", "streamlit-config", "--file-watcher", "poll"]);
        assert_eq!(fix.status.code(), Some(2), "{what}: {}", said(&fix));
        assert!(said(&fix).contains("config.toml"), "{what}: {}", said(&fix));
        assert!(!said(&fix).contains("is a link") || what.contains("link"), "{what}: {}", said(&fix));
    }
}

#[test]
fn an_environment_of_pipes_and_endless_files_is_passed_over() {
    for (what, put) in OBSTACLES {
        let desk = Desk::new();
        let site = "project/.venv/lib/python3.11/site-packages";
        desk.write("project/.venv/bin/python3.11", "no script");
        put(&desk.at("project/.venv/pyvenv.cfg"));
        put(&desk.at(&format!("{site}/streamlit/config.py")));
        put(&desk.at(&format!("{site}/streamlit-1.67.0.dist-info/METADATA")));
        put(&desk.at(&format!("{site}/streamlit-1.67.0.dist-info/RECORD")));
        put(&desk.at(&format!("{site}/more.pth")));
        let report = desk.run(&["report", "--project", "."]);
        assert!(matches!(report.status.code(), Some(0 | 1)), "{what}: {}", said(&report));
    }
}

#[test]
fn sources_scripts_and_logs_that_are_none_are_passed_over() {
    for (what, put) in OBSTACLES {
        let desk = Desk::new();
        fs::remove_file(desk.at("project/helper.py")).unwrap();
        for name in ["helper.py", "start.sh", "Dockerfile", "logs/app.log", "pages/1_one.py", "README.md"] {
            put(&desk.at("project").join(name));
        }
        for arguments in [&["report", "--project", "."][..], &["fix", "--dry-run", "clear-caches"]] {
            let output = desk.run(arguments);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{what}: {}", said(&output));
        }
        let explained = desk.run(&["explain", "logs/app.log"]);
        assert!(explained.status.code().is_some(), "{what}: {}", said(&explained));
    }
}

#[test]
fn an_entry_of_the_journal_that_is_none_is_named() {
    for (what, put) in OBSTACLES {
        let desk = Desk::new();
        put(&desk.at("home/.local/state/inotify-doctor/journal/0001.jsonl"));
        let listed = desk.run(&["undo", "--list"]);
        assert_eq!(listed.status.code(), Some(0), "{what}: {}", said(&listed));
        assert!(said(&listed).contains("0001.jsonl"), "{what}: {}", said(&listed));
    }
}

#[test]
fn a_file_outside_that_is_no_link_is_not_called_one() {
    let desk = Desk::new();
    desk.write("elsewhere/start.sh", "#!/bin/sh\nstreamlit run app.py\n");
    let file = desk.at("elsewhere/start.sh");
    let output = desk.run(&["fix", "--dry-run", "launch-script", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("is outside of your home folder"), "{}", said(&output));
    assert!(!said(&output).contains("link"), "{}", said(&output));
}

#[test]
fn wrong_uses_are_told() {
    let desk = Desk::new();
    for arguments in
        [&["undo", "--list", "7"][..], &["report", "--"], &["fix", "clear-caches", "--"], &["verify", "--"]]
    {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(output.stdout.is_empty(), "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn an_answer_that_is_no_text_is_a_no() {
    let desk = Desk::new();
    desk.write("project/__pycache__/helper.cpython-311.pyc", "x");
    let mut command = desk.program();
    command.args(["fix", "clear-caches"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = command.spawn().unwrap();
    program.stdin.take().unwrap().write_all(b"\xff\xfe y\n").unwrap();
    let output = program.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(desk.at("project/__pycache__").exists(), "nothing was changed");
}
