//! A gauge as lengths along a line. Lengths are shares, so that the picture fits a telephone and a page alike.

use crate::report::document::{Fill, Gauge, Part};
use crate::words::Words;

/// In the thousandth parts of a percent that lengths are reckoned in.
const WHOLE: u64 = 100_000;
/// Nothing that is there is drawn shorter than this.
const LEAST: u64 = 300;

pub(super) struct Picture<'a> {
    pub(super) gauge: &'a Gauge,
    pub(super) in_words: String,
    pub(super) pieces: Vec<Piece<'a>>,
    /// Where the limit is, when it is passed.
    pub(super) mark: Option<String>,
}

/// One part of a gauge with its place.
pub(super) struct Piece<'a> {
    pub(super) part: &'a Part,
    pub(super) class: &'static str,
    pub(super) start: String,
    pub(super) length: String,
}

impl<'a> Picture<'a> {
    pub(super) fn of(gauge: &'a Gauge, words: &Words) -> Self {
        let mut before = 0_u64;
        let mut pieces = Vec::new();
        for part in &gauge.parts {
            let start = share(before, gauge.whole());
            before = before.saturating_add(part.count);
            pieces.push(Piece::new(part, start, share(before, gauge.whole())));
        }
        let mark = gauge.passed_limit().map(|limit| percent(limit, gauge.whole()));
        Self { gauge, in_words: gauge.in_words(words), pieces, mark }
    }
}

impl<'a> Piece<'a> {
    fn new(part: &'a Part, start: u64, end: u64) -> Self {
        let length = end.saturating_sub(start).max(LEAST);
        let start = start.min(WHOLE - length);
        Self { part, class: class(part.fill), start: written(start), length: written(length) }
    }
}

/// The class that gives a part its colour.
const fn class(fill: Fill) -> &'static str {
    match fill {
        Fill::Named(0) => "c1",
        Fill::Named(1) => "c2",
        Fill::Named(2) => "c3",
        Fill::Named(3) => "c4",
        Fill::Named(_) | Fill::Others => "c5",
        Fill::Fits => "fits",
        Fill::Missing => "missing",
    }
}

/// `count` as a share of `whole`, the way a length is written.
pub(super) fn percent(count: u64, whole: u64) -> String {
    written(share(count, whole))
}

fn share(count: u64, whole: u64) -> u64 {
    let share = u128::from(count) * u128::from(WHOLE) / u128::from(whole.max(1));
    u64::try_from(share).unwrap_or(WHOLE).min(WHOLE)
}

fn written(share: u64) -> String {
    format!("{}.{:03}%", share / 1_000, share % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_written_as_a_length() {
        assert_eq!(percent(1, 3), "33.333%");
        assert_eq!(percent(u64::MAX, 1), "100.000%", "never beyond the end");
        assert_eq!(percent(0, 0), "0.000%");
    }

    #[test]
    fn whoever_holds_anything_is_seen_inside_the_gauge() {
        let part = Part { name: String::new(), count: 1, figure: String::new(), fill: Fill::Others };
        let piece = Piece::new(&part, WHOLE, WHOLE);
        assert_eq!((piece.start.as_str(), piece.length.as_str()), ("99.700%", "0.300%"));
    }
}
