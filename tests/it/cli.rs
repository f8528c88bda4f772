//! The command line as a person or a script uses it: the real program in a home folder and a project of its own.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// A home folder with one project in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir_all(desk.project().join("data/one")).expect("a folder");
        fs::create_dir_all(desk.home()).expect("a folder");
        desk.write("app.py", "import streamlit as st\nst.title('hello')\n");
        desk
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.project().join(name);
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.project().join(name)).expect("the file is there")
    }

    /// Runs the program in the project's folder and expects its exit status.
    fn run(&self, status: i32, arguments: &[&str]) -> Output {
        self.run_with(status, "", arguments)
    }

    fn run_with(&self, status: i32, input: &str, arguments: &[&str]) -> Output {
        self.run_as(Command::cargo_bin("inotify-doctor").expect("the program is built"), status, input, arguments)
    }

    /// Runs the program where it sees no other process, so that what it reports does not change meanwhile.
    fn run_alone(&self, status: i32, arguments: &[&str]) -> Output {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--pid", "--fork", "--mount-proc"]);
        command.arg(assert_cmd::cargo::cargo_bin("inotify-doctor"));
        self.run_as(command, status, "", arguments)
    }

    fn run_as(&self, mut command: Command, status: i32, input: &str, arguments: &[&str]) -> Output {
        command.env_clear().env("HOME", self.home()).env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
        command.current_dir(self.project()).args(arguments).write_stdin(input);
        command.assert().code(status).get_output().clone()
    }

    fn json(&self, status: i32, arguments: &[&str]) -> Value {
        let all: Vec<&str> = ["report", "--format", "json"].iter().chain(arguments).copied().collect();
        serde_json::from_slice(&self.run(status, &all).stdout).expect("the report is JSON")
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complaints(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn without_a_display_the_program_says_so_and_prints_the_diagnosis() {
    let output = Desk::new().run(0, &[]);
    let said = if cfg!(feature = "window") { "No window can be shown" } else { "has no window" };
    assert!(complaints(&output).contains(said), "{}", complaints(&output));
    assert!(out(&output).starts_with("Inotify Doctor report"), "{}", out(&output));
}

#[test]
fn the_report_counts_the_project_and_what_its_app_needs() {
    let desk = Desk::new();
    let report = desk.json(0, &["--project", "."]);
    assert_eq!(report["schema"], "inotify-doctor-report/1");
    assert_eq!(report["project"]["directories"], 3, "the project, data and data/one");
    assert_eq!(report["streamlit"]["needed"]["watches"], 3);
}

#[test]
fn what_stands_after_the_dashes_is_the_launch_command() {
    let desk = Desk::new();
    desk.write("ui/main.py", "import streamlit\n");
    let report = desk.json(0, &["--", "streamlit", "run", "ui/main.py", "--server.fileWatcherType=poll"]);
    assert_eq!(report["streamlit"]["watcher"], "poll");
    assert_eq!(report["streamlit"]["needed"]["watches"], 0);
    let setting = &report["streamlit"]["settings"].as_array().expect("a list of settings")[0];
    assert_eq!((&setting["key"], &setting["source"]), (&"server.fileWatcherType".into(), &"flag".into()));
}

#[test]
fn a_command_is_answered_for_what_it_runs_and_where() {
    let desk = Desk::new();
    desk.write("ui/streamlit_app.py", "import streamlit\n");
    for arguments in [
        &["--cwd", "ui", "--", "streamlit", "run"][..],
        &["--cwd", "ui", "--", "streamlit", "run", "streamlit_app.py"],
        &["--cwd", "ui", "--project", ".", "--", "streamlit", "run", "."],
    ] {
        let report = desk.json(0, arguments);
        let ends = |value: &Value, end: &str| value.as_str().is_some_and(|text| text.ends_with(end));
        assert!(ends(&report["project"]["script"], "project/ui/streamlit_app.py"), "{arguments:?}");
        assert!(ends(&report["streamlit"]["working_folder"], "project/ui"), "{arguments:?}");
    }
    let report = desk.json(0, &["--", "streamlit", "run", "ui"]);
    let folder = report["streamlit"]["working_folder"].as_str().expect("the folder that is assumed");
    assert!(folder.ends_with("project"), "{folder}");
    assert_eq!(report["streamlit"]["needed"]["watches"], 1, "of ui alone");
}

#[test]
fn wrong_use_is_told_and_ends_with_status_2() {
    let desk = Desk::new();
    for (arguments, said) in [
        (&["report", "--project", "/no/such/folder"][..], "cannot be opened"),
        (&["report", "--project", "app.py"], "is not a folder"),
        (&["report", "--script", "missing.py"], "There is no script missing.py"),
        (&["report", "--python", "app.py", "--project", "."], "is not a Python interpreter"),
        (&["report", "--", "uvicorn", "main:app"], "does not run Streamlit"),
        (&["report", "--", "streamlit", "run", "https://example.org/app.py"], "a script from the Internet"),
        (&["report", "--", "streamlit", "run"], "There is no script streamlit_app.py"),
        (&["report", "--cwd", "/no/such/folder", "--", "streamlit", "run", "app.py"], "cannot be opened"),
        (&["report", "--output", "/no/such/folder/r.txt"], "/no/such/folder"),
        (&["fix", "raise-limits", "--watches", "1"], "lower"),
        (&["fix", "launch-script", "app.py"], "is not a shell script"),
        (&["fix", "streamlit-config"], "--file-watcher"),
        (&["undo", "7"], "no entry 7"),
    ] {
        let output = desk.run(2, arguments);
        assert!(complaints(&output).contains(said), "{arguments:?} said: {}", complaints(&output));
        assert!(output.stdout.is_empty(), "{arguments:?} printed a result: {}", out(&output));
    }
}

#[test]
fn a_report_written_to_a_file_is_the_one_that_would_be_printed() {
    let desk = Desk::new();
    let file = desk.home().join("report.md");
    desk.run_alone(0, &["report", "--format", "markdown", "--output", file.to_str().expect("a plain path")]);
    let printed = out(&desk.run_alone(0, &["report", "--format", "markdown"]));
    let without_time =
        |text: &str| text.lines().filter(|line| !line.contains("Made on")).collect::<Vec<_>>().join("\n");
    let written = fs::read_to_string(file).expect("the report was written");
    assert_eq!(without_time(&written), without_time(&printed));
}

#[test]
fn a_fix_is_shown_first_then_done_and_undone_to_the_byte() {
    let desk = Desk::new();
    let before = "# mine\n[server]\nport = 9000 # keep\n";
    desk.write(".streamlit/config.toml", before);
    let fix = ["fix", "streamlit-config", "--file-watcher", "none"];

    let shown = desk.run(0, &[&fix[..], &["--dry-run"]].concat());
    assert!(out(&shown).contains("+ fileWatcherType = \"none\""), "{}", out(&shown));
    assert!(out(&shown).contains("no administrator · survives a reboot · no hot reload · restart the app"));
    assert_eq!(desk.read(".streamlit/config.toml"), before, "a dry run changes nothing");

    for answer in ["n\n", "", "maybe\n"] {
        desk.run_with(1, answer, &fix);
        assert_eq!(desk.read(".streamlit/config.toml"), before, "{answer:?} is no yes");
    }

    let done = desk.run_with(0, "y\n", &fix);
    assert!(out(&done).contains("To take it back: inotify-doctor undo 1"), "{}", out(&done));
    assert_eq!(desk.json(0, &["--project", "."])["streamlit"]["watcher"], "none");

    assert!(out(&desk.run(0, &["undo", "--list"])).contains("applied"));
    let undone = out(&desk.run(0, &["undo", "--yes"]));
    assert!(undone.contains("holds again what it held before"), "what is back is told: {undone}");
    assert!(undone.contains("- fileWatcherType = \"none\""), "with its lines: {undone}");
    assert_eq!(desk.read(".streamlit/config.toml"), before);
    assert!(out(&desk.run(0, &["undo", "--list"])).contains("taken back"));
}

#[test]
fn undo_refuses_with_a_diff_where_someone_else_changed_the_file_since() {
    let desk = Desk::new();
    desk.run(0, &["fix", "--yes", "streamlit-config", "--file-watcher", "poll"]);
    let theirs = desk.read(".streamlit/config.toml") + "# theirs\n";
    desk.write(".streamlit/config.toml", &theirs);
    let output = desk.run(2, &["undo", "--yes"]);
    assert!(complaints(&output).contains("someone else has changed"), "{}", complaints(&output));
    assert!(out(&output).contains("+ # theirs"), "{}", out(&output));
    assert_eq!(desk.read(".streamlit/config.toml"), theirs);
}

#[test]
fn a_broken_settings_file_is_never_written_over() {
    let desk = Desk::new();
    let broken = "[server]\nfileWatcherType = none\n";
    desk.write(".streamlit/config.toml", broken);
    let output = desk.run(2, &["fix", "--yes", "streamlit-config", "--file-watcher", "poll"]);
    assert!(complaints(&output).contains("line 2"), "{}", complaints(&output));
    assert_eq!(desk.read(".streamlit/config.toml"), broken);
}

#[test]
fn a_setting_that_only_frees_nothing_is_told_and_is_nothing_to_fix() {
    let desk = Desk::new();
    desk.write(".streamlit/config.toml", "[server]\nrunOnSave = false\n");
    let report = desk.json(0, &["--project", "."]);
    let told = report["findings"].as_array().expect("a list of findings").iter();
    let severity = told.clone().find(|one| one["id"] == "run-on-save-frees-nothing").map(|one| &one["severity"]);
    assert_eq!(severity, Some(&"info".into()), "{report:#}");
    assert!(told.clone().any(|one| one["id"] == "all-good"), "and nothing is said to be wrong");
}

#[test]
fn a_weaker_place_is_named_before_it_is_written() {
    let desk = Desk::new();
    let fix = ["fix", "--dry-run", "streamlit-config", "--file-watcher", "none"];
    let launch = ["--", "streamlit", "run", "app.py", "--server.fileWatcherType=auto"];
    let output = desk.run(0, &[&fix[..], &launch].concat());
    assert!(out(&output).contains("The command line sets server.fileWatcherType too, and wins."), "{}", out(&output));
    // The three folders of the project, and the new .streamlit.
    assert!(out(&output).contains("Watches the app takes afterwards: 4"), "{}", out(&output));
}

#[test]
fn the_script_that_runs_as_root_is_shown_whole_with_its_values() {
    let desk = Desk::new();
    let output = desk.run(0, &["fix", "--dry-run", "raise-limits", "--watches", "2000000000"]);
    let script = include_str!("../../assets/raise-limits.sh");
    for line in script.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        assert!(out(&output).contains(line), "the script's line is shown: {line}");
    }
    assert!(out(&output).contains("inotify-doctor raise 2000000000 0 0 now-and-boot"), "{}", out(&output));
}

#[test]
fn a_folder_as_the_only_argument_is_the_project() {
    let desk = Desk::new();
    let folder = desk.project().display().to_string();
    for arguments in [&["."][..], &[folder.as_str()], &["--project", "."]] {
        let text = out(&desk.run(0, arguments));
        assert!(text.contains("app.py"), "{arguments:?}: without a display the diagnosis of it is printed: {text}");
    }
    desk.run(2, &[".", "--project", "."]);
}

#[test]
fn chinese_is_spoken_where_the_environment_asks_for_it() {
    let mut command = Command::cargo_bin("inotify-doctor").expect("the program is built");
    let output = command.env_clear().env("LANG", "zh_CN.UTF-8").env("HOME", "/nonexistent").arg("report").output();
    let text = out(&output.expect("the program runs"));
    assert!(text.contains("您的账户"), "{text}");
    assert!(!Path::new("/nonexistent").exists(), "a report leaves nothing behind");
}

fn explained(desk: &Desk, status: i32, text: &str) -> Value {
    let output = desk.run_with(status, text, &["explain", "--format", "json"]);
    serde_json::from_slice(&output.stdout).expect("the answer is JSON")
}

#[test]
fn an_error_text_is_explained_from_standard_input() {
    let desk = Desk::new();
    for (text, status, limits, program) in [
        ("OSError: [Errno 28] inotify watch limit reached", 1, &["watches"][..], Some("watchdog")),
        ("dnsmasq: failed to create inotify: Too many open files", 1, &["instances"], Some("dnsmasq")),
        ("x\nInotify queue overflowed; filesystem events were lost\n", 1, &["queue"], Some("watchdog")),
        ("Too many open files", 1, &["instances", "descriptors"], None),
        ("No space left on device", 1, &["watches", "disk"], None),
        ("cp: error writing 'x': No space left on device", 1, &["disk"], None),
        ("all is well", 0, &[], None),
    ] {
        let answer = explained(&desk, status, text);
        assert_eq!(answer["limits"], serde_json::json!(limits), "the limits in “{text}”");
        assert_eq!(answer["program"].as_str(), program, "who says “{text}”");
        assert!(answer["meaning"].as_str().is_some_and(|meaning| !meaning.is_empty()), "“{text}” has a meaning");
        assert!(answer["text"].as_str().is_some_and(|line| text.contains(line)), "the line of “{text}”");
    }
    let said = out(&desk.run_with(1, "Inotify queue overflowed; filesystem events were lost", &["explain"]));
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for way in ["--queued-events 131072", "--file-watcher poll", "watchdog before 7.1", "fewer folders"] {
        assert!(words.contains(way), "{way} is a way out in: {said}");
    }
}

#[test]
fn a_log_is_explained_and_what_is_no_file_is_refused() {
    let desk = Desk::new();
    let long =
        [b"\xff\xfe\n".repeat(1_000_000), b"\xff ENOSPC: no space left on device, watch '/x'\n".to_vec()].concat();
    fs::write(desk.project().join("app.log"), long).expect("a log");
    assert!(out(&desk.run(1, &["explain", "app.log"])).contains("Node.js: "), "the end of a long log is read");
    let made = std::process::Command::new("mkfifo").arg(desk.project().join("pipe")).status().expect("mkfifo runs");
    assert!(made.success(), "a pipe");
    for file in ["pipe", "missing.log", "data", "/dev/zero"] {
        let output = desk.run(2, &["explain", file]);
        assert!(complaints(&output).contains("is not a file that can be read"), "{file}: {}", complaints(&output));
        assert!(output.stdout.is_empty(), "{file} is explained: {}", out(&output));
    }
}

#[test]
fn standard_input_without_an_end_is_not_waited_for() {
    let desk = Desk::new();
    let zero = fs::File::open("/dev/zero").expect("an endless file");
    let program = assert_cmd::cargo::cargo_bin("inotify-doctor");
    let mut command = std::process::Command::new(program);
    command.env_clear().env("HOME", desk.home()).env("LANG", "C.UTF-8").stdin(zero).arg("explain");
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", complaints(&output));
    assert!(out(&output).contains("No error about inotify"), "{}", out(&output));
}
