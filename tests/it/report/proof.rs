//! The checks and the figures before and now, as a report tells them; nothing private survives in them either.

use super::{changes, fixture, rendered, report_with};
use inotify_doctor::diagnosis::budget::{SetBy, Sums};
use inotify_doctor::machine::boot::Assignment;
use inotify_doctor::machine::{Kind, Limit};
use inotify_doctor::project::streamlit::{BrokenToml, Source, TomlMistake, Watcher};
use inotify_doctor::remedy::offer::{ComparedWay, QueueAfter, WayCost, WayOut};
use inotify_doctor::report::{Format, ProgramRecord, Report};
use inotify_doctor::survey::Survey;
use inotify_doctor::verification::{
    Added, AtBoot, AtBootFacts, Beaten, Check, Facts, Figures, Holding, HoldsAll, LimitNow, Outcome, Refused,
    SettingsSeen, Trial, TrialEnd,
};
use inotify_doctor::words::Language;
use proptest::prelude::*;
use rustix::io::Errno;
use std::path::PathBuf;
use std::time::Duration;

const ROOT: &str = "/home/mia/projects/hello";

fn check(outcome: Outcome, facts: Facts) -> Check {
    Check { outcome, facts }
}

fn trial(error: Option<&str>, said: &str) -> Facts {
    let end = if said.is_empty() { TrialEnd::Counted } else { TrialEnd::NoSession { said: said.to_owned() } };
    let (error, unwatched) = (error.map(str::to_owned), Vec::new());
    Facts::Trial(Trial { need: 41_233, watches: 8_190, instances: 1, unwatched_count: 0, unwatched, error, end })
}

fn added(refused: &str) -> Facts {
    let refused = Some(Refused { errno: Errno::NOSPC, folder: Some(PathBuf::from(refused)) });
    let took = Duration::from_millis(210);
    Facts::Added(Added {
        need: 41_233,
        held: 6_102,
        app: Some(24_117),
        added: 202,
        stand_ins: 0,
        refused,
        given_back: false,
        took,
    })
}

fn holds(unwatched: &str) -> Facts {
    let unwatched = vec![PathBuf::from(unwatched)];
    let holds = HoldsAll::Gap { watches: 6_102, expected: 41_233, unwatched_count: 35_131, unwatched };
    Facts::HoldsAll(vec![Holding { pid: 24_117, holds }])
}

fn settings(value: &str, beaten: Option<&str>) -> Facts {
    let beaten = beaten.map(|value| Beaten { source: Source::Global(PathBuf::from("/x")), value: value.to_owned() });
    let (value, source, effect) = (value.to_owned(), Source::Flag, Watcher::Watchdog);
    Facts::Settings(SettingsSeen::Watcher { value, source, effect, unknown_word: false, expected: None, beaten })
}

fn broken(text: &str) -> Facts {
    let broken = BrokenToml {
        line: 2,
        column: 19,
        text: text.to_owned(),
        reason: String::new(),
        mistake: TomlMistake::NoQuotes,
        suggestion: None,
        outside_section: None,
    };
    Facts::Settings(SettingsSeen::Broken { file: PathBuf::from(ROOT).join(".streamlit/config.toml"), broken })
}

/// Some that passed, some that failed, some that could not be run.
pub(crate) fn checks() -> Vec<Check> {
    let limit = |limit, most, held, need, to_add| {
        let sums = Sums { limit: Some(most), set_by: SetBy::Kernel, held, need, to_add };
        Facts::LimitNow(LimitNow { limit, of_namespace: false, sums, held_is_a_minimum: false })
    };
    let winner = Assignment { file: "/etc/sysctl.d/local.conf".into(), line: 3, value: "65536".into() };
    let at_boot = |limit, found| Facts::AtBoot(AtBoot { limit, now: Some(8_192), wanted: 43_121, found });
    vec![
        check(Outcome::Failed, limit(Limit::Watches, 8_192, 7_990, 41_233, 35_131)),
        check(Outcome::Passed, limit(Limit::Instances, 128, 3, 1, 0)),
        check(Outcome::Passed, at_boot(Limit::Watches, AtBootFacts::Set { value: 65_536, winner })),
        check(Outcome::CouldNotRun, at_boot(Limit::Instances, AtBootFacts::Host)),
        check(Outcome::Failed, broken("fileWatcherType = none")),
        check(Outcome::Passed, Facts::RunningApps(Vec::new())),
        check(Outcome::Failed, holds(&format!("{ROOT}/ui/数据/2026"))),
        check(Outcome::Failed, added(&format!("{ROOT}/ui/data"))),
        check(Outcome::CouldNotRun, trial(None, "waiting for the database")),
    ]
}

