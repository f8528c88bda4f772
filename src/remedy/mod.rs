//! Remedies: every one makes a [`Plan`], a plan is applied, an applied plan can be undone.
//! The only place that changes the world (with the report's "save as").

pub mod apply;
pub mod caches;
pub mod diff;
pub mod error;
pub mod file_change;
pub mod journal;
pub mod launch_script;
pub mod offer;
mod outcome;
pub mod plan;
pub mod raise_limits;
pub mod relief;
pub mod restart;
pub mod session_variable;
pub mod snippets;
mod stored;
pub mod streamlit_config;
pub mod undo;
pub mod vscode_exclude;
pub mod watcher;
pub mod watcher_launch;
mod wording;

pub use apply::{apply, finish};
pub use diff::Diff;
pub use error::RemedyError;
pub use file_change::OwnFolders;
pub use journal::{Entry, Journal, State};
pub use outcome::{Back, Conflict, Done, Left, PlanOutcome, Stale, Undo};
pub use plan::{Change, HotReload, Plan, Promise, RemedyName};
pub use relief::{Relief, Relieving};
pub use undo::{LimitsBack, undo};
pub use watcher::{FileWatcher, Stronger};
