//! Who watches one path: the processes that hold a watch on it, or on folders below it.

use super::held::directories_held;
use super::{Request, SurveyError};
use crate::guarded;
use crate::machine::Machine;
use crate::machine::processes::{Kind, WatchedInode, watched_inodes_until};
use crate::progress::Progress;
use crate::project::Inventory;
use crate::project::tree::{Depth, kernel_device};
use std::path::{Path, PathBuf};

/// A path, and the processes that watch it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchedPath {
    /// The path as it was asked for, absolute.
    pub path: PathBuf,
    /// Processes that watch it or what is below, most watches first. Those that could not be read are missing.
    pub watchers: Vec<PathWatcher>,
}

/// A process that watches the path or what is below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathWatcher {
    /// The process id.
    pub pid: u32,
    /// The kind of program.
    pub kind: Kind,
    /// The program's file name.
    pub program: String,
    /// Whether it watches the path itself.
    pub itself: bool,
    /// Folders below that it watches.
    pub below: u64,
}

/// Looks who watches `path`, links followed.
///
/// # Errors
/// [`SurveyError::Project`] where it cannot be reached, [`SurveyError::Cancelled`].
pub(super) fn of(
    path: &Path,
    request: &Request,
    machine: &Machine,
    progress: &Progress,
) -> Result<WatchedPath, SurveyError> {
    let because = |reason| SurveyError::Project { path: path.to_path_buf(), reason };
    let absolute = std::path::absolute(path).map_err(because)?;
    let found = guarded::about(&absolute).map_err(|refusal| because(refusal.into()))?;
    let mut inodes = Vec::new();
    for process in &machine.holders.processes {
        let read = watched_inodes_until(&request.places, process.pid, progress)?;
        inodes.push(read.unwrap_or_default().concat());
    }
    let counts: Vec<(bool, u64)> = if found.kind == guarded::Kind::Folder {
        let inventory = Inventory::take(&absolute, Depth::Usual, progress)?;
        let held = inventory.index().map(|index| directories_held(index, &inodes)).unwrap_or_default();
        held.iter()
            .map(|held| (held.first() == Some(&0), held.iter().filter(|node| **node != 0).count() as u64))
            .collect()
    } else {
        let same = |one: &WatchedInode| one.ino == found.inode && u64::from(one.sdev) == kernel_device(found.device);
        inodes.iter().map(|inodes| (inodes.iter().any(same), 0)).collect()
    };
    let processes = machine.holders.processes.iter().zip(counts).filter(|(_, (itself, below))| *itself || *below > 0);
    let mut watchers: Vec<PathWatcher> = processes
        .map(|(process, (itself, below))| {
            let (pid, kind, program) = (process.pid, process.kind, process.program.clone());
            PathWatcher { pid, kind, program, itself, below }
        })
        .collect();
    watchers.sort_by_key(|one| (std::cmp::Reverse(one.below + u64::from(one.itself)), one.pid));
    Ok(WatchedPath { path: absolute, watchers })
}
