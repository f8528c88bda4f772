//! The commands for another machine: exactly what is recommended, and nothing where nothing is.

use super::{fixture, rendered, report_on};
use inotify_doctor::report::Format;
use inotify_doctor::words::Language;

const PEOPLE: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];

#[test]
fn every_form_for_people_gives_the_lines_and_the_commands() {
    let report = report_on(&fixture::survey(), Language::English, true);
    for format in PEOPLE {
        let text = rendered(&report, format, Language::English).replace("&#34;", "\"");
        for line in [
            "fs.inotify.max_user_watches = 524288",
            "sudo sysctl -p /etc/sysctl.d/99-zz-inotify-doctor.conf",
            "[server]",
            "fileWatcherType = \"none\"",
            "export STREAMLIT_SERVER_FILE_WATCHER_TYPE=none",
        ] {
            assert!(text.lines().any(|seen| seen.ends_with(line)), "{format:?} has the line {line}: {text}");
        }
        assert!(!text.contains("max_user_instances ="), "instances are not raised without need");
    }
}

#[test]
fn where_nothing_is_recommended_there_is_nothing_to_type() {
    let mut report = report_on(&fixture::survey(), Language::English, true);
    report.recommendation.max_user_watches = None;
    for format in PEOPLE {
        let text = rendered(&report, format, Language::English);
        assert!(!text.contains("sysctl -p"), "{format:?} gives no commands");
    }
}

#[test]
fn without_streamlit_only_the_limits_are_told() {
    let mut report = report_on(&fixture::survey(), Language::English, true);
    report.streamlit = None;
    let text = rendered(&report, Format::Text, Language::English);
    assert!(text.contains("sysctl -p") && !text.contains("export STREAMLIT_"), "{text}");
}
