//! The processes that hold watches.

use super::{Block, Cell, Content, Section, Table};
use crate::report::Report;
use crate::report::model::Process;
use crate::say;
use crate::words::Words;

/// Processes named; whoever wants all of them reads the JSON form.
const NAMED: usize = 20;
/// Characters of a command line that are shown: some browsers' fill a screen.
const COMMAND_CHARACTERS: usize = 200;

pub(super) fn section(report: &Report, words: &Words) -> Section {
    let rows = report.processes.iter().take(NAMED).map(|process| row(process, report.budget.watches.limit, words));
    let columns = [
        (say!(words, "report-column-pid"), Content::Numbers),
        (say!(words, "report-column-program"), Content::Text),
        (say!(words, "report-column-kind"), Content::Text),
        (say!(words, "report-column-uid"), Content::Wide),
        (say!(words, "report-instances"), Content::Numbers),
        (say!(words, "report-watches"), Content::Numbers),
        (say!(words, "report-column-share"), Content::Numbers),
        (say!(words, "report-column-command"), Content::Wide),
    ];
    let mut blocks = vec![Block::Paragraph(account(report, words))];
    if !report.processes.is_empty() {
        blocks.push(Block::Table(Table::new(say!(words, "report-caption-processes"), columns, rows.collect())));
    }
    blocks.extend(notes(report, words).into_iter().map(Block::Paragraph));
    Section::folded(say!(words, "report-heading-processes"), blocks)
}

fn account(report: &Report, words: &Words) -> String {
    let account = &report.account;
    let (uid, watches, instances) = (account.uid.to_string(), account.watches, account.instances);
    say!(words, "report-account", uid = uid, watches = watches, instances = instances)
}

fn notes(report: &Report, words: &Words) -> Vec<String> {
    let mut notes = Vec::new();
    let left_out = report.processes.len().saturating_sub(NAMED);
    if left_out > 0 {
        notes.push(say!(words, "report-processes-more", count = left_out));
    }
    if report.processes.iter().any(|process| !process.shared_with.is_empty()) {
        notes.push(say!(words, "report-processes-shared"));
    }
    let own = report.account.unreadable_processes;
    if own > 0 {
        notes.push(say!(words, "report-processes-unreadable-own", count = own));
    }
    let others = (report.unreadable.len() as u64).saturating_sub(own);
    if others > 0 {
        notes.push(say!(words, "report-processes-unreadable-others", count = others));
    }
    if report.account.hidden_processes {
        notes.push(say!(words, "report-processes-hidden"));
    }
    notes
}

fn row(process: &Process, limit: Option<u64>, words: &Words) -> Vec<Cell> {
    vec![
        Cell::Words(process.pid.to_string()),
        Cell::literal(&process.program),
        Cell::Words(process.kind.label(words)),
        Cell::Words(process.uid.to_string()),
        Cell::number(words, process.instances),
        Cell::number(words, process.watches),
        Cell::Words(share(process, limit, words)),
        Cell::Literal(command(process)),
    ]
}

/// The share of the limit that the process answers for.
fn share(process: &Process, limit: Option<u64>, words: &Words) -> String {
    if !process.charged_to_account {
        return say!(words, "report-share-other-account");
    }
    let Some(limit) = limit.filter(|limit| *limit > 0) else { return say!(words, "report-unknown") };
    let percent = u128::from(process.charged_watches) * 100 / u128::from(limit);
    if percent == 0 && process.charged_watches > 0 { "< 1 %".to_owned() } else { format!("{percent} %") }
}

fn command(process: &Process) -> String {
    let line = process.command.join(" ");
    match line.char_indices().nth(COMMAND_CHARACTERS) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}
