//! The third step's settings file: a new one with the commented starter, and the person's own for all projects.

use super::fix::{Fixer, SETTINGS, STOP_WATCHING, text};
use super::project::Project;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const STARTER: &str = "Begin the new file with the settings people ask for, as comments";

#[test]
fn a_new_settings_file_begins_with_the_commented_starter_where_that_is_asked_for() {
    let project = Project::new();
    let file = project.path().join(SETTINGS);
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    fixer.press(STARTER);
    assert!(fixer.sees("+ # Streamlit's settings for this project"), "the comments are shown before Apply");
    fixer.applies();
    let written = text(&file);
    let set: Vec<&str> = written.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')).collect();
    assert_eq!(set, ["fileWatcherType = \"none\""], "all else is comments: {written}");
    assert!(written.contains("# runOnSave = "), "the settings people ask for are there to be turned on: {written}");
    fixer.press("Undo");
    assert!(!file.exists(), "the new file is gone again");
}

#[test]
fn the_starter_is_not_offered_for_a_file_that_is_there() {
    let project = Project::new();
    project.write(SETTINGS, "[server]\n");
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    assert!(fixer.person.sees("Where") && !fixer.person.sees(STARTER), "what is there is not begun anew");
}

#[test]
fn the_persons_own_settings_file_holds_for_all_projects() {
    let project = Project::new();
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    fixer.press("all my projects");
    assert!(fixer.sees("Sets fileWatcherType = \"none\" in ~/.streamlit/config.toml"), "the file is named");
    assert!(fixer.sees("Write the new file ~/.streamlit/config.toml"), "in the plan too");
    fixer.applies();
    let own = fixer.home.path().join(SETTINGS);
    assert!(text(&own).contains("fileWatcherType = \"none\""), "{}", text(&own));
    assert!(!project.path().join(SETTINGS).exists(), "the project's own file is not touched");
    let facts = fixer.person.harness.state().state().facts.ready();
    let need = facts.and_then(|judged| judged.survey.project.as_ref()?.streamlit.as_ref().map(|it| it.need.watches));
    assert_eq!(need, Some(0), "Streamlit will heed it");
    fixer.press("Undo");
    assert!(!own.exists(), "the file is gone again");
}

#[test]
fn an_entry_of_the_journal_that_others_can_write_is_named_and_has_no_undo() {
    let project = Project::new();
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    fixer.applies();
    let entry = fixer.journal().join("journal/0001.jsonl");
    fs::set_permissions(&entry, fs::Permissions::from_mode(0o666)).expect("it is ours");
    let mut tomorrow = Fixer::at_home(project.path(), fixer.home);
    tomorrow.waits_for_the_plans();
    assert!(tomorrow.sees("Other users can write to"), "it is said why");
    assert!(!tomorrow.person.sees("Undo"), "and nothing in it is done");
    assert!(project.path().join(SETTINGS).exists());
}

#[test]
fn an_earlier_text_of_a_broken_file_is_put_back_by_its_button() {
    let project = Project::new();
    let file = project.write(SETTINGS, "[server]\nport = 8599\n");
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    fixer.applies();
    let earlier = text(&file);
    fs::write(&file, "[server]\nport = 8599\nfileWatcherType = \"poll\"\nfileWatcherType = \"none\"\n").expect("ours");
    let mut later = Fixer::at_home(project.path(), fixer.home);
    if !later.person.sees("Put the earlier text back") {
        later.press("Repair the settings file");
    }
    assert!(later.sees("Line 4 is the first that is wrong: the same name is set twice"), "in words");
    assert!(later.sees("> 4  fileWatcherType = \"none\""), "and marked");
    assert!(later.person.sees("- fileWatcherType = \"poll\""), "what would go is shown");
    later.person.press("Put the earlier text back");
    later.person.waits_until("it is done", |person| person.harness.state().state().fix.told.is_some());
    assert_eq!(text(&file), earlier, "byte for byte");
}

#[test]
fn a_byte_order_mark_is_shown_as_what_it_is() {
    let project = Project::new();
    let file = project.write(SETTINGS, "\u{feff}[server]\nport = 8599\n");
    let mut fixer = Fixer::with(project.path());
    if !fixer.sees("Line 1 is the first that is wrong") {
        fixer.press("Repair the settings file");
    }
    assert!(fixer.sees("it begins with an invisible byte-order mark (U+FEFF)"));
    assert!(fixer.person.sees("- \\u{feff}[server]") && fixer.person.sees("+ [server]"), "it can be seen");
    fixer.applies();
    assert_eq!(text(&file), "[server]\nport = 8599\n");
}
