//! A settings file that only its owner can mend: opened for them, and watched until it can be read; the checks follow.

use super::WindowApp;
use crate::remedy::offer::mended;
use crate::window::jobs::{Crashed, Job, take};
use crate::window::state::WizardStep;
use std::path::PathBuf;
use std::sync::Arc;

/// The file that is watched.
pub(super) type MendJob = (PathBuf, Job<bool>);

impl WindowApp {
    /// Opens a file with the desktop's program for it.
    pub(super) fn open_file(&mut self, path: PathBuf) {
        let (variables, words) = (self.state.request.variables.clone(), Arc::clone(&self.words));
        self.state.fix.not_opened = None;
        self.work.file_opened =
            Some(Job::start("open", &self.work.wake, move |_| crate::window::export::open(&path, &variables, &words)));
    }

    /// Watches the file that is shown as broken, as long as it is, and no other.
    pub(super) fn watch_mend(&mut self) {
        let fix = &self.state.fix;
        let looked_at = matches!(self.state.step, WizardStep::Diagnosis | WizardStep::Fix);
        let mend = fix.offers.as_ref().and_then(|offers| offers.mend.as_ref());
        let wanted = mend.filter(|mend| looked_at && mend.repair.is_none() && fix.doing.is_none());
        let Some(file) = wanted.map(|mend| mend.file.clone()) else {
            self.work.mend = None;
            return;
        };
        if self.work.mend.as_ref().is_some_and(|(watched, _)| *watched == file) {
            return;
        }
        let watched = file.clone();
        let job = Job::start("mend", &self.work.wake, move |progress| mended(&watched, progress).is_ok());
        self.work.mend = Some((file, job));
    }

    /// Goes on to the proof once the file can be read.
    pub(super) fn collect_mend(&mut self) {
        if let Some(opened) = take(&mut self.work.file_opened) {
            self.state.fix.not_opened = opened.unwrap_or_else(|Crashed(message)| Err(message)).err();
        }
        let Some(outcome) = self.work.mend.as_ref().and_then(|(_, job)| job.poll()) else { return };
        self.work.mend = None;
        if outcome == Ok(true) {
            // What was offered is of the broken file.
            self.state.fix.offers = None;
            self.prove();
        }
    }
}
