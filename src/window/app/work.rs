//! The jobs that may be under way, one of each kind.

use super::sampler::Sampler;
use super::signals::Signals;
use crate::diagnosis;
use crate::guarded;
use crate::machine::Machine;
use crate::progress::{Cancelled, Progress};
use crate::project::Launch;
use crate::project::logs::end_of;
use crate::project::tree::Depth;
use crate::remedy::offer::Case;
use crate::remedy::restart::log::{AppLog, LogEnd};
use crate::report::{self, Format};
use crate::say;
use crate::survey::{Request, Survey, SurveyError};
use crate::verification::Check;
use crate::window::export;
use crate::window::fonts::{self, Chinese};
use crate::window::jobs::{Job, Wake};
use crate::window::notifier::{News, Notifier};
use crate::window::state::Judged;
use crate::window::state::export::{Dialog, Made};
use crate::window::state::fix::{Offers, Told};
use crate::window::state::verify::{Prospects, VerifyPage};
use crate::words::Words;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Things found where something was dropped.
pub(super) enum Dropped {
    Folder(PathBuf),
    /// The lines of a log that speak of inotify or of its limits.
    Lines(String),
    Nothing(PathBuf),
}

/// Results of a survey: the facts, and the launch that was taken over from a running app.
pub(super) struct Taken {
    pub(super) judged: Arc<Judged>,
    /// The context that the remedies go by.
    pub(super) case: Case,
    pub(super) running: Option<(u32, Launch)>,
}

impl Taken {
    /// Judges the facts that `request` brought.
    pub(super) fn of(survey: Survey, request: Request) -> Self {
        let diagnosis = diagnosis::judge(&survey);
        let case = Case::of(&survey, &diagnosis, &request.variables, &request.places);
        Self { judged: Arc::new(Judged { survey, diagnosis }), case, running: request.running }
    }
}

/// The new facts, and what the checks say of them.
pub(super) type Checked = (Taken, Vec<Check>);

pub(super) struct Jobs {
    pub(super) wake: Wake,
    pub(super) notifier: Notifier,
    pub(super) refresh: Option<Duration>,
    pub(super) machine: Option<Job<Result<Machine, Cancelled>>>,
    pub(super) survey: Option<Job<Result<Taken, SurveyError>>>,
    pub(super) sampler: Option<Sampler>,
    pub(super) relief: Option<super::relief::ReliefJob>,
    pub(super) folder: Option<Job<Option<PathBuf>>>,
    pub(super) report_file: Option<Job<Option<PathBuf>>>,
    pub(super) rendered: Option<(Format, bool, Job<Made>)>,
    pub(super) written: Option<Job<Result<PathBuf, String>>>,
    pub(super) opened: Option<Job<Result<(), String>>>,
    pub(super) file_opened: Option<Job<Result<(), String>>>,
    pub(super) mend: Option<super::mend::MendJob>,
    pub(super) dropped: Option<Job<Dropped>>,
    pub(super) list: Option<super::folder_list::ListJob>,
    pub(super) chinese: Option<Job<Option<Chinese>>>,
    pub(super) checks: Option<Job<Result<Checked, SurveyError>>>,
    /// The person's app is under trial. Never dropped before it ends, and the app with it.
    pub(super) trial: Option<Job<Result<Check, Cancelled>>>,
    /// Signals, from the first trial on.
    pub(super) signals: Option<Signals>,
    pub(super) prospects: Option<Job<Prospects>>,
    pub(super) offers: Option<Job<Result<Offers, Cancelled>>>,
    /// The change that is being made. Never dropped before it ends.
    pub(super) deed: Option<Job<Told>>,
    /// Logs that are looked at, each waiting for more.
    pub(super) logs: Vec<(AppLog, Job<Result<LogEnd, Cancelled>>)>,
}

impl Jobs {
    pub(super) const fn new(wake: Wake, refresh: Option<Duration>, notifier: Notifier) -> Self {
        Self {
            wake,
            notifier,
            refresh,
            machine: None,
            survey: None,
            sampler: None,
            relief: None,
            folder: None,
            report_file: None,
            rendered: None,
            written: None,
            opened: None,
            file_opened: None,
            mend: None,
            dropped: None,
            list: None,
            chinese: None,
            checks: None,
            trial: None,
            signals: None,
            prospects: None,
            offers: None,
            deed: None,
            logs: Vec::new(),
        }
    }

    pub(super) fn read_machine(&mut self, request: &Request) {
        let places = request.places.clone();
        self.machine = Some(Job::start("machine", &self.wake, move |progress| Machine::read(&places, progress)));
    }

    /// Starts over: a survey under way is stopped. `app` is the process whose launch is to be taken over.
    pub(super) fn survey(
        &mut self,
        request: &Request,
        app: Option<crate::machine::Process>,
        words: &Arc<Words>,
    ) -> Progress {
        let mut request = Request { depth: Depth::WithCaches, ..request.clone() };
        let (notifier, words, began) = (self.notifier.clone(), Arc::clone(words), Instant::now());
        let job = Job::start("survey", &self.wake, move |progress| {
            if let Some(app) = app {
                adopt(&mut request, &app);
            }
            let survey = Survey::take(&request, progress)?;
            let taken = Taken::of(survey, request);
            let text = || taken.judged.diagnosis.headline(&words);
            notifier.tell(began, || News { title: say!(words, "notifier-scan"), text: text() });
            Ok(taken)
        });
        let progress = job.progress.clone();
        self.survey = Some(job);
        progress
    }

