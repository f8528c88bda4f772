//! The ways in which the script becomes root: pkexec, sudo, or nobody because this program already is; and the command
//! lines.

use super::RaiseLimits;
use super::script::{SCRIPT, raise_words, script_text};
use crate::guarded;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The path where the package installs the script, with a policy that gives the password dialog its own sentence.
pub const INSTALLED: &str = "/usr/libexec/inotify-doctor/raise-limits";

/// Folders where pkexec, sudo and sh are looked for, whatever the caller's own PATH says. NixOS keeps set-user-id
/// programs in the first folder.
pub(super) const PATH: &str = "/run/wrappers/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin";

/// The ways in which the script becomes root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Way {
    /// pkexec, which has polkit's dialog ask for the password.
    Pkexec,
    /// sudo, which asks in the terminal.
    Sudo,
    /// No program: this one is root already.
    Direct,
}

impl Way {
    /// Returns the way of the window: root's own hand, else the desktop's password dialog.
    #[must_use]
    pub fn of_window() -> Self {
        if rustix::process::geteuid().is_root() { Self::Direct } else { Self::Pkexec }
    }
}

/// The command that raises, as it is shown and run.
#[must_use]
pub fn argv_raise(request: &RaiseLimits, way: Way) -> Vec<String> {
    argv(way, raise_words(request), Path::new("/"))
}

/// The command that puts back what all raises changed.
#[must_use]
pub fn argv_undo(way: Way) -> Vec<String> {
    argv(way, vec!["undo".to_owned()], Path::new("/"))
}

fn argv(way: Way, words: Vec<String>, root: &Path) -> Vec<String> {
    let prefix: &[&str] = match way {
        Way::Pkexec => &["pkexec", "--disable-internal-agent"],
        Way::Sudo => &["sudo", "--"],
        Way::Direct => &[],
    };
    let script: &[&str] = if way == Way::Pkexec && is_installed(root) {
        &[INSTALLED]
    } else {
        &["/bin/sh", "-c", script_text(), "inotify-doctor"]
    };
    prefix.iter().chain(script).map(|word| (*word).to_owned()).chain(words).collect()
}

/// Tells whether the package's script is there, is this program's own to the byte, and nobody but root can change it or
/// any folder above it.
fn is_installed(root: &Path) -> bool {
    let script = root.join(INSTALLED.trim_start_matches('/'));
    script.ancestors().all(is_roots_alone) && is_same(&script)
}

#[allow(clippy::disallowed_methods, reason = "mode and owner of folders of the system, from the root down")]
fn is_roots_alone(path: &Path) -> bool {
    let writable_by_others = 0o022;
    fs::symlink_metadata(path)
        .is_ok_and(|found| !found.is_symlink() && found.uid() == 0 && found.mode() & writable_by_others == 0)
}

fn is_same(path: &Path) -> bool {
    guarded::read(path, SCRIPT.len() as u64).is_ok_and(|text| text == SCRIPT.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> RaiseLimits {
        RaiseLimits {
            watches: Some(524_288),
            instances: None,
            queued_events: None,
            until_reboot: false,
            before: [8192, 128, 16384],
        }
    }

    #[test]
    fn the_portable_command_begins_with_what_it_does_and_ends_with_the_numbers() {
        let argv = argv(Way::Pkexec, raise_words(&request()), Path::new("/nowhere"));
        assert_eq!(argv[..4], ["pkexec", "--disable-internal-agent", "/bin/sh", "-c"]);
        assert!(argv[4].starts_with("# Set the inotify limits of"), "polkit shows the first 38 characters");
        assert_eq!(argv[5..], ["inotify-doctor", "raise", "524288", "0", "0", "now-and-boot"]);
    }

    #[test]
    fn a_script_in_a_folder_of_someone_else_is_not_trusted() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let script = folder.path().join(INSTALLED.trim_start_matches('/'));
        fs::create_dir_all(script.parent().expect("it has a folder")).expect("the folders can be made");
        fs::write(&script, SCRIPT).expect("the script can be written");
        assert!(!is_installed(folder.path()), "its folders lie below /tmp, which everyone may write");
    }
}
