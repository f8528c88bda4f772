//! Errors that can stand in the way of a remedy. None of these leaves a trace: what had been done is undone.

use super::raise_limits::Refusal;
use crate::project::streamlit::BrokenToml;
use rustix::io::Errno;
use std::io;
use std::path::{Path, PathBuf};

/// Reasons why a remedy was not planned, not applied or not undone: what, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum RemedyError {
    /// The file belongs to someone else: replacing it would change its owner.
    #[error("{path:?} belongs to user {owner}")]
    ForeignOwned {
        /// The file.
        path: PathBuf,
        /// The owner's user id.
        owner: u32,
    },
    /// The system does not allow this user to write there: the file's or the folder's mode.
    #[error("{path:?} may not be written by this user")]
    NotPermitted {
        /// The file or folder.
        path: PathBuf,
    },
    /// The file system is mounted read-only.
    #[error("{path:?} is on a read-only file system")]
    ReadOnlyFileSystem {
        /// The file or folder.
        path: PathBuf,
    },
    /// The disk has no space, or the quota is used up.
    #[error("no space left for {path:?}")]
    DiskFull {
        /// The file that was to be written.
        path: PathBuf,
    },
    /// The file is not there, or its folder is not.
    #[error("{path:?} is not there")]
    Vanished {
        /// The file or folder.
        path: PathBuf,
    },
    /// The file was changed by somebody else while this program was at work on it.
    #[error("{path:?} was changed meanwhile")]
    ChangedMeanwhile {
        /// The file or folder.
        path: PathBuf,
    },
    /// A folder, a pipe or something else stands where a file is needed.
    #[error("{path:?} is not a file")]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// A link stands on the way to the file where none stood before.
    #[error("a link stands on the way to {path:?}")]
    LinkInTheWay {
        /// The path that was to be written.
        path: PathBuf,
    },
    /// The path leads, through a link, out of the home folder and the project.
    #[error("{path:?} is a link that leads outside, to {target:?}")]
    LinkLeadsOutside {
        /// The path as asked for.
        path: PathBuf,
        /// The path to which it really leads.
        target: PathBuf,
    },
    /// The path lies neither in the home folder nor in the project.
    #[error("{path:?} is outside of the home folder and the project")]
    Outside {
        /// The path as asked for.
        path: PathBuf,
    },
    /// The file is not UTF-8.
    #[error("{path:?} is not UTF-8 from byte {byte}")]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first byte that is not, counted from 0.
        byte: usize,
    },
    /// The settings file is not valid TOML; it is never written over blindly.
    #[error("{path:?} is not valid TOML: line {}, column {}: {}", broken.line, broken.column, broken.reason)]
    Broken {
        /// The file.
        path: PathBuf,
        /// The place and the reason.
        broken: Box<BrokenToml>,
    },
    /// `server` is set in the file, but not as a table, so that nothing can be set in it.
    #[error("`{key}` in {path:?} is not a table")]
    NotATable {
        /// The file.
        path: PathBuf,
        /// The key.
        key: String,
    },
    /// The settings file of an editor is not JSON, not even with comments.
    #[error("{path:?} is not valid JSON: {reason}")]
    BrokenJson {
        /// The file.
        path: PathBuf,
        /// The place and the reason, in the parser's words.
        reason: String,
    },
    /// The file is not a shell script of the sh, bash, dash, ksh or zsh kind.
    #[error("{path:?} is not a shell script")]
    NotAShellScript {
        /// The file.
        path: PathBuf,
    },
    /// The script has no line that runs `streamlit run`.
    #[error("{path:?} does not run streamlit")]
    NoLaunchLine {
        /// The script.
        path: PathBuf,
    },
    /// The script is written in a way in which no change is sure to do what it should and nothing else.
    #[error("{path:?} cannot be changed safely")]
    UnclearScript {
        /// The script.
        path: PathBuf,
    },
    /// Nothing in the file starts this watcher in a way in which it watches.
    #[error("{path:?} does not start {program}")]
    NoWatcherLaunch {
        /// The script or `package.json`.
        path: PathBuf,
        /// The watcher's program.
        program: String,
    },
    /// The launch is written in a way in which no change is sure to do what it should and nothing else.
    #[error("the launch of {program} in {path:?} cannot be changed safely")]
    UnclearLaunch {
        /// The script or `package.json`.
        path: PathBuf,
        /// The watcher's program.
        program: String,
        /// The text to put there.
        text: String,
    },
    /// The home folder is not known (neither `HOME` nor the XDG variable is set to an absolute path).
    #[error("no home folder is known")]
    NoHome,
    /// The trash refused.
    #[error("the trash refused {path:?}: {reason}")]
    Trash {
        /// The path that was to be moved there or back.
        path: PathBuf,
        /// The trash's reason.
        reason: String,
    },
    /// The process is gone, or another one has its number now.
    #[error("process {pid} is gone")]
    ProcessGone {
        /// The number.
        pid: u32,
    },
    /// The process belongs to someone else; those are never touched.
    #[error("process {pid} belongs to user {owner}")]
    ForeignProcess {
        /// The number.
        pid: u32,
        /// The owner's user id.
        owner: u32,
    },
    /// The process has written a title over its command line, as webpack does: nobody can tell how it was started.
    #[error("process {pid} hides its command line")]
    CommandUnknown {
        /// The number.
        pid: u32,
    },
    /// A program has started the process and would notice its end: npm, a process manager, a script.
    #[error("process {pid} was started by {starter}")]
    StartedBy {
        /// The number.
        pid: u32,
        /// The program.
        starter: String,
    },
    /// The process ended neither at SIGINT nor at SIGTERM. It can be asked for again, with
    /// [`Restart::kill`](super::restart::Restart::kill).
    #[error("process {pid} does not end")]
    StillRunning {
        /// The number.
        pid: u32,
    },
    /// The app was ended, and its new start failed.
    #[error("the app did not start again: {reason}")]
    DidNotStart {
        /// The system's reason, or how it ended.
        reason: String,
        /// The log of what it said, where it came so far.
        log: Option<PathBuf>,
    },
    /// The limits were not raised, or not put back. Nothing is left half done unless the reason says so.
    #[error("the limits: {0}")]
    Limits(Refusal),
    /// A second run of this program is changing something right now.
    #[error("another run of this program is at work")]
    Busy,
    /// The journal, or a file in it, was written by someone else: what it says is not done.
    #[error("{path:?} belongs to user {owner} and is not obeyed")]
    ForeignJournal {
        /// The folder or file.
        path: PathBuf,
        /// The owner's user id.
        owner: u32,
    },
    /// The journal, or a file in it, may be written by others, or to a file in it: what it says is not done.
    #[error("{path:?} may be written by others and is not obeyed")]
    OpenToOthers {
        /// The folder or file.
        path: PathBuf,
    },
    /// The program runs as root, but the home folder in the environment is someone else's.
    #[error("{path:?} belongs to user {owner}, and this is root")]
    ForeignHome {
        /// The folder on the way to the journal.
        path: PathBuf,
        /// The owner's user id.
        owner: u32,
    },
    /// A file is larger than any of its kind: of the journal, of settings, a launch script.
    #[error("{path:?} is too large")]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// Something is mounted there: what is mounted is not moved.
    #[error("something is mounted on or in {path:?}")]
    MountPoint {
        /// The folder.
        path: PathBuf,
    },
    /// The file system that it is on does not answer.
    #[error("the file system of {path:?} does not answer")]
    Silent {
        /// The file or folder.
        path: PathBuf,
    },
    /// The journal has no such entry, or its file cannot be understood.
    #[error("the journal has no entry {id}")]
    NoSuchEntry {
        /// The number asked for.
        id: u32,
    },
    /// An error of the system that has no variant of its own.
    #[error("{path:?}: {reason}")]
    System {
        /// The path that it was about.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
}

impl RemedyError {
    /// Names what an error of the system means for `path`.
    #[must_use]
    pub fn of(path: &Path, error: &io::Error) -> Self {
        let path = path.to_path_buf();
        match error.raw_os_error().map(Errno::from_raw_os_error) {
            Some(Errno::NOSPC | Errno::DQUOT) => Self::DiskFull { path },
            Some(Errno::ROFS) => Self::ReadOnlyFileSystem { path },
            Some(Errno::ACCESS | Errno::PERM) => Self::NotPermitted { path },
            Some(Errno::NOENT | Errno::NOTDIR) => Self::Vanished { path },
            Some(Errno::LOOP) => Self::LinkInTheWay { path },
            Some(Errno::ISDIR) => Self::NotAFile { path },
            Some(Errno::TIMEDOUT) => Self::Silent { path },
            None if error.kind() == io::ErrorKind::InvalidInput => Self::NotAFile { path },
            None if error.kind() == io::ErrorKind::TimedOut => Self::Silent { path },
            None if error.kind() == io::ErrorKind::FileTooLarge => Self::TooLarge { path },
            _ => Self::System { path, reason: error.to_string() },
        }
    }
}
