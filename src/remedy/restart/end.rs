//! Ending a process through its pidfd: asked first, then firmly, each for a bounded time.

use super::RemedyError;
use crate::machine::{Places, ProcessDir};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use std::os::fd::OwnedFd;
use std::path::Path;

/// Time that an app has to end after each signal, in seconds. Streamlit closes its sessions first.
const PATIENCE_S: i64 = 8;

pub(super) fn handle(pid: u32) -> Result<OwnedFd, RemedyError> {
    let number = i32::try_from(pid).ok().and_then(Pid::from_raw).ok_or(RemedyError::ProcessGone { pid })?;
    pidfd_open(number, PidfdFlags::empty()).map_err(|error| named(pid, error))
}

/// The processes that Python's multiprocessing has started for `pid`, as uvicorn's server processes are. They go with
/// it when it is asked to end; killed, it leaves them behind, with its port (measured with uvicorn 0.54).
pub(super) fn workers(pid: u32) -> Result<Vec<(u32, OwnedFd)>, RemedyError> {
    #[allow(clippy::disallowed_methods, reason = "the kernel's processes")]
    let all = std::fs::read_dir("/proc").map_err(|_| RemedyError::ProcessGone { pid })?;
    let mut workers = Vec::new();
    for number in all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()) {
        if !is_worker(number, pid) {
            continue;
        }
        // Looked at again once it is held: from here on the number cannot change its meaning unnoticed.
        if let Ok(handle) = handle(number)
            && is_worker(number, pid)
        {
            workers.push((number, handle));
        }
    }
    Ok(workers)
}

fn is_worker(number: u32, parent: u32) -> bool {
    let Ok(process) = ProcessDir::open(&Places::default(), number) else { return false };
    let child = process.stat().is_ok_and(|stat| stat.is_some_and(|stat| u32::try_from(stat.ppid) == Ok(parent)));
    child && process.command_line().is_ok_and(|words| memchr::memmem::find(&words, b"multiprocessing.spawn").is_some())
}

fn named(pid: u32, error: Errno) -> RemedyError {
    match error {
        Errno::SRCH => RemedyError::ProcessGone { pid },
        error => RemedyError::of(&Path::new("/proc").join(pid.to_string()), &error.into()),
    }
}

pub(super) fn has_ended(handle: &OwnedFd) -> bool {
    ends_within(handle, Timespec { tv_sec: 0, tv_nsec: 0 })
}

/// A pidfd becomes readable when its process ends (`pidfd_open(2)`).
pub(super) fn ends_within(handle: &OwnedFd, time: Timespec) -> bool {
    loop {
        match poll(&mut [PollFd::new(handle, PollFlags::IN)], Some(&time)) {
            Ok(ready) => return ready > 0,
            Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

/// Ends it: SIGINT, then SIGTERM; with `kill`, SIGKILL at once.
pub(super) fn end(handle: &OwnedFd, pid: u32, kill: bool) -> Result<(), RemedyError> {
    let signals: &[Signal] = if kill { &[Signal::KILL] } else { &[Signal::INT, Signal::TERM] };
    for signal in signals {
        match pidfd_send_signal(handle, *signal) {
            Ok(()) => {}
            // The process has ended by itself meanwhile.
            Err(Errno::SRCH) => return Ok(()),
            Err(error) => return Err(named(pid, error)),
        }
        if ends_within(handle, Timespec { tv_sec: PATIENCE_S, tv_nsec: 0 }) {
            return Ok(());
        }
    }
    Err(RemedyError::StillRunning { pid })
}
