//! Looks that may never come back, taken where they can be left behind: in a process of its own, or, where this program
//! cannot be started again, on a thread.
//!
//! A thread that waits for a server which has taken its request cannot be ended, and neither can its process
//! (`request_wait_answer`, fs/fuse/dev.c). A child in that state keeps nobody: it is init's once this program is gone.

use super::look::{Answer, Question, look};
use super::serve::{VERB, can_be_started};
use super::wire::{Message, Request, receive, send};
use super::{MountId, Refusal, silent};
use crate::progress::{Cancelled, Progress};
use rustix::event::{PollFd, PollFlags, poll};
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time that a network file system may take for one answer. A living one needs milliseconds; NFS repeats a lost
/// request after 60 s at most, and nobody waits that long in front of a window.
const PATIENCE: Duration = Duration::from_secs(3);

/// Time for all pieces of a long answer.
const LONG_PATIENCE: Duration = Duration::from_secs(30);

/// Time for a helper to start, on a computer that has much to do.
const STARTING: Duration = Duration::from_secs(10);

/// Interval at which a waiting caller looks whether it was cancelled.
const GLANCE: Duration = Duration::from_millis(20);

/// Reasons why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// The time is over, or there is nobody to ask.
    Late,
    /// The caller was cancelled while it waited.
    Cancelled,
}

impl From<Cancelled> for NoAnswer {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// Somebody who looks in this thread's place. Belongs to the table of descriptors of the thread that asks first.
#[derive(Default)]
pub(crate) struct Apart(Option<Helper>);

enum Helper {
    Process(Process),
    Thread { requests: Sender<Request>, answers: Receiver<Message> },
}

struct Process {
    child: Option<Child>,
    stream: UnixStream,
}

/// Helpers that wait for a question of anybody.
static IDLE: Mutex<Vec<Apart>> = Mutex::new(Vec::new());

/// Children that were left behind, until they have ended.
static LEFT: Mutex<Vec<Child>> = Mutex::new(Vec::new());

/// Lends a helper that nobody uses.
pub(super) fn with_helper<T>(ask: impl FnOnce(&mut Apart) -> T) -> T {
    let idle = || IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut apart = idle().pop().unwrap_or_default();
    let answer = ask(&mut apart);
    if apart.0.is_some() {
        idle().push(apart);
    }
    answer
}

impl Apart {
    /// Asks, and waits with patience, not without end. Whoever is late is left behind with its helper.
    pub(crate) fn ask(
        &mut self,
        path: &Path,
        question: &Question,
        mount: MountId,
        progress: &Progress,
    ) -> Result<Result<Answer, Refusal>, NoAnswer> {
        progress.check()?;
        if silent::is(mount) {
            return Err(NoAnswer::Late);
        }
        let request = || Request { question: question.clone(), path: path.to_path_buf() };
        let mut helper = match self.0.take() {
            Some(helper) => helper,
            None => Helper::start().ok_or(NoAnswer::Late)?,
        };
        if helper.send(request()).is_err() {
            // Ended while it waited, by whatever: a new one.
            helper = Helper::start().ok_or(NoAnswer::Late)?;
            helper.send(request()).map_err(|_| NoAnswer::Late)?;
        }
        let begun = Instant::now();
        let mut heard = begun;
        loop {
            match helper.receive() {
                Ok(Some(Message::Done(answer))) => {
                    self.0 = Some(helper);
                    return Ok(answer);
                }
                Ok(Some(Message::Alive | Message::Ready)) => heard = Instant::now(),
                Ok(None) => {}
                Err(_) => return Err(NoAnswer::Late),
            }
            progress.check()?;
            // Somebody else has waited long enough already.
            if heard.elapsed() > PATIENCE || begun.elapsed() > LONG_PATIENCE || silent::is(mount) {
                return Err(NoAnswer::Late);
            }
        }
    }
}

impl Helper {
    fn start() -> Option<Self> {
        let process = can_be_started().then(Process::start).and_then(|started| {
            started.map_err(|error| log::debug!("no helper process, a thread instead: {error}")).ok()
        });
        process.map(Self::Process).or_else(Self::thread)
    }

    fn thread() -> Option<Self> {
        let (requests, asked) = channel::<Request>();
        let (answer, answers) = channel();
        let work = move || {
            for Request { question, path } in asked {
                let signs = answer.clone();
                let done = look(&path, &question, &mut || drop(signs.send(Message::Alive)));
                // Nobody listens any more once the time is over.
                if answer.send(Message::Done(done)).is_err() {
                    break;
                }
            }
        };
        std::thread::Builder::new().name("patience".into()).spawn(work).ok()?;
        Some(Self::Thread { requests, answers })
    }

    fn send(&mut self, request: Request) -> io::Result<()> {
        match self {
            Self::Process(process) => send(&mut process.stream, &request),
            Self::Thread { requests, .. } => requests.send(request).map_err(|_| io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Waits a glance for a message.
    fn receive(&mut self) -> io::Result<Option<Message>> {
        match self {
            Self::Process(process) => process.receive(),
            Self::Thread { answers, .. } => match answers.recv_timeout(GLANCE) {
                Ok(message) => Ok(Some(message)),
                Err(RecvTimeoutError::Timeout) => Ok(None),
                Err(RecvTimeoutError::Disconnected) => Err(io::ErrorKind::BrokenPipe.into()),
            },
        }
    }
}

impl Process {
    /// Starts this program again, with nothing of its own but a socket: a helper that is left behind must not keep the
    /// pipes open that others read this program's answers from.
    fn start() -> io::Result<Self> {
        reap();
        let (stream, theirs) = UnixStream::pair()?;
        let mut command = Command::new("/proc/self/exe");
        command.arg(VERB).current_dir("/").env_remove("RUST_LOG");
        command.stdin(OwnedFd::from(theirs)).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn()?;
        // The end that the child has must not stay open here.
        drop(command);
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut process = Self { child: Some(child), stream };
        let begun = Instant::now();
        while begun.elapsed() < STARTING {
            if let Some(Message::Ready) = process.receive()? {
                return Ok(process);
            }
        }
        Err(io::ErrorKind::TimedOut.into())
    }

    fn receive(&mut self) -> io::Result<Option<Message>> {
        let glance = rustix::time::Timespec { tv_sec: 0, tv_nsec: GLANCE.as_nanos().try_into().unwrap_or(0) };
        match poll(&mut [PollFd::new(&self.stream, PollFlags::IN)], Some(&glance)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => Ok(None),
            // It writes a message at once, and only what it has got already: that does not wait for a file system.
            Ok(_) => receive(&mut self.stream.by_ref()).map(Some),
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for Process {
    /// Ends it, where it can be ended, and waits for nothing.
    fn drop(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        if let Err(error) = child.kill() {
            log::debug!("helper {}: {error}", child.id());
        }
        LEFT.lock().unwrap_or_else(PoisonError::into_inner).push(child);
        reap();
    }
}

/// Forgets the helpers that have ended.
fn reap() {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner).retain_mut(|child| matches!(child.try_wait(), Ok(None)));
}
