//! The sentences of the diagnosis, of a survey that could not be taken and of a report that could not be saved.

use super::{all_said, broken, each_said, path, text};
use crate::diagnosis::budget::{QueueShortage, SetBy};
use crate::diagnosis::error_text::{Cause, Circumstances, explain};
use crate::diagnosis::finding::LimitedResource;
use crate::diagnosis::fixture::machine_only;
use crate::diagnosis::recommendation::TooLow;
use crate::diagnosis::{Diagnosis, Finding, Recommendation, Remedy, Severity, Verdict, judge};
use crate::machine::{Kind, Limit};
use crate::progress::Cancelled;
use crate::project::logs::Tool;
use crate::project::streamlit::{Source, Stop, StopReason, TomlMistake, Watcher};
use crate::report::{Removed, Sort, WriteError};
use crate::survey::SurveyError;
use std::io;
use strum::IntoEnumIterator as _;

/// Shortages of both resources, by the kernel's limit and by the namespace's.
fn shortages() -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in [LimitedResource::Watches, LimitedResource::Instances] {
        let (held, limit, to_add, free, missing) = (7_900, 8_192, 500, 292, 208);
        found.push(Finding::NearlyExhausted { resource, held, limit });
        for set_by in [SetBy::Kernel, SetBy::Namespace] {
            found.push(Finding::Exhausted { resource, held, limit, set_by });
            found.push(Finding::NeedExceedsFree { resource, to_add, free, missing, limit, held, set_by });
        }
    }
    found
}

fn of_settings() -> Vec<Finding> {
    let (key, value, source) = ("server.fileWatcherType".to_owned(), text(), Source::Project(path()));
    let (beaten, beaten_value) = (Source::Global(path()), text());
    let mut found: Vec<Finding> =
        broken().into_iter().map(|broken| Finding::SettingsFileBroken { file: path(), broken }).collect();
    found.extend([
        Finding::SettingsFileUnreadable { file: path(), reason: text() },
        Finding::UnknownWord { key: key.clone(), value: value.clone(), source: source.clone() },
        Finding::UnknownKeys { file: path(), keys: vec![key.clone(), text()] },
        Finding::SettingContradicted { key, value, source: source.clone(), beaten, beaten_value },
        Finding::RunOnSaveFreesNothing { source: source.clone(), watches: 12 },
        Finding::BlacklistFreesNothing { source, watches: 12 },
    ]);
    found
}

/// A script that stops, for every reason.
fn stops() -> Vec<Finding> {
    let reasons = [
        StopReason::MissingModule(text()),
        StopReason::OutsidePackage(".part".to_owned()),
        StopReason::MissingName { module: "streamlit".to_owned(), name: text() },
        StopReason::MissingName { module: text(), name: text() },
        StopReason::Syntax,
        StopReason::MissingSecret { key: text(), no_file: true },
        StopReason::MissingSecret { key: text(), no_file: false },
        StopReason::MissingFile(path()),
        StopReason::MissingVariable(text()),
        StopReason::MissingPage(path()),
        StopReason::UndefinedName(text()),
        StopReason::MissingKey(text()),
        StopReason::MissingPlace,
        StopReason::OfNone(text()),
        StopReason::WrongArguments(text()),
        StopReason::Circular { module: text(), name: text() },
        StopReason::Raised(text()),
    ];
    let stop = |reason| Stop { file: path(), line: 12, reason };
    reasons.map(|reason| Finding::AppStops { stop: stop(reason), version: Some("1.67.0".to_owned()) }).to_vec()
}

fn shortage(loops: bool) -> QueueShortage {
    QueueShortage { loops, events: 20_528, queue: 16_384, directories: 4_106, wanted: 65_536, polled_files: 3 }
}

fn findings() -> Vec<Finding> {
    let (limit, examples) = (Limit::Watches, vec![path(); 5]);
    let mut found = [shortages(), of_settings(), stops()].concat();
    for yes in [true, false] {
        let (silent, changing, examples) = (yes, !yes, examples.clone());
        let file = yes.then(path);
        found.push(Finding::SilentGap { pid: 7, expected: 100, unwatched: 40, examples, silent, changing });
        found.push(Finding::QueueTooShort(shortage(yes)));
        found.push(Finding::LostAtBoot { limit, now: 524_288, at_boot: 8_192, file });
        found.push(Finding::LineWithoutEffect { limit, file: path(), line: 3, value: text(), refused: yes });
        found.push(Finding::EstimateOnly { version: yes.then(text), newer: false });
        for queue in [true, false] {
            found.push(Finding::ErrorInLog { file: path(), line: text(), queue, over: yes });
        }
        found.push(Finding::AllGood { project: yes });
        found.push(Finding::CannotSeeEverything { own: u64::from(yes), others: u64::from(yes) * 2, hidden: true });
    }
    found.extend([
        Finding::EstimateOnly { version: Some(text()), newer: true },
        Finding::NeedIsRange { at_least: 6, at_most: 9 },
        Finding::AppLoops { pid: 7, fewest: 41, most: 4_106, cpu_percent: 97 },
        Finding::NobodyHasItOpen { pid: 7 },
        Finding::HeldByOther { pid: 7, program: text(), watches: 5_000, percent: 61 },
        Finding::EditorWatchesGenerated {
            pid: 7,
            kind: Kind::Vscode,
            in_project: 41_000,
            generated: 38_000,
            folders: vec![(text(), 30_000), (text(), 8_000)],
        },
        Finding::IdleInstances { instances: 120, limit: 128, holders: vec![(7, text(), 120)] },
        Finding::InContainer { name: text() },
        Finding::WslWithoutSystemd,
        Finding::ReadOnlySysctl,
        Finding::NamespaceLimit { watches: 8_192, kernel: 524_288 },
        Finding::SharingUnknown,
        Finding::WatchdogMissing,
        Finding::NoEntryScript,
        Finding::UnreadableFolders { count: 5, examples },
        Finding::UnresponsiveMounts { mounts: vec![path()] },
        Finding::TooManyOpenFiles { folders: 3 },
    ]);
    found
}

