//! Restarting an app that still runs with old settings: ended through a pidfd, so that a reused process id is never
//! hit, and started again with the same command, folder and environment plus what is new.

mod end;
pub mod log;
mod output;
mod session;
mod start;
mod starter;

use super::{Change, Done, Journal, Plan, Promise, RemedyError, RemedyName, stored, watcher};
use crate::machine::process_dir::words;
use crate::machine::{Places, ProcessDir};
use crate::project::Streamlit;
pub use starter::starter;
use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

/// One app to be ended and started again.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Restart {
    /// The process id.
    pub pid: u32,
    /// The time when it started, in clock ticks since the boot: with the process id, this names one process only.
    pub started_ticks: u64,
    /// The command line, argument by argument.
    #[serde(with = "stored::words")]
    pub command: Vec<OsString>,
    /// The working folder.
    #[serde(with = "stored::path")]
    pub cwd: PathBuf,
    /// Environment variables that are new, or new in value. The others are read from the process itself when it is
    /// ended: they may hold secrets, which the journal need not know.
    pub variables: Vec<(String, String)>,
    /// Whether to end it by SIGKILL. To be asked for again where it ended neither at SIGINT nor at SIGTERM.
    pub kill: bool,
}

/// Plans the restart of process `pid`. `after` is the forecast of the launch as it will then be.
///
/// # Errors
/// [`RemedyError::ProcessGone`], [`RemedyError::ForeignProcess`], [`RemedyError::CommandUnknown`], or what keeps it from being read.
pub fn plan(
    pid: u32,
    variables: Vec<(String, String)>,
    kill: bool,
    after: Option<&Streamlit>,
) -> Result<Plan, RemedyError> {
    let process = own_process(pid)?;
    let started_ticks = started_ticks(&process, pid)?;
    let line = process.command_line().map_err(|_| RemedyError::ProcessGone { pid })?;
    let command = words::exact(&line);
    if words::arguments(&line) != command {
        return Err(RemedyError::CommandUnknown { pid });
    }
    let cwd = process.cwd().ok_or(RemedyError::ProcessGone { pid })?;
    if command.is_empty() {
        return Err(RemedyError::ProcessGone { pid });
    }
    let (watches_after, hot_reload) = watcher::as_forecast(after);
    let promise =
        Promise { watches_after, hot_reload, needs_administrator: false, survives_reboot: false, needs_restart: false };
    let change = Change::Restart(Restart { pid, started_ticks, command, cwd, variables, kill });
    Ok(Plan { remedy: RemedyName::Restart, changes: vec![change], promise })
}

/// Opens this user's process `pid`.
fn own_process(pid: u32) -> Result<ProcessDir, RemedyError> {
    let gone = |_| RemedyError::ProcessGone { pid };
    let process = ProcessDir::open(&Places::default(), pid).map_err(gone)?;
    let owner = process.effective_user().map_err(gone)?;
    if owner == rustix::process::geteuid().as_raw() {
        Ok(process)
    } else {
        Err(RemedyError::ForeignProcess { pid, owner })
    }
}

fn started_ticks(process: &ProcessDir, pid: u32) -> Result<u64, RemedyError> {
    let stat = process.stat().ok().flatten();
    stat.map(|stat| stat.starttime).ok_or(RemedyError::ProcessGone { pid })
}

/// Takes hold of the process that is meant, whatever its number may be given to later.
pub(super) fn find(restart: &Restart) -> Result<OwnedFd, RemedyError> {
    let pid = restart.pid;
    let handle = end::handle(pid)?;
    // After taking hold of it: from here on the number cannot change its meaning unnoticed.
    if started_ticks(&own_process(pid)?, pid)? != restart.started_ticks || end::has_ended(&handle) {
        return Err(RemedyError::ProcessGone { pid });
    }
    Ok(handle)
}

/// Ends the app and starts it again.
pub(super) fn restart(restart: &Restart, journal: &Journal) -> Result<Done, RemedyError> {
    let handle = find(restart)?;
    // Everything that can fail is done before the app is ended.
    let ready = start::prepare(restart, &log::folder(journal))?;
    let workers = if restart.kill { end::workers(restart.pid)? } else { Vec::new() };
    end::end(&handle, restart.pid, restart.kill)?;
    // Child processes that were not asked to end still hold the port.
    for (pid, worker) in workers {
        end::end(&worker, pid, true)?;
    }
    let (pid, start::Said { file: log, kept }) = start::start(ready)?;
    Ok(Done::Restarted { pid, log, kept })
}
