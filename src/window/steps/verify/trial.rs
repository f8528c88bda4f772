//! The trial launch: said plainly what it does, with the command it runs; done only when its button is pressed.

use super::VerifyView;
use crate::remedy::snippets::{Shell, quote};
use crate::say;
use crate::verification::trial::{Patience, Preview};
use crate::verification::{Check, Outcome};
use crate::window::look::{Action, Actions};
use crate::window::state::verify::{TrialRun, VerifyPage};
use crate::window::steps::fix::parts::code_ui;
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, card, text};
use crate::words::visible;
use eframe::egui::Ui;
use std::ffi::OsString;
use std::path::Path;

/// The card; nothing where no project is known.
pub(super) fn ui(ui: &mut Ui, view: &VerifyView<'_>, page: &VerifyPage, actions: &mut Actions) {
    if view.judged.is_none_or(|judged| judged.survey.project.is_none()) {
        return;
    }
    let look = view.look;
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "check-trial"));
        match page.prospects.as_ref().map(|prospects| &prospects.trial) {
            None => drop(text(ui, Type::Small, look.tokens.muted, say!(look.words, "check-trial-planning"))),
            Some(Err(check)) => drop(text(ui, Type::Small, look.tokens.muted, check.sentence(look.words))),
            Some(Ok(preview)) => {
                let minutes = Patience::default().most().as_secs().div_ceil(60);
                text(ui, Type::Small, look.tokens.muted, say!(look.words, "check-trial-below", minutes = minutes));
                command_ui(ui, view, preview);
                button_ui(ui, view, (page.trial, page.check("trial")), actions);
            }
        }
    });
}

fn command_ui(ui: &mut Ui, view: &VerifyView<'_>, preview: &Preview) {
    let look = view.look;
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "check-trial-folder", folder = look.path(&preview.cwd)));
    let word = |word: &OsString| match quote(Shell::Bash, word) {
        // What needs no quotes can begin with `~`, as it does where a person types it.
        quoted if word == quoted.as_str() => look.path(Path::new(word)),
        quoted => visible(&quoted),
    };
    let words: Vec<String> = preview.command.iter().map(word).collect();
    code_ui(ui, look, &[(words.join(" "), look.tokens.text)]);
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "check-trial-port"));
}

fn button_ui(
    ui: &mut Ui,
    view: &VerifyView<'_>,
    (trial, result): (Option<TrialRun>, Option<&Check>),
    actions: &mut Actions,
) {
    let look = view.look;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let Some(run) = trial else {
            let start = say!(look.words, "check-trial-start");
            if ui.add(Button::secondary(look.tokens, &start).enabled(view.idle)).clicked() {
                actions.push(Action::RunTrial);
            }
            if let Some(check) = result {
                let ink = match check.outcome {
                    Outcome::Passed => look.tokens.ok,
                    Outcome::Failed => look.tokens.critical,
                    Outcome::CouldNotRun => look.tokens.muted,
                };
                text(ui, Type::Small, ink, say!(look.words, "check-trial-told", title = check.title(look.words)));
            }
            return;
        };
        let cancel = say!(look.words, "window-cancel");
        if ui.add(Button::secondary(look.tokens, &cancel).enabled(!run.stopping)).clicked() {
            actions.push(Action::StopTrial);
        }
        let told = if run.stopping {
            say!(look.words, "check-trial-stopping")
        } else {
            say!(look.words, "check-trial-running", seconds = run.since.elapsed().as_secs())
        };
        text(ui, Type::Small, look.tokens.muted, told);
    });
}
