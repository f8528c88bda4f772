//! Places in a text that are to be removed: found on the text as it came, and removed all at once.

use aho_corasick::AhoCorasick;
use regex::Regex;
use std::ops::Range;

/// Places in one text, in any order; they may overlap.
pub(super) type Ranges = Vec<Range<usize>>;

/// Compiles a pattern of ours.
pub(super) fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns are constants or escaped names, and the tests use each of them")
}

/// Makes a search for ASCII `words` in whatever case. A pattern that matches nothing without one of them is asked only
/// where it finds one: compiling the patterns took longer than all the rest of a redaction, and most need only some.
/// No word has a k or an s: those have forms beyond ASCII (K, ſ), which a pattern without regard to case takes, too.
pub(super) fn words(words: &[&str]) -> AhoCorasick {
    let search = AhoCorasick::builder().ascii_case_insensitive(true).build(words);
    search.expect("a handful of words is fewer than can be numbered")
}

/// Adds the first group that took part in each match of `rule`, or the whole match where it has none.
pub(super) fn add_groups(text: &str, rule: &Regex, found: &mut Ranges) {
    for captures in rule.captures_iter(text) {
        if let Some(group) = captures.iter().skip(1).flatten().next().or_else(|| captures.get(0)) {
            found.push(group.range());
        }
    }
}

/// The same places, ascending, and joined where they overlap.
pub(super) fn merged(mut ranges: Ranges) -> Ranges {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Ranges = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Puts `stand_in` in the place of each of the `merged` ranges, in one pass over the text.
pub(super) fn replace(text: &mut String, merged: &[Range<usize>], stand_in: &str) {
    if merged.is_empty() {
        return;
    }
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for range in merged {
        left.push_str(&text[from..range.start]);
        left.push_str(stand_in);
        from = range.end;
    }
    left.push_str(&text[from..]);
    *text = left;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_places_are_removed_once() {
        let mut text = "0123456789".to_owned();
        let ranges = merged(vec![6..8, 1..3, 2..4, 5..5, 4..5]);
        assert_eq!(ranges, [1..4, 4..5, 6..8]);
        replace(&mut text, &ranges, "-");
        assert_eq!(text, "0--5-89");
    }
}
