//! A second start of the program: there is one window for a person.

use super::person::Person;
use super::project::Project;
use crate::support::desktop::Desktop;
use crate::support::xvfb::Display;
use inotify_doctor::window::activation::{Activation, Claim, claim};
use inotify_doctor::window::bus::Bus;
use std::fs;
use std::process::Command;

fn first(desktop: &Desktop) -> Activation {
    match claim(&desktop.bus(), None) {
        Claim::First(activation) => activation,
        Claim::Second | Claim::Alone => panic!("nobody else is on this bus"),
    }
}

#[test]
fn a_second_start_hands_its_folder_to_the_first_window() {
    let (desktop, project) = (Desktop::start(0), Project::new());
    let mut person = Person::at_the_window();
    person.harness.state_mut().listen_to(first(&desktop));
    assert!(matches!(claim(&desktop.bus(), Some(project.path())), Claim::Second));
    person.waits_until("the first window has scanned it", |person| {
        let state = person.harness.state().state();
        state.request.project.as_deref() == Some(project.path()) && state.facts.ready().is_some()
    });
    assert!(matches!(claim(&desktop.bus(), None), Claim::Second), "without a folder it is raised all the same");
}

#[test]
fn when_the_first_window_is_closed_the_next_start_opens_one() {
    let desktop = Desktop::start(0);
    let activation = first(&desktop);
    assert!(matches!(claim(&desktop.bus(), None), Claim::Second));
    drop(activation);
    let mut next = claim(&desktop.bus(), None);
    while matches!(next, Claim::Second) {
        // The bus takes note of a closed connection in its own time.
        next = claim(&desktop.bus(), None);
    }
    assert!(matches!(next, Claim::First(_)));
}

#[test]
fn without_a_bus_every_start_opens_its_own_window() {
    assert!(matches!(claim(&Bus::At("unix:path=/no/such/bus".into()), None), Claim::Alone));
}

#[test]
fn a_real_second_start_ends_by_itself_and_the_window_that_is_open_takes_its_folder() {
    let (display, desktop, project) = (Display::start(), Desktop::start(0), Project::new());
    let home = tempfile::tempdir().expect("a temporary folder");
    let Bus::At(address) = desktop.bus() else { panic!("the desktop has a bus of its own") };
    let mut program = display.open_with(home.path(), &[("DBUS_SESSION_BUS_ADDRESS", &address)]);
    let mut second = Command::new(env!("CARGO_BIN_EXE_inotify-doctor"));
    second.arg(project.path()).env_clear().env("HOME", home.path()).env("LANG", "C.UTF-8");
    second.env("DISPLAY", display.name()).env("DBUS_SESSION_BUS_ADDRESS", &address);
    let second = second.output().expect("the built program can be started");
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(second.status.success() && said.contains("was raised"), "{said}");
    let settings = home.path().join(".local/state/inotify-doctor/window.json");
    let folder = project.path().to_str().expect("a plain path");
    program.wait_until("the first window has taken the folder", |_| {
        fs::read_to_string(&settings).unwrap_or_default().contains(folder)
    });
}