#[test]
fn every_finding_has_a_title_and_a_detail() {
    all_said(&findings(), |finding, words| vec![finding.title(words), finding.detail(words)]);
    each_said(Severity::iter(), |severity, words| vec![severity.label(words)]);
}

#[test]
fn every_verdict_and_every_recommendation_says_something() {
    let (need, expected, held, limit, missing, unwatched) = (500, 500, 7_900, 8_192, 208, 40);
    let verdicts = [SetBy::Kernel, SetBy::Namespace].into_iter().flat_map(|set_by| {
        [
            Verdict::LimitUnknown,
            Verdict::AccountOnly { held, limit, set_by },
            Verdict::NothingNeeded { watcher: Watcher::Poll, held, limit },
            Verdict::NothingNeeded { watcher: Watcher::None, held, limit },
            Verdict::RunningWithGap { expected, limit, set_by, held, unwatched },
            Verdict::GapOfInstances { unwatched, need, limit, set_by, held },
            Verdict::AppLoops { directories: need, events: need, queue: limit },
            Verdict::QueueTooShort { loops: true, directories: need, events: need, queue: limit },
            Verdict::QueueTooShort { loops: false, directories: need, events: need, queue: limit },
            Verdict::DoesNotFit { need, limit, set_by, held, missing },
            Verdict::InstancesDoNotFit { need, limit, set_by, held },
            Verdict::Running { need, limit, set_by, held },
            Verdict::Fits { need, limit, set_by, held },
        ]
    });
    let verdicts: Vec<Verdict> = verdicts.collect();
    all_said(&verdicts, |verdict, words| vec![verdict.sentence(words)]);
    each_said(verdicts, |verdict, words| {
        let diagnosis = Diagnosis { verdict: *verdict, ..judge(&machine_only()) };
        std::iter::once(diagnosis.headline(words)).chain(diagnosis.figures(words)).collect()
    });
    let too_low = Some(TooLow { now: 128, wanted: 512 });
    let cases = [(None, None), (Some(524_288), None), (None, Some(512)), (Some(524_288), Some(512))];
    let recommendations = Remedy::iter().flat_map(|remedy| {
        cases.map(|(watches, instances)| Recommendation {
            watches,
            instances,
            queued_events: (watches.is_some() == instances.is_some()).then_some(65_536),
            namespace_watches: too_low.filter(|_| watches.is_some()),
            namespace_instances: too_low.filter(|_| watches.is_none()),
            remedy,
            see_findings: watches.is_some(),
        })
    });
    each_said(recommendations, |recommendation, words| vec![recommendation.reason(words)]);
}

#[test]
fn every_cause_of_an_error_has_a_name_and_a_way_out() {
    let tools = [Tool::Watchdog, Tool::Any];
    each_said(Cause::iter(), |cause, words| {
        tools.map(|tool| cause.way_out(tool, words)).into_iter().chain([cause.phrase(words)]).collect()
    });
    for text in
        ["inotify queue overflowed", "[Errno 28] inotify watch limit reached", "EMFILE", "ENOSPC", "write ENOSPC"]
    {
        let error = explain(text).expect("a known error");
        each_said([Circumstances::default()], |facts, words| error.meaning(facts, words));
    }
}

#[test]
fn every_kind_every_source_and_what_was_removed_has_a_name() {
    each_said(Kind::iter(), |kind, words| vec![kind.label(words)]);
    let (named, file) = (Source::Environment(text()), path());
    let files = [Source::Project(file.clone()), Source::ScriptFolder(file.clone()), Source::Global(file)];
    let sources = [[Source::Flag, named, Source::Default], files].concat();
    all_said(&sources, |source, words| vec![source.label(words)]);
    each_said(Sort::iter(), |what, words| vec![Removed { what: *what, count: 2 }.phrase(words)]);
}

#[test]
fn every_reason_for_no_survey_and_no_file_is_told() {
    let reason = || io::Error::from(io::ErrorKind::PermissionDenied);
    let errors = [
        SurveyError::Project { path: path(), reason: reason() },
        SurveyError::NotAFolder(path()),
        SurveyError::NoScript(path()),
        SurveyError::RemoteScript("https://example.org/app.py".to_owned()),
        SurveyError::NoPython(path()),
        SurveyError::Cancelled(Cancelled),
    ];
    all_said(&errors, |error, words| vec![error.sentence(words)]);
    let errors = [
        WriteError::NoFileName(path()),
        WriteError::Folder { folder: path(), reason: reason() },
        WriteError::Link(path()),
        WriteError::NotAFile(path()),
        WriteError::File { path: path(), reason: reason() },
    ];
    all_said(&errors, |error, words| vec![error.sentence(words)]);
}

#[test]
fn every_mistake_in_a_settings_file_has_words() {
    each_said(TomlMistake::iter(), |mistake, words| vec![mistake.in_words(words)]);
}
