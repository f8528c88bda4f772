//! Whole journeys through the first two steps, with real surveys of real folders.

use super::person::{Opened, Person};
use super::project::Project;
use eframe::egui::{Key, Modifiers, Theme};
use inotify_doctor::diagnosis::Diagnosis;
use inotify_doctor::window::settings::{ThemeChoice, WindowSettings};
use inotify_doctor::window::state::WizardStep;
use inotify_doctor::window::{fonts, jobs};
use inotify_doctor::words::{Language, Words};
use std::fs;
use std::path::Path;

fn diagnosis(person: &Person) -> Option<Diagnosis> {
    person.harness.state().state().facts.ready().map(|judged| judged.diagnosis.clone())
}

#[test]
fn a_typed_path_leads_to_the_verdict_and_its_findings() {
    let project = Project::new();
    let mut person = Person::at_the_window();
    person.type_folder(project.path());
    person.press("Next");
    person.waits_until("the diagnosis is there", |person| diagnosis(person).is_some());
    let (diagnosis, words) = (diagnosis(&person).expect("just seen"), Words::new(Language::English));
    assert_eq!(person.heading(), diagnosis.headline(&words), "the judgement is the page's heading");
    assert_eq!(diagnosis.budget.watches.need, project.watched() as u64, "one watch for each folder at and below app/");
    person.press("Details");
    for finding in &diagnosis.findings {
        assert!(person.sees(&finding.title(&words)), "the finding “{}” is on screen", finding.title(&words));
    }
    person.press_tab("Settings");
    assert!(person.sees("server.fileWatcherType"), "the settings that Streamlit will use are listed");
    person.press_tab("System");
    assert!(person.sees("max_user_watches"), "the kernel's limits are listed");
    person.press_tab("Folders");
    assert!(person.sees_part("Streamlit watches"), "the watched folder is named");
    assert!(person.sees(".venv"), "the project's folders are listed");
}

#[test]
fn the_first_step_shows_what_was_found_in_the_project() {
    let project = Project::new();
    let mut person = Person::at_the_window();
    person.type_folder(project.path());
    person.waits_until("the survey is taken", |person| diagnosis(person).is_some());
    assert!(person.sees_part("Found in run.sh"), "the shell script that names the entry script is named");
    assert!(person.sees_part("Streamlit 1.67.0 with watchdog 7.1.0"), "the versions of the environment are told");
}

