//! The limits' part of the model: now, at boot, and the lines that decide it.

use super::machine::shown;
use crate::machine::boot::{self, BootLimit, BootLimits, Reader, WhyIneffective};
use crate::machine::{self, Limit, Machine};
use serde::Serialize;

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
    /// The value in force now; null where the kernel's file could not be read.
    pub now: Option<u64>,
    /// The value after the next boot; null where no file sets it and the kernel computes its default.
    pub at_boot: Option<u64>,
    /// The file whose line wins.
    pub boot_source: Option<String>,
    /// The number of that line, counted from 1.
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
    /// The text after the equals sign.
    pub value: String,
    /// The reason why it has no effect.
    pub why: NoEffect,
}

/// Reasons why a line has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NoEffect {
    /// A later line sets the limit again.
    Overridden,
    /// The file is read by nothing.
    #[serde(rename = "not read")]
    NotRead,
    /// The file gives way to another one of the same name.
    Masked,
    /// The kernel does not take the value.
    Refused,
}

/// The program that applies sysctl files at boot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Boot {
    /// The program that does.
    pub reader: Reader,
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

impl Limits {
    pub(in crate::report) fn of(machine: &Machine) -> Self {
        let limit = |limit| KernelLimit::of(machine.limits.get(limit), machine.boot.get(limit));
        Self {
            max_user_watches: limit(Limit::Watches),
            max_user_instances: limit(Limit::Instances),
            max_queued_events: limit(Limit::QueuedEvents),
        }
    }

    /// Returns each limit with its name, in the order in which they are shown.
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
        let without_effect =
            boot.ineffective.iter().map(|line| Assignment::of(&line.assignment, NoEffect::of(&line.why)));
        Self {
            now,
            at_boot: boot.value,
            boot_source: boot.winner.as_ref().map(|winner| shown(&winner.file)),
            boot_line: boot.winner.as_ref().map(|winner| winner.line),
            overridden: boot.overridden.iter().map(|line| Assignment::of(line, NoEffect::Overridden)).collect(),
            without_effect: without_effect.collect(),
        }
    }
}

impl NoEffect {
    const fn of(why: &WhyIneffective) -> Self {
        match why {
            WhyIneffective::NotRead => Self::NotRead,
            WhyIneffective::Masked(_) => Self::Masked,
            WhyIneffective::Refused => Self::Refused,
        }
    }
}

impl Assignment {
    fn of(line: &boot::Assignment, why: NoEffect) -> Self {
        Self { file: shown(&line.file), line: line.line, value: line.value.clone(), why }
    }
}

impl Boot {
    pub(in crate::report) fn of(boot: &BootLimits) -> Self {
        Self { reader: boot.reader, unreadable_files: boot.unreadable.iter().map(|file| shown(file)).collect() }
    }
}

impl NamespaceLimits {
    pub(in crate::report) const fn of(limits: machine::NamespaceLimits) -> Self {
        Self { watches: limits.watches, instances: limits.instances }
    }
}
