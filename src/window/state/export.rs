//! The choices of the export dialog.

use super::typed;
use crate::report::Format;
use std::path::{Path, PathBuf};

/// The dialog's choices.
#[derive(Clone, Debug)]
pub struct Dialog {
    /// The form of the file.
    pub format: Format,
    /// Leave out names and secrets.
    pub redact: bool,
    /// The file, as typed.
    pub path: String,
    /// The text that will be written, and the choices it was made with.
    pub preview: Option<(Format, bool, String)>,
    /// A file dialog is open, or the file is being written.
    pub busy: bool,
    /// What came of it.
    pub outcome: Option<Result<PathBuf, String>>,
}

impl Dialog {
    /// As it opens: Markdown without names, into the home folder.
    #[must_use]
    pub fn new(home: Option<&Path>) -> Self {
        let format = Format::Markdown;
        let folder = if home.is_some() { "~/" } else { "" };
        let path = format!("{folder}inotify-doctor-report.{}", format.file_ending());
        Self { format, redact: true, path, preview: None, busy: false, outcome: None }
    }

    /// The preview, where it was made with the present choices.
    #[must_use]
    pub fn shown(&self) -> Option<&str> {
        self.preview
            .as_ref()
            .filter(|(format, redact, _)| (*format, *redact) == (self.format, self.redact))
            .map(|(.., text)| text.as_str())
    }

    /// The file to write.
    #[must_use]
    pub fn file(&self, home: Option<&Path>) -> Option<PathBuf> {
        typed(&self.path, home)
    }
}
