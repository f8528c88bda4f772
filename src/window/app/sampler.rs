//! Holders of watches, read again and again: often while the step Diagnosis is looked at, now and then while the window
//! is open at all, so that a limit that fills up is told. The window is woken only when something is different, so that
//! it does not draw while nothing happens.

use super::WindowApp;
use super::alarm::Alarm;
use crate::machine::{Holders, Places};
use crate::window::jobs::{Job, Wake};
use crate::window::state::{Judged, SurveyState, WizardStep};
use eframe::egui::Context;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Times the pause between readings while nobody looks at them.
const NOW_AND_THEN: u32 = 15;

/// A reading that differs from the one before.
struct Reading {
    at: u64,
    holders: Arc<Holders>,
}

/// Holders that the window shows already.
enum KnownHolders {
    Surveyed(Arc<Judged>),
    Read(Arc<Holders>),
}

impl KnownHolders {
    fn holders(&self) -> &Holders {
        match self {
            Self::Surveyed(judged) => &judged.survey.machine.holders,
            Self::Read(holders) => holders,
        }
    }
}

/// The thread that reads. It ends when this is dropped.
pub(super) struct Sampler {
    job: Job<()>,
    readings: Receiver<Reading>,
    /// The time when it last read, whatever it found.
    last: Arc<AtomicU64>,
    /// Whether the readings are on screen: otherwise only one in [`NOW_AND_THEN`] is made.
    looked_at: Arc<AtomicBool>,
    _until_dropped: Sender<()>,
}

impl Sampler {
    /// Reads every `pause`; `known` is what the window shows already.
    fn start(places: Places, known: KnownHolders, pause: Duration, mut alarm: Alarm, wake: &Wake) -> Self {
        let (_until_dropped, end) = channel::<()>();
        let (sender, readings) = channel();
        let last = Arc::new(AtomicU64::default());
        let looked_at = Arc::new(AtomicBool::new(true));
        let (mut known, read_at, waking) = (known, Arc::clone(&last), Arc::clone(wake));
        let (often, mut left_out) = (Arc::clone(&looked_at), 0);
        let job = Job::start("processes", wake, move |progress| {
            while end.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                left_out += 1;
                if !often.load(Ordering::Relaxed) && left_out < NOW_AND_THEN {
                    continue;
                }
                left_out = 0;
                let Ok(holders) = Holders::read(&places, progress).map(Arc::new) else { return };
                let at = now();
                read_at.store(at, Ordering::Relaxed);
                let held = holders.account.watches;
                if differ(&holders, known.holders()) {
                    known = KnownHolders::Read(Arc::clone(&holders));
                    if sender.send(Reading { at, holders }).is_err() {
                        return;
                    }
                    waking();
                }
                alarm.read(held);
            }
        });
        Self { job, readings, last, looked_at, _until_dropped }
    }
}

/// Tells whether there is something new to see. Processes that come and go and hold nothing are not.
fn differ(one: &Holders, other: &Holders) -> bool {
    (&one.processes, one.account, one.hidden_processes) != (&other.processes, other.account, other.hidden_processes)
}

fn now() -> u64 {
    u64::try_from(Timestamp::now().as_second()).unwrap_or_default()
}

impl WindowApp {
    /// Starts, stops and asks the sampler, by what is on screen.
    pub(super) fn sample(&mut self, ctx: &Context) {
        let minimized = ctx.input(|input| input.viewport().minimized == Some(true));
        match (self.state.facts.ready(), self.work.refresh) {
            (Some(judged), Some(pause)) if self.work.sampler.is_none() => {
                let surveyed = || KnownHolders::Surveyed(Arc::clone(judged));
                let known = self.state.diagnosis.holders.clone().map_or_else(surveyed, KnownHolders::Read);
                let places = self.state.request.places.clone();
                let machine = &judged.survey.machine;
                let (limit, held) = (machine.watch_limit(), machine.holders.account.watches);
                let alarm = Alarm::new(self.work.notifier.clone(), Arc::clone(&self.words), limit, held);
                self.work.sampler = Some(Sampler::start(places, known, pause, alarm, &self.work.wake));
            }
            (None, _) if self.work.sampler.is_some() => {
                self.work.sampler = None;
                self.state.diagnosis.watched.interrupt();
                self.state.diagnosis.growth.interrupt();
            }
            _ => self.take_readings(),
        }
        if let Some(sampler) = &self.work.sampler {
            let looked_at = self.state.step == WizardStep::Diagnosis && !minimized;
            sampler.looked_at.store(looked_at, Ordering::Relaxed);
        }
    }

