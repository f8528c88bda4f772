//! A text without what a terminal puts into it: colours, frames, wraps.

use std::ops::Range;

/// Longest line handed on, in characters.
const LINE_CHARS: usize = 400;

/// A text without what wrapping, colouring and framing put into it.
pub(super) struct Squeezed {
    /// Lower case, no blanks, no line ends, no frames.
    pub(super) text: String,
    /// For each byte of `text` where it stood.
    places: Vec<usize>,
}

impl Squeezed {
    pub(super) fn of(text: &str) -> Self {
        let (mut squeezed, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (place, letter) in visible(text) {
            if !letter.is_whitespace() && !letter.is_control() && !is_frame(letter) {
                squeezed.push(letter.to_ascii_lowercase());
                places.resize(squeezed.len(), place);
            }
        }
        Self { text: squeezed, places }
    }

    /// The line or lines of `text` around a part of the squeezed text.
    pub(super) fn line(&self, text: &str, range: &Range<usize>) -> String {
        let (first, last) = (self.places[range.start], self.places[range.end - 1]);
        let begin = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let until = text[last..].find('\n').map_or(text.len(), |at| last + at);
        tidy(&text[begin..until])
    }

    /// Where the last letter of a part of the squeezed text stood.
    pub(super) fn end(&self, range: &Range<usize>) -> usize {
        self.places[range.end - 1]
    }
}

/// A line or two without colour codes and frames, blanks drawn together, cut to a few hundred characters.
pub(super) fn tidy(lines: &str) -> String {
    let letters: String = visible(lines).map(|(_, letter)| letter).collect();
    let words = letters.split(|letter: char| letter.is_whitespace() || letter.is_control() || is_frame(letter));
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(LINE_CHARS).collect()
}

/// Lines that rich tracebacks and boxes are drawn with.
fn is_frame(letter: char) -> bool {
    ('\u{2500}'..='\u{257f}').contains(&letter)
}

/// The characters that are not part of a terminal's escape sequence, with their places.
fn visible(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut letters = text.char_indices();
    std::iter::from_fn(move || {
        loop {
            match letters.next()? {
                (_, '\u{1b}') => skip_escape(&mut letters),
                shown => return Some(shown),
            }
        }
    })
}

/// ECMA-48: `ESC [ … letter`, `ESC ] … BEL` or `ESC ] … ESC \`, otherwise one character.
fn skip_escape(letters: &mut std::str::CharIndices<'_>) {
    match letters.next() {
        // Parameters, then a letter. What is none of both ends it too: it must not swallow the next line.
        Some((_, '[')) => drop(letters.find(|(_, letter)| !(' '..='?').contains(letter))),
        Some((_, ']')) => skip_title(letters),
        _ => {}
    }
}

/// The end of a title is within its line: one that is not closed must not swallow the rest of a log.
fn skip_title(letters: &mut std::str::CharIndices<'_>) {
    let end = letters.find(|(_, letter)| matches!(letter, '\u{7}' | '\u{1b}' | '\n'));
    if end.is_some_and(|(_, end)| end == '\u{1b}') {
        letters.next();
    }
}
