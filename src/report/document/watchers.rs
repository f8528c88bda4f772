//! Programs that watch the project, one row each.

use super::{Block, Cell, Content, Section, Table};
use crate::machine::Kind;
use crate::report::model::{WatcherEntry, WatcherKnob, Watching};
use crate::say;
use crate::words::Words;

/// Folders named in a row, which has to fit into the smallest window; the JSON form has all.
const NAMED: usize = 1;

/// Nothing where none but Streamlit's apps watches it: these have a table of their own.
pub(super) fn section(watchers: &[WatcherEntry], words: &Words) -> Option<Section> {
    if watchers.iter().all(|watcher| watcher.kind == Kind::Streamlit) {
        return None;
    }
    let columns = [
        (say!(words, "report-column-program"), Content::Text),
        (say!(words, "report-column-holds"), Content::Numbers),
        (say!(words, "watchers-column-here"), Content::Numbers),
        (say!(words, "report-column-expected"), Content::Numbers),
        (say!(words, "watchers-column-heavy"), Content::Wide),
        (say!(words, "watchers-column-knobs"), Content::Wide),
    ];
    let rows: Vec<Vec<Cell>> = watchers.iter().map(|watcher| row(watcher, words)).collect();
    let table = Table::new(say!(words, "watchers-caption"), columns, rows);
    Some(Section::folded(say!(words, "watchers-heading"), vec![Block::Table(table)]))
}

/// Who watches the path that was asked about.
pub(super) fn path_section(watching: &Watching, words: &Words) -> Section {
    let heading = say!(words, "watching-heading");
    let asked = Block::Facts(vec![(say!(words, "watching-path"), Cell::literal(&watching.path))]);
    if watching.watchers.is_empty() {
        return Section::open(heading, vec![asked, Block::Paragraph(say!(words, "watching-nobody"))]);
    }
    let columns = [
        (say!(words, "report-column-pid"), Content::Numbers),
        (say!(words, "report-column-program"), Content::Text),
        (say!(words, "report-column-kind"), Content::Text),
        (say!(words, "watching-column-itself"), Content::Text),
        (say!(words, "watching-column-below"), Content::Numbers),
    ];
    let rows = watching.watchers.iter().map(|one| {
        let itself = if one.itself { say!(words, "watching-yes") } else { say!(words, "watching-no") };
        vec![
            Cell::Words(one.pid.to_string()),
            Cell::literal(&one.program),
            Cell::Words(one.kind.label(words)),
            Cell::Words(itself),
            Cell::number(words, one.below),
        ]
    });
    let table = Table::new(say!(words, "watching-caption"), columns, rows.collect());
    Section::open(heading, vec![asked, Block::Table(table)])
}

fn row(watcher: &WatcherEntry, words: &Words) -> Vec<Cell> {
    let unknown = || say!(words, "report-unknown");
    vec![
        Cell::Words(match watcher.pid {
            Some(pid) => format!("{} ({pid})", watcher.kind.label(words)),
            None => watcher.kind.label(words),
        }),
        Cell::number(words, watcher.watches),
        Cell::number_or(words, watcher.in_project, unknown()),
        Cell::Words(needed(watcher, words)),
        Cell::Literal(heavy(watcher, words)),
        Cell::Literal(watcher.knobs.iter().map(|knob| turned(knob, words)).collect::<Vec<_>>().join(" · ")),
    ]
}

fn needed(watcher: &WatcherEntry, words: &Words) -> String {
    match (watcher.needed, watcher.at_most) {
        (Some(fewest), Some(most)) => say!(words, "watchers-range", fewest = fewest, most = most),
        (Some(exact), None) => words.number(exact),
        (None, _) => say!(words, "report-unknown"),
    }
}

fn heavy(watcher: &WatcherEntry, words: &Words) -> String {
    let each = watcher.heavy.iter().take(NAMED).map(|one| format!("{} {}", one.name, words.number(one.watches)));
    each.collect::<Vec<_>>().join(" · ")
}

fn turned(knob: &WatcherKnob, words: &Words) -> String {
    let left = knob.watches_after.map(|left| format!(" → {}", words.number(left)));
    format!("{}{}", knob.text, left.unwrap_or_default())
}
