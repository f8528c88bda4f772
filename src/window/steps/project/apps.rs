//! The running Streamlit apps, each on a card.

use crate::machine::{Kind, Process};
use crate::say;
use crate::survey::RunningApp;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::WindowState;
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{Tone, line, selectable_card, tag, tag::width};
use eframe::egui::{self, Align, Id, Layout, Ui};
use std::ffi::OsString;
use std::path::Path;

/// The apps seen when the window opened, or at the latest survey.
pub(super) fn of(state: &WindowState) -> Vec<&Process> {
    let surveyed = state.facts.ready().map(|judged| &judged.survey.machine);
    let machine = surveyed.or(state.machine.as_ref());
    let processes = machine.map(|machine| machine.holders.processes.as_slice()).unwrap_or_default();
    processes.iter().filter(|process| process.kind == Kind::Streamlit).collect()
}

/// One app.
pub(super) fn card_ui(ui: &mut Ui, look: Look<'_>, state: &WindowState, app: &Process, actions: &mut Actions) {
    let command = short_command(&app.command);
    let chosen = chosen(state) == Some(app.pid);
    let pid = app.pid.to_string();
    let name = say!(look.words, "project-app-name", command = command.as_str(), pid = pid.as_str());
    let response = selectable_card(ui, look.tokens, Id::unique(("app", app.pid)), chosen, &name, |ui| {
        first_line_ui(ui, look, state, app, &command);
        line(ui, Type::Body, look.tokens.muted, about(look, state, app));
    });
    if response.clicked() {
        actions.push(Action::ChooseRunning(app.pid));
    }
}

/// The app that was picked, else the one whose launch the survey has gone by.
fn chosen(state: &WindowState) -> Option<u32> {
    let picked = state.request.running.as_ref().map(|(pid, _)| *pid);
    let project = state.facts.ready().and_then(|judged| judged.survey.project.as_ref());
    picked.or_else(|| project.and_then(|project| project.running.first()).map(|app| app.pid))
}

fn first_line_ui(ui: &mut Ui, look: Look<'_>, state: &WindowState, app: &Process, command: &str) {
    let (tone, held) = held(look, state, app);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        tag(ui, look.tokens, Tone::Accent, &say!(look.words, "project-app-running"));
        let left = (ui.available_width() - width(ui, &held) - space::M).max(0.0);
        ui.allocate_ui_with_layout(egui::vec2(left, size::TAG), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(left);
            line(ui, Type::Strong, look.tokens.text, command);
        });
        tag(ui, look.tokens, tone, &held);
    });
}

/// Words what it holds of what it should hold, as far as that is known.
fn held(look: Look<'_>, state: &WindowState, app: &Process) -> (Tone, String) {
    let unreadable = unreadable(state, app.pid);
    let begun = surveyed(state, app.pid).filter(|app| app.instances > 0);
    let Some(gap) = begun.and_then(|app| app.gap.as_ref()) else {
        let plain = say!(look.words, "project-app-holds", watches = app.watches);
        let unknown = say!(look.words, "project-app-holds-unknown");
        return (Tone::Plain, if unreadable { unknown } else { plain });
    };
    // An app that takes its watches anew without end holds all of them for moments only.
    let looping = surveyed(state, app.pid).is_some_and(|app| app.looping().is_some());
    if looping {
        return (Tone::Critical, say!(look.words, "project-app-holds-changing"));
    }
    if gap.unwatched_count == 0 {
        return (Tone::Ok, say!(look.words, "project-app-holds-all", watches = gap.expected));
    }
    let holds = gap.expected.saturating_sub(gap.unwatched_count);
    (Tone::Critical, say!(look.words, "project-app-holds-part", watches = holds, expected = gap.expected))
}

fn unreadable(state: &WindowState, pid: u32) -> bool {
    let surveyed = state.facts.ready().map(|judged| &judged.survey.machine);
    surveyed
        .or(state.machine.as_ref())
        .is_some_and(|machine| machine.holders.unreadable.iter().any(|process| process.pid == pid))
}

fn surveyed(state: &WindowState, pid: u32) -> Option<&RunningApp> {
    let project = state.facts.ready()?.survey.project.as_ref()?;
    project.running.iter().find(|app| app.pid == pid)
}

/// Writes folder, process and versions, separated by dots.
fn about(look: Look<'_>, state: &WindowState, app: &Process) -> String {
    let mut parts = Vec::new();
    parts.extend(app.cwd.as_deref().map(|cwd| look.path(cwd)));
    let pid = app.pid.to_string();
    parts.push(say!(look.words, "project-app-process", pid = pid.as_str()));
    let python = surveyed(state, app.pid).and_then(|app| app.python.as_ref());
    let version = |version: &Option<crate::project::Version>| version.as_ref().map(|version| version.text.clone());
    if let Some(python) = python {
        parts.extend(version(&python.streamlit).map(|version| format!("Streamlit {version}")));
        parts.extend(version(&python.watchdog).map(|version| format!("watchdog {version}")));
    }
    parts.join(" · ")
}

/// The command as a person would type it: without the interpreter and the folders before `streamlit`.
fn short_command(command: &[OsString]) -> String {
    let words: Vec<String> = command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let is_streamlit = |word: &String| Path::new(word).file_name().is_some_and(|name| name == "streamlit");
    match words.iter().position(is_streamlit) {
        Some(at) => {
            let rest = words[at + 1..].iter().map(String::as_str);
            std::iter::once("streamlit").chain(rest).collect::<Vec<_>>().join(" ")
        }
        None => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let command = |words: &[&str]| short_command(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(command(&["/p/.venv/bin/python3", "/p/.venv/bin/streamlit", "run", "a.py"]), "streamlit run a.py");
        assert_eq!(command(&["python", "-m", "streamlit", "run", "a.py"]), "streamlit run a.py");
        assert_eq!(command(&["other", "program"]), "other program");
    }
}
