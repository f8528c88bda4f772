//! Finding out which directories a remedy would take away, off the drawing thread.

use super::WindowApp;
use crate::remedy::{Relief, Relieving};
use crate::window::jobs::{Job, take};
use std::sync::Arc;

/// The relief being found out, and the choice that it is for.
pub(super) type ReliefJob = (Relieving, Job<Result<Relief, crate::progress::Cancelled>>);

impl WindowApp {
    /// Starts, where it is asked for and not known.
    pub(super) fn find_relief(&mut self) {
        let Some(wanted) = self.state.diagnosis.shading.wanted() else { return };
        if self.work.relief.as_ref().is_some_and(|(of, _)| of == wanted) {
            return;
        }
        let (Some(judged), Some(case)) = (self.state.facts.ready(), &self.state.fix.case) else { return };
        let (case, judged, wanted) = (Arc::clone(case), Arc::clone(judged), wanted.clone());
        let of = wanted.clone();
        let job = Job::start("relief", &self.work.wake, move |progress| {
            let Some(project) = &judged.survey.project else { return Ok(Relief::default()) };
            case.relief(&wanted, &project.tree.folders, progress)
        });
        self.work.relief = Some((of, job));
    }

    /// Takes what was found out.
    pub(super) fn collect_relief(&mut self) {
        let Some((of, job)) = self.work.relief.take() else { return };
        let mut job = Some(job);
        match take(&mut job) {
            Some(Ok(Ok(relief))) => self.state.diagnosis.shading.found = Some((of, relief)),
            Some(Ok(Err(_))) => {}
            Some(Err(crash)) => {
                log::error!("looking for what a remedy takes away: {crash}");
                self.state.diagnosis.shading.chosen = None;
            }
            None => self.work.relief = job.map(|job| (of, job)),
        }
    }

    /// Forgets what was found out of old facts: it does not hold for the new.
    pub(super) fn forget_relief(&mut self) {
        self.work.relief = None;
        self.state.diagnosis.shading.found = None;
    }
}
