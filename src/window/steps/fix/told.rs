//! Outcome of the last deed, at the top of the page: each thing done, or why nothing was; and the way back.

use super::by_hand::{self, ByHand};
use super::log;
use super::parts::{code_ui, diff_lines};
use crate::remedy::raise_limits::{RaiseLimits, Reason};
use crate::remedy::restart::log::{AppLog, LogEnd};
use crate::remedy::{Back, Change, Conflict, LimitsBack, Plan, PlanOutcome, RemedyError, RemedyName, Undo};
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::fix::Told;
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, Tone, card, link, tag, text};
use eframe::egui::{Align, Ui};

/// The tone, title and lines.
type Words = (Tone, String, Vec<String>);

/// The outcome to be told, with what it takes to tell it.
pub(in crate::window::steps) struct About<'a> {
    pub(in crate::window::steps) told: &'a Told,
    /// The logs that were read.
    pub(in crate::window::steps) logs: &'a [(AppLog, LogEnd)],
    /// The text last copied.
    pub(in crate::window::steps) copied: Option<&'a str>,
    /// Whether nothing else is being done.
    pub(in crate::window::steps) idle: bool,
    /// What an app says that was started well is left out.
    pub(in crate::window::steps) brief: bool,
    /// The reason why a file could not be opened.
    pub(in crate::window::steps) not_opened: Option<&'a str>,
    /// The outcome of undoing any raise of the limits.
    pub(in crate::window::steps) limits_back: Option<&'a LimitsBack>,
}

/// A card that tells it.
pub(in crate::window::steps) fn ui(ui: &mut Ui, look: Look<'_>, about: &About<'_>, new: bool, actions: &mut Actions) {
    let About { told, logs, copied, idle, brief, not_opened, limits_back } = *about;
    let (tone, title, lines) = words(look, told);
    let shown = card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            tag(ui, look.tokens, tone, &word(look, tone));
            text(ui, Type::Strong, look.tokens.text, title);
        });
        for line in lines {
            text(ui, Type::Small, look.tokens.muted, line);
        }
        match told {
            Told::Undone(Undo::Refused(conflicts)) => conflicts_ui(ui, look, conflicts),
            Told::Undone(Undo::Undone { back, .. }) => back_ui(ui, look, back),
            Told::Undone(Undo::AlreadyUndone | Undo::Failed(_))
            | Told::Applied(..)
            | Told::NotFinished(_)
            | Told::Crashed(_) => {}
        }
        if let Some(log) = told.log() {
            if link(ui, look.tokens, Type::Small, say!(look.words, "fix-log-open")).clicked() {
                actions.push(Action::OpenFile(log.file));
            }
            if let Some(reason) = not_opened {
                text(ui, Type::Small, look.tokens.critical, reason);
            }
        }
        if let Some(log) = told.log().filter(|_| !brief || tone != Tone::Ok) {
            let end = logs.iter().find(|(of, _)| *of == log).map(|(_, end)| end);
            log::ui(ui, look, &log, end, copied, actions);
        }
        if let Some(request) = terminal_instead(told) {
            let by_hand = ByHand { request: &request, copied, own: true, leads_on: false };
            text(ui, Type::Small, look.tokens.text, say!(look.words, "fix-terminal-instead"));
            by_hand::ui(ui, look, &by_hand, actions);
        }
        if let Some(id) = told.undoable() {
            let raised = matches!(told, Told::Applied(plan, _) if plan.remedy == RemedyName::RaiseLimits);
            for line in limits_back.filter(|_| raised).map(|back| back.lines(look.words)).unwrap_or_default() {
                text(ui, Type::Small, look.tokens.muted, line);
            }
            let undo = say!(look.words, "fix-undo");
            if ui.add(Button::secondary(look.tokens, &undo).enabled(idle)).clicked() {
                actions.push(Action::Undo(id));
            }
        }
    });
    if new {
        shown.response.scroll_to_me(Some(Align::TOP));
    }
}

/// Words what came of it, in a sentence.
#[must_use]
pub fn in_words(look: Look<'_>, told: &Told) -> String {
    let (tone, title, _) = words(look, told);
    say!(look.words, "fix-told-heard", word = word(look, tone), title = title)
}

