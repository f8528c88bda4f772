//! Facts of the machine that bear on a launch: whether it is WSL, and where the account's home is.

use super::Launch;
use crate::guarded;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Facts about the machine that Streamlit asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The kernel is one of Windows' Subsystem for Linux.
    pub wsl: bool,
    /// The account's home folder, used where `HOME` is not set.
    pub account_home: Option<PathBuf>,
}

impl Surroundings {
    /// Reads them from this machine: `/proc/version` and `/etc/passwd`.
    #[must_use]
    pub fn here() -> Self {
        Self::read(Path::new("/proc/version"), Path::new("/etc/passwd"), rustix::process::getuid().as_raw())
    }

    /// Reads them from the files given. A file that cannot be read says nothing.
    #[must_use]
    pub fn read(proc_version: &Path, passwd: &Path, uid: u32) -> Self {
        let kernel = guarded::read_text(proc_version, guarded::SMALL_BYTES).unwrap_or_default().to_lowercase();
        let accounts = guarded::read(passwd, guarded::SMALL_BYTES).unwrap_or_default();
        Self { wsl: kernel.contains("microsoft") || kernel.contains("wsl2"), account_home: home_of(uid, &accounts) }
    }

    /// Tells whether Streamlit takes this for WSL (`env_util._is_wsl`).
    pub(super) fn is_wsl(&self, launch: &Launch) -> bool {
        self.wsl
            || ["WSL_DISTRO_NAME", "WSL_INTEROP"].iter().any(|name| launch.variables.contains_key(OsStr::new(name)))
    }

    /// `Path.home()`: `HOME`, where it is set at all, else the account's.
    pub(super) fn home(&self, launch: &Launch) -> Option<PathBuf> {
        match launch.variables.get(OsStr::new("HOME")) {
            Some(home) if home.is_empty() => Some(PathBuf::from("/")),
            Some(home) => Some(PathBuf::from(home)),
            None => self.account_home.clone(),
        }
    }
}

fn home_of(uid: u32, accounts: &[u8]) -> Option<PathBuf> {
    let uid = uid.to_string();
    accounts.split(|byte| *byte == b'\n').find_map(|line| {
        let fields: Vec<&[u8]> = line.split(|byte| *byte == b':').collect();
        (fields.get(2)? == &uid.as_bytes())
            .then(|| PathBuf::from(OsStr::from_bytes(fields.get(5).copied().unwrap_or(b"/"))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_gives_the_home_only_where_the_variable_is_missing() {
        let accounts = b"root:x:0:0::/root:/bin/sh\nme:x:1000:1000:Me:/home/me:/bin/sh\n";
        let here = Surroundings { account_home: home_of(1000, accounts), ..Surroundings::default() };
        let mut launch = Launch::default();
        assert_eq!(here.home(&launch), Some(PathBuf::from("/home/me")));
        launch.variables.insert("HOME".into(), "/elsewhere".into());
        assert_eq!(here.home(&launch), Some(PathBuf::from("/elsewhere")));
        launch.variables.insert("HOME".into(), "".into());
        assert_eq!(here.home(&launch), Some(PathBuf::from("/")), "Python takes an empty HOME for the root");
        assert_eq!(home_of(7, accounts), None);
    }
}
