//! The account's watches over time, since the window was opened.

use super::table_words;
use crate::say;
use crate::window::look::Look;
use crate::window::state::DiagnosisPage;
use crate::window::state::watched::{Run, Watched};
use crate::window::theme::{Type, space};
use crate::window::widgets::figures::{self, FigureTable, figures_table};
use crate::window::widgets::line_chart::{Chart, Stretch, line_chart};
use crate::window::widgets::{card, text};
use eframe::egui::{Rangef, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Draws the line with its figures.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, page: &mut DiagnosisPage, limit: Option<u64>) {
    let Some((_, most, _)) = page.watched.range() else { return };
    let runs: Vec<Run> = page.watched.runs().iter().copied().collect();
    let stretches = stretches(look, &runs);
    // A limit far above would make the line flat.
    let near = limit.filter(|limit| *limit <= most.saturating_mul(8));
    let words = near.map(|limit| say!(look.words, "gauge-limit", limit = limit));
    let top = most.max(near.unwrap_or_default());
    let summary = summary(look, &page.watched, &runs, limit, near);
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "watched-title"));
        let chart = Chart {
            stretches: &stretches,
            limit: near.zip(words.as_deref()),
            top: top.saturating_add(top / 10).max(1),
            in_words: &summary,
        };
        if let Some(seconds) = limit.and_then(|limit| page.watched.full_in(limit)) {
            text(ui, Type::Strong, look.tokens.warning, full_in(look, seconds));
        }
        let looked_at = line_chart(ui, look.tokens, &chart);
        let shown = looked_at.and_then(|place| stretches.get(place)).map(|stretch| stretch.name.clone());
        let sentences = [summary.clone(), shown.unwrap_or_default()];
        let words = table_words(look);
        let words = words.each_ref().map(String::as_str);
        let shown = (sentences.as_slice(), usize::from(looked_at.is_some()));
        ui.push_id("watched", |ui| figures::foot(ui, look.tokens, shown, words, &mut page.watched_table));
    });
    if page.watched_table {
        table_ui(ui, look, &runs);
    }
}

/// Draws the line of one process, where there is one to draw: its watches have changed since the window was opened.
pub(super) fn of_process_ui(ui: &mut Ui, look: Look<'_>, watched: &Watched) {
    let runs: Vec<Run> = watched.runs().iter().copied().collect();
    let Some((_, most, _)) = watched.range().filter(|_| runs.len() > 1) else { return };
    let stretches = stretches(look, &runs);
    let in_words = summary(look, watched, &runs, None, None);
    let top = most.saturating_add(most / 10).max(1);
    let chart = Chart { stretches: &stretches, limit: None, top, in_words: &in_words };
    let looked_at = ui.push_id("watched-of-process", |ui| line_chart(ui, look.tokens, &chart)).inner;
    let shown = looked_at.and_then(|place| stretches.get(place)).map_or(in_words.as_str(), |one| one.name.as_str());
    text(ui, Type::Small, look.tokens.muted, shown);
}

/// Words when one process alone has taken what is left.
pub(super) fn process_full_in(look: Look<'_>, seconds: u64) -> String {
    full_in(look, seconds)
}

fn stretches(look: Look<'_>, runs: &[Run]) -> Vec<Stretch> {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Vec::new() };
    let whole = last.until.saturating_sub(first.from);
    let share = |at: u64| super::share_of(at.saturating_sub(first.from), whole);
    let stretch = |run: &Run| {
        let (from, until) = (clock(run.from), clock(run.until));
        Stretch {
            // A single reading has no length.
            span: if whole == 0 { Rangef::new(0.0, 0.0) } else { Rangef::new(share(run.from), share(run.until)) },
            value: run.watches,
            name: if run.from == run.until {
                say!(look.words, "watched-at", at = from, watches = run.watches)
            } else {
                say!(look.words, "watched-run", from = from, until = until, watches = run.watches)
            },
        }
    };
    runs.iter().map(stretch).collect()
}

/// Words what is said while nothing in particular is looked at, and to those who do not see the line.
fn summary(look: Look<'_>, watched: &Watched, runs: &[Run], limit: Option<u64>, near: Option<u64>) -> String {
    let Some((least, most, last)) = watched.range() else { return String::new() };
    let (from, until) = (runs.first().map_or(0, |run| run.from), runs.last().map_or(0, |run| run.until));
    let (from, until) = (clock(from), clock(until));
    let said = if from == until {
        say!(look.words, "watched-once", watches = last, at = from)
    } else if runs.len() == 1 {
        say!(look.words, "watched-steady", watches = last, from = from, until = until)
    } else {
        say!(look.words, "watched-summary", least = least, most = most, last = last, from = from, until = until)
    };
    match limit.filter(|_| near.is_none()) {
        Some(limit) => say!(look.words, "watched-limit-far", said = said, limit = limit),
        None => said,
    }
}

/// Words when the limit is reached at the present rate.
fn full_in(look: Look<'_>, seconds: u64) -> String {
    const HOUR: u64 = 60 * 60;
    match seconds {
        0..60 => say!(look.words, "watched-full-at-once"),
        60..HOUR => say!(look.words, "watched-full-minutes", minutes = seconds / 60),
        HOUR.. => say!(look.words, "watched-full-hours", hours = seconds / HOUR),
    }
}

fn table_ui(ui: &mut Ui, look: Look<'_>, runs: &[Run]) {
    let heads =
        [say!(look.words, "watched-from"), say!(look.words, "watched-until"), say!(look.words, "processes-watches")];
    let row = |run: &Run| vec![clock(run.from), clock(run.until), look.words.number(run.watches)];
    let rows: Vec<Vec<String>> = runs.iter().rev().map(row).collect();
    figures_table(ui, look.tokens, &FigureTable { name: "watched", heads: &heads, rows: &rows });
}

/// A time of day, which does not grow old while nothing is drawn.
pub(super) fn clock(at: u64) -> String {
    let time = i64::try_from(at).ok().and_then(|at| Timestamp::from_second(at).ok()).unwrap_or_default();
    time.to_zoned(TimeZone::system()).strftime("%H:%M:%S").to_string()
}
