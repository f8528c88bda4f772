//! What a person sees, in both languages, and what a hostile process name can do to it: nothing.

use super::{fixture, rendered, report_on};
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

#[test]
fn colour_is_used_only_when_it_is_asked_for() {
    let report = report_on(&fixture::survey(), Language::English, true);
    let words = Words::new(Language::English);
    let plain = render(&report, Format::Text, &words, Style::default());
    let coloured = render(&report, Format::Text, &words, Style { colour: true, ..Style::default() });
    assert!(!plain.contains('\x1b') && coloured.contains("\x1b[1;31m"), "escapes appear with colour only");
    let mut without = coloured;
    for escape in ["\x1b[0m", "\x1b[1m", "\x1b[1;31m", "\x1b[33m", "\x1b[36m", "\x1b[32m"] {
        without = without.replace(escape, "");
    }
    assert_eq!(without, plain, "colour changes nothing else");
}

#[test]
fn lines_fit_the_terminal() {
    for (language, columns) in [(Language::English, 80), (Language::Chinese, 80), (Language::English, 100)] {
        let report = report_on(&fixture::survey(), language, true);
        let text = render(&report, Format::Text, &Words::new(language), Style { colour: false, columns });
        for line in text.lines() {
            assert!(textwrap::core::display_width(line) <= columns, "wider than {columns} columns: {line}");
        }
    }
}

/// A process that tries to get out of its place in the report.
fn hostile_report(language: Language) -> inotify_doctor::report::Report {
    let mut survey = fixture::survey();
    let nasty = "x\x1b[2J\x1b]0;title\x07 </details> <img src=x> | a \\| b `c` ``d`` @octocat #1 $x$\n# heading\r\u{202e}\u{9b}31m";
    let process = &mut survey.machine.holders.processes[1];
    process.program = nasty.to_owned();
    process.command = vec![OsString::from(nasty), OsString::from_vec(vec![0xff, b'\n', b'|'])];
    process.charged_watches = 7_000;
    let project = survey.project.as_mut().expect("the fixture has a project");
    project.running.clear();
    let root = OsString::from_vec([project.root.as_os_str().as_encoded_bytes(), b"\xff\n## x | </details>"].concat());
    (project.root, project.logs[0].line) = (root.into(), nasty.to_owned());
    report_on(&survey, language, false)
}

#[test]
fn nothing_in_a_name_reaches_the_terminal_as_a_control() {
    let report = hostile_report(Language::English);
    for format in Format::ALL {
        let text = rendered(&report, format, Language::English);
        let control =
            text.chars().find(|character| (character.is_control() && *character != '\n') || *character == '\u{202e}');
        assert_eq!(control, None, "{format:?} holds no control character");
    }
}
