//! An error message, and what it means.

use crate::diagnosis::error_text::{Circumstances, explain};
use crate::project::LogHit;
use crate::say;
use crate::survey::Project;
use crate::window::look::Look;
use crate::window::state::{ProjectPage, WindowState};
use crate::window::theme::{Type, space};
use crate::window::widgets::{field, link, said_when_new, text};
use crate::words::shown;
use eframe::egui::Ui;

/// The field and the explanation.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState) {
    let facts = circumstances(state);
    let WindowState { facts: survey, project: page, .. } = state;
    let project = survey.ready().and_then(|judged| judged.survey.project.as_ref());
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let label = ui
            .horizontal(|ui| {
                let label = text(ui, Type::Strong, look.tokens.text, say!(look.words, "project-error"));
                text(ui, Type::Body, look.tokens.muted, say!(look.words, "project-error-optional"));
                label
            })
            .inner;
        let hint = say!(look.words, "project-error-hint");
        let rows = page.error.lines().count().clamp(1, 6);
        let edit = field::code_field(ui, look.tokens, &mut page.error, &hint, rows).labelled_by(label.id);
        if edit.changed() {
            page.nothing_in = None;
        }
        meaning_ui(ui, look, page, &facts);
        if let Some(project) = project {
            logs_ui(ui, look, page, project);
        }
        if let Some(file) = &page.nothing_in {
            let file = look.path(file);
            text(ui, Type::Small, look.tokens.muted, say!(look.words, "project-error-nothing-in", file = file));
        }
    });
}

fn meaning_ui(ui: &mut Ui, look: Look<'_>, page: &ProjectPage, facts: &Circumstances) {
    if page.error.trim().is_empty() {
        return;
    }
    let Some(error) = explain(&page.error) else {
        said_when_new(&text(ui, Type::Small, look.tokens.muted, say!(look.words, "project-error-unknown")));
        return;
    };
    let meaning = look.words.sentences(&error.meaning(facts, look.words));
    said_when_new(&text(ui, Type::Small, look.tokens.text, meaning));
}

/// The project's own logs that speak of inotify: one press puts the line into the field, which explains it.
fn logs_ui(ui: &mut Ui, look: Look<'_>, page: &mut ProjectPage, project: &Project) {
    const FEW: usize = 3;
    let others: Vec<&LogHit> = project.logs.iter().filter(|hit| hit.line != page.error).take(FEW).collect();
    for LogHit { file, line, modified } in others {
        let inside = file.strip_prefix(&project.root).map_or_else(|_| look.path(file), shown);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let told = say!(look.words, "project-error-log", file = inside.as_str(), when = written(*modified));
            text(ui, Type::Small, look.tokens.muted, told);
            let explain = say!(look.words, "project-error-explain", file = inside.as_str());
            if link(ui, look.tokens, Type::Small, explain).clicked() {
                page.error.clone_from(line);
                page.nothing_in = None;
            }
        });
    }
}

/// A time of a file in this place's own hours.
fn written(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let time = time.unwrap_or_default().to_zoned(jiff::tz::TimeZone::system());
    time.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Returns what is known of the computer: from the latest survey, else as read when the window opened.
fn circumstances(state: &WindowState) -> Circumstances {
    match state.facts.ready() {
        Some(judged) => Circumstances::of(&judged.survey),
        None => state.machine.as_ref().map(Circumstances::of_machine).unwrap_or_default(),
    }
}
