//! What the step shows where there is little, much, or nothing to show.

use super::{fixtures, looking_at, things};
use inotify_doctor::machine::Holders;
use inotify_doctor::machine::processes::Unreadable;
use inotify_doctor::project::tree::Folder;
use inotify_doctor::survey::Survey;

/// 500 processes and the summary of a project of 100,000 directories, as large as the survey keeps it.
pub(super) fn huge() -> Survey {
    let mut survey = fixtures::starved();
    let pattern = survey.machine.holders.processes[1].clone();
    survey.machine.holders.processes.extend((0..495).map(|number| {
        let mut process = pattern.clone();
        (process.pid, process.watches, process.charged_watches) = (50_000 + number, 1, 1);
        process
    }));
    let project = survey.project.as_mut().expect("it has a project");
    project.tree.folders = Folder { name: "".into(), ..wide(3) };
    (project.tree.directories, project.tree.files) = (project.tree.folders.directories, 900_000);
    survey
}

/// Folders within folders, some 18,000 of them, that stand for six times as many.
fn wide(levels: u32) -> Folder {
    let children: Vec<Folder> = if levels == 0 {
        Vec::new()
    } else {
        let child =
            |number: u32| Folder { name: format!("a-folder-with-a-long-name-{number}").into(), ..wide(levels - 1) };
        (0..26).map(child).collect()
    };
    let directories = 6 + children.iter().map(|child| child.directories).sum::<u64>();
    Folder { name: "wide".into(), directories, files: directories * 9, children }
}

#[test]
fn a_huge_project_is_a_map_that_can_be_drawn_quickly() {
    let survey = huge();
    let directories = survey.project.as_ref().map_or(0, |project| project.tree.directories);
    assert!(directories > 100_000, "{directories} directories");
    let mut person = looking_at(survey);
    let nodes = things(&person);
    assert!(nodes < 600, "of 500 processes only those in sight are drawn: {nodes} things");
    person.press_tab("Folders");
    let nodes = things(&person);
    assert!(nodes < 900, "of the folders only those that can be seen: {nodes} things");
    assert!(person.sees_part("Everything else"), "the rest is one area");
}

#[test]
fn a_project_of_one_directory_says_so() {
    let mut survey = fixtures::starved();
    let project = survey.project.as_mut().expect("it has a project");
    (project.tree.directories, project.tree.files) = (1, 1);
    project.tree.folders = Folder { directories: 1, files: 1, ..Folder::default() };
    let mut person = looking_at(survey);
    person.press_tab("Folders");
    assert!(person.sees("There are no folders to show in here. Directories, this one included: 1."));
    assert!(!person.sees_part("Show what would go"), "nothing can go");
}

#[test]
fn without_a_script_the_map_is_there_and_the_settings_say_why_they_are_not() {
    let mut survey = fixtures::starved();
    let project = survey.project.as_mut().expect("it has a project");
    (project.script, project.streamlit, project.launch) = (None, None, None);
    project.running.clear();
    let mut person = looking_at(survey);
    person.press_tab("Folders");
    assert!(person.sees_part("A map of 41,512 directories. The largest areas: emo_hallo 41,233"));
    assert!(person.sees("Show what would go"), "caches can still be shaded");
    person.press_tab("Settings");
    assert!(person.sees("No entry script is known, so there are no Streamlit settings to show."));
}

#[test]
fn an_account_in_which_nobody_holds_a_watch_has_an_empty_gauge() {
    let mut survey = fixtures::starved();
    survey.project = None;
    survey.machine.holders = Holders::default();
    let mut person = looking_at(survey);
    assert!(person.sees("Nobody in your account holds a watch; all 8,192 are free."));
    assert!(person.sees("No process that holds watches can be seen."));
    assert!(person.sees_part("0 at "), "the line over time lies on the ground");
    person.press_tab("Folders");
    assert!(person.sees_part("No project was chosen."));
    person.press_tab("Settings");
    assert!(person.sees_part("No entry script is known"));
}

#[test]
fn processes_that_cannot_be_read_are_told_where_the_processes_are() {
    let mut survey = fixtures::starved();
    survey.machine.holders.processes.clear();
    survey.machine.holders.account.watches = 0;
    survey.machine.holders.account.unreadable_processes = 2;
    survey.machine.holders.hidden_processes = true;
    survey.machine.holders.unreadable =
        [7, 8, 9].map(|pid| Unreadable { pid, uid: 1000 + pid % 2, program: String::new() }).into();
    let person = looking_at(survey);
    assert!(person.sees_part("2 belong to your account: what they hold counts"), "what they hold counts too");
    assert!(person.sees_part("/proc shows only part of the machine's processes here"));
    assert!(!person.sees_part("Nobody in your account"), "nobody seen is not nobody");
}

#[test]
fn without_a_known_limit_there_is_no_gauge_but_a_reason() {
    let mut survey = fixtures::starved();
    survey.machine.limits = inotify_doctor::machine::LimitsNow::read(&inotify_doctor::machine::Places {
        proc: "/nonexistent".into(),
        root: "/nonexistent".into(),
    });
    let person = looking_at(survey);
    assert!(person.sees_part("The kernel does not tell the limit here"));
    assert!(person.sees_part("8,190 at "), "the line over time needs no limit");
}
