//! Entry script, Python and working folder: what was found or is assumed, and the choice of another.

use crate::project::python::FoundBy;
use crate::project::script::Because;
use crate::project::{EntryScript, Python};
use crate::say;
use crate::survey::Project;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::{SurveyState, WindowState, typed};
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{field, field::Chosen, text};
use eframe::egui::{Align, Layout, Ui};
use std::path::{Path, PathBuf};

/// Draws the choices side by side, as far as there is room; nothing before a project is known.
pub(super) fn choices_ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    let SurveyState::Ready(judged) = &state.facts else { return };
    let Some(project) = &judged.survey.project else { return };
    let page = &mut state.project;
    let column = Layout::top_down(Align::Min); // those of `columns` stretch the text over their whole width
    ui.spacing_mut().item_spacing.x = space::M;
    let chosen = state.request.cwd.is_some();
    let beside = project.launch.is_some() && ui.available_width() >= 3.0 * size::LEAST_CHOICE + 2.0 * space::M;
    ui.columns(if beside { 3 } else { 2 }, |columns| {
        let [left, middle, rest @ ..] = columns else { return };
        left.with_layout(column, |ui| script_ui(ui, look, project, &mut page.script, actions));
        middle.with_layout(column, |ui| python_ui(ui, look, project, &mut page.python, actions));
        for third in rest {
            third.with_layout(column, |ui| started_in_ui(ui, look, project, (&mut page.started_in, chosen), actions));
        }
    });
    if !beside {
        started_in_ui(ui, look, project, (&mut page.started_in, chosen), actions);
    }
}

/// The folder that the app is started in: Streamlit's settings and Python's imports depend on it. `chosen`: by the person.
fn started_in_ui(
    ui: &mut Ui,
    look: Look<'_>,
    project: &Project,
    (text, chosen): (&mut String, bool),
    actions: &mut Actions,
) {
    let Some(launch) = &project.launch else { return };
    let runs = project.running.iter().any(|app| app.launch.cwd == launch.cwd);
    let about = match (chosen, runs) {
        (true, _) => say!(look.words, "project-started-in-chosen"),
        (false, true) => say!(look.words, "project-started-in-running"),
        (false, false) => say!(look.words, "project-started-in-assumed"),
    };
    let mut folders = vec![project.root.clone()];
    folders.extend(launch.script.parent().filter(|folder| *folder != project.root).map(Path::to_path_buf));
    let names: Vec<String> = folders.iter().map(|folder| look.path(folder)).collect();
    let labels = (say!(look.words, "project-started-in"), say!(look.words, "project-started-in-other"));
    let chosen = ui.scope(|ui| choice_ui(ui, look, &labels, &look.path(&launch.cwd), &names, text, &about)).inner;
    actions.extend(chosen.and_then(|chosen| {
        let folder = match chosen {
            Chosen::Candidate(place) => folders.get(place).cloned(),
            Chosen::Typed(text) => typed(&text, look.home),
        };
        folder.map(Action::StartedIn)
    }));
}

fn script_ui(ui: &mut Ui, look: Look<'_>, project: &Project, text: &mut String, actions: &mut Actions) {
    let inside = |path: &Path| path.strip_prefix(&project.root).map_or_else(|_| look.path(path), shown_inside);
    let names: Vec<String> = project.scripts.iter().map(|script| inside(&script.path)).collect();
    let none = || say!(look.words, "project-none-found");
    let shown = project.script.as_ref().map_or_else(none, |script| inside(&script.path));
    let about = project.script.as_ref().map_or_else(
        || say!(look.words, "project-script-none"),
        |script| format!("{}{}", script_because(look, script, &inside), say!(look.words, "project-script-folder")),
    );
    let labels = (say!(look.words, "project-script"), say!(look.words, "project-script-other"));
    let chosen = choice_ui(ui, look, &labels, &shown, &names, text, &about);
    actions.extend(chosen.and_then(|chosen| {
        let path = match chosen {
            Chosen::Candidate(place) => project.scripts.get(place).map(|script| script.path.clone()),
            Chosen::Typed(text) => typed(&text, look.home),
        };
        path.map(Action::Script)
    }));
}

fn python_ui(ui: &mut Ui, look: Look<'_>, project: &Project, text: &mut String, actions: &mut Actions) {
    let inside = |path: &Path| path.strip_prefix(&project.root).map_or_else(|_| look.path(path), shown_inside);
    let names: Vec<String> = project.pythons.iter().map(|python| inside(&python.executable)).collect();
    let none = || say!(look.words, "project-none-found");
    let shown = project.python.as_ref().map_or_else(none, |python| inside(&python.executable));
    let about = project
        .python
        .as_ref()
        .map_or_else(|| say!(look.words, "project-python-none"), |python| python_about(look, python));
    let labels = (say!(look.words, "project-python"), say!(look.words, "project-python-other"));
    let chosen = choice_ui(ui, look, &labels, &shown, &names, text, &about);
    actions.extend(chosen.and_then(|chosen| {
        let path = match chosen {
            Chosen::Candidate(place) => project.pythons.get(place).map(|python| python.executable.clone()),
            Chosen::Typed(text) => typed(&text, look.home),
        };
        path.map(Action::Python)
    }));
}

fn choice_ui(
    ui: &mut Ui,
    look: Look<'_>,
    (label, other): &(String, String),
    shown: &str,
    names: &[String],
    typed: &mut String,
    about: &str,
) -> Option<Chosen> {
    ui.spacing_mut().item_spacing.y = space::S;
    let label = text(ui, Type::Strong, look.tokens.text, label);
    let chosen = field::choice(ui, &label, shown, names, (typed, other));
    text(ui, Type::Caption, look.tokens.muted, about);
    chosen
}

fn shown_inside(inner: &Path) -> String {
    inner.display().to_string()
}

fn script_because(look: Look<'_>, script: &EntryScript, inside: &impl Fn(&Path) -> String) -> String {
    match &script.because {
        Because::Chosen => say!(look.words, "project-script-chosen"),
        Because::Running => say!(look.words, "project-script-running"),
        Because::NamedIn(file) => {
            let file: PathBuf = file.clone();
            say!(look.words, "project-script-named", file = inside(&file))
        }
        Because::Imports => say!(look.words, "project-script-imports"),
    }
}

fn python_about(look: Look<'_>, python: &Python) -> String {
    let found = match python.found_by {
        FoundBy::Chosen => say!(look.words, "project-python-chosen"),
        FoundBy::Running => say!(look.words, "project-python-running"),
        FoundBy::VirtualEnv => say!(look.words, "project-python-virtual-env"),
        FoundBy::Project => say!(look.words, "project-python-project"),
        FoundBy::Path => say!(look.words, "project-python-path"),
    };
    let Some(streamlit) = &python.streamlit else {
        return format!("{found}{}", say!(look.words, "project-python-no-streamlit"));
    };
    let streamlit = streamlit.text.as_str();
    let installed = match &python.watchdog {
        Some(watchdog) => {
            let watchdog = watchdog.text.as_str();
            say!(look.words, "project-python-installed", streamlit = streamlit, watchdog = watchdog)
        }
        None => say!(look.words, "project-python-no-watchdog", streamlit = streamlit),
    };
    format!("{found}{installed}")
}