#[test]
fn a_folder_that_is_not_there_is_named_with_what_to_do() {
    let mut person = Person::at_the_window();
    person.type_folder(Path::new("/no/such/folder"));
    person.waits_until("the failure is shown", |person| person.sees("There is no folder /no/such/folder"));
    assert!(person.sees_part("Check the spelling"), "it is said what to do");
    for way in ["Next", "Diagnosis", "Verify"] {
        person.press(way);
        assert_eq!(person.heading(), "Which project has the problem?", "“{way}” is closed");
    }
    person.keys(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(person.heading(), "Which project has the problem?", "so is the key");
    let project = Project::new();
    person.replace_text("Project folder", project.path().to_str().expect("a plain name"));
    person.harness.key_press(Key::Enter);
    person.waits_until("the survey is taken", |person| diagnosis(person).is_some());
    person.press("Next");
    assert_eq!(person.harness.state().state().step, WizardStep::Diagnosis, "a folder that is there opens them");
}

#[test]
fn a_file_given_as_the_project_is_told_apart_from_a_folder() {
    let project = Project::new();
    let mut person = Person::at_the_window();
    person.type_folder(&project.path().join("run.sh"));
    person.waits_until("the failure is shown", |person| person.sees_part("is a file, not a folder"));
}

#[test]
fn a_scan_of_a_huge_tree_can_be_stopped() {
    let mut person = Person::at_the_window();
    person.type_folder(Path::new("/"));
    assert!(person.sees("/ is the whole computer"), "it is asked whether that is meant");
    person.press("Next");
    assert_eq!(person.harness.state().state().step, WizardStep::Project, "nothing is scanned before the answer");
    person.press("Look at all of it");
    person.press("Next");
    assert!(person.sees_part("so far"), "progress is shown while the tree is read");
    person.press("Cancel");
    person.waits_until("the scan has stopped", |person| person.sees("The scan was stopped"));
    assert!(diagnosis(&person).is_none(), "a stopped scan gives no diagnosis");
}

#[test]
fn without_a_project_the_account_itself_is_judged() {
    let mut person = Person::at_the_window();
    person.press("Next");
    person.waits_until("the diagnosis is there", |person| diagnosis(person).is_some());
    assert!(person.sees_part("Your account may hold"), "the judgement is on the account alone");
    person.press("Details");
    person.press_tab("Folders");
    assert!(person.sees_part("No project was chosen"), "an empty table says why it is empty");
}

#[test]
fn every_step_is_reached_by_press_and_by_key() {
    let mut person = Person::at_the_window();
    let step = |person: &Person| person.harness.state().state().step;
    for (name, there) in
        [("Verify", WizardStep::Verify), ("Fix", WizardStep::Fix), ("Diagnosis", WizardStep::Diagnosis)]
    {
        person.press(name);
        assert_eq!(step(&person), there, "pressing “{name}” leads there");
    }
    person.keys(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(step(&person), WizardStep::Fix, "Alt and the right arrow lead on");
    person.keys(Modifiers::ALT, Key::ArrowLeft);
    person.press("Back");
    assert_eq!(step(&person), WizardStep::Project, "Alt and the left arrow lead back, and so does Back");
}

#[test]
fn the_theme_is_chosen_shown_and_remembered() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("window.json");
    let mut person = Opened { settings_file: Some(file.clone()), ..Opened::default() }.open();
    person.look();
    assert_eq!(person.harness.ctx.theme(), Theme::Light, "light where the desktop says nothing");
    person.press("System");
    person.press("Dark");
    assert_eq!(person.harness.ctx.theme(), Theme::Dark);
    drop(person);
    assert_eq!(
        WindowSettings::read(&file).theme,
        ThemeChoice::Dark,
        "the choice is in the file when the window is closed"
    );
}

#[test]
fn the_language_changes_at_once_where_a_font_for_it_is_installed() {
    let mut person = Person::at_the_window();
    person.press("English");
    person.press("简体中文");
    if fonts::find_chinese().is_some() {
        person.waits_until("Chinese is spoken", |person| person.sees("诊断"));
        assert_eq!(person.heading(), "哪个项目出了问题？");
    } else {
        person.waits_until("the lack is told", |person| person.sees_part("No Chinese font was found"));
        assert!(person.sees("Diagnosis"), "what can be read stays");
    }
}

#[test]
fn an_error_message_is_explained() {
    let mut person = Person::at_the_window();
    person.type_error("OSError: [Errno 28] inotify watch limit reached");
    assert!(person.sees_part("your account had none left"), "it is about watches");
    assert!(person.sees_part("Your disk is not meant"), "it is not about the disk");
}

#[test]
fn a_dropped_log_fills_in_the_error_and_a_dropped_folder_is_the_project() {
    let project = Project::new();
    let log = project.write("logs/app.log", "start\nOSError: [Errno 24] inotify instance limit reached\nend\n");
    let mut person = Person::at_the_window();
    person.drops(&log);
    person.waits_until("the log was read", |person| person.sees_part("inotify instances of your account"));
    person.drops(project.path());
    person.waits_until("the survey is taken", |person| diagnosis(person).is_some());
    assert!(person.sees_part("Found in run.sh"), "the dropped folder is the project");
}

#[test]
fn the_report_is_saved_as_it_was_shown() {
    let project = Project::new();
    let mut person = Person::at_the_window();
    person.type_folder(project.path());
    person.waits_until("the survey is taken", |person| diagnosis(person).is_some());
    person.press("Export report…");
    let preview = |person: &Person| {
        let dialog = person.harness.state().state().export.as_ref();
        dialog.and_then(|dialog| dialog.shown()).map(str::to_owned)
    };
    person.waits_until("the preview is there", |person| preview(person).is_some());
    let shown = preview(&person).expect("just seen");
    let file = project.path().join("report.md");
    person.replace_text("Save as", file.to_str().expect("a plain path"));
    person.press("Save");
    person.waits_until("it is saved", |person| person.sees_part("Saved to"));
    assert_eq!(fs::read_to_string(&file).expect("the report was written"), shown, "what was shown is what is saved");
    person.press("Close");
    assert!(!person.sees("Export the report"), "the dialog is closed");
}

#[test]
fn a_window_that_nobody_touches_does_not_draw() {
    let mut person = Person::at_the_window();
    person.waits_until("the machine was read", |person| person.harness.state().state().machine.is_some());
    for step in ["Diagnosis", "Fix", "Verify", "Project"] {
        person.press(step);
        person.waits_until("nothing is under way", |person| diagnosis(person).is_some());
        person.look();
        assert!(person.rests(), "the step {step} asks for no further frame");
    }
}

/// The jobs know nothing of the window: a wake that does nothing is all they need.
#[test]
fn a_job_can_be_polled_without_a_window() {
    let wake: jobs::Wake = std::sync::Arc::new(|| {});
    let job = jobs::Job::start("sum", &wake, |_| 2 + 2);
    let result = loop {
        if let Some(result) = job.poll() {
            break result;
        }
        std::thread::yield_now();
    };
    assert_eq!(result, Ok(4));
}
