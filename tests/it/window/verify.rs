//! The fourth step by its accessible names: the checks run on the real machine, and the failed one leads back.

use super::person::{Opened, Person};
use super::project::Project;
use crate::support::streamlit::{self, installations};
use crate::support::world::in_another_process;
use crate::verification::trial::{app_that, nobody_is_left_in_its_group, noted};
use eframe::App as _;
use eframe::egui::{ViewportCommand, ViewportEvent, ViewportId};
use inotify_doctor::remedy::{Done, PlanOutcome};
use inotify_doctor::survey::Request;
use inotify_doctor::verification::{Facts, Outcome};
use inotify_doctor::window::state::WizardStep;
use inotify_doctor::window::state::fix::Told;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

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
    assert_eq!(person.heading(), "Nothing was changed yet", "nothing is claimed before the checks are run");
    runs_the_checks(&mut person);
    let verify = &person.harness.state().state().verify;
    assert_eq!(verify.count(Outcome::Failed), 0, "a small project fits: {:?}", verify.checks);
    let added = verify.checks.iter().find(|check| check.id() == "watches-added").expect("the watches were added");
    assert_eq!(added.outcome, Outcome::Passed);
    let (passed, total) = person.harness.state().state().tally();
    let tag = format!("{passed} of {total} passed");
    assert!(person.sees_part(&tag), "the sum is told: {tag}");
    assert_eq!(person.heading(), "It works.", "nothing was wrong");
    assert!(person.sees_part("Nothing was changed by this program"), "and nothing more is claimed");
    assert!(person.sees("Done"), "the person is through");
}

#[test]
fn a_settings_file_that_streamlit_ignores_fails_its_check_and_leads_back() {
    let (project, home) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    project.write(".streamlit/config.toml", "[server]\nfileWatcherType = none\n");
    let mut person = at_verify(project.path(), home.path());
    runs_the_checks(&mut person);
    assert_eq!(person.heading(), "1 check failed.");
    person.press("Go to Fix");
    assert_eq!(person.harness.state().state().step, WizardStep::Fix);
}

#[test]
fn new_facts_take_back_what_was_said_of_the_old_ones() {
    let (project, home) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    let mut person = at_verify(project.path(), home.path());
    runs_the_checks(&mut person);
    person.press("Scan again");
    assert!(person.harness.state().state().verify.checks.is_empty(), "the old checks are gone");
}

/// Someone on the fourth step of a project that runs with real Streamlit.
fn at_verify_of(project: &streamlit::Project) -> Person {
    let request = Request {
        project: Some(project.path("project")),
        script: Some(project.launch().script),
        python: Some(installations()[0].python.executable.clone()),
        variables: project.launch().variables,
        ..Request::default()
    };
    let mut person = Opened { size: [1120.0, 2600.0], request, ..Opened::default() }.open();
    person.waits_until("the survey is taken", |person| person.harness.state().state().facts.ready().is_some());
    person.press("Verify");
    person
}

fn no_trial_is_under_way(person: &Person) -> bool {
    person.harness.state().state().verify.trial.is_none()
}

fn starts_the_app(person: &mut Person, project: &streamlit::Project) {
    person.waits_until("the command is shown", |person| person.sees("Start the app"));
    person.press("Start the app");
    person.waits_until("the app runs", |_| noted(project).is_some());
}

#[test]
fn the_app_is_started_by_its_button_only_and_a_cancel_leaves_nobody() {
    let project = app_that("import time\nwhile not __import__('os').path.exists('go'):\n    time.sleep(0.1)");
    let mut person = at_verify_of(&project);
    runs_the_checks(&mut person);
    person.waits_until("the command is shown", |person| person.sees_part("--server.port=PORT"));
    assert!(person.sees_part("your own code runs"), "it is said plainly what the button does");
    assert_eq!(noted(&project), None, "nobody pressed it");
    starts_the_app(&mut person, &project);
    person.press("Cancel");
    person.waits_until("the app is ended", no_trial_is_under_way);
    nobody_is_left_in_its_group(&project);
    assert!(person.harness.state().state().verify.check("trial").is_none(), "a cancelled trial tells nothing");

    for file in ["project/pids", "project/go"] {
        fs::write(project.path(file), "").expect("a file can be written");
    }
    person.press("Start the app");
    person.waits_until("the trial is over", no_trial_is_under_way);
    let verify = &person.harness.state().state().verify;
    let trial = verify.check("trial").expect("the trial stands among the checks");
    assert_eq!(trial.outcome, Outcome::Passed, "{trial:?}");
    let Facts::Trial(facts) = &trial.facts else { panic!("it is about a trial") };
    assert!(person.sees(&format!("The app really held {} watch", facts.watches)), "with what it held");
    nobody_is_left_in_its_group(&project);
}

const RUNS_ON: &str = "import time\nwhile True:\n    time.sleep(0.1)";

