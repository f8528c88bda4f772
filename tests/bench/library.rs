//! What cannot be timed from outside, measured through the library: how fast a survey ends once it is cancelled, and
//! how long adding and releasing the watches takes. Prints one line of JSON; `tests/bench/run` puts it into its table.
//!
//! Usage: library cancel PROJECT TIMES | library added PROJECT
//!
//! Compiled by rustc against the library as the program has it: cargo would compile an example with the features that
//! the tests ask for, and everything else once more.

use inotify_doctor::progress::Progress;
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::verification::{self, Expectation, Facts};
use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    let line = match words[..] {
        ["cancel", project, times] => cancel(&request(project), times.parse()?)?,
        ["added", project] => added(&request(project))?,
        _ => return Err("usage: library cancel PROJECT TIMES | library added PROJECT".into()),
    };
    println!("{line}");
    Ok(())
}

fn request(project: &str) -> Request {
    Request { project: Some(PathBuf::from(project)), variables: std::env::vars_os().collect(), ..Request::default() }
}

/// One survey to its end, with the longest time in which its counters stood still; then `times` surveys that are
/// cancelled at moments spread over that time, each with the time until it returned.
fn cancel(request: &Request, times: u32) -> Result<String, Box<dyn Error>> {
    let (whole, longest_standstill) = watched(request)?;
    let mut returned_ms = Vec::new();
    for at in 0..times {
        let progress = Progress::default();
        let moment = whole * (2 * at + 1) / (2 * times);
        let (was_cancelled, took) = thread::scope(|scope| {
            let survey = scope.spawn(|| Survey::take(request, &progress).is_err());
            thread::sleep(moment);
            let start = Instant::now();
            progress.cancel();
            (survey.join().unwrap_or_default(), start.elapsed())
        });
        // One that was through before is no answer.
        if was_cancelled {
            returned_ms.push(took.as_secs_f64() * 1e3);
        }
    }
    let (whole_s, longest_ms) = (whole.as_secs_f64(), longest_standstill.as_secs_f64() * 1e3);
    Ok(format!(r#"{{"whole_s": {whole_s}, "longest_standstill_ms": {longest_ms}, "returned_ms": {returned_ms:?}}}"#))
}

/// How long a survey takes, and how long its counters stood still at most.
fn watched(request: &Request) -> Result<(Duration, Duration), Box<dyn Error>> {
    let (progress, is_over, start) = (Progress::default(), AtomicBool::new(false), Instant::now());
    thread::scope(|scope| {
        let survey = scope.spawn(|| {
            let survey = Survey::take(request, &progress).map(drop);
            is_over.store(true, Relaxed);
            survey
        });
        let (mut last, mut since, mut longest) = (progress.counted(), Instant::now(), Duration::ZERO);
        while !is_over.load(Relaxed) {
            thread::sleep(Duration::from_millis(1));
            let now = progress.counted();
            if now != last {
                (last, since) = (now, Instant::now());
            }
            longest = longest.max(since.elapsed());
        }
        survey.join().map_err(|_| "the survey panicked")??;
        Ok((start.elapsed(), longest))
    })
}

/// The check `watches-added`.
fn added(request: &Request) -> Result<String, Box<dyn Error>> {
    let survey = Survey::take(request, &Progress::default())?;
    let checks = verification::run(&survey, &Expectation::default(), &Progress::default())?;
    let added = checks.into_iter().find_map(|check| match check.facts {
        Facts::Added(added) => Some(added),
        _ => None,
    });
    let added = added.ok_or("no watches were added")?;
    let (count, took_s) = (added.added, added.took.as_secs_f64());
    let refused = added.refused.map_or(0, |refused| refused.errno.raw_os_error());
    Ok(format!(r#"{{"added": {count}, "errno": {refused}, "took_s": {took_s}}}"#))
}
