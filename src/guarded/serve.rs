//! The other side of a helper process: this same program, started with a verb of its own, answers questions on its
//! standard input, which is a socket, until the other end is closed.

use super::look::look;
use super::wire::{Message, Request, receive, send};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// First argument that makes this program a helper.
pub(super) const VERB: &str = "look-for-parent";

/// Whether this program, started again, can be a helper: not so where only the library is in use.
static PROCESSES: AtomicBool = AtomicBool::new(false);

/// Says that this program answers to [`VERB`].
pub(crate) fn use_processes() {
    PROCESSES.store(true, Relaxed);
}

pub(super) fn can_be_started() -> bool {
    PROCESSES.load(Relaxed)
}

/// Tells whether this process was started to be a helper.
pub(crate) fn is_helper() -> bool {
    std::env::args_os().nth(1).is_some_and(|verb| verb == VERB)
}

/// Answers until nobody asks any more.
pub(crate) fn serve() {
    if let Err(error) = answer_all() {
        log::debug!("no more questions: {error}");
    }
}

fn answer_all() -> io::Result<()> {
    let mut stream = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    send(&mut stream, &Message::Ready)?;
    loop {
        let Request { question, path } = receive(&mut stream)?;
        let mut signs = stream.try_clone()?;
        // Whoever does not listen any more is noticed with the answer.
        let answer = look(&path, &question, &mut || drop(send(&mut signs, &Message::Alive)));
        send(&mut stream, &Message::Done(answer))?;
    }
}
