//! The third step: remedies applied and taken back through the window, on a real project with a home of its own.

use super::fixtures;
use super::person::{Opened, Person};
use super::project::Project;
use crate::support::stage::until;
use crate::support::world::in_another_process;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use inotify_doctor::survey::Request;
use inotify_doctor::window::state::WizardStep;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

pub(super) const SETTINGS: &str = ".streamlit/config.toml";
pub(super) const STOP_WATCHING: &str = "Stop Streamlit watching files";

/// Someone on the third step, with a home folder of their own.
pub(super) struct Fixer {
    pub(super) person: Person,
    pub(super) home: tempfile::TempDir,
}

impl Fixer {
    /// Opens the window on `project` and goes to the step Fix.
    pub(super) fn with(project: &Path) -> Self {
        Self::at_home(project, tempfile::tempdir().expect("a temporary folder"))
    }

    /// The same, with a home where this program was used before.
    pub(super) fn at_home(project: &Path, home: tempfile::TempDir) -> Self {
        let variables = [("HOME".into(), home.path().into())].into();
        let request = Request { project: Some(project.into()), variables, ..Request::default() };
        let mut person = Opened { size: [1120.0, 2400.0], request, ..Opened::default() }.open();
        person.waits_until("the survey is taken", |person| person.harness.state().state().facts.ready().is_some());
        person.press("Fix");
        let mut fixer = Self { person, home };
        fixer.waits_for_the_plans();
        fixer
    }

    /// Until every card shows the plan for what is chosen, on the newest facts.
    pub(super) fn waits_for_the_plans(&mut self) {
        self.person.waits_until("the plans are made", |person| {
            let state = person.harness.state().state();
            state.fix.doing.is_none() && state.fix.is_current() && state.facts.ready().is_some()
        });
    }

    pub(super) fn press(&mut self, name: &str) {
        self.person.press(name);
        self.waits_for_the_plans();
    }

    /// Presses `Apply` and waits for what came of it.
    pub(super) fn applies(&mut self) {
        // Where root runs the tests, that Apply would reach the machine's own kernel.
        assert!(!self.person.sees("New limit"), "these tests never raise the limit of the machine they run on");
        self.person.press("Apply");
        self.person
            .waits_until("it is told what came of it", |person| person.harness.state().state().fix.told.is_some());
        self.comes_back();
        self.waits_for_the_plans();
    }

    /// What was applied is proved at once; comes back from there to this step.
    fn comes_back(&mut self) {
        if !self.person.harness.state().state().fix.has_applied() {
            return;
        }
        self.person.waits_until("the proof is there", |person| {
            let state = person.harness.state().state();
            state.step == WizardStep::Verify && state.verify.is_checked() && state.verify.running.is_none()
        });
        self.person.press_tab("Fix");
    }

    pub(super) fn sees(&self, part: &str) -> bool {
        self.person.sees_part(part)
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.home.path().join(".local/state/inotify-doctor")
    }
}

pub(super) fn text(file: &Path) -> String {
    fs::read_to_string(file).expect("the file can be read")
}

#[test]
fn the_settings_file_is_changed_as_shown_and_comes_back_byte_for_byte() {
    let project = Project::new();
    let before = "# mine\n[server]\nport = 8501 # here\n";
    let file = project.write(SETTINGS, before);
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    assert!(fixer.sees("+ fileWatcherType = \"none\""), "the new line is shown before anything is done");
    assert_eq!(text(&file), before, "nothing is done before Apply");
    fixer.applies();
    assert!(fixer.sees("File written"), "it is told what was done");
    let after = text(&file);
    assert!(after.contains("fileWatcherType = \"none\"") && after.contains("# here"), "{after}");
    assert!(fixer.journal().is_dir(), "the change is in the journal of this home");
    let watcher = fixer.person.harness.state().state().facts.ready();
    let need = watcher.and_then(|judged| judged.survey.project.as_ref()?.streamlit.as_ref().map(|it| it.need.watches));
    assert_eq!(need, Some(0), "the facts were taken anew: the app needs no watches now");
    fixer.press("Undo");
    assert!(fixer.sees("Taken back."), "it is told");
    assert!(fixer.sees("config.toml holds again what it held before:"), "and what is as it was");
    assert!(fixer.sees("- fileWatcherType = \"none\""), "line by line");
    assert_eq!(text(&file), before, "every byte is back");
}

#[test]
fn what_was_changed_yesterday_is_listed_with_its_undo() {
    let project = Project::new();
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    fixer.applies();
    let file = project.path().join(SETTINGS);
    assert!(file.is_file(), "folder and file were made");
    let variables = [("HOME".into(), fixer.home.path().into())].into();
    let request = Request { project: Some(project.path().into()), variables, ..Request::default() };
    let person = Opened { size: [1120.0, 2400.0], request, ..Opened::default() }.open();
    let mut tomorrow = Fixer { person, home: fixer.home };
    tomorrow.person.press("Fix");
    tomorrow.waits_for_the_plans();
    assert!(tomorrow.sees("Changed by this program"), "the change is listed");
    tomorrow.press("Undo");
    assert!(!file.exists() && !project.path().join(".streamlit").exists(), "file and folder are gone again");
    assert!(!tomorrow.sees("Changed by this program"), "nothing is left to take back");
    assert!(tomorrow.sees("config.toml was not there before. It is gone again."));
    assert!(tomorrow.sees(".streamlit was not there before. It is gone again."));
}

