//! Six people, each with the machine they have: what they are told on their way through the steps. Nothing is applied
//! here; `fix.rs` and `password.rs` do that with real files and a real password dialog.

use super::fixtures;
use super::person::{Opened, Person};
use super::project::Project;
use inotify_doctor::machine::environment::Pkexec;
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::window::state::WizardStep;

/// In a window so tall that nothing has to be scrolled to.
const TALL: [f32; 2] = [1120.0, 2400.0];

fn with(survey: Survey) -> Person {
    Opened { size: TALL, ..Opened::default() }.open().shown(survey)
}

fn goes_on(person: &mut Person) {
    person.press("Next");
    if person.harness.state().state().step == WizardStep::Fix {
        person.waits_until("the offers are made", |person| person.harness.state().state().fix.is_current());
    }
}

#[test]
fn someone_new_who_may_be_root_is_led_from_the_app_to_the_raise() {
    let mut person = with(fixtures::starved());
    assert!(person.sees_part("holds 8,102 of 41,233 watches"), "the running app says what is wrong on the first page");
    goes_on(&mut person);
    assert!(person.heading().contains("33,131"), "the verdict is one sentence with the figure that matters");
    assert!(person.heading().ends_with("the limit is too low."), "and with the cause: {}", person.heading());
    goes_on(&mut person);
    assert!(person.sees("Raise the limit to 524,288") && person.sees("Recommended"), "one card is recommended");
    assert!(person.sees("needs administrator") && person.sees("survives a reboot"), "it says what it costs and gives");
    assert!(person.sees("Apply"), "and nothing was done yet");
    goes_on(&mut person);
    assert_eq!(person.heading(), "Nothing was changed yet", "nothing is claimed before the checks are run");
}

#[test]
fn someone_who_may_not_be_root_finds_a_way_that_needs_no_password() {
    let mut survey = fixtures::starved();
    survey.machine.environment.pkexec = Pkexec::NotInstalled;
    let mut person = with(survey);
    person.press("Fix");
    person.waits_until("the offers are made", |person| person.harness.state().state().fix.is_current());
    assert!(person.sees_part("The other cards need no password"), "they are told to read on");
    person.press("Stop Streamlit watching files");
    assert!(person.sees("no administrator"), "the card says that it needs none");
    assert!(person.sees_part("You reload the page by hand"), "and what it costs");
}

#[test]
fn someone_whose_machine_is_well_is_told_so_and_sold_nothing() {
    let mut person = with(fixtures::healthy());
    assert!(person.sees_part("holds all 41,233 watches"), "the running app is well on the first page");
    goes_on(&mut person);
    assert_eq!(person.heading(), "Nothing is wrong.", "first of all");
    assert!(person.sees_part("Your app holds all 41,233 watches it needs."));
    assert!(!person.sees("Fix it"), "there is nothing to press");
    person.press("Details");
    assert!(person.sees("Nothing has to be fixed"), "no finding is made up");
    goes_on(&mut person);
    assert_eq!(person.heading(), "Nothing has to be changed");
    assert!(!person.sees("Recommended"), "nothing is recommended that solves no problem");
}

#[test]
fn someone_in_a_container_is_sent_to_the_host() {
    let mut survey = fixtures::starved();
    survey.machine.environment.container = Some("Docker".into());
    let mut person = with(survey);
    goes_on(&mut person);
    person.press("Details");
    assert!(person.sees("The limit belongs to the host (Docker)"), "the finding says whose limit it is");
    goes_on(&mut person);
    assert!(person.sees_part("This has to be done on the host"), "the card says where it has to be done");
    assert!(!person.sees("Apply"), "what cannot work is not offered");
}

#[test]
fn someone_with_a_broken_settings_file_is_shown_the_line_and_the_repair() {
    let (project, home) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    project.write(".streamlit/config.toml", "[server]\nfileWatcherType = none\n");
    let variables = [("HOME".into(), home.path().into())].into();
    let request = Request { project: Some(project.path().into()), variables, ..Request::default() };
    let mut person = Opened { size: TALL, request, ..Opened::default() }.open();
    person.waits_until("the survey is taken", |person| person.harness.state().state().facts.ready().is_some());
    goes_on(&mut person);
    assert!(person.sees_part("Streamlit ignores the whole settings file"), "the finding says what it does");
    person.press("Details");
    assert!(person.sees_part("should read fileWatcherType = \"none\""), "and how the line should read");
    goes_on(&mut person);
    assert!(person.sees("Repair the settings file"), "there is a card for it");
    assert!(!person.sees("Undo"), "and nothing was done yet");
}

#[test]
fn someone_whose_app_is_silent_learns_which_folders_it_misses() {
    let mut person = with(fixtures::starved());
    goes_on(&mut person);
    person.press("Details");
    assert!(person.sees("33,131 folders are silently not watched"), "the silence is a finding of its own");
    assert!(person.sees_part("emo_hallo/pages"), "folders are named");
    assert!(person.sees_part("watchdog 7 gives no error when the limit is reached"), "and why nothing was said");
    assert!(person.sees_part("missing for your project 33,129"), "the gauge has the same figures");
}
