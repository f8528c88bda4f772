//! Choosing a folder without the desktop's help: completed paths, questions about what is hardly a project.

use super::person::{Opened, Person};
use super::project::Project;
use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use inotify_doctor::survey::Request;
use std::ffi::OsString;
use std::path::Path;

fn folder_text(person: &Person) -> String {
    person.harness.state().state().project.folder.clone()
}

fn is_scanned(person: &Person) -> bool {
    person.harness.state().state().facts.ready().is_some()
}

/// Opens the window of someone whose home folder is `home`.
fn at_home(home: &Path, more: &[(&str, &str)]) -> Opened {
    let variables = more.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    let variables = variables.chain([(OsString::from("HOME"), home.as_os_str().to_owned())]).collect();
    Opened { request: Request { variables, ..Request::default() }, ..Opened::default() }
}

fn types(person: &mut Person, text: &str) {
    let field = person.harness.get_by_role_and_label(Role::TextInput, "Project folder");
    field.focus();
    field.type_text(text);
    person.look();
}

#[test]
fn a_folder_is_chosen_from_the_list_by_mouse_alone() {
    let project = Project::new();
    let home = project.path().parent().expect("a temporary folder is in another").to_owned();
    let name = project.path().file_name().and_then(|name| name.to_str()).expect("a plain name").to_owned();
    let mut person = at_home(&home, &[]).open();
    // All but a letter: there may be many others that begin alike.
    types(&mut person, &format!("~/{}", &name[..name.len() - 1]));
    person.waits_until("the folder is offered", |person| person.sees(&name));
    assert!(!is_scanned(&person) && person.sees_part("Folders in ~"), "nothing is scanned while one chooses");
    person.press(&name);
    assert_eq!(folder_text(&person), format!("~/{name}/"), "the path is completed");
    person.waits_until("its own folders are offered", |person| person.sees("app"));
    assert!(!person.sees(".venv"), "hidden folders are asked for with their dot");
    person.press(&format!("Use ~/{name}"));
    person.waits_until("it is scanned", is_scanned);
    assert!(!person.sees_part("Folders in ~"), "the list is gone");
}

#[test]
fn a_folder_is_chosen_from_the_list_by_keyboard_alone() {
    let project = Project::new();
    let mut person = at_home(project.path(), &[]).open();
    types(&mut person, "~/a");
    person.waits_until("the folder is offered", |person| person.sees("app"));
    person.keys(Modifiers::NONE, Key::ArrowDown);
    assert!(person.harness.get_by_label("app").is_focused(), "the down key leads into the list");
    assert!(
        !is_scanned(&person) && folder_text(&person) == "~/a",
        "leaving the field for the list chooses nothing yet"
    );
    person.keys(Modifiers::NONE, Key::Enter);
    assert_eq!(folder_text(&person), "~/app/");
    person.waits_until("its folders are offered", |person| person.sees("pages"));
    person.keys(Modifiers::NONE, Key::Enter);
    person.waits_until("Enter in the field takes it", is_scanned);
}

#[test]
fn escape_closes_the_list_and_a_folder_that_cannot_be_read_is_told() {
    let mut person = Person::at_the_window();
    types(&mut person, "/no/such/");
    person.waits_until("it is told", |person| person.sees("/no/such cannot be read."));
    person.keys(Modifiers::NONE, Key::Escape);
    assert!(!person.sees_part("cannot be read"));
}

#[test]
fn the_whole_home_folder_is_asked_about_and_a_folder_in_it_is_near() {
    let project = Project::new();
    let mut person = at_home(project.path(), &[]).open();
    types(&mut person, "~");
    // Wherever the pointer happens to be: Enter is meant.
    person.waits_until("its folders are offered", |person| person.sees("app"));
    let row = person.harness.get_by_label("app").rect().center();
    person.harness.hover_at(row);
    person.look();
    person.keys(Modifiers::NONE, Key::Enter);
    assert!(person.sees("~ is your whole home folder"));
    assert!(!is_scanned(&person));
    person.press("Choose a folder in it");
    person.waits_until("its folders are offered", |person| person.sees("app"));
    assert!(!person.sees("~ is your whole home folder"), "the question is answered");
    types(&mut person, "");
    person.keys(Modifiers::NONE, Key::Enter);
    person.press("Look at all of it");
    person.waits_until("it is scanned because it was meant", is_scanned);
}

#[test]
fn dropping_is_offered_only_where_drops_arrive() {
    let offered = |more: &[(&str, &str)]| {
        let mut person = at_home(Path::new("/home/mia"), more).open();
        person.look();
        person.sees_part("You can also drop")
    };
    assert!(offered(&[("DISPLAY", ":0")]));
    assert!(!offered(&[("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0")]), "this winit hears of none on Wayland");
}

#[test]
fn without_a_dialog_of_the_desktop_the_list_is_there() {
    let project = Project::new();
    let mut person = at_home(project.path(), &[]).open();
    person.look();
    person.harness.get_by_label("Choose folder…").click();
    person.harness.step();
    person.waits_until("the folders are offered", |person| person.sees("app"));
}

#[test]
fn the_folder_that_the_app_is_started_in_is_said_and_can_be_changed() {
    let project = Project::new();
    project.write("app/.streamlit/config.toml", "[server]\nfileWatcherType = \"poll\"\n");
    let mut opened = at_home(Path::new("/home/mia"), &[]);
    opened.request.project = Some(project.path().into());
    let mut person = Opened { size: [1120.0, 1600.0], ..opened }.open();
    person.waits_until("it is scanned", is_scanned);
    assert!(person.sees_part("Assumed: the folder in which you type"));
    let launched = |person: &Person| {
        let survey = &person.harness.state().state().facts.ready().expect("it is scanned").survey;
        survey.project.as_ref().and_then(|project| project.launch.as_ref()).map(|launch| launch.cwd.clone())
    };
    let real = |path: &Path| path.canonicalize().expect("it is there");
    assert_eq!(launched(&person).as_deref().map(real), Some(real(project.path())));
    person.harness.get_by_role_and_label(Role::ComboBox, "Started in").click();
    person.look();
    person.replace_text("Another folder", project.path().join("app").to_str().expect("a plain name"));
    person.keys(Modifiers::NONE, Key::Enter);
    person.waits_until("it is scanned again", |person| {
        is_scanned(person) && person.sees_part("Chosen by you. Streamlit reads")
    });
    assert_eq!(launched(&person).as_deref().map(real), Some(real(&project.path().join("app"))));
}
