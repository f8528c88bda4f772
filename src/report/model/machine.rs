//! The machine's part of the model.

use super::slug;
use crate::machine::boot::{self, BootLimit, BootLimits, WhyIneffective};
use crate::machine::{self, Holders, Kind, Limit, Machine};
use serde::Serialize;
use std::path::Path;

/// The three limits of inotify(7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Watches of one user.
    pub max_user_watches: KernelLimit,
    /// Instances of one user.
    pub max_user_instances: KernelLimit,
    /// Events waiting in one instance.
    pub max_queued_events: KernelLimit,
}

/// One limit, now and after the next boot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KernelLimit {
    /// In force now; null where the kernel's file could not be read.
    pub now: Option<u64>,
    /// After the next boot; null where no file sets it and the kernel computes its default.
    pub at_boot: Option<u64>,
    /// The file whose line wins.
    pub boot_source: Option<String>,
    /// That line, counted from 1.
    pub boot_line: Option<usize>,
    /// Lines that would have set it and are beaten.
    pub overridden: Vec<Assignment>,
    /// Lines that look as if they set it and do not.
    pub without_effect: Vec<Assignment>,
}

/// One line of a sysctl file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What stands after the equals sign.
    pub value: String,
    /// Why it has no effect: `overridden`, `not read`, `masked` or `refused`.
    pub why: &'static str,
}

/// Who applies sysctl files at boot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Boot {
    /// `systemd-sysctl`, `procps` or `nobody`.
    pub reader: &'static str,
    /// Files that will be read but could not be read for this report: the answer is uncertain.
    pub unreadable_files: Vec<String>,
}

/// The limits of a user namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NamespaceLimits {
    /// Watches.
    pub watches: u64,
    /// Instances.
    pub instances: u64,
}

/// What is charged to this account.
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
    /// Shared instances may have been counted more than once.
    pub sharing_unknown: bool,
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
    /// What it is.
    #[serde(serialize_with = "slug::serialize")]
    pub kind: Kind,
    /// Instances open in it.
    pub instances: u64,
    /// Watches of those instances.
    pub watches: u64,
    /// The part of `watches` that it answers for where instances are shared.
    pub charged_watches: u64,
    /// It counts against this account's limit.
    pub charged_to_account: bool,
    /// Other processes with one of the instances open.
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

/// What kind of place this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Environment {
    /// The kind of container.
    pub container: Option<String>,
    /// 1 or 2 on WSL.
    pub wsl: Option<u8>,
    /// Below the initial user namespace.
    pub user_namespace: bool,
    /// systemd is the running init.
    pub systemd: bool,
    /// Inside a Flatpak.
    pub flatpak: bool,
    /// Inside a Snap.
    pub snap: bool,
    /// NixOS.
    pub nixos: bool,
    /// An image-based system.
    pub ostree: bool,
    /// `/proc/sys` is mounted read-only.
    pub read_only_sysctl: bool,
    /// `/etc` can be written by root.
    pub etc_writable: bool,
    /// `usable` or the reason why pkexec cannot work.
    pub pkexec: &'static str,
    /// The distribution's name.
    pub distribution: Option<String>,
    /// Kernel release.
    pub kernel: String,
    /// The desktop session.
    pub desktop: Option<String>,
}

impl Limits {
    pub(super) fn of(machine: &Machine) -> Self {
        let limit = |limit| KernelLimit::of(machine.limits.get(limit), machine.boot.get(limit));
        Self {
            max_user_watches: limit(Limit::Watches),
            max_user_instances: limit(Limit::Instances),
            max_queued_events: limit(Limit::QueuedEvents),
        }
    }

    /// Each limit with its name, in the order in which they are shown.
    #[must_use]
    pub const fn named(&self) -> [(&'static str, &KernelLimit); 3] {
        [
            (Limit::Watches.file_name(), &self.max_user_watches),
            (Limit::Instances.file_name(), &self.max_user_instances),
            (Limit::QueuedEvents.file_name(), &self.max_queued_events),
        ]
    }
}

impl KernelLimit {
    fn of(now: Option<u64>, boot: &BootLimit) -> Self {
        let without_effect = boot.ineffective.iter().map(|line| Assignment::of(&line.assignment, why(&line.why)));
        Self {
            now,
            at_boot: boot.value,
            boot_source: boot.winner.as_ref().map(|winner| shown(&winner.file)),
            boot_line: boot.winner.as_ref().map(|winner| winner.line),
            overridden: boot.overridden.iter().map(|line| Assignment::of(line, "overridden")).collect(),
            without_effect: without_effect.collect(),
        }
    }
}

const fn why(why: &WhyIneffective) -> &'static str {
    match why {
        WhyIneffective::NotRead => "not read",
        WhyIneffective::Masked(_) => "masked",
        WhyIneffective::Refused => "refused",
    }
}

impl Assignment {
    fn of(line: &boot::Assignment, why: &'static str) -> Self {
        Self { file: shown(&line.file), line: line.line, value: line.value.clone(), why }
    }
}

impl Boot {
    pub(super) fn of(boot: &BootLimits) -> Self {
        let reader = match boot.reader {
            boot::Reader::Systemd => "systemd-sysctl",
            boot::Reader::Procps => "procps",
            boot::Reader::Nobody => "nobody",
        };
        Self { reader, unreadable_files: boot.unreadable.iter().map(|file| shown(file)).collect() }
    }
}

impl NamespaceLimits {
    pub(super) const fn of(limits: machine::NamespaceLimits) -> Self {
        Self { watches: limits.watches, instances: limits.instances }
    }
}

impl Account {
    pub(super) const fn of(holders: &Holders) -> Self {
        let machine::Account { uid, watches, instances, unreadable_processes } = holders.account;
        Self { uid, watches, instances, unreadable_processes, sharing_unknown: holders.sharing_unknown }
    }
}

impl Process {
    /// Those that hold an instance: a Streamlit app that holds none is in the survey, and is no holder.
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
    pub(super) fn of(environment: &machine::Environment) -> Self {
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
            pkexec: environment.pkexec.slug(),
            distribution: environment.distribution.clone(),
            kernel: environment.kernel.clone(),
            desktop: environment.desktop.clone(),
        }
    }
}

/// A path as text. JSON and people can only be given text: what is not UTF-8 becomes U+FFFD.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
