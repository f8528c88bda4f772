//! The chosen project and its heaviest folders.

use super::{Bar, Bars, Block, Cell, Content, Section, Table};
use crate::project::tree::Size;
use crate::report::model::{Heavy, Project};
use crate::say;
use crate::words::Words;

pub(super) fn section(project: &Project, words: &Words) -> Section {
    let mut blocks = vec![Block::Facts(facts(project, words))];
    if !project.heaviest.is_empty() {
        blocks.push(Block::Bars(bars(project, words)));
        blocks.push(Block::Table(heaviest(project, words)));
    }
    if !project.logs.is_empty() {
        blocks.push(Block::Table(logs(project, words)));
    }
    Section::folded(say!(words, "report-heading-project"), blocks)
}

fn facts(project: &Project, words: &Words) -> Vec<(String, Cell)> {
    let script = project
        .script
        .as_ref()
        .map_or_else(|| Cell::Words(say!(words, "report-not-found")), |script| Cell::literal(script));
    let mut facts = vec![
        (say!(words, "report-fact-folder"), Cell::literal(&project.root)),
        (say!(words, "report-fact-script"), script),
        (say!(words, "report-fact-size"), Cell::Words(size(project, words))),
    ];
    if project.unreadable_directories > 0 {
        let count = Cell::number(words, project.unreadable_directories);
        facts.push((say!(words, "report-fact-unreadable"), count));
    }
    for mount in &project.mounts {
        facts.push((say!(words, "report-fact-mount"), Cell::literal(mount)));
    }
    for folder in &project.unresponsive {
        facts.push((say!(words, "report-fact-unresponsive"), Cell::literal(folder)));
    }
    facts
}

fn size(project: &Project, words: &Words) -> String {
    let (files, directories) = (project.files, project.directories);
    match project.size {
        Size::Small => say!(words, "report-size-small", files = files, directories = directories),
        Size::Medium => say!(words, "report-size-medium", files = files, directories = directories),
        Size::Large => say!(words, "report-size-large", files = files, directories = directories),
    }
}

fn bars(project: &Project, words: &Words) -> Bars {
    let bar = |heavy: &Heavy| Bar {
        name: heavy.path.clone(),
        count: heavy.directories,
        past: false,
        figure: words.number(heavy.directories),
    };
    let bars = project.heaviest.iter().map(bar).collect();
    Bars::new(say!(words, "report-picture-heaviest"), true, bars, words)
}

fn heaviest(project: &Project, words: &Words) -> Table {
    let columns = [
        (say!(words, "report-column-directories"), Content::Numbers),
        (say!(words, "report-column-files"), Content::Numbers),
        (say!(words, "report-column-heaviest"), Content::Text),
    ];
    let rows = project.heaviest.iter().map(|heavy| {
        vec![Cell::number(words, heavy.directories), Cell::number(words, heavy.files), Cell::literal(&heavy.path)]
    });
    Table::new(say!(words, "report-column-heaviest"), columns, rows.collect())
}

fn logs(project: &Project, words: &Words) -> Table {
    let columns =
        [(say!(words, "report-column-log"), Content::Text), (say!(words, "report-column-line"), Content::Text)];
    let rows = project.logs.iter().map(|hit| vec![Cell::literal(&hit.file), Cell::literal(&hit.line)]);
    Table::new(say!(words, "report-caption-logs"), columns, rows.collect())
}
