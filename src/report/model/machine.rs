//! The machine's part of the model: who holds watches, and what kind of place this is.

use crate::machine::environment::Pkexec;
use crate::machine::{self, Holders, Kind};
use serde::{Serialize, Serializer};
use std::path::Path;

/// Watches charged to this account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Effective user id.
    pub uid: u32,
    /// Watches held, each instance counted once.
    pub watches: u64,
    /// Instances held.
    pub instances: u64,
    /// Processes of this account that could not be read; what they hold counts too and is not known.
    pub unreadable_processes: u64,
    /// Whether shared instances may have been counted more than once.
    pub sharing_unknown: bool,
    /// Whether there may be processes that cannot be seen from here at all; what they hold is missing.
    pub hidden_processes: bool,
}

/// One process that holds an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Process {
    /// Process id.
    pub pid: u32,
    /// Effective user id.
    pub uid: u32,
    /// The program's name.
    pub program: String,
    /// The command line, argument by argument.
    pub command: Vec<String>,
    /// The kind.
    pub kind: Kind,
    /// Instances open in it.
    pub instances: u64,
    /// Watches of those instances.
    pub watches: u64,
    /// The part of `watches` that it answers for where instances are shared.
    pub charged_watches: u64,
    /// Whether it counts against this account's limit.
    pub charged_to_account: bool,
    /// Processes with one of the instances open.
    pub shared_with: Vec<u32>,
}

/// A process that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// Process id.
    pub pid: u32,
    /// User id.
    pub uid: u32,
    /// The kernel's short name of it.
    pub program: String,
}

/// The kind of place this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Environment {
    /// The kind of container.
    pub container: Option<String>,
    /// 1 or 2 on WSL.
    pub wsl: Option<u8>,
    /// Whether it is below the initial user namespace.
    pub user_namespace: bool,
    /// Whether systemd is the running init.
    pub systemd: bool,
    /// Whether it is inside a Flatpak.
    pub flatpak: bool,
    /// Whether it is inside a Snap.
    pub snap: bool,
    /// Whether this is NixOS.
    pub nixos: bool,
    /// An image-based system.
    pub ostree: bool,
    /// `/proc/sys` is mounted read-only.
    pub read_only_sysctl: bool,
    /// `/etc` can be written by root.
    pub etc_writable: bool,
    /// `usable` or the reason why pkexec cannot work.
    #[serde(serialize_with = "pkexec_word")]
    pub pkexec: Pkexec,
    /// The distribution's name.
    pub distribution: Option<String>,
    /// Kernel release.
    pub kernel: String,
    /// The desktop session.
    pub desktop: Option<String>,
}

impl Account {
    pub(super) const fn of(holders: &Holders) -> Self {
        let machine::Account { uid, watches, instances, unreadable_processes } = holders.account;
        let &Holders { sharing_unknown, hidden_processes, .. } = holders;
        Self { uid, watches, instances, unreadable_processes, sharing_unknown, hidden_processes }
    }
}

impl Process {
    /// Lists those that hold an instance: a Streamlit app that holds none is in the survey, and is no holder.
    pub(super) fn all(holders: &Holders) -> Vec<Self> {
        holders.processes.iter().filter(|process| process.instances > 0).map(Self::of).collect()
    }

    fn of(process: &machine::Process) -> Self {
        Self {
            pid: process.pid,
            uid: process.uid,
            program: process.program.clone(),
            command: process.command.iter().map(|argument| argument.to_string_lossy().into_owned()).collect(),
            kind: process.kind,
            instances: process.instances,
            watches: process.watches,
            charged_watches: process.charged_watches,
            charged_to_account: process.charged_to_account,
            shared_with: process.shared_with.clone(),
        }
    }
}

impl Unreadable {
    pub(super) fn all(holders: &Holders) -> Vec<Self> {
        let one = |it: &machine::processes::Unreadable| Self { pid: it.pid, uid: it.uid, program: it.program.clone() };
        holders.unreadable.iter().map(one).collect()
    }
}

impl Environment {
    pub(in crate::report) fn of(environment: &machine::Environment) -> Self {
        Self {
            container: environment.container.clone(),
            wsl: environment.wsl,
            user_namespace: environment.user_namespace,
            systemd: environment.systemd,
            flatpak: environment.flatpak,
            snap: environment.snap,
            nixos: environment.nixos,
            ostree: environment.ostree,
            read_only_sysctl: environment.read_only_sysctl,
            etc_writable: environment.etc_writable,
            pkexec: environment.pkexec.clone(),
            distribution: environment.distribution.clone(),
            kernel: environment.kernel.clone(),
            desktop: environment.desktop.clone(),
        }
    }
}

fn pkexec_word<S: Serializer>(pkexec: &Pkexec, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(pkexec.slug())
}

/// A path as text. JSON and people can only be given text: what is not UTF-8 becomes U+FFFD.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
