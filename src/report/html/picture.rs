//! A gauge as lengths along a line. Lengths are shares, so that the picture fits a telephone and a page alike.

use crate::report::document::{Fill, Gauge, Part};
use crate::words::Words;

/// The whole, in the thousandth parts of a percent that lengths are reckoned in.
const WHOLE: u64 = 100_000;
/// Length below which nothing that is there is drawn.
const LEAST: u64 = 450;

pub(super) struct Picture<'a> {
    pub(super) gauge: &'a Gauge,
    pub(super) in_words: String,
    pub(super) pieces: Vec<BarPiece<'a>>,
    /// The place of the limit, when it is passed.
    pub(super) mark: Option<String>,
}

/// One part of a gauge with its place.
pub(super) struct BarPiece<'a> {
    pub(super) part: &'a Part,
    pub(super) class: &'static str,
    pub(super) start: String,
    pub(super) length: String,
}

impl<'a> Picture<'a> {
    pub(super) fn of(gauge: &'a Gauge, words: &Words) -> Self {
        let mut start = 0;
        let mut pieces = Vec::new();
        // The missing part begins at the limit: the others may take from one another only.
        for group in gauge.parts.chunk_by(|_, next| next.fill != Fill::Missing) {
            for (part, length) in group.iter().zip(lengths(group, gauge.whole())) {
                pieces.push(BarPiece { part, class: class(part.fill), start: written(start), length: written(length) });
                start = (start + length).min(WHOLE);
            }
        }
        let mark = gauge.passed_limit().map(|limit| percent(limit, gauge.whole()));
        Self { gauge, in_words: gauge.in_words(words), pieces, mark }
    }
}

/// The length of each part, none shorter than [`LEAST`]; what the short ones get is taken from the longest.
fn lengths(parts: &[Part], whole: u64) -> Vec<u64> {
    let shares: Vec<u64> = parts.iter().map(|part| share(part.count, whole)).collect();
    let mut lengths: Vec<u64> = shares.iter().map(|share| (*share).max(LEAST)).collect();
    let given = lengths.iter().sum::<u64>() - shares.iter().sum::<u64>();
    if let Some(longest) = lengths.iter_mut().max() {
        *longest = longest.saturating_sub(given).max(LEAST);
    }
    lengths
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

/// `count` as a share of `whole`, the way a length is written; long enough to be seen where there is any.
pub(super) fn bar(count: u64, whole: u64) -> String {
    if count == 0 { written(0) } else { written(share(count, whole).max(LEAST)) }
}

/// `count` as a share of `whole`, the way a length is written.
fn percent(count: u64, whole: u64) -> String {
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
        let part = |count| Part { name: String::new(), count, figure: String::new(), fill: Fill::Others };
        assert_eq!(lengths(&[part(9_998), part(1), part(1)], 10_000), [99_100, 450, 450]);
        assert_eq!(lengths(&[part(50), part(50)], 100), [50_000, 50_000]);
        assert_eq!(lengths(&[part(1), part(1)], 1_000_000), [450, 450], "even where all are small");
    }
}
