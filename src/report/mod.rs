//! The document to share: one model, redacted before any form is made of it, one file per format.
//!
//! Nothing here looks at the machine except [`Identity::read`], and nothing writes except [`write_file`].

mod document;
mod file;
mod html;
mod json;
mod markdown;
pub mod model;
mod printable;
pub mod redaction;
mod text;

use crate::diagnosis::Diagnosis;
use crate::remedy::journal::Entry;
use crate::remedy::offer::ComparedWay;
use crate::survey::Survey;
use crate::verification::{BeforeAfter, Check, Figures};
use crate::words::Words;
pub use document::{
    Block, Cell, Column as SectionColumn, Content, Section, Table as SectionTable, settings_section, system_sections,
    watchers_section,
};
pub use file::{WriteError, write_file};
pub use model::Report;
pub use redaction::{Identity, Removed, Sort};

/// The forms a report can be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text for a terminal.
    #[default]
    Text,
    /// JSON for programs: `assets/inotify-doctor-report.schema.json` describes it.
    Json,
    /// Markdown for an issue or a message to a colleague.
    Markdown,
    /// HTML for a browser, the screen and paper: one file that needs nothing else.
    Html,
}

impl Format {
    /// All forms, in the order in which a menu offers them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Json, Self::Markdown, Self::Html];

    /// The word on the command line.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// The ending of a file in this form, without the dot.
    #[must_use]
    pub const fn file_ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }
}

/// The look of a text report; the other forms take no notice of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Colours and bold type by ANSI escapes.
    pub colour: bool,
    /// Columns of the terminal; taken as 60 to 120.
    pub columns: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, columns: 88 }
    }
}

/// Deeds and findings of this program besides the survey.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProgramRecord<'a> {
    /// The journal's entries; of them, the report tells those that are not undone.
    pub changes: &'a [Entry],
    /// The checks as they were last run; empty where they were not run.
    pub checks: &'a [Check],
    /// The ways out side by side.
    pub ways: &'a [ComparedWay],
    /// The figures of before anything was done, to be compared with those of the survey.
    pub before: Option<Figures>,
}

/// The report on `survey`, made now; without what `identity` and the known shapes of secrets tell when `redact`.
#[must_use]
pub fn from_survey(
    survey: &Survey,
    diagnosis: &Diagnosis,
    record: ProgramRecord<'_>,
    words: &Words,
    redact: bool,
    identity: &Identity,
) -> Report {
    let mut report = Report::new(survey, diagnosis, words, jiff::Timestamp::now());
    report.changes = model::Change::all(record.changes, words);
    report.verification = record.checks.iter().map(|check| model::Check::of(check, words)).collect();
    report.ways = record.ways.iter().map(|way| model::Way::of(way, words)).collect();
    report.before_after = record.before.map(|before| BeforeAfter { before, after: Figures::of(survey) });
    if redact {
        let mut identity = identity.clone();
        identity.add_users_of(&survey.machine.holders);
        redaction::redact(&mut report, &identity);
    }
    report
}

/// The report in one form, ending in a line break.
#[must_use]
pub fn render(report: &Report, format: Format, words: &Words, style: Style) -> String {
    match format {
        Format::Text => text::render(report, words, style),
        Format::Json => json::render(report),
        Format::Markdown => markdown::render(report, words),
        Format::Html => html::render(report, words),
    }
}
