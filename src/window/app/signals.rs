//! Ctrl+C in the terminal, or the end of the session, while the person's app is under trial. The app has a process
//! group of its own: nobody else would end what it has started.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Requests to end this program, which wait while they are held.
pub(super) struct Signals {
    asked: Arc<AtomicBool>,
    /// Signals do what they usually do: end the program at once.
    usual: Arc<AtomicBool>,
}

impl Signals {
    /// Makes signals that are not held yet.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn new() -> io::Result<Self> {
        let signals = Self { asked: Arc::default(), usual: Arc::new(AtomicBool::new(true)) };
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            flag::register_conditional_default(signal, Arc::clone(&signals.usual))?;
            flag::register(signal, Arc::clone(&signals.asked))?;
        }
        Ok(signals)
    }

    pub(super) fn hold(&self, held: bool) {
        self.usual.store(!held, Relaxed);
    }

    /// One came while they were held.
    pub(super) fn asked(&self) -> bool {
        self.asked.load(Relaxed)
    }
}
