//! A session of its own for a started program: closing the window that started it does not end it.
#![allow(
    unsafe_code,
    reason = "code between fork and exec; setsid(2) and signal(2), which signal-safety(7) allows there"
)]

use std::os::unix::process::CommandExt;
use std::process::Command;

pub(super) fn own_session(command: &mut Command) {
    // SAFETY: the closure makes two system calls and touches no memory that another thread could have locked.
    unsafe {
        command.pre_exec(|| {
            // Ignored where this program was started in the background of a script; then nothing would end the other.
            libc::signal(libc::SIGINT, libc::SIG_DFL);
            rustix::process::setsid().map(drop).map_err(Into::into)
        });
    }
}
