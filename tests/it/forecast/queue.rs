//! Real Streamlit with watchdog 7.1 and as many directories as its queue bears, bears until it overflows, does not bear.

use crate::support::apps::Tab;
use crate::support::needed::needed_program;
use crate::support::stage::until;
use crate::support::streamlit::{Installed, Project, installations};
use crate::support::world::World;
use inotify_doctor::diagnosis::error_text::{Circumstances, explain};
use inotify_doctor::diagnosis::{Diagnosis, Finding, Verdict, judge};
use inotify_doctor::machine::Places;
use inotify_doctor::machine::processes::{Span, Steadiness};
use inotify_doctor::progress::Progress;
use inotify_doctor::project::streamlit::queue::{QueueLoad, QueueOutlook};
use inotify_doctor::remedy::streamlit_config::{self, ConfigRequest, project_file};
use inotify_doctor::remedy::{FileWatcher, OwnFolders};
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::verification::{self, Expectation, Outcome};
use inotify_doctor::words::{Language, Words};
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Events that watchdog may have read before its start holds it up: one buffer of the shortest events there are.
const FIRST_READ: u64 = 2048 * (24 + 16) / 16;

/// Events of other things in the folder while an app starts: it reads its script.
const ELSE: u64 = 100;

/// Overflows after which an app does not come to rest any more.
const MANY: usize = 8;

/// An app with one session open, in a user namespace of its own so that its watches are nobody else's.
struct Running<'p> {
    project: &'p Project,
    app: Child,
    tab: Option<Tab>,
}

impl<'p> Running<'p> {
    fn start(project: &'p Project, with: &Installed) -> Self {
        needed_program("/usr/bin/unshare", "util-linux");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = File::create(project.path("log")).unwrap();
        let app = Command::new("/usr/bin/unshare")
            .arg("-Ur")
            .arg(with.python.executable.with_file_name("streamlit"))
            .args(["run", "app.py", "--server.headless=true", "--server.address=127.0.0.1"])
            .args([&format!("--server.port={port}"), "--browser.gatherUsageStats=false"])
            .current_dir(project.path("project"))
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", project.path("home"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut running = Self { project, app, tab: None };
        running.tab = Some(Tab::at_once(with, running.app.id(), port));
        running
    }

    fn observed(&self) -> Steadiness {
        let time = Duration::from_secs(2);
        Steadiness::observe(&Places::default(), self.app.id(), &Span::at_least(time), &Progress::default()).unwrap()
    }

    fn overflows(&self) -> usize {
        fs::read_to_string(self.project.path("log")).unwrap().matches("events were lost").count()
    }

    fn comes_to_rest(&self, watches: u64) {
        until(&format!("{watches} watches stay the same ({} overflows)", self.overflows()), || {
            let observed = self.observed();
            observed.steady && observed.most == watches
        });
    }

    /// Lists the tree on several threads, until the queue has overflowed.
    fn is_pushed(&self) {
        let folder = self.project.path("project");
        let before = self.overflows();
        until("the queue overflows", || {
            std::thread::scope(|scope| {
                (0..4).for_each(|_| drop(scope.spawn(|| list(&folder))));
            });
            self.overflows() > before
        });
    }

    fn loops(&self) {
        until("the queue overflows again and again", || self.overflows() >= MANY);
        until("its watches are others", || !self.observed().steady);
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        drop(self.tab.take());
        let _ = self.app.kill();
        let _ = self.app.wait();
    }
}

fn list(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path());
        }
    }
}

/// A project of exactly so many directories, the script's own counted.
fn project_of(directories: u64) -> Project {
    let project = Project::of(&[("app.py", "import streamlit as st\nst.write('x')\n")]);
    for number in 1..directories {
        let folder = format!("a{}/b{number}", number / 100);
        let folder = if number % 100 == 0 || number == 1 { folder.split('/').next().unwrap() } else { &folder };
        fs::create_dir(project.path("project").join(folder)).unwrap();
    }
    project
}

