//! What a person sees, in both languages, and what a hostile process name can do to it: nothing.

use super::{fixture, rendered, report_on};
use inotify_doctor::machine::Kind;
use inotify_doctor::report::{Format, Style, render};
use inotify_doctor::words::{Language, Words};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

#[test]
fn the_text_form_reads_well() {
    for language in Language::ALL {
        let report = report_on(&fixture::survey(), language, true);
        insta::assert_snapshot!(format!("text-{}", language.tag()), rendered(&report, Format::Text, language));
    }
}

#[test]
fn the_markdown_form_reads_well() {
    for language in Language::ALL {
        let report = report_on(&fixture::survey(), language, true);
        insta::assert_snapshot!(format!("markdown-{}", language.tag()), rendered(&report, Format::Markdown, language));
    }
}
