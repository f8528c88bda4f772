//! The whole story: a real app that runs out of watches, and someone who mends it in a real window by what a screen
//! reader says. Every number is held against a count of /proc that shares no code with the program.

use crate::support::atspi::{Buses, Role, State};
use crate::support::counted::{holders, watched_inodes};
use crate::support::exhausted::App;
use crate::support::screen_reader::ScreenReader;
use crate::support::world::in_another_process;
use crate::support::xvfb::{Display, Waited};
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, Instant};

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

/// Runs `body` in there.
fn in_a_namespace<Body: FnOnce()>(limit: &str, body: Body) {
    let namespaces = ["--map-root-user", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
    let wrapper: Vec<&str> = ["unshare"].into_iter().chain(namespaces).chain(["sh", "-ec", INSIDE, "sh"]).collect();
    // Process ids mean something else in there, and those of X servers are in their lock files.
    let outside = env::var_os(DISPLAY).is_none().then(Display::start);
    let display = outside.as_ref().map(Display::name).unwrap_or_default();
    let variables = [("LIMIT", OsStr::new(limit)), (DISPLAY, OsStr::new(display))];
    in_another_process(&wrapper, &variables, body);
}

fn nothing_of_the_machine_can_be_changed() {
    let covered = rustix::fs::statvfs("/proc/sys/fs").expect("it is there").f_flag;
    assert!(covered.contains(rustix::fs::StatVfsMountFlags::RDONLY), "the machine's own limits are out of reach");
    let devices = fs::read_to_string("/proc/self/net/dev").expect("it is there");
    let devices: Vec<_> =
        devices.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()).collect();
    assert_eq!(devices, ["lo"], "there is no way out of this computer");
}

#[test]
fn an_app_that_ran_out_of_watches_is_mended_and_proved_from_the_window() {
    in_a_namespace(LIMIT, || {
        nothing_of_the_machine_can_be_changed();
        watches_are_short();
    });
}

#[test]
fn an_app_that_loops_is_mended_by_keyboard_alone_and_rests() {
    in_a_namespace("100000", || {
        nothing_of_the_machine_can_be_changed();
        queue_is_short();
    });
}

/// Someone who presses things, each press counted.
struct Presser<'r, 'a> {
    reader: &'r mut ScreenReader<'a>,
    presses: usize,
    by_keyboard: bool,
}

impl<'r, 'a> Presser<'r, 'a> {
    fn new(reader: &'r mut ScreenReader<'a>, by_keyboard: bool) -> Self {
        Self { reader, presses: 0, by_keyboard }
    }

    fn press(&mut self, role: Role, name: &str) {
        self.presses += 1;
        if !self.by_keyboard {
            return self.reader.press(role, name);
        }
        self.reader.waits_until(&format!("the {role:?} “{name}” can be pressed"), |reader| {
            reader.find(role, name).is_some_and(|thing| thing.is(State::Sensitive))
        });
        let here =
            |reader: &ScreenReader<'_>| reader.focused().is_some_and(|thing| thing.role == role && thing.name == name);
        // Tab alone leads there, whatever has the keyboard now.
        while !here(self.reader) {
            let before = self.reader.focused().map(|thing| thing.path);
            self.reader.program.presses("Tab");
            self.reader.waits_until(&format!("Tab leads on, to “{name}”"), |reader| {
                reader.focused().is_some_and(|thing| Some(thing.path) != before)
            });
        }
        self.reader.program.presses("Return");
    }
}

/// From the app's card to "It is fixed." in three presses; the new process.
fn three_presses(reader: &mut ScreenReader<'_>, app: &App, old: u32, by_keyboard: bool, headline: &str) -> u32 {
    let mut person = Presser::new(reader, by_keyboard);
    let card = format!("streamlit {}, process {old}", app.arguments().join(" "));
    person.press(Role::ToggleButton, &card);
    person.reader.waits_until("the judgement is the heading", |reader| reader.heading().contains(headline));
    person
        .reader
        .waits_until("what needs no administrator is recommended", |reader| reader.reads("Let Streamlit poll"));
    person.press(Role::PushButton, "Fix it");
    person.reader.hears("done: Change the project's Streamlit settings");
    let written = fs::read_to_string(app.project.path("project/.streamlit/config.toml")).expect("it was written");
    assert!(written.contains("fileWatcherType = \"poll\""), "{written}");
    person.reader.hears("One act is left: restart the app.");
    person.press(Role::PushButton, "Restart the app");
    person.reader.hears("done: Restart the app");
    person.reader.hears("It is fixed.");
    assert_eq!(person.presses, 3, "its card, Fix it, Restart the app");
    assert_eq!(person.reader.heading(), "It is fixed.");
    assert!(!person.reader.reads("failed"), "nothing failed: {:#?}", person.reader.things());
    assert!(person.reader.find(Role::PushButton, "Done").is_some(), "that is where it ends");
    let apps = app.processes();
    assert_eq!(apps.len(), 1, "one app runs, no longer as process {old}: {apps:?}");
    assert_ne!(apps[0], old, "the app is another process now");
    apps[0]
}