#[test]
fn closing_the_window_waits_until_the_app_under_trial_has_ended() {
    let project = app_that(RUNS_ON);
    let mut person = at_verify_of(&project);
    starts_the_app(&mut person, &project);
    let commands = |person: &Person| {
        let viewport = person.harness.output().viewport_output.get(&ViewportId::ROOT);
        viewport.map(|output| output.commands.clone()).unwrap_or_default()
    };
    let viewports = &mut person.harness.input_mut().viewports;
    viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    person.harness.step();
    assert!(commands(&person).contains(&ViewportCommand::CancelClose), "the window stays for the moment");
    if let Some(viewport) = person.harness.input_mut().viewports.get_mut(&ViewportId::ROOT) {
        viewport.events.clear();
    }
    person.waits_until("the window closes itself", |person| commands(person).contains(&ViewportCommand::Close));
    assert!(no_trial_is_under_way(&person), "the trial is over by then");
    nobody_is_left_in_its_group(&project);
}

#[test]
fn the_end_of_the_program_waits_for_the_end_of_the_app_under_trial() {
    let project = app_that(RUNS_ON);
    let mut person = at_verify_of(&project);
    starts_the_app(&mut person, &project);
    person.harness.state_mut().on_exit(None);
    nobody_is_left_in_its_group(&project);
}

#[test]
fn a_request_to_end_the_program_ends_the_app_under_trial_first() {
    // The signal goes to a process of its own: other tests know nothing of it.
    in_another_process(&["env"], &[], || {
        let project = app_that(RUNS_ON);
        let mut person = at_verify_of(&project);
        starts_the_app(&mut person, &project);
        kill_process(rustix::process::getpid(), Signal::TERM).expect("a process may signal itself");
        let closes = |person: &Person| {
            let viewport = person.harness.output().viewport_output.get(&ViewportId::ROOT);
            viewport.is_some_and(|output| output.commands.contains(&ViewportCommand::Close))
        };
        person.waits_until("the window closes itself", closes);
        assert!(no_trial_is_under_way(&person), "the trial is over by then");
        nobody_is_left_in_its_group(&project);
    });
}

/// Ends an app however the test ends.
struct Ends(u32);

impl Drop for Ends {
    fn drop(&mut self) {
        if let Some(pid) = i32::try_from(self.0).ok().and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// The app started as a person starts it, up to its address.
fn started(project: &streamlit::Project) -> (Child, Ends) {
    let app = Command::new(installations()[0].python.executable.with_file_name("streamlit"))
        .args(["run", "app.py", "--server.headless=true", "--server.address=127.0.0.1", "--server.port=0"])
        .current_dir(project.path("project"))
        .env_clear()
        .envs([("PATH", "/usr/bin:/bin".into()), ("HOME", project.path("home"))])
        .stdout(fs::File::create(project.path("said")).expect("a file can be made"))
        .stderr(Stdio::null())
        .spawn()
        .expect("Streamlit starts");
    let ends = Ends(app.id());
    (app, ends)
}

#[test]
fn an_app_with_old_settings_is_restarted_from_its_check_and_looked_at_again() {
    let project = streamlit::Project::of(&[("app.py", "import streamlit\n"), (".streamlit/", "")]);
    let (mut app, _ends) = started(&project);
    let mut person = at_verify_of(&project);
    person.waits_until("the app answers", |_| {
        fs::read_to_string(project.path("said")).is_ok_and(|said| said.contains("URL:"))
    });
    let config = project.path("project/.streamlit/config.toml");
    fs::write(config, "[server]\nfileWatcherType = \"none\"\n").expect("a file can be written");
    runs_the_checks(&mut person);
    assert!(person.sees("An app still runs with old settings"), "the check fails");
    assert_eq!(person.heading(), "One act is left: restart the app.", "and the page says first what to do");
    let what = format!("End process {} and start it again in", app.id());
    person.waits_until("what would be done is shown", |person| person.sees_part(&what));
    assert!(person.sees_part("SIGINT, then SIGTERM"), "with the signals");
    assert!(app.try_wait().expect("it can be asked").is_none(), "looking at it does nothing");
    person.press("Restart the app");
    person.waits_until("the checks have been run again", |person| {
        let verify = &person.harness.state().state().verify;
        let passed = verify.check("running-apps").is_some_and(|check| check.outcome == Outcome::Passed);
        passed && verify.running.is_none() && !verify.check_after
    });
    let told = person.harness.state().state().fix.told.as_ref().expect("it is told");
    let Told::Applied(_, PlanOutcome::Applied { done, .. }) = told else { panic!("it was restarted") };
    let [Done::Restarted { pid, .. }] = done[..] else { panic!("{done:?}") };
    let _new = Ends(pid);
    assert!(app.wait().expect("it has ended").success(), "the old app ended in order");
    assert_eq!(person.heading(), "It is fixed.", "it is said in so many words");
    assert!(person.sees("No app runs with old settings"), "the same check passes now");
    let told = format!("The app runs as process {pid} and goes on writing into");
    assert!(person.sees_part(&told), "and it is told what was done, with the file that its owner follows");
}
