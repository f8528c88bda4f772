//! Starting an app again as it was started before.

use super::end::{ends_within, handle};
use super::output::Outputs;
use super::{RemedyError, Restart, session};
use crate::guarded;
use crate::machine::{Places, ProcessDir};
use rustix::event::Timespec;
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An app that cannot start (its port taken, a module missing) ends within this time.
const FIRST_BREATH: Timespec = Timespec { tv_sec: 1, tv_nsec: 500_000_000 };

/// A start that needs nothing more than the old app's end.
pub(super) struct Ready {
    command: Command,
    log: Said,
}

/// Where a started app says what it says.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) file: PathBuf,
    /// Whether the old app wrote there, too.
    pub(super) kept: bool,
}

pub(super) fn prepare(restart: &Restart, logs: &Path) -> Result<Ready, RemedyError> {
    let pid = restart.pid;
    let unreadable = |error: Errno| RemedyError::of(&Path::new("/proc").join(pid.to_string()), &error.into());
    let process = ProcessDir::open(&Places::default(), pid).map_err(unreadable)?;
    let environment = process.environment().map_err(unreadable)?;
    if !guarded::is_folder(&restart.cwd) {
        return Err(RemedyError::Vanished { path: restart.cwd.clone() });
    }
    let program = program(restart, &environment, &process)?;
    let Outputs { output, errors, log, kept } = Outputs::of(restart, logs)?;
    let mut command = Command::new(program);
    command.arg0(&restart.command[0]).args(&restart.command[1..]).current_dir(&restart.cwd);
    command.env_clear().envs(environment).envs(restart.variables.iter().cloned());
    command.stdin(Stdio::null()).stdout(output).stderr(errors);
    session::own_session(&mut command);
    Ok(Ready { command, log: Said { file: log, kept } })
}

/// The file that the command's first word names, as the app itself would find it. A program that has changed its own
/// command line is known to the kernel only.
fn program(
    restart: &Restart,
    environment: &[(OsString, OsString)],
    process: &ProcessDir,
) -> Result<PathBuf, RemedyError> {
    let name = Path::new(&restart.command[0]);
    let path =
        environment.iter().find(|(name, _)| name == "PATH").map_or(OsStr::new("/usr/bin:/bin"), |(_, path)| path);
    let candidates: Vec<PathBuf> = if name.components().count() > 1 {
        vec![restart.cwd.join(name)]
    } else {
        path.as_bytes()
            .split(|byte| *byte == b':')
            .map(|folder| restart.cwd.join(OsStr::from_bytes(folder)).join(name))
            .collect()
    };
    let found = candidates.into_iter().find(|file| guarded::is_file(file));
    let kernel = || process.executable().filter(|file| guarded::is_file(file));
    found.or_else(kernel).ok_or_else(|| RemedyError::Vanished { path: name.to_path_buf() })
}

pub(super) fn start(ready: Ready) -> Result<(u32, Said), RemedyError> {
    let Ready { mut command, log } = ready;
    let failed = |reason: String| RemedyError::DidNotStart { reason, log: Some(log.file.clone()) };
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    let pid = child.id();
    if ends_within(&handle(pid)?, FIRST_BREATH) {
        let how = child.wait().map_or_else(|error| error.to_string(), |status| status.to_string());
        return Err(failed(how));
    }
    // Someone has to take note of its end, or it would stay in the process table for as long as this program runs.
    let reaper = std::thread::Builder::new().name("waits for a restarted app".to_owned()).spawn(move || child.wait());
    if let Err(error) = reaper {
        log::warn!("nobody waits for the restarted app: {error}");
    }
    Ok((pid, log))
}
