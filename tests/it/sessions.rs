//! Connections to real apps before the first tab, during, and after the last.

use crate::support::apps::{Server, Tab, instances};
use crate::support::stage::until;
use crate::support::streamlit::{Project, installations};
use inotify_doctor::diagnosis::{Finding, judge};
use inotify_doctor::machine::Places;
use inotify_doctor::machine::processes::watched_inodes;
use inotify_doctor::machine::sessions::has_connection;
use inotify_doctor::progress::Progress;
use inotify_doctor::survey::{Request, Survey};
use std::io::{Read, Write};
use std::net::TcpStream;

fn watches(pid: u32) -> usize {
    watched_inodes(&Places::default(), pid).unwrap().iter().map(Vec::len).sum()
}

#[test]
fn a_tab_is_a_connection_and_no_connection_is_no_tab() {
    let here = Places::default();
    for with in installations() {
        let project = Project::of(&[("app.py", "import streamlit as st\nst.write('x')\n"), ("data/", "")]);
        let server = Server::streamlit(&with, &project.path("project"), "app.py");
        let connected = || has_connection(&here, server.pid());
        assert_eq!((connected(), instances(server.pid())), (Some(false), 0), "{}: nobody has it open", with.name);

        let (first, second) = (Tab::of(&with, &server), Tab::of(&with, &server));
        assert_eq!((connected(), watches(server.pid())), (Some(true), 2), "{}: two tabs", with.name);
        assert_eq!(has_connection(&here, first.pid()), None, "{}: a client serves nobody", with.name);
        first.close();
        assert_eq!((connected(), watches(server.pid())), (Some(true), 2), "{}: one tab", with.name);
        second.close();
        until("the app knows that the last tab is closed", || connected() == Some(false) && watches(server.pid()) == 0);
    }
}

/// So a connection alone does not prove that somebody has the app open.
#[test]
fn a_plain_request_leaves_a_connection_and_no_watch() {
    let with = &installations()[0];
    let project = Project::of(&[("app.py", "import streamlit as st\nst.write('x')\n")]);
    let server = Server::streamlit(with, &project.path("project"), "app.py");
    let mut client = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    client.write_all(b"GET /_stcore/health HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    client.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    assert_eq!(has_connection(&Places::default(), server.pid()), Some(true));
    assert_eq!(instances(server.pid()), 0, "it watches nothing");
}

/// Findings about the app of a project as it runs now.
fn found(project: &Project) -> Vec<&'static str> {
    let request = Request { project: Some(project.path("project")), ..Request::default() };
    judge(&Survey::take(&request, &Progress::default()).unwrap()).findings.iter().map(Finding::id).collect()
}

#[test]
fn no_tab_is_no_gap_with_and_without_a_settings_file() {
    for with in installations() {
        for settings in [None, Some("[server]\nrunOnSave = true\n")] {
            let script = ("app.py", "import streamlit as st\nst.write('x')\n");
            let file = settings.map(|text| (".streamlit/config.toml", text));
            let files: Vec<(&str, &str)> = [script, ("data/deep/", "")].into_iter().chain(file).collect();
            let project = Project::of(&files);
            let server = Server::streamlit(&with, &project.path("project"), "app.py");
            let quiet = |when: &str, nobody: bool| {
                let found = found(&project);
                let about = format!("{} with {settings:?}, {when}: {found:?}", with.name);
                assert_eq!(found.contains(&"nobody-has-it-open"), nobody, "{about}");
                assert!(!found.iter().any(|id| ["silent-gap", "app-loops"].contains(id)), "{about}");
            };
            quiet("before the first tab", true);
            let tab = Tab::of(&with, &server);
            quiet("during", false);
            tab.close();
            until("the app knows that the last tab is closed", || {
                has_connection(&Places::default(), server.pid()) == Some(false)
            });
            quiet("after the last tab", true);
        }
    }
}
