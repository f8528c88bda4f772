//! The report in words: what the forms for people say, in which order. The forms only lay it out.

mod by_hand;
mod changes;
mod checks;
mod compare;
mod gauge;
mod holders;
mod limits;
mod privacy;
mod processes;
mod project;
mod settings;
mod streamlit;
mod system;
mod watchers;
mod ways;

use super::{Report, model};
use crate::diagnosis::Severity;
use crate::machine::Machine;
use crate::say;
use crate::survey;
use crate::words::Words;
pub(super) use gauge::Gauge;
pub(super) use holders::{Fill, Part};

/// Contents of the report, ready to be laid out.
pub(super) struct Document {
    pub(super) title: String,
    /// The time and the version that made it.
    pub(super) made: String,
    /// The diagnosis in one sentence.
    pub(super) verdict: String,
    pub(super) gauges: Vec<Gauge>,
    pub(super) findings_heading: String,
    /// Findings, worst first.
    pub(super) findings: Vec<FindingEntry>,
    /// Sections in the order in which a reader asks for them.
    pub(super) sections: Vec<Section>,
}

pub struct FindingEntry {
    pub severity: Severity,
    pub label: String,
    pub title: String,
    pub detail: String,
}

/// A part of the report under a heading of its own.
pub struct Section {
    /// The subject.
    pub heading: String,
    /// Whether it is for those who want to look; a form that can fold it away does.
    pub folded: bool,
    /// The contents, in order.
    pub blocks: Vec<Block>,
}

/// One thing that a section says.
pub enum Block {
    /// Sentences.
    Paragraph(String),
    /// Findings, each with a word for how it ended.
    Findings(Vec<FindingEntry>),
    /// Names with their values.
    Facts(Vec<(String, Cell)>),
    /// Rows and columns.
    Table(Table),
    /// The same as the table after it, as a picture; a form without pictures leaves it out.
    Bars(Bars),
    /// Lines of this program's own to be copied, never text from elsewhere.
    Code(String),
}

/// Names with bars as long as their counts.
pub struct Bars {
    pub title: String,
    /// The whole picture in words, for those who do not see it.
    pub in_words: String,
    /// The names are to be taken literally.
    pub literal: bool,
    pub bars: Vec<Bar>,
}

pub struct Bar {
    pub name: String,
    pub count: u64,
    /// Whether it is no more: drawn paler than the others.
    pub past: bool,
    /// The count as the language writes it.
    pub figure: String,
}

/// Rows below columns.
pub struct Table {
    /// The caption, for a form that says so above it.
    pub caption: String,
    /// Parts from left to right.
    pub columns: Vec<Column>,
    /// Rows from top to bottom, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column's head.
pub struct Column {
    /// The heading of its cells.
    pub heading: String,
    /// The kind of its cells.
    pub content: Content,
}

/// Kinds of cells that a column holds, which decide how it is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Numbers, aligned to the right.
    Numbers,
    /// Text, aligned to the left.
    Text,
    /// Text for which a terminal has no room; it leaves the column out.
    Wide,
}

/// One value.
pub enum Cell {
    /// Words of the program, numbers included.
    Words(String),
    /// Text that is to be taken literally: a path, a name, a command.
    Literal(String),
}

impl Cell {
    /// The value as it reads.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Literal(text) => text,
        }
    }

    fn literal(text: &str) -> Self {
        Self::Literal(text.to_owned())
    }

    fn number(words: &Words, number: u64) -> Self {
        Self::Words(words.number(number))
    }

    fn number_or(words: &Words, number: Option<u64>, otherwise: String) -> Self {
        Self::Words(number.map_or(otherwise, |number| words.number(number)))
    }
}

impl Bars {
    fn new(title: String, literal: bool, bars: Vec<Bar>, words: &Words) -> Self {
        let each: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.name, bar.figure)).collect();
        Self { title, in_words: words.list(&each), literal, bars }
    }

    /// Returns what the longest bar stands for.
    pub(super) fn most(&self) -> u64 {
        self.bars.iter().map(|bar| bar.count).max().unwrap_or(0)
    }
}

impl Table {
    fn new<const COLUMNS: usize>(caption: String, columns: [(String, Content); COLUMNS], rows: Vec<Vec<Cell>>) -> Self {
        let columns = columns.into_iter().map(|(heading, content)| Column { heading, content }).collect();
        Self { caption, columns, rows }
    }
}

impl Section {
    fn open(heading: String, blocks: Vec<Block>) -> Self {
        Self { heading, folded: false, blocks }
    }

    fn folded(heading: String, blocks: Vec<Block>) -> Self {
        Self { heading, folded: true, blocks }
    }
}

impl Document {
    pub(super) fn of(report: &Report, words: &Words) -> Self {
        let time = report.generated_at.strftime("%Y-%m-%d %H:%M").to_string();
        Self {
            title: say!(words, "report-title"),
            made: say!(words, "report-made", time = time, version = report.program_version),
            verdict: report.verdict.clone(),
            gauges: gauge::gauges(report, words),
            findings_heading: say!(words, "report-heading-findings"),
            findings: report.findings.iter().map(|finding| FindingEntry::of(finding, words)).collect(),
            sections: sections(report, words),
        }
    }
}

impl FindingEntry {
    fn of(finding: &super::model::Finding, words: &Words) -> Self {
        Self {
            severity: finding.severity,
            label: finding.severity.label(words),
            title: finding.title.clone(),
            detail: finding.detail.clone(),
        }
    }
}

/// Returns what every report says of this computer: its limits, and what kind of place it is.
#[must_use]
pub fn system_sections(machine: &Machine, words: &Words) -> [Section; 2] {
    let (limits, boot) = (model::Limits::of(machine), model::Boot::of(&machine.boot));
    let namespace = machine.namespace_limits.map(model::NamespaceLimits::of);
    let environment = model::Environment::of(&machine.environment);
    [limits::section(&limits, &boot, namespace, words), system::section(&environment, words)]
}

/// Returns what every report says of Streamlit's settings; `None` where there is no entry script.
#[must_use]
pub fn settings_section(project: &survey::Project, words: &Words) -> Option<Section> {
    model::Streamlit::of(project).map(|streamlit| settings::section(&streamlit, words))
}

/// Returns what every report says of the programs that watch the project; `None` where none does.
#[must_use]
pub fn watchers_section(project: &survey::Project, words: &Words) -> Option<Section> {
    watchers::section(&model::WatcherEntry::all(project), words)
}

fn sections(report: &Report, words: &Words) -> Vec<Section> {
    let reason = Block::Paragraph(report.recommendation.reason.clone());
    let advice = [reason].into_iter().chain(ways::table(report, words)).collect();
    let mut sections = vec![Section::open(say!(words, "report-heading-recommendation"), advice)];
    sections.extend(report.watching.iter().map(|watching| watchers::path_section(watching, words)));
    sections.extend(changes::section(report, words));
    sections.extend(checks::section(report, words));
    sections.extend(compare::section(report, words));
    sections.push(limits::section(&report.limits, &report.boot, report.namespace_limits, words));
    sections.push(processes::section(report, words));
    sections.extend(report.project.iter().map(|project| project::section(project, words)));
    sections.extend(report.streamlit.iter().map(|streamlit| streamlit::section(streamlit, words)));
    sections.extend(watchers::section(&report.watchers, words));
    sections.extend(report.streamlit.iter().map(|streamlit| settings::section(streamlit, words)));
    sections.push(system::section(&report.environment, words));
    sections.push(privacy::section(report, words));
    sections.extend(by_hand::section(report, words));
    sections
}
