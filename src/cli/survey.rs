//! Slow work with a line of progress for whoever watches.

use crate::progress::Progress;
use crate::say;
use crate::survey::{Request, Survey};
use crate::words::Words;
use anyhow::Context as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc;
use std::time::Duration;

/// Takes the survey.
pub(super) fn survey(request: Request, words: &Words) -> anyhow::Result<Survey> {
    let outcome = with_progress(words, &AtomicBool::new(false), move |progress| Survey::take(&request, progress))?;
    outcome.map_err(|error| anyhow::anyhow!(error.sentence(words)))
}

/// Works on a thread of its own and tells on standard error how far it is, where somebody watches. Cancels the work
/// once `stop` is set.
pub(super) fn with_progress<T: Send + 'static>(
    words: &Words,
    stop: &AtomicBool,
    work: impl FnOnce(&Progress) -> T + Send + 'static,
) -> anyhow::Result<T> {
    let progress = Progress::default();
    let (done, result) = mpsc::channel();
    let shared = progress.clone();
    std::thread::Builder::new()
        .name("survey".into())
        .spawn(move || done.send(work(&shared)))
        .context("survey thread")?;
    let watched = io::stderr().is_terminal();
    let mut told = false;
    let outcome = loop {
        match result.recv_timeout(Duration::from_millis(250)) {
            Ok(outcome) => break outcome,
            Err(mpsc::RecvTimeoutError::Timeout) if stop.load(Relaxed) => progress.cancel(),
            Err(mpsc::RecvTimeoutError::Timeout) => told |= watched && tell(&progress, words),
            Err(mpsc::RecvTimeoutError::Disconnected) => anyhow::bail!(say!(words, "cli-survey-died")),
        }
    };
    if told {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    Ok(outcome)
}

fn tell(progress: &Progress, words: &Words) -> bool {
    let (directories, files) = progress.counted();
    let line = say!(words, "cli-progress", directories = directories, files = files);
    write!(io::stderr(), "\r\x1b[K{line}").is_ok()
}
