//! The report for an issue or a message.
//!
//! Whatever comes from elsewhere is escaped where it is written: the template's default is [`Prose`], and what is to
//! be taken literally becomes a code span.

use super::Report;
use super::document::{Block, Cell, Content, Document};
use super::printable::printable;
use crate::words::Words;
use askama::Template;
use askama::filters::Escaper;
use std::fmt::{self, Write};

/// Cells of a gauge: as wide as a code block in an issue shows without scrolling.
const GAUGE_CELLS: u64 = 64;

#[derive(Template)]
#[template(path = "report.md")]
struct MarkdownPage<'a> {
    document: &'a Document,
}

pub(super) fn render(report: &Report, words: &Words) -> String {
    let document = Document::of(report, words);
    MarkdownPage { document: &document }
        .render()
        .expect("writing to a string does not fail, and no filter returns an error")
}

/// Escapes text so that Markdown and HTML show it as it is, and no mention, reference or formula is made of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prose;

impl Escaper for Prose {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        let text = printable(text);
        let mut before = ' ';
        let mut characters = text.chars().peekable();
        let (mut at_start, mut only_digits) = (true, true);
        while let Some(character) = characters.next() {
            let next = characters.peek().copied().unwrap_or(' ');
            match character {
                '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' => write!(out, "\\{character}")?,
                '_' if !(before.is_alphanumeric() && next.is_alphanumeric()) => out.write_str("\\_")?,
                '&' => out.write_str("&amp;")?,
                '-' | '+' | '=' if at_start => write!(out, "\\{character}")?,
                '.' | ')' if only_digits && !at_start => write!(out, "\\{character}")?,
                // A word joiner is not seen and keeps a mention or a reference from being made.
                '@' | '#' => write!(out, "{character}\u{2060}")?,
                _ => out.write_char(character)?,
            }
            before = character;
            at_start = false;
            only_digits &= character.is_ascii_digit();
        }
        Ok(())
    }
}

/// `text` taken literally.
fn literal(text: &str) -> String {
    let text = printable(text);
    if text.is_empty() {
        String::new()
    } else if text.contains(['`', '|', '\\']) {
        // Within a table not even a code span protects these; as numbers they are never read as markup.
        format!("<code>{}</code>", as_numbers(&text))
    } else {
        format!("`{text}`")
    }
}

fn as_numbers(text: &str) -> String {
    let mut safe = String::new();
    for character in text.chars() {
        if character.is_ascii_punctuation() && !"-./,=:".contains(character) {
            safe.push_str(&format!("&#{};", u32::from(character)));
        } else {
            safe.push(character);
        }
    }
    safe
}

#[allow(unreachable_pub, reason = "the attribute makes public items of these functions")]
mod filters {
    use super::{Cell, Content, Prose, literal};
    use askama::filters::{Escaper, Safe};
    use askama::{Result, Values};

    /// A cell as words or as a code span.
    #[askama::filter_fn]
    pub(super) fn cell(cell: &Cell, _: &dyn Values) -> Result<Safe<String>> {
        Ok(Safe(match cell {
            Cell::Literal(text) => literal(text),
            Cell::Words(text) => {
                let mut escaped = String::new();
                Prose.write_escaped_str(&mut escaped, text)?;
                escaped
            }
        }))
    }

    /// The line below a table's heading, for one column.
    #[askama::filter_fn]
    pub(super) fn alignment(content: &Content, _: &dyn Values) -> Result<&'static str> {
        Ok(if *content == Content::Numbers { "--:" } else { ":--" })
    }
}