#[test]
fn someone_elses_edit_after_the_preview_is_respected_and_shown() {
    let project = Project::new();
    let file = project.write(SETTINGS, "[server]\nport = 1\n");
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    let edited = "[server]\nport = 2\n";
    fs::write(&file, edited).expect("the file can be written");
    fixer.applies();
    assert!(fixer.sees("was changed meanwhile"), "it is told what changed");
    assert_eq!(text(&file), edited, "nothing was done");
    assert!(fixer.sees("port = 2"), "the plan was made anew and shows the new state");
    fixer.applies();
    assert!(text(&file).contains("port = 2") && text(&file).contains("\"none\""), "applied on what is there now");
}

#[test]
fn undo_refuses_where_someone_else_has_changed_the_file_since() {
    let project = Project::new();
    let file = project.write(SETTINGS, "[server]\n");
    let mut fixer = Fixer::with(project.path());
    fixer.press(STOP_WATCHING);
    fixer.applies();
    let edited = text(&file) + "port = 3\n";
    fs::write(&file, &edited).expect("the file can be written");
    fixer.press("Undo");
    assert!(fixer.sees("someone else has changed this since"), "it says why");
    assert!(fixer.sees("+ port = 3"), "the difference is shown");
    assert_eq!(text(&file), edited, "nothing was done");
}

#[test]
fn a_broken_settings_file_is_corrected_only_as_shown() {
    let project = Project::new();
    let file = project.write(SETTINGS, "[server]\nfileWatcherType = none\n");
    let mut fixer = Fixer::with(project.path());
    if !fixer.sees("Line 2 is the first that is wrong") {
        fixer.press("Repair the settings file");
    }
    assert!(fixer.sees("+ fileWatcherType = \"none\""), "the corrected line is offered");
    fixer.applies();
    assert_eq!(text(&file), "[server]\nfileWatcherType = \"none\"\n");
    fixer.press("Undo");
    assert_eq!(text(&file), "[server]\nfileWatcherType = none\n", "even the mistake comes back");
}

#[test]
fn the_variable_goes_into_the_launch_script_or_is_copied() {
    let project = Project::new();
    let script = project.path().join("run.sh");
    let before = text(&script);
    let mut fixer = Fixer::with(project.path());
    fixer.press("Set it for one launch");
    let command = "STREAMLIT_SERVER_FILE_WATCHER_TYPE=none streamlit run app/Main.py";
    assert!(fixer.person.sees(command), "the command for bash is there to copy");
    assert!(fixer.person.sees(&format!("env {command}")), "and the one for fish");
    assert!(fixer.sees("this launch only"), "it says how long it holds");
    fixer.press("in run.sh");
    fixer.applies();
    assert!(text(&script).contains("export STREAMLIT_SERVER_FILE_WATCHER_TYPE=none\n"), "{}", text(&script));
    fixer.press("Undo");
    assert_eq!(text(&script), before);
}

#[test]
fn the_session_gets_the_variable_in_its_own_folder() {
    let project = Project::new();
    let mut fixer = Fixer::with(project.path());
    fixer.press("Set it for one launch");
    fixer.press("for the desktop session");
    fixer.applies();
    let file = fixer.home.path().join(".config/environment.d/60-inotify-doctor.conf");
    assert!(text(&file).contains("STREAMLIT_SERVER_FILE_WATCHER_TYPE=none"));
    fixer.press("Undo");
    assert!(!file.exists(), "the file is gone again");
}

#[test]
fn caches_go_to_the_trash_except_what_an_install_needs() {
    let data = tempfile::tempdir().expect("a temporary folder");
    in_another_process(&["env"], &[("XDG_DATA_HOME", data.path().as_os_str())], || {
        let project = Project::new();
        let cache = project.write("app/__pycache__/Main.cpython-311.pyc", "code");
        let kept = project.write("pkg.egg-info/PKG-INFO", "Name: pkg\n");
        let mypy = project.write(".mypy_cache/a.json", "{}");
        let mut fixer = Fixer::with(project.path());
        fixer.press("Need fewer directories");
        assert!(fixer.sees("*.egg-info is not ticked"), "the reason is given");
        fixer.press(".mypy_cache");
        fixer.applies();
        assert!(!cache.exists(), "the ticked cache is gone");
        assert!(kept.exists() && mypy.exists(), "what is not ticked stays");
        fixer.press("Undo");
        assert_eq!(text(&cache), "code", "it came back from the trash");
        assert!(fixer.sees("__pycache__ is back from the trash."), "and that is told");
    });
}

