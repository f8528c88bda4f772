//! The report as its readers get it.

mod big;
mod browser;
mod by_hand;
mod changes;
mod file;
mod fixture;
mod forms;
mod html;
mod markdown;
mod planted;
mod privacy;
mod proof;
mod schema;

use inotify_doctor::diagnosis::judge;
use inotify_doctor::remedy::Entry;
use inotify_doctor::report::{Format, ProgramRecord, Report, Style, from_survey, render};
use inotify_doctor::survey::Survey;
use inotify_doctor::words::{Language, Words};

/// The report on `survey`, dated to a fixed minute so that it can be compared.
fn report_on(survey: &Survey, language: Language, redact: bool) -> Report {
    report_after(&[], survey, language, redact)
}

/// The same after `changes`, the journal's entries.
fn report_after(changes: &[Entry], survey: &Survey, language: Language, redact: bool) -> Report {
    report_with(ProgramRecord { changes, ..ProgramRecord::default() }, survey, language, redact)
}

/// The same with all that was done and found besides.
fn report_with(record: ProgramRecord<'_>, survey: &Survey, language: Language, redact: bool) -> Report {
    let (words, diagnosis) = (Words::new(language), judge(survey));
    let mut report = from_survey(survey, &diagnosis, record, &words, redact, &fixture::identity());
    report.generated_at = "2026-10-22T09:30:00Z".parse().expect("a time");
    report
}

fn rendered(report: &Report, format: Format, language: Language) -> String {
    render(report, format, &Words::new(language), Style::default())
}
