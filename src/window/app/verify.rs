//! The fourth step's work: new facts, then every check on them; a trial of the app; restarting one. All of it off the
//! drawing thread.

use super::signals::Signals;
use super::work::{Checked, Taken};
use super::{PROGRESS, WindowApp};
use crate::diagnosis::Finding;
use crate::progress::Progress;
use crate::project::tree::Depth;
use crate::remedy::offer::Case;
use crate::remedy::{Journal, Plan};
use crate::say;
use crate::survey::{Request, Survey, SurveyError};
use crate::verification::trial::{self, Patience, Preview};
use crate::verification::{self, Expectation, Figures, Outcome};
use crate::window::jobs::{Crashed, Job, take};
use crate::window::notifier::News;
use crate::window::state::Judged;
use crate::window::state::WizardStep;
use crate::window::state::fix::{Card, Open};
use crate::window::state::verify::{Asked, LEFT, Prospects, Stage, TrialRun, VerifyPage};
use eframe::egui::Context;
use std::sync::Arc;
use std::time::Instant;

impl WindowApp {
    /// Goes on to prove what was just applied. While an app is under trial that would be counted along: then the facts
    /// are taken anew, and no more.
    pub(super) fn prove(&mut self) {
        self.show_from_top(WizardStep::Verify);
        let verify = &mut self.state.verify;
        (verify.asked, verify.by_hand, verify.all_told) = (None, false, false);
        verify.checks.clear();
        if self.work.trial.is_some() {
            return self.scan();
        }
        self.stop_checks();
        self.run_checks();
    }

