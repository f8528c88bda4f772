//! Restarting running apps from the window: real servers, what they say, and those that do not want to end.

use super::fix::Fixer;
use super::person::Opened;
use super::project::Project;
use crate::support::apps::{Ended, Server, children, instances, variable};
use crate::support::stage::until;
use crate::support::streamlit::{held_with_a_session, installations};
use eframe::egui::{ViewportCommand, ViewportEvent, ViewportId};
use inotify_doctor::remedy::watcher::FILE_WATCHER_VARIABLE;
use inotify_doctor::remedy::{Done, PlanOutcome};
use inotify_doctor::survey::Request;
use inotify_doctor::window::state::fix::Told;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Opens the window on `project`, with the card that restarts its apps open.
fn at_the_card(project: &Path) -> Fixer {
    let mut fixer = Fixer::with(project);
    opens_the_card(&mut fixer);
    fixer
}

fn opens_the_card(fixer: &mut Fixer) {
    if !fixer.sees("cannot be undone; open sessions are lost") {
        fixer.press("Restart the app");
    }
}

/// The new process and its log, as the window tells it.
fn restarted(fixer: &Fixer) -> (Ended, PathBuf) {
    let told = fixer.person.harness.state().state().fix.told.as_ref();
    let Some(Told::Applied(_, PlanOutcome::Applied { done, .. })) = told else { panic!("it is told that it was done") };
    let Some(Done::Restarted { pid, log, .. }) = done.first() else { panic!("a restart was done: {done:?}") };
    (Ended(*pid), log.clone())
}

#[test]
fn a_streamlit_app_is_restarted_with_polling_and_what_it_says_is_shown() {
    let (project, with) = (Project::new(), &installations()[0]);
    let mut old = Server::streamlit(with, project.path(), "app/Main.py");
    let held = held_with_a_session(with, old.pid(), old.port).watches();
    assert_eq!(held, project.watched() as u64, "the app watches its folders");
    let mut fixer = at_the_card(project.path());
    assert!(fixer.sees(&format!("process {}, Main.py", old.pid())), "the app is there to choose");
    fixer.press("poll");
    let line = format!("with {FILE_WATCHER_VARIABLE}=poll in its environment");
    assert!(fixer.sees(&line), "the plan shows what is new");
    assert!(fixer.sees("hot reload by polling"), "the promise follows");
    assert!(old.runs(), "nothing is done before Apply");
    fixer.applies();
    let (new, _) = restarted(&fixer);
    assert!(old.ended().success(), "the old app ended in order");
    assert_eq!(variable(new.0, FILE_WATCHER_VARIABLE).as_deref(), Some("poll"));
    fixer.person.waits_until("what the app says is on screen", |person| person.sees_part("URL:"));
    assert_eq!(held_with_a_session(with, new.0, old.port).watches(), 0, "with a session open, it takes no watch");
    fixer.press("Copy these lines");
    assert!(fixer.person.sees("Copied."), "the press is answered");
    assert_eq!(fixer.person.harness.state().state().fix.choices.as_ref().map(|it| it.app), Some(Some(new.0)));
    assert!(fixer.sees("hot reload by polling"), "as before is polling now");
    // Another day, in another window.
    let mut later = Fixer::at_home(project.path(), fixer.home);
    opens_the_card(&mut later);
    later.press("Show what the app says");
    later.person.waits_until("what the app says is on screen", |person| person.sees_part("URL:"));
}

#[test]
fn a_flag_of_the_command_is_said_to_win_over_the_new_setting() {
    let project = Project::new();
    let _app = Pretended::start(&project, "", &["--server.fileWatcherType=auto"]);
    let mut fixer = at_the_card(project.path());
    fixer.press("none");
    assert!(fixer.sees("The command line sets server.fileWatcherType too, and wins."));
    let after = fixer.person.harness.state().state().fix.offers.as_ref().and_then(|offers| offers.restart.clone());
    let promise = after.and_then(|offer| offer.plan.ok()).expect("it can be planned").promise;
    assert_eq!(promise.watches_after, Some(project.watched() as u64), "the promise is what will be true");
}

/// A process that is called as Streamlit is, and handles signals as the test wants it.
struct Pretended {
    child: Child,
    ready: PathBuf,
}

impl Pretended {
    fn start(project: &Project, signals: &str, flags: &[&str]) -> Self {
        let program = format!(
            "import os, signal, sys, time\n{signals}\nopen('ready', 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
        );
        let (app, ready) = (project.write("bin/streamlit", &program), project.path().join("ready"));
        let mut command = Command::new("/usr/bin/python3");
        command.arg(app).args(["run", "app/Main.py"]).args(flags).current_dir(project.path());
        // What it writes into a file, as this test may, would go on into that.
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let app = Self { child: command.spawn().expect("python3 can be started"), ready };
        app.is_ready();
        app
    }

