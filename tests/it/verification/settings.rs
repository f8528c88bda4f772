//! A setting that was made and does not win.

use super::{check, checks, project_of, request};
use crate::support::streamlit::{Project, installations};
use inotify_doctor::progress::Progress;
use inotify_doctor::project::LaunchCommand;
use inotify_doctor::project::streamlit::Source;
use inotify_doctor::remedy::FileWatcher;
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::verification::{Beaten, Check, Expectation, Facts, Outcome, SettingsSeen};

fn with_config(text: &str) -> Project {
    let project = project_of(5);
    std::fs::create_dir(project.path("project/.streamlit")).unwrap();
    std::fs::write(project.path("project/.streamlit/config.toml"), text).unwrap();
    project
}

/// The check for the command as it would be typed.
fn settings(project: &Project, command: &str, chosen: Option<FileWatcher>) -> Check {
    let request =
        Request { command: LaunchCommand::parse_line(command.as_bytes()), ..request(project, &installations()[0]) };
    let survey = Survey::take(&request, &Progress::default()).expect("the project can be surveyed");
    check(&checks(&survey, &Expectation { watcher: chosen, ..Expectation::default() }), "settings")
}

const PLAIN: &str = "streamlit run app.py";

#[test]
fn a_setting_beaten_by_a_flag_fails() {
    let project = with_config("[server]\nfileWatcherType = \"none\"\n");
    assert_eq!(settings(&project, PLAIN, None).outcome, Outcome::Passed);
    assert_eq!(settings(&project, PLAIN, Some(FileWatcher::None)).outcome, Outcome::Passed);
    let flag = "streamlit run app.py --server.fileWatcherType=auto";
    for chosen in [None, Some(FileWatcher::None)] {
        let found = settings(&project, flag, chosen);
        assert_eq!(found.outcome, Outcome::Failed, "{found:?}");
        let Facts::Settings(SettingsSeen::Watcher { source, beaten, .. }) = found.facts else { panic!("a watcher") };
        let file = Source::Project(project.path("project/.streamlit/config.toml"));
        assert_eq!((source, beaten), (Source::Flag, Some(Beaten { source: file, value: "none".into() })));
    }
    let variable = "STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto streamlit run app.py";
    assert_eq!(settings(&project, variable, None).outcome, Outcome::Failed, "a variable beats the file, too");
    assert_eq!(settings(&project, flag, Some(FileWatcher::Auto)).outcome, Outcome::Passed, "it is what was chosen");
}

#[test]
fn a_file_that_is_ignored_and_a_word_that_is_not_known_fail() {
    let unquoted = with_config("[server]\nfileWatcherType = none\n");
    assert_eq!(settings(&unquoted, PLAIN, None).outcome, Outcome::Failed);
    let unknown = with_config("[server]\nfileWatcherType = \"Poll\"\n");
    assert_eq!(settings(&unknown, PLAIN, None).outcome, Outcome::Failed);
    assert_eq!(settings(&project_of(5), PLAIN, Some(FileWatcher::Poll)).outcome, Outcome::Failed, "nothing was set");
}