fn word(look: Look<'_>, tone: Tone) -> String {
    match tone {
        Tone::Ok => say!(look.words, "fix-told-done"),
        Tone::Warning => say!(look.words, "fix-told-look"),
        Tone::Plain | Tone::Accent | Tone::Critical => say!(look.words, "fix-told-not-done"),
    }
}

fn words(look: Look<'_>, told: &Told) -> Words {
    match told {
        Told::Applied(plan, outcome) => applied(look, plan, outcome),
        Told::Undone(undo) => undone(look, undo),
        Told::NotFinished(error) => {
            (Tone::Critical, say!(look.words, "fix-not-finished"), vec![error.sentence(look.words)])
        }
        Told::Crashed(message) => {
            let message = say!(look.words, "failure-crashed-detail", message = message.as_str());
            (Tone::Critical, say!(look.words, "failure-crashed"), vec![message])
        }
    }
}

fn applied(look: Look<'_>, plan: &Plan, outcome: &PlanOutcome) -> Words {
    match outcome {
        PlanOutcome::NothingToDo => (Tone::Ok, say!(look.words, "outcome-nothing-to-do"), Vec::new()),
        PlanOutcome::Applied { done, .. } => {
            let changes = plan.changes.iter().zip(done);
            let lines = changes.flat_map(|(change, done)| done.lines(change, look.words)).collect();
            (Tone::Ok, plan.remedy.title(look.words), lines)
        }
        PlanOutcome::Stale(stale) => {
            let lines = stale.iter().map(|stale| stale.sentence(look.words));
            let again = say!(look.words, "fix-stale");
            (Tone::Warning, say!(look.words, "outcome-stale"), lines.chain([again]).collect())
        }
        PlanOutcome::Failed { error, left } => {
            let mut lines = vec![error.sentence(look.words)];
            if matches!(error, RemedyError::StillRunning { .. }) {
                lines.push(say!(look.words, "fix-restart-force"));
            }
            if !left.is_empty() {
                lines.push(say!(look.words, "outcome-left"));
                lines.extend(left.iter().map(|left| left.sentence(look.words)));
            }
            (Tone::Critical, plan.remedy.title(look.words), lines)
        }
    }
}

fn undone(look: Look<'_>, undo: &Undo) -> Words {
    match undo {
        Undo::Undone { left, .. } => {
            (Tone::Ok, say!(look.words, "undo-done"), left.iter().map(|left| left.sentence(look.words)).collect())
        }
        Undo::AlreadyUndone => (Tone::Ok, say!(look.words, "undo-already"), Vec::new()),
        Undo::Refused(_) => (Tone::Critical, say!(look.words, "undo-refused"), Vec::new()),
        Undo::Failed(error) => {
            let reason = error.sentence(look.words);
            (Tone::Critical, say!(look.words, "fix-not-undone"), vec![reason])
        }
    }
}

/// The limits could not be raised because nothing here can ask for a password: from a terminal they can, and the other
/// remedies need none.
fn terminal_instead(told: &Told) -> Option<RaiseLimits> {
    use Reason::{NoAgent, NoNewPrivileges, NoPolkitd, NoSystemBus, NotInstalled, NotSetuid, NotStarted};
    let Told::Applied(plan, PlanOutcome::Failed { error: RemedyError::Limits(refusal), .. }) = told else {
        return None;
    };
    let nobody_asks = matches!(
        refusal.reason,
        NoAgent | NoNewPrivileges | NoPolkitd | NoSystemBus | NotInstalled | NotSetuid | NotStarted
    );
    plan.changes.iter().find_map(|change| {
        let Change::RaiseLimits(request) = change else { return None };
        nobody_asks.then_some(*request)
    })
}

/// Draws what is as it was again, of files the lines.
fn back_ui(ui: &mut Ui, look: Look<'_>, back: &[Back]) {
    for one in back {
        text(ui, Type::Small, look.tokens.muted, one.sentence(look.words));
        if let Some(diff) = one.diff() {
            code_ui(ui, look, &diff_lines(look, diff));
        }
    }
}

/// Draws the difference from what was written to what is there.
fn conflicts_ui(ui: &mut Ui, look: Look<'_>, conflicts: &[Conflict]) {
    for conflict in conflicts {
        text(ui, Type::Small, look.tokens.muted, conflict.sentence(look.words));
        if let Conflict::FileChanged { diff, .. } = conflict {
            code_ui(ui, look, &diff_lines(look, diff));
        }
    }
}
