//! The ability of pkexec to ask for a password here.

use super::{Looking, mounts};
use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

/// Answers to whether pkexec can work, or the first reason why not. Only what can be known without asking for a
/// password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pkexec {
    /// The program and what it needs are there.
    Usable(PathBuf),
    /// A PATH without `pkexec`.
    #[default]
    NotInstalled,
    /// The program has no set-user-id bit, belongs to someone else than root, or its mount is `nosuid`.
    NotSetuid,
    /// The process may never gain privileges (`NoNewPrivs: 1` in /proc/self/status).
    NoNewPrivileges,
    /// The system bus has no socket.
    NoSystemBus,
    /// The polkit daemon is not installed.
    NoPolkitd,
    /// A user namespace or a Flatpak, where becoming root is not becoming the machine's root.
    Confined,
}

impl Pkexec {
    /// The word in the JSON report: `usable` or the reason.
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Usable(_) => "usable",
            Self::NotInstalled => "not installed",
            Self::NotSetuid => "not setuid root",
            Self::NoNewPrivileges => "no new privileges",
            Self::NoSystemBus => "no system bus",
            Self::NoPolkitd => "no polkit daemon",
            Self::Confined => "confined",
        }
    }
}

/// Folders where programs are looked for when no PATH is set.
const DEFAULT_PATH: &str = "/usr/local/bin:/usr/bin:/bin";
/// Places where `libdbus` and `GDBus` look for the system bus.
const SYSTEM_BUS: [&str; 2] = ["/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket"];
/// The daemon itself, and the files by which the bus starts it.
const POLKITD: [&str; 8] = [
    "/usr/lib/polkit-1/polkitd",
    "/usr/libexec/polkitd",
    "/usr/libexec/polkit-1/polkitd",
    "/usr/lib/policykit-1/polkitd",
    "/usr/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service",
    "/usr/local/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service",
    "/etc/dbus-1/system-services/org.freedesktop.PolicyKit1.service",
    "/run/current-system/sw/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service",
];

/// The reasons in the order of what could be done about them: nothing about confinement; then installing it; then
/// starting this program another way; then repairing the installation; then services.
pub(super) fn look(looking: &Looking<'_>, confined: bool) -> Pkexec {
    if confined {
        return Pkexec::Confined;
    }
    let Some(program) = find(looking) else { return Pkexec::NotInstalled };
    let here = |path: &str| looking.places.metadata(Path::new(path)).is_some();
    if no_new_privileges(looking) {
        Pkexec::NoNewPrivileges
    } else if !runs_as_root(looking, &program) {
        Pkexec::NotSetuid
    } else if !SYSTEM_BUS.into_iter().any(|path| is_socket(looking, path)) {
        Pkexec::NoSystemBus
    } else if !POLKITD.into_iter().any(here) {
        Pkexec::NoPolkitd
    } else {
        Pkexec::Usable(program)
    }
}

/// The first executable `pkexec` in PATH, as a user knows it.
fn find(looking: &Looking<'_>) -> Option<PathBuf> {
    let path = looking.variable("PATH").unwrap_or_else(|| DEFAULT_PATH.to_owned());
    let folders = path.split(':').filter(|folder| folder.starts_with('/'));
    folders.map(|folder| Path::new(folder).join("pkexec")).find(|program| {
        looking.places.metadata(program).is_some_and(|metadata| metadata.is_file() && metadata.mode() & 0o111 != 0)
    })
}

fn runs_as_root(looking: &Looking<'_>, program: &Path) -> bool {
    const SET_USER_ID: u32 = 0o4000;
    let Ok(real) = looking.places.resolve(program) else { return false };
    let root_owned =
        fs::symlink_metadata(&real).is_ok_and(|metadata| metadata.uid() == 0 && metadata.mode() & SET_USER_ID != 0);
    let mount = mounts::of(&looking.mounts, &looking.places.shown(&real));
    root_owned && mount.is_none_or(|mount| !mount.has("nosuid"))
}

fn no_new_privileges(looking: &Looking<'_>) -> bool {
    let status = fs::read(looking.places.proc.join("self/status")).unwrap_or_default();
    status.split(|&byte| byte == b'\n').any(|line| line == b"NoNewPrivs:\t1")
}

fn is_socket(looking: &Looking<'_>, path: &str) -> bool {
    looking.places.metadata(Path::new(path)).is_some_and(|metadata| metadata.file_type().is_socket())
}
