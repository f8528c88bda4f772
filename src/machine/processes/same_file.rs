//! Comparison of two descriptors for the same open file: kcmp(2).
#![allow(unsafe_code, reason = "rustix has no kcmp; the call takes numbers only and touches no memory")]

use rustix::io::Errno;
use std::cmp::Ordering;

/// A file descriptor of some process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Descriptor {
    pub(super) pid: u32,
    pub(super) fd: u32,
}

/// Reasons why two descriptors could not be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Incomparable {
    /// One of the processes has ended, or the descriptor was closed.
    Gone,
    /// The kernel has no kcmp, or a seccomp filter or missing permission forbids it.
    Refused,
}

/// `KCMP_FILE` of include/uapi/linux/kcmp.h: do the two descriptors refer to the same open file description?
const KCMP_FILE: libc::c_ulong = 0;

/// `Equal` when both are the same instance. The kernel's order of the others is arbitrary and holds until reboot.
pub(super) fn compare(one: Descriptor, other: Descriptor) -> Result<Ordering, Incomparable> {
    let (pid_one, pid_other) = (libc::c_ulong::from(one.pid), libc::c_ulong::from(other.pid));
    let (fd_one, fd_other) = (libc::c_ulong::from(one.fd), libc::c_ulong::from(other.fd));
    // SAFETY: kcmp takes five integers and returns one; it neither reads nor writes memory of this process.
    let answer = unsafe { libc::syscall(libc::SYS_kcmp, pid_one, pid_other, KCMP_FILE, fd_one, fd_other) };
    match answer {
        0 => Ok(Ordering::Equal),
        1 => Ok(Ordering::Less),
        2 => Ok(Ordering::Greater),
        _ => Err(why(std::io::Error::last_os_error().raw_os_error())),
    }
}

fn why(errno: Option<i32>) -> Incomparable {
    match errno.map(Errno::from_raw_os_error) {
        Some(Errno::SRCH | Errno::BADF) => Incomparable::Gone,
        _ => Incomparable::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::os::fd::AsRawFd;

    fn mine(file: &File) -> Descriptor {
        Descriptor { pid: std::process::id(), fd: file.as_raw_fd().unsigned_abs() }
    }

    #[test]
    fn a_duplicate_is_the_same_file_and_a_second_open_is_not() {
        let file = File::open("/dev/null").expect("everyone may read /dev/null");
        let (duplicate, second) = (file.try_clone().expect("dup"), File::open("/dev/null").expect("open"));
        assert_eq!(compare(mine(&file), mine(&duplicate)), Ok(Ordering::Equal));
        let order = compare(mine(&file), mine(&second)).expect("one's own descriptors can be compared");
        assert_ne!(order, Ordering::Equal);
        assert_eq!(compare(mine(&second), mine(&file)), Ok(order.reverse()));
    }

    #[test]
    fn what_is_not_open_is_gone() {
        let none = Descriptor { pid: std::process::id(), fd: 1_000_000 };
        assert_eq!(compare(none, none), Err(Incomparable::Gone));
        let nobody = Descriptor { pid: 0x7fff_fffe, fd: 0 };
        assert_eq!(compare(nobody, nobody), Err(Incomparable::Gone));
    }
}
