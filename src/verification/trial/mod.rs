//! The trial launch: the person's app really started, one session opened, its watches counted, its log read, then
//! ended. It runs the person's code, so it is done only when asked for.

mod app;
mod log;
mod preview;
mod session;
mod supervisor;

use super::{Check, Facts};
use crate::machine::Places;
use crate::machine::processes::watched_inodes;
use crate::progress::{Cancelled, Progress};
use crate::project::{Inventory, Launch, Python, Streamlit, logs};
use crate::survey::Survey;
use app::App;
pub use preview::Preview;
use preview::startable;
use session::{Heard, Session};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The outcome of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Watches that were forecast.
    pub need: u64,
    /// Watches it held at the last look.
    pub watches: u64,
    /// Instances it held then.
    pub instances: u64,
    /// Folders it should have watched then and did not.
    pub unwatched_count: u64,
    /// The first of them.
    pub unwatched: Vec<PathBuf>,
    /// The inotify error in its log.
    pub error: Option<String>,
    /// The state that it reached.
    pub end: TrialEnd,
}

/// States that a trial reached.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
#[allow(missing_docs, reason = "the fields are what the documented variant names")]
pub enum TrialEnd {
    /// The script ran to the end in one session, and its watches were counted.
    Counted,
    /// The entry script is not known.
    NoScript,
    /// The interpreter with Streamlit is not known.
    NoPython,
    /// The app runs already, and a second one beside it would not find enough watches.
    NoRoomBeside { pid: u32 },
    /// The app could not be started.
    NotStarted { reason: String },
    /// The app ended by itself; the last thing it said.
    Died { status: String, said: String },
    /// The app opened no session within the time; the last thing it said.
    NoSession { said: String },
    /// The app closed the session before its script had ended.
    SessionClosed { reason: String },
    /// The script did not end within the time.
    StillRunning,
}

/// Time for which an app is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Time from its start to its first session.
    pub start: Duration,
    /// Time from there to the end of its script, and again until its watches stay the same.
    pub run: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { start: Duration::from_secs(60), run: Duration::from_secs(120) }
    }
}

impl Patience {
    /// The longest a trial can take, apart from the app's own end.
    #[must_use]
    pub fn most(&self) -> Duration {
        self.start + 2 * self.run
    }
}

/// Starts the app of this survey's project on a free port of 127.0.0.1 and ends it again, with all it has started.
///
/// # Errors
/// [`Cancelled`]; the app is ended by then.
pub fn run(survey: &Survey, patience: Patience, progress: &Progress) -> Result<Check, Cancelled> {
    match startable(survey) {
        Ok((launch, streamlit, python)) => {
            let project = survey.project.as_ref();
            let inventory = project.map(|project| Arc::clone(&project.inventory)).unwrap_or_default();
            Attempt { launch, python, streamlit, inventory, patience, progress }.run().map(judged)
        }
        Err(check) => Ok(*check),
    }
}

fn judged(trial: Trial) -> Check {
    let facts = |trial| Facts::Trial(trial);
    if trial.error.is_some() {
        Check::failed(facts(trial))
    } else if trial.end == TrialEnd::Counted {
        Check::when(trial.unwatched_count == 0, facts(trial))
    } else {
        Check::could_not_run(facts(trial))
    }
}

impl Trial {
    fn ended(need: u64, end: TrialEnd) -> Self {
        let unwatched = Vec::new();
        Self { need, watches: 0, instances: 0, unwatched_count: 0, unwatched, error: None, end }
    }
}

struct Attempt<'a> {
    launch: &'a Launch,
    python: &'a Python,
    streamlit: &'a Streamlit,
    inventory: Arc<Inventory>,
    patience: Patience,
    progress: &'a Progress,
}

/// Interval between two looks at a file of /proc.
const LOOK: Duration = Duration::from_millis(100);

/// Looks in a row that must find the same: few where it is what was forecast, more where it may still grow.
const LOOKS_AS_FORECAST: u32 = 5;
const LOOKS_OTHERWISE: u32 = 20;

