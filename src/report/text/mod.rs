//! The report for a terminal.

mod page;
mod table;

use super::document::{Block, Cell, Document, FindingEntry, Gauge, Section};
use super::{Report, Style};
use crate::diagnosis::Severity;
use crate::words::Words;
pub(super) use page::shortened;
use page::{Paint, TextPage, padded, width};

const INDENT: &str = "  ";

pub(super) fn render(report: &Report, words: &Words, style: Style) -> String {
    let document = Document::of(report, words);
    let mut page = TextPage::new(style);
    page.flow("", &document.title, Paint::Heading);
    page.flow("", &document.made, Paint::Plain);
    page.blank();
    page.flow("", &document.verdict, Paint::Heading);
    page.blank();
    gauges(&mut page, &document.gauges);
    page.flow("", &document.findings_heading, Paint::Heading);
    findings(&mut page, &document.findings);
    document.sections.iter().for_each(|one| section(&mut page, one));
    page.finish()
}

fn gauges(page: &mut TextPage, gauges: &[Gauge]) {
    let label_width = gauges.iter().map(|gauge| width(&gauge.label)).max().unwrap_or(0);
    // The indent, the gap, both brackets and the mark of the limit.
    let cells = page.columns() - label_width - INDENT.len() - 2 - 3;
    for gauge in gauges {
        let label = format!("{INDENT}{}  ", padded(&gauge.label, label_width, false));
        page.flow(&label, &gauge.bar(cells as u64), Paint::Plain);
        page.flow(&" ".repeat(width(&label)), &gauge.legend, Paint::Plain);
        page.blank();
    }
}

fn findings(page: &mut TextPage, findings: &[FindingEntry]) {
    let label_width = findings.iter().map(|finding| width(&finding.label)).max().unwrap_or(0);
    for finding in findings {
        let label = format!("{INDENT}{}  ", padded(&finding.label, label_width, false));
        page.flow(&label, &finding.title, paint(finding.severity));
        page.flow(&" ".repeat(width(&label)), &finding.detail, Paint::Plain);
    }
}

const fn paint(severity: Severity) -> Paint {
    match severity {
        Severity::Critical => Paint::Critical,
        Severity::Warning => Paint::Warning,
        Severity::Info => Paint::Info,
        Severity::Ok => Paint::Good,
    }
}

fn section(page: &mut TextPage, section: &Section) {
    page.blank();
    page.flow("", &section.heading, Paint::Heading);
    let mut before: Option<&Block> = None;
    for block in &section.blocks {
        if matches!(block, Block::Bars(_)) {
            continue;
        }
        let stands_apart = |block: Option<&Block>| matches!(block, Some(Block::Table(_) | Block::Code(_)));
        if before.is_some() && [before, Some(block)].into_iter().any(stands_apart) {
            page.blank();
        }
        before = Some(block);
        match block {
            Block::Paragraph(text) => page.flow(INDENT, text, Paint::Plain),
            Block::Findings(findings) => self::findings(page, findings),
            Block::Facts(facts) => self::facts(page, facts),
            Block::Table(table) => table::draw(page, table),
            Block::Bars(_) => {}
            Block::Code(lines) => {
                lines.lines().for_each(|line| page.line(&format!("{INDENT}{INDENT}{line}"), Paint::Plain));
            }
        }
    }
}

fn facts(page: &mut TextPage, facts: &[(String, Cell)]) {
    let label_width = facts.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    for (label, cell) in facts {
        page.flow(&format!("{INDENT}{}  ", padded(label, label_width, false)), cell.text(), Paint::Plain);
    }
}
