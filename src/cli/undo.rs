//! `inotify-doctor undo`: takes back what was changed, tomorrow too.

use super::output::{agrees, complain, print, style};
use super::{ERROR, FINE, TO_FIX, fix, plan_text};
use crate::machine::Places;
use crate::remedy::journal::Entry;
use crate::remedy::{Conflict, Journal, LimitsBack, State, Undo};
use crate::say;
use crate::words::{Words, shown};
use anyhow::anyhow;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::ffi::OsString;

/// Lists the changes, or takes one back: the one named, else the last that can be and is not taken back.
pub(super) fn run(matches: &ArgMatches, variables: &BTreeMap<OsString, OsString>, words: &Words) -> anyhow::Result<u8> {
    let journal = Journal::of_person(variables).map_err(|error| anyhow!(error.sentence(words)))?;
    let found = journal.entries().map_err(|error| anyhow!(error.sentence(words)))?;
    for path in &found.unreadable {
        complain(&say!(words, "undo-unreadable", path = shown(path)));
    }
    for error in &found.refused {
        complain(&error.sentence(words));
    }
    if matches.get_flag("list") {
        return list(&found.entries, words);
    }
    let id = matches.get_one::<u32>("id").copied();
    let still_done = |entry: &Entry| entry.state != State::Undone && entry.plan.can_be_undone();
    let wanted = |entry: &&Entry| id.map_or_else(|| still_done(entry), |id| entry.id == id);
    match found.entries.iter().rev().find(wanted) {
        Some(entry) => {
            let limits = LimitsBack::of(entry, &found.entries, &Places::default());
            print(&entry_text(entry, words))?;
            let lines = limits.map(|limits| limits.lines(words)).unwrap_or_default();
            print(&lines.iter().map(|line| format!("     {line}\n")).collect::<String>())?;
            take_back(entry, &journal, matches.get_flag("yes"), words)
        }
        None => {
            complain(&match id {
                Some(id) => say!(words, "error-no-entry", id = id.to_string()),
                None => say!(words, "undo-list-empty"),
            });
            Ok(if id.is_some() { ERROR } else { FINE })
        }
    }
}

fn list(entries: &[Entry], words: &Words) -> anyhow::Result<u8> {
    if entries.is_empty() {
        complain(&say!(words, "undo-list-empty"));
    }
    print(&entries.iter().map(|entry| entry_text(entry, words)).collect::<String>())?;
    Ok(FINE)
}

/// `3  2026-11-22 12:40  applied  Raise the limits`, then what was done.
fn entry_text(entry: &Entry, words: &Words) -> String {
    let when = entry.when.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
    let mut text = format!("{}  {when}  {}  {}\n", entry.id, entry.state.label(words), entry.remedy().title(words));
    for line in entry.plan.changes.iter().flat_map(|change| change.lines(words)) {
        text.push_str("     ");
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn take_back(entry: &Entry, journal: &Journal, agreed: bool, words: &Words) -> anyhow::Result<u8> {
    if !agreed && !agrees(&say!(words, "undo-ask"), words)? {
        complain(&say!(words, "cli-said-no"));
        return Ok(TO_FIX);
    }
    match crate::remedy::undo(journal, entry.id, fix::way()) {
        Undo::Undone { back, left } => {
            print(&format!("{}\n", say!(words, "undo-done")))?;
            for one in &back {
                print(&format!("  {}\n", one.sentence(words)))?;
                if let Some(diff) = one.diff() {
                    print(&plan_text::diff_text(diff, style().colour))?;
                }
            }
            left.iter().for_each(|one| complain(&one.sentence(words)));
            Ok(FINE)
        }
        Undo::AlreadyUndone => {
            print(&format!("{}\n", say!(words, "undo-already")))?;
            Ok(FINE)
        }
        Undo::Refused(conflicts) => {
            complain(&say!(words, "undo-refused"));
            for conflict in conflicts {
                complain(&format!("  {}", conflict.sentence(words)));
                if let Conflict::FileChanged { diff, .. } = &conflict {
                    print(&plan_text::diff_text(diff, style().colour))?;
                }
            }
            Ok(ERROR)
        }
        Undo::Failed(error) => {
            complain(&say!(words, "undo-failed", reason = error.sentence(words)));
            Ok(ERROR)
        }
    }
}
