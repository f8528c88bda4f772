//! This program's scan of the processes, timed beside a plain loop in C by `run` in this folder.
//!
//! `scan compare LOOP ROUNDS` runs both in turn and prints the median of the paired ratios and of both times;
//! `scan whole PROGRAM ROUNDS` does so with another program and this one as whole processes, each started anew;
//! `scan inodes PID LOOP ROUNDS` compares reading what one process watches, inode by inode, with the loop;
//! `scan cancel ROUNDS` cancels at moments spread over a scan and prints the longest time until it returned.

use inotify_doctor::machine::processes::watched_inodes;
use inotify_doctor::machine::{Holders, Places};
use inotify_doctor::progress::Progress;
use std::error::Error;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["once"] => scan().map(drop),
        ["compare", program, rounds] => compare(rounds.parse()?, || Ok(scan()?.0), || plain_loop(program)),
        ["whole", program, rounds] => {
            let own = std::env::current_exe()?;
            compare(rounds.parse()?, || whole(Command::new(&own).arg("once")), || whole(&mut Command::new(program)))
        }
        ["inodes", pid, program, rounds] => {
            let pid = pid.parse()?;
            compare(rounds.parse()?, || inodes(pid), || plain_loop(program))
        }
        ["cancel", rounds] => cancel(rounds.parse()?),
        ["count"] => count(),
        _ => Err("usage: scan compare LOOP ROUNDS | whole PROGRAM ROUNDS | inodes PID LOOP ROUNDS | cancel ROUNDS".into()),
    }
}

fn scan() -> Outcome<(Duration, Holders)> {
    let start = Instant::now();
    let holders = Holders::read(&Places::default(), &Progress::default())?;
    Ok((start.elapsed(), holders))
}

/// The loop's own time, without its start.
fn plain_loop(program: &str) -> Outcome<Duration> {
    let output = String::from_utf8(Command::new(program).output()?.stdout)?;
    let nanoseconds = output.split_whitespace().next().ok_or("the loop failed")?;
    Ok(Duration::from_nanos(nanoseconds.parse()?))
}

fn whole(command: &mut Command) -> Outcome<Duration> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status()?;
    if status.success() { Ok(start.elapsed()) } else { Err(format!("{command:?}: {status}").into()) }
}

fn inodes(pid: u32) -> Outcome<Duration> {
    let start = Instant::now();
    watched_inodes(&Places::default(), pid)?;
    Ok(start.elapsed())
}

/// Runs both in turn; who begins changes with every round. The first round warms up.
fn compare(rounds: u32, one: impl Fn() -> Outcome<Duration>, other: impl Fn() -> Outcome<Duration>) -> Outcome<()> {
    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=rounds {
        let (one, other) = if round % 2 == 0 {
            let first = one()?;
            (first, other()?)
        } else {
            let first = other()?;
            (one()?, first)
        };
        if round > 0 {
            ratios.push(one.as_secs_f64() / other.as_secs_f64());
            ours.push(one.as_secs_f64() * 1e3);
            theirs.push(other.as_secs_f64() * 1e3);
        }
    }
    println!("{:.2} {:.1} {:.1}", median(ratios), median(ours), median(theirs));
    Ok(())
}

/// Processes that hold instances, and watches, each counted once.
fn count() -> Outcome<()> {
    let processes = scan()?.1.processes;
    let watches: u64 = processes.iter().map(|process| process.charged_watches).sum();
    println!("{} {watches}", processes.iter().filter(|process| process.instances > 0).count());
    Ok(())
}

fn cancel(rounds: u32) -> Outcome<()> {
    let (whole, _) = scan()?;
    let mut longest = Duration::ZERO;
    for round in 0..rounds {
        let progress = Progress::default();
        let scan = std::thread::spawn({
            let progress = progress.clone();
            move || Holders::read(&Places::default(), &progress).is_err()
        });
        std::thread::sleep(whole * round / rounds);
        let start = Instant::now();
        progress.cancel();
        // One that was through before is no answer.
        if scan.join().map_err(|_| "the scan panicked")? {
            longest = longest.max(start.elapsed());
        }
        // What was left behind ends meanwhile.
        std::thread::sleep(whole);
    }
    println!("{:.1} {:.1}", longest.as_secs_f64() * 1e3, whole.as_secs_f64() * 1e3);
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
