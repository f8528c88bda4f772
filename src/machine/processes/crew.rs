//! A few threads that share one list of work, and that can be left behind.
//!
//! The kernel writes all lines of an instance within one call of read(2), which takes a second for a million watches,
//! and a process' own memory, which its command line is, may lie on a file system that does not answer. Whoever waits
//! for the crew can therefore be cancelled at any moment, whatever its threads are held up in.

use crate::progress::{Cancelled, Progress};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle, available_parallelism};
use std::time::Duration;

/// Interval at which the waiting caller looks whether it has been cancelled.
const LOOK: Duration = Duration::from_millis(20);

/// Does `work` for every item, on as many threads as there are cores; the results stand in the order of the items.
/// Where no thread can be started it is done on the calling one. A panic goes on in the caller.
pub(super) fn share<T, R>(
    items: Vec<T>,
    progress: &Progress,
    work: impl Fn(&T) -> R + Send + Sync + 'static,
) -> Result<Vec<R>, Cancelled>
where
    T: Send + Sync + 'static,
    R: Send + 'static,
{
    let cores = available_parallelism().map_or(1, usize::from);
    let hands = cores.min(items.len());
    let list = Arc::new(WorkList { items, next: AtomicUsize::new(0), work, progress: progress.clone() });
    let (sender, results) = channel();
    let crew: Vec<JoinHandle<()>> = (1..=hands).map_while(|hand| start(hand, &list, sender.clone())).collect();
    if crew.is_empty() {
        list.work_off(&sender);
    }
    drop(sender);
    let mut done = Vec::with_capacity(list.items.len());
    loop {
        progress.check()?;
        match results.recv_timeout(LOOK) {
            Ok(some) => done.extend(some),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    for hand in crew {
        hand.join().unwrap_or_else(|panic| resume_unwind(panic));
    }
    progress.check()?;
    done.sort_unstable_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

struct WorkList<T, W> {
    items: Vec<T>,
    next: AtomicUsize,
    work: W,
    progress: Progress,
}

impl<T, W> WorkList<T, W> {
    /// Takes items until none is left, and hands over all results at once.
    fn work_off<R>(&self, results: &Sender<Vec<(usize, R)>>)
    where
        W: Fn(&T) -> R,
    {
        let mut done = Vec::new();
        while self.progress.check().is_ok() {
            let at = self.next.fetch_add(1, Relaxed);
            let Some(item) = self.items.get(at) else { break };
            done.push((at, (self.work)(item)));
        }
        // Nobody takes them any more: it was cancelled.
        _ = results.send(done);
    }
}

fn start<T, W, R>(hand: usize, list: &Arc<WorkList<T, W>>, results: Sender<Vec<(usize, R)>>) -> Option<JoinHandle<()>>
where
    T: Send + Sync + 'static,
    R: Send + 'static,
    W: Fn(&T) -> R + Send + Sync + 'static,
{
    let list = Arc::clone(list);
    let started = Builder::new().name(format!("processes {hand}")).spawn(move || list.work_off(&results));
    started.inspect_err(|error| log::warn!("reading the processes with fewer threads: {error}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Condvar, Mutex};

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..1000).collect();
        let expected: Vec<u64> = items.iter().map(|item| item * 3).collect();
        assert_eq!(share(items, &Progress::default(), |item| item * 3), Ok(expected));
        assert_eq!(share(Vec::<u64>::new(), &Progress::default(), |item| *item), Ok(Vec::new()));
    }

    #[test]
    fn cancelling_does_not_wait_for_work_that_hangs() {
        let progress = Progress::default();
        let gate = Arc::new((Mutex::new(false), Condvar::new()));
        let (cancel, held) = (progress.clone(), Arc::clone(&gate));
        let outcome = share(vec![(); 50], &progress, move |()| {
            cancel.cancel();
            let open = held.0.lock().expect("nobody panics with it");
            drop(held.1.wait_while(open, |open| !*open).expect("nobody panics with it"));
        });
        assert_eq!(outcome, Err(Cancelled), "it comes back while the work is held up");
        *gate.0.lock().expect("nobody panics with it") = true;
        gate.1.notify_all();
    }

    #[test]
    fn a_panic_reaches_the_caller() {
        let caught = std::panic::catch_unwind(|| share(vec![1, 2], &Progress::default(), |_| panic!("on purpose")));
        let payload = caught.map(|_: Result<Vec<()>, _>| ()).expect_err("the work has panicked");
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"on purpose"));
    }
}
