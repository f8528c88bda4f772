//! Outcomes of applying a plan or of undoing it, and reasons why a change was not made.

use super::raise_limits::{self, Reason, Records, Refusal};
use super::{Change, Diff, RemedyError};
use crate::machine::{Limit, Places};
use std::path::PathBuf;

/// Outcomes of applying a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanOutcome {
    /// The world was already as asked.
    NothingToDo,
    /// All changes were made.
    Applied {
        /// The journal's number, for undoing it.
        id: u32,
        /// The outcome of each change, in the plan's order.
        done: Vec<Done>,
    },
    /// The world has changed since the plan was made. Nothing was done.
    Stale(Vec<Stale>),
    /// A change failed. What had been done was undone, except what `left` names; while finishing an interrupted entry,
    /// nothing was undone and the entry stays unfinished.
    Failed {
        /// The failure.
        error: RemedyError,
        /// Changes that could not be undone; the journal keeps it as unfinished.
        left: Vec<Left>,
    },
}

/// Outcomes of one change.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(strum::EnumCount))]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// The folder was made.
    FolderMade,
    /// The file was written.
    FileWritten,
    /// The limits were raised.
    LimitsRaised(raise_limits::Applied),
    /// The folder or file is in the trash.
    Trashed,
    /// The app runs anew.
    Restarted {
        /// The new process id.
        pid: u32,
        /// The log of what it says, from now on.
        #[serde(with = "super::stored::path")]
        log: PathBuf,
        /// Whether that is the file that the app wrote into before. Earlier versions never kept it.
        #[serde(default)]
        kept: bool,
    },
}

/// Reasons why a change no longer fits the world.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Stale {
    /// The file is not what it was, or is not there any more, or has appeared.
    FileChanged {
        /// The file.
        path: PathBuf,
    },
    /// A link stands where none was.
    LinkInPlace {
        /// The path that was to be changed.
        path: PathBuf,
    },
    /// The folder is there already.
    FolderAppeared {
        /// The folder.
        path: PathBuf,
    },
    /// The thing that was to go is gone, or is something else now.
    Gone {
        /// The path.
        path: PathBuf,
    },
    /// The kernel's limits are not what they were: watches, instances, queued events now.
    LimitsChanged([Option<u64>; 3]),
    /// The process ended, or another one has its number now.
    ProcessGone {
        /// The number.
        pid: u32,
    },
}

/// Reasons why a change was not made.
pub(super) enum Halt {
    Stale(Stale),
    Error(RemedyError),
}

impl Halt {
    /// The change that was halted may be made, or half made, all the same: its last step failed. What no longer fits
    /// belongs to someone else; a restart and the script for the limits say themselves how far they came.
    pub(super) const fn may_be_made(&self, change: &Change) -> bool {
        matches!(self, Self::Error(_)) && !matches!(change, Change::Restart(_) | Change::RaiseLimits(_))
    }

    /// The script for the limits could not take back what it had begun: undoing the entry later puts it right.
    /// Where it ended in an unknown way, the record that it keeps on the disk tells.
    pub(super) fn leaves_something(&self) -> bool {
        let Self::Error(RemedyError::Limits(refusal)) = self else { return false };
        let on_record = || !Records::files(&Places::default()).is_empty();
        matches!(refusal.reason, Reason::NotTakenBack | Reason::KilledWorking(_))
            || matches!(refusal.reason, Reason::Unexpected(_)) && on_record()
    }
}

impl From<Halt> for PlanOutcome {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Stale(stale) => Self::Stale(vec![stale]),
            Halt::Error(error) => Self::Failed { error, left: Vec::new() },
        }
    }
}