fn outlook(project: &Project, with: &Installed, directories: u64, queue: u64) -> QueueOutlook {
    let told = project.forecast(with);
    assert_eq!(told.need.watches, directories);
    QueueLoad::of(told.watchdog.as_ref(), &told.need.roots).outlook(queue)
}

#[test]
fn an_app_behaves_as_its_outlook_says() {
    let with = &installations()[0];
    let queue: u64 = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap().trim().parse().unwrap();
    let (most_steady, most_started) = ((queue - ELSE) / 5, (queue - ELSE) / 4);
    for (directories, expected) in [
        (most_steady, QueueOutlook::Steady),
        (most_started, QueueOutlook::UntilOverflow),
        (most_started + FIRST_READ / 4, QueueOutlook::Loops),
    ] {
        let project = project_of(directories);
        assert_eq!(outlook(&project, with, directories, queue), expected, "{directories} directories");
        let app = Running::start(&project, with);
        match expected {
            QueueOutlook::Steady => {
                app.comes_to_rest(directories);
                assert_eq!(app.overflows(), 0, "its start fits into the queue");
                app.is_pushed();
                app.comes_to_rest(directories);
            }
            QueueOutlook::UntilOverflow => {
                app.comes_to_rest(directories);
                assert_eq!(app.overflows(), 0, "its start fits into the queue");
                app.is_pushed();
                app.loops();
            }
            QueueOutlook::Loops => app.loops(),
        }
    }
}

/// A survey of the app's project, as the program takes it.
fn diagnose(project: &Project) -> (Survey, Diagnosis) {
    let request = Request { project: Some(project.path("project")), ..Request::default() };
    let survey = Survey::take(&request, &Progress::default()).unwrap();
    let diagnosis = judge(&survey);
    (survey, diagnosis)
}

fn ids(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis.findings.iter().map(Finding::id).collect()
}

/// A project whose app begins over without end from its start.
fn project_that_loops() -> Project {
    let queue: u64 = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap().trim().parse().unwrap();
    project_of((queue - ELSE) / 4 + FIRST_READ / 4)
}

#[test]
fn an_app_that_loops_is_said_to_loop_and_one_that_nobody_has_open_to_watch_nothing() {
    let with = &installations()[0];
    let project = project_that_loops();
    let mut app = Running::start(&project, with);
    app.loops();
    let (survey, diagnosis) = diagnose(&project);
    let running = &survey.project.as_ref().unwrap().running[0];
    assert_eq!(running.steadiness.as_ref().map(|seen| seen.steady), Some(false));
    assert_eq!(running.session_open, Some(true));
    let found = ids(&diagnosis);
    assert!(found.contains(&"app-loops") && found.contains(&"queue-too-short"), "{found:?}");
    assert!(!found.contains(&"silent-gap"), "what it misses changes from moment to moment: {found:?}");
    assert!(matches!(diagnosis.verdict, Verdict::AppLoops { .. }), "{:?}", diagnosis.verdict);
    let wanted = diagnosis.recommendation.queued_events.unwrap();
    let load = running.next.as_ref().unwrap().need.queue;
    assert_eq!(load.outlook(wanted), QueueOutlook::Steady, "a queue of {wanted} suffices");
    drop(app.tab.take());
    until("the app gives its watches up", || app.observed().most == 0);
    let found = ids(&diagnose(&project).1);
    assert!(found.contains(&"nobody-has-it-open") && !found.contains(&"silent-gap"), "{found:?}");
}

