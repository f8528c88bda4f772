//! Contents of a report, in the names and the nesting of its JSON form (schema `inotify-doctor-report/1`).
//!
//! Every string that may hold something private is visited by [`super::redaction`], which takes these types apart
//! field by field: a field added here does not compile until redaction knows it.

mod changes;
mod diagnosed;
mod limits;
mod machine;
mod project;
mod streamlit;
mod streamlit_settings;
mod verification;
mod watchers;
mod ways;

use crate::diagnosis::{Diagnosis, Remedy, Severity};
use crate::report::Removed;
use crate::survey::Survey;
use crate::verification::BeforeAfter;
use crate::words::Words;
pub use changes::Change;
use jiff::Timestamp;
pub use limits::{Assignment, Boot, KernelLimit, Limits, NamespaceLimits, NoEffect};
pub use machine::{Account, Environment, Process, Unreadable};
pub use project::{Heavy, LogHit, Project};
use serde::Serialize;
pub use streamlit::{Because, Needed, Root, Running, Streamlit};
pub use streamlit_settings::{ConfigFile, FileState, Origin, Overridden, Setting};
pub use watchers::{KnobPlace, PathWatcherEntry, WatcherEntry, WatcherFolder, WatcherKnob, WatcherRoot, Watching};
pub use ways::Way;

/// The name of this contract; a change that breaks readers gets another number.
pub const SCHEMA: &str = "inotify-doctor-report/1";

/// The whole report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The version of the program that made it.
    pub program_version: &'static str,
    /// The time when it was made.
    pub generated_at: Timestamp,
    /// Whether private parts were removed.
    pub redacted: bool,
    /// Parts that were removed, by sort; empty unless `redacted`.
    pub removed: Vec<Removed>,
    /// The diagnosis in one sentence.
    pub verdict: String,
    /// The sums behind it.
    pub budget: Budget,
    /// The kernel's limits now and after the next boot.
    pub limits: Limits,
    /// The program that applies the limits at boot.
    pub boot: Boot,
    /// The limits of the user namespace this program ran in, where it ran in one.
    pub namespace_limits: Option<NamespaceLimits>,
    /// Watches charged to the account.
    pub account: Account,
    /// Processes that hold at least one inotify instance, most watches first.
    pub processes: Vec<Process>,
    /// Processes that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// The chosen project.
    pub project: Option<Project>,
    /// Streamlit's behaviour with the project, where there is an entry script.
    pub streamlit: Option<Streamlit>,
    /// Running programs that watch the project, most watches in it first.
    pub watchers: Vec<WatcherEntry>,
    /// The path that was asked about, and who watches it; null where none was.
    pub watching: Option<Watching>,
    /// The kind of place this is.
    pub environment: Environment,
    /// The findings worth telling, worst first.
    pub findings: Vec<Finding>,
    /// Advice on what to do.
    pub recommendation: Recommendation,
    /// The ways out side by side, where queue or watches bind; empty where they do not, or where there is but one.
    pub ways: Vec<Way>,
    /// Changes that this program has made and not undone.
    pub changes: Vec<Change>,
    /// The checks that were run; empty where none was.
    pub verification: Vec<Check>,
    /// The figures of before anything was done against those of now; null where nothing is known of before.
    pub before_after: Option<BeforeAfter>,
}

/// The sums of both resources for this account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Budget {
    /// The source of `need`: `no project`, `streamlit`, `no watching` or `whole folder`.
    pub basis: &'static str,
    /// Watches.
    pub watches: Sums,
    /// Instances.
    pub instances: Sums,
}

/// The sums of one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// The limit that binds the account, a namespace's included; null where it could not be read.
    pub limit: Option<u64>,
    /// Watches or instances held by the account now.
    pub held: u64,
    /// Watches that the project needs altogether.
    pub need: u64,
    /// The part of the need that the running app does not hold yet.
    pub to_add: u64,
    /// Watches that do not fit under the limit.
    pub missing: u64,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The stable name.
    pub id: &'static str,
    /// The severity.
    pub severity: Severity,
    /// One sentence, without a full stop.
    pub title: String,
    /// Explains what it means and what to do.
    pub detail: String,
}

/// Advice on what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recommendation {
    /// The limit of watches to set; null where the present one suffices.
    pub max_user_watches: Option<u64>,
    /// The limit of instances to set; null where the present one suffices.
    pub max_user_instances: Option<u64>,
    /// The length of event queues to set; null where the present one suffices.
    pub max_queued_events: Option<u64>,
    /// The remedy to begin with.
    pub remedy: Remedy,
    /// The reason, in a sentence or two.
    pub reason: String,
}

/// One check of a verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The stable name.
    pub id: String,
    /// Whether it passed; null where it could not be run.
    pub passed: Option<bool>,
    /// The finding, in one sentence without a full stop.
    pub title: String,
    /// The facts seen.
    pub detail: String,
}

impl Report {
    /// Writes the facts and what they mean down, everything included: [`super::redaction`] takes away afterwards.
    #[must_use]
    pub fn new(survey: &Survey, diagnosis: &Diagnosis, words: &Words, generated_at: Timestamp) -> Self {
        let machine = &survey.machine;
        let project = survey.project.as_ref();
        Self {
            schema: SCHEMA,
            program_version: env!("CARGO_PKG_VERSION"),
            generated_at,
            redacted: false,
            removed: Vec::new(),
            verdict: diagnosis.verdict.sentence(words),
            budget: Budget::of(&diagnosis.budget),
            limits: Limits::of(machine),
            boot: Boot::of(&machine.boot),
            namespace_limits: machine.namespace_limits.map(NamespaceLimits::of),
            account: Account::of(&machine.holders),
            processes: Process::all(&machine.holders),
            unreadable: Unreadable::all(&machine.holders),
            project: project.map(Project::of),
            streamlit: project.and_then(Streamlit::of),
            watchers: project.map(WatcherEntry::all).unwrap_or_default(),
            watching: survey.watching.as_ref().map(Watching::of),
            environment: Environment::of(&machine.environment),
            findings: diagnosis.findings.iter().map(|finding| Finding::of(finding, words)).collect(),
            recommendation: Recommendation::of(&diagnosis.recommendation, words),
            ways: Vec::new(),
            changes: Vec::new(),
            verification: Vec::new(),
            before_after: None,
        }
    }
}
