//! Real Streamlit obeys what was written, and the promise equals the watches then counted.

use crate::support::streamlit::{Held, Installed, Project, installations};
use crate::support::world::World;
use inotify_doctor::progress::Progress;
use inotify_doctor::project::Inventory;
use inotify_doctor::project::tree::Depth;
use inotify_doctor::remedy::snippets::{Shell, launch_command};
use inotify_doctor::remedy::streamlit_config::{self, ConfigRequest};
use inotify_doctor::remedy::watcher::FILE_WATCHER_VARIABLE;
use inotify_doctor::remedy::{FileWatcher, HotReload, OwnFolders, Stronger, launch_script, session_variable};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const HOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/hold_session.py");

fn project() -> Project {
    Project::of(&[("app.py", "import streamlit as st\nst.write(1)\n"), ("data/a/b/c/", ""), (".venv/lib/", "")])
}

fn own(project: &Project) -> OwnFolders {
    OwnFolders { home: Some(project.path("home")), project: Some(project.path("project")) }
}

fn watcher(choice: FileWatcher) -> ConfigRequest {
    ConfigRequest { file_watcher: Some(choice), ..ConfigRequest::default() }
}

#[test]
fn the_settings_file_is_obeyed_and_undo_brings_the_watches_back() {
    for with in installations() {
        let (project, world) = (project(), World::new());
        let now = project.forecast(&with);
        let before = project.measure(&with).watches();
        assert!(before >= 7, "the app watches its folders at first: {before}");
        let file = streamlit_config::project_file(&project.path("project"));
        let plan = streamlit_config::plan(watcher(FileWatcher::None), &file, &own(&project), Some(&now)).unwrap();
        assert_eq!(plan.promise.hot_reload, HotReload::Lost);
        let id = world.done(&plan);
        assert_eq!(Some(project.measure(&with).watches()), plan.promise.watches_after, "none with {}", with.name);
        world.undo(id);
        let plan = streamlit_config::plan(watcher(FileWatcher::Poll), &file, &own(&project), Some(&now)).unwrap();
        let id = world.done(&plan);
        assert_eq!(Some(project.measure(&with).watches()), plan.promise.watches_after, "poll with {}", with.name);
        world.undo(id);
        assert_eq!(project.measure(&with).watches(), before, "undone with {}", with.name);
    }
}

