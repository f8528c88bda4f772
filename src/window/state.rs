//! State of what the window shows. Only facts and choices: nothing here draws, waits or reads.

pub mod derived;
pub mod diagnosis_page;
pub mod export;
pub mod fix;
pub mod folder_list;
pub mod growth;
pub mod shading;
pub mod step;
pub mod tiles;
pub mod verify;
pub mod watched;

use crate::diagnosis::Diagnosis;
use crate::machine::Machine;
use crate::progress::Progress;
use crate::survey::{Request, Survey, SurveyError};
use crate::words::shown_at_home;
pub use diagnosis_page::{DiagnosisPage, Listing, WATCHES_COLUMN};
use folder_list::FolderList;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub use step::{Tab, WizardStep};

/// Number of directories above which the person is asked whether this is the project's folder.
pub const LARGE: u64 = 100_000;

/// Facts with their judgement.
pub struct Judged {
    /// The facts.
    pub survey: Survey,
    /// The diagnosis made of them.
    pub diagnosis: Diagnosis,
}

/// Reasons why there are no facts.
#[derive(Debug)]
pub enum Failure {
    /// The survey could not be taken.
    Survey(SurveyError),
    /// The program made a mistake; its own words about it.
    Crashed(String),
}

/// States of the survey.
#[derive(Default)]
pub enum SurveyState {
    /// No survey: it was not asked for yet.
    #[default]
    None,
    /// The survey is being taken; how far it is.
    Taking(Progress),
    /// The survey was taken.
    Ready(Arc<Judged>),
    /// The survey was not taken.
    Failed(Failure),
}

impl SurveyState {
    /// Facts and judgement, where they are there.
    #[must_use]
    pub const fn ready(&self) -> Option<&Arc<Judged>> {
        match self {
            Self::Ready(judged) => Some(judged),
            Self::None | Self::Taking(_) | Self::Failed(_) => None,
        }
    }
}

/// Texts typed on the first step.
#[derive(Default)]
pub struct ProjectPage {
    /// The project's folder, as typed.
    pub folder: String,
    /// The entry script, as typed.
    pub script: String,
    /// The interpreter, as typed.
    pub python: String,
    /// The folder that the app is started in, as typed.
    pub started_in: String,
    /// An error message.
    pub error: String,
    /// Lines of a dropped log that speak of inotify were looked for in this file and not found.
    pub nothing_in: Option<PathBuf>,
    /// A folder dialog is open.
    pub choosing: bool,
    /// A folder dialog came back empty-handed.
    pub chosen_nothing: bool,
    /// The folders that complete what is typed.
    pub list: FolderList,
    /// A folder that is hardly one project was chosen: whether it is meant is being asked.
    pub asked: Option<PathBuf>,
    /// The tree being counted was said to be meant, however large.
    pub large_is_meant: bool,
}

/// The state of everything the window shows.
#[derive(Default)]
pub struct WindowState {
    /// The step on screen.
    pub step: WizardStep,
    /// Its page is to be shown from its beginning.
    pub to_top: bool,
    /// The request for the next survey.
    pub request: Request,
    /// The machine's facts, taken at start for the running apps.
    pub machine: Option<Machine>,
    /// The survey.
    pub facts: SurveyState,
    /// The first step.
    pub project: ProjectPage,
    /// The second step.
    pub diagnosis: DiagnosisPage,
    /// The third step.
    pub fix: fix::FixPage,
    /// The fourth step.
    pub verify: verify::VerifyPage,
    /// The export dialog, while it is open.
    pub export: Option<export::Dialog>,
    /// Whether the dialog about the program, with its keys, is shown.
    pub about: bool,
    /// The user's home folder, shown as `~`.
    pub home: Option<PathBuf>,
    /// Whether Chinese was asked for and no font for it was found.
    pub no_chinese_font: bool,
    /// Projects looked at before, newest first.
    pub recent: Vec<PathBuf>,
    /// The text last copied to the clipboard.
    pub copied: Option<String>,
}

impl WindowState {
    /// The point that the proof has reached.
    #[must_use]
    pub fn stage(&self) -> verify::Stage {
        self.verify.stage(self.takes_watches())
    }

    /// Checks that passed, and all whose answer matters.
    #[must_use]
    pub fn tally(&self) -> (u64, u64) {
        self.verify.tally(self.takes_watches())
    }

    /// Tells whether the project takes watches with what is set now; taken to do so where that is not known.
    fn takes_watches(&self) -> bool {
        let budget = self.facts.ready().map(|judged| &judged.diagnosis.budget);
        budget.is_none_or(|budget| budget.watches.need > 0)
    }

    /// `path` as people write it: with `~` for the home folder.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        shown_at_home(path, self.home.as_deref())
    }

    /// Whether `path` is the whole computer or the whole home folder, which is hardly one project.
    #[must_use]
    pub fn is_wide(&self, path: &Path) -> bool {
        let Ok(path) = std::path::absolute(path) else { return false };
        path.parent().is_none() || self.home.as_ref() == Some(&path)
    }

    /// Whether so much has been counted that the person is asked whether this is the project's folder.
    #[must_use]
    pub fn asks_about_size(&self) -> bool {
        let SurveyState::Taking(progress) = &self.facts else { return false };
        !self.project.large_is_meant && progress.counted().0 > LARGE
    }

    /// Whether the folder, script or interpreter that was given cannot be used.
    #[must_use]
    pub const fn refuses_choice(&self) -> bool {
        match &self.facts {
            SurveyState::Failed(Failure::Survey(error)) => !matches!(error, SurveyError::Cancelled(_)),
            SurveyState::Failed(Failure::Crashed(_))
            | SurveyState::None
            | SurveyState::Taking(_)
            | SurveyState::Ready(_) => false,
        }
    }

    /// Whether it is the folder that cannot be used.
    #[must_use]
    pub const fn refuses_folder(&self) -> bool {
        match &self.facts {
            SurveyState::Failed(Failure::Survey(error)) => {
                matches!(error, SurveyError::Project { .. } | SurveyError::NotAFolder(_))
            }
            SurveyState::Failed(Failure::Crashed(_))
            | SurveyState::None
            | SurveyState::Taking(_)
            | SurveyState::Ready(_) => false,
        }
    }

    /// Whether the steps after the first can be reached: nothing is being asked, and what was chosen can be used.
    #[must_use]
    pub const fn leads_on(&self) -> bool {
        self.project.asked.is_none() && !self.refuses_choice()
    }

    /// Whether what is dropped on the window arrives: this winit hears of it on X11 alone.
    #[must_use]
    pub fn drops_arrive(&self) -> bool {
        let set = |name: &str| self.request.variables.get(OsStr::new(name)).is_some_and(|value| !value.is_empty());
        !set("WAYLAND_DISPLAY") && !set("WAYLAND_SOCKET")
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
    fn a_tree_of_more_than_a_hundred_thousand_directories_is_asked_about_once() {
        let progress = Progress::default();
        let mut state = WindowState { facts: SurveyState::Taking(progress.clone()), ..WindowState::default() };
        progress.add(LARGE, 0);
        assert!(!state.asks_about_size(), "{LARGE} are not more than that");
        progress.add(1, 0);
        assert!(state.asks_about_size());
        state.project.large_is_meant = true;
        assert!(!state.asks_about_size(), "it was answered");
        assert_eq!(LARGE, 100_000);
    }

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
}
