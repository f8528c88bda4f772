//! How the window behaves on a desktop: what it asks and tells on the bus, and what it says about itself.

use super::fixtures;
use super::person::{Opened, Person};
use super::project::Project;
use crate::support::desktop::Desktop;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable;
use inotify_doctor::machine::Places;
use inotify_doctor::survey::Request;
use inotify_doctor::window::settings::{ThemeChoice, WindowSettings};
use inotify_doctor::window::state::WizardStep;
use inotify_doctor::window::theme::Tokens;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Duration;

fn on(desktop: &Desktop) -> Person {
    Opened { desktop: Some(desktop.bus()), ..Opened::default() }.open()
}

fn looks_elsewhere(person: &mut Person) {
    person.harness.input_mut().focused = false;
    person.harness.event(Event::WindowFocused(false));
    person.look();
}

fn is_scanned(person: &Person) -> bool {
    person.harness.state().state().facts.ready().is_some()
}

#[test]
fn the_desktops_colour_scheme_is_followed_at_once() {
    let mut desktop = Desktop::start(1);
    let mut person = on(&desktop);
    person.waits_until("it is dark as the desktop is", |person| person.harness.ctx.theme() == Theme::Dark);
    desktop.prefer(2);
    person.waits_until("it is light as the desktop is", |person| person.harness.ctx.theme() == Theme::Light);
}

#[test]
fn the_desktops_size_of_text_and_contrast_are_followed() {
    let mut desktop = Desktop::start(2);
    desktop.set("text-scaling-factor", "1.25");
    let mut person = on(&desktop);
    let zoom = |person: &Person| person.harness.ctx.zoom_factor();
    person.waits_until("text is larger", |person| (zoom(person) - 1.25).abs() < 1e-3);
    desktop.set("text-scaling-factor", "1");
    person.waits_until("text is as large as before", |person| (zoom(person) - 1.0).abs() < 1e-3);
    let line = |person: &Person| person.harness.ctx.global_style().visuals.window_stroke.color;
    let ordinary = line(&person);
    desktop.set("contrast", "1");
    person.waits_until("borders are stronger", |person| line(person) != ordinary);
    assert_eq!(line(&person), Tokens::LIGHT_HIGH.line);
    desktop.set("contrast", "0");
    person.waits_until("borders are as before", |person| line(person) == ordinary);
}

#[test]
fn a_theme_that_was_chosen_beats_the_desktops() {
    let desktop = Desktop::start(1);
    let settings = WindowSettings { theme: ThemeChoice::Light, ..WindowSettings::default() };
    let mut person = Opened { desktop: Some(desktop.bus()), settings, ..Opened::default() }.open();
    person.look();
    assert_eq!(person.harness.ctx.theme(), Theme::Light);
    person.press("Light");
    person.press("System");
    person.waits_until("the desktop is followed again", |person| person.harness.ctx.theme() == Theme::Dark);
}

#[test]
fn the_end_of_a_long_scan_is_told_to_someone_who_looks_elsewhere() {
    let (desktop, project) = (Desktop::start(0), Project::new());
    let mut person = on(&desktop);
    looks_elsewhere(&mut person);
    person.type_folder(project.path());
    let told = desktop.notification();
    person.waits_until("the scan has ended", is_scanned);
    assert_eq!(told["summary"], "The scan has ended");
    assert_eq!(told["desktop_entry"], inotify_doctor::window::APP_ID, "the desktop shows the program's icon and name");
    person.press("Diagnosis");
    assert_eq!(told["body"], person.heading(), "the verdict is told");
}

#[test]
fn someone_who_looks_at_the_window_is_not_told_what_is_on_it() {
    let (desktop, project) = (Desktop::start(0), Project::new());
    let mut person = on(&desktop);
    person.type_folder(project.path());
    person.waits_until("the scan has ended", is_scanned);
    looks_elsewhere(&mut person);
    person.press("Verify");
    person.press("Run checks");
    let told = desktop.notification();
    assert_eq!(told["summary"], "The checks have ended", "the first that was told is not the scan");
    assert!(told["body"].as_str().is_some_and(|body| body.ends_with(" passed")), "the sum is told: {told}");
    assert!(desktop.is_silent(), "everything is told once");
}

