//! The tables and the gauge, with facts that no test machine has.

use super::fixtures::{self, APP};
use super::person::{Opened, Person};
use inotify_doctor::window::state::Tab;

/// In a window so tall that nothing has to be scrolled to.
fn at_the_diagnosis() -> Person {
    let mut person = Opened { size: [1120.0, 3000.0], ..Opened::default() }.open().shown(fixtures::starved());
    person.press("Diagnosis");
    person.press("Details");
    person
}

#[test]
fn the_verdict_and_the_worst_findings_come_first() {
    let person = at_the_diagnosis();
    assert!(person.heading().contains("33,131"), "the verdict tells how many folders are missed");
    assert!(person.sees("The limit is too low for this project"));
    assert!(person.sees("33,131 folders are silently not watched"));
    assert!(
        person.top_of("The limit is too low for this project")
            < person.top_of("runOnSave = false has no effect on watches")
    );
}

#[test]
fn the_gauge_can_be_heard() {
    let person = at_the_diagnosis();
    assert!(
        person.sees_part("Watches of your account, limit 8,192: python3.11 (24117) 8,102"),
        "the gauge's accessible name tells every part with its figure"
    );
    assert!(person.sees_part("missing for your project 33,129"));
}

#[test]
fn processes_are_sorted_filtered_and_opened() {
    let mut person = at_the_diagnosis();
    assert!(person.top_of("python3.11") < person.top_of("tracker-miner-fs-3"), "most watches first");
    person.press("Watches");
    assert!(
        person.top_of("tracker-miner-fs-3") < person.top_of("python3.11"),
        "fewest first after a press on the head"
    );
    person.replace_text("Filter processes", "vs code");
    assert!(person.sees("code") && !person.sees("gnome-shell"), "the filter looks at what a program is, too");
    person.replace_text("Filter processes", "nothing like it");
    assert!(person.sees_part("No process matches"), "an empty result says why");
    person.replace_text("Filter processes", "streamlit");
    person.press("python3.11");
    assert!(
        person.sees_part(".venv/bin/python3.11 streamlit run emo_hallo/Main.py"),
        "the command line is shown whole"
    );
    assert_eq!(person.harness.state().state().diagnosis.selected, Some(APP));
}

#[test]
fn who_watches_the_project_is_told_with_what_reduces_it() {
    let mut person = Opened { size: [1400.0, 2000.0], ..Opened::default() }.open().shown(fixtures::with_editor());
    person.press("Diagnosis");
    person.press("Details");
    let finding = "VS Code holds 41,232 watches for this folder, 32,500 of them in installed or generated files";
    assert!(person.sees(finding));
    person.press_tab("Folders");
    assert!(person.sees("Programs that watch this project, most watches in it first") && person.sees("VS Code (4711)"));
    assert!(person.sees("node_modules 20,100"), "the folder that holds most is named");
    assert!(
        person.sees_part("\"files.watcherExclude\": { \"**/.venv/**\": true } → 8,732"),
        "and the line that frees them"
    );
}

#[test]
fn folders_can_be_looked_into_and_left_again() {
    let mut person = at_the_diagnosis();
    person.press_tab("Folders");
    person.press_link("emo_hallo");
    assert!(person.sees("12,411"), "the environment's directories are listed");
    person.press_link("~/projects/emo_hallo");
    assert!(person.harness.state().state().diagnosis.inside.is_empty(), "the first name of the way leads back");
    assert_eq!(person.harness.state().state().diagnosis.tab, Tab::Folders);
}

#[test]
fn a_running_app_is_a_card_with_what_it_holds() {
    let person = Person::at_the_window().shown(fixtures::starved());
    assert!(person.sees("streamlit run emo_hallo/Main.py, process 24117"), "the card is a button with a name");
    assert!(person.sees("holds 8,102 of 41,233 watches"));
}
