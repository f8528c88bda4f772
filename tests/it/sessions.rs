//! Connections to real apps before the first tab, during, and after the last.

use crate::support::apps::{Server, instances};
use crate::support::stage::until;
use crate::support::streamlit::{Installed, Project, installations};
use inotify_doctor::machine::Places;
use inotify_doctor::machine::processes::watched_inodes;
use inotify_doctor::machine::sessions::has_connection;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A browser's tab that somebody has open.
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

    /// As a browser does it, with a word to the app.
    fn close(mut self) {
        drop(self.0.stdin.take());
        self.0.wait().unwrap();
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

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

        let (first, second) = (Tab::open(&with, &server), Tab::open(&with, &server));
        assert_eq!((connected(), watches(server.pid())), (Some(true), 2), "{}: two tabs", with.name);
        assert_eq!(has_connection(&here, first.0.id()), None, "{}: a client serves nobody", with.name);
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
