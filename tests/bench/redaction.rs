//! What redaction costs for texts that are made to be expensive: `cargo bench --bench redaction`.
//!
//! Columns: the text, milliseconds for each size, and how often as long the largest took as one of half its size. Work
//! that is linear in the length makes that 2; quadratic work makes it 4.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops where it cannot go on")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads what it has written itself")]
#![allow(dead_code, reason = "the facts are those of the tests, which use more of them")]

#[path = "../it/report/fixture.rs"]
mod fixture;

use inotify_doctor::diagnosis::judge;
use inotify_doctor::machine::Kind;
use inotify_doctor::report::{ProgramRecord, Report, from_survey, redaction};
use inotify_doctor::words::{Language, Words};
use std::time::{Duration, Instant};

/// Bytes of each text; longer ones are cut.
const SIZES: [usize; 4] = [8 << 10, 16 << 10, 32 << 10, 64 << 10];

/// Pieces that a text is made of.
const PIECES: [&str; 14] = [
    "a=",
    "password=",
    "password='",
    "\\\"password\\\":\\\"",
    "name=",
    "\"name\":\"value\",",
    "a@a.aa.",
    "x:y@z ",
    "://a:b@c",
    "' \" ",
    "docker ",
    "--password x ",
    "10-1-1-1.a",
    "aa:bb:",
];

fn report(piece: &str, size: usize) -> Report {
    let mut survey = fixture::survey();
    let mut process = fixture::process(7, "app", Kind::Other, "app", 1, 1);
    process.command = vec![piece.repeat(size / piece.len()).into()];
    survey.machine.holders.processes.push(process);
    let words = Words::new(Language::English);
    from_survey(&survey, &judge(&survey), ProgramRecord::default(), &words, false, &fixture::identity())
}

/// The shortest of three runs.
fn cost(piece: &str, size: usize) -> Duration {
    let report = report(piece, size);
    let once = || {
        let mut report = report.clone();
        let start = Instant::now();
        redaction::redact(&mut report, &fixture::identity());
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

fn main() {
    // What is compiled once is no part of the cost.
    cost("x", 1);
    let nothing = cost("x", 1);
    for piece in PIECES {
        let costs = SIZES.map(|size| cost(piece, size).saturating_sub(nothing).as_secs_f64() * 1e3);
        println!("{piece:24?} {costs:9.1?} ms, ratio {:.1}", costs[3] / costs[2]);
    }
}
