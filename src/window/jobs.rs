//! Work off the drawing thread: named threads with progress and cancel, where a panic becomes a message.
//! Knows no widgets: whoever starts a job says how to be woken when it ends.

use crate::progress::Progress;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// A function called from the worker's thread when there is something new to look at.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// One piece of work that runs on its own thread.
pub struct Job<T> {
    /// The progress; its clone is the worker's.
    pub progress: Progress,
    result: Receiver<Result<T, Crashed>>,
}

/// The work panicked, or its thread could not be started. A mistake of this program, never of its user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Crashed(pub String);

impl<T: Send + 'static> Job<T> {
    /// Starts `work` on a thread called `name` (at most 15 bytes are shown by Linux).
    pub fn start(name: &'static str, wake: &Wake, work: impl FnOnce(&Progress) -> T + Send + 'static) -> Self {
        let progress = Progress::default();
        let (sender, result) = channel();
        let (mine, on_thread, wake) = (progress.clone(), sender.clone(), Arc::clone(wake));
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&mine))).map_err(|panic| Crashed(message(&*panic)));
            // Nobody listens any more when the job was dropped; then the result is not wanted.
            let _ = on_thread.send(outcome);
            wake();
        });
        if let Err(error) = thread {
            let _ = sender.send(Err(Crashed(error.to_string())));
        }
        Self { progress, result }
    }

    /// Waits until the work is over: for the end of the program, not for the drawing thread.
    pub fn wait(&self) {
        // Whatever came of it, nobody is left to be told.
        let _ = self.result.recv();
    }

    /// The result, once. `None` while the work goes on.
    #[must_use]
    pub fn poll(&self) -> Option<Result<T, Crashed>> {
        match self.result.try_recv() {
            Ok(outcome) => Some(outcome),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(Crashed("the worker ended without a result".to_owned()))),
        }
    }
}

impl<T> Drop for Job<T> {
    /// Cancels: nobody will look at the result, and the worker may stop.
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// The result of a job that has ended; the job is then over.
pub fn take<T: Send + 'static>(job: &mut Option<Job<T>>) -> Option<Result<T, Crashed>> {
    let result = job.as_ref()?.poll()?;
    *job = None;
    Some(result)
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown panic".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Sender, channel};
    use std::time::Duration;

    fn waker() -> (Wake, Receiver<()>) {
        let (sender, woken): (Sender<()>, Receiver<()>) = channel();
        (Arc::new(move || sender.send(()).unwrap_or(())), woken)
    }

    #[test]
    fn a_panic_in_a_job_becomes_a_message() {
        let (wake, woken) = waker();
        let job: Job<u32> = Job::start("test", &wake, |_| panic!("the disk is made of {}", "cheese"));
        woken.recv_timeout(Duration::from_secs(30)).expect("the job wakes its owner when it ends");
        assert_eq!(job.poll(), Some(Err(Crashed("the disk is made of cheese".to_owned()))));
    }

    #[test]
    fn a_dropped_job_is_told_to_stop() {
        let (wake, _woken) = waker();
        let (stopped, end) = channel();
        let job = Job::start("test", &wake, move |progress| {
            while progress.check().is_ok() {
                std::thread::yield_now();
            }
            stopped.send(()).unwrap_or(());
        });
        drop(job);
        end.recv_timeout(Duration::from_secs(30)).expect("the worker sees that it was cancelled");
    }
}
