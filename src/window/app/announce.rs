//! Announcements that a screen reader makes by itself, wherever the keyboard is: that something has begun, and what
//! came of it.

use crate::say;
use crate::window::failure;
use crate::window::look::Look;
use crate::window::state::{SurveyState, WindowState};
use crate::window::steps;
use crate::window::steps::fix::told_in_words;
use crate::window::steps::project::size;
use eframe::egui::accesskit::{Live, Role};
use eframe::egui::{self, Context, Id};

/// Adds the sentences that are true now, unseen. One that was not there before is said; what came of a survey or of
/// the checks is said anew each time, even where it is the same.
pub(super) fn announce(ctx: &Context, look: Look<'_>, state: &WindowState) {
    let program = say!(look.words, "program-name");
    ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(program));
    let round = state.fix.round;
    let sentences = [
        ("folder", 0, folder(look, state)),
        ("survey", round, survey(look, state)),
        ("deed", 0, deed(look, state)),
        ("checks", round, checks(look, state)),
        ("export", 0, export(look, state)),
        ("copied", 0, state.copied.as_ref().map(|_| say!(look.words, "fix-copied"))),
    ];
    for (topic, time, sentence) in sentences {
        let Some(sentence) = sentence else { continue };
        ctx.accesskit_node_builder(Id::unique(("announced", topic, time)), |node| {
            node.set_role(Role::Status);
            node.set_live(Live::Polite);
            node.set_label(sentence);
        });
    }
}

fn folder(look: Look<'_>, state: &WindowState) -> Option<String> {
    let page = &state.project;
    if let Some(asked) = &page.asked {
        return Some(size::wide(look, asked));
    }
    if state.asks_about_size() {
        return Some(size::large(look));
    }
    let chose_nothing = page.chosen_nothing.then(|| say!(look.words, "project-chose-nothing"));
    if page.choosing { Some(say!(look.words, "project-choosing")) } else { chose_nothing }
}

fn survey(look: Look<'_>, state: &WindowState) -> Option<String> {
    match &state.facts {
        SurveyState::None => None,
        SurveyState::Taking(_) => Some(say!(look.words, "diagnosis-taking")),
        SurveyState::Ready(judged) => {
            let diagnosis = &judged.diagnosis;
            let said = std::iter::once(diagnosis.headline(look.words)).chain(diagnosis.figures(look.words));
            Some(look.words.sentences(&said.collect::<Vec<_>>()))
        }
        SurveyState::Failed(reason) => Some(failure::sentences(look, reason).0),
    }
}

fn deed(look: Look<'_>, state: &WindowState) -> Option<String> {
    match (state.fix.doing, &state.fix.told) {
        (Some(doing), _) if doing.asks_for_password() => Some(say!(look.words, "fix-waiting-password")),
        (Some(_), _) => Some(say!(look.words, "fix-waiting")),
        (None, told) => told.as_ref().map(|told| told_in_words(look, told)),
    }
}

fn checks(look: Look<'_>, state: &WindowState) -> Option<String> {
    let page = &state.verify;
    if page.running.is_some() {
        return Some(say!(look.words, "check-running"));
    }
    if let Some(reason) = &page.failed {
        return Some(say!(look.words, "check-not-run", reason = reason.as_str()));
    }
    let (passed, total) = state.tally();
    let tally = say!(look.words, "check-tag", passed = passed, total = total);
    let said = page.is_checked().then(|| steps::verify::title(look, state));
    (total > 0)
        .then(|| said.map_or(tally.clone(), |title| say!(look.words, "check-heard", title = title, tally = tally)))
}

fn export(look: Look<'_>, state: &WindowState) -> Option<String> {
    match state.export.as_ref()?.outcome.as_ref()? {
        Ok(path) => Some(say!(look.words, "export-done", path = look.path(path))),
        Err(reason) => Some(reason.clone()),
    }
}
