//! Matches of a pattern, by what stands around them.

use super::ranges;
use regex::{Match, Regex};

/// Puts `stand_in` in the place of every match that `counts` in its surroundings.
pub(super) fn replace(
    text: &mut String,
    pattern: &Regex,
    stand_in: &str,
    counts: fn(&str, &Match<'_>) -> bool,
    mut note: impl FnMut(),
) {
    let places: Vec<_> =
        pattern.find_iter(text).filter(|found| counts(text, found)).map(|found| found.range()).collect();
    places.iter().for_each(|_| note());
    ranges::replace(text, &places, stand_in);
}

/// Returns the text in front of a match.
pub(super) fn before<'t>(text: &'t str, found: &Match<'_>) -> &'t str {
    &text[..found.start()]
}

/// Returns the text behind a match.
pub(super) fn after<'t>(text: &'t str, found: &Match<'_>) -> &'t str {
    &text[found.end()..]
}