impl Attempt<'_> {
    fn run(&self) -> Result<Trial, Cancelled> {
        let mut trial = Trial::ended(self.streamlit.need.watches, TrialEnd::Counted);
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
        let started =
            port.and_then(|address| Ok((address.port(), App::start(self.launch, self.python, address.port())?)));
        let (port, mut app) = match started {
            Ok(started) => started,
            Err(error) => {
                trial.end = TrialEnd::NotStarted { reason: error.to_string() };
                return Ok(trial);
            }
        };
        match self.session(&mut app, port)? {
            Ok(mut session) => self.watch(&mut app, &mut session, &mut trial)?,
            Err(end) => trial.end = end,
        }
        app.stop();
        trial.error = logs::recognise(&app.log.text()).map(|found| found.line);
        Ok(trial)
    }

    /// Waits until it answers and opens a session.
    fn session(&self, app: &mut App, port: u16) -> Result<Result<Session, TrialEnd>, Cancelled> {
        let start = Instant::now();
        loop {
            self.progress.check()?;
            if let Some(status) = app.ended() {
                return Ok(Err(TrialEnd::Died { status, said: app.log.last_line() }));
            }
            if let Some(session) = Session::open(port) {
                return Ok(Ok(session));
            }
            if start.elapsed() > self.patience.start {
                return Ok(Err(TrialEnd::NoSession { said: app.log.last_line() }));
            }
            std::thread::sleep(LOOK);
        }
    }

    /// Keeps the session open until the script has ended and the watches stay the same.
    fn watch(&self, app: &mut App, session: &mut Session, trial: &mut Trial) -> Result<(), Cancelled> {
        let mut start = Instant::now();
        let mut finished = false;
        let mut same = 0;
        loop {
            self.progress.check()?;
            if let Some(status) = app.ended() {
                trial.end = TrialEnd::Died { status, said: app.log.last_line() };
                return Ok(());
            }
            match session.listen(LOOK) {
                Heard::Nothing => {}
                Heard::ScriptFinished if finished => {}
                Heard::ScriptFinished => (finished, start) = (true, Instant::now()),
                Heard::Closed(reason) => {
                    trial.end = after_close(app, reason);
                    return Ok(());
                }
            }
            let held = held(app.pid());
            let watches = held.iter().map(|instance| instance.len() as u64).sum();
            same = if watches == trial.watches { same + 1 } else { 0 };
            (trial.watches, trial.instances) = (watches, held.len() as u64);
            let enough = if watches == trial.need { LOOKS_AS_FORECAST } else { LOOKS_OTHERWISE };
            let late = start.elapsed() > self.patience.run;
            if late || finished && same >= enough {
                trial.end = if finished { TrialEnd::Counted } else { TrialEnd::StillRunning };
                let gap = self.streamlit.gap(&held, &mut Inventory::clone(&self.inventory), self.progress)?;
                (trial.unwatched_count, trial.unwatched) = (gap.unwatched_count, gap.unwatched);
                return Ok(());
            }
        }
    }
}

/// An app that dies closes its session a moment before it is seen to be dead.
fn after_close(app: &mut App, reason: String) -> TrialEnd {
    const LOOKS_FOR_END: usize = 20;
    for _ in 0..LOOKS_FOR_END {
        if let Some(status) = app.ended() {
            return TrialEnd::Died { status, said: app.log.last_line() };
        }
        std::thread::sleep(LOOK);
    }
    TrialEnd::SessionClosed { reason }
}

/// The (inode, sdev) pairs that a process watches, instance by instance; nothing where it has just ended.
fn held(pid: u32) -> Vec<Vec<(u64, u64)>> {
    let instances = watched_inodes(&Places::default(), pid).unwrap_or_default();
    instances.into_iter().map(|one| one.into_iter().map(|watch| (watch.ino, u64::from(watch.sdev))).collect()).collect()
}
