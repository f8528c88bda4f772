//! The command line: the same as the window, without one. Results go to standard output, everything else to
//! standard error; the exit status is 0 (nothing wrong), 1 (something to fix) or 2 (wrong use or an error).

mod arguments;
mod explain;
mod fix;
mod output;
mod plan_text;
mod project;
mod report;
mod survey;
mod undo;
mod verify;
mod wizard;

use crate::guarded;
use crate::say;
use crate::words::{Language, Words, shown};
use arguments::Task;
use clap::ArgMatches;
use output::complain;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::ExitCode;

/// Exit status: nothing wrong, done, passed.
const FINE: u8 = 0;
/// Exit status: something to fix, a check failed, the user said no.
const TO_FIX: u8 = 1;
/// Wrong use or an error; nothing was changed.
const ERROR: u8 = 2;

/// Messages that are logged unless `RUST_LOG` says otherwise; why there is no window is told in a sentence instead.
const LOGGED: &str = "error,eframe::native::run=off";

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    if guarded::is_helper() {
        guarded::serve();
        return ExitCode::SUCCESS;
    }
    guarded::use_processes();
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or(LOGGED)).init();
    let language = Language::from_environment(|name| std::env::var(name).ok());
    let words = Words::new(language);
    let given: Vec<OsString> = std::env::args_os().collect();
    if arguments::lacks_command(&given) {
        complain(&say!(words, "cli-command-missing"));
        return ExitCode::from(ERROR);
    }
    let matches = arguments::command(&words).try_get_matches_from(given).unwrap_or_else(|error| error.exit());
    let status = run(&matches, words).unwrap_or_else(|error| {
        complain(&format!("inotify-doctor: {error:#}"));
        ERROR
    });
    let silent = guarded::silent_mounts();
    if !silent.is_empty() {
        let mounts = silent.iter().map(|mount| shown(mount)).collect::<Vec<_>>().join(", ");
        complain(&say!(Words::new(language), "cli-silent-mounts", mounts = mounts));
    }
    ExitCode::from(status)
}

/// The definition of the command line in a language: what manual pages and completions are made from.
#[must_use]
pub fn definition(words: &Words) -> clap::Command {
    arguments::command(words)
}

fn run(matches: &ArgMatches, words: Words) -> anyhow::Result<u8> {
    let variables: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
    match arguments::chosen(matches) {
        Some((Task::Report, matches)) => report::run(matches, variables, &words),
        Some((Task::Fix, matches)) => fix::run(matches, &variables, &words),
        Some((Task::Undo, matches)) => undo::run(matches, &variables, &words),
        Some((Task::Verify, matches)) => verify::run(matches, &variables, &words),
        Some((Task::Explain, matches)) => explain::run(matches, &words),
        None => wizard::run(matches, variables, words),
    }
}
