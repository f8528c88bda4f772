//! Parts that everything in the window is drawn with: words and colours; and what it can ask for.

use super::settings::ThemeChoice;
use super::state::WizardStep;
use super::theme::Tokens;
use crate::remedy::Plan;
use crate::words::{Language, Words, shown_at_home};
use std::path::{Path, PathBuf};

/// Words and colours.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The sentences.
    pub words: &'a Words,
    /// The colours.
    pub tokens: &'static Tokens,
    /// The home folder, shown as `~`.
    pub home: Option<&'a Path>,
}

impl Look<'_> {
    /// `path` as people write it.
    #[must_use]
    pub fn path(&self, path: &Path) -> String {
        shown_at_home(path, self.home)
    }
}

/// Actions that the user asked for. Drawing collects these; the app carries them out afterwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Shows this step.
    Go(WizardStep),
    /// Surveys this folder; one that is hardly a project is asked about first.
    Choose(PathBuf),
    /// Surveys this folder, however large.
    ChooseAll(PathBuf),
    /// Goes on with a survey that has counted very much.
    MeanLarge,
    /// Lists the folders in this one, to complete a typed path.
    ListFolders(PathBuf),
    /// Surveys the app that runs as this process.
    ChooseRunning(u32),
    /// Forgets the project: the folder field was emptied.
    Forget,
    /// Uses this entry script.
    Script(PathBuf),
    /// Uses this interpreter.
    Python(PathBuf),
    /// Takes this folder for the one that the app is started in.
    StartedIn(PathBuf),
    /// Asks for a folder with the desktop's dialog.
    AskForFolder,
    /// Takes what was dropped on the window.
    Dropped(PathBuf),
    /// Surveys again.
    Scan,
    /// Stops the survey.
    Cancel,
    /// Speaks this language.
    Speak(Language),
    /// Shows this theme.
    Show(ThemeChoice),
    /// Opens the export dialog.
    Export,
    /// Asks for the report's file with the desktop's dialog.
    AskForReportFile,
    /// Writes the report.
    WriteReport,
    /// Closes the export dialog.
    CloseExport,
    /// Shows what the program is, its keys, and how to report a problem.
    About,
    /// Closes the dialog about the program.
    CloseAbout,
    /// Runs the checks.
    RunChecks,
    /// Goes to the step Verify and runs the checks: something was done elsewhere.
    CheckNow,
    /// Stops the checks.
    StopChecks,
    /// Closes the window: all is done.
    Quit,
    /// Starts the app for a trial.
    RunTrial,
    /// Ends the app under trial.
    StopTrial,
    /// Restarts an app as this plan says, then runs the checks again.
    Restart(Box<Plan>),
    /// Puts the report's Markdown form on the clipboard.
    CopyReport,
    /// Opens this saved report with the desktop's program for it.
    OpenReport(PathBuf),
    /// Opens this file with the desktop's program for it.
    OpenFile(PathBuf),
    /// Carries out what this plan says.
    Apply(Box<Plan>),
    /// Takes this entry of the journal back.
    Undo(u32),
    /// Finishes this interrupted entry.
    Finish(u32),
    /// Puts this on the clipboard.
    Copy(String),
}

/// The requests of one frame.
pub type Actions = Vec<Action>;
