//! A real window: opened, used by keyboard, and closed.

use super::project::Project;
use crate::support::xvfb::Display;
use std::fs;

/// The blue of what is chosen, as `theme/tokens.rs` has it.
const ACCENT: [u8; 3] = [0x24, 0x57, 0xd6];
/// Inside the circle with the number of the first and of the second step, left of the number.
const CIRCLES: [(usize, usize); 2] = [(27, 98), (27, 162)];

/// A computer without a single font, whose language is Chinese and whose project has a Chinese name.
#[test]
fn a_real_window_opens_where_the_system_has_no_font() {
    let (display, home) = (Display::start(), tempfile::tempdir().expect("a temporary folder"));
    let fonts = home.path().join("fonts.conf");
    fs::write(&fonts, "<?xml version=\"1.0\"?>\n<fontconfig></fontconfig>\n").expect("a file can be written");
    let fonts = fonts.to_str().expect("a plain path");
    let mut program = display.open_with(home.path(), &[("FONTCONFIG_FILE", fonts), ("LANG", "zh_CN.UTF-8")]);
    let step = |number: usize| {
        let (x, y) = CIRCLES[number - 1];
        display.look().pixel(x, y) == ACCENT
    };
    program.wait_until("the first step is drawn", |_| step(1));
    program.types("/深度学习");
    program.presses("alt+Right");
    program.wait_until("letters that no font has do no harm", |_| step(2));
    program.presses("ctrl+q");
    assert!(program.end().success());
}

#[test]
fn a_real_window_leads_from_a_typed_path_to_the_diagnosis_and_closes_cleanly() {
    let display = Display::start();
    let project = Project::new();
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut program = display.open(home.path());
    let step = |number: usize| {
        let (x, y) = CIRCLES[number - 1];
        display.look().pixel(x, y) == ACCENT
    };
    program.wait_until("the first step is drawn", |_| step(1));
    let first = display.look();
    assert!(first.colours() > 50, "text and controls are drawn, not one flat colour");

    program.types(project.path().to_str().expect("a plain path"));
    program.presses("Return");
    program.presses("alt+Right");
    program.wait_until("the second step is drawn", |_| step(2));
    let settings = home.path().join(".local/state/inotify-doctor/window.json");
    program.wait_until("the project is remembered", |_| {
        let known = fs::read_to_string(&settings).unwrap_or_default();
        known.contains(project.path().to_str().expect("a plain path"))
    });
    assert!(display.look().colours() > 50, "the diagnosis is drawn");

    program.presses("alt+Left");
    program.wait_until("the first step is drawn again", |_| step(1));
    program.presses("ctrl+q");
    let status = program.end();
    assert!(status.success(), "closing the window ends the program without an error: {status}");
    let settings = fs::read_to_string(&settings).expect("the settings were written");
    assert!(settings.contains("\"window\": ["), "the window's size is remembered: {settings}");
}
