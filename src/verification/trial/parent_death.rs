//! A started program that does not outlive the thread that started it, however that one ends (`PR_SET_PDEATHSIG`).
#![allow(unsafe_code, reason = "code between fork and exec; prctl(2) alone, which touches no memory")]

use rustix::process::{Signal, set_parent_process_death_signal};
use std::os::unix::process::CommandExt;
use std::process::Command;

pub(super) fn kill_with_parent(command: &mut Command) {
    // SAFETY: the closure makes one system call and touches no memory that another thread could have locked.
    unsafe {
        command.pre_exec(|| set_parent_process_death_signal(Some(Signal::KILL)).map_err(Into::into));
    }
}
