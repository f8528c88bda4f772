//! A table of descriptors for each walker: threads that share one wait for each other at every open and close, and the
//! kernel counts the users of each file.
#![allow(unsafe_code)]

use rustix::fd::{AsRawFd, BorrowedFd, OwnedFd, RawFd};
use rustix::thread::{UnshareFlags, unshare_unsafe};

/// Gives the calling thread a table of its own that holds the standard streams and a copy of `kept`, where the kernel
/// allows that. Returns the thread's own descriptor of `kept`.
///
/// Only for a thread that holds no other descriptor and ends soon.
pub(super) fn of_this_thread(kept: BorrowedFd<'_>) -> std::io::Result<OwnedFd> {
    let number = kept.as_raw_fd();
    // SAFETY: the thread holds no descriptor but `kept`, which stays open under its number in the new table.
    if unsafe { unshare_unsafe(UnshareFlags::FILES) }.is_ok() {
        const FIRST: RawFd = 3;
        close(FIRST, number - 1);
        close(number + 1, RawFd::MAX);
    }
    kept.try_clone_to_owned()
}

/// Closes what was copied from the other threads: a lock or a pipe of theirs must not stay open because of this thread.
fn close(from: RawFd, to: RawFd) {
    if let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to))
        && from <= to
    {
        // SAFETY: the table is this thread's own, and nothing in it but `kept` is used.
        unsafe { libc::syscall(libc::SYS_close_range, from, to, 0) };
    }
}