fn watches_are_short() {
    let display = Display::of_another(&env::var(DISPLAY).expect("a display was started"));
    let (buses, app) = (Buses::start(), App::of_folders(FOLDERS));
    let first = app.start();
    let session = app.opens_a_session(first);
    let error = app.waits_for_the_error();

    let mut reader = ScreenReader::open(&display, &buses, &app.project.path("home"), "en_US.UTF-8");
    reader.writes("Have an error message?", &error);
    reader.hears("A program asked for a watch and your account had none left.");
    let headline = diagnosis_of(&app, first);
    let second = three_presses(&mut reader, &app, first, false, &headline);
    drop(session);
    let _session = app.opens_a_session(second);
    report_is_true(&mut reader, &app, second);
    reader.press(Role::PushButton, "Close");
    reader.press(Role::PushButton, "Done");
    assert!(reader.program.end().success(), "the window closes without an error");
}

/// The judgement with the numbers that /proc gives.
fn diagnosis_of(app: &App, pid: u32) -> String {
    let folders = app.folders();
    let seen = watched_inodes(pid);
    let missed = folders.iter().filter(|folder| !seen.contains(&folder.metadata().unwrap().ino())).count();
    assert!(missed > 0, "under this limit the app cannot watch all of its {} folders", folders.len());
    format!("Streamlit cannot watch {missed} of your folders: the limit is too low.")
}

/// Folders of the app that loops: more than a queue of 16,384 events bears.
const MANY_FOLDERS: usize = 6_000;

fn queue_is_short() {
    let queue = number_in("/proc/sys/fs/inotify/max_queued_events");
    assert!(queue < 5 * MANY_FOLDERS as u64, "this machine's queue of {queue} is long enough, so nothing can be shown");
    let display = Display::of_another(&env::var(DISPLAY).expect("a display was started"));
    let (buses, app) = (Buses::start(), App::with(MANY_FOLDERS, "streamlit-1.67-watchdog-7"));
    let first = app.start();
    let _tab = app.opens_a_session_at_once(first);
    let waited = Waited::begin();
    while newest_watch(first) < 3 * MANY_FOLDERS as u64 {
        waited.a_moment(|| format!("the app takes its watches anew, again and again: {}", newest_watch(first)));
    }
    let busy = busy(first);
    let mut reader = ScreenReader::open(&display, &buses, &app.project.path("home"), "en_US.UTF-8");
    let loops = "Your app restarts its watching without end: the event queue is too short.";
    let second = three_presses(&mut reader, &app, first, true, loops);
    let _tab = app.opens_a_session(second);
    let rests = self::busy(second);
    assert!(rests < 0.1, "the app rests: {rests} of a core, after {busy} before");
    reader.program.presses("ctrl+q");
    assert!(reader.program.end().success(), "the window closes without an error");
}

/// The highest number of a watch that the process holds: each one that is taken anew gets a new number.
fn newest_watch(pid: u32) -> u64 {
    let infos = fs::read_dir(format!("/proc/{pid}/fdinfo")).expect("the app runs").flatten();
    let texts = infos.filter_map(|info| fs::read_to_string(info.path()).ok());
    let number = |line: &str| u64::from_str_radix(line.strip_prefix("inotify wd:")?.split(' ').next()?, 16).ok();
    texts.flat_map(|text| text.lines().filter_map(number).collect::<Vec<_>>()).max().unwrap_or(0)
}

/// Share of a core that a process uses, over some seconds.
fn busy(pid: u32) -> f64 {
    let ticks = || {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("the app runs");
        let fields: Vec<&str> = stat.rsplit(')').next().expect("a name in brackets").split_whitespace().collect();
        let number = |place: usize| fields[place].parse::<u32>().expect("a number");
        number(11) + number(12)
    };
    let (before, begun) = (ticks(), Instant::now());
    std::thread::sleep(Duration::from_secs(4));
    f64::from(ticks() - before) / 100.0 / begun.elapsed().as_secs_f64()
}

fn report_is_true(reader: &mut ScreenReader<'_>, app: &App, pid: u32) {
    reader.press_first(Role::PushButton, "Export report…");
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
