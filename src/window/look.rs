//! What every part of the window is drawn with: words and colours; and what it can ask for.

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

/// What the user asked for. Drawing collects these; the app carries them out afterwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Show this step.
    Go(WizardStep),
    /// Survey this folder.
    Choose(PathBuf),
    /// Survey the app that runs as this process.
    ChooseRunning(u32),
    /// No project: the folder field was emptied.
    Forget,
    /// Use this entry script.
    Script(PathBuf),
    /// Use this interpreter.
    Python(PathBuf),
    /// Ask for a folder with the desktop's dialog.
    AskForFolder,
    /// Something was dropped on the window.
    Dropped(PathBuf),
    /// Survey again.
    Scan,
    /// Stop the survey.
    Cancel,
    /// Speak this language.
    Speak(Language),
    /// Show this theme.
    Show(ThemeChoice),
    /// Open the export dialog.
    Export,
    /// Ask for the report's file with the desktop's dialog.
    AskForReportFile,
    /// Write the report.
    WriteReport,
    /// Close the export dialog.
    CloseExport,
    /// Show what the program is, its keys, and how to report a problem.
    About,
    /// Close that.
    CloseAbout,
    /// Run the checks.
    RunChecks,
    /// Stop the checks.
    StopChecks,
    /// Start the app for a trial.
    RunTrial,
    /// End the app under trial.
    StopTrial,
    /// Restart an app as this plan says, then run the checks again.
    Restart(Box<Plan>),
    /// Put the report's Markdown form on the clipboard.
    CopyReport,
    /// Open this saved report with the desktop's program for it.
    OpenReport(PathBuf),
    /// Do what this plan says.
    Apply(Box<Plan>),
    /// Take this entry of the journal back.
    Undo(u32),
    /// Finish this interrupted entry.
    Finish(u32),
    /// Put this on the clipboard.
    Copy(String),
}

/// The requests of one frame.
pub type Actions = Vec<Action>;
