//! The report for a browser: one file without scripts or anything from elsewhere, for the screen and for paper.
//!
//! Whatever is put into the template is escaped there by [`Markup`]; nothing is marked as safe.

mod picture;

use super::Report;
use super::document::{Block, Cell, Content, Document};
use super::printable::printable;
use crate::words::Words;
use askama::Template;
use askama::filters::{Escaper, Html};
use picture::Picture;
use std::fmt::{self, Write};

/// Bytes below which what stands literally in a table is kept on one line: names and commands, no paths.
const SHORT: usize = 24;

#[derive(Template)]
#[template(path = "report.html")]
struct HtmlPage<'a> {
    document: &'a Document,
    language: &'static str,
    pictures: Vec<Picture<'a>>,
}

pub(super) fn render(report: &Report, words: &Words) -> String {
    let document = Document::of(report, words);
    let pictures = document.gauges.iter().map(|gauge| Picture::of(gauge, words)).collect();
    let page = HtmlPage { document: &document, language: words.language().tag(), pictures };
    page.render().expect("writing to a string does not fail, and no filter returns an error")
}

/// Escapes text so that a browser shows it as it is, control and direction characters written out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Markup;

impl Escaper for Markup {
    fn write_escaped_str<W: Write>(&self, out: W, text: &str) -> fmt::Result {
        Html.write_escaped_str(out, &printable(text))
    }
}

impl Content {
    /// The class of a column's cells.
    const fn class(self) -> &'static str {
        match self {
            Self::Numbers => "number",
            Self::Text => "text",
            Self::Wide => "wide",
        }
    }
}

#[allow(unreachable_pub, reason = "the attribute makes public items of these functions")]
mod filters {
    use super::picture;
    use crate::diagnosis::Severity;
    use crate::report::text::shortened;
    use askama::{Result, Values};

    /// The colours of a severity.
    #[askama::filter_fn]
    pub(super) fn class(severity: &Severity, _: &dyn Values) -> Result<&'static str> {
        Ok(match severity {
            Severity::Critical => "critical",
            Severity::Warning => "warning",
            Severity::Info => "info",
            Severity::Ok => "ok",
        })
    }

    /// `text` on one line of a picture, which does not break lines.
    #[askama::filter_fn]
    pub(super) fn short(text: &str, _: &dyn Values) -> Result<String> {
        Ok(shortened(text, 40).into_owned())
    }

    /// The length of a bar.
    #[askama::filter_fn]
    pub(super) fn bar(count: &u64, _: &dyn Values, whole: u64) -> Result<String> {
        Ok(picture::bar(*count, whole))
    }
}