    /// Waits until it has set up how it ends; its process id.
    fn is_ready(&self) -> u32 {
        until("the app is ready", || fs::read_to_string(&self.ready).is_ok_and(|text| !text.is_empty()));
        let pid = fs::read_to_string(&self.ready).expect("it was there");
        fs::remove_file(&self.ready).expect("it was there");
        pid.parse().expect("a process id")
    }
}

impl Drop for Pretended {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const DEAF: &str = "for one in (signal.SIGINT, signal.SIGTERM): signal.signal(one, lambda *_: None)";

#[test]
fn an_app_that_ends_at_no_request_is_killed_only_when_that_is_ticked() {
    let project = Project::new();
    let mut app = Pretended::start(&project, DEAF, &[]);
    let other = Pretended::start(&project, "", &["--server.port=1"]);
    let mut fixer = at_the_card(project.path());
    fixer.press(&format!("process {}, Main.py", app.child.id()));
    assert!(!fixer.sees("SIGKILL)"), "force is not offered before it was asked");
    fixer.applies();
    let pid = app.child.id();
    assert!(fixer.sees(&format!("Process {pid} does not end")), "it is told that it runs on");
    assert!(fixer.sees("It can be ended by force"), "and what can be done about it");
    assert!(app.child.try_wait().expect("it can be asked").is_none(), "it runs on");
    fixer.press("It did not end when asked. End it by force (SIGKILL)");
    assert!(fixer.sees("It is ended by force (SIGKILL), at once"), "the plan says so");
    assert!(!fixer.sees("It is asked to end"), "and nothing else");
    fixer.press(&format!("process {}, Main.py", other.child.id()));
    assert!(!fixer.sees("SIGKILL)"), "force is for no other app");
    fixer.press(&format!("process {pid}, Main.py"));
    fixer.press("It did not end when asked. End it by force (SIGKILL)");
    fixer.applies();
    let _new = restarted(&fixer);
    assert_eq!(app.child.wait().expect("it can be asked").signal(), Some(9));
}

#[test]
fn why_an_app_did_not_start_again_is_shown_in_its_own_words() {
    let project = Project::new();
    let _app = Pretended::start(&project, "", &[]);
    let mut fixer = at_the_card(project.path());
    let error = "OSError: [Errno 28] inotify watch limit reached";
    project.write("bin/streamlit", &format!("raise SystemExit({error:?})\n"));
    fixer.applies();
    fixer.person.waits_until("its last words are on screen", |person| person.sees_part(error));
    let logs = &fixer.person.harness.state().state().fix.logs;
    assert!(logs[0].1.lines[0].is_error, "the line is marked as an error: {logs:?}");
    assert!(fixer.sees("This process has ended."));
}

#[test]
fn a_worker_forked_off_an_app_is_no_app_of_its_own() {
    let project = Project::new();
    let app = Pretended::start(&project, "if os.fork() == 0: time.sleep(600); sys.exit()", &[]);
    let worker = Ended(children(app.child.id())[0]);
    let fixer = at_the_card(project.path());
    assert!(fixer.sees(&format!("process {}, Main.py", app.child.id())));
    assert!(!fixer.sees(&format!("process {},", worker.0)), "ending a worker restarts nothing");
}

const APP: &str = "async def app(scope, receive, send):
    await send({'type': 'http.response.start', 'status': 204, 'headers': []})
    await send({'type': 'http.response.body', 'body': b''})
";

#[test]
fn uvicorn_is_restarted_by_the_process_that_watches() {
    let project = Project::new();
    project.write("main.py", APP);
    let mut old = Server::uvicorn(project.path(), &["--reload"]);
    let workers = children(old.pid());
    until("the reloader watches", || instances(old.pid()) == 1);
    let mut fixer = at_the_card(project.path());
    assert!(fixer.sees(&format!("process {}, uvicorn main:app --port", old.pid())), "it is there to choose");
    assert!(!workers.iter().any(|worker| fixer.sees(&format!("process {worker},"))), "what it started is not");
    let running = &fixer.person.harness.state().state().facts.ready().expect("there are facts").survey.project;
    assert!(running.as_ref().expect("there is a project").running.is_empty(), "it is no Streamlit app");
    assert!(!fixer.person.sees("auto"), "it has no such setting");
    fixer.press("poll");
    assert!(fixer.sees("with WATCHFILES_FORCE_POLLING=true in its environment"));
    fixer.applies();
    let (new, log) = restarted(&fixer);
    assert!(old.ended().success(), "the old one ended in order");
    until("it serves again", || fs::read_to_string(&log).is_ok_and(|text| text.contains("startup complete")));
    assert_eq!(instances(new.0), 0, "it polls");
    assert!(fixer.sees(&format!("process {}, uvicorn main:app", new.0)), "it is there though it holds no instance");
    assert!(fixer.sees("hot reload by polling"), "as before is polling now");
    for worker in children(new.0) {
        drop(Ended(worker));
    }
}

/// Asks the window to close; whether it stays.
fn asks_to_close(fixer: &mut Fixer) -> bool {
    let harness = &mut fixer.person.harness;
    harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    harness.step();
    commands(fixer).contains(&ViewportCommand::CancelClose)
}

fn commands(fixer: &Fixer) -> Vec<ViewportCommand> {
    let output = fixer.person.harness.output().viewport_output.get(&ViewportId::ROOT);
    output.map(|output| output.commands.clone()).unwrap_or_default()
}

#[test]
fn a_window_closed_while_something_is_being_done_closes_when_it_is_done() {
    let project = Project::new();
    let slow = "def end(*_):\n    while not os.path.exists('may-end'): time.sleep(0.01)\n    os._exit(0)\n\
                signal.signal(signal.SIGINT, end)";
    let mut app = Pretended::start(&project, slow, &[]);
    let mut fixer = at_the_card(project.path());
    assert!(!asks_to_close(&mut fixer), "a window where nothing is done closes at once");
    fixer.person.press("Apply");
    assert!(asks_to_close(&mut fixer), "it stays while the app is being restarted");
    assert!(fixer.sees("Being done."), "and says why");
    assert!(!commands(&fixer).contains(&ViewportCommand::Close), "not yet");
    project.write("may-end", "");
    until("the window closes", || {
        fixer.person.harness.step();
        commands(&fixer).contains(&ViewportCommand::Close)
    });
    let (new, _) = restarted(&fixer);
    assert!(app.child.wait().expect("it can be asked").success(), "the old app ended in order");
    assert_eq!(app.is_ready(), new.0, "the new one runs");
}

#[test]
fn what_a_crash_interrupted_is_finished_from_the_window() {
    let project = Project::new();
    let mut fixer = Fixer::with(project.path());
    fixer.press("Stop Streamlit watching files");
    fixer.applies();
    let file = project.path().join(".streamlit/config.toml");
    let wanted = fs::read(&file).expect("it was written");
    // As after a crash right before the file was written: the folder is made, the file is only announced.
    let entry = fixer.journal().join("journal/0001.jsonl");
    let lines = fs::read_to_string(&entry).expect("the journal has it");
    let begun: Vec<&str> = lines.lines().take_while(|line| !line.contains("file-written")).collect();
    fs::write(&entry, begun.join("\n") + "\n").expect("it can be written");
    fs::remove_file(&file).expect("it was written");
    let mut tomorrow = Fixer::at_home(project.path(), fixer.home);
    assert!(tomorrow.sees("Interrupted") || tomorrow.sees("interrupted"), "it is told");
    tomorrow.press("Finish");
    assert_eq!(fs::read(&file).expect("it is there"), wanted, "the rest was done as it was planned");
    assert!(tomorrow.sees("File written"), "it is told what was done");
    tomorrow.press("Undo");
    assert!(!file.exists(), "and it can be taken back as a whole");
}

#[test]
fn the_app_that_was_picked_stays_picked_when_it_is_restarted() {
    let project = Project::new();
    let app = Pretended::start(&project, "", &[]);
    let home = tempfile::tempdir().expect("a temporary folder");
    let variables = [("HOME".into(), home.path().into())].into();
    let request = Request { variables, ..Request::default() };
    let mut person = Opened { size: [1120.0, 4000.0], request, ..Opened::default() }.open();
    let pid = app.child.id();
    let card = format!("streamlit run app/Main.py, process {pid}");
    person.waits_until("running apps are found", |person| person.sees(&card));
    person.press(&card);
    person.waits_until("the survey is taken", |person| person.harness.state().state().facts.ready().is_some());
    person.press("Fix");
    let mut fixer = Fixer { person, home };
    fixer.waits_for_the_plans();
    opens_the_card(&mut fixer);
    fixer.press("none");
    fixer.applies();
    let (new, _) = restarted(&fixer);
    let state = fixer.person.harness.state().state();
    assert_eq!(state.request.running.as_ref().map(|(pid, _)| *pid), Some(new.0));
    let survey = &state.facts.ready().expect("there are facts").survey;
    let streamlit = survey.project.as_ref().and_then(|project| project.streamlit.as_ref());
    assert_eq!(streamlit.map(|it| it.need.watches), Some(0), "what is new in its environment counts");
}