    fn take_readings(&mut self) {
        let Some(sampler) = &self.work.sampler else { return };
        let page = &mut self.state.diagnosis;
        for Reading { at, holders } in sampler.readings.try_iter() {
            page.watched.read(at, holders.account.watches);
            page.growth.read(at, &holders);
            page.holders = Some(holders);
        }
        page.watched.same(sampler.last.load(Ordering::Relaxed));
        if let Some(Err(crash)) = sampler.job.poll() {
            log::error!("reading the processes: {crash}");
            (self.work.sampler, self.work.refresh) = (None, None);
        }
    }

    /// Takes the reading of a new survey over.
    pub(super) fn take_first_reading(&mut self) {
        if let SurveyState::Ready(judged) = &self.state.facts {
            let watched = &mut self.state.diagnosis.watched;
            watched.interrupt();
            watched.read(judged.survey.taken_at, judged.survey.machine.holders.account.watches);
            self.state.diagnosis.growth.interrupt();
            self.state.diagnosis.growth.read(judged.survey.taken_at, &judged.survey.machine.holders);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::notifier::Notifier;
    use crate::words::{Language, Words};
    use std::fs;
    use std::path::Path;

    /// A /proc with one process that holds one instance.
    fn proc_with(folder: &Path, watches: usize) {
        let process = folder.join("4711");
        for part in ["fd", "fdinfo"] {
            fs::create_dir_all(process.join(part)).expect("a temporary folder");
        }
        for facts in ["status", "stat"] {
            fs::copy(Path::new("/proc/self").join(facts), process.join(facts)).expect("this process tells of itself");
        }
        fs::write(process.join("cmdline"), "python\0").expect("a temporary file");
        std::os::unix::fs::symlink("anon_inode:inotify", process.join("fd/3")).expect("a temporary link");
        hold(folder, watches);
    }

    /// The instance has this many watches, all at once.
    fn hold(folder: &Path, watches: usize) {
        let process = folder.join("4711");
        let line = |wd: usize| format!("inotify wd:{wd:x} ino:{wd:x} sdev:800001 mask:3ce\n");
        let lines: String = (1..=watches).map(line).collect();
        let ready = process.join("new");
        fs::write(&ready, format!("pos:\t0\nflags:\t00\n{lines}")).expect("a temporary file");
        fs::rename(ready, process.join("fdinfo/3")).expect("a temporary file");
    }

    #[test]
    fn the_window_is_woken_by_changes_and_by_nothing_else() {
        let proc = tempfile::tempdir().expect("a temporary folder");
        proc_with(proc.path(), 3);
        let (woken, wakes) = channel();
        let wake: Wake = Arc::new(move || woken.send(()).unwrap_or(()));
        let places = Places { proc: proc.path().into(), root: proc.path().into() };
        let known = Holders::read(&places, &crate::progress::Progress::default()).expect("not cancelled");
        assert_eq!(known.processes.first().map(|process| process.watches), Some(3), "the tree is read as /proc is");
        let words = Arc::new(Words::new(Language::English));
        let alarm = Alarm::new(Notifier::new(None, Duration::ZERO), words, None, 0);
        let known = KnownHolders::Read(Arc::new(known));
        let sampler = Sampler::start(places, known, Duration::from_millis(1), alarm, &wake);
        for watches in [5, 9, 2] {
            hold(proc.path(), watches);
            wakes.recv_timeout(Duration::from_secs(60)).expect("a change wakes the window");
            let reading = sampler.readings.try_recv().expect("it tells what is different");
            assert_eq!(reading.holders.processes.first().map(|process| process.watches), Some(watches as u64));
        }
        let seen = sampler.last.load(Ordering::Relaxed);
        while sampler.last.load(Ordering::Relaxed) == seen {
            std::thread::yield_now();
        }
        assert!(wakes.try_recv().is_err(), "it read on, and readings that are no different wake nobody");
    }
}
