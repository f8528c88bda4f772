//! `inotify-doctor report`: the diagnosis without a window.

use super::survey::survey;
use super::{ERROR, FINE, TO_FIX, complain, output, project};
use crate::diagnosis::{self, Diagnosis, Finding};
use crate::remedy::Journal;
use crate::remedy::offer::Case;
use crate::report::{self, Format, Identity, ProgramRecord, Style};
use crate::say;
use crate::survey::Request;
use crate::words::Words;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// Prints the report in the form asked for, or writes it to a file.
pub(super) fn run(matches: &ArgMatches, variables: BTreeMap<OsString, OsString>, words: &Words) -> anyhow::Result<u8> {
    if let Some(foreign) = project::foreign_command(matches) {
        complain(&say!(words, "cli-foreign-command", command = foreign.to_string_lossy()));
        return Ok(ERROR);
    }
    let format = matches.get_one::<Format>("format").copied().unwrap_or_default();
    let file = matches.get_one::<PathBuf>("output");
    let watching = matches.get_one::<PathBuf>("watching").cloned();
    let request = Request { watching, ..project::request(matches, variables) };
    deliver(request, words, format, file, !matches.get_flag("no-redact"))
}

/// The text on standard output, for `inotify-doctor` alone where there is no window. What stays on this screen is
/// not redacted less than what is sent: it may be pasted.
pub(super) fn run_default(
    matches: &ArgMatches,
    variables: BTreeMap<OsString, OsString>,
    words: &Words,
) -> anyhow::Result<u8> {
    deliver(project::request(matches, variables), words, Format::Text, None, true)
}

fn deliver(
    request: Request,
    words: &Words,
    format: Format,
    file: Option<&PathBuf>,
    redact: bool,
) -> anyhow::Result<u8> {
    let identity = Identity::read(&request.variables, &request.places);
    let changes = Journal::of_person(&request.variables).and_then(|journal| journal.entries());
    let changes = changes.map(|found| found.entries).unwrap_or_default();
    let (variables, places) = (request.variables.clone(), request.places.clone());
    let survey = survey(request, words)?;
    let diagnosis = diagnosis::judge(&survey);
    let ways = Case::of(&survey, &diagnosis, &variables, &places).ways();
    let record = ProgramRecord { changes: &changes, ways: &ways, ..ProgramRecord::default() };
    let report = report::from_survey(&survey, &diagnosis, record, words, redact, &identity);
    let text = report::render(&report, format, words, if file.is_none() { output::style() } else { Style::default() });
    match file {
        Some(file) => {
            report::write_file(file, text.as_bytes()).map_err(|error| anyhow::anyhow!(error.sentence(words)))?;
        }
        None => output::print(&text)?,
    }
    let status = status(&diagnosis);
    // The process ends now: what it read goes with it, and is not taken apart before.
    std::mem::forget((survey, report));
    Ok(status)
}

fn status(diagnosis: &Diagnosis) -> u8 {
    if diagnosis.findings.iter().any(Finding::is_to_fix) { TO_FIX } else { FINE }
}
