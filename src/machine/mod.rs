//! Facts about this computer. Reads, never writes.
#![allow(clippy::disallowed_methods, reason = "/proc and /sys are the kernel's, and other rules hold there")]

pub mod boot;
pub mod environment;
pub mod limits;
pub mod memory;
pub mod places;
pub mod process_dir;
pub mod processes;
pub mod rlimit;
pub mod sessions;

use crate::progress::{Cancelled, Progress};
pub use boot::{BootLimit, BootLimits};
pub use environment::Environment;
pub use limits::{Limit, LimitsNow, NamespaceLimits};
pub use places::Places;
pub use process_dir::ProcessDir;
pub use processes::{Account, Holders, Kind, Process};

/// All facts about the machine, taken in one go.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The kernel's limits as they are now.
    pub limits: LimitsNow,
    /// The lower limit of the user namespace this program runs in, where it runs in one.
    pub namespace_limits: Option<NamespaceLimits>,
    /// The limits after the next boot.
    pub boot: BootLimits,
    /// The processes that hold watches.
    pub holders: Holders,
    /// Memory of the machine in bytes.
    pub memory_bytes: Option<u64>,
    /// The kind of place this is and what is possible in it.
    pub environment: Environment,
}

impl Machine {
    /// Reads everything below `places`. What could not be read is part of the result.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn read(places: &Places, progress: &Progress) -> Result<Self, Cancelled> {
        let environment = Environment::read(places);
        Ok(Self {
            limits: LimitsNow::read(places),
            namespace_limits: NamespaceLimits::read(places),
            boot: BootLimits::read(places, &environment),
            holders: Holders::read(places, progress)?,
            memory_bytes: memory::total_bytes(places),
            environment,
        })
    }

    /// The limit of watches that binds this account: the namespace's where it is lower than the kernel's.
    #[must_use]
    pub fn watch_limit(&self) -> Option<u64> {
        lower(self.limits.get(Limit::Watches), self.namespace_limit(Limit::Watches))
    }

    /// The limit of instances that binds this account.
    #[must_use]
    pub fn instance_limit(&self) -> Option<u64> {
        lower(self.limits.get(Limit::Instances), self.namespace_limit(Limit::Instances))
    }

    /// The limit that this program's user namespace has of its own.
    #[must_use]
    pub fn namespace_limit(&self, limit: Limit) -> Option<u64> {
        self.namespace_limits.and_then(|limits| limits.get(limit))
    }

    /// The same where it decides: raising the kernel's limit then gives not one watch more.
    #[must_use]
    pub fn binding_namespace_limit(&self, limit: Limit) -> Option<u64> {
        let own = self.namespace_limit(limit)?;
        self.limits.get(limit).is_none_or(|kernel| own <= kernel).then_some(own)
    }
}

fn lower(kernel: Option<u64>, namespace: Option<u64>) -> Option<u64> {
    match (kernel, namespace) {
        (Some(kernel), Some(namespace)) => Some(kernel.min(namespace)),
        (kernel, namespace) => kernel.or(namespace),
    }
}
