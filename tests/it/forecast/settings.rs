//! Every place that can set the file watcher, and what beats what: told and counted.

use super::{Case, all_equal};
use crate::support::streamlit::{Project, installations};
use inotify_doctor::project::streamlit::{ConfigState, Source, Watcher};

const PROJECT: &str = ".streamlit/config.toml";
const BESIDE_SCRIPT: &str = "ui/.streamlit/config.toml";
const GLOBAL: &str = "../home/.streamlit/config.toml";

/// A project with `ui/app.py`, two folders and these config files.
fn with(files: &[(&str, &str)]) -> Project {
    let mut all = vec![("ui/app.py", "import streamlit\nimport lib.x\n"), ("ui/lib/x.py", "")];
    all.extend_from_slice(files);
    Project::of(&all).script("ui/app.py")
}

fn watcher(word: &str) -> String {
    format!("[server]\nfileWatcherType = \"{word}\"\n")
}

fn cases() -> Vec<Case> {
    let (none, poll, auto) = (watcher("none"), watcher("poll"), watcher("auto"));
    vec![
        ("none in the project", with(&[(PROJECT, &none)])),
        ("poll beside the script", with(&[(BESIDE_SCRIPT, &poll)])),
        ("none for the account", with(&[(GLOBAL, &none)])),
        ("none as a flag", with(&[(PROJECT, &auto)]).flag("--server.fileWatcherType=none")),
        ("poll in the environment", with(&[(PROJECT, &auto)]).variable("STREAMLIT_SERVER_FILE_WATCHER_TYPE", "poll")),
        (
            "a flag beats the environment",
            with(&[(PROJECT, &none)])
                .flag("--server.fileWatcherType=watchdog")
                .variable("STREAMLIT_SERVER_FILE_WATCHER_TYPE", "none"),
        ),
        ("an empty variable is none", with(&[(PROJECT, &none)]).variable("STREAMLIT_SERVER_FILE_WATCHER_TYPE", "")),
        ("the script's folder beats the project", with(&[(PROJECT, &none), (BESIDE_SCRIPT, &auto), (GLOBAL, &poll)])),
        ("the project beats the account", with(&[(PROJECT, &auto), (GLOBAL, &none)])),
        ("broken beside the script", with(&[(PROJECT, &none), (BESIDE_SCRIPT, "[server]\nfileWatcherType = auto\n")])),
        ("broken in the project", with(&[(PROJECT, "[server]\nfileWatcherType = none\n")])),
        ("an unknown word", with(&[(PROJECT, "server.fileWatcherType = \"Poll\"\n")])),
        (
            "a variable named in the file",
            with(&[(PROJECT, "[server]\nfileWatcherType = \"env:HOW\"\n")]).variable("HOW", "poll"),
        ),
        ("a variable that is missing", with(&[(PROJECT, "[server]\nfileWatcherType = \"env:HOW\"\n")])),
        (
            "another notation and unknown keys",
            with(&[(PROJECT, "server = {fileWatcherType = 'none', nonsense = 1}\n")]),
        ),
        ("run on save changes nothing", with(&[(PROJECT, "[server]\nrunOnSave = false\n")])),
    ]
}

#[test]
fn every_place_decides_as_in_streamlit() {
    all_equal(cases);
}

#[test]
fn the_winning_place_and_those_it_beats_are_named() {
    let project = with(&[(PROJECT, &watcher("none")), (BESIDE_SCRIPT, &watcher("auto")), (GLOBAL, &watcher("poll"))])
        .variable("STREAMLIT_SERVER_FILE_WATCHER_TYPE", "none");
    let newest = &installations()[0];
    let told = project.forecast(newest);
    let setting = told.settings.iter().find(|setting| setting.key == "server.fileWatcherType").unwrap();
    assert_eq!((told.watcher, setting.value.as_str()), (Watcher::None, "none"));
    assert_eq!(setting.source, Source::Environment("STREAMLIT_SERVER_FILE_WATCHER_TYPE".to_owned()));
    let beaten: Vec<&str> = setting.overrides.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(beaten, ["auto", "none", "poll"], "beside the script, project, account");
    assert_eq!(told.need.watches, 0);
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let newest = &installations()[0];
    let told = with(&[(PROJECT, "[server]\nfileWatcherType = none\n")]).forecast(newest);
    let file = told.config_files.iter().find(|file| matches!(file.place, Source::Project(_))).unwrap();
    let ConfigState::Broken(broken) = &file.state else { panic!("{:?} should be broken", file.state) };
    assert_eq!((broken.line, broken.suggestion.as_deref()), (2, Some("fileWatcherType = \"none\"")));

    let told =
        with(&[(PROJECT, "[server]\nfileWatcherType = \"False\"\nfileWatchType = 1\nport = 8502\n")]).forecast(newest);
    let file = told.config_files.iter().find(|file| matches!(file.place, Source::Project(_))).unwrap();
    assert_eq!(file.unknown_keys, ["server.fileWatchType"], "this Streamlit knows every other key");
    assert!(told.settings.iter().any(|setting| setting.key == "server.fileWatcherType" && setting.unknown_word));
}
