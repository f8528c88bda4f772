//! A page of text under construction: every character from elsewhere passes through [`printable`] here.

use crate::report::Style;
use crate::report::printable::printable;
use std::borrow::Cow;
use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, wrap};

/// The ways in which a line is painted where colours are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Plain,
    Heading,
    Critical,
    Warning,
    Info,
    Good,
}

impl Paint {
    const fn escape(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Heading => "\x1b[1m",
            Self::Critical => "\x1b[1;31m",
            Self::Warning => "\x1b[33m",
            Self::Info => "\x1b[36m",
            Self::Good => "\x1b[32m",
        }
    }
}

pub(super) struct TextPage {
    text: String,
    colour: bool,
    columns: usize,
}

impl TextPage {
    pub(super) fn new(style: Style) -> Self {
        Self { text: String::new(), colour: style.colour, columns: style.columns.clamp(60, 120) }
    }

    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// `text` over as many lines as it needs: `label` before the first, as many spaces before the others.
    /// Words longer than a line, such as paths, stay whole so that they can be copied.
    pub(super) fn flow(&mut self, label: &str, text: &str, paint: Paint) {
        let (label, text) = (printable(label), printable(text));
        let indent = " ".repeat(display_width(&label));
        let options = Options::new(self.columns)
            .break_words(false)
            .word_separator(WordSeparator::Custom(words))
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(&label)
            .subsequent_indent(&indent);
        for line in wrap(&text, options) {
            self.line(line.trim_end(), paint);
        }
    }

    /// `line` as it is, however wide.
    pub(super) fn line(&mut self, line: &str, paint: Paint) {
        let line = &*printable(line);
        if self.colour && paint != Paint::Plain {
            self.text.extend([paint.escape(), line, "\x1b[0m\n"]);
        } else {
            self.text.extend([line, "\n"]);
        }
    }
}

/// `text` and the spaces that make it `width` columns wide, Chinese characters counted as two.
pub(super) fn padded(text: &str, width: usize, right: bool) -> String {
    let text = printable(text);
    let spaces = " ".repeat(width.saturating_sub(display_width(&text)));
    if right { format!("{spaces}{text}") } else { format!("{text}{spaces}") }
}

/// `text` in at most `width` columns, its beginning and its end where it is longer.
pub(in crate::report) fn shortened(text: &str, width: usize) -> Cow<'_, str> {
    let text = printable(text);
    if display_width(&text) <= width {
        return text;
    }
    let half = width.saturating_sub(1) / 2;
    let head = text.char_indices().take_while(|(at, letter)| display_width(&text[..at + letter.len_utf8()]) <= half);
    let head = head.last().map_or(0, |(at, letter)| at + letter.len_utf8());
    let tail = text.char_indices().rev().take_while(|(at, _)| display_width(&text[*at..]) <= half);
    let tail = tail.last().map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{}…{}", &text[..head], &text[tail..]))
}

/// Columns that `text` will take.
pub(super) fn width(text: &str) -> usize {
    display_width(&printable(text))
}

/// A line may break after a space and beside a Chinese character, but not before closing punctuation.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut rest = line;
    Box::new(std::iter::from_fn(move || {
        let end = first_break(rest)?;
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(Word::from(word))
    }))
}

/// Finds where the first word of `text` ends; `None` when there is nothing left.
fn first_break(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().peekable();
    while let Some((_, character)) = characters.next() {
        let Some(&(next_at, next)) = characters.peek() else { return Some(text.len()) };
        let after_space = character == ' ' && next != ' ';
        let beside_wide = is_wide(character) || is_wide(next);
        if after_space || (beside_wide && !closes(next) && !opens(character) && next != ' ') {
            return Some(next_at);
        }
    }
    None
}

fn is_wide(character: char) -> bool {
    display_width(character.encode_utf8(&mut [0; 4])) == 2
}

fn closes(character: char) -> bool {
    "，。：；、！？）”’》」』】,.:;!?)".contains(character)
}

fn opens(character: char) -> bool {
    "（“‘《「『【(".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn flow(columns: usize, label: &str, text: &str) -> String {
        let mut page = TextPage::new(Style { colour: false, columns });
        page.flow(label, text, Paint::Plain);
        page.finish()
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_its_punctuation() {
        let text = format!("{}，后面还有文字", "监".repeat(30));
        let lines: Vec<String> = flow(60, "", &text).lines().map(str::to_owned).collect();
        assert_eq!(lines, ["监".repeat(29), "监，后面还有文字".to_owned()]);
    }

    #[test]
    fn a_path_stays_whole_and_lines_hang_below_their_label() {
        let path = format!("/{}", "long/".repeat(14));
        assert_eq!(
            flow(60, "label  ", &format!("see {path} there")),
            format!("label  see\n       {path}\n       there\n")
        );
    }

    #[test]
    fn what_is_too_long_is_shortened_in_its_middle() {
        for (text, width, short) in [
            ("code", 4, "code"),
            ("tracker-miner-fs-3", 12, "track…-fs-3"),
            ("监视监视监视", 7, "监…视"),
            ("a\nb", 4, "a\\nb"),
        ] {
            assert_eq!(shortened(text, width), short);
        }
    }

    proptest! {
        #[test]
        fn shortened_text_fits(text in any::<String>(), columns in 1_usize..30) {
            prop_assert!(width(&shortened(&text, columns)) <= columns);
        }

        #[test]
        fn no_word_is_lost_in_a_flow(text in "[a-z中文，。 ]{0,200}") {
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeezed(&flow(60, "", &text)), squeezed(&text));
        }

        #[test]
        fn nothing_in_a_text_reaches_the_terminal_as_a_control(text in any::<String>()) {
            prop_assert!(!flow(60, &text, &text).chars().any(|character| character.is_control() && character != '\n'));
        }
    }
}