#[test]
fn watches_that_run_out_are_told_to_someone_who_looks_elsewhere() {
    let desktop = Desktop::start(0);
    let proc = tempfile::tempdir().expect("a temporary folder");
    let at = |path: &str| proc.path().join(path);
    let places = Places { proc: proc.path().into(), root: proc.path().into() };
    for folder in ["sys/fs/inotify", "4711/fd", "4711/fdinfo"] {
        fs::create_dir_all(at(folder)).expect("a folder can be made");
    }
    for (name, value) in [("max_user_watches", "1000"), ("max_user_instances", "128"), ("max_queued_events", "16384")] {
        fs::write(at("sys/fs/inotify").join(name), value).expect("a file can be written");
    }
    for facts in ["status", "stat"] {
        fs::copy(Path::new("/proc/self").join(facts), at("4711").join(facts)).expect("this process tells of itself");
    }
    fs::write(at("4711/cmdline"), "node\0").expect("a file can be written");
    symlink("anon_inode:inotify", at("4711/fd/3")).expect("a link can be made");
    let holds = |watches: usize| {
        let line = |wd: usize| format!("inotify wd:{wd:x} ino:{wd:x} sdev:800001 mask:3ce\n");
        let lines: String = (1..=watches).map(line).collect();
        fs::write(at("4711/new"), format!("pos:\t0\nflags:\t00\n{lines}")).expect("a file can be written");
        fs::rename(at("4711/new"), at("4711/fdinfo/3")).expect("a file can be renamed");
    };
    holds(100);
    let request = Request { places, variables: [("HOME".into(), "/home/mia".into())].into(), ..Request::default() };
    let refresh = Some(Duration::from_millis(1));
    let mut person = Opened { desktop: Some(desktop.bus()), request, refresh, ..Opened::default() }.open();
    person.press("Next");
    person.waits_until("it is judged", is_scanned);
    person.press("Details");
    // Seen in the window: rising again and again, and never falling.
    for watches in [200, 300, 400] {
        holds(watches);
        person.waits_until("it is read", |person| {
            person.sees(&format!("↑ {watches}")) || person.sees(&watches.to_string())
        });
    }
    assert!(person.sees("↑ 400") && person.sees_part("has only taken more watches"), "what only grows is marked");
    person.press("Fix");
    looks_elsewhere(&mut person);
    assert!(desktop.is_silent(), "there is room");
    holds(900);
    let told = desktop.notification();
    assert_eq!(told["summary"], "Watches are running out");
    assert!(told["body"].as_str().is_some_and(|body| body.starts_with("900 of 1,000 are held")), "{told}");
}

#[test]
fn the_program_says_what_it_is_and_closes_that_by_key() {
    let mut person = Opened { size: [800.0, 560.0], ..Opened::default() }.open().shown(fixtures::starved());
    person.keys(Modifiers::NONE, Key::F1);
    let version = format!("Version {}", env!("CARGO_PKG_VERSION"));
    for part in [version.as_str(), "MIT licence", "To report a problem", "Nothing leaves this computer", "Ctrl+O", "F5"]
    {
        assert!(person.sees_part(part), "“{part}” is said");
    }
    let (window, close) = (person.harness.ctx.content_rect(), person.harness.get_by_label("Close").rect());
    assert!(window.contains_rect(close), "the button is in the smallest window, too");
    person.keys(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(person.harness.state().state().step, WizardStep::Project, "below a dialog no key leads anywhere");
    person.keys(Modifiers::NONE, Key::Escape);
    assert!(!person.sees_part("To report a problem"), "Escape closes it");
    person.press("About");
    person.press("Close");
    assert!(!person.sees_part("To report a problem"), "so does the button");
}

/// Tab alone, from the first thing on: everything that can be pressed is reached, and About is among it.
#[test]
fn everything_above_the_steps_is_reached_by_tab() {
    let mut person = Person::at_the_window();
    person.look();
    let mut reached = Vec::new();
    for _ in 0..16 {
        person.keys(Modifiers::NONE, Key::Tab);
        let focused = person.harness.query_all_by_role(Role::Button).find(|node| node.is_focused());
        reached.extend(focused.and_then(|node| super::person::label(&node)));
    }
    for name in ["About", "English", "System", "Export report…", "Next"] {
        assert!(reached.iter().any(|found| found == name), "{name} is not reached: {reached:?}");
    }
}
