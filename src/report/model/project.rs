//! The project's part of the model: its folder and its tree.

use super::machine::shown;
use crate::project;
use crate::project::tree::Size;
use crate::survey;
use serde::Serialize;
use std::path::PathBuf;

/// The chosen project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Project {
    /// The folder.
    pub root: String,
    /// The entry script in use.
    pub script: Option<String>,
    /// Entries in its tree that are no directories.
    pub files: u64,
    /// Directories, the folder itself included.
    pub directories: u64,
    /// Directories among them that could not be read.
    pub unreadable_directories: u64,
    /// The size class, by files.
    pub size: Size,
    /// The heaviest subtrees.
    pub heaviest: Vec<Heavy>,
    /// File systems mounted inside.
    pub mounts: Vec<String>,
    /// Folders that did not answer and were left out.
    pub unresponsive: Vec<String>,
    /// Log files with an inotify error in them.
    pub logs: Vec<LogHit>,
}

/// One heavy subtree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heavy {
    /// The path relative to the project's folder.
    pub path: String,
    /// Directories in it, itself included.
    pub directories: u64,
    /// Entries of other kinds in it.
    pub files: u64,
}

/// A log file with an inotify error in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogHit {
    /// The file.
    pub file: String,
    /// The last matching line.
    pub line: String,
}

/// Subtrees named in a report: as many as a reader looks at.
const HEAVIEST: usize = 10;

impl Project {
    pub(super) fn of(project: &survey::Project) -> Self {
        let tree = &project.tree;
        Self {
            root: shown(&project.root),
            script: project.script.as_ref().map(|script| shown(&script.path)),
            files: tree.files,
            directories: tree.directories,
            unreadable_directories: tree.unreadable,
            size: tree.size(),
            heaviest: tree.heaviest(HEAVIEST).iter().map(Heavy::of).collect(),
            mounts: all_shown(&tree.mounts),
            unresponsive: all_shown(&tree.unresponsive),
            logs: project.logs.iter().map(LogHit::of).collect(),
        }
    }
}

impl Heavy {
    fn of(heavy: &project::tree::Heavy) -> Self {
        Self { path: shown(&heavy.path), directories: heavy.directories, files: heavy.files }
    }
}

impl LogHit {
    fn of(hit: &project::LogHit) -> Self {
        Self { file: shown(&hit.file), line: hit.line.clone() }
    }
}

pub(super) fn all_shown(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| shown(path)).collect()
}
