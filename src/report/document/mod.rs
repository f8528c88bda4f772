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

use super::Report;
use crate::diagnosis::Severity;
use crate::say;
use crate::words::Words;
pub(super) use gauge::Gauge;
pub(super) use holders::{Fill, Part};

/// Everything that is said, ready to be laid out.
pub(super) struct Document {
    pub(super) title: String,
    /// When and by which version.
    pub(super) made: String,
    /// The diagnosis in one sentence.
    pub(super) verdict: String,
    pub(super) gauges: Vec<Gauge>,
    pub(super) findings_heading: String,
    /// Worst first.
    pub(super) findings: Vec<Finding>,
    /// In the order in which a reader asks for them.
    pub(super) sections: Vec<Section>,
}

pub(super) struct Finding {
    pub(super) severity: Severity,
    pub(super) label: String,
    pub(super) title: String,
    pub(super) detail: String,
}

pub(super) struct Section {
    pub(super) heading: String,
    /// For those who want to look; a form that can fold it away does.
    pub(super) folded: bool,
    pub(super) blocks: Vec<Block>,
}

pub(super) enum Block {
    Paragraph(String),
    /// Each with a word for how it ended.
    Findings(Vec<Finding>),
    /// Names with their values.
    Facts(Vec<(String, Cell)>),
    Table(Table),
    /// The same as the table after it, as a picture; a form without pictures leaves it out.
    Bars(Bars),
    /// Lines of this program's own to be copied, never text from elsewhere.
    Code(String),
}

/// Names with bars as long as their counts.
pub(super) struct Bars {
    pub(super) title: String,
    /// The whole picture in words, for those who do not see it.
    pub(super) in_words: String,
    /// The names are to be taken literally.
    pub(super) literal: bool,
    pub(super) bars: Vec<Bar>,
}

pub(super) struct Bar {
    pub(super) name: String,
    pub(super) count: u64,
    /// It is no more: drawn paler than the others.
    pub(super) past: bool,
    /// The count as the language writes it.
    pub(super) figure: String,
}

pub(super) struct Table {
    /// What it shows, for a form that says so above it.
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

pub(super) struct Column {
    pub(super) heading: String,
    pub(super) content: Content,
}

/// What a column holds, which decides how it is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Aligned to the right.
    Numbers,
    Text,
    /// Text for which a terminal has no room; it leaves the column out.
    Wide,
}

/// One value.
pub(super) enum Cell {
    /// Words of the program, numbers included.
    Words(String),
    /// Text that is to be taken literally: a path, a name, a command.
    Literal(String),
}

impl Cell {
    pub(super) fn text(&self) -> &str {
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

    /// What the longest bar stands for.
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
            findings: report.findings.iter().map(|finding| Finding::of(finding, words)).collect(),
            sections: sections(report, words),
        }
    }
}

impl Finding {
    fn of(finding: &super::model::Finding, words: &Words) -> Self {
        Self {
            severity: finding.severity,
            label: finding.severity.label(words),
            title: finding.title.clone(),
            detail: finding.detail.clone(),
        }
    }
}

fn sections(report: &Report, words: &Words) -> Vec<Section> {
    let reason = Block::Paragraph(report.recommendation.reason.clone());
    let mut sections = vec![Section::open(say!(words, "report-heading-recommendation"), vec![reason])];
    sections.extend(changes::section(report, words));
    sections.extend(checks::section(report, words));
    sections.extend(compare::section(report, words));
    sections.push(limits::section(report, words));
    sections.push(processes::section(report, words));
    sections.extend(report.project.iter().map(|project| project::section(project, words)));
    sections.extend(report.streamlit.iter().map(|streamlit| streamlit::section(streamlit, words)));
    sections.extend(report.streamlit.iter().map(|streamlit| settings::section(streamlit, words)));
    sections.push(system::section(&report.environment, words));
    sections.push(privacy::section(report, words));
    sections.extend(by_hand::section(report, words));
    sections
}
