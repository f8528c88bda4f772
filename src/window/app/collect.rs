//! Taking the results of jobs.

use super::WindowApp;
use super::work::{Dropped, Taken};
use crate::survey::SurveyError;
use crate::window::fonts;
use crate::window::jobs::{Crashed, take};
use crate::window::state::{Failure, SurveyState, WizardStep};
use crate::words::Language;
use eframe::egui::Context;

impl WindowApp {
    /// Takes what the jobs have finished.
    pub(super) fn collect(&mut self, ctx: &Context) {
        self.collect_facts();
        self.collect_dialogs();
        self.collect_report();
        self.collect_fix();
        self.collect_logs();
        self.collect_checks();
        self.collect_relief();
        self.collect_list();
        self.collect_mend();
        if let Some(chinese) = take(&mut self.work.chinese) {
            self.take_chinese(ctx, chinese.ok().flatten().as_ref());
        }
    }

    fn collect_facts(&mut self) {
        if let Some(machine) = take(&mut self.work.machine) {
            match machine {
                Ok(Ok(machine)) => self.state.machine = Some(machine),
                Ok(Err(_)) => {}
                // The survey will meet the same mistake and show it where it matters.
                Err(crash) => log::error!("reading the machine's facts: {crash}"),
            }
        }
        if let Some(survey) = take(&mut self.work.survey) {
            self.take_survey(survey);
        }
    }

    pub(super) fn take_survey(&mut self, survey: Result<Result<Taken, SurveyError>, Crashed>) {
        self.state.facts = match survey {
            Ok(Ok(Taken { judged, case, running })) => {
                self.state.request.running = running;
                if let Some(project) = &judged.survey.project {
                    self.settings.remember(&project.root);
                    self.state.recent.clone_from(&self.settings.recent);
                    self.keeper.keep(&self.settings);
                }
                self.remember_before(&judged);
                self.state.fix.take(case);
                SurveyState::Ready(judged)
            }
            Ok(Err(error)) => SurveyState::Failed(Failure::Survey(error)),
            Err(Crashed(message)) => SurveyState::Failed(Failure::Crashed(message)),
        };
        // The field to correct is there. Who is further on has something else before their eyes: what came of it.
        if self.state.refuses_choice() && self.state.step <= WizardStep::Diagnosis {
            self.state.step = WizardStep::Project;
        }
        self.take_first_reading();
    }

    fn collect_dialogs(&mut self) {
        if let Some(folder) = take(&mut self.work.folder) {
            self.state.project.choosing = false;
            match folder.ok().flatten() {
                Some(folder) => self.choose(folder),
                None => {
                    self.state.project.chosen_nothing = true;
                    self.state.project.list.open = true;
                }
            }
        }
        match take(&mut self.work.dropped) {
            Some(Ok(Dropped::Folder(folder))) => self.choose(folder),
            Some(Ok(Dropped::Lines(lines))) => {
                self.state.project.error = lines;
                self.state.project.nothing_in = None;
            }
            Some(Ok(Dropped::Nothing(file))) => self.state.project.nothing_in = Some(file),
            Some(Err(crash)) => log::error!("looking at what was dropped: {crash}"),
            None => {}
        }
    }

    fn collect_report(&mut self) {
        let file = take(&mut self.work.report_file);
        let (written, opened) = (take(&mut self.work.written), take(&mut self.work.opened));
        let rendered = self.work.rendered.as_ref().and_then(|(.., job)| job.poll());
        if rendered.is_some() {
            self.work.rendered = None;
        }
        let Some(dialog) = &mut self.state.export else { return };
        if let Some(file) = file {
            dialog.busy = false;
            if let Some(file) = file.ok().flatten() {
                dialog.path = crate::words::shown_at_home(&file, self.state.home.as_deref());
            }
        }
        if let Some(written) = written {
            dialog.busy = false;
            dialog.outcome = Some(written.unwrap_or_else(|Crashed(message)| Err(message)));
        }
        if let Some(opened) = opened {
            dialog.not_opened = opened.unwrap_or_else(|Crashed(message)| Err(message)).err();
        }
        match rendered {
            Some(Ok(made)) => dialog.made = Some(made),
            Some(Err(Crashed(message))) => dialog.outcome = Some(Err(message)),
            None => {}
        }
    }

    fn take_chinese(&mut self, ctx: &Context, chinese: Option<&fonts::Chinese>) {
        self.chinese_font = chinese.is_some();
        if let Some(chinese) = chinese {
            fonts::install(ctx, Some(chinese));
            self.speak(self.language);
            ctx.request_repaint(); // fonts are in place from the next frame on
        } else {
            self.state.no_chinese_font = self.language == Language::Chinese;
        }
    }
}
