//! What kind of place this is: by what is possible in it, with names only for the wording.

use super::Places;
use std::path::PathBuf;

/// What is possible here, and what to call the place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Docker, Podman, LXC, Kubernetes …; `None` outside a container. A stray `/.dockerenv` alone is no container.
    pub container: Option<String>,
    /// 1 or 2 on the Windows Subsystem for Linux.
    pub wsl: Option<u8>,
    /// This program runs in a user namespace below the initial one.
    pub user_namespace: bool,
    /// systemd is the running init (`/run/systemd/system` exists, sd_booted(3)).
    pub systemd: bool,
    /// This program runs inside a Flatpak.
    pub flatpak: bool,
    /// This program runs inside a Snap.
    pub snap: bool,
    /// NixOS: /etc is generated, `boot.kernel.sysctl` is the place for the value.
    pub nixos: bool,
    /// An image-based system (ostree): /usr is read-only, /etc is writable.
    pub ostree: bool,
    /// `/proc/sys` is mounted read-only: nobody in here can change a limit.
    pub read_only_sysctl: bool,
    /// `/etc` can be written by root (its mount is not read-only).
    pub etc_writable: bool,
    /// Whether pkexec can ask for a password here.
    pub pkexec: Pkexec,
    /// `PRETTY_NAME` of os-release, for the report.
    pub distribution: Option<String>,
    /// Kernel release (`uname -r`), for the report.
    pub kernel: String,
    /// `XDG_SESSION_TYPE`, `XDG_CURRENT_DESKTOP` where set, for the report.
    pub desktop: Option<String>,
}

/// Whether pkexec can work, or the first reason why not. Only what can be known without asking for a password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pkexec {
    /// Everything it needs is there.
    Usable(PathBuf),
    /// No `pkexec` in PATH.
    #[default]
    NotInstalled,
    /// It has no set-user-id bit, belongs to someone else than root, or its mount is `nosuid`.
    NotSetuid,
    /// This process may never gain privileges (`NoNewPrivs: 1` in /proc/self/status).
    NoNewPrivileges,
    /// No system bus socket.
    NoSystemBus,
    /// The polkit daemon is not installed.
    NoPolkitd,
    /// Inside a user namespace or a Flatpak, where becoming root is not becoming the machine's root.
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

impl Environment {
    /// Looks around. What cannot be read is taken as absent.
    #[must_use]
    pub fn read(_places: &Places) -> Self {
        todo!("filled in by the processes slice")
    }
}
