//! The pictures of the second step: looked at, reached by key, heard, read as tables, in every state and size.

mod layout;
mod states;

use super::fixtures;
use super::person::{Opened, Person};
use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use inotify_doctor::progress::Progress;
use inotify_doctor::remedy::Relieving;
use inotify_doctor::survey::Survey;
use inotify_doctor::window::fonts;
use inotify_doctor::window::look::Look;
use inotify_doctor::window::theme::{self, Tokens};
use inotify_doctor::window::widgets::bars::{ChartBar, before_after_ui};
use inotify_doctor::words::{Language, Words};
use std::time::Duration;

const APP: &str = "python3.11 (24117), an app of this project: 8,102 watches, 98.9% of the limit.";
const EDITOR: &str = "code (3320): 61 watches, 0.7% of the limit.";

fn looking_at(survey: Survey) -> Person {
    let mut person = Opened { size: [1120.0, 2400.0], ..Opened::default() }.open().shown(survey);
    person.press("Diagnosis");
    person.press("Details");
    person
}

/// How often something of exactly this name is on screen.
fn count(person: &Person, name: &str) -> usize {
    person.harness.query_all_by_label(name).count()
}

/// How many things a screen reader finds.
fn things(person: &Person) -> usize {
    person.harness.root().children_recursive().count()
}

fn focused(person: &Person) -> Option<String> {
    let all = person.harness.root().children_recursive();
    all.into_iter().find(|node| node.is_focused()).and_then(|node| node.accesskit_node().label())
}

