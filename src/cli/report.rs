//! `inotify-doctor report`: the diagnosis without a window.

use super::{ERROR, FINE, TO_FIX, complain, project};
use crate::diagnosis::{self, Diagnosis, Severity};
use crate::progress::Progress;
use crate::report::{self, Format, Identity, Style};
use crate::say;
use crate::survey::{Request, Survey};
use crate::words::Words;
use anyhow::Context as _;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

/// Prints the report in the form asked for, or writes it to a file.
pub(super) fn run(matches: &ArgMatches, variables: BTreeMap<OsString, OsString>, words: &Words) -> anyhow::Result<u8> {
    if let Some(foreign) = project::foreign_command(matches) {
        complain(&say!(words, "cli-foreign-command", command = foreign.to_string_lossy()));
        return Ok(ERROR);
    }
    let wanted = matches.get_one::<String>("format").map_or(Format::Text.slug(), String::as_str);
    let format = Format::ALL.into_iter().find(|format| format.slug() == wanted).unwrap_or_default();
    let output = matches.get_one::<PathBuf>("output");
    deliver(project::request(matches, variables), words, format, output, !matches.get_flag("no-redact"))
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
    output: Option<&PathBuf>,
    redact: bool,
) -> anyhow::Result<u8> {
    let identity = Identity::read(&request.variables, &request.places);
    let survey = survey(request, words)?;
    let diagnosis = diagnosis::judge(&survey);
    let report = report::from_survey(&survey, &diagnosis, words, redact, &identity);
    let text = report::render(&report, format, words, style(output.is_none()));
    match output {
        Some(file) => {
            report::write_file(file, text.as_bytes()).map_err(|error| anyhow::anyhow!(error.sentence(words)))?;
        }
        None => print(&text)?,
    }
    Ok(status(&diagnosis))
}

fn status(diagnosis: &Diagnosis) -> u8 {
    let bad = |severity| matches!(severity, Severity::Critical | Severity::Warning);
    if diagnosis.findings.iter().any(|finding| bad(finding.severity())) { TO_FIX } else { FINE }
}

/// Colour only on a terminal, and not where `NO_COLOR` asks for none.
fn style(on_screen: bool) -> Style {
    let terminal = on_screen && io::stdout().is_terminal();
    let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let columns =
        rustix::termios::tcgetwinsize(io::stdout()).map_or(Style::default().columns, |size| size.ws_col.into());
    Style { colour, columns: if terminal { columns } else { Style::default().columns } }
}

/// A reader that has seen enough (`| head`) is no error.
fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("standard output"),
    }
}

/// Takes the survey on a thread of its own and tells on standard error how far it is, where somebody watches.
fn survey(request: Request, words: &Words) -> anyhow::Result<Survey> {
    let progress = Progress::default();
    let (done, result) = mpsc::channel();
    let shared = progress.clone();
    std::thread::Builder::new()
        .name("survey".into())
        .spawn(move || done.send(Survey::take(&request, &shared)))
        .context("survey thread")?;
    let watched = io::stderr().is_terminal();
    let mut told = false;
    let outcome = loop {
        match result.recv_timeout(Duration::from_millis(250)) {
            Ok(outcome) => break outcome,
            Err(mpsc::RecvTimeoutError::Timeout) => told |= watched && tell(&progress, words),
            Err(mpsc::RecvTimeoutError::Disconnected) => anyhow::bail!(say!(words, "cli-survey-died")),
        }
    };
    if told {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    outcome.map_err(|error| anyhow::anyhow!(error.sentence(words)))
}

fn tell(progress: &Progress, words: &Words) -> bool {
    let (directories, files) = progress.counted();
    let line = say!(words, "cli-progress", directories = directories, files = files);
    write!(io::stderr(), "\r\x1b[K{line}").is_ok()
}
