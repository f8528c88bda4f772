//! Mistakes in a settings file by what a person did, not by what a parser expected next; and the line where it is.

use std::ops::RangeInclusive;

/// Mistakes in a settings file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub enum TomlMistake {
    /// An invisible byte-order mark before the first letter.
    ByteOrderMark,
    /// A text without its closing quote.
    OpenQuote,
    /// A bracket or brace without its closing one.
    OpenBracket,
    /// A line that is neither a section nor `key = value`.
    NoEquals,
    /// Nothing after `=`.
    NoValue,
    /// A word without quotes, or in typographic ones.
    NoQuotes,
    /// The same key or section twice.
    Twice,
    /// A line break inside braces, which Python's parsers refuse.
    BrokenBraces,
    /// Something else.
    Other,
}

impl TomlMistake {
    /// Tells what is wrong with `line`, where a parser gave `reason`.
    pub(super) fn of(line: &str, reason: &str) -> Self {
        let code = without_comment(line);
        let value = code.split_once('=').map(|(_, value)| value.trim());
        match value {
            _ if line.starts_with('\u{feff}') => Self::ByteOrderMark,
            _ if reason.contains("duplicate") => Self::Twice,
            _ if reason.contains("inside an inline table") => Self::BrokenBraces,
            _ if is_open(code, "\"") || is_open(code, "'") => Self::OpenQuote,
            _ if opens_more(code) => Self::OpenBracket,
            None if !code.trim().starts_with('[') => Self::NoEquals,
            Some("") => Self::NoValue,
            Some(value) if value.starts_with(|first: char| first.is_alphabetic() || "“”„‘’`".contains(first)) => {
                Self::NoQuotes
            }
            None | Some(_) => Self::Other,
        }
    }
}

/// The line up to a `#` outside of quotes.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    for (place, character) in line.char_indices() {
        match (quote, character) {
            (None, '#') => return &line[..place],
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (None | Some(_), _) => {}
        }
    }
    line
}

fn is_open(code: &str, quote: &str) -> bool {
    code.matches(quote).count() % 2 == 1 && !code.contains(if quote == "'" { '"' } else { '\'' })
}

fn opens_more(code: &str) -> bool {
    [('[', ']'), ('{', '}')].into_iter().any(|(open, close)| code.matches(open).count() > code.matches(close).count())
}

/// The first line that is wrong, counted from 1: the one after the longest beginning of the file that is valid by
/// itself. A parser tells where it noticed, which for a missing bracket or quote is further down. `noticed` is that line.
pub(super) fn first_wrong_line(text: &str, noticed: usize, is_valid: impl Fn(&str) -> bool) -> usize {
    /// Lines above the one that was noticed at which the mistake is looked for.
    const FAR: usize = 200;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let begins: RangeInclusive<usize> = noticed.saturating_sub(FAR).max(1)..=noticed.min(lines.len().max(1));
    let valid = begins.rev().find(|line| is_valid(&lines[..line - 1].concat()));
    valid.unwrap_or(noticed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_by_what_a_person_did() {
        for (line, reason, mistake) in [
            ("\u{feff}[server]", "", TomlMistake::ByteOrderMark),
            ("port = 1", "duplicate key", TomlMistake::Twice),
            ("fileWatcherType = \"none", "", TomlMistake::OpenQuote),
            ("folderWatchList = [", "", TomlMistake::OpenBracket),
            ("[server", "", TomlMistake::OpenBracket),
            ("fileWatcherType none", "", TomlMistake::NoEquals),
            ("fileWatcherType: none # it's off", "", TomlMistake::NoEquals),
            ("fileWatcherType =   # off", "", TomlMistake::NoValue),
            ("fileWatcherType = none", "", TomlMistake::NoQuotes),
            ("fileWatcherType = “none”", "", TomlMistake::NoQuotes),
            ("port = 1.2.3", "", TomlMistake::Other),
        ] {
            assert_eq!(TomlMistake::of(line, reason), mistake, "{line}");
        }
    }

    #[test]
    fn the_line_that_opens_is_wrong_and_not_the_one_where_that_is_noticed() {
        let valid = |text: &str| toml_edit::Document::parse(text.to_owned()).is_ok();
        for (text, noticed, wrong) in [
            ("[server]\nlist = [\n 'a',\nport = 1\n", 4, 2),
            ("[server]\nlist = [\n 'a',\n]\nport = \n", 5, 5),
            ("[server\nport = 1\n", 1, 1),
            ("", 1, 1),
        ] {
            assert_eq!(first_wrong_line(text, noticed, valid), wrong, "{text:?}");
        }
    }
}
