//! The fourth step's work: new facts, then every check on them, off the drawing thread.

use super::App;
use super::collect::take;
use super::work::Taken;
use crate::diagnosis;
use crate::progress::Progress;
use crate::remedy::Journal;
use crate::say;
use crate::survey::{Request, Survey, SurveyError};
use crate::verification::{self, Check, Expectation, Figures, Outcome};
use crate::window::herald::News;
use crate::window::jobs::{Crashed, Job};
use crate::window::state::Judged;
use crate::window::state::verify::VerifyPage;
use std::sync::Arc;
use std::time::Instant;

/// New facts, and what the checks say of them.
pub(super) type Checked = (Taken, Vec<Check>);

impl App {
    /// Runs the checks, unless they run already.
    pub(super) fn run_checks(&mut self) {
        if self.work.checks.is_some() {
            return;
        }
        let request = self.state.request.clone();
        let (herald, words, began) = (self.work.herald.clone(), Arc::clone(&self.words), Instant::now());
        let job = Job::start("checks", &self.work.wake, move |progress| {
            let checked = check(request, progress);
            if let Ok((_, checks)) = &checked {
                let passed = checks.iter().filter(|check| check.outcome == Outcome::Passed).count();
                let text = || say!(words, "check-tag", passed = passed, total = checks.len());
                herald.tell(began, || News { title: say!(words, "herald-checks"), text: text() });
            }
            checked
        });
        self.state.verify.running = Some(job.progress.clone());
        self.state.verify.failed = None;
        self.work.checks = Some(job);
    }

    /// Stops the checks; every watch they hold is released.
    pub(super) fn stop_checks(&mut self) {
        self.work.checks = None;
        self.state.verify.running = None;
    }

    /// Another project: nothing of the old one is compared with it.
    pub(super) fn forget_checks(&mut self) {
        self.stop_checks();
        self.state.verify = VerifyPage::default();
    }

    /// The first facts of a project are the ones to compare with.
    pub(super) fn remember_before(&mut self, survey: &Survey) {
        if survey.project.is_some() {
            self.state.verify.before.get_or_insert_with(|| Figures::of(survey));
        }
    }

    pub(super) fn collect_checks(&mut self) {
        let Some(checked) = take(&mut self.work.checks) else { return };
        self.state.verify.running = None;
        match checked {
            Ok(Ok((taken, checks))) => {
                self.take_survey(Ok(Ok(taken)));
                self.state.verify.checks = checks;
            }
            Ok(Err(SurveyError::Cancelled(_))) => {}
            Ok(Err(error)) => self.state.verify.failed = Some(error.sentence(&self.words)),
            Err(Crashed(message)) => self.state.verify.failed = Some(message),
        }
    }
}

fn check(request: Request, progress: &Progress) -> Result<Checked, SurveyError> {
    let survey = Survey::take(&request, progress)?;
    let entries = Journal::of_person(&request.variables).and_then(|journal| journal.entries());
    // Without a journal nothing was chosen here; the checks are then only less strict.
    let entries = entries.map_err(|error| log::warn!("the journal: {error}")).unwrap_or_default();
    let root = survey.project.as_ref().map(|project| project.root.as_path());
    let expected = Expectation::of_journal(&entries.entries, root);
    let checks = verification::run(&survey, &expected, progress)?;
    let diagnosis = diagnosis::judge(&survey);
    Ok((Taken { judged: Box::new(Judged { survey, diagnosis }), running: request.running }, checks))
}