/// A process that is called as Streamlit is and holds one watch.
const APP: &str = "import ctypes, os, time
libc = ctypes.CDLL(None)
libc.inotify_add_watch(libc.inotify_init1(0), b'app', 2)
open('ready', 'w').write(str(os.getpid()))
time.sleep(600)
";

/// Ends it, also when a test fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_running_app_is_restarted_when_chosen_and_only_then() {
    let project = Project::new();
    let (app, ready) = (project.write("bin/streamlit", APP), project.path().join("ready"));
    let mut command = Command::new("/usr/bin/python3");
    command.arg(app).args(["run", "app/Main.py"]).current_dir(project.path());
    let mut old = Running(command.spawn().expect("python3 can be started"));
    until("the app is ready", || fs::read_to_string(&ready).is_ok_and(|text| !text.is_empty()));
    let mut fixer = Fixer::with(project.path());
    if !fixer.person.sees("Apply") || !fixer.sees("cannot be undone; open sessions are lost") {
        fixer.press("Restart the app");
    }
    let pid = old.0.id().to_string();
    assert!(fixer.sees(&format!("End process {pid} and start it again")), "it is shown what will be done");
    assert!(old.0.try_wait().expect("it can be asked").is_none(), "nothing is done before Apply");
    fs::remove_file(&ready).expect("the sign can be taken away");
    fixer.applies();
    assert!(fixer.sees("The app runs as process"), "its new number is told");
    assert!(old.0.try_wait().expect("it can be asked").is_some(), "the old one has ended");
    until("the new app is ready", || fs::read_to_string(&ready).is_ok_and(|text| !text.is_empty()));
    let new: i32 = text(&ready).parse().expect("a process id");
    let new = rustix::process::Pid::from_raw(new).expect("a process id");
    assert!(!fixer.person.sees("Undo"), "a restart cannot be taken back, and nothing pretends so");
    rustix::process::kill_process(new, rustix::process::Signal::KILL).expect("the new app runs");
}

#[test]
fn cards_are_opened_by_keyboard_one_at_a_time() {
    let project = Project::new();
    let mut fixer = Fixer::with(project.path());
    for (card, inside) in [(STOP_WATCHING, "Run on save"), ("Set it for one launch", "bash, zsh")] {
        fixer.person.harness.get_by_label(card).focus();
        fixer.person.keys(Modifiers::NONE, Key::Enter);
        assert!(fixer.person.sees(inside), "Enter opens “{card}”");
    }
    assert!(!fixer.person.sees("Run on save"), "the other card is closed again");
}

#[test]
fn the_raise_is_shown_to_the_last_line_before_anything_is_done() {
    let mut person = Opened { size: [1120.0, 2400.0], ..Opened::default() }.open().shown(fixtures::starved());
    person.press("Fix");
    person.waits_until("the plans are made", |person| person.harness.state().state().fix.is_current());
    for line in [
        "+ /etc/sysctl.d/99-zz-inotify-doctor.conf",
        "+ fs.inotify.max_user_watches = 524288",
        "  now: fs.inotify.max_user_watches 8192 → 524288",
        "Recommended",
        "41,233 of 524,288",
    ] {
        assert!(person.sees(line), "“{line}” is on screen");
    }
    person.press("Show the script that runs as root");
    assert!(person.sees_part("# This runs as root and does only this:"), "the whole script is there");
    assert!(person.sees_part("/bin/sh -c … inotify-doctor raise 524288 0 0 now-and-boot"));
    person.press("Only until the reboot");
    person.waits_until("the plan is made anew", |person| person.harness.state().state().fix.is_current());
    assert!(!person.sees("+ /etc/sysctl.d/99-zz-inotify-doctor.conf"), "no file is written then");
    assert!(person.sees_part("until-reboot"));
}

#[test]
fn a_limit_that_cannot_be_set_is_answered_with_what_would_be_right() {
    let mut person = Opened { size: [1120.0, 2400.0], ..Opened::default() }.open().shown(fixtures::starved());
    person.press("Fix");
    person.waits_until("the plans are made", |person| person.harness.state().state().fix.is_current());
    for (typed, answer) in [
        ("100", "100 is lower than the 8,192 in force"),
        ("9999999999", "is not possible: a limit is a whole number from 1 to 2,147,483,647"),
        ("many", "“many” is not a whole number"),
    ] {
        person.replace_text("New limit", typed);
        person.waits_until("the plans are made anew", |person| person.harness.state().state().fix.is_current());
        let answer = answer.replace(['“', '”'], "\"");
        assert!(person.sees_part(&answer), "“{typed}” is answered with “{answer}”");
        let apply = person.harness.get_by_role_and_label(Role::Button, "Apply");
        assert!(apply.accesskit_node().is_disabled(), "“{typed}” cannot be applied");
    }
}
