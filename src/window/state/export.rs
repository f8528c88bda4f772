//! The choices of the export dialog, and the report made for them.

use super::typed;
use crate::report::{Format, Removed};
use std::path::{Path, PathBuf};

/// The dialog's choices.
#[derive(Clone, Debug)]
pub struct Dialog {
    /// The form of the file.
    pub format: Format,
    /// Whether names and secrets are left out.
    pub redact: bool,
    /// The person is asked whether names and secrets may really stay in.
    pub asking: bool,
    /// The file, as typed.
    pub path: String,
    /// The report as it was last made.
    pub made: Option<Made>,
    /// A file dialog is open, or the file is being written.
    pub busy: bool,
    /// The outcome of it.
    pub outcome: Option<Result<PathBuf, String>>,
    /// The Markdown form lies on the clipboard.
    pub copied: bool,
    /// The reason why the saved file could not be opened.
    pub not_opened: Option<String>,
}

/// A report in one form.
#[derive(Clone, Debug)]
pub struct Made {
    /// The form.
    pub format: Format,
    /// Names and secrets are left out.
    pub redact: bool,
    /// The text that will be written.
    pub file: String,
    /// The text that a person reads of it, where that is not the file itself.
    pub preview: Option<String>,
    /// The Markdown form.
    pub markdown: String,
    /// Parts that were left out, by sort.
    pub removed: Vec<Removed>,
}

impl Made {
    /// Returns what a person reads.
    #[must_use]
    pub fn read(&self) -> &str {
        self.preview.as_deref().unwrap_or(&self.file)
    }
}

impl Dialog {
    /// Makes the dialog as it opens: Markdown without names, into the home folder.
    #[must_use]
    pub fn new(home: Option<&Path>) -> Self {
        let format = Format::Markdown;
        let folder = if home.is_some() { "~/" } else { "" };
        let path = format!("{folder}inotify-doctor-report.{}", format.file_ending());
        Self {
            format,
            redact: true,
            asking: false,
            path,
            made: None,
            busy: false,
            outcome: None,
            copied: false,
            not_opened: None,
        }
    }

    /// The report, where it was made with the present choices.
    #[must_use]
    pub fn report(&self) -> Option<&Made> {
        self.made.as_ref().filter(|made| (made.format, made.redact) == (self.format, self.redact))
    }

    /// The text that will be written, where it was made with the present choices.
    #[must_use]
    pub fn shown(&self) -> Option<&str> {
        self.report().map(|made| made.file.as_str())
    }

    /// The file to write.
    #[must_use]
    pub fn file(&self, home: Option<&Path>) -> Option<PathBuf> {
        typed(&self.path, home)
    }

    /// Forgets what was told of other choices: it holds no longer.
    pub fn forget_outcome(&mut self) {
        (self.outcome, self.not_opened, self.copied) = (None, None, false);
    }
}
