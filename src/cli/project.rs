//! The project options: which project, script, interpreter and launch command are meant.

use crate::project::LaunchCommand;
use crate::survey::Request;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// Returns the request. A script or a launch command without a project means the folder one is in.
pub(super) fn request(matches: &ArgMatches, variables: BTreeMap<OsString, OsString>) -> Request {
    let given = |name| matches.try_get_one::<PathBuf>(name).ok().flatten().cloned();
    let script = given("script");
    let words: Vec<OsString> =
        matches.try_get_many::<OsString>("command").ok().flatten().into_iter().flatten().cloned().collect();
    let command = LaunchCommand::parse(&words);
    let cwd = given("cwd");
    let project = given("project")
        .or_else(|| given("folder"))
        .or_else(|| (script.is_some() || command.is_some() || cwd.is_some()).then(|| PathBuf::from(".")));
    Request { project, script, python: given("python"), cwd, command, variables, ..Request::default() }
}

/// The words after `--` that run no Streamlit: wrong use, to be told.
pub(super) fn foreign_command(matches: &ArgMatches) -> Option<OsString> {
    let words: Vec<OsString> = matches.try_get_many::<OsString>("command").ok().flatten()?.cloned().collect();
    LaunchCommand::parse(&words).is_none().then(|| words.join(std::ffi::OsStr::new(" ")))
}
