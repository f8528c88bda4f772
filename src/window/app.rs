//! The app: owns the state, starts jobs, takes their results, and draws.

mod act;
mod alarm;
mod announce;
mod appearance;
mod collect;
mod fix;
mod folder_list;
mod keyboard;
mod logs;
mod mend;
mod raise;
mod relief;
mod sampler;
mod signals;
mod verify;
mod work;

use super::activation::Activation;
use super::bus::Bus;
use super::jobs::Wake;
use super::look::{Actions, Look};
use super::notifier::Notifier;
use super::portal::Appearance;
use super::settings::{Keeper, WindowSettings};
use super::state::fix::Told;
use super::state::{Judged, SurveyState, WindowState};
use super::theme::{self, Tokens, size};
use super::{chrome, export, fonts, steps};
use crate::diagnosis;
use crate::remedy::offer::Case;
use crate::survey::{Request, Survey};
use crate::verification::Check;
use crate::words::{Language, Words};
use eframe::egui::{self, Context, Ui, UiBuilder};
use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use work::Jobs;

/// Interval at which progress is drawn while a survey runs.
const PROGRESS: Duration = Duration::from_millis(100);

/// The window.
pub struct WindowApp {
    state: WindowState,
    settings: WindowSettings,
    keeper: Keeper,
    words: Arc<Words>,
    /// The language asked for; `words` follow it.
    language: Language,
    chinese_font: bool,
    appearance: Appearance,
    /// The contrast and the size of text that were last applied.
    shown_as: (bool, f32),
    work: Jobs,
    /// The window is to be closed as soon as what is being changed is done.
    closing: bool,
    /// Starts of the program after this one.
    activation: Option<Activation>,
}

/// Parts with which the window is opened.
pub struct WindowStart {
    /// The request for the survey.
    pub request: Request,
    /// The language of the environment; one chosen in the window beats it.
    pub words: Words,
    /// The settings that were remembered.
    pub settings: WindowSettings,
    /// The file that remembers.
    pub settings_file: Option<PathBuf>,
    /// The bus on which the desktop is asked for its colour scheme, and told when long work has ended; `None`: neither.
    pub desktop: Option<Bus>,
    /// The duration of work whose end is told.
    pub long: Duration,
    /// The interval at which the processes are read while the diagnosis is looked at; `None`: they stay as they are.
    pub refresh: Option<Duration>,
}

impl WindowApp {
    /// Opens the window's contents and starts to look for running apps.
    #[must_use]
    pub fn new(ctx: &Context, start: WindowStart) -> Self {
        theme::apply(ctx);
        if start.request.project.is_none() {
            ctx.memory_mut(|memory| memory.request_focus(steps::project::folder_field_id()));
        }
        fonts::install(ctx, None);
        let waking = ctx.clone();
        let wake: Wake = Arc::new(move || waking.request_repaint());
        let WindowStart { request, words, settings, settings_file, desktop, long, refresh } = start;
        let language = settings.chosen_language().unwrap_or_else(|| words.language());
        let appearance = desktop.clone().map(|bus| Appearance::follow(bus, &wake)).unwrap_or_default();
        let words = if language_is_shown_at_once(&words) { words } else { Words::new(Language::English) };
        let home = request.variables.get(OsStr::new("HOME")).map(PathBuf::from).or_else(std::env::home_dir);
        let mut app = Self {
            state: WindowState { home: home.clone(), ..WindowState::default() },
            keeper: Keeper::new(settings_file),
            words: Arc::new(words.at_home(home)),
            language,
            chinese_font: false,
            work: Jobs::new(wake, refresh, Notifier::new(desktop, long)),
            closing: false,
            activation: None,
            settings,
            appearance,
            shown_as: (false, Appearance::ORDINARY),
        };
        app.speak(language);
        app.begin(request);
        app
    }

    fn begin(&mut self, request: Request) {
        self.state.recent.clone_from(&self.settings.recent);
        self.state.request = request;
        self.work.read_machine(&self.state.request);
        let Some(project) = self.state.request.project.clone() else { return };
        if self.state.is_wide(&project) {
            self.choose(project);
        } else {
            self.state.project.folder = self.state.shown(&project);
            self.scan();
        }
    }

    /// Returns what is shown.
    #[must_use]
    pub const fn state(&self) -> &WindowState {
        &self.state
    }

