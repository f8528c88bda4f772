//! Restarting an app that still runs with old settings: ended through a pidfd, so that a reused process id is never
//! hit, and started again with the same command, folder and environment plus what is new.

mod end;
pub mod log;
mod session;
mod start;

use super::{Change, Journal, Plan, Promise, RemedyError, RemedyName, stored, watcher};
use crate::project::Streamlit;
use procfs::process::Process;
use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// One app to be ended and started again.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Restart {
    /// Its process id.
    pub pid: u32,
    /// When it started, in clock ticks since the boot: with the process id, this names one process only.
    pub started_ticks: u64,
    /// Its command line, argument by argument.
    #[serde(with = "stored::words")]
    pub command: Vec<OsString>,
    /// Its working folder.
    #[serde(with = "stored::path")]
    pub cwd: PathBuf,
    /// Environment variables that are new, or new in value. The others are read from the process itself when it is
    /// ended: they may hold secrets, which the journal need not know.
    pub variables: Vec<(String, String)>,
    /// End it by SIGKILL. To be asked for again where it ended neither at SIGINT nor at SIGTERM.
    pub kill: bool,
}

/// Plans the restart of process `pid`. `after` is the forecast of the launch as it will then be.
///
/// # Errors
/// [`RemedyError::ProcessGone`], [`RemedyError::ForeignProcess`], or what keeps it from being read.
pub fn plan(
    pid: u32,
    variables: Vec<(String, String)>,
    kill: bool,
    after: Option<&Streamlit>,
) -> Result<Plan, RemedyError> {
    let started_ticks = own_process(pid)?;
    let folder = Path::new("/proc").join(pid.to_string());
    let command = std::fs::read(folder.join("cmdline")).map_err(|_| RemedyError::ProcessGone { pid })?;
    let cwd = folder.join("cwd").read_link().map_err(|_| RemedyError::ProcessGone { pid })?;
    let words = command.split(|byte| *byte == 0).map(|word| OsString::from_vec(word.to_vec()));
    let mut command: Vec<_> = words.collect();
    // The last argument ends with a NUL, too.
    command.pop();
    if command.is_empty() {
        return Err(RemedyError::ProcessGone { pid });
    }
    let (watches_after, hot_reload) = watcher::as_forecast(after);
    let promise =
        Promise { watches_after, hot_reload, needs_administrator: false, survives_reboot: false, needs_restart: false };
    let change = Change::Restart(Restart { pid, started_ticks, command, cwd, variables, kill });
    Ok(Plan { remedy: RemedyName::Restart, changes: vec![change], promise })
}

/// When this user's process `pid` started.
fn own_process(pid: u32) -> Result<u64, RemedyError> {
    let gone = |_| RemedyError::ProcessGone { pid };
    let process = Process::new(i32::try_from(pid).map_err(|_| RemedyError::ProcessGone { pid })?).map_err(gone)?;
    let owner = process.status().map_err(gone)?.euid;
    if owner != rustix::process::geteuid().as_raw() {
        return Err(RemedyError::ForeignProcess { pid, owner });
    }
    process.stat().map(|stat| stat.starttime).map_err(gone)
}

/// Takes hold of the process that is meant, whatever its number may be given to later.
pub(super) fn find(restart: &Restart) -> Result<OwnedFd, RemedyError> {
    let pid = restart.pid;
    let handle = end::handle(pid)?;
    // After taking hold of it: from here on the number cannot change its meaning unnoticed.
    if own_process(pid)? != restart.started_ticks || end::has_ended(&handle) {
        return Err(RemedyError::ProcessGone { pid });
    }
    Ok(handle)
}

/// Ends the app and starts it again: its new process id, and the file with what it says.
pub(super) fn restart(restart: &Restart, journal: &Journal) -> Result<(u32, PathBuf), RemedyError> {
    let handle = find(restart)?;
    // Everything that can fail is done before the app is ended.
    let ready = start::prepare(restart, &log::folder(journal))?;
    let workers = if restart.kill { end::workers(restart.pid)? } else { Vec::new() };
    end::end(&handle, restart.pid, restart.kill)?;
    // Nobody has asked them to end, and they hold the port.
    for (pid, worker) in workers {
        end::end(&worker, pid, true)?;
    }
    start::start(ready)
}
