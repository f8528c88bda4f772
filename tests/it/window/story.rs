//! The whole story: a real app that runs out of watches, and someone who mends it in a real window by what a screen
//! reader says. Every number is held against a count of /proc that shares no code with the program.

use crate::support::atspi::{Buses, Role, State};
use crate::support::counted::{holders, watched_inodes};
use crate::support::exhausted::App;
use crate::support::screen_reader::ScreenReader;
use crate::support::world::in_another_process;
use crate::support::xvfb::Display;
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt;

/// A user, mount, process and network namespace with a limit of its own. The machine's limits are covered: they can be
/// read there and not written. There is no network but the loopback, where the app listens.
const INSIDE: &str = "ip link set lo up && mount --bind /proc/sys/fs /proc/sys/fs \
    && mount -o remount,bind,ro,nosuid,nodev,noexec /proc/sys/fs \
    && echo \"$LIMIT\" > /proc/sys/user/max_inotify_watches && exec \"$@\"";
const LIMIT: &str = "150";
/// Names the display of the window.
const DISPLAY: &str = "INOTIFY_DOCTOR_TEST_DISPLAY";
/// Folders with data; more than the limit.
const FOLDERS: usize = 320;

#[test]
fn an_app_that_ran_out_of_watches_is_mended_and_proved_from_the_window() {
    let namespaces = ["--map-root-user", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
    let wrapper: Vec<&str> = ["unshare"].into_iter().chain(namespaces).chain(["sh", "-ec", INSIDE, "sh"]).collect();
    // Process ids mean something else in there, and those of X servers are in their lock files.
    let outside = env::var_os(DISPLAY).is_none().then(Display::start);
    let display = outside.as_ref().map(Display::name).unwrap_or_default();
    let variables = [("LIMIT", OsStr::new(LIMIT)), (DISPLAY, OsStr::new(display))];
    in_another_process(&wrapper, &variables, || {
        let covered = rustix::fs::statvfs("/proc/sys/fs").expect("it is there").f_flag;
        assert!(covered.contains(rustix::fs::StatVfsMountFlags::RDONLY), "the machine's own limits are out of reach");
        let devices = fs::read_to_string("/proc/self/net/dev").expect("it is there");
        let devices: Vec<_> =
            devices.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()).collect();
        assert_eq!(devices, ["lo"], "there is no way out of this computer");
        story();
    });
}

fn story() {
    let display = Display::of_another(&env::var(DISPLAY).expect("a display was started"));
    let (buses, app) = (Buses::start(), App::of_folders(FOLDERS));
    let first = app.start();
    let session = app.opens_a_session(first);
    let error = app.waits_for_the_error();

    let mut reader = ScreenReader::open(&display, &buses, &app.project.path("home"), "en_US.UTF-8");
    reader.writes("Have an error message?", &error);
    reader.hears("A program asked for a watch and your account had none left.");
    diagnosis_is_true(&mut reader, &app, first);
    settings_are_changed(&mut reader, &app);
    let second = app_is_restarted(&mut reader, &app, first);
    drop(session);
    let _session = app.opens_a_session(second);
    checks_pass(&mut reader);
    report_is_true(&mut reader, &app, second);
    reader.program.presses("ctrl+q");
    assert!(reader.program.end().success(), "the window closes without an error");
}

/// The running app is chosen by its card; the verdict's numbers are those of /proc.
fn diagnosis_is_true(reader: &mut ScreenReader<'_>, app: &App, pid: u32) {
    let card = format!("streamlit {}, process {pid}", app.arguments().join(" "));
    reader.press(Role::ToggleButton, &card);
    let folders = app.folders();
    let seen = watched_inodes(pid);
    let missed = folders.iter().filter(|folder| !seen.contains(&folder.metadata().unwrap().ino())).count();
    assert!(missed > 0, "under this limit the app cannot watch all of its {} folders", folders.len());
    let held: u64 = holders().values().map(|(_, watches)| watches).sum();
    let verdict = format!(
        "Your app misses {missed} folders of the {} it should watch. Your account may hold {LIMIT} watches and uses {held}.",
        folders.len()
    );
    reader.hears(&verdict);
    reader.press(Role::PushButton, "Next");
    reader.waits_until("the verdict is the heading", |reader| reader.heading().starts_with(&verdict));
}

