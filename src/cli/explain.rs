//! `inotify-doctor explain`: what an error text or a log means.
//!
//! Exit status 1 where it speaks of something to fix, 0 where it does not. The limits are told by the text alone, so
//! that the answer is the same everywhere; the sentences also use what is in use on this computer.

use super::output::{complain, print, style};
use super::survey::with_progress;
use super::{ERROR, FINE, TO_FIX};
use crate::diagnosis::error_text::{Circumstances, ErrorText, explain};
use crate::guarded;
use crate::machine::{Machine, Places};
use crate::project::disk::DiskFree;
use crate::project::logs::end_of;
use crate::report::{Format, Style};
use crate::say;
use crate::words::{Words, shown, visible};
use anyhow::Context as _;
use clap::ArgMatches;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// The end of a text, where the last error is; more is not looked at.
const END_BYTES: u64 = 1024 * 1024;
/// What is read of standard input, which may have no end.
const MOST_BYTES: u64 = 16 * END_BYTES;

/// The answer as JSON.
#[derive(serde::Serialize)]
struct Answer<'a> {
    limits: &'a [&'a str],
    program: Option<&'a str>,
    text: &'a str,
    meaning: String,
}

/// Explains a file, or standard input where none is named.
pub(super) fn run(matches: &ArgMatches, words: &Words) -> anyhow::Result<u8> {
    let file = matches.get_one::<PathBuf>("file").filter(|file| file.as_os_str() != "-");
    let bytes = match file {
        Some(file) => end_of(file, END_BYTES),
        None => Some(standard_input(words)?),
    };
    let Some(bytes) = bytes else {
        complain(&say!(words, "cli-explain-unreadable", file = file.map_or_else(String::new, |file| shown(file))));
        return Ok(ERROR);
    };
    let error = explain(&String::from_utf8_lossy(&bytes));
    let sentences = match &error {
        Some(error) => error.meaning(&circumstances(error, words)?, words),
        None => vec![say!(words, "project-error-unknown")],
    };
    let json = matches.get_one("format") == Some(&Format::Json);
    print(&if json { as_json(error.as_ref(), &sentences, words)? } else { as_text(error.as_ref(), &sentences) })?;
    Ok(if error.is_some() { TO_FIX } else { FINE })
}

fn standard_input(words: &Words) -> anyhow::Result<Vec<u8>> {
    let input = io::stdin();
    if input.is_terminal() {
        complain(&say!(words, "cli-explain-paste"));
    }
    let mut bytes = Vec::new();
    input.lock().take(MOST_BYTES).read_to_end(&mut bytes).context("standard input")?;
    let most = usize::try_from(END_BYTES).unwrap_or(usize::MAX);
    Ok(bytes.split_off(bytes.len().saturating_sub(most)))
}

/// What is in use on this computer, where the text alone does not tell.
fn circumstances(error: &ErrorText, words: &Words) -> anyhow::Result<Circumstances> {
    if let ["watches"] | ["queue"] = error.limits() {
        return Ok(Circumstances::default());
    }
    let read = |progress: &_| Machine::read(&Places::default(), progress);
    let machine = with_progress(words, &AtomicBool::new(false), read)?.ok();
    let named = error.path.as_deref().and_then(|path| path.ancestors().find(|folder| guarded::exists(folder)));
    let disk = DiskFree::of(named.unwrap_or(Path::new(".")));
    Ok(Circumstances { disk, ..machine.as_ref().map(Circumstances::of_machine).unwrap_or_default() })
}

fn as_json(error: Option<&ErrorText>, sentences: &[String], words: &Words) -> anyhow::Result<String> {
    let answer = Answer {
        limits: error.map_or(&[], |error| error.limits()),
        program: error.and_then(|error| error.tool.name()),
        text: error.map_or("", |error| &error.line),
        meaning: words.sentences(sentences),
    };
    Ok(serde_json::to_string_pretty(&answer)? + "\n")
}

/// The line, whose it is, and each sentence in a paragraph of its own.
fn as_text(error: Option<&ErrorText>, sentences: &[String]) -> String {
    let Style { columns, .. } = style();
    // A command is not broken at its hyphens: it is there to be copied.
    let splitter = textwrap::WordSplitter::NoHyphenation;
    let options = textwrap::Options::new(columns.clamp(60, 120)).break_words(false).word_splitter(splitter);
    let quoted = error.map(|error| {
        let line = visible(&error.line);
        error.tool.name().map_or_else(|| line.to_string(), |program| format!("{program}: {line}"))
    });
    let paragraphs = quoted.into_iter().chain(sentences.iter().cloned());
    paragraphs.map(|paragraph| textwrap::fill(&paragraph, &options) + "\n").collect::<Vec<_>>().join("\n")
}
