//! User namespaces: who created one, and whether it lies below this program's own (`ioctl_nsfs(2)`).
#![allow(unsafe_code, reason = "rustix has no wrapper for the requests of ioctl_nsfs(2)")]

use crate::machine::Places;
use rustix::fd::{AsFd, FromRawFd, OwnedFd};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::{self, Errno};
use rustix::ioctl::{Getter, Ioctl, IoctlOutput, Opcode, opcode};
use std::collections::HashMap;
use std::path::Path;

/// The creators of the namespaces met so far, seen from this program's own namespace.
pub(super) struct Namespaces {
    own: Option<u64>,
    creators: HashMap<u64, Option<u32>>,
}

impl Namespaces {
    pub(super) fn of_this_program(places: &Places) -> Self {
        let own = std::fs::read_link(places.proc.join("self/ns/user")).ok();
        let own = own.and_then(|link| number(link.as_os_str().as_encoded_bytes()));
        Self { own, creators: HashMap::new() }
    }

    /// Tells whether `namespace` is another one than this program's; `false` where either is not known.
    pub(super) fn is_other(&self, namespace: Option<u64>) -> bool {
        namespace.is_some_and(|namespace| self.own.is_some_and(|own| own != namespace))
    }

    /// The user that a process of `namespace` charges in this program's namespace: the creator of the namespace
    /// right below this one on the way down. `None` where it does not lie below, or the kernel does not tell.
    pub(super) fn creator(&mut self, namespace: u64, link: &Path) -> Option<u32> {
        let own = self.own?;
        if let Some(known) = self.creators.get(&namespace) {
            return *known;
        }
        match creator_below(own, link) {
            Ok(creator) => *self.creators.entry(namespace).or_insert(Some(creator)),
            // The end of the way up: not below.
            Err(Errno::PERM) => *self.creators.entry(namespace).or_insert(None),
            // This process may just have ended; another one of the same namespace can still tell.
            Err(_) => None,
        }
    }
}

/// The number in `user:[4026531837]`.
pub(super) fn number(link: &[u8]) -> Option<u64> {
    let digits = link.strip_prefix(b"user:[")?.strip_suffix(b"]")?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Goes up from the namespace of `link` until the next one is `own`. The kernel refuses (EPERM) to go further up
/// than the caller's own namespace, and there are at most 32 levels.
fn creator_below(own: u64, link: &Path) -> io::Result<u32> {
    let mut namespace = open(link, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
    loop {
        let above = parent(&namespace)?;
        if rustix::fs::fstat(&above)?.st_ino == own {
            return creator(&namespace);
        }
        namespace = above;
    }
}

/// `NSIO` of include/uapi/linux/nsfs.h.
const NSIO: u8 = 0xb7;

/// `NS_GET_OWNER_UID`: the effective user who created the namespace, as this program's namespace numbers users.
fn creator(namespace: impl AsFd) -> io::Result<u32> {
    const REQUEST: Opcode = opcode::none(NSIO, 0x4);
    // SAFETY: the request writes one uid_t, which is what `Getter` makes room for.
    unsafe { rustix::ioctl::ioctl(namespace, Getter::<REQUEST, u32>::new()) }
}

/// `NS_GET_PARENT`: a new descriptor of the namespace above.
fn parent(namespace: impl AsFd) -> io::Result<OwnedFd> {
    // SAFETY: `GetParent` describes the request as the kernel implements it.
    unsafe { rustix::ioctl::ioctl(namespace, GetParent) }
}

struct GetParent;

// SAFETY: the request takes no argument and returns a new descriptor that nobody else owns.
unsafe impl Ioctl for GetParent {
    type Output = OwnedFd;
    const IS_MUTATING: bool = false;

    fn opcode(&self) -> Opcode {
        opcode::none(NSIO, 0x2)
    }

    fn as_ptr(&mut self) -> *mut std::ffi::c_void {
        std::ptr::null_mut()
    }

    unsafe fn output_from_ptr(output: IoctlOutput, _: *mut std::ffi::c_void) -> io::Result<OwnedFd> {
        // SAFETY: errors have been turned into `Err` before; what is left is a new descriptor.
        Ok(unsafe { OwnedFd::from_raw_fd(output) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_stands_in_brackets() {
        assert_eq!(number(b"user:[4026531837]"), Some(4_026_531_837));
        for other in [&b"pid:[1]"[..], b"user:[]", b"user:[1", b"user:[-1]", b""] {
            assert_eq!(number(other), None);
        }
    }

    #[test]
    fn ones_own_namespace_is_no_other() {
        let mut namespaces = Namespaces::of_this_program(&Places::default());
        let own = namespaces.own.expect("/proc tells one's own namespace");
        assert!(!namespaces.is_other(Some(own)));
        assert!(!namespaces.is_other(None));
        assert_eq!(namespaces.creator(own, Path::new("/proc/self/ns/user")), None, "it does not lie below itself");
    }
}
