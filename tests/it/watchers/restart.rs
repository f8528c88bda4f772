//! Real watchers restarted by the program, told to poll: ended, and started again as they were; and those that another
//! program has started, which are left to it.

use super::real::{Project, Running, Start, watches_of};
use crate::support::apps::{Ended, variable};
use crate::support::world::World;
use inotify_doctor::diagnosis;
use inotify_doctor::machine::Places;
use inotify_doctor::progress::Progress;
use inotify_doctor::remedy::offer::{Case, Obstacle, Offer};
use inotify_doctor::remedy::{Done, FileWatcher, PlanOutcome, RemedyError};
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::watchers::WatcherKind;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

fn project() -> Project {
    Project::of(&[
        "main.py: async def app(scope, receive, send):\n    pass\n",
        "index.html: <p>",
        "package.json: {}",
        "server.js: require('http').createServer((_, answer) => answer.end()).listen(process.argv[2])",
        "src/index.js: export default 1",
        "src/a/b/c.js",
    ])
}

/// What the program offers for the server of this kind in the project: with its process.
fn offered(project: &Project, kind: WatcherKind) -> (u32, Offer) {
    let home = project.path().parent().unwrap().join("home");
    let variables = [("HOME".into(), home.into()), ("PATH".into(), "/usr/bin:/bin".into())].into();
    let request = Request { project: Some(project.path()), variables, ..Request::default() };
    let survey = Survey::take(&request, &Progress::default()).unwrap();
    let case = Case::of(&survey, &diagnosis::judge(&survey), &request.variables, &Places::default());
    let servers = &survey.project.as_ref().unwrap().servers;
    let server = servers.iter().find(|server| server.kind == kind).unwrap_or_else(|| panic!("{kind:?} is found"));
    (server.pid, case.restart_with(server.pid, Some(FileWatcher::Poll), false))
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what} did not happen within a minute");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Restarts it; the new process holds nothing, and is otherwise as the old one was.
fn restarted(kind: WatcherKind, start: &Start, port: u16) {
    let (project, world) = (project(), World::new());
    let mut old = start.run(&project.path());
    assert!(old.held(false).1.len() > 1, "{kind:?} watches at first");
    let (pid, offer) = offered(&project, kind);
    let of_process = |pid: u32, file: &str| fs::read(format!("/proc/{pid}/{file}")).unwrap();
    let (command, cwd) = (of_process(pid, "cmdline"), fs::read_link(format!("/proc/{pid}/cwd")).unwrap());
    let plan = offer.plan.unwrap();
    assert_eq!(plan.promise.watches_after, Some(0), "{kind:?}");
    let PlanOutcome::Applied { done, .. } = world.apply(&plan) else { panic!("{kind:?} is restarted") };
    let [Done::Restarted { pid: new, .. }] = done[..] else { panic!("{done:?}") };
    let _new = Ended(new);
    assert!(old.has_ended(), "{kind:?}: the old one has ended");
    let polling = kind.polling().unwrap();
    assert_eq!(variable(new, polling.name).as_deref(), Some(polling.value));
    assert_eq!(of_process(new, "cmdline"), command, "{kind:?}");
    assert_eq!(fs::read_link(format!("/proc/{new}/cwd")).unwrap(), cwd);
    let answers = |host: &str| TcpStream::connect((host, port)).is_ok();
    until("an answer", || answers("127.0.0.1") || answers("::1"));
    assert!(Path::new(&format!("/proc/{new}")).exists(), "{kind:?} runs on");
    assert_eq!(watches_of(new), 0, "{kind:?} holds what was promised");
}

#[test]
fn what_a_person_has_started_is_restarted_and_polls() {
    let [vite, nodemon, uvicorn] = std::array::from_fn(|_| free_port());
    let cases = [
        (WatcherKind::Vite, Start::node("vite/bin/vite.js", &format!("--port {vite}")), vite),
        (WatcherKind::Nodemon, Start::node("nodemon/bin/nodemon.js", &format!("server.js {nodemon}")), nodemon),
        (
            WatcherKind::Uvicorn,
            Start::python("uvicorn-0.54", "uvicorn", &format!("main:app --reload --port {uvicorn}")),
            uvicorn,
        ),
    ];
    std::thread::scope(|scope| {
        let threads = cases.iter().map(|(kind, start, port)| scope.spawn(|| restarted(*kind, start, *port)));
        threads.collect::<Vec<_>>().into_iter().for_each(|thread| thread.join().unwrap());
    });
}

#[test]
fn what_another_program_has_started_is_left_to_it() {
    let vite = Start::node("vite/bin/vite.js", "--port 0");
    let line = vite.command.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    for (file, text, launch, starter) in [
        ("package.json", format!("{{ \"scripts\": {{ \"dev\": \"{line}\" }} }}"), &["npm", "run", "dev"][..], "npm"),
        ("dev.sh", format!("#!/bin/sh\n{line}\necho it has ended\n"), &["sh", "dev.sh"], "dev.sh"),
    ] {
        let project = project();
        fs::write(project.path().join(file), text).unwrap();
        let mut running: Running =
            Start { command: launch.iter().map(Into::into).collect(), ..Start::default() }.run(&project.path());
        assert!(running.held(false).1.len() > 1);
        let (pid, offer) = offered(&project, WatcherKind::Vite);
        let by = RemedyError::StartedBy { pid, starter: starter.to_owned() };
        assert_eq!(offer.plan, Err(Obstacle::Remedy(by)), "{file}");
        assert!(!running.has_ended(), "{file}: it runs on");
    }
}

/// webpack writes its name over its command line.
#[test]
fn what_hides_its_command_line_is_not_ended() {
    let project = project();
    let start = Start::node("webpack/bin/webpack.js", "--watch --mode development --entry ./src/index.js");
    let mut running = start.run(&project.path());
    assert!(running.held(false).1.len() > 1);
    let (pid, offer) = offered(&project, WatcherKind::Webpack);
    assert_eq!(offer.plan, Err(Obstacle::Remedy(RemedyError::CommandUnknown { pid })));
    assert!(!running.has_ended());
}
