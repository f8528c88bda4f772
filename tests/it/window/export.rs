//! The export dialog: what is left out is said, leaving nothing out asks first, a page is read as text, and a saved
//! report is opened.

use super::person::{Opened, Person};
use super::project::Project;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use inotify_doctor::survey::Request;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Someone in front of the dialog, whose programs are in `bin` and whose home folder is the project's.
fn at_the_dialog(project: &Project, bin: &Path) -> Person {
    let variables = [("HOME".into(), project.path().into()), ("PATH".into(), bin.into())].into();
    let request = Request { project: Some(project.path().into()), variables, ..Request::default() };
    let mut person = Opened { request, ..Opened::default() }.open();
    person.press("Look at all of it"); // a home folder is asked about
    person.waits_until("the survey is taken", |person| person.harness.state().state().facts.ready().is_some());
    person.press("Export report…");
    is_made(&mut person);
    person
}

fn is_made(person: &mut Person) {
    person.waits_until("the report is made", |person| {
        person.harness.state().state().export.as_ref().is_some_and(|dialog| dialog.report().is_some())
    });
}

fn shown(person: &Person) -> String {
    let dialog = person.harness.state().state().export.as_ref().expect("the dialog is open");
    dialog.shown().unwrap_or_default().to_owned()
}

fn chooses(person: &mut Person, form: &str) {
    person.harness.get_by_role_and_label(Role::ComboBox, "Format").click();
    person.look();
    person.press(form);
    is_made(person);
}

#[test]
fn what_is_left_out_is_said_and_leaving_nothing_out_asks_first() {
    let (project, bin) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    let home = project.path().to_str().expect("a plain path").to_owned();
    let mut person = at_the_dialog(&project, bin.path());
    assert!(person.sees_part("Left out: home folder"), "what was removed is said");
    assert!(!shown(&person).contains(&home));

    let tick = "Leave out my name, home folder, host name and secrets";
    person.press(tick);
    assert!(person.sees_part("passwords and tokens included"), "it is said what that means");
    assert!(!shown(&person).contains(&home), "nothing has changed yet");
    person.press("Leave it out");
    assert!(!person.sees_part("passwords and tokens included") && !shown(&person).contains(&home));

    person.press(tick);
    person.press("Keep everything in");
    is_made(&mut person);
    assert!(shown(&person).contains(&home), "now it is in");
    assert!(person.sees_part("Nothing is left out"), "and the dialog says so");
    person.press(tick);
    is_made(&mut person);
    assert!(!shown(&person).contains(&home), "putting the tick back needs no question");
}

#[test]
fn a_page_is_read_as_text_and_copied_as_markdown() {
    let (project, bin) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    let mut person = at_the_dialog(&project, bin.path());
    let markdown = shown(&person);
    chooses(&mut person, "HTML");
    let dialog = person.harness.state().state().export.clone().expect("the dialog is open");
    let made = dialog.report().expect("just made");
    assert!(made.file.starts_with("<!DOCTYPE html>"), "a page is written");
    assert!(made.read().starts_with("Inotify Doctor report"), "its text is read: {}", made.read());
    assert!(person.sees_part("This is its text"), "the dialog says what is shown");
    assert_eq!(dialog.path, "~/inotify-doctor-report.html", "the name follows the form");
    person.press("Copy as Markdown");
    let copied = person.harness.state().state().copied.clone().expect("something was copied");
    let without_time =
        |text: &str| text.lines().filter(|line| !line.starts_with("Made on")).collect::<Vec<_>>().join("\n");
    assert_eq!(without_time(&copied), without_time(&markdown), "whatever the form, Markdown is copied");
    assert!(person.sees_part("on the clipboard"), "and that is told");
}

#[test]
fn a_saved_report_is_opened_by_the_desktop_and_a_failure_is_told() {
    let (project, bin) = (Project::new(), tempfile::tempdir().expect("a temporary folder"));
    let mut person = at_the_dialog(&project, bin.path());
    let file = project.path().join("my report; $(x).md");
    person.replace_text("Save as", file.to_str().expect("a plain path"));
    person.press("Save");
    person.waits_until("it is saved", |person| person.sees_part("Saved to"));
    person.press("Open");
    person.waits_until("the failure is told", |person| person.sees_part("xdg-open is not installed"));

    let (program, opened) = (bin.path().join("xdg-open"), bin.path().join("opened"));
    let script = format!("#!/bin/sh\n[ $# = 1 ] && printf %s \"$1\" > '{}'\nexit 4\n", opened.display());
    fs::write(&program, script).expect("a program can be written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("and made one");
    person.press("Open");
    person.waits_until("the failure is told", |person| person.sees_part("exit status 4"));
    assert_eq!(
        fs::read_to_string(opened).expect("it was run"),
        file.to_str().expect("a plain path"),
        "as one argument"
    );
}