    pub(super) fn stop_survey(&mut self) {
        self.survey = None;
    }

    /// The desktop's folder dialog. It may block for as long as the user thinks about it.
    pub(super) fn ask_for_folder(&mut self, title: String, start: Option<PathBuf>) {
        self.folder = Some(Job::start("folder-dialog", &self.wake, move |_| {
            let mut dialog = rfd::FileDialog::new().set_title(title);
            if let Some(start) = start {
                dialog = dialog.set_directory(start);
            }
            dialog.pick_folder()
        }));
    }

    pub(super) fn ask_for_report_file(&mut self, title: String, file: Option<&Path>) {
        let folder = file.and_then(Path::parent).map(Path::to_path_buf);
        let name = file.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        self.report_file = Some(Job::start("file-dialog", &self.wake, move |_| {
            let mut dialog = rfd::FileDialog::new().set_title(title);
            if let Some(folder) = folder {
                dialog = dialog.set_directory(folder);
            }
            dialog.set_file_name(name.unwrap_or_default()).save_file()
        }));
    }

    /// Makes the report for the dialog's choices, unless that is under way.
    pub(super) fn render_report(
        &mut self,
        dialog: &Dialog,
        (judged, verify): (&Arc<Judged>, &VerifyPage),
        request: &Request,
        words: &Arc<Words>,
    ) {
        let (format, redact) = (dialog.format, dialog.redact);
        if self.rendered.as_ref().is_some_and(|(now, hidden, _)| (*now, *hidden) == (format, redact)) {
            return;
        }
        let (judged, checks) = (Arc::clone(judged), verify.checks.clone());
        // Without checks nothing is claimed about what became of it.
        let before = verify.before.filter(|_| verify.is_checked());
        // A report names paths in full; what is to be left out of it is for its redaction to say.
        let (request, words) = (request.clone(), Words::new(words.language()));
        let job = Job::start("report", &self.wake, move |_| {
            export::make(&judged, (&checks, before), &request, &words, (format, redact))
        });
        self.rendered = Some((format, redact, job));
    }

    /// Writes exactly what was made.
    pub(super) fn write_report(&mut self, path: PathBuf, text: String, words: &Arc<Words>) {
        let words = Arc::clone(words);
        self.written = Some(Job::start("save", &self.wake, move |_| {
            let written = report::write_file(&path, text.as_bytes());
            written.map(|()| path).map_err(|error| error.sentence(&words))
        }));
    }

    /// Has the desktop open a saved report. What it is opened with may stay for as long as the person reads.
    pub(super) fn open_report(&mut self, path: PathBuf, variables: &BTreeMap<OsString, OsString>, words: &Arc<Words>) {
        let (variables, words) = (variables.clone(), Arc::clone(words));
        self.opened = Some(Job::start("open", &self.wake, move |_| export::open(&path, &variables, &words)));
    }

    pub(super) fn look_at_dropped(&mut self, path: PathBuf) {
        self.dropped = Some(Job::start("dropped", &self.wake, move |_| look_at(path)));
    }

    pub(super) fn find_chinese(&mut self) {
        self.chinese = Some(Job::start("fonts", &self.wake, |_| fonts::find_chinese()));
    }
}

/// Takes over how a running app was started. Reads its environment and files.
fn adopt(request: &mut Request, app: &crate::machine::Process) {
    let running = crate::survey::RunningApp::of(&request.places, app);
    request.running = running.map(|running| (app.pid, running.launch));
}

/// A folder is a project; of a file, only the end is read, and only the lines that matter are kept.
fn look_at(path: PathBuf) -> Dropped {
    const MOST: u64 = 256 * 1024;
    if guarded::is_folder(&path) {
        return Dropped::Folder(path);
    }
    let text = end_of(&path, MOST).unwrap_or_default();
    let lines = error_lines(&String::from_utf8_lossy(&text));
    if lines.is_empty() { Dropped::Nothing(path) } else { Dropped::Lines(lines) }
}

/// The last few lines that may be about this.
fn error_lines(text: &str) -> String {
    const MARKS: [&str; 6] = ["inotify", "enospc", "emfile", "no space left", "too many open files", "watch limit"];
    let speaks = |line: &&str| MARKS.iter().any(|mark| line.to_lowercase().contains(mark));
    let mut lines: Vec<&str> = text.lines().rev().filter(speaks).take(3).collect();
    lines.reverse();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_log_only_what_matters_is_kept() {
        let log = "start\nOSError: [Errno 28] inotify watch limit reached\nGET /\nToo many open files\nend\n";
        assert_eq!(error_lines(log), "OSError: [Errno 28] inotify watch limit reached\nToo many open files");
        assert_eq!(error_lines("all is well\n"), "");
    }
}
