//! Holders of watches: one pass over /proc, every instance counted once.
//!
//! `scan` finds the processes that hold instances, `sharing` tells which descriptors are the same instance, `count`
//! counts the watches of each once, `account` says which of them the kernel charges to this user. `crew` shares the
//! reading out to all cores, and can be left behind where the kernel holds it up.
//! What nobody can see: an instance that is in no process's descriptor table (on its way through a Unix socket),
//! or only in the table of a thread that left its process's one (unshare(2) with `CLONE_FILES`).

mod account;
mod count;
mod crew;
mod facts;
mod fdinfo;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod holders;
mod kind;
mod recognise;
mod same_file;
mod scan;
mod sharing;
mod steadiness;
mod tool;
mod user_namespace;
mod users;
mod visibility;
mod watched;

pub(crate) use kind::base_name;
pub use kind::{Family, Kind};
use std::ffi::OsString;
use std::path::PathBuf;
pub use steadiness::{Span, Steadiness, SteadinessUnknown};
pub use watched::{WatchedInode, watched_inodes, watched_inodes_until};

/// One process that holds at least one inotify instance, or a Streamlit app or uvicorn whatever it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Process id.
    pub pid: u32,
    /// The parent's process id; 0 where there is none to be seen.
    pub parent: u32,
    /// Effective user id: the one that the kernel charges.
    pub uid: u32,
    /// The user's name, where the user database knows it.
    pub user: Option<String>,
    /// The program's file name, or the kernel's short name where the command line is empty.
    pub program: String,
    /// The full command line, argument by argument.
    pub command: Vec<OsString>,
    /// The kind.
    pub kind: Kind,
    /// Inotify instances this process has open, each counted once however often it is duplicated here.
    pub instances: u64,
    /// Watches of those instances together.
    pub watches: u64,
    /// The part of `watches` that this process is the one to answer for: a shared instance is charged once, to one
    /// of its holders. These add up to [`Account::watches`] over the processes charged to the account.
    pub charged_watches: u64,
    /// Whether it counts against this program's account: same user and same user namespace, or a namespace below that
    /// this user created.
    pub charged_to_account: bool,
    /// Processes that have one of those instances open too, ascending.
    pub shared_with: Vec<u32>,
    /// Whether it runs in a user namespace other than this program's.
    pub other_user_namespace: bool,
    /// Seconds since the Unix epoch at which it started; `None` where /proc does not tell.
    pub started: Option<u64>,
    /// The start in clock ticks since the boot: with the process id, this names one process only.
    pub started_ticks: Option<u64>,
    /// The working folder, where it may be read.
    pub cwd: Option<PathBuf>,
}

/// A process whose descriptors could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Process id.
    pub pid: u32,
    /// The user.
    pub uid: u32,
    /// The kernel's short name of it, which everyone may read; empty where /proc is mounted with `hidepid=noaccess`
    /// (kernel threads cannot be told from programs then, and are here as well).
    pub program: String,
}

/// Watches charged to one account: this user in this user namespace.
///
/// The kernel charges whoever called `inotify_init` and, on every level upward, the creator of the user namespace
/// below (`inc_ucount`, kernel/ucount.c). Counted here is this program's own level: processes of its namespace by
/// their effective user, and processes of namespaces below it by the user who created the one next to it (a
/// rootless container charges the user who runs it). Approximated: the process that called `inotify_init` is taken
/// to be the oldest one that holds the instance, and to have had the effective user that it has now.
/// Not visible from inside a namespace: what the levels above have charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Effective user id of this program.
    pub uid: u32,
    /// Watches held by this account's processes, each instance once.
    pub watches: u64,
    /// Instances held by this account's processes.
    pub instances: u64,
    /// Processes of this account that could not be read: what they hold counts too and is not known.
    pub unreadable_processes: u64,
}

/// Processes that hold watches, as far as it can be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holders {
    /// Processes with at least one instance, every Streamlit app and every uvicorn, most watches first, then by PID.
    pub processes: Vec<Process>,
    /// Watches that count against this user's limit.
    pub account: Account,
    /// Processes that could not be read, of this user and of others, ascending by PID.
    pub unreadable: Vec<Unreadable>,
    /// Processes that ended while they were being read.
    pub vanished: u64,
    /// The kernel refused kcmp(2) where it mattered: which descriptors are the same instance is a presumption
    /// (see [`Holders::read`]), and an instance may have been counted more than once.
    pub sharing_unknown: bool,
    /// Whether there may be processes that this program cannot see at all, not even to count them as unreadable: /proc
    /// is mounted with `hidepid=invisible` or `ptraceable`, or this program runs in a PID namespace of its own (a
    /// container), while the kernel charges the same user inside and outside alike.
    pub hidden_processes: bool,
}
