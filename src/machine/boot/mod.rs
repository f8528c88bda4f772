//! The limits after the next boot: which sysctl files will be read, in which order, and which value wins.

use super::{Environment, Limit, Places};
use std::path::PathBuf;

/// Which program applies sysctl files when this machine boots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// `systemd-sysctl.service`.
    Systemd,
    /// `sysctl --system` of procps, run by an init script.
    Procps,
    /// Nothing reads them: a container, WSL without systemd.
    Nobody,
}

/// One line of a sysctl file that names the limit, explicitly or by a glob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The file, as the user knows it (without a test's root).
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// What stands after `=`, trimmed as the reader trims it.
    pub value: String,
}

/// What one limit will be after the next boot, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BootLimit {
    /// The value; `None` where no file sets it (the kernel then computes its default at boot).
    pub value: Option<u64>,
    /// The line that wins.
    pub winner: Option<Assignment>,
    /// The lines that would have set it and are beaten, in the order in which they are read.
    pub overridden: Vec<Assignment>,
    /// Lines that look as if they set it but are never read at boot (`/etc/sysctl.conf` where nothing links to
    /// it, a masked file, a file name that does not end in `.conf`) or are refused by the kernel (no number).
    pub ineffective: Vec<Ineffective>,
}

/// A line that looks as if it set a limit and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ineffective {
    /// The line.
    pub assignment: Assignment,
    /// Why it has no effect.
    pub why: WhyIneffective,
}

/// Why a line has no effect at the next boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyIneffective {
    /// The file is not read at boot.
    NotRead,
    /// A file of the same name in this folder is read instead.
    Masked(PathBuf),
    /// The kernel refuses the value.
    Refused,
}

/// The three limits after the next boot.
#[derive(Clone, Debug)]
pub struct BootLimits {
    /// Who applies the files.
    pub reader: Reader,
    /// `fs.inotify.max_user_watches`.
    pub watches: BootLimit,
    /// `fs.inotify.max_user_instances`.
    pub instances: BootLimit,
    /// `fs.inotify.max_queued_events`.
    pub queued_events: BootLimit,
    /// Files that would be read but that this user may not read: the answer is uncertain.
    pub unreadable: Vec<PathBuf>,
}

impl BootLimits {
    /// Reads the sysctl files as the machine's own reader will.
    #[must_use]
    pub fn read(_places: &Places, _environment: &Environment) -> Self {
        todo!("filled in by the boot slice")
    }

    /// One of the three.
    #[must_use]
    pub const fn get(&self, limit: Limit) -> &BootLimit {
        match limit {
            Limit::Watches => &self.watches,
            Limit::Instances => &self.instances,
            Limit::QueuedEvents => &self.queued_events,
        }
    }
}
