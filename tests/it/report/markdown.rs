//! The Markdown form read by a Markdown parser: whatever a name is made of, a reader sees the name and nothing else.

use super::{fixture, rendered, report_on};
use inotify_doctor::report::Format;
use inotify_doctor::survey::Survey;
use inotify_doctor::words::Language;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ffi::OsString;

/// Hostile in every way known: HTML, table cells, code spans, escapes, headings, lists, formulas, mentions.
const HOSTILE: &str = "x </details> <img src=x> | a \\| b `c` ``d`` @octocat #1 $x$ ~~y~~ **z** [l](http://x) &lt; # h";

/// What a reader sees of a report.
#[derive(Default)]
struct Seen {
    html: Vec<String>,
    headings: usize,
    links: usize,
    /// The rows of all tables, cell by cell.
    rows: Vec<Vec<String>>,
    /// What is written outside of tables and code.
    prose: String,
}

fn read(markdown: &str) -> Seen {
    let mut seen = Seen::default();
    let mut in_table = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Heading { .. }) => seen.headings += 1,
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough) => seen.links += 1,
            Event::Start(Tag::TableRow) => seen.rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                seen.rows.iter_mut().last().into_iter().for_each(|row| row.push(String::new()));
            }
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::Html(html) | Event::InlineHtml(html) => seen.html.push(html.trim().to_owned()),
            Event::Text(text) | Event::Code(text) if in_table => {
                seen.rows
                    .iter_mut()
                    .last()
                    .and_then(|row| row.last_mut())
                    .into_iter()
                    .for_each(|cell| cell.push_str(&text));
            }
            Event::Text(text) => seen.prose.push_str(&text),
            _ => {}
        }
    }
    seen.html.retain(|html| html != "<code>" && html != "</code>" && !html.is_empty());
    seen
}

/// The fixture with `name` wherever a stranger may choose one.
fn survey_with(name: &str) -> Survey {
    let mut survey = fixture::survey();
    let process = &mut survey.machine.holders.processes[1];
    (process.program, process.charged_watches) = (name.to_owned(), 7_000);
    process.command = vec![OsString::from(name)];
    let project = survey.project.as_mut().expect("the fixture has a project");
    project.running.clear();
    project.logs[0].line = name.to_owned();
    survey.machine.environment.distribution = Some(name.to_owned());
    survey
}

fn seen_with(name: &str) -> Seen {
    let report = report_on(&survey_with(name), Language::English, false);
    read(&rendered(&report, Format::Markdown, Language::English))
}

/// The program and the command line of the process that carries the name.
fn named_cells(seen: &Seen) -> (String, String) {
    let row = seen.rows.iter().find(|row| row.first().is_some_and(|pid| pid == "3320")).expect("its row is there");
    (row[1].trim().to_owned(), row[7].trim().to_owned())
}

#[test]
fn a_hostile_name_is_shown_and_does_nothing() {
    let (tame, hostile) = (seen_with("tame"), seen_with(HOSTILE));
    assert_eq!(hostile.html, tame.html, "no HTML but the report's own");
    assert_eq!((hostile.headings, hostile.links), (tame.headings, 0), "no headings, links or pictures");
    assert_eq!(named_cells(&hostile), (HOSTILE.to_owned(), HOSTILE.to_owned()), "the cells show the name as it is");
    let shown = HOSTILE.replace('@', "@\u{2060}").replace('#', "#\u{2060}");
    assert!(hostile.prose.contains(&shown), "prose shows it too, and mentions nobody: {}", hostile.prose);
}

#[test]
fn each_folded_section_ends_where_it_should() {
    let tame = seen_with("tame");
    let summaries: Vec<&str> =
        tame.html.iter().map(String::as_str).filter(|html| html.starts_with("<summary>")).collect();
    let names =
        ["Processes", "Project", "Streamlit", "Settings", "System"].map(|name| format!("<summary>{name}</summary>"));
    assert_eq!(summaries, names);
    let count = |tag: &str| tame.html.iter().filter(|html| *html == tag).count();
    assert_eq!((count("<details>"), count("</details>")), (5, 5));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn whatever_a_name_is_made_of_a_reader_sees_the_name(name in "[-!-~]{1,4}[ -~中é]{0,60}[!-~]") {
        let (tame, seen) = (seen_with("tame"), seen_with(&name));
        prop_assert_eq!(&seen.html, &tame.html, "no HTML but the report's own");
        prop_assert_eq!((seen.headings, seen.links), (tame.headings, 0), "no headings, links or pictures");
        prop_assert_eq!(seen.rows.len(), tame.rows.len(), "no rows are made");
        prop_assert_eq!(named_cells(&seen), (name.clone(), name));
    }
}
