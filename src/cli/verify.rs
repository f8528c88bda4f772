//! `inotify-doctor verify`: the checks without a window.
//!
//! Exit status 1 when a check failed. One that could not be run says why and fails nothing: there may be no app that
//! runs, or a container that does not tell its host's limits.

use super::output::{complain, print, style};
use super::survey::{survey, with_progress};
use super::{ERROR, FINE, TO_FIX, project};
use crate::diagnosis;
use crate::progress::Cancelled;
use crate::remedy::Journal;
use crate::report::{self, Format, Identity, ProgramRecord, Style, model};
use crate::say;
use crate::survey::{Survey, SurveyError};
use crate::verification::{self, Check, Expectation, Outcome, trial};
use crate::words::Words;
use anyhow::Context as _;
use clap::ArgMatches;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Takes the facts, runs every check, prints what came of them.
pub(super) fn run(matches: &ArgMatches, variables: &BTreeMap<OsString, OsString>, words: &Words) -> anyhow::Result<u8> {
    if let Some(foreign) = project::foreign_command(matches) {
        complain(&say!(words, "cli-foreign-command", command = foreign.to_string_lossy()));
        return Ok(ERROR);
    }
    let request = project::request(matches, variables.clone());
    let identity = Identity::read(&request.variables, &request.places);
    let survey = Arc::new(survey(request, words)?);
    if survey.project.is_none() {
        complain(&say!(words, "cli-verify-limits-only"));
    }
    let expected = expectation(&survey, variables);
    let with_trial = matches.get_flag("trial");
    let stop = if with_trial { stopped_by_signal()? } else { Arc::default() };
    let surveyed = Arc::clone(&survey);
    let checks = with_progress(words, &stop, move |progress| -> Result<Vec<Check>, Cancelled> {
        let mut checks = verification::run(&surveyed, &expected, progress)?;
        if with_trial {
            checks.push(trial::run(&surveyed, trial::Patience::default(), progress)?);
        }
        Ok(checks)
    })?;
    let checks = checks.map_err(|cancelled| anyhow::anyhow!(SurveyError::from(cancelled).sentence(words)))?;
    let told = told(&survey, &checks, words, !matches.get_flag("no-redact"), &identity);
    let json = matches.get_one("format") == Some(&Format::Json);
    print(&if json { as_json(&told)? } else { as_text(&checks, &told, words, style()) })?;
    let failed = checks.iter().any(|check| check.outcome == Outcome::Failed);
    Ok(if failed { TO_FIX } else { FINE })
}

/// Returns a flag that is set when the person or the system asks this program to end: the app under trial has a process
/// group of its own, so the terminal does not ask it as well.
fn stopped_by_signal() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::default();
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&stop)).context("signal handler")?;
    }
    Ok(stop)
}

/// Reads what was chosen: without a journal nothing was; one that cannot be read makes no check wrong, only less
/// strict.
fn expectation(survey: &Survey, variables: &BTreeMap<OsString, OsString>) -> Expectation {
    let entries = Journal::of_person(variables).and_then(|journal| journal.entries());
    let entries = entries.map_err(|error| log::warn!("the journal: {error}")).unwrap_or_default();
    let root = survey.project.as_ref().map(|project| project.root.as_path());
    Expectation::of_journal(&entries.entries, root)
}

/// The `verification` list of the report: made as a part of one, because what a report removes it finds everywhere
/// in it, a secret in a command line for example.
fn told(survey: &Survey, checks: &[Check], words: &Words, redact: bool, identity: &Identity) -> Vec<model::Check> {
    let record = ProgramRecord { checks, ..ProgramRecord::default() };
    report::from_survey(survey, &diagnosis::judge(survey), record, words, redact, identity).verification
}

fn as_json(told: &[model::Check]) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(told).context("JSON")? + "\n")
}

fn as_text(checks: &[Check], told: &[model::Check], words: &Words, style: Style) -> String {
    let mut text = String::new();
    for (check, told) in checks.iter().zip(told) {
        text.push_str(&check_text(check, told, words, style));
        text.push('\n');
    }
    let count = |outcome| checks.iter().filter(|check| check.outcome == outcome).count() as u64;
    let (passed, failed) = (count(Outcome::Passed), count(Outcome::Failed));
    let unknown = count(Outcome::CouldNotRun);
    let sum = if failed == 0 && unknown == 0 {
        say!(words, "cli-verify-all-passed", passed = passed)
    } else {
        say!(words, "cli-verify-some-not", passed = passed, failed = failed, unknown = unknown)
    };
    text + &sum + "\n"
}

/// Words how it ended with the title, then what was seen and where to go.
fn check_text(check: &Check, told: &model::Check, words: &Words, style: Style) -> String {
    let label = check.outcome.label(words);
    let label = match check.outcome {
        _ if !style.colour => label,
        Outcome::Passed => format!("\x1b[32m{label}\x1b[0m"),
        Outcome::Failed => format!("\x1b[31m{label}\x1b[0m"),
        Outcome::CouldNotRun => format!("\x1b[33m{label}\x1b[0m"),
    };
    let mut text = format!("{label}: {}\n", told.title);
    let columns = style.columns.clamp(60, 120);
    let options = textwrap::Options::new(columns).initial_indent("  ").subsequent_indent("  ").break_words(false);
    for sentence in [Some(told.detail.clone()), check.step().map(|step| step.sentence(words))].into_iter().flatten() {
        text.push_str(&textwrap::fill(&sentence, &options));
        text.push('\n');
    }
    text
}