#[test]
fn the_gauge_is_one_stop_for_tab_and_the_arrows_lead_through_its_parts() {
    let mut person = looking_at(fixtures::starved());
    assert_eq!(count(&person, APP), 1, "a part of the bar, and not told below before it is looked at");
    person.harness.get_by_role_and_label(Role::ListItem, APP).focus();
    person.look();
    assert_eq!(count(&person, APP), 2, "its figures stand below the bar");
    person.keys(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(focused(&person).as_deref(), Some(EDITOR), "the next part");
    assert_eq!((count(&person, APP), count(&person, EDITOR)), (1, 2));
    person.keys(Modifiers::NONE, Key::End);
    let last = "33,129 watches of your project do not fit under the limit.";
    assert_eq!(focused(&person).as_deref(), Some(last));
    person.keys(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(focused(&person).as_deref(), Some(last), "there is nothing behind the last");
    person.keys(Modifiers::NONE, Key::Tab);
    let next = focused(&person).expect("something has the keyboard");
    assert!(!next.contains("limit."), "Tab leaves the picture, it does not go through its parts: {next}");
}

#[test]
fn the_pointer_on_a_part_or_on_its_name_tells_its_figures() {
    let mut person = looking_at(fixtures::starved());
    person.harness.get_by_role_and_label(Role::ListItem, APP).hover();
    person.look();
    assert_eq!(count(&person, APP), 2);
    person.harness.get_by_label("code (3320)61").hover();
    person.look();
    assert_eq!((count(&person, APP), count(&person, EDITOR)), (1, 2), "too narrow to be met in the bar");
}

#[test]
fn the_gauge_can_be_read_as_a_table() {
    let mut person = looking_at(fixtures::starved());
    assert!(!person.sees("Who"));
    person.harness.query_all_by_label("Show as a table").next().expect("the gauge's table").click();
    person.look();
    assert!(person.sees("Who") && person.sees("missing for your project") && person.sees("404.4%"));
    person.press("Hide the table");
    assert!(!person.sees("Who"), "and closed again");
}

#[test]
fn watches_over_time_are_drawn_told_and_listed() {
    let mut person = looking_at(fixtures::starved());
    assert!(person.sees_part("the only reading so far"), "a single reading is told as what it is");
    let tables = person.harness.query_all_by_label("Show as a table").nth(1).expect("the line's table");
    tables.click();
    person.look();
    assert!(person.sees("From") && person.sees("To"), "the readings as a table");
}

/// The processes are read on; nothing of it is drawn unless something is different.
#[test]
fn looking_at_the_processes_does_not_make_the_window_draw() {
    let mut person = Opened { refresh: Some(Duration::from_secs(3_600)), ..Opened::default() }.open();
    person.press("Diagnosis");
    person.waits_until("the diagnosis is there", |person| person.harness.state().state().facts.ready().is_some());
    person.press("Details");
    person.look();
    assert!(person.rests(), "no frame is asked for while the readings go on");
}

/// Watches that this process takes show up by themselves while the step is looked at.
#[test]
fn a_change_of_the_account_is_seen_without_a_hand_being_moved() {
    use rustix::fs::inotify;
    // Not so often that other tests' watches keep the window from ever standing still.
    let mut person = Opened { refresh: Some(Duration::from_millis(500)), ..Opened::default() }.open();
    person.press("Diagnosis");
    person.waits_until("the diagnosis is there", |person| person.harness.state().state().facts.ready().is_some());
    person.press("Details");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let instance = inotify::init(inotify::CreateFlags::CLOEXEC).expect("an instance");
    inotify::add_watch(&instance, folder.path(), inotify::WatchFlags::CREATE).expect("a watch");
    let runs = |person: &Person| person.harness.state().state().diagnosis.watched.runs().len();
    // A step of the line alone may be between equal figures: other tests take and release watches all the time.
    person.waits_until("the least and the most are told", |person| runs(person) > 1 && person.sees_part("at most"));
    assert!(person.harness.state().state().diagnosis.holders.is_some(), "the table is as new as the line");
    person.press("Project");
    let before = runs(&person);
    drop(instance);
    person.harness.run_steps(20);
    assert_eq!(runs(&person), before, "nobody reads while nobody looks");
}

#[test]
fn what_a_remedy_would_take_away_is_shaded_and_told() {
    let mut person = looking_at(fixtures::starved());
    person.press_tab("Folders");
    assert!(!person.sees("Shaded"));
    choose(&mut person, "emo_hallo/node_modules moved elsewhere");
    assert!(person.sees(
        "emo_hallo/node_modules holds 20,100 directories; moved out of what Streamlit watches, it saves 20,100 watches."
    ));
    assert!(person.sees_part("node_modules: 20,100 directories, 161,230 files. 20,100 of them shaded."));
    assert!(person.sees("Shaded"), "the table has the figure too");
    choose(&mut person, "File watching set to poll or none");
    assert!(person.sees_part("saves 41,233 watches."));
    assert!(person.sees(".git: 260 directories, 1,804 files."), "what lies outside of the watched folder stays");
    choose(&mut person, "Nothing");
    assert!(!person.sees("Shaded"));
}

/// Chooses what is shaded and waits until it is known.
fn choose(person: &mut Person, name: &str) {
    let choice = person.harness.get_by_role_and_label(Role::ComboBox, "Show what would go");
    choice.click();
    person.look();
    person.press(name);
    person.waits_until("it is found out", |person| person.harness.state().state().diagnosis.shading.wanted().is_none());
}

#[test]
fn a_folder_outside_of_what_is_watched_saves_nothing_and_is_not_offered() {
    let mut survey = fixtures::starved();
    let project = survey.project.as_mut().expect("it has a project");
    (project.tree.folders.children[2].name, project.tree.folders.children[2].directories) = ("data".into(), 9_000);
    let folders = project.tree.folders.clone();
    let mut person = looking_at(survey);
    let case = person.harness.state().state().fix.case.clone().expect("a case");
    let outside = Relieving::MoveAway("/home/mia/projects/emo_hallo/data".into());
    let relief = case.relief(&outside, &folders, &Progress::default()).expect("not cancelled");
    assert_eq!((relief.directories, relief.watches), (9_000, Some(0)), "only emo_hallo/emo_hallo is watched");
    person.press_tab("Folders");
    person.harness.get_by_role_and_label(Role::ComboBox, "Show what would go").click();
    person.look();
    assert!(person.sees("emo_hallo/data moved elsewhere") && !person.sees("data moved elsewhere"));
}

#[test]
fn a_project_without_caches_says_so() {
    let mut person = looking_at(fixtures::starved());
    person.press_tab("Folders");
    choose(&mut person, "Caches to the trash");
    assert!(person.sees("No caches were found that can go without harm."));
    assert!(!person.sees("Shaded"));
}

#[test]
fn the_map_is_walked_by_key() {
    let mut person = looking_at(fixtures::starved());
    person.press_tab("Folders");
    let first = person.harness.get_by_role_and_label(Role::Button, "emo_hallo: 41,233 directories, 290,411 files.");
    first.focus();
    person.look();
    person.keys(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(focused(&person).as_deref(), Some("node_modules: 20,100 directories, 161,230 files."));
    person.keys(Modifiers::NONE, Key::Enter);
    let inside = person.harness.state().state().diagnosis.inside.clone();
    assert_eq!(inside, ["emo_hallo", "node_modules"], "Enter looks inside");
    person.press_link("~/projects/emo_hallo");
    assert!(person.harness.state().state().diagnosis.inside.is_empty());
}

#[test]
fn a_path_is_copied_by_key_and_from_its_menu() {
    let mut person = looking_at(fixtures::starved());
    person.press_tab("System");
    let place = person.harness.get_by_label("/usr/lib/sysctl.d/50-default.conf:31");
    place.focus();
    person.look();
    person.harness.event(eframe::egui::Event::Copy);
    person.look();
    let copied = |person: &Person| person.harness.state().state().copied.clone();
    assert_eq!(copied(&person).as_deref(), Some("/usr/lib/sysctl.d/50-default.conf"), "the path, without the line");
    person.press_tab("Folders");
    person.harness.get_by_role_and_label(Role::Link, "emo_hallo").click_secondary();
    person.look();
    person.press("Copy path");
    assert_eq!(copied(&person).as_deref(), Some("/home/mia/projects/emo_hallo/emo_hallo"));
}

#[test]
fn how_a_table_is_sorted_can_be_heard() {
    let mut person = looking_at(fixtures::starved());
    let told = |person: &Person, name: &str| {
        let head = person.harness.get_by_role_and_label(Role::ColumnHeader, name);
        head.accesskit_node().data().description().map(str::to_owned)
    };
    assert_eq!(told(&person, "Watches").as_deref(), Some("sorted, the largest or last on top"));
    assert_eq!(told(&person, "Program"), None);
    person.press("Program");
    assert_eq!(told(&person, "Program").as_deref(), Some("sorted, the smallest or first on top"));
    assert_eq!(told(&person, "Watches"), None);
}

#[test]
fn before_and_after_are_bars_that_can_be_heard() {
    let words = Words::new(Language::English);
    let setup = |ctx: &eframe::egui::Context| {
        theme::apply(ctx);
        fonts::install(ctx, None);
    };
    let mut harness = egui_kittest::Harness::builder().with_context_setup(setup).build_ui(move |ui| {
        let look = Look { words: &words, tokens: &Tokens::LIGHT, home: None };
        let before = ChartBar { label: "before", value: 8_190, limit: Some(8_192) };
        let now = ChartBar { label: "now", value: 41_321, limit: Some(524_288) };
        before_after_ui(ui, look, "Watches of your account", [before, now]);
    });
    harness.run();
    let bars: Vec<String> =
        harness.query_all_by_role(Role::Meter).filter_map(|bar| bar.accesskit_node().label()).collect();
    assert_eq!(bars, ["before: 8,190, limit 8,192", "now: 41,321, limit 524,288"]);
    let widths: Vec<f32> = harness.query_all_by_role(Role::Meter).map(|bar| bar.rect().width()).collect();
    assert_eq!(widths[0], widths[1], "both on one scale");
}
