//! Messages for what went wrong with a survey, and what to do about it.

use super::look::Look;
use super::state::Failure;
use super::theme::{Type, space};
use super::widgets::{Tone, card, tag, text};
use crate::say;
use crate::survey::SurveyError;
use eframe::egui::Ui;
use std::io::ErrorKind;
use std::path::Path;

/// A card that says so.
pub fn card_ui(ui: &mut Ui, look: Look<'_>, failure: &Failure) {
    let (title, detail) = sentences(look, failure);
    card(ui, look.tokens, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let tone = if is_cancelled(failure) { Tone::Plain } else { Tone::Critical };
            let word = if is_cancelled(failure) {
                say!(look.words, "window-stopped")
            } else {
                say!(look.words, "window-problem")
            };
            tag(ui, look.tokens, tone, &word);
            text(ui, Type::Strong, look.tokens.text, title);
        });
        text(ui, Type::Small, look.tokens.muted, detail);
    });
}

const fn is_cancelled(failure: &Failure) -> bool {
    matches!(failure, Failure::Survey(SurveyError::Cancelled(_)))
}

/// Words what happened, and what would be right.
#[must_use]
pub fn sentences(look: Look<'_>, failure: &Failure) -> (String, String) {
    let path = |path: &Path| look.path(path);
    match failure {
        Failure::Survey(SurveyError::Project { path: at, reason }) if reason.kind() == ErrorKind::NotFound => {
            (say!(look.words, "failure-no-folder", path = path(at)), say!(look.words, "failure-no-folder-detail"))
        }
        Failure::Survey(SurveyError::Project { path: at, reason }) => (
            say!(look.words, "failure-folder", path = path(at)),
            say!(look.words, "failure-folder-detail", reason = reason.to_string()),
        ),
        Failure::Survey(SurveyError::NotAFolder(at)) => {
            (say!(look.words, "failure-not-a-folder", path = path(at)), say!(look.words, "failure-not-a-folder-detail"))
        }
        Failure::Survey(SurveyError::NoScript(at)) => {
            (say!(look.words, "failure-no-script", path = path(at)), say!(look.words, "failure-no-script-detail"))
        }
        Failure::Survey(SurveyError::RemoteScript(address)) => (
            say!(look.words, "failure-remote-script"),
            say!(look.words, "survey-remote-script", address = address.as_str()),
        ),
        Failure::Survey(SurveyError::NoPython(at)) => {
            (say!(look.words, "failure-no-python", path = path(at)), say!(look.words, "failure-no-python-detail"))
        }
        Failure::Survey(SurveyError::Cancelled(_)) => {
            (say!(look.words, "failure-cancelled"), say!(look.words, "failure-cancelled-detail"))
        }
        Failure::Crashed(message) => (
            say!(look.words, "failure-crashed"),
            say!(look.words, "failure-crashed-detail", message = message.as_str()),
        ),
    }
}