#[test]
fn the_edited_text_is_obeyed_in_every_notation() {
    let with = &installations()[0];
    for text in [
        "server.port = 1 # c\nlogger.level = \"info\"\n",
        "server = {port = 1}\n",
        "[logger]\r\nlevel = \"info\"\r\n\r\n[server]\r\nport = 1",
        "[server]\nfileWatcherType = 'auto' # mine\n",
    ] {
        let (project, world) = (project(), World::new());
        let file = streamlit_config::project_file(&project.path("project"));
        fs::create_dir(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        assert!(project.measure(with).watches() > 0, "the app watches its folders with {text:?}");
        let plan = streamlit_config::plan(watcher(FileWatcher::None), &file, &own(&project), None).unwrap();
        world.done(&plan);
        assert_eq!(project.measure(with).watches(), 0, "{text:?}");
    }
}

#[test]
fn run_on_save_frees_nothing_and_its_promise_says_so() {
    let with = &installations()[0];
    let (project, world) = (project(), World::new());
    let before = project.measure(with).watches();
    let request = ConfigRequest { run_on_save: Some(true), ..ConfigRequest::default() };
    let file = streamlit_config::project_file(&project.path("project"));
    let plan = streamlit_config::plan(request, &file, &own(&project), Some(&project.forecast(with))).unwrap();
    world.done(&plan);
    let after = project.measure(with).watches();
    assert_eq!(after, before + 1, "the folder of the settings file takes a watch itself");
    assert_eq!(Some(after), plan.promise.watches_after);
}

#[test]
fn the_starter_changes_nothing_until_a_line_is_taken_up() {
    let with = &installations()[0];
    let (project, world) = (project(), World::new());
    let before = project.measure(with).watches();
    let file = streamlit_config::project_file(&project.path("project"));
    let request = ConfigRequest { starter: true, ..ConfigRequest::default() };
    world.done(&streamlit_config::plan(request, &file, &own(&project), None).unwrap());
    assert_eq!(project.measure(with).watches(), before + 1, "only its folder is new");
    let taken_up =
        fs::read_to_string(&file).unwrap().replace("# fileWatcherType = \"auto\"", "fileWatcherType = \"none\"");
    fs::write(&file, taken_up).unwrap();
    assert_eq!(project.measure(with).watches(), 0);
}

/// Each setting of the starter stands there with the default that this Streamlit itself names.
#[test]
fn the_starter_names_streamlits_own_defaults() {
    let with = &installations()[0];
    let script = "from streamlit import config; print({k: config.get_option(k) for k in \
        ['server.fileWatcherType','server.runOnSave','server.port','server.address','server.maxUploadSize',\
        'server.enableXsrfProtection','server.enableCORS','logger.level','client.showErrorDetails',\
        'browser.gatherUsageStats']})";
    let said =
        Command::new(&with.python.executable).args(["-c", script]).current_dir("/").env("HOME", "/nowhere").output();
    let said = String::from_utf8(said.unwrap().stdout).unwrap();
    assert_eq!(
        said.trim(),
        "{'server.fileWatcherType': 'auto', 'server.runOnSave': False, 'server.port': 8501, 'server.address': None, \
         'server.maxUploadSize': 200, 'server.enableXsrfProtection': True, 'server.enableCORS': True, \
         'logger.level': 'info', 'client.showErrorDetails': 'full', 'browser.gatherUsageStats': True}"
    );
}

#[test]
fn what_still_wins_is_said_and_the_promise_is_what_then_happens() {
    let with = &installations()[0];
    let project = project().flag("--server.fileWatcherType=watchdog");
    let (now, world) = (project.forecast(with), World::new());
    let file = streamlit_config::project_file(&project.path("project"));
    let request = watcher(FileWatcher::None);
    assert_eq!(streamlit_config::still_wins(request, &file, &now), [("server.fileWatcherType", Stronger::Flag)]);
    let plan = streamlit_config::plan(request, &file, &own(&project), Some(&now)).unwrap();
    world.done(&plan);
    assert_eq!(Some(project.measure(with).watches()), plan.promise.watches_after, "the flag wins");
    assert_eq!(plan.promise.hot_reload, HotReload::Kept);
}

/// Starts `command` in the project and reads what it holds.
fn hold(project: &Project, with: &Installed, command: &[OsString]) -> u64 {
    let output = Command::new(&with.python.executable)
        .arg(HOLD)
        .args(command)
        .current_dir(project.path("project"))
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", bin(with).display()))
        .env("HOME", project.path("home"))
        .output()
        .unwrap();
    let held = Held::read(&output.stdout);
    held.unwrap_or_else(|| panic!("{command:?}: {}", String::from_utf8_lossy(&output.stdout))).watches()
}

fn bin(with: &Installed) -> &Path {
    with.python.executable.parent().unwrap()
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

#[test]
fn the_command_to_copy_is_obeyed() {
    let with = &installations()[0];
    let project = project();
    for choice in [FileWatcher::None, FileWatcher::Poll] {
        let line = launch_command(Shell::Bash, choice, &words(&["streamlit", "run", "app.py"]));
        let line = words(&["bash", "-c", &line]);
        assert_eq!(hold(&project, with, &line), 0, "{line:?}");
    }
}

#[test]
fn a_launch_script_is_found_changed_obeyed_and_changed_back() {
    let with = &installations()[0];
    let (project, world) = (project(), World::new());
    let script = project.path("project").join("run.sh");
    let text = "#!/bin/sh\nset -e\nif true; then\n  exec streamlit run app.py\nfi\n";
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let launch = words(&["./run.sh"]);
    assert!(hold(&project, with, &launch) > 0, "the script's app watches its folders at first");
    let inventory = Inventory::take(&project.path("project"), Depth::Usual, &Progress::default()).unwrap();
    assert_eq!(launch_script::among(&inventory.launch_scripts), std::slice::from_ref(&script));
    let plan = launch_script::plan(FileWatcher::None, &script, &own(&project), Some(&project.forecast(with))).unwrap();
    let id = world.done(&plan);
    assert_eq!(Some(hold(&project, with, &launch)), plan.promise.watches_after);
    world.undo(id);
    assert_eq!(fs::read_to_string(&script).unwrap(), text);
}

#[test]
fn a_launch_script_whose_own_flag_wins_promises_what_the_flag_does() {
    let with = &installations()[0];
    let (project, world) = (project(), World::new());
    let script = project.path("project").join("run.sh");
    fs::write(&script, "exec streamlit run app.py --server.fileWatcherType auto\n").unwrap();
    let own = own(&project);
    assert_eq!(launch_script::still_wins(&script, &own).unwrap(), Some(Stronger::Flag));
    let plan = launch_script::plan(FileWatcher::None, &script, &own, Some(&project.forecast(with))).unwrap();
    world.done(&plan);
    assert_eq!(Some(hold(&project, with, &words(&["sh", "run.sh"]))), plan.promise.watches_after);
}

/// The program by which systemd reads environment.d.
const GENERATOR: &str = "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator";

#[test]
fn systemd_reads_the_session_variable() {
    let world = World::new();
    let home = world.path("home");
    let variables = [("HOME", &home)].map(|(name, value)| (name.into(), value.into())).into();
    let file: PathBuf = session_variable::file(&variables).unwrap();
    let id = world.done(&session_variable::plan(FileWatcher::Poll, &file, &world.own(), None).unwrap());
    let said =
        Command::new(GENERATOR).env_clear().env("HOME", &home).env("XDG_CONFIG_HOME", home.join(".config")).output();
    let said = String::from_utf8(said.expect("systemd is installed").stdout).unwrap();
    assert!(said.lines().any(|line| line == format!("{FILE_WATCHER_VARIABLE}=poll")), "{said}");
    world.undo(id);
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0, "the folders that were made are gone again");
}
