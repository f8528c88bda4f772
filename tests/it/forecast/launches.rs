//! Apps that are not started by a plain `streamlit run SCRIPT`.

use crate::support::apps::{Server, Tab};
use crate::support::streamlit::{Project, installations};
use inotify_doctor::progress::Progress;
use inotify_doctor::project::LaunchCommand;
use inotify_doctor::survey::{Request, Survey};

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
        let _tab = Tab::of(&with, &server);
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
