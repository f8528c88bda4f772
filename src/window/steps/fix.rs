//! Third step: what can be done, a card for each remedy; what came of it, and the way back.

mod by_hand;
mod cards;
mod compared;
mod directories;
mod editor;
mod history;
mod launch;
mod log;
mod mend;
mod older_watchdog;
pub(in crate::window) mod parts;
pub(super) mod plan_card;
mod poll;
mod raise;
mod restart;
mod settings;
pub(super) mod told;
mod watchers;

use super::title_ui;
use crate::diagnosis::Remedy;
use crate::remedy::offer::Case;
use crate::say;
use crate::window::failure;
use crate::window::look::{Actions, Look};
use crate::window::state::fix::{Open, Told, cards as cards_of, recommended};
use crate::window::state::{SurveyState, WindowState};
use crate::window::theme::Type;
use crate::window::widgets::text;
use eframe::egui::Ui;
use parts::{FixView, Hands};
pub use told::in_words as told_in_words;

/// Draws the page.
pub fn page_ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    let WindowState { facts, fix, copied, .. } = state;
    let (doing, new_told) = (fix.doing, std::mem::take(&mut fix.new_told));
    match (&fix.case, facts) {
        (Some(case), _) => title_ui(ui, look, &title(look, case), Some(&say!(look.words, "fix-below"))),
        (None, SurveyState::Taking(_)) => {
            title_ui(ui, look, &say!(look.words, "fix-no-facts"), Some(&say!(look.words, "diagnosis-taking")));
        }
        (None, facts) => {
            title_ui(ui, look, &say!(look.words, "fix-no-facts"), Some(&say!(look.words, "fix-no-facts-below")));
            if let SurveyState::Failed(reason) = facts {
                failure::card_ui(ui, look, reason);
            }
        }
    }
    if let Some(told) = &fix.told {
        let history = fix.offers.as_ref().filter(|_| fix.is_current()).and_then(|offers| offers.history.as_ref().ok());
        let limits_back = history.and_then(|history| history.limits_back.as_ref());
        let idle = doing.is_none();
        let (copied, not_opened) = (copied.as_deref(), fix.not_opened.as_deref());
        let about = told::About { told, logs: &fix.logs, copied, idle, brief: false, not_opened, limits_back };
        told::ui(ui, look, &about, new_told, actions);
    }
    let current = fix.is_current();
    let (Some(case), Some(choices)) = (&fix.case, &mut fix.choices) else { return };
    let Some(offers) = &fix.offers else {
        text(ui, Type::Body, look.tokens.muted, say!(look.words, "fix-planning"));
        return;
    };
    let still_running = fix.told.as_ref().and_then(Told::still_running);
    let told_log = fix.told.as_ref().and_then(Told::log);
    let (copied, told_log, logs) = (copied.as_deref(), told_log.as_ref(), fix.logs.as_slice());
    let not_opened = fix.not_opened.as_deref();
    let view = FixView { look, case, offers, current, doing, copied, still_running, told_log, logs, not_opened };
    let mut hands = Hands { choices, unfolded: &mut fix.unfolded, actions };
    let now = match fix.open {
        Open::Recommended => recommended(case),
        Open::Card(card) => Some(card),
        Open::Closed => None,
    };
    for card in cards_of(case, offers) {
        let open = now == Some(card);
        if cards::ui(ui, &view, &mut hands, card, open) {
            fix.open = if open { Open::Closed } else { Open::Card(card) };
        }
    }
    compared::ui(ui, &view);
    if case.root.is_none() {
        text(ui, Type::Body, look.tokens.muted, say!(look.words, "fix-no-project"));
    }
    let told = fix.told.as_ref().and_then(Told::undoable);
    history::ui(ui, look, offers, told, doing.is_none(), actions);
}

fn title(look: Look<'_>, case: &Case) -> String {
    match case.recommendation.remedy {
        Remedy::None if case.recommendation.see_findings => say!(look.words, "fix-title-see-findings"),
        Remedy::None => say!(look.words, "fix-title-none"),
        Remedy::RaiseLimits
        | Remedy::RaiseLimitsOnHost
        | Remedy::RaiseNamespaceLimits
        | Remedy::FewerWatches
        | Remedy::RestartApp
        | Remedy::RepairSettings
        | Remedy::LetStreamlitPoll => say!(look.words, "fix-title"),
    }
}
