//! The limits in force now, read from the kernel.

use super::Places;
use rustix::fs::{Access, AtFlags};
use std::fs;
use std::path::{Path, PathBuf};

/// One of the three limits in `/proc/sys/fs/inotify` (inotify(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// `max_user_watches`: watches of one user, all instances together.
    Watches,
    /// `max_user_instances`: instances of one user.
    Instances,
    /// `max_queued_events`: events waiting in one instance; copied into an instance when it is made.
    QueuedEvents,
}

impl Limit {
    /// All three, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Watches, Self::Instances, Self::QueuedEvents];

    /// The file name below `/proc/sys/fs/inotify`.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Watches => "max_user_watches",
            Self::Instances => "max_user_instances",
            Self::QueuedEvents => "max_queued_events",
        }
    }

    /// The key in sysctl files: `fs.inotify.max_user_watches` and its like.
    #[must_use]
    pub fn key(self) -> String {
        format!("fs.inotify.{}", self.file_name())
    }
}

/// The three limits; `None` where the kernel's file could not be read (`CONFIG_INOTIFY_USER` off, no /proc).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitsNow {
    watches: Option<u64>,
    instances: Option<u64>,
    queued_events: Option<u64>,
}

impl LimitsNow {
    /// Reads the three files.
    #[must_use]
    pub fn read(places: &Places) -> Self {
        let read = |limit: Limit| read_number(&places.proc.join("sys/fs/inotify").join(limit.file_name()));
        Self {
            watches: read(Limit::Watches),
            instances: read(Limit::Instances),
            queued_events: read(Limit::QueuedEvents),
        }
    }

    /// One of the three.
    #[must_use]
    pub const fn get(&self, limit: Limit) -> Option<u64> {
        match limit {
            Limit::Watches => self.watches,
            Limit::Instances => self.instances,
            Limit::QueuedEvents => self.queued_events,
        }
    }
}

/// The limits of the user namespace this program runs in: `/proc/sys/user/max_inotify_{watches,instances}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamespaceLimits {
    /// `max_inotify_watches` of the namespace.
    pub watches: u64,
    /// `max_inotify_instances` of the namespace.
    pub instances: u64,
    /// Whether this program could raise them: it has `CAP_SYS_RESOURCE` in the namespace (`set_permissions`,
    /// kernel/ucount.c; its root has it where nobody took it away), and /proc/sys is not read-only.
    pub can_be_raised: bool,
}

impl NamespaceLimits {
    /// `None` in the initial user namespace, where these files are the same numbers as in `/proc/sys/fs/inotify`.
    #[must_use]
    pub fn read(places: &Places) -> Option<Self> {
        if !in_child_user_namespace(places) {
            return None;
        }
        let [watches, instances] = Self::files(places);
        Some(Self {
            watches: read_number(&watches)?,
            instances: read_number(&instances)?,
            can_be_raised: [watches, instances].iter().all(|file| may_write(file)),
        })
    }

    /// Returns the files where the kernel shows and takes them.
    fn files(places: &Places) -> [PathBuf; 2] {
        ["max_inotify_watches", "max_inotify_instances"].map(|name| places.proc.join("sys/user").join(name))
    }

    /// The limit of this namespace; it has none of queued events.
    #[must_use]
    pub const fn get(&self, limit: Limit) -> Option<u64> {
        match limit {
            Limit::Watches => Some(self.watches),
            Limit::Instances => Some(self.instances),
            Limit::QueuedEvents => None,
        }
    }
}

/// Tells whether this program runs in a user namespace below the initial one.
#[must_use]
pub fn in_child_user_namespace(places: &Places) -> bool {
    // The initial user namespace has a fixed inode number, PROC_USER_INIT_INO (include/linux/proc_ns.h).
    const INITIAL: &str = "user:[4026531837]";
    fs::read_link(places.proc.join("self/ns/user")).is_ok_and(|link| link.as_os_str() != INITIAL)
}

/// Asks the kernel, by the effective user and its capabilities; nothing is written.
fn may_write(file: &Path) -> bool {
    rustix::fs::accessat(rustix::fs::CWD, file, Access::WRITE_OK, AtFlags::EACCESS).is_ok()
}

fn read_number(file: &Path) -> Option<u64> {
    fs::read_to_string(file).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_none_and_the_rest_is_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let places = Places { proc: folder.path().to_path_buf(), root: folder.path().to_path_buf() };
        fs::create_dir_all(folder.path().join("sys/fs/inotify")).expect("a folder");
        fs::write(folder.path().join("sys/fs/inotify/max_user_watches"), "8192\n").expect("a file");
        let limits = LimitsNow::read(&places);
        assert_eq!(Limit::ALL.map(|limit| limits.get(limit)), [Some(8192), None, None]);
        assert_eq!(
            NamespaceLimits::read(&places),
            None,
            "a namespace that cannot be seen is taken for the initial one"
        );
    }

    #[test]
    fn the_kernel_shows_all_three() {
        let limits = LimitsNow::read(&Places::default());
        assert!(Limit::ALL.into_iter().all(|limit| limits.get(limit).is_some()), "this kernel has inotify: {limits:?}");
    }
}
