//! Findings: what is worth telling, with the figures it rests on. The sentences are in [`super::wording`].

use super::budget::{QueueShortage, SetBy};
use crate::machine::{Kind, Limit};
use crate::project::streamlit::{BrokenToml, Source, Stop};
use std::path::PathBuf;

/// Severities of a finding, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(strum::EnumIter))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A fault: something does not work.
    Critical,
    /// A thing to fix: it will not work, or not after the next boot, or is ignored.
    Warning,
    /// A fact that is good to know; nothing has to be done, and the command line ends as if nothing was wrong.
    Info,
    /// All is well.
    Ok,
}

/// Watches or instances: the two resources that run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitedResource {
    /// Watches.
    Watches,
    /// Instances.
    Instances,
}

/// One finding with its figures. [`Finding::id`] is stable: reports and scripts refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
#[allow(missing_docs, reason = "the fields are what the documented variant names")]
pub enum Finding {
    /// All watches or instances of the account are in use.
    Exhausted { resource: LimitedResource, held: u64, limit: u64, set_by: SetBy },
    /// Nine tenths or more are in use.
    NearlyExhausted { resource: LimitedResource, held: u64, limit: u64 },
    /// The project needs more than is left.
    NeedExceedsFree {
        resource: LimitedResource,
        to_add: u64,
        free: u64,
        missing: u64,
        limit: u64,
        held: u64,
        set_by: SetBy,
    },
    /// A running app does not watch some of its folders; `changing`: others each time one looks.
    SilentGap { pid: u32, expected: u64, unwatched: u64, examples: Vec<PathBuf>, silent: bool, changing: bool },
    /// The app's event queue is too short for what the app puts into it.
    QueueTooShort(QueueShortage),
    /// A running app takes its watches anew without end, because its event queue overflows each time.
    AppLoops { pid: u32, fewest: u64, most: u64, cpu_percent: u64 },
    /// A running app that nobody has open in a browser: it watches nothing now, and that is as it should be.
    NobodyHasItOpen { pid: u32 },
    /// A settings file is not valid TOML and ignored whole.
    SettingsFileBroken { file: PathBuf, broken: BrokenToml },
    /// A settings file could not be read.
    SettingsFileUnreadable { file: PathBuf, reason: String },
    /// A setting is a word that Streamlit does not know and takes for `none`.
    UnknownWord { key: String, value: String, source: Source },
    /// A settings file has keys that this Streamlit does not know.
    UnknownKeys { file: PathBuf, keys: Vec<String> },
    /// A stronger place overrides what another one says.
    SettingContradicted { key: String, value: String, source: Source, beaten: Source, beaten_value: String },
    /// `runOnSave = false` is set and watching goes on.
    RunOnSaveFreesNothing { source: Source, watches: u64 },
    /// `folderWatchBlacklist` is set and frees no watch.
    BlacklistFreesNothing { source: Source, watches: u64 },
    /// A limit is lower after the next boot than now.
    LostAtBoot { limit: Limit, now: u64, at_boot: u64, file: Option<PathBuf> },
    /// A line that looks as if it set a limit is never read or is refused.
    LineWithoutEffect { limit: Limit, file: PathBuf, line: usize, value: String, refused: bool },
    /// Another program holds most of what the account may hold.
    HeldByOther { pid: u32, program: String, watches: u64, percent: u64 },
    /// An editor watches folders with installed or generated files, which one line in its settings frees.
    EditorWatchesGenerated { pid: u32, kind: Kind, in_project: u64, generated: u64, folders: Vec<(String, u64)> },
    /// Instances without a single watch, where instances run short; who holds them, with how many, most first.
    IdleInstances { instances: u64, limit: u64, holders: Vec<(u32, String, u64)> },
    /// The limit in a container is the host's.
    InContainer { name: String },
    /// WSL without systemd: no sysctl file is read at start.
    WslWithoutSystemd,
    /// /proc/sys cannot be written here.
    ReadOnlySysctl,
    /// The user namespace has a limit of its own, lower than the kernel's.
    NamespaceLimit { watches: u64, kernel: u64 },
    /// Processes that could not be read; or there may be some that do not even show (`hidden`).
    CannotSeeEverything { own: u64, others: u64, hidden: bool },
    /// Instances may have been counted twice.
    SharingUnknown,
    /// The app's script surely ends with an error at some line; `version`: of Streamlit.
    AppStops { stop: Stop, version: Option<String> },
    /// The need is a range: what the app's script does cannot be known.
    NeedIsRange { at_least: u64, at_most: u64 },
    /// The watches needed are an estimate; `newer`: this Streamlit is newer than any that was measured.
    EstimateOnly { version: Option<String>, newer: bool },
    /// watchdog is not installed: Streamlit polls.
    WatchdogMissing,
    /// The project has no entry script: the whole folder is taken as the need.
    NoEntryScript,
    /// Directories of the project could not be read.
    UnreadableFolders { count: u64, examples: Vec<PathBuf> },
    /// Mounts that did not answer were left out.
    UnresponsiveMounts { mounts: Vec<PathBuf> },
    /// This program had too many files open to look into so many directories.
    TooManyOpenFiles { folders: u64 },
    /// A log file contains an inotify error, or says that the event queue overflowed (`queue`); `over`: the project no
    /// longer has the problem it speaks of.
    ErrorInLog { file: PathBuf, line: String, queue: bool, over: bool },
    /// All is well; with or without a project.
    AllGood { project: bool },
}

