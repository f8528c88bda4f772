//! A real window that is left alone does not draw: its main thread, which draws, is not even woken.

use super::project::Project;
use crate::support::atspi::{Buses, Role, State};
use crate::support::screen_reader::{APART, ScreenReader};
use crate::support::xvfb::{Display, Waited};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long it is left alone.
const ALONE: Duration = Duration::from_secs(30);
/// How long it may take until it is left with nothing to do.
const SETTLES: Duration = Duration::from_secs(90);

#[test]
fn a_window_left_alone_makes_no_frame_on_any_step() {
    let pages = [
        &[(Role::PageTab, "Project")][..],
        &[(Role::PageTab, "Diagnosis"), (Role::PushButton, "Details"), (Role::PageTab, "Folders")],
        &[(Role::PageTab, "Diagnosis"), (Role::PushButton, "Details"), (Role::PageTab, "Processes")],
        &[(Role::PageTab, "Fix"), (Role::ToggleButton, "Stop Streamlit watching files")],
        &[(Role::PageTab, "Verify")],
    ];
    // Side by side, because each takes its time.
    std::thread::scope(|scope| {
        for page in pages {
            scope.spawn(move || rests_on(page));
        }
    });
}

#[test]
fn the_table_of_processes_follows_what_happens_without_a_touch() {
    let (display, buses) = (Display::start(), Buses::start());
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = home.path().join("watched.log");
    fs::write(&file, "").expect("a file can be written");
    let mut reader = ScreenReader::open(&display, &buses, home.path(), "en_US.UTF-8");
    reader.press(Role::PageTab, "Diagnosis");
    reader.press(Role::PushButton, "Details");
    reader.waits_for(Role::Entry, "Filter processes");
    reader.writes("Filter processes", "watched.log");
    reader.waits_until("no such process is there", |reader| reader.find(Role::ToggleButton, "tail").is_none());

    let mut tail =
        Command::new("tail").arg("-f").arg(&file).stdout(Stdio::null()).spawn().expect("tail can be started");
    reader.waits_for(Role::ToggleButton, "tail");
    reader.press(Role::ToggleButton, "tail");
    reader.waits_until("its command line can be read", |reader| reader.reads(&format!("tail -f {}", file.display())));
    tail.kill().and_then(|()| tail.wait()).expect("it can be ended");
    reader.waits_until("it has left the table", |reader| reader.find(Role::ToggleButton, "tail").is_none());
}

fn rests_on(page: &[(Role, &str)]) {
    let (display, buses, project) = (Display::start(), Buses::start(), Project::new());
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut reader = ScreenReader::open_through(&APART, &display, &buses, home.path(), "en_US.UTF-8");
    reader.types("Project folder", project.path().to_str().expect("a plain path"));
    reader.program.presses("Return");
    reader.waits_for(Role::ComboBox, "Python");
    for (role, name) in page {
        reader.press(*role, name);
        reader.waits_until("it is chosen", |reader| {
            // What opens the details is not itself chosen.
            let opens = *role == Role::PushButton;
            opens || reader.is(*role, name, State::Selected) || reader.is(*role, name, State::Pressed)
        });
    }
    if page.iter().any(|(_, name)| *name == "Processes") {
        reader.waits_for(Role::ToggleButton, "tail");
    }
    let window = only_child(reader.program.pid());
    let before = woken(window);
    reader.program.presses("Tab");
    reader.waits_until("the count tells when the window draws", |_| woken(window) > before);
    is_left_alone(page, window);
}

/// Waits for a stretch of time in which the window was never woken.
fn is_left_alone(page: &[(Role, &str)], window: u32) {
    let begun = Instant::now();
    let (mut count, mut since) = (woken(window), Instant::now());
    while since.elapsed() < ALONE {
        let now = woken(window);
        if now != count {
            (count, since) = (now, Instant::now());
            assert!(begun.elapsed() < SETTLES, "{page:?}: the window is woken again and again with nobody touching it");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// How often the main thread went to sleep of its own accord: once after each time it was woken.
fn woken(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/task/{pid}/status")).expect("the program runs");
    let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line.and_then(|count| count.trim().parse().ok()).expect("the kernel counts")
}

/// What `unshare` started.
fn only_child(pid: u32) -> u32 {
    let waited = Waited::begin();
    loop {
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
        if let Ok(child) = children.trim().parse() {
            return child;
        }
        waited.a_moment(|| format!("process {pid} has one child: {children:?}"));
    }
}