    /// Shows facts that were taken elsewhere.
    pub fn show(&mut self, survey: Survey) {
        let diagnosis = diagnosis::judge(&survey);
        let request = &self.state.request;
        let case = Case::of(&survey, &diagnosis, &request.variables, &request.places);
        self.state.request.project = survey.project.as_ref().map(|project| project.root.clone());
        if let Some(project) = &self.state.request.project {
            self.state.project.folder = self.state.shown(project);
        }
        self.work.stop_survey();
        self.state.fix.take(case);
        self.state.facts = SurveyState::Ready(Arc::new(Judged { survey, diagnosis }));
        self.take_first_reading();
    }

    /// Shows checks that were run elsewhere.
    pub fn show_checks(&mut self, checks: Vec<Check>) {
        self.state.verify.checks = checks;
    }

    /// Tells what came of a deed that was done elsewhere.
    pub fn tell(&mut self, told: Told) {
        self.state.fix.tell(told);
    }

    /// The language that is spoken.
    #[must_use]
    pub fn language(&self) -> Language {
        self.words.language()
    }

    /// Draws everything once.
    fn draw(&mut self, ui: &mut Ui) -> Actions {
        let mut actions = Actions::new();
        let home = self.state.home.clone();
        let tokens = Tokens::with_contrast(ui.ctx().theme(), self.shown_as.0);
        let look = Look { words: &self.words, tokens, home: home.as_deref() };
        keyboard::shortcuts(ui.ctx(), &self.state, &mut actions);
        chrome::top_bar::show(ui, look, &self.state, &self.settings, &mut actions);
        // What is at the bottom comes last for those who go through the window by keyboard or have it read out.
        let below = ui.available_rect_before_wrap();
        let (page, bottom) = below.split_top_bottom_at_y(below.bottom() - size::BOTTOM_BAR);
        ui.scope_builder(UiBuilder::new().max_rect(page), |ui| {
            chrome::stepper::show(ui, look, &self.state, &mut actions);
            steps::show(ui, look, &mut self.state, &mut actions);
        });
        ui.scope_builder(UiBuilder::new().max_rect(bottom), |ui| {
            chrome::bottom_bar::show(ui, look, &self.state, &mut actions);
        });
        if let Some(dialog) = &mut self.state.export {
            export::ui(ui.ctx(), look, dialog, &mut actions);
        }
        if self.state.about {
            chrome::about::ui(ui.ctx(), look, &mut actions);
        }
        chrome::drop_hint::show(ui.ctx(), look);
        announce::announce(ui.ctx(), look, &self.state);
        actions
    }

    /// Keeps drawing what is on screen without anyone touching it: progress.
    fn keep_alive(&mut self, ctx: &Context) {
        let verify = &self.state.verify;
        if matches!(self.state.facts, SurveyState::Taking(_)) || verify.running.is_some() || verify.trial.is_some() {
            ctx.request_repaint_after(PROGRESS);
        }
        self.make_offers();
        self.make_prospects();
        self.find_relief();
        self.follow_logs();
        self.watch_mend();
        if let (Some(dialog), SurveyState::Ready(judged)) = (&self.state.export, &self.state.facts)
            && dialog.shown().is_none()
        {
            let proof = (judged, &self.state.verify);
            self.work.render_report(dialog, proof, &self.state.request, &self.words);
        }
    }

    fn note_size(&mut self, ctx: &Context) {
        if let Some(rect) = ctx.input(|input| input.viewport().inner_rect) {
            // As the window is opened: before anything is enlarged.
            let size = rect.size() * ctx.zoom_factor();
            self.settings.window = Some([size.x, size.y]);
        }
    }

    fn dropped(ctx: &Context, actions: &mut Actions) {
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_path_buf()));
        actions.extend(dropped.map(super::look::Action::Dropped));
    }
}

/// Chinese is spoken as soon as there is a font for it.
fn language_is_shown_at_once(words: &Words) -> bool {
    words.language() == Language::English
}

impl eframe::App for WindowApp {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.work.notifier.set_looked_at(ctx.input(|input| input.focused));
        self.collect(ctx);
        self.heed_signals(ctx);
        self.heed_activation(ctx);
        self.follow_theme(ctx);
        self.follow_appearance(ctx);
        self.sample(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let mut actions = self.draw(ui);
        Self::dropped(&ctx, &mut actions);
        let acted = !actions.is_empty();
        for action in actions {
            self.act(&ctx, action);
        }
        if acted {
            ctx.request_repaint();
        }
        self.keep_alive(&ctx);
        self.close_after_deed(&ctx);
        self.note_size(&ctx);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        // The thread that ends the app under trial would end with this program before it has done so.
        if let Some(trial) = self.work.trial.take() {
            trial.progress.cancel();
            trial.wait();
        }
        self.keeper.keep(&self.settings);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
