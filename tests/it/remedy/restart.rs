//! Real apps ended and started again: the same command, folder and environment plus what is new.

use crate::support::apps::{Ended, Server, children};
use crate::support::streamlit::{Project, installations};
use crate::support::world::World;
use inotify_doctor::remedy::watcher::FILE_WATCHER_VARIABLE;
use inotify_doctor::remedy::{Change, Done, Plan, PlanOutcome, RemedyError, Stale, restart};
use rustix::process::Pid;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what} did not happen within a minute");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn restarted(outcome: PlanOutcome) -> (Ended, PathBuf) {
    match outcome {
        PlanOutcome::Applied { mut done, .. } => match done.pop() {
            Some(Done::Restarted { pid, log, .. }) => (Ended(pid), log),
            other => panic!("a restart's result is {other:?}"),
        },
        other => panic!("the app should be restarted, not {other:?}"),
    }
}

fn of_process(pid: u32, file: &str) -> Vec<u8> {
    fs::read(format!("/proc/{pid}/{file}")).unwrap()
}

#[test]
fn a_streamlit_app_is_restarted_with_the_new_variable() {
    let with = &installations()[0];
    let project = Project::of(&[("app.py", "import streamlit\n")]);
    let world = World::new();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let answers = || TcpStream::connect(("127.0.0.1", port)).is_ok();
    let mut old = Command::new(with.python.executable.parent().unwrap().join("streamlit"))
        .args(["run", "app.py", "--server.headless=true", "--server.address=127.0.0.1"])
        .arg(format!("--server.port={port}"))
        .current_dir(project.path("project"))
        .env_clear()
        .envs([("PATH", "/usr/bin:/bin".into()), ("HOME", project.path("home")), ("KEPT", "as it was".into())])
        .stdout(fs::File::create(world.path("said")).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _old = Ended(old.id());
    // It answers before it has set up how it ends.
    until("the app's address", || fs::read_to_string(world.path("said")).unwrap().contains("URL:"));
    let new = vec![(FILE_WATCHER_VARIABLE.to_owned(), "none".to_owned())];
    let plan = restart::plan(old.id(), new, false, None).unwrap();
    let (command, cwd) = (of_process(old.id(), "cmdline"), fs::read_link(format!("/proc/{}/cwd", old.id())).unwrap());
    let (app, log) = restarted(world.apply(&plan));
    let ended = old.wait().unwrap();
    assert!(ended.success(), "the old app ended in order, not by {ended}");
    until("the new app's answer", answers);
    assert_eq!(of_process(app.0, "cmdline"), command);
    assert_eq!(fs::read_link(format!("/proc/{}/cwd", app.0)).unwrap(), cwd);
    let environment = String::from_utf8(of_process(app.0, "environ")).unwrap();
    let has = |entry: &str| environment.split('\0').any(|one| one == entry);
    assert!(has("KEPT=as it was") && has(&format!("{FILE_WATCHER_VARIABLE}=none")), "{environment:?}");
    let session = rustix::process::getsid(Pid::from_raw(i32::try_from(app.0).unwrap())).unwrap();
    assert_eq!(session.as_raw_nonzero().get(), i32::try_from(app.0).unwrap(), "it has a session of its own");
    until("its log", || fs::read_to_string(&log).unwrap().contains(&port.to_string()));
    let journal = fs::read_to_string(world.path("state/journal/0001.jsonl")).unwrap();
    assert!(!journal.contains("as it was"), "the journal does not know the environment");
}

/// An app that writes what it says and its errors to these; it has started.
fn writing(output: impl Into<Stdio>, errors: impl Into<Stdio>, started: &Path) -> Child {
    let program = "import signal, sys, time\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\n\
                   print('said', flush=True)\nprint('failed', file=sys.stderr, flush=True)\n\
                   open(sys.argv[1], 'w').close()\ntime.sleep(600)\n";
    let mut command = Command::new("/usr/bin/python3");
    command.args(["-c", program]).arg(started).stdout(output).stderr(errors);
    let app = command.spawn().unwrap();
    until("the app has started", || started.exists());
    fs::remove_file(started).unwrap();
    app
}

/// An app that writes to this test alone, wherever the test itself writes: what goes into a file would go on into it.
fn stdout_piped(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Restarts it; the file that it writes into, and whether that is its own.
fn restarts(world: &World, mut old: Child, started: &Path) -> (Ended, PathBuf, bool) {
    let _old = Ended(old.id());
    let outcome = world.apply(&plan(&old, false));
    old.wait().unwrap();
    let PlanOutcome::Applied { done, .. } = outcome else { panic!("it is restarted, not {outcome:?}") };
    let [Done::Restarted { pid, log, kept }] = done.as_slice() else { panic!("{done:?}") };
    until("the new app has started", || started.exists());
    fs::remove_file(started).unwrap();
    (Ended(*pid), log.clone(), *kept)
}

#[test]
fn an_app_goes_on_writing_into_the_files_that_its_owner_follows() {
    let world = World::new();
    let (file, other, started) = (world.path("app.log"), world.path("errors.log"), world.path("started"));
    let text = |path: &Path| fs::read_to_string(path).unwrap();

    fs::write(&file, "before\n").unwrap();
    let both = fs::OpenOptions::new().append(true).open(&file).unwrap();
    let old = writing(both.try_clone().unwrap(), both, &started);
    let (_new, log, kept) = restarts(&world, old, &started);
    assert_eq!((log.as_path(), kept), (file.as_path(), true));
    assert_eq!(text(&file), "before\nsaid\nfailed\nsaid\nfailed\n", "nothing is cut off, the new words come after");

    // As a shell redirects it: without appending. A pipe beside it is nobody's any more.
    let old = writing(fs::File::create(&file).unwrap(), Stdio::piped(), &started);
    let (_new, log, kept) = restarts(&world, old, &started);
    assert_eq!((log.as_path(), kept), (file.as_path(), true));
    assert_eq!(text(&file), "said\nsaid\nfailed\n");

    let old = writing(fs::File::create(&file).unwrap(), fs::File::create(&other).unwrap(), &started);
    let (_new, log, kept) = restarts(&world, old, &started);
    assert_eq!((log.as_path(), kept), (other.as_path(), true), "errors matter most");
    assert_eq!((text(&file), text(&other)), ("said\nsaid\n".to_owned(), "failed\nfailed\n".to_owned()));

    let old = writing(fs::File::create(&file).unwrap(), Stdio::null(), &started);
    let (_new, ..) = restarts(&world, old, &started);
    assert_eq!(text(&file), "said\nsaid\n", "what was thrown away is thrown away");
}

#[test]
fn what_went_to_a_pipe_or_a_deleted_file_goes_into_a_log_of_this_program() {
    let world = World::new();
    let (file, started) = (world.path("app.log"), world.path("started"));
    let logs = world.path("state/logs");
    let old = writing(Stdio::piped(), Stdio::piped(), &started);
    let (_new, log, kept) = restarts(&world, old, &started);
    assert_eq!((log.parent(), kept), (Some(logs.as_path()), false));
    assert_eq!(fs::read_to_string(&log).unwrap(), "said\nfailed\n");

    let both = fs::File::create(&file).unwrap();
    let old = writing(both.try_clone().unwrap(), both, &started);
    fs::remove_file(&file).unwrap();
    let (_new, log, kept) = restarts(&world, old, &started);
    assert_eq!((log.parent(), kept), (Some(logs.as_path()), false), "nobody could read it");
    assert!(!file.exists());
}

/// A Python program that handles the named signals by doing nothing, and has said that it is ready.
fn stubborn(ignored: &str) -> Child {
    let program = format!(
        "import signal,time\nfor s in ({ignored}):\n signal.signal(s, lambda *_: None)\nprint('ready', flush=True)\n\
         while True:\n time.sleep(60)\n"
    );
    let mut child = stdout_piped(Command::new("/usr/bin/python3").args(["-c", &program]));
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    child
}

fn plan(app: &Child, kill: bool) -> Plan {
    restart::plan(app.id(), Vec::new(), kill, None).unwrap()
}

#[test]
fn an_app_that_ignores_the_first_request_is_asked_more_firmly() {
    let world = World::new();
    let mut old = stubborn("signal.SIGINT,");
    let _old = Ended(old.id());
    let (new, log) = restarted(world.apply(&plan(&old, false)));
    use std::os::unix::process::ExitStatusExt;
    assert_eq!(old.wait().unwrap().signal(), Some(15));
    until("the new one's word", || fs::read_to_string(&log).unwrap() == "ready\n");
    drop(new);
}

#[test]
fn an_app_that_ignores_every_request_is_killed_only_when_asked_again() {
    let world = World::new();
    let mut old = stubborn("signal.SIGINT, signal.SIGTERM");
    let _old = Ended(old.id());
    let still = PlanOutcome::Failed { error: RemedyError::StillRunning { pid: old.id() }, left: Vec::new() };
    assert_eq!(world.apply(&plan(&old, false)), still);
    assert!(old.try_wait().unwrap().is_none(), "it runs on");
    let (_new, _) = restarted(world.apply(&plan(&old, true)));
    use std::os::unix::process::ExitStatusExt;
    assert_eq!(old.wait().unwrap().signal(), Some(9));
}

#[test]
fn a_process_that_only_has_the_same_number_is_not_touched() {
    let world = World::new();
    let mut other = stubborn("");
    let _other = Ended(other.id());
    let mut plan = plan(&other, false);
    let Change::Restart(restart) = &mut plan.changes[0] else { panic!("it is a restart") };
    restart.started_ticks -= 1;
    assert_eq!(world.apply(&plan), PlanOutcome::Stale(vec![Stale::ProcessGone { pid: other.id() }]));
    assert!(other.try_wait().unwrap().is_none(), "it runs on");
}

#[test]
fn an_app_that_cannot_start_again_says_why() {
    let world = World::new();
    let script = world.file("app.py", "print('ready', flush=True)\nimport time\ntime.sleep(60)\n");
    let mut old = stdout_piped(Command::new("/usr/bin/python3").arg(&script));
    let _old = Ended(old.id());
    BufReader::new(old.stdout.as_mut().unwrap()).read_line(&mut String::new()).unwrap();
    let plan = plan(&old, false);
    fs::write(&script, "raise SystemExit('the port is taken')\n").unwrap();
    match world.apply(&plan) {
        PlanOutcome::Failed { error: RemedyError::DidNotStart { log: Some(log), .. }, .. } => {
            assert_eq!(fs::read_to_string(log).unwrap(), "the port is taken\n");
        }
        other => panic!("{other:?}"),
    }
    old.wait().unwrap();
}

#[test]
fn an_app_whose_folder_is_gone_is_not_ended() {
    let world = World::new();
    fs::create_dir(world.project("gone")).unwrap();
    let mut old = Command::new("sleep").arg("60").current_dir(world.project("gone")).spawn().unwrap();
    let _old = Ended(old.id());
    // The kernel lets go of the one who starts a program before it has told its command line.
    until("its command line", || !of_process(old.id(), "cmdline").is_empty());
    fs::remove_dir(world.project("gone")).unwrap();
    let outcome = world.apply(&plan(&old, false));
    assert!(matches!(outcome, PlanOutcome::Failed { error: RemedyError::Vanished { .. }, .. }), "{outcome:?}");
    assert!(old.try_wait().unwrap().is_none(), "it runs on");
}

#[test]
fn a_killed_uvicorn_takes_its_workers_along_and_its_port_is_free_again() {
    let world = World::new();
    let main = "async def app(scope, receive, send):\n    pass\n";
    world.file("main.py", main);
    let mut old = Server::uvicorn(&world.project(""), &["--workers", "2"]);
    let workers = children(old.pid());
    assert!(workers.len() >= 2, "it has workers: {workers:?}");
    let (new, log) = restarted(world.apply(&restart::plan(old.pid(), Vec::new(), true, None).unwrap()));
    use std::os::unix::process::ExitStatusExt;
    assert_eq!(old.ended().signal(), Some(9));
    until("it serves again", || fs::read_to_string(&log).unwrap().contains("Application startup complete"));
    for worker in workers {
        until("the end of what it had started", || !PathBuf::from(format!("/proc/{worker}/exe")).exists());
    }
    for worker in children(new.0) {
        drop(Ended(worker));
    }
}
