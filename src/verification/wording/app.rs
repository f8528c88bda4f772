//! The sentences about running apps.

use super::joined;
use crate::say;
use crate::verification::{AppAge, Holding, HoldsAll};
use crate::words::Words;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::PathBuf;

pub(super) fn ages(apps: &[AppAge], words: &Words) -> String {
    if apps.is_empty() {
        return say!(words, "verify-apps-none");
    }
    let sentences: Vec<String> = apps.iter().map(|app| age(app, words)).collect();
    joined(&sentences, words)
}

fn age(app: &AppAge, words: &Words) -> String {
    let pid = app.pid.to_string();
    let Some(started) = app.started else { return say!(words, "verify-apps-unknown", pid = pid) };
    let started = time(started);
    match (&app.changed_since, app.watches) {
        (None, _) if app.unaffected => say!(words, "verify-apps-unaffected", pid = pid, started = started),
        (None, _) => say!(words, "verify-apps-new", pid = pid, started = started),
        (Some(changed), watches) => {
            let (path, changed) = (words.path(&changed.path), time(changed.at));
            let first = say!(words, "verify-apps-old", pid = pid, started = started, path = path, changed = changed);
            let Some(watches) = watches else { return first };
            let then = say!(words, "verify-apps-restart", watches = watches, after = app.after_restart);
            joined(&[first, then], words)
        }
    }
}

fn time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

pub(super) fn holdings(apps: &[Holding], words: &Words) -> String {
    if apps.is_empty() {
        return say!(words, "verify-holds-no-app");
    }
    let sentences: Vec<String> = apps.iter().map(|app| holding(app, words)).collect();
    joined(&sentences, words)
}

fn holding(app: &Holding, words: &Words) -> String {
    let pid = app.pid.to_string();
    match &app.holds {
        HoldsAll::All { watches, expected: 0 } => {
            say!(words, "verify-holds-none-needed", pid = pid, watches = *watches)
        }
        HoldsAll::All { expected, .. } => say!(words, "verify-holds-all", pid = pid, expected = *expected),
        HoldsAll::Loops { fewest, most } => {
            say!(words, "verify-holds-loops", pid = pid, fewest = *fewest, most = *most)
        }
        HoldsAll::NotYet { expected } => say!(words, "verify-holds-not-yet", pid = pid, expected = *expected),
        HoldsAll::Unreadable => say!(words, "verify-holds-unreadable", pid = pid),
        HoldsAll::Gap { watches, expected, unwatched_count, unwatched } => {
            let (count, folders) = (*unwatched_count, listed(words, unwatched, *unwatched_count));
            say!(
                words,
                "verify-holds-gap",
                pid = pid,
                watches = *watches,
                expected = *expected,
                count = count,
                folders = folders
            )
        }
    }
}

/// The first few of `paths` in a row, and how many more there are out of `count`.
pub(super) fn listed(words: &Words, paths: &[PathBuf], count: u64) -> String {
    words.first_few(paths.iter().map(|path| words.path(path)), count)
}
