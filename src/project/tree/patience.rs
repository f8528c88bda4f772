//! Calls that may block for ever, made on a thread that can be left behind.

use crate::progress::{Cancelled, Progress};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Time that a network file system may take for one answer. A living one needs milliseconds; NFS repeats a lost
/// request after 60 s at most, and nobody waits that long in front of a window.
const PATIENCE: Duration = Duration::from_secs(3);

/// Interval at which a waiting caller looks whether it was cancelled.
const GLANCE: Duration = Duration::from_millis(20);

/// Reasons why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// The time is over, or there is no thread to ask.
    Late,
    /// The caller was cancelled while it waited.
    Cancelled,
}

impl From<Cancelled> for NoAnswer {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

type Call = Box<dyn FnOnce() + Send>;

/// A thread that makes one call after the other. One that does not come back is left behind, until the kernel lets it
/// go, and the next call gets a new one.
#[derive(Default)]
pub(super) struct Helper(Option<Sender<Call>>);

impl Helper {
    /// Makes a call and waits for it with patience, not without end.
    pub(super) fn ask<T: Send + 'static>(
        &mut self,
        progress: &Progress,
        call: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NoAnswer> {
        let (answer, answers) = channel();
        // Nobody listens any more once the time is over: the late answer is dropped here.
        let call = Box::new(move || drop(answer.send(call())));
        let calls = self.0.take().map_or_else(start, Ok)?;
        calls.send(call).map_err(|_| NoAnswer::Late)?;
        let value = wait(&answers, progress)?;
        self.0 = Some(calls);
        Ok(value)
    }
}

fn start() -> Result<Sender<Call>, NoAnswer> {
    let (calls, waiting) = channel::<Call>();
    let helper = std::thread::Builder::new().name("patience".into());
    helper.spawn(move || waiting.iter().for_each(|call| call())).map_err(|_| NoAnswer::Late)?;
    Ok(calls)
}

fn wait<T>(answers: &Receiver<T>, progress: &Progress) -> Result<T, NoAnswer> {
    let until = Instant::now() + PATIENCE;
    loop {
        match answers.recv_timeout(GLANCE) {
            Ok(value) => return Ok(value),
            Err(RecvTimeoutError::Disconnected) => return Err(NoAnswer::Late),
            Err(RecvTimeoutError::Timeout) if Instant::now() >= until => return Err(NoAnswer::Late),
            Err(RecvTimeoutError::Timeout) => progress.check()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_caller_stops_waiting_for_a_call_that_never_ends() {
        let (started, starts) = channel();
        let (_never, ever) = channel::<()>();
        let progress = Progress::default();
        let cancelling = progress.clone();
        let canceller = std::thread::spawn(move || {
            starts.recv().expect("the call starts");
            cancelling.cancel();
        });
        let mut helper = Helper::default();
        let answer = helper.ask(&progress, move || {
            started.send(()).expect("the canceller waits");
            ever.recv()
        });
        assert_eq!(answer, Err(NoAnswer::Cancelled));
        canceller.join().expect("the canceller ends");
        assert_eq!(helper.ask(&Progress::default(), || 5), Ok(5), "the next call has a thread of its own");
    }

    #[test]
    fn calls_share_a_thread_until_one_panics() {
        let (mut helper, progress) = (Helper::default(), Progress::default());
        let first = helper.ask(&progress, || std::thread::current().id());
        assert_eq!(helper.ask(&progress, || std::thread::current().id()), first);
        assert_eq!(helper.ask(&progress, || -> u8 { panic!("on purpose") }), Err(NoAnswer::Late));
        assert_eq!(helper.ask(&progress, || 5), Ok(5));
    }
}
