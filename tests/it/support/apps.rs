//! Real servers in a project, started as their users start them, and ended whatever a test does.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use super::stage::until;
use super::streamlit::Installed;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

/// A process that this test has started, or that was started in its stead.
pub(crate) struct Ended(pub(crate) u32);

impl Drop for Ended {
    fn drop(&mut self) {
        if let Some(pid) = i32::try_from(self.0).ok().and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// A server that answers on its own port.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    _log: tempfile::TempDir,
}

impl Server {
    /// `streamlit run` of an installation, in `folder`.
    pub(crate) fn streamlit(with: &Installed, folder: &Path, script: &str) -> Self {
        let program = with.python.executable.parent().unwrap().join("streamlit");
        let flags = ["--server.headless=true", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"];
        Self::start(
            program,
            folder,
            |port| {
                let port = format!("--server.port={port}");
                [&["run", script], flags.as_slice(), &[&port]].concat().into_iter().map(str::to_owned).collect()
            },
            "URL:",
        )
    }

    /// Streamlit started by a launcher of one's own: a script that gets the options, in `folder`.
    pub(crate) fn launched(with: &Installed, folder: &Path, launcher: &str) -> Self {
        let flags = ["--server.headless=true", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"];
        Self::start(
            with.python.executable.clone(),
            folder,
            |port| {
                let port = format!("--server.port={port}");
                [&[launcher], flags.as_slice(), &[&port]].concat().into_iter().map(str::to_owned).collect()
            },
            "URL:",
        )
    }

    /// `uvicorn main:app` with these options, in `folder`.
    pub(crate) fn uvicorn(folder: &Path, options: &[&str]) -> Self {
        Self::start(
            uvicorn(),
            folder,
            |port| {
                let port = port.to_string();
                [&["main:app", "--port", &port], options].concat().into_iter().map(str::to_owned).collect()
            },
            "Application startup complete",
        )
    }

    /// Waits until it says `ready`: an app may answer before it has set up how it ends.
    fn start(program: PathBuf, folder: &Path, arguments: impl Fn(u16) -> Vec<String>, ready: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = tempfile::tempdir().unwrap();
        let said = log.path().join("said");
        let output = fs::File::create(&said).unwrap();
        let child = Command::new(program)
            .args(arguments(port))
            .current_dir(folder)
            .env_clear()
            .envs([("PATH", Path::new("/usr/bin:/bin")), ("HOME", log.path())])
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        let server = Self { child, port, _log: log };
        until("the server is ready", || fs::read_to_string(&said).unwrap().contains(ready));
        server
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it runs on.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// How it has ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Not by force: uvicorn takes its workers along when it is asked to end.
        if let (Ok(None), Some(pid)) =
            (self.child.try_wait(), i32::try_from(self.child.id()).ok().and_then(Pid::from_raw))
        {
            let _ = kill_process(pid, Signal::TERM);
            let _ = self.child.wait();
        }
    }
}

/// A browser's tab that somebody has open, until it is closed or dropped.
pub(crate) struct Tab(Child);

impl Tab {
    /// Opens a tab of an app, and waits until its watches stay the same.
    pub(crate) fn of(with: &Installed, server: &Server) -> Self {
        Self::open(with, server.pid(), server.port, &[("HOLD", "1")])
    }

    /// The same without that wait, for an app that may never come to rest.
    pub(crate) fn at_once(with: &Installed, pid: u32, port: u16) -> Self {
        Self::open(with, pid, port, &[("HOLD", "1"), ("AT_ONCE", "1")])
    }

    fn open(with: &Installed, pid: u32, port: u16, settings: &[(&str, &str)]) -> Self {
        let mut tab = Command::new(&with.python.executable)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/hold_session.py"))
            .args(["--attach", &pid.to_string(), &port.to_string()])
            .envs(settings.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = String::new();
        BufReader::new(tab.stdout.take().unwrap()).read_line(&mut told).unwrap();
        let tab = Self(tab);
        assert!(told.contains("instances"), "the app answers: {told}");
        tab
    }

    /// The process that plays the browser.
    pub(crate) fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Closes it as a browser does, with a word to the app.
    pub(crate) fn close(mut self) {
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

/// uvicorn of the environment that `tests/run` prepares.
fn uvicorn() -> PathBuf {
    let venvs = std::env::var_os("INOTIFY_DOCTOR_VENVS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.cache/venvs"), PathBuf::from);
    let program = venvs.join("uvicorn-0.54/bin/uvicorn");
    assert!(program.exists(), "{} is missing: tests/run makes it", program.display());
    program
}

/// The children of a process.
pub(crate) fn children(pid: u32) -> Vec<u32> {
    fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"))
        .unwrap()
        .split_whitespace()
        .map(|child| child.parse().unwrap())
        .collect()
}

/// A variable of a process' environment.
pub(crate) fn variable(pid: u32, name: &str) -> Option<String> {
    let environment = String::from_utf8(fs::read(format!("/proc/{pid}/environ")).unwrap()).unwrap();
    let entry = environment.split('\0').find_map(|entry| entry.strip_prefix(name)?.strip_prefix('='))?;
    Some(entry.to_owned())
}

/// Inotify instances that a process has open.
pub(crate) fn instances(pid: u32) -> usize {
    let links = fs::read_dir(format!("/proc/{pid}/fd")).unwrap().filter_map(|fd| fs::read_link(fd.ok()?.path()).ok());
    links.filter(|link| link.as_os_str() == "anon_inode:inotify").count()
}
