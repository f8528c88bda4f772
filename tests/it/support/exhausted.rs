//! A real Streamlit app, started as a person starts it, with its log in a file.

use super::counted::pids;
use super::streamlit::{Project, installations};
use super::xvfb::Waited;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The app, in a project of its own.
pub(crate) struct App {
    pub(crate) project: Project,
    streamlit: PathBuf,
    python: PathBuf,
    port: u16,
}

impl App {
    /// With so many folders of data, more files each with its content, and the installation whose name begins so.
    pub(crate) fn of(count: usize, more: &[(&str, &str)], installation: &str) -> Self {
        let folders: Vec<String> = (0..count).map(|number| format!("data/{number:03}/")).collect();
        let script = [("app.py", "import streamlit as st\n\nst.write('hello')\n")];
        let folders = folders.iter().map(|folder| (folder.as_str(), ""));
        let files: Vec<_> = script.into_iter().chain(more.iter().copied()).chain(folders).collect();
        let with = installations().into_iter().find(|with| with.name.starts_with(installation)).unwrap();
        let python = with.python.executable;
        let streamlit = python.with_file_name("streamlit");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { project: Project::of(&files), streamlit, python, port }
    }

    /// What stands behind `streamlit`.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let port = format!("--server.port={}", self.port);
        let rest = ["--server.headless=true", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"];
        ["run", "app.py", &port].into_iter().chain(rest).map(str::to_owned).collect()
    }

    /// Starts it as a person does in a terminal; its process.
    pub(crate) fn start(&self) -> u32 {
        let log = File::create(self.project.path("app.log")).unwrap();
        let app = Command::new(&self.streamlit)
            .args(self.arguments())
            .current_dir(self.project.path("project"))
            .env_clear()
            .envs([("PATH", PathBuf::from("/usr/bin:/bin")), ("HOME", self.project.path("home"))])
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .expect("streamlit can be started");
        let pid = app.id();
        // It is waited for as soon as it ends, as a shell does: the window asks it to end.
        std::thread::spawn(move || app.wait_with_output());
        pid
    }

    /// Opens the app as a browser does, and keeps it open; everything that it watches is watched then.
    pub(crate) fn opens_a_session(&self, pid: u32) -> Session {
        self.opens(pid, false)
    }

    /// The same of an app whose watches never stay the same.
    pub(crate) fn opens_a_session_at_once(&self, pid: u32) -> Session {
        self.opens(pid, true)
    }

    fn opens(&self, pid: u32, at_once: bool) -> Session {
        const OPEN: &str = "import asyncio, sys, types\n\
            sys.path.insert(0, sys.argv[1])\n\
            import hold_session\n\
            app = types.SimpleNamespace(pid=int(sys.argv[3]), poll=lambda: None)\n\
            assert hold_session.listens(int(sys.argv[2]), app)\n\
            asyncio.run(hold_session.session(int(sys.argv[2]), app, {}))\n";
        let mut browser = Command::new(&self.python)
            .args(["-c", OPEN, concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support")])
            .args([self.port.to_string(), pid.to_string()])
            .env("HOLD", "1")
            .envs(at_once.then_some(("AT_ONCE", "1")))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the session can be opened");
        let mut settled = String::new();
        BufReader::new(browser.stdout.take().unwrap()).read_line(&mut settled).unwrap();
        assert!(settled.contains("instances"), "the app answers: {settled}\n{}", self.log());
        Session(browser)
    }

    /// The line that people paste.
    pub(crate) fn waits_for_the_error(&self) -> String {
        let waited = Waited::begin();
        loop {
            let log = self.log();
            if let Some(line) = log.lines().find(|line| line.contains("inotify watch limit reached")) {
                return line.trim().to_owned();
            }
            waited.a_moment(|| format!("the app fails: {log}"));
        }
    }

    /// What it has said so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.project.path("app.log")).unwrap()
    }

    /// Every folder at and below the script's.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let mut found = vec![self.project.path("project")];
        let mut at = 0;
        while let Some(folder) = found.get(at).cloned() {
            let inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            found.extend(inside.filter(|path| path.is_dir()));
            at += 1;
        }
        found
    }

    /// The processes that run this app.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let port = format!("--server.port={}", self.port);
        let runs_it = |pid: &u32| {
            let command = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            command.split(|byte| *byte == 0).any(|word| word == port.as_bytes())
        };
        pids().into_iter().filter(runs_it).collect()
    }
}

impl Drop for App {
    fn drop(&mut self) {
        for pid in self.processes() {
            if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
    }
}

/// A browser's session, open until its value ends.
pub(crate) struct Session(Child);

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
