//! The fourth step by its accessible names: the checks run on the real machine, and the failed one leads back.

use super::person::{Opened, Person};
use super::project::Project;
use inotify_doctor::survey::Request;
use inotify_doctor::verification::Outcome;
use inotify_doctor::window::state::Step;
use std::path::Path;

/// Someone on the fourth step of `project`, in an empty home folder.
fn at_verify(project: &Path, home: &Path) -> Person {
    let variables = [("HOME".into(), home.into())].into();
    let request = Request { project: Some(project.into()), variables, ..Request::default() };
    let mut person = Opened { size: [1120.0, 2000.0], request, ..Opened::default() }.open();
    person.waits_until("the survey is taken", |person| person.harness.state().state().facts.ready().is_some());
    person.press("Verify");
    person
}

fn runs_the_checks(person: &mut Person) {
    person.press("Run checks");
    person.waits_until("the checks are run", |person| {
        let verify = &person.harness.state().state().verify;
        verify.running.is_none() && !verify.checks.is_empty()
    });
}

#[test]
fn every_watch_of_a_small_project_is_added_counted_and_told() {
    let (project, home) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    let mut person = at_verify(project.path(), home.path());
    assert_eq!(person.heading(), "Did it work?", "nothing is claimed before the checks are run");
    runs_the_checks(&mut person);
    let verify = &person.harness.state().state().verify;
    assert_eq!(verify.count(Outcome::Failed), 0, "a small project fits: {:?}", verify.checks);
    let added = verify.checks.iter().find(|check| check.id() == "watches-added").expect("the watches were added");
    assert_eq!(added.outcome, Outcome::Passed);
    let total = verify.checks.len();
    let tag = format!("{} of {total} passed", verify.count(Outcome::Passed));
    assert!(person.sees_part(&tag), "the sum is told: {tag}");
    assert!(person.sees("Before and after"), "the figures stand side by side");
}

#[test]
fn a_settings_file_that_streamlit_ignores_fails_its_check_and_leads_back() {
    let (project, home) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    project.write(".streamlit/config.toml", "[server]\nfileWatcherType = none\n");
    let mut person = at_verify(project.path(), home.path());
    runs_the_checks(&mut person);
    assert_eq!(person.heading(), "1 check failed.");
    person.press("Go to Fix");
    assert_eq!(person.harness.state().state().step, Step::Fix);
}

#[test]
fn new_facts_take_back_what_was_said_of_the_old_ones() {
    let (project, home) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    let mut person = at_verify(project.path(), home.path());
    runs_the_checks(&mut person);
    person.press("Scan again");
    assert!(person.harness.state().state().verify.checks.is_empty(), "the old checks are gone");
}
