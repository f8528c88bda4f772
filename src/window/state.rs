//! What the window shows. Only facts and choices: nothing here draws, waits or reads.

pub mod export;
pub mod fix;
pub mod shading;
pub mod verify;
pub mod watched;

use super::widgets::table::Sort;
use crate::diagnosis::Diagnosis;
use crate::machine::{Holders, Machine};
use crate::progress::Progress;
use crate::project::tree::Heavy;
use crate::survey::{Request, Survey, SurveyError};
use crate::words::shown_at_home;
use shading::Shading;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use watched::Watched;

/// The column of the process table that it is sorted by at first.
pub const WATCHES_COLUMN: usize = 5;

/// The four steps of the wizard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Step {
    #[default]
    Project,
    Diagnosis,
    Fix,
    Verify,
}

impl Step {
    /// In order.
    pub const ALL: [Self; 4] = [Self::Project, Self::Diagnosis, Self::Fix, Self::Verify];

    /// Its number as people count.
    #[must_use]
    pub const fn number(self) -> usize {
        self as usize + 1
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The one before it.
    #[must_use]
    pub fn back(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|place| Self::ALL.get(place)).copied()
    }
}

/// The tables below the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Tab {
    #[default]
    Processes,
    Folders,
    Settings,
    System,
}

impl Tab {
    /// In order.
    pub const ALL: [Self; 4] = [Self::Processes, Self::Folders, Self::Settings, Self::System];
}

/// Facts with their judgement.
pub struct Judged {
    /// The facts.
    pub survey: Survey,
    /// What they mean.
    pub diagnosis: Diagnosis,
}

/// Why there are no facts.
#[derive(Debug)]
pub enum Failure {
    /// The survey could not be taken.
    Survey(SurveyError),
    /// This program made a mistake; its own words about it.
    Crashed(String),
}

/// Where the survey stands.
#[derive(Default)]
pub enum Facts {
    /// Not asked for yet.
    #[default]
    None,
    /// Being taken; how far it is.
    Taking(Progress),
    /// Taken.
    Ready(Box<Judged>),
    /// Not taken.
    Failed(Failure),
}

impl Facts {
    /// Facts and judgement, where they are there.
    #[must_use]
    pub fn ready(&self) -> Option<&Judged> {
        match self {
            Self::Ready(judged) => Some(judged),
            _ => None,
        }
    }
}

/// What is typed on the first step.
#[derive(Default)]
pub struct ProjectPage {
    /// The project's folder, as typed.
    pub folder: String,
    /// Another entry script, as typed.
    pub script: String,
    /// Another interpreter, as typed.
    pub python: String,
    /// An error message.
    pub error: String,
    /// Lines of a dropped log that speak of inotify were looked for in this file and not found.
    pub nothing_in: Option<PathBuf>,
    /// A folder dialog is open.
    pub choosing: bool,
    /// A folder dialog came back empty-handed.
    pub chosen_nothing: bool,
}

/// What is chosen on the second step.
pub struct DiagnosisPage {
    /// The table shown.
    pub tab: Tab,
    /// Newer than the survey's own: the table of processes refreshes itself.
    pub holders: Option<Holders>,
    /// How the processes are sorted.
    pub sort: Sort,
    /// Only processes in which this is found.
    pub filter: String,
    /// The process whose command line is shown.
    pub selected: Option<u32>,
    /// The folder looked into, name by name from the project's root.
    pub inside: Vec<OsString>,
    /// The project's heaviest folders, once they have been looked for: that takes too long to be done in every frame.
    pub heaviest: Option<Vec<Heavy>>,
    /// The gauge is shown as a table, too.
    pub gauge_table: bool,
    /// The watches over time, since the window was opened.
    pub watched: Watched,
    /// They are shown as a table, too.
    pub watched_table: bool,
    /// What is shaded in the map of folders.
    pub shading: Shading,
}

impl Default for DiagnosisPage {
    fn default() -> Self {
        let sort = Sort { column: WATCHES_COLUMN, descending: true };
        let (filter, inside) = (String::new(), Vec::new());
        let (gauge_table, watched_table) = (false, false);
        let (watched, shading) = (Watched::default(), Shading::default());
        let (tab, holders, selected, heaviest) = (Tab::default(), None, None, None);
        Self { tab, holders, sort, filter, selected, inside, heaviest, gauge_table, watched, watched_table, shading }
    }
}

/// Everything the window shows.
#[derive(Default)]
pub struct State {
    /// The step on screen.
    pub step: Step,
    /// What will be surveyed.
    pub request: Request,
    /// The machine's facts, taken at start for the running apps.
    pub machine: Option<Machine>,
    /// The survey.
    pub facts: Facts,
    /// First step.
    pub project: ProjectPage,
    /// Second step.
    pub diagnosis: DiagnosisPage,
    /// Third step.
    pub fix: fix::FixPage,
    /// Fourth step.
    pub verify: verify::VerifyPage,
    /// The export dialog, while it is open.
    pub export: Option<export::Dialog>,
    /// What the program is, its keys: shown or not.
    pub about: bool,
    /// The user's home folder, shown as `~`.
    pub home: Option<PathBuf>,
    /// Chinese was asked for and no font for it was found.
    pub no_chinese_font: bool,
    /// Projects looked at before, newest first.
    pub recent: Vec<PathBuf>,
    /// What was last copied to the clipboard.
    pub copied: Option<String>,
}

impl State {
    /// `path` as people write it: with `~` for the home folder.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        shown_at_home(path, self.home.as_deref())
    }
}

/// The path a person typed: `~` is the home folder, quotes and `file://` around a pasted path go.
#[must_use]
pub fn typed(text: &str, home: Option<&Path>) -> Option<PathBuf> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    let text = text.strip_prefix("file://").unwrap_or(text);
    let in_home = text.strip_prefix("~/").or_else(|| (text == "~").then_some(""));
    match (in_home, home) {
        _ if text.is_empty() => None,
        (Some(rest), Some(home)) => Some(home.join(rest)),
        _ => Some(PathBuf::from(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_means_what_it_means_in_a_shell() {
        let home = Path::new("/home/mia");
        for (text, path) in [
            ("~", Some("/home/mia")),
            ("  ~/projects/emo ", Some("/home/mia/projects/emo")),
            ("'/srv/my app'", Some("/srv/my app")),
            ("file:///srv/app", Some("/srv/app")),
            ("   ", None),
        ] {
            assert_eq!(typed(text, Some(home)).as_deref(), path.map(Path::new), "{text:?}");
        }
    }

    #[test]
    fn the_home_folder_is_shown_as_a_tilde() {
        let home = Some(Path::new("/home/mia"));
    }
}
