//! The app under trial: started below a supervisor, and ended with all it has started however the trial ends.

use super::log::Log;
use super::supervisor::{self, END};
use crate::guarded;
use crate::project::{Launch, Python};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use std::ffi::OsString;
use std::io;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Time that it has to end after each signal. Streamlit closes its sessions first.
const AFTER_SIGNAL: [(Signal, Duration); 2] =
    [(Signal::INT, Duration::from_secs(5)), (Signal::TERM, Duration::from_secs(3))];

/// Options that the trial gives itself.
const OWN_OPTIONS: [&str; 5] =
    ["server.port", "server.address", "server.headless", "server.baseUrlPath", "browser.gatherUsageStats"];

/// A started app. Dropping it ends it.
pub(super) struct App {
    /// The process above the app; it ends as the app does.
    supervisor: Child,
    supervisor_id: Pid,
    app: Pid,
    /// The log of what it has said.
    pub(super) log: Log,
    stopped: bool,
}

impl App {
    /// Starts it as the launch says, but on this port and for nobody else, and without telling Streamlit's makers.
    pub(super) fn start(launch: &Launch, python: &Python, port: u16) -> io::Result<Self> {
        let (log, output, errors) = Log::open()?;
        let words = command_line(launch, python, &port.to_string());
        let (program, arguments) = words.split_first().expect("the interpreter stands first");
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&launch.cwd);
        command.env_clear().envs(&launch.variables).env("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false");
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let (supervisor, app) = supervisor::spawn(&mut command)?;
        let supervisor_id = Pid::from_child(&supervisor);
        Ok(Self { supervisor, supervisor_id, app, log, stopped: false })
    }

    pub(super) fn pid(&self) -> u32 {
        self.app.as_raw_nonzero().get().unsigned_abs()
    }

    /// Returns how it ended, where it has; the supervisor stays in the process table, so that its number goes to nobody
    /// else.
    pub(super) fn ended(&mut self) -> Option<String> {
        self.log.drain();
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(self.supervisor_id), options) {
            Ok(None) => None,
            Ok(Some(status)) => Some(match (status.exit_status(), status.terminating_signal()) {
                (Some(code), _) => format!("exit status {code}"),
                (None, Some(signal)) => format!("signal {signal}"),
                (None, None) => String::new(),
            }),
            Err(error) => Some(error.to_string()),
        }
    }

    /// Asks it to end, then makes it; and with it whatever it has started, wherever that has gone.
    pub(super) fn stop(&mut self) {
        if std::mem::replace(&mut self.stopped, true) {
            return;
        }
        for (signal, patience) in AFTER_SIGNAL {
            if self.ended().is_none() {
                self.signal(signal);
                let start = Instant::now();
                while self.ended().is_none() && start.elapsed() < patience {
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
        }
        self.signal(END);
        if let Err(error) = self.supervisor.wait() {
            log::warn!("the app under trial: {error}");
        }
        self.log.drain();
    }

    /// Sends a signal to the supervisor.
    fn signal(&self, signal: Signal) {
        if let Err(error) = kill_process(self.supervisor_id, signal) {
            log::warn!("the app under trial: {error}");
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Returns what is run, the interpreter first. The console script where that is how the app is started: with `-m`, the
/// working folder would stand first on `sys.path`. Looks whether that script is there.
pub(super) fn command_line(launch: &Launch, python: &Python, port: &str) -> Vec<OsString> {
    let mut words: Vec<OsString> = vec![launch.cwd.join(&python.executable).into()];
    let console = launch.cwd.join(python.executable.with_file_name("streamlit"));
    if !launch.as_module && guarded::is_file(&console) {
        words.push(console.into());
    } else {
        words.extend(["-m", "streamlit"].map(OsString::from));
    }
    let script = launch.script.strip_prefix(&launch.cwd).unwrap_or(&launch.script);
    words.extend(["run".into(), script.into()]);
    let own = |key: &str| OWN_OPTIONS.contains(&key);
    words
        .extend(launch.flags.iter().filter(|(key, _)| !own(key)).map(|(key, value)| format!("--{key}={value}").into()));
    words.push(format!("--server.port={port}").into());
    let fixed =
        ["server.address=127.0.0.1", "server.headless=true", "server.baseUrlPath=", "browser.gatherUsageStats=false"];
    words.extend(fixed.iter().map(|option| format!("--{option}").into()));
    words
}