/// What the same project came to before anything was done.
pub(crate) const BEFORE: Figures = Figures {
    limit: Some(4_096),
    limit_at_boot: None,
    instance_limit: Some(128),
    queue: Some(16_384),
    held: 3_990,
    need: 41_233,
    missing: 39_127,
    gaps: Some(39_200),
};

fn ways() -> [ComparedWay; 2] {
    let raise = ComparedWay {
        way: WayOut::Raise,
        cost: WayCost::Password,
        watches: 41_233,
        queue: QueueAfter::Holds { length: 524_288, needed: 206_163 },
        survives_reboot: true,
        needs_administrator: true,
    };
    let poll = ComparedWay {
        way: WayOut::Poll,
        cost: WayCost::Delay { tenths: 13, files: 26 },
        watches: 0,
        queue: QueueAfter::Unused,
        needs_administrator: false,
        ..raise
    };
    [raise, poll]
}

/// A report on `survey` with everything in it that there can be.
pub(crate) fn report(survey: &Survey, language: Language, redact: bool) -> Report {
    let record = ProgramRecord { changes: &changes::journal(), checks: &checks(), before: Some(BEFORE), ways: &ways() };
    report_with(record, survey, language, redact)
}

/// The lines from the heading of the checks to the one after the figures.
fn proof(text: &str, language: Language) -> String {
    let (first, after) = match language {
        Language::English => ("Checks", "Limits"),
        Language::Chinese => ("检查", "上限"),
    };
    let heading = |line: &str| line.trim_start_matches(['#', ' ']).to_owned();
    let lines = text.lines().skip_while(|line| heading(line) != first).take_while(|line| heading(line) != after);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_checks_and_the_figures_read_well() {
    for language in Language::ALL {
        let report = report(&fixture::survey(), language, true);
        for format in [Format::Text, Format::Markdown] {
            let name = format!("{}-{}", format.slug(), language.tag());
            insta::assert_snapshot!(name, proof(&rendered(&report, format, language), language));
        }
    }
}

#[test]
fn what_was_not_checked_is_not_spoken_of() {
    let report = report_with(ProgramRecord::default(), &fixture::survey(), Language::English, true);
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let text = rendered(&report, format, Language::English);
        assert!(!text.contains("Checks") && !text.contains("Before and after"), "{format:?}: {text}");
    }
}

/// Where a secret is planted in what the checks saw.
type Plant = fn(&str) -> Facts;

const PLANTS: [(&str, Plant); 8] = [
    ("a setting's value", |secret| settings(&format!("api_key={secret}"), None)),
    ("a beaten setting's value", |secret| settings("auto", Some(&format!("token={secret}")))),
    ("a broken line", |secret| broken(&format!("cookieSecret = {secret}"))),
    ("a log's error", |secret| trial(Some(&format!("GET https://x:{secret}@example.org/ failed")), "")),
    ("an app's last line", |secret| trial(None, &format!("retry with password={secret}, then"))),
    ("an app's last line, known from a command", |secret| trial(None, &format!("{secret} was refused"))),
    ("a folder that is missed", |secret| holds(&format!("/home/{secret}/app"))),
    ("a folder that was refused", |secret| added(&format!("/home/{secret}/app"))),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_secret_in_a_check_survives_in_no_form(secret in "[A-Za-z][A-Za-z0-9]{15,30}[0-9]", place in 0..PLANTS.len()) {
        let (name, plant) = PLANTS[place];
        let checks = [check(Outcome::Failed, plant(&secret))];
        let mut survey = fixture::survey();
        let every_form = |survey: &Survey, redact| -> String {
            let record = ProgramRecord { checks: &checks, ..ProgramRecord::default() };
            let report = report_with(record, survey, Language::English, redact);
            Format::ALL.into_iter().map(|format| rendered(&report, format, Language::English)).collect()
        };
        prop_assert!(every_form(&survey, false).contains(&secret), "{name} is in the report at all");
        let command = format!("app --api-key {secret}");
        survey.machine.holders.processes.push(fixture::process(4242, "app", Kind::Other, &command, 1, 5_000));
        prop_assert!(!every_form(&survey, true).contains(&secret), "a secret in {name} is removed");
    }
}

/// Scripts read it: not a byte of it changes by accident.
#[test]
fn the_json_form_stays_as_it_is() {
    let mut report = report(&fixture::survey(), Language::English, true);
    report.program_version = "0.0.0";
    insta::assert_snapshot!("json", rendered(&report, Format::Json, Language::English));
}
