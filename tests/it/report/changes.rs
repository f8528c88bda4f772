//! What this program has changed, as a report tells it from the journal.

use super::{fixture, report_after};
use inotify_doctor::remedy::raise_limits::RaiseLimits;
use inotify_doctor::remedy::restart::Restart;
use inotify_doctor::remedy::{Change, Entry, HotReload, Plan, Promise, RemedyName, State};
use inotify_doctor::report::Format;
use inotify_doctor::words::Language;
use std::ffi::OsString;
use std::path::PathBuf;

fn entry(id: u32, remedy: RemedyName, state: State, changes: Vec<Change>) -> Entry {
    let promise = Promise {
        watches_after: None,
        hot_reload: HotReload::Kept,
        needs_administrator: false,
        survives_reboot: true,
        needs_restart: false,
    };
    let begun = changes.len();
    let when = "2026-10-22T09:15:00Z".parse().expect("a time");
    Entry { id, when, plan: Plan { remedy, changes, promise }, state, begun, done: Vec::new() }
}

fn written(path: &str) -> Change {
    Change::WriteFile { path: PathBuf::from(path), before: None, after: b"content".to_vec() }
}

/// The restart of an app with this command line.
pub(crate) fn restart(id: u32, command: &[&str]) -> Entry {
    let restart = Restart {
        pid: 24_117,
        started_ticks: 1,
        command: command.iter().map(OsString::from).collect(),
        cwd: PathBuf::from("/home/mia/projects/hello"),
        variables: Vec::new(),
        kill: false,
    };
    entry(id, RemedyName::Restart, State::Applied, vec![Change::Restart(restart)])
}

/// A journal with something of every sort in it.
pub(crate) fn journal() -> Vec<Entry> {
    let raise = RaiseLimits {
        watches: Some(524_288),
        instances: Some(512),
        queued_events: None,
        until_reboot: false,
        before: [8_192, 128, 16_384],
    };
    let files = ["/home/mia/projects/hello/.streamlit/config.toml", "/home/mia/.config/never-begun"].map(written);
    let mut interrupted = entry(3, RemedyName::StreamlitConfig, State::Applying, files.to_vec());
    interrupted.begun = 1;
    let mut not_begun = entry(4, RemedyName::StreamlitConfig, State::Applying, vec![written("/home/mia/not-begun")]);
    not_begun.begun = 0;
    vec![
        entry(1, RemedyName::LaunchScript, State::Undone, vec![written("/home/mia/undone.sh")]),
        entry(2, RemedyName::RaiseLimits, State::Applied, vec![Change::RaiseLimits(raise)]),
        interrupted,
        not_begun,
        restart(5, &["streamlit", "run", "my app.py"]),
    ]
}

#[test]
fn what_stands_is_told_with_the_command_that_undoes_it() {
    let report = report_after(&journal(), &fixture::survey(), Language::English, true);
    let told: Vec<(&str, &str)> =
        report.changes.iter().map(|change| (change.what.as_str(), change.undo.as_str())).collect();
    let limits = "fs.inotify.max_user_watches: 8,192 → 524,288; fs.inotify.max_user_instances: 128 → 512; \
                  Write /etc/sysctl.d/99-zz-inotify-doctor.conf, read at each boot";
    let interrupted = "Interrupted, so only begun: Write the new file ~/projects/hello/.streamlit/config.toml";
    let restarted = "End process 24117 and start it again in ~/projects/hello: streamlit run 'my app.py'";
    let expected = [(limits, "inotify-doctor undo 2"), (interrupted, "inotify-doctor undo 3"), (restarted, "")];
    assert_eq!(told, expected, "what is undone or never happened is not told");
}

#[test]
fn every_form_tells_the_changes() {
    for language in Language::ALL {
        let report = report_after(&journal(), &fixture::survey(), language, true);
        for format in Format::ALL {
            let text = super::rendered(&report, format, language);
            assert!(text.contains("inotify-doctor undo 2"), "{format:?} says how to undo: {text}");
        }
    }
}

#[test]
fn without_changes_nothing_is_said_about_them() {
    let report = report_after(&[], &fixture::survey(), Language::English, true);
    let text = super::rendered(&report, Format::Text, Language::English);
    assert!(!text.contains("What was done"), "{text}");
}