fn settings_are_changed(reader: &mut ScreenReader<'_>, app: &App) {
    let (stop, poll) = ("Stop Streamlit watching files", "Let Streamlit poll the files");
    reader.press(Role::PageTab, "Fix");
    reader.press(Role::ToggleButton, stop);
    reader.waits_until("the card is open", |reader| reader.is(Role::ToggleButton, stop, State::Pressed));
    reader.press(Role::RadioButton, "poll");
    reader.waits_until("polling is chosen", |reader| reader.is(Role::ToggleButton, poll, State::Pressed));
    reader.press(Role::PushButton, "Apply");
    reader.hears("done: Change the project's Streamlit settings");
    let written = fs::read_to_string(app.project.path("project/.streamlit/config.toml")).expect("it was written");
    assert!(written.contains("fileWatcherType = \"poll\""), "{written}");
}

/// The app is restarted from its card; the new process.
fn app_is_restarted(reader: &mut ScreenReader<'_>, app: &App, old: u32) -> u32 {
    let card = "Restart the app";
    reader.waits_for(Role::ToggleButton, card);
    if !reader.is(Role::ToggleButton, card, State::Pressed) {
        reader.press(Role::ToggleButton, card);
    }
    reader.waits_until("the app is the one to be restarted", |reader| {
        reader.is(Role::ToggleButton, card, State::Pressed)
            && reader.is(Role::RadioButton, &format!("process {old}, app.py"), State::Checked)
    });
    reader.press(Role::PushButton, "Apply");
    reader.hears("done: Restart the app");
    let apps = app.processes();
    assert_eq!(apps.len(), 1, "one app runs, no longer as process {old}: {apps:?}");
    assert_ne!(apps[0], old, "the app is another process now");
    apps[0]
}

fn checks_pass(reader: &mut ScreenReader<'_>) {
    reader.press(Role::PageTab, "Verify");
    reader.waits_for(Role::PushButton, "Run checks");
    reader.heard();
    reader.press(Role::PushButton, "Run checks");
    reader.hears(" passed");
    assert!(!reader.reads("failed"), "nothing failed: {:#?}", reader.things());
}

fn report_is_true(reader: &mut ScreenReader<'_>, app: &App, pid: u32) {
    reader.press(Role::PushButton, "Export report…");
    reader.press(Role::ComboBox, "Format");
    reader.press(Role::ToggleButton, "JSON");
    let file = app.project.path("report.json");
    reader.writes("Save as", file.to_str().expect("a plain path"));
    reader.press(Role::PushButton, "Save");
    reader.hears("Saved to ");
    let report: Value = serde_json::from_slice(&fs::read(&file).expect("it was written")).expect("it is JSON");

    let held = holders();
    let sum = |of: fn(&(u64, u64)) -> u64| held.values().map(of).sum::<u64>();
    assert_eq!(report["account"]["watches"], sum(|(_, watches)| *watches), "{held:?}");
    assert_eq!(report["account"]["instances"], sum(|(instances, _)| *instances), "{held:?}");
    let processes = report["processes"].as_array().expect("a list");
    let told = processes.iter().map(|process| {
        let number = |key: &str| process[key].as_u64().expect("a number");
        (u32::try_from(number("pid")).unwrap(), (number("instances"), number("watches")))
    });
    let told: BTreeMap<u32, (u64, u64)> = told.filter(|(_, (instances, _))| *instances > 0).collect();
    assert_eq!(told, held, "each process with what it holds");

    let [running] = report["streamlit"]["running"].as_array().expect("a list").as_slice() else {
        panic!("one app runs: {}", report["streamlit"]["running"])
    };
    assert_eq!(running["pid"], pid);
    assert_eq!(running["watches"], held.get(&pid).map_or(0, |(_, watches)| *watches));
    assert_eq!(report["streamlit"]["watcher"], "poll");
    assert_eq!(report["streamlit"]["needed"]["watches"], 0);
    for key in ["max_user_watches", "max_user_instances", "max_queued_events"] {
        assert_eq!(report["limits"][key]["now"], number_in(&format!("/proc/sys/fs/inotify/{key}")), "{key}");
    }
    assert_eq!(report["namespace_limits"]["watches"], number_in("/proc/sys/user/max_inotify_watches"));
    assert_eq!(report["namespace_limits"]["watches"].to_string(), LIMIT);
    let checks = report["verification"].as_array().expect("a list");
    assert!(!checks.is_empty(), "what was proved is in the report");
    assert!(checks.iter().all(|check| check["passed"] != false), "{checks:#?}");
    for id in ["settings", "running-apps", "app-holds-all"] {
        let passed = checks.iter().find(|check| check["id"] == id).map(|check| &check["passed"]);
        assert_eq!(passed, Some(&Value::Bool(true)), "{id}: {checks:#?}");
    }
    let changes = report["changes"].to_string();
    assert!(
        changes.contains("config.toml") && changes.contains("inotify-doctor undo 1"),
        "what can be undone: {changes}"
    );
}

fn number_in(file: &str) -> u64 {
    fs::read_to_string(file).unwrap().trim().parse().unwrap()
}
