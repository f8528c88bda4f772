//! What this program cannot do itself: limits that somebody else has to raise, and a settings file of which only its
//! owner knows what was meant. Either way the rest goes by itself, to the same end.

use super::hand::{Hand, Input};
use super::names::Tongue;
use super::states::{Play, Trouble, Version};
use super::world::{self, an_administrator_runs, in_a_namespace, where_limits_are_files};
use super::{card, is_fixed};
use crate::support::atspi::{Buses, Role};
use crate::support::counted::holders;
use crate::support::screen_reader::ScreenReader;
use crate::support::xvfb::Waited;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn without_a_password_dialog_two_lines_are_run_elsewhere_and_the_rest_goes_by_itself() {
    where_limits_are_files(Trouble::Watches.limits(), || {
        world::nothing_of_the_machine_can_be_changed();
        let (display, buses) = (world::display(), Buses::start());
        let play = Play::begin(Trouble::Watches, Version::V157);
        let names = Tongue::English.names();
        let missed = play.missed();
        let mut reader = ScreenReader::open(&display, &buses, &play.app.project.path("home"), names.locale);
        let mut hand = Hand::new(&mut reader, Input::Mouse);
        hand.press(Role::ToggleButton, &card(&play, Tongue::English));
        let judgement = Tongue::English.judgement(Trouble::Watches, missed);
        hand.reader.waits_until("the limit is said to be too low", |reader| reader.heading() == judgement);

        // Polling would do, and is recommended; whoever wants the limit raised finds the way, and why it is one.
        hand.reader.press(Role::PageTab, "Fix");
        hand.press(Role::ToggleButton, "Raise the limit to 65,536");
        hand.reader.waits_until("it is said where it has to be done", |reader| {
            reader.things().iter().any(|thing| thing.name.contains("This has to be done on the host"))
        });
        // The card opens; there is no wall of script in it.
        hand.reader.waits_until("two lines are there to copy", |reader| lines_to_copy(reader).len() == 2);
        let lines = lines_to_copy(hand.reader);
        assert!(lines[0].starts_with("echo 'fs.inotify.max_user_watches = 65536' | sudo tee /etc/sysctl.d/"));
        hand.press(Role::PushButton, "Message for my administrator");
        hand.reader.waits_until("the message can be read before it is sent", |reader| {
            let asks = |name: &str| name.contains("fs.inotify.max_user_watches: 150 → 65,536");
            reader.things().iter().any(|thing| asks(&thing.name))
        });
        an_administrator_runs(&lines.join("\n"));
        hand.press(Role::PushButton, "I have run it, check now");
        hand.reader.hears(names.one_act_left);
        hand.press(Role::PushButton, names.restart);
        hand.reader.hears(names.restarted);
        // The old app's tab was this test's; the new one is opened as soon as it serves.
        let second = the_new_app(&play);
        let _tab = play.app.opens_a_session(second);
        is_fixed(hand.reader, names);
        let folders = play.app.folders().len() as u64;
        assert_eq!(holders().get(&second), Some(&(1, folders)), "every folder is watched");
        hand.press(Role::PushButton, names.done);
        assert!(reader.program.end().success(), "the window closes without an error");
    });
}

/// The lines of code on the page that begin a command.
fn lines_to_copy(reader: &ScreenReader<'_>) -> Vec<String> {
    let names = reader.things().into_iter().map(|thing| thing.name);
    let mut lines: Vec<String> = names.filter(|name| name.starts_with("echo ") || name.starts_with("sudo ")).collect();
    lines.dedup();
    lines
}

fn the_new_app(play: &Play) -> u32 {
    let waited = Waited::begin();
    loop {
        if let [app] = play.app.processes()[..]
            && app != play.first
        {
            return app;
        }
        waited.a_moment(|| "the app runs as another process".to_owned());
    }
}

/// A table that is set twice: which of both is meant, nobody else knows.
const UNCLEAR: &str = "[server]\nport = 8599\nfileWatcherType = \"poll\"\nfileWatcherType = \"none\"\n";

#[test]
fn a_settings_file_that_only_its_owner_can_mend_is_opened_and_watched() {
    in_a_namespace(Trouble::Settings.limits(), || {
        world::nothing_of_the_machine_can_be_changed();
        let (display, buses) = (world::display(), Buses::start());
        let play = Play::begin_with(Trouble::Settings, Version::V167, UNCLEAR);
        let names = Tongue::English.names();
        let home = play.app.project.path("home");
        // The desktop's editor, in the hands of the owner: it saves the file without the second line.
        let desktop = play.app.project.path("desktop");
        fs::create_dir(&desktop).expect("a folder can be made");
        let editor = desktop.join("xdg-open");
        fs::write(&editor, "#!/bin/sh\nsed -i '/\"none\"/d' \"$1\"\n").expect("a file can be written");
        fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("it is ours");
        let path = format!("{}:/usr/bin:/bin", desktop.display());
        let mut reader =
            ScreenReader::open_through(&["env", &format!("PATH={path}")], &display, &buses, &home, names.locale);
        let mut hand = Hand::new(&mut reader, Input::Keyboard);
        hand.press(Role::ToggleButton, &card(&play, Tongue::English));
        let wrong = "Line 4 is the first that is wrong: the same name is set twice.";
        hand.reader.waits_until("the line is named, in words", |reader| reader.reads(wrong));
        let marked = |name: &str| name.contains("> 4  fileWatcherType = \"none\"");
        assert!(hand.reader.things().iter().any(|thing| marked(&thing.name)), "and marked");
        hand.press(Role::PushButton, "Open the file");
        hand.reader.hears(names.one_act_left);
        hand.press(Role::PushButton, names.restart);
        hand.reader.hears(names.restarted);
        is_fixed(hand.reader, names);
        assert_eq!(hand.presses, 3, "its card, Open the file, Restart the app");
        let written = fs::read_to_string(play.app.project.path("project/.streamlit/config.toml"));
        assert_eq!(written.expect("it is there"), "[server]\nport = 8599\nfileWatcherType = \"poll\"\n");
        hand.press(Role::PushButton, names.done);
        assert!(reader.program.end().success(), "the window closes without an error");
    });
}
