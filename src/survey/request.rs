//! The request for a survey, as the window or the command line was told it.

use crate::machine::Places;
use crate::project::tree::Depth;
use crate::project::{Launch, LaunchCommand};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// The choices of the user; everything left open is found.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Places where facts about the machine are read.
    pub places: Places,
    /// The project's folder.
    pub project: Option<PathBuf>,
    /// The entry script; relative to the project or absolute.
    pub script: Option<PathBuf>,
    /// The interpreter.
    pub python: Option<PathBuf>,
    /// The folder that the app is started in; otherwise the project's.
    pub cwd: Option<PathBuf>,
    /// The launch command.
    pub command: Option<LaunchCommand>,
    /// The launch of a running app, when one was picked; it beats `command`.
    pub running: Option<(u32, Launch)>,
    /// A path of which it is asked who watches it.
    pub watching: Option<PathBuf>,
    /// The depth to which the project is looked at.
    pub depth: Depth,
    /// The program's own environment.
    pub variables: BTreeMap<OsString, OsString>,
}