impl From<RemedyError> for Halt {
    fn from(error: RemedyError) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "any other error stays one")]
        match error {
            RemedyError::LinkInTheWay { path } => Self::Stale(Stale::LinkInPlace { path }),
            RemedyError::ProcessGone { pid } => Self::Stale(Stale::ProcessGone { pid }),
            RemedyError::Limits(Refusal { reason: Reason::ChangedMeanwhile(now), .. }) => {
                Self::Stale(Stale::LimitsChanged(now))
            }
            error => Self::Error(error),
        }
    }
}

impl From<Stale> for RemedyError {
    fn from(stale: Stale) -> Self {
        match stale {
            Stale::LinkInPlace { path } => Self::LinkInTheWay { path },
            Stale::ProcessGone { pid } => Self::ProcessGone { pid },
            Stale::LimitsChanged(now) => {
                Self::Limits(Refusal { reason: Reason::ChangedMeanwhile(now), details: String::new() })
            }
            Stale::FileChanged { path } | Stale::FolderAppeared { path } | Stale::Gone { path } => {
                Self::ChangedMeanwhile { path }
            }
        }
    }
}

/// Outcomes of undoing an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undo {
    /// All changes were taken back, except what `left` names.
    Undone {
        /// The things that are as they were before, in the order in which they were put back.
        back: Vec<Back>,
        /// The changes that stay as they are, and why. No reason to try again.
        left: Vec<Left>,
    },
    /// A change of someone else's came since. Nothing was undone.
    Refused(Vec<Conflict>),
    /// The entry was undone before.
    AlreadyUndone,
    /// A step failed on the way. The entry stays unfinished; undoing it again goes on from there.
    Failed(RemedyError),
}

impl Undo {
    /// Returns what stays as it is; `None` where the entry was not undone now.
    #[must_use]
    pub fn left(&self) -> Option<&[Left]> {
        match self {
            Self::Undone { left, .. } => Some(left),
            Self::Refused(_) | Self::AlreadyUndone | Self::Failed(_) => None,
        }
    }
}

/// Things that undoing has put back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Back {
    /// The file holds what it held before.
    File {
        /// The file.
        path: PathBuf,
        /// The difference from what was written to what is there again.
        diff: Diff,
    },
    /// The file was not there before and is gone again.
    FileGone {
        /// The file.
        path: PathBuf,
    },
    /// The folder was not there before and is gone again.
    FolderGone {
        /// The folder.
        path: PathBuf,
    },
    /// The folder or file is back from the trash.
    FromTrash {
        /// The folder or file.
        path: PathBuf,
    },
    /// The kernel's limit is what it was, as the kernel itself says.
    Limit {
        /// The limit.
        limit: Limit,
        /// The value that was taken back.
        from: u64,
        /// The value now.
        to: u64,
    },
}

/// What came of taking one change back.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) back: Vec<Back>,
    pub(super) left: Option<Left>,
}

impl From<Back> for Taken {
    fn from(back: Back) -> Self {
        Self { back: vec![back], left: None }
    }
}

impl From<Left> for Taken {
    fn from(left: Left) -> Self {
        Self { back: Vec::new(), left: Some(left) }
    }
}

/// Reasons why an entry is not undone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Conflict {
    /// The file is neither what was written nor what it was before.
    FileChanged {
        /// The file.
        path: PathBuf,
        /// The difference from what was written to what is there.
        diff: Diff,
    },
    /// The file is not there any more.
    FileGone {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be looked at: a link stands in the way, or the permission is missing.
    Unreadable(RemedyError),
}

/// Changes that undoing leaves as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Left {
    /// The folder is not empty: something else is in it now.
    FolderNotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The folder has been made anew since; the old one stays in the trash.
    ThereAgain {
        /// The file or folder.
        path: PathBuf,
    },
    /// The folder is not in the trash any more.
    NotInTrash {
        /// The file or folder.
        path: PathBuf,
    },
    /// An ended process does not come back; the app that was started in its stead runs on.
    Restarted {
        /// The process that was ended.
        pid: u32,
    },
    /// An error while taking it back.
    Failed(RemedyError),
}