impl Finding {
    /// The stable name in the JSON report.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        use LimitedResource::{Instances, Watches};
        match self {
            Self::Exhausted { resource: Watches, .. } => "watches-exhausted",
            Self::Exhausted { resource: Instances, .. } => "instances-exhausted",
            Self::NearlyExhausted { resource: Watches, .. } => "watches-nearly-exhausted",
            Self::NearlyExhausted { resource: Instances, .. } => "instances-nearly-exhausted",
            Self::NeedExceedsFree { resource: Watches, .. } => "watches-needed-exceed-free",
            Self::NeedExceedsFree { resource: Instances, .. } => "instances-needed-exceed-free",
            Self::SilentGap { .. } => "silent-gap",
            Self::QueueTooShort(_) => "queue-too-short",
            Self::AppLoops { .. } => "app-loops",
            Self::NobodyHasItOpen { .. } => "nobody-has-it-open",
            Self::SettingsFileBroken { .. } => "settings-file-broken",
            Self::SettingsFileUnreadable { .. } => "settings-file-unreadable",
            Self::UnknownWord { .. } => "setting-unknown-word",
            Self::UnknownKeys { .. } => "setting-unknown-key",
            Self::SettingContradicted { .. } => "setting-contradicted",
            Self::RunOnSaveFreesNothing { .. } => "run-on-save-frees-nothing",
            Self::BlacklistFreesNothing { .. } => "blacklist-frees-nothing",
            Self::LostAtBoot { .. } => "lost-at-boot",
            Self::LineWithoutEffect { .. } => "boot-line-without-effect",
            Self::HeldByOther { .. } => "held-by-other",
            Self::EditorWatchesGenerated { .. } => "editor-watches-generated",
            Self::IdleInstances { .. } => "idle-instances",
            Self::InContainer { .. } => "in-container",
            Self::WslWithoutSystemd => "wsl-without-systemd",
            Self::ReadOnlySysctl => "read-only-sysctl",
            Self::NamespaceLimit { .. } => "namespace-limit",
            Self::CannotSeeEverything { .. } => "cannot-see-everything",
            Self::SharingUnknown => "sharing-unknown",
            Self::AppStops { .. } => "app-stops",
            Self::NeedIsRange { .. } => "need-is-range",
            Self::EstimateOnly { .. } => "estimate-only",
            Self::WatchdogMissing => "watchdog-missing",
            Self::NoEntryScript => "no-entry-script",
            Self::UnreadableFolders { .. } => "unreadable-folders",
            Self::UnresponsiveMounts { .. } => "unresponsive-mounts",
            Self::TooManyOpenFiles { .. } => "too-many-open-files",
            Self::ErrorInLog { .. } => "error-in-log",
            Self::AllGood { .. } => "all-good",
        }
    }

    /// Returns how bad it is. What only frees nothing, or is overruled by a stronger place, costs nothing: it is told, and
    /// is nothing to fix. A line in a log stays there after the fix, and what is short now is a finding of its own; but an
    /// overflow is known from nothing else, and something to fix as long as it is not known to be over.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Exhausted { .. }
            | Self::NeedExceedsFree { .. }
            | Self::SilentGap { .. }
            | Self::QueueTooShort(QueueShortage { loops: true, .. })
            | Self::AppLoops { .. } => Severity::Critical,
            Self::NearlyExhausted { .. }
            | Self::SettingsFileBroken { .. }
            | Self::SettingsFileUnreadable { .. }
            | Self::UnknownWord { .. }
            | Self::LostAtBoot { .. }
            | Self::LineWithoutEffect { .. }
            | Self::AppStops { .. }
            | Self::ErrorInLog { queue: true, over: false, .. }
            | Self::QueueTooShort(_)
            | Self::UnresponsiveMounts { .. }
            | Self::TooManyOpenFiles { .. } => Severity::Warning,
            Self::SettingContradicted { .. }
            | Self::RunOnSaveFreesNothing { .. }
            | Self::BlacklistFreesNothing { .. }
            | Self::HeldByOther { .. }
            | Self::EditorWatchesGenerated { .. }
            | Self::IdleInstances { .. }
            | Self::ErrorInLog { .. }
            | Self::UnknownKeys { .. }
            | Self::InContainer { .. }
            | Self::WslWithoutSystemd
            | Self::ReadOnlySysctl
            | Self::NamespaceLimit { .. }
            | Self::CannotSeeEverything { .. }
            | Self::SharingUnknown
            | Self::NeedIsRange { .. }
            | Self::EstimateOnly { .. }
            | Self::WatchdogMissing
            | Self::NoEntryScript
            | Self::UnreadableFolders { .. } => Severity::Info,
            Self::AllGood { .. } | Self::NobodyHasItOpen { .. } => Severity::Ok,
        }
    }

    /// Tells whether something has to be done about it: what the window counts as a problem, and the exit status as 1.
    #[must_use]
    pub fn is_to_fix(&self) -> bool {
        self.severity() <= Severity::Warning
    }
}
