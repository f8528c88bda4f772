//! Apps that are not started by a plain `streamlit run SCRIPT`.

use crate::support::apps::Server;
use crate::support::streamlit::{Installed, Project, installations};
use inotify_doctor::progress::Progress;
use inotify_doctor::project::LaunchCommand;
use inotify_doctor::survey::{Request, Survey};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A browser's tab, open until it is dropped.
struct Tab(Child);

impl Tab {
    fn open(with: &Installed, server: &Server) -> Self {
        let mut tab = Command::new(&with.python.executable)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/hold_session.py"))
            .args(["--attach", &server.pid().to_string(), &server.port.to_string()])
            .env("HOLD", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = String::new();
        BufReader::new(tab.stdout.take().unwrap()).read_line(&mut told).unwrap();
        assert!(told.contains("instances"), "the app answers: {told}");
        Self(tab)
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

const LAUNCHER: &str = "import sys\nfrom streamlit.web.cli import main\n\
                        sys.argv = ['streamlit', 'run', 'ui/app.py'] + sys.argv[1:]\nmain()\n";

#[test]
fn an_app_with_a_launcher_of_its_own_is_found_by_what_it_watches() {
    for with in installations() {
        let project = Project::of(&[
            ("start_it.py", LAUNCHER),
            ("ui/app.py", "import streamlit as st\nimport lib.x\n"),
            ("ui/lib/x.py", ""),
            ("data/", ""),
        ]);
        let server = Server::launched(&with, &project.path("project"), "start_it.py");
        let _tab = Tab::open(&with, &server);
        let request = Request { project: Some(project.path("project")), ..Request::default() };
        let survey = Survey::take(&request, &Progress::default()).unwrap();
        let running = survey.project.unwrap().running;
        let app = running.iter().find(|app| app.pid == server.pid());
        let app = app.unwrap_or_else(|| panic!("{}: not among {}", with.name, running.len()));
        assert_eq!(app.launch.script, project.path("project/ui/app.py"), "{}", with.name);
        assert_eq!(app.session_open, Some(true), "{}", with.name);
        let gap = app.gap.as_ref().unwrap();
        assert_eq!((gap.expected, gap.unwatched_count), (app.watches, 0), "{}: {gap:?}", with.name);
    }
}

#[test]
fn the_demonstration_is_counted_as_it_is() {
    let with = &installations()[0];
    let project = Project::of(&[("app.py", "import streamlit\n"), ("data/a/b/", "")]);
    let program = with.python.executable.with_file_name("streamlit");
    let command = LaunchCommand::parse(&[program.into(), "hello".into()]);
    let request = Request { project: Some(project.path("project")), command, ..Request::default() };
    let survey = Survey::take(&request, &Progress::default()).unwrap();
    let project = survey.project.unwrap();
    let script = project.script.unwrap().path;
    assert!(script.ends_with("streamlit/hello/streamlit_app.py"), "{}", script.display());
    let need = project.streamlit.unwrap().need;
    let here = need.roots.iter().any(|root| root.path.starts_with(&project.root));
    assert!(!here && need.watches > 0, "nothing of the project is counted: {need:?}");
}