#[test]
fn looking_at_a_project_leaves_its_app_steady_ten_times_out_of_ten() {
    let with = &installations()[0];
    let queue: u64 = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap().trim().parse().unwrap();
    let directories = (queue - ELSE) / 4 - 50;
    let project = project_of(directories);
    let app = Running::start(&project, with);
    app.comes_to_rest(directories);
    for round in 1..=10 {
        let (survey, diagnosis) = diagnose(&project);
        let running = &survey.project.as_ref().unwrap().running[0];
        assert_eq!(running.steadiness.as_ref().map(|seen| seen.steady), Some(true), "round {round}");
        assert_eq!((running.watches, app.overflows()), (directories, 0), "round {round}");
        let found = ids(&diagnosis);
        assert!(found.contains(&"queue-too-short") && !found.contains(&"app-loops"), "round {round}: {found:?}");
    }
}

#[test]
fn what_an_app_that_loops_writes_is_a_problem_with_a_way_out() {
    let with = &installations()[0];
    let project = project_that_loops();
    let app = Running::start(&project, with);
    app.loops();
    let written = fs::read_to_string(project.path("log")).unwrap();
    for line in ["events were lost", "reconciling recursive watches"] {
        let line =
            written.lines().find(|written| written.contains(line)).unwrap_or_else(|| panic!("{line}: {written}"));
        let error = explain(line).unwrap_or_else(|| panic!("{line} is an error"));
        assert_eq!(error.limits(), ["queue"], "{line}");
        let meaning = error.meaning(&Circumstances::default(), &Words::new(Language::English)).join(" ");
        assert!(meaning.contains("max_queued_events"), "the way out is said: {meaning}");
    }
    fs::write(project.path("project/app.log"), &written).unwrap();
    let (survey, diagnosis) = diagnose(&project);
    let logs = &survey.project.as_ref().unwrap().logs;
    assert!(logs.iter().any(|hit| hit.file.ends_with("app.log")), "{logs:?}");
    let found = diagnosis.findings.iter().find(|finding| finding.id() == "error-in-log");
    let found = found.unwrap_or_else(|| panic!("{:?}", ids(&diagnosis)));
    let (words, now) = (Words::new(Language::English), ids(&diagnosis));
    assert!(found.detail(&words).contains("max_queued_events"), "{}", found.detail(&words));
    assert!(now.contains(&"app-loops"), "what is so now is a problem of its own: {now:?}");
    assert!(diagnosis.recommendation.queued_events.is_some(), "{:?}", diagnosis.recommendation);
}

/// How a check ended, where it was run.
fn ended(survey: &Survey, id: &str) -> Option<Outcome> {
    let checks = verification::run(survey, &Expectation::default(), &Progress::default()).unwrap();
    checks.iter().find(|check| check.id() == id).map(|check| check.outcome)
}

#[test]
fn an_app_that_loops_is_mended_by_polling_and_proved_to_be() {
    let with = &installations()[0];
    let project = project_that_loops();
    let app = Running::start(&project, with);
    app.loops();
    let (survey, _) = diagnose(&project);
    assert_eq!(ended(&survey, "queue-now"), Some(Outcome::Failed));
    assert_eq!(ended(&survey, "app-holds-all"), Some(Outcome::Failed));
    drop(app);

    let own = OwnFolders { home: Some(project.path("home")), project: Some(project.path("project")) };
    let poll = ConfigRequest { file_watcher: Some(FileWatcher::Poll), ..ConfigRequest::default() };
    let file = project_file(&project.path("project"));
    let plan = streamlit_config::plan(poll, &file, &own, Some(&project.forecast(with))).unwrap();
    World::new().done(&plan);
    let app = Running::start(&project, with);
    let (survey, diagnosis) = diagnose(&project);
    assert_eq!(ended(&survey, "queue-now"), None, "an app that polls has no queue");
    assert_eq!(ended(&survey, "app-holds-all"), Some(Outcome::Passed));
    assert!(!ids(&diagnosis).iter().any(|id| ["queue-too-short", "app-loops"].contains(id)), "{diagnosis:?}");
    let observed = app.observed();
    assert!(observed.steady && observed.most == 0 && observed.cores() < 0.2, "{observed:?}");
}
