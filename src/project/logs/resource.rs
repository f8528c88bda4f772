//! What can run out.

use Resource::{AmbiguousFiles, AmbiguousSpace};

/// The resource that ran out, as far as the text alone tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// The watches of the account.
    Watches,
    /// The inotify instances of the account, or the descriptors of the process: `inotify_init` says EMFILE for both.
    Instances,
    /// ENOSPC without a word about inotify: watches, or the disk.
    AmbiguousSpace,
    /// EMFILE without a word about inotify: instances, or the descriptors of the process.
    AmbiguousFiles,
    /// The event queue of an instance: events came faster than they were read, and some are lost.
    QueueOverflow,
    /// The disk: something was being written, nothing watched.
    Disk,
}

impl Resource {
    /// Tells whether the text alone does not tell what ran out.
    #[must_use]
    pub const fn is_ambiguous(self) -> bool {
        matches!(self, AmbiguousSpace | AmbiguousFiles)
    }

    /// Whether it is one of inotify's limits for certain.
    #[must_use]
    pub const fn is_of_inotify(self) -> bool {
        !self.is_ambiguous() && !matches!(self, Self::Disk)
    }
}
