//! Attributes of a file besides its bytes, taken over from the file that it replaces.

use rustix::fs::{Gid, Mode, Stat, Uid, XattrFlags};
use rustix::io::Errno;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};

/// Gives the new file the owner, the extended attributes (access lists are among them) and the mode of the old one.
pub(super) fn resemble(new: &File, old: &File, stat: &Stat) -> io::Result<()> {
    let made = rustix::fs::fstat(new)?;
    if (made.st_uid, made.st_gid) != (stat.st_uid, stat.st_gid) {
        rustix::fs::fchown(new, Some(Uid::from_raw(stat.st_uid)), Some(Gid::from_raw(stat.st_gid)))?;
    }
    copy_attributes(new.as_fd(), old.as_fd())?;
    // Last: changing the owner clears the set-id bits.
    rustix::fs::fchmod(new, Mode::from_raw_mode(stat.st_mode & 0o7777))?;
    Ok(())
}

fn copy_attributes(new: BorrowedFd<'_>, old: BorrowedFd<'_>) -> io::Result<()> {
    // xattr(7): a value and the list of names hold at most 64 KiB each.
    let mut names = vec![0; 0x1_0000];
    let length = match rustix::fs::flistxattr(old, &mut names[..]) {
        Ok(length) => length,
        Err(Errno::NOTSUP) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let mut value = vec![0; 0x1_0000];
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let copied = rustix::fs::fgetxattr(old, name, &mut value[..])
            .and_then(|length| rustix::fs::fsetxattr(new, name, &value[..length], XattrFlags::empty()));
        match copied {
            // The system sets security.* and trusted.* itself; an ordinary user may not.
            Ok(()) | Err(Errno::PERM | Errno::NOTSUP | Errno::NODATA) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
