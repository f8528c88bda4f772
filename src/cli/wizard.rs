//! `inotify-doctor` alone: the window; where there is none, why, and the diagnosis as text.

use super::{complain, report};
use crate::say;
use crate::words::Words;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::ffi::OsString;

/// Opens the window and stays until it is closed.
#[cfg(feature = "window")]
pub(super) fn run(matches: &ArgMatches, variables: BTreeMap<OsString, OsString>, words: Words) -> anyhow::Result<u8> {
    use crate::window;
    let request = super::project::request(matches, variables.clone());
    let language = words.language();
    match window::run(request, words) {
        Ok(window::Opened::Here) => Ok(super::FINE),
        Ok(window::Opened::Earlier) => {
            complain(&say!(Words::new(language), "cli-already-open"));
            Ok(super::FINE)
        }
        Err(error) => {
            let words = Words::new(language);
            complain(&say!(words, "cli-no-window", reason = error.sentence(&words)));
            let status = report::run_default(matches, variables, &words);
            window::notice::show(&error, &words);
            status
        }
    }
}

/// Says that this build has no window.
#[cfg(not(feature = "window"))]
#[expect(clippy::needless_pass_by_value, reason = "with a window it is called the same way")]
pub(super) fn run(matches: &ArgMatches, variables: BTreeMap<OsString, OsString>, words: Words) -> anyhow::Result<u8> {
    complain(&say!(words, "cli-without-window"));
    report::run_default(matches, variables, &words)
}