    /// Runs the checks, unless they run already. An app under trial would be counted along.
    pub(super) fn run_checks(&mut self) {
        if self.work.checks.is_some() || self.work.trial.is_some() {
            return;
        }
        let started = self.state.fix.just_started();
        let request = self.state.request.clone();
        let (notifier, words, began) = (self.work.notifier.clone(), Arc::clone(&self.words), Instant::now());
        let job = Job::start("checks", &self.work.wake, move |progress| {
            let checked = check(request, started, progress);
            if let Ok((_, checks)) = &checked {
                let passed = checks.iter().filter(|check| check.outcome == Outcome::Passed).count();
                let text = || say!(words, "check-tag", passed = passed, total = checks.len());
                notifier.tell(began, || News { title: say!(words, "notifier-checks"), text: text() });
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

    /// Forgets the checks for another project: nothing of the old one is compared with it. Its app is ended if it is
    /// under trial.
    pub(super) fn forget_checks(&mut self) {
        self.stop_checks();
        self.stop_trial();
        self.work.prospects = None;
        self.state.verify = VerifyPage { trial: self.state.verify.trial, ..VerifyPage::default() };
    }

    /// The first facts of a project are the ones to compare with.
    pub(super) fn remember_before(&mut self, judged: &Judged) {
        let verify = &mut self.state.verify;
        if judged.survey.project.is_some() && verify.before.is_none() {
            verify.before = Some(Figures::of(&judged.survey));
            verify.was_broken = judged.diagnosis.findings.iter().any(is_checked);
        }
    }

    /// Starts the person's app, because they asked for it.
    pub(super) fn run_trial(&mut self) {
        let Some(judged) = self.state.facts.ready() else { return };
        if self.work.trial.is_some() || self.work.checks.is_some() {
            return;
        }
        let judged = Arc::clone(judged);
        let run = move |progress: &Progress| trial::run(&judged.survey, Patience::default(), progress);
        self.hold_signals(true);
        self.work.trial = Some(Job::start("trial", &self.work.wake, run));
        self.state.verify.failed = None;
        self.state.verify.trial = Some(TrialRun { since: Instant::now(), stopping: false });
    }

    /// Ends the app under trial. The job is kept until that is done.
    pub(super) fn stop_trial(&mut self) {
        if let (Some(job), Some(run)) = (&self.work.trial, &mut self.state.verify.trial) {
            job.progress.cancel();
            run.stopping = true;
        }
    }

    /// Ctrl+C and the like end the app under trial first, then this program.
    fn hold_signals(&mut self, held: bool) {
        if self.work.signals.is_none() {
            let signals = Signals::new().map_err(|error| log::warn!("signals are not heeded: {error}"));
            self.work.signals = signals.ok();
        }
        if let Some(signals) = &self.work.signals {
            signals.hold(held);
        }
    }

    /// Looks often while an app is under trial, because a signal wakes nobody.
    pub(super) fn heed_signals(&mut self, ctx: &Context) {
        if self.work.trial.is_none() {
            return;
        }
        ctx.request_repaint_after(PROGRESS);
        if self.work.signals.as_ref().is_some_and(Signals::asked) {
            self.stop_trial();
            self.closing = true;
        }
    }

    /// Carries out what was shown, then looks again whether it helped.
    pub(super) fn restart(&mut self, plan: Plan) {
        let verify = &mut self.state.verify;
        (verify.asked, verify.check_after) = (None, true);
        verify.forget_trial();
        self.apply(plan);
    }

    /// Works out what can be done from the fourth step, while it is looked at.
    pub(super) fn make_prospects(&mut self) {
        if let (None, Stage::RestartLeft(apps)) = (self.state.verify.asked, self.state.stage()) {
            // The one act that is left is shown without being asked for.
            self.state.verify.asked = apps.first().map(|pid| Asked { check: LEFT, pid: *pid, kill: false });
        }
        let (fix, verify) = (&self.state.fix, &self.state.verify);
        let wanted = (fix.round, verify.asked);
        let made = verify.prospects.as_ref().is_some_and(|prospects| prospects.made_for == wanted);
        let busy = self.work.prospects.is_some() || fix.doing.is_some();
        if self.state.step != WizardStep::Verify || made || busy {
            return;
        }
        let (Some(case), Some(judged)) = (&fix.case, self.state.facts.ready()) else { return };
        let (case, judged) = (Arc::clone(case), Arc::clone(judged));
        self.work.prospects =
            Some(Job::start("prospects", &self.work.wake, move |_| prospects(&case, &judged.survey, wanted)));
    }

    /// Has the third step begin with the act that is left, too.
    fn offer_what_is_left(&mut self) {
        let Stage::RestartLeft(apps) = self.state.stage() else { return };
        let fix = &mut self.state.fix;
        fix.open = Open::Card(Card::Restart);
        if let Some(choices) = &mut fix.choices {
            choices.app = apps.first().copied();
        }
    }

    pub(super) fn collect_checks(&mut self) {
        if let Some(checked) = take(&mut self.work.checks) {
            self.state.verify.running = None;
            match checked {
                Ok(Ok((taken, checks))) => {
                    self.take_survey(Ok(Ok(taken)));
                    self.state.verify.take_checks(checks);
                    self.offer_what_is_left();
                }
                Ok(Err(SurveyError::Cancelled(_))) => {}
                Ok(Err(error)) => self.state.verify.failed = Some(error.sentence(&self.words)),
                Err(Crashed(message)) => self.state.verify.failed = Some(message),
            }
        }
        if let Some(tried) = take(&mut self.work.trial) {
            self.hold_signals(false);
            let wanted = self.state.verify.trial.take().is_some_and(|run| !run.stopping);
            match tried {
                Ok(Ok(check)) if wanted => self.state.verify.take_trial(check),
                Err(Crashed(message)) => self.state.verify.failed = Some(message),
                Ok(_) => {}
            }
        }
        match take(&mut self.work.prospects) {
            Some(Ok(prospects)) => self.state.verify.prospects = Some(prospects),
            Some(Err(Crashed(message))) => self.state.verify.failed = Some(message),
            None => {}
        }
    }
}

/// Takes the facts, after the app that was just `started` has settled, and checks them.
fn check(request: Request, started: Option<u32>, progress: &Progress) -> Result<Checked, SurveyError> {
    if let Some(pid) = started {
        verification::settle(&request.places, pid, progress)?;
    }
    // As deep as the wizard's own look: what the remedies need is then known without a further one.
    let request = Request { depth: Depth::WithCaches, ..request };
    let survey = Survey::take(&request, progress)?;
    let entries = Journal::of_person(&request.variables).and_then(|journal| journal.entries());
    // Without a journal nothing was chosen here; the checks are then only less strict.
    let entries = entries.map_err(|error| log::warn!("the journal: {error}")).unwrap_or_default();
    let root = survey.project.as_ref().map(|project| project.root.as_path());
    let expected = Expectation::of_journal(&entries.entries, root);
    let checks = verification::run(&survey, &expected, progress)?;
    Ok((Taken::of(survey, request), checks))
}

fn prospects(case: &Case, survey: &Survey, made_for: (u64, Option<Asked>)) -> Prospects {
    let restart = made_for.1.map(|asked| case.restart(asked.pid, asked.kill));
    Prospects { made_for, trial: Preview::of(survey), restart }
}

/// Tells whether the checks would fail for it: only what they prove gone may be called fixed.
const fn is_checked(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::Exhausted { .. }
            | Finding::NeedExceedsFree { .. }
            | Finding::QueueTooShort(_)
            | Finding::AppLoops { .. }
            | Finding::SilentGap { .. }
            | Finding::SettingsFileBroken { .. }
            | Finding::LostAtBoot { .. }
    )
}
