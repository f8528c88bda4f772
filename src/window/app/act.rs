//! Carrying out what was asked for.

use super::WindowApp;
use crate::machine::Process;
use crate::project::LaunchCommand;
use crate::say;
use crate::window::look::Action;
use crate::window::state::export::Dialog;
use crate::window::state::{DiagnosisPage, SurveyState, WizardStep};
use crate::words::{Language, Words};
use eframe::egui::{Context, ViewportCommand};
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl WindowApp {
    /// Carries out one action.
    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Go(step) => self.go(step),
            Action::Choose(path) => self.choose(path),
            Action::ChooseAll(path) => self.choose_all(path),
            Action::MeanLarge => self.state.project.large_is_meant = true,
            Action::ListFolders(folder) => self.list_folders(folder),
            Action::ChooseRunning(pid) => self.choose_running(pid),
            Action::Forget => self.forget(),
            Action::Script(path) => self.rescan(|request| request.script = Some(path)),
            Action::StartedIn(folder) => self.rescan(|request| request.cwd = Some(folder)),
            Action::Python(path) => self.rescan(|request| request.python = Some(path)),
            Action::AskForFolder => self.ask_for_folder(),
            Action::Dropped(path) => self.work.look_at_dropped(path),
            Action::Scan => self.scan(),
            Action::Cancel => self.cancel(),
            Action::Speak(language) => self.choose_language(language),
            Action::Show(theme) => {
                self.settings.theme = theme;
                self.keeper.keep(&self.settings);
                self.follow_theme(ctx);
            }
            Action::Export => self.open_export(),
            Action::AskForReportFile => self.ask_for_report_file(),
            Action::WriteReport => self.write_report(),
            Action::CloseExport => self.state.export = None,
            Action::About => self.state.about = true,
            Action::CloseAbout => self.state.about = false,
            Action::Apply(plan) => self.apply(*plan),
            Action::RunChecks => self.run_checks(),
            Action::CheckNow => {
                self.show_from_top(WizardStep::Verify);
                self.run_checks();
            }
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::StopChecks => self.stop_checks(),
            Action::RunTrial => self.run_trial(),
            Action::StopTrial => self.stop_trial(),
            Action::Restart(plan) => self.restart(*plan),
            Action::CopyReport => self.copy_report(ctx),
            Action::OpenReport(path) => self.work.open_report(path, &self.state.request.variables, &self.words),
            Action::OpenFile(path) => self.open_file(path),
            Action::Undo(id) => self.undo(id),
            Action::Finish(id) => self.finish(id),
            Action::Copy(text) => {
                ctx.copy_text(text.clone());
                self.state.copied = Some(text);
            }
        }
    }

    /// Goes to a step. Every later one needs facts; without a project they are the machine's.
    fn go(&mut self, step: WizardStep) {
        if step > WizardStep::Project && !self.state.leads_on() {
            return;
        }
        self.state.project.list.close();
        self.state.step = step;
        if step != WizardStep::Project && matches!(self.state.facts, SurveyState::None) {
            self.scan();
        }
    }

    /// Shows a step from its beginning, wherever its page was scrolled to before.
    pub(super) fn show_from_top(&mut self, step: WizardStep) {
        (self.state.step, self.state.to_top) = (step, true);
    }

    /// Takes the folder as the project. The whole computer or home folder is asked about first.
    pub(super) fn choose(&mut self, path: PathBuf) {
        if self.state.is_wide(&path) {
            self.forget();
            self.state.project.folder = self.state.shown(&path);
            self.state.project.asked = Some(path);
            self.state.step = WizardStep::Project;
            return;
        }
        self.choose_all(path);
    }

    fn choose_all(&mut self, path: PathBuf) {
        self.state.project.large_is_meant = self.state.project.asked.as_ref() == Some(&path);
        self.state.project.asked = None;
        self.state.project.list.close();
        self.state.project.folder = self.state.shown(&path);
        self.state.project.chosen_nothing = false;
        let request = &mut self.state.request;
        (request.script, request.python, request.command, request.running) = (None, None, None, None);
        (request.project, request.cwd) = (Some(path), None);
        let DiagnosisPage { tab, details, watched, growth, .. } = std::mem::take(&mut self.state.diagnosis);
        self.state.diagnosis = DiagnosisPage { tab, details, watched, growth, ..DiagnosisPage::default() };
        self.forget_fix();
        self.forget_checks();
        self.scan();
    }

    fn forget(&mut self) {
        let request = &mut self.state.request;
        (request.project, request.script, request.python, request.running) = (None, None, None, None);
        (request.command, request.cwd) = (None, None);
        self.state.project.asked = None;
        self.state.project.list.close();
        self.forget_fix();
        self.forget_checks();
        self.work.stop_survey();
        self.state.facts = SurveyState::None;
    }

    /// The app's folder becomes the project, its launch is taken over.
    fn choose_running(&mut self, pid: u32) {
        let Some(app) = self.running_app(pid) else { return };
        let Some(folder) = project_of(&app, self.state.home.as_deref()) else { return };
        self.choose_all(folder);
        self.start_survey(Some(app));
        self.show_from_top(WizardStep::Diagnosis);
    }

    fn running_app(&self, pid: u32) -> Option<Process> {
        let surveyed = self.state.facts.ready().map(|judged| &judged.survey.machine);
        let machine = surveyed.or(self.state.machine.as_ref())?;
        machine.holders.processes.iter().find(|process| process.pid == pid).cloned()
    }

    fn rescan(&mut self, change: impl FnOnce(&mut crate::survey::Request)) {
        change(&mut self.state.request);
        self.state.request.running = None;
        self.scan();
    }

    /// Takes all facts again.
    pub(super) fn scan(&mut self) {
        self.start_survey(None);
    }

    /// Starts a survey: what the checks said of older facts is not said of the new ones.
    fn start_survey(&mut self, app: Option<Process>) {
        self.stop_checks();
        self.state.verify.checks.clear();
        self.state.diagnosis.holders = None;
        self.forget_relief();
        let progress = self.work.survey(&self.state.request, app, &self.words);
        self.state.facts = SurveyState::Taking(progress);
    }

    fn cancel(&mut self) {
        if let SurveyState::Taking(progress) = &self.state.facts {
            progress.cancel();
        }
    }

    /// Changes the language. Chinese needs a font of the system, which is looked for in the background first.
    pub(super) fn speak(&mut self, language: Language) {
        self.language = language;
        self.state.no_chinese_font = false;
        if language == Language::Chinese && !self.chinese_font {
            if self.work.chinese.is_none() {
                self.work.find_chinese();
            }
            return;
        }
        if language != self.words.language() {
            self.words = Arc::new(Words::new(language).at_home(self.state.home.clone()));
            self.work.sampler = None; // its notifications are in the language it was started with
        }
        if let Some(dialog) = &mut self.state.export {
            dialog.made = None;
        }
    }

    fn choose_language(&mut self, language: Language) {
        self.settings.language = Some(language.tag().to_owned());
        self.keeper.keep(&self.settings);
        self.speak(language);
    }

    fn ask_for_folder(&mut self) {
        if self.work.folder.is_some() {
            return;
        }
        self.state.project.choosing = true;
        self.state.project.list.open = true;
        let start = self.state.request.project.clone().or_else(|| self.state.home.clone());
        self.work.ask_for_folder(say!(self.words, "project-choose-title"), start);
    }

    /// Opens the export. Without facts there is nothing to report yet: they are taken first.
    fn open_export(&mut self) {
        if matches!(self.state.facts, SurveyState::None | SurveyState::Failed(_)) {
            self.scan();
        }
        self.state.export = Some(Dialog::new(self.state.home.as_deref()));
    }

    fn ask_for_report_file(&mut self) {
        let Some(dialog) = &mut self.state.export else { return };
        dialog.busy = true;
        let file = dialog.file(self.state.home.as_deref());
        self.work.ask_for_report_file(say!(self.words, "export-title"), file.as_deref());
    }

    fn write_report(&mut self) {
        let Some(dialog) = &mut self.state.export else { return };
        let (Some(path), Some(text)) = (dialog.file(self.state.home.as_deref()), dialog.shown()) else { return };
        let text = text.to_owned();
        dialog.forget_outcome();
        dialog.busy = true;
        self.work.write_report(path, text, &self.words);
    }

    fn copy_report(&mut self, ctx: &Context) {
        let Some(dialog) = &mut self.state.export else { return };
        if let Some(markdown) = dialog.report().map(|made| made.markdown.clone()) {
            ctx.copy_text(markdown.clone());
            dialog.copied = true;
            self.state.copied = Some(markdown);
        }
    }
}

/// The folder that an app is started from, unless that is the home folder or its script lies elsewhere: then the
/// script's own folder.
fn project_of(app: &Process, home: Option<&Path>) -> Option<PathBuf> {
    let cwd = app.cwd.as_deref()?;
    let script = LaunchCommand::parse(&app.command).and_then(|command| command.script).map(|script| cwd.join(script));
    let too_wide = Some(cwd) == home || cwd == Path::new("/");
    match script {
        Some(script) if too_wide || !script.starts_with(cwd) => script.parent().map(Path::to_path_buf),
        _ => Some(cwd.to_path_buf()),
    }
}
