//! Reasons why a file or folder was not looked at.

use rustix::io::Errno;
use serde::{Deserialize, Serialize};
use std::io;

/// What came instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Nothing is there, or a file stands where a folder on the way should be.
    #[error("there is no such file or folder")]
    Missing,
    /// This account may not.
    #[error("this account may not read it")]
    Denied,
    /// A folder, a pipe, a socket or a device stands where a file is needed.
    #[error("it is no regular file")]
    NotAFile,
    /// Something else stands where a folder is needed.
    #[error("it is no folder")]
    NotAFolder,
    /// The file is larger than anybody would expect.
    #[error("it is larger than {most} bytes")]
    TooLarge {
        /// The bytes that were allowed.
        most: u64,
    },
    /// The file is not UTF-8.
    #[error("it is not UTF-8")]
    NotText,
    /// The file system that it is on did not answer in time, now or before.
    #[error("the file system that it is on does not answer")]
    Silent,
    /// This process, or the whole system, has as many files open as it may: nothing is known of the file itself.
    #[error("too many files are open")]
    NoDescriptors,
    /// Another error of the system, by its number.
    #[error("{}", io::Error::from_raw_os_error(*.0))]
    System(i32),
}

impl From<Errno> for Refusal {
    fn from(errno: Errno) -> Self {
        match errno {
            Errno::NOENT | Errno::NOTDIR => Self::Missing,
            Errno::ACCESS | Errno::PERM => Self::Denied,
            Errno::MFILE | Errno::NFILE => Self::NoDescriptors,
            // Opening a socket, and a FIFO or a device with nobody behind it.
            Errno::NXIO | Errno::ISDIR => Self::NotAFile,
            other => Self::System(other.raw_os_error()),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Errno::from_io_error(&error).map_or(Self::System(Errno::IO.raw_os_error()), Self::from)
    }
}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        let errno = match refusal {
            Refusal::System(number) => return Self::from_raw_os_error(number),
            Refusal::Missing => Errno::NOENT,
            Refusal::Denied => Errno::ACCESS,
            Refusal::NoDescriptors => Errno::MFILE,
            Refusal::NotAFolder => Errno::NOTDIR,
            Refusal::NotAFile => return Self::new(io::ErrorKind::InvalidInput, refusal),
            Refusal::TooLarge { .. } => return Self::new(io::ErrorKind::FileTooLarge, refusal),
            Refusal::NotText => return Self::new(io::ErrorKind::InvalidData, refusal),
            Refusal::Silent => return Self::new(io::ErrorKind::TimedOut, refusal),
        };
        errno.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_keeps_its_kind_as_an_error_of_the_system() {
        for (refusal, kind) in [
            (Refusal::Missing, io::ErrorKind::NotFound),
            (Refusal::Denied, io::ErrorKind::PermissionDenied),
            (Refusal::NotAFile, io::ErrorKind::InvalidInput),
            (Refusal::TooLarge { most: 1 }, io::ErrorKind::FileTooLarge),
            (Refusal::Silent, io::ErrorKind::TimedOut),
        ] {
            assert_eq!(io::Error::from(refusal).kind(), kind, "{refusal}");
        }
        assert_eq!(Refusal::from(io::Error::from(Refusal::NoDescriptors)), Refusal::NoDescriptors);
    }
}
