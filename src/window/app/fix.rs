//! The third step's work: making the offers, applying and taking back, each off the drawing thread.

use super::WindowApp;
use crate::remedy::raise_limits::Way;
use crate::remedy::{Journal, Plan, PlanOutcome, RemedyError, RemedyName, Undo, apply, finish, undo};
use crate::window::jobs::{Crashed, Job, take};
use crate::window::state::WizardStep;
use crate::window::state::fix::{Doing, FixPage, Offers, Told};
use eframe::egui::{Context, ViewportCommand};
use std::sync::Arc;

impl WindowApp {
    /// Forgets the plans for another project: nothing of the old one's plans is kept. What is being done goes on.
    pub(super) fn forget_fix(&mut self) {
        let doing = self.state.fix.doing;
        self.work.offers = None;
        self.state.fix = FixPage { doing, round: self.state.fix.round, ..FixPage::default() };
    }

    /// Makes the offers for what is chosen now, while they are looked at. The facts they go by are there by then.
    pub(super) fn make_offers(&mut self) {
        let fix = &self.state.fix;
        let idle = self.work.offers.is_none() && fix.doing.is_none() && self.work.checks.is_none();
        if self.state.step == WizardStep::Project || !idle || fix.is_current() {
            return;
        }
        let (Some(case), Some(choices)) = (&fix.case, &fix.choices) else { return };
        let (case, round, choices) = (Arc::clone(case), fix.round, choices.clone());
        let known = fix.offers.as_ref().filter(|offers| offers.round == round);
        let found = known.map(|offers| Arc::clone(&offers.found));
        let journal = self.journal();
        self.work.offers = Some(Job::start("offers", &self.work.wake, move |progress| {
            Offers::make(&case, found, (round, choices), journal, progress)
        }));
    }

    fn journal(&self) -> Result<Journal, RemedyError> {
        Journal::of_person(&self.state.request.variables)
    }

    /// Carries out what the plan says, as it was shown.
    pub(super) fn apply(&mut self, plan: Plan) {
        let doing = Doing::Apply(plan.remedy);
        let journal = self.journal();
        self.start_deed(doing, move || {
            let outcome = match journal {
                Ok(journal) => apply(&plan, &journal, Way::of_window()),
                Err(error) => PlanOutcome::Failed { error, left: Vec::new() },
            };
            Told::Applied(Box::new(plan), outcome)
        });
    }

    pub(super) fn undo(&mut self, id: u32) {
        let journal = self.journal();
        self.state.fix.undoing = Some(id);
        self.start_deed(Doing::Undo(self.remedy_of(id)), move || {
            Told::Undone(journal.map_or_else(Undo::Failed, |journal| undo(&journal, id, Way::of_window())))
        });
    }

    pub(super) fn finish(&mut self, id: u32) {
        let journal = self.journal();
        self.start_deed(Doing::Apply(self.remedy_of(id)), move || {
            let finished = journal.and_then(|journal| {
                let plan = journal.entry(id)?.plan;
                Ok(Told::Applied(Box::new(plan), finish(&journal, id, Way::of_window())?))
            });
            finished.unwrap_or_else(Told::NotFinished)
        });
    }

    /// Returns the remedy that made an entry that is on screen.
    fn remedy_of(&self, id: u32) -> RemedyName {
        let fix = &self.state.fix;
        if let Some(Told::Applied(plan, PlanOutcome::Applied { id: told, .. })) = &fix.told
            && *told == id
        {
            return plan.remedy;
        }
        let history = fix.offers.as_ref().and_then(|offers| offers.history.as_ref().ok());
        let entry = history.and_then(|history| history.entries.iter().find(|entry| entry.id == id));
        entry.map_or(RemedyName::StreamlitConfig, |entry| entry.plan.remedy)
    }

    /// One deed at a time; its thread lives until it ends, as long as a password dialog is open, too.
    fn start_deed(&mut self, doing: Doing, deed: impl FnOnce() -> Told + Send + 'static) {
        if self.work.deed.is_some() {
            return;
        }
        self.state.fix.doing = Some(doing);
        self.state.fix.told = None;
        self.work.deed = Some(Job::start("deed", &self.work.wake, move |_| deed()));
    }

    /// Closes the window after the deed. Nothing is left half done: it stays until what is being changed is done.
    pub(super) fn close_after_deed(&mut self, ctx: &Context) {
        let working = self.work.deed.is_some() || self.work.trial.is_some();
        if working && ctx.input(|input| input.viewport().close_requested()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.closing = true;
            self.stop_trial();
        } else if !working && std::mem::take(&mut self.closing) {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// An app that was picked and restarted stays the picked one, with what is new in its environment.
    fn follow_restarts(&mut self) {
        for (restart, new) in self.state.fix.follow_restarts() {
            if let Some((pid, launch)) = &mut self.state.request.running
                && *pid == restart.pid
            {
                *pid = new;
                let set = restart.variables.into_iter();
                launch.variables.extend(set.map(|(name, value)| (name.into(), value.into())));
            }
        }
    }

    /// Takes what the jobs have finished. After a deed the facts are taken anew; what was applied is proved at once.
    pub(super) fn collect_fix(&mut self) {
        match take(&mut self.work.offers) {
            Some(Ok(Ok(offers))) => self.state.fix.offers = Some(offers),
            Some(Err(Crashed(message))) => {
                let told = Some(Told::Crashed(message));
                self.forget_fix();
                self.state.fix.told = told;
            }
            Some(Ok(Err(_))) | None => {}
        }
        if let Some(told) = take(&mut self.work.deed) {
            self.state.fix.tell(told.unwrap_or_else(|Crashed(message)| Told::Crashed(message)));
            self.follow_restarts();
            let check = std::mem::take(&mut self.state.verify.check_after);
            if self.state.fix.has_applied() {
                self.prove();
            } else if check {
                self.run_checks();
            } else {
                self.scan();
            }
        }
    }
}
