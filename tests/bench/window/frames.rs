//! What a frame costs with much to show, against one with little: `cargo bench --bench window-frames`.
//!
//! The step Diagnosis is drawn without a display, all of it in sight, and tessellated; nobody listens, so that nothing
//! is spent on names. Frames of the small and of the large facts take turns, so that whatever else the machine does
//! meets both. Columns: what is shown, median frame of each, their ratio.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops where it cannot go on")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads what it has written itself")]
#![allow(dead_code, reason = "the facts are those of the tests, which use more of them")]

#[path = "../../it/window/fixtures.rs"]
mod fixtures;

use eframe::egui::{Context, Pos2, RawInput, Rect, vec2};
use inotify_doctor::diagnosis;
use inotify_doctor::machine::Places;
use inotify_doctor::project::tree::Folder;
use inotify_doctor::remedy::offer::Case;
use inotify_doctor::survey::Survey;
use inotify_doctor::window::look::{Actions, Look};
use inotify_doctor::window::state::{Judged, SurveyState, Tab, WindowState, WizardStep};
use inotify_doctor::window::theme::{self, Tokens};
use inotify_doctor::window::{fonts, steps};
use inotify_doctor::words::{Language, Words};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Frames of each that are measured.
const FRAMES: usize = 300;
/// Frames of each before that.
const WARM_UP: usize = 20;

/// A window with facts of its own.
struct Page {
    ctx: Context,
    state: WindowState,
    words: Words,
    frames: Vec<Duration>,
}

impl Page {
    fn of(survey: Survey, tab: Tab) -> Self {
        let ctx = Context::default();
        theme::apply(&ctx);
        fonts::install(&ctx, None);
        let diagnosis = diagnosis::judge(&survey);
        let mut state = WindowState { step: WizardStep::Diagnosis, ..WindowState::default() };
        state.fix.take(Case::of(&survey, &diagnosis, &BTreeMap::new(), &Places::default()));
        (state.diagnosis.tab, state.diagnosis.selected) = (tab, Some(fixtures::APP));
        state.facts = SurveyState::Ready(Arc::new(Judged { survey, diagnosis }));
        Self { ctx, state, words: Words::new(Language::English), frames: Vec::new() }
    }

    fn draw(&mut self) {
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 1600.0));
        let input = RawInput { screen_rect: Some(screen), ..RawInput::default() };
        let begun = Instant::now();
        let mut drawn = self.ctx.run_ui(input, |ui| {
            let look = Look { words: &self.words, tokens: &Tokens::LIGHT, home: None };
            steps::show(ui, look, &mut self.state, &mut Actions::new());
        });
        let meshes = self.ctx.tessellate(std::mem::take(&mut drawn.shapes), 1.0).len();
        self.frames.push(begun.elapsed());
        drawn.textures_delta.clear();
        assert!(meshes > 0, "it was drawn");
    }

    fn median(&mut self) -> Duration {
        self.frames.drain(..WARM_UP);
        self.frames.sort();
        self.frames[self.frames.len() / 2]
    }
}

/// As many processes that hold watches, beside those that are there.
fn processes(count: u32) -> Survey {
    let mut survey = fixtures::starved();
    let holders = &mut survey.machine.holders;
    let pattern = holders.processes[1].clone();
    holders.processes.extend((0..count).map(|number| {
        let mut process = pattern.clone();
        (process.pid, process.watches) = (50_000 + number, u64::from(number * 7919 % 1000));
        process.program = format!("program-{}", number * 31 % count);
        process
    }));
    survey
}

/// A project of as many directories, `wide` in each, as far as a survey keeps them.
fn directories(count: u64, wide: u64) -> Survey {
    fn folder(name: String, directories: u64, wide: u64) -> Folder {
        let (below, inside) = (directories.saturating_sub(1), wide.min(directories.saturating_sub(1)));
        let share = |place: u64| below / inside + u64::from(place < below % inside);
        let child = |place: u64| folder(format!("a-folder-of-number-{place}"), share(place), wide);
        let children = (0..inside).map(child).collect();
        Folder { name: name.into(), directories, files: directories * 9, children }
    }
    let mut survey = fixtures::starved();
    let project = survey.project.as_mut().unwrap();
    project.tree.folders = folder(String::new(), count, wide);
    (project.tree.directories, project.tree.files) = (count, count * 9);
    survey
}

fn compare(what: &str, [few, many]: [Survey; 2], tab: Tab, most: f64) {
    let mut pages = [few, many].map(|survey| Page::of(survey, tab));
    for _ in 0..WARM_UP + FRAMES {
        pages.iter_mut().for_each(Page::draw);
    }
    let [few, many] = pages.each_mut().map(Page::median);
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    println!("{what:<44} {few:>12.1?} {many:>12.1?}   ratio {ratio:.2} (at most {most})");
}

fn main() {
    compare("1,000 and 20,000 processes", [1_000, 20_000].map(processes), Tab::Processes, 1.2);
    for (what, wide) in [("40 in each", 40), ("250 in each", 250)] {
        let surveys = [1_000, 100_000].map(|count| directories(count, wide));
        compare(&format!("1,000 and 100,000 directories, {what}"), surveys, Tab::Folders, 1.5);
    }
}
