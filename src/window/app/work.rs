//! The jobs that may be under way, one of each kind.

use crate::diagnosis;
use crate::machine::{Holders, Machine};
use crate::progress::{Cancelled, Progress};
use crate::project::Launch;
use crate::report::{self, Format};
use crate::survey::{Request, Survey, SurveyError};
use crate::window::export;
use crate::window::fonts::{self, Chinese};
use crate::window::jobs::{Job, Wake};
use crate::window::state::Judged;
use crate::window::state::export::Dialog;
use crate::window::state::fix::{Offers, Told};
use crate::words::Words;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What was found where something was dropped.
pub(super) enum Dropped {
    Folder(PathBuf),
    /// The lines of a log that speak of inotify or of its limits.
    Lines(String),
    Nothing(PathBuf),
}

pub(super) type Rendered = (Format, bool, String);

/// What a survey brought: the facts, and the launch that was taken over from a running app.
pub(super) struct Taken {
    pub(super) judged: Box<Judged>,
    pub(super) running: Option<(u32, Launch)>,
}

pub(super) struct Work {
    pub(super) wake: Wake,
    refresh: Option<Duration>,
    pub(super) machine: Option<Job<Result<Machine, Cancelled>>>,
    pub(super) survey: Option<Job<Result<Taken, SurveyError>>>,
    pub(super) holders: Option<Job<Result<Holders, Cancelled>>>,
    pub(super) folder: Option<Job<Option<PathBuf>>>,
    pub(super) report_file: Option<Job<Option<PathBuf>>>,
    pub(super) rendered: Option<(Format, bool, Job<Rendered>)>,
    pub(super) written: Option<Job<Result<PathBuf, String>>>,
    pub(super) dropped: Option<Job<Dropped>>,
    pub(super) chinese: Option<Job<Option<Chinese>>>,
    pub(super) checks: Option<Job<Result<super::verify::Checked, SurveyError>>>,
    pub(super) offers: Option<Job<Result<Offers, Cancelled>>>,
    /// Something is being changed. Never dropped before it ends.
    pub(super) deed: Option<Job<Told>>,
}

impl Work {
    pub(super) const fn new(wake: Wake, refresh: Option<Duration>) -> Self {
        Self {
            wake,
            refresh,
            machine: None,
            survey: None,
            holders: None,
            folder: None,
            report_file: None,
            rendered: None,
            written: None,
            dropped: None,
            chinese: None,
            checks: None,
            offers: None,
            deed: None,
        }
    }

    pub(super) fn read_machine(&mut self, request: &Request) {
        let places = request.places.clone();
        self.machine = Some(Job::start("machine", &self.wake, move |progress| Machine::read(&places, progress)));
    }

    /// Starts over: a survey under way is stopped. `app` is the process whose launch is to be taken over.
    pub(super) fn survey(&mut self, request: &Request, app: Option<crate::machine::Process>) -> Progress {
        let mut request = request.clone();
        let job = Job::start("survey", &self.wake, move |progress| {
            if let Some(app) = app {
                adopt(&mut request, &app);
            }
            let survey = Survey::take(&request, progress)?;
            let diagnosis = diagnosis::judge(&survey);
            Ok(Taken { judged: Box::new(Judged { survey, diagnosis }), running: request.running })
        });
        let progress = job.progress.clone();
        self.survey = Some(job);
        progress
    }

    pub(super) fn stop_survey(&mut self) {
        self.survey = None;
    }

    /// Keeps reading the processes until they are not as `shown` any more.
    pub(super) fn refresh_holders(&mut self, request: &Request, shown: &Holders) {
        let Some(refresh) = self.refresh.filter(|_| self.holders.is_none()) else { return };
        let (places, shown) = (request.places.clone(), shown.clone());
        self.holders = Some(Job::start("processes", &self.wake, move |progress| {
            loop {
                // Nothing tells of a new watch; looking from time to time is all that can be done.
                std::thread::sleep(refresh);
                progress.check()?;
                let now = Holders::read(&places, progress)?;
                if now != shown {
                    return Ok(now);
                }
            }
        }));
    }

    /// Nobody looks at the processes: they are not read.
    pub(super) fn leave_holders(&mut self) {
        self.holders = None;
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

    /// Makes the preview for the dialog's choices, unless that is under way.
    pub(super) fn render_report(&mut self, dialog: &Dialog, judged: &Judged, request: &Request, words: &Arc<Words>) {
        let choices = (dialog.format, dialog.redact);
        if self.rendered.as_ref().is_some_and(|(format, redact, _)| (*format, *redact) == choices) {
            return;
        }
        let judged = Judged { survey: judged.survey.clone(), diagnosis: judged.diagnosis.clone() };
        let (request, words, (format, redact)) = (request.clone(), Arc::clone(words), choices);
        let job = Job::start("report", &self.wake, move |_| {
            (format, redact, export::render(&judged, &request, &words, format, redact))
        });
        self.rendered = Some((format, redact, job));
    }

    /// Writes exactly what the preview shows.
    pub(super) fn write_report(&mut self, path: PathBuf, text: String, words: &Arc<Words>) {
        let words = Arc::clone(words);
        self.written = Some(Job::start("save", &self.wake, move |_| {
            let written = report::write_file(&path, text.as_bytes());
            written.map(|()| path).map_err(|error| error.sentence(&words))
        }));
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
    if path.is_dir() {
        return Dropped::Folder(path);
    }
    let lines = end_of(&path, MOST).map(|text| error_lines(&text)).unwrap_or_default();
    if lines.is_empty() { Dropped::Nothing(path) } else { Dropped::Lines(lines) }
}

fn end_of(path: &Path, most: u64) -> std::io::Result<String> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = std::fs::File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    file.seek(SeekFrom::Start(metadata.len().saturating_sub(most)))?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
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
