//! The card that changes a Streamlit settings file.

use super::mend;
use super::parts::{FixView, Hands, apply_ui, offer_ui, radios, tick};
use crate::remedy::FileWatcher;
use crate::remedy::Plan;
use crate::say;
use crate::window::links::{Document, links_ui};
use crate::window::theme::Type;
use crate::window::widgets::text;
use eframe::egui::Ui;

/// Returns what will be done: the change, or first the correction of a broken file.
pub(super) fn plan<'a>(view: &FixView<'a>) -> Option<&'a Plan> {
    let settings = &view.offers.settings;
    match &view.offers.mend {
        Some(mend) => mend.repair.as_ref(),
        None => settings.offer.plan.as_ref().ok(),
    }
}

pub(super) fn title(view: &FixView<'_>) -> String {
    let words = view.look.words;
    match view.offers.choices.watcher {
        _ if view.offers.mend.is_some() => say!(words, "fix-title-repair"),
        FileWatcher::None => say!(words, "fix-settings-none"),
        FileWatcher::Poll => say!(words, "fix-settings-poll"),
        FileWatcher::Auto => say!(words, "fix-settings-auto"),
    }
}

pub(super) fn sentence(view: &FixView<'_>) -> String {
    let (look, settings) = (view.look, &view.offers.settings);
    if let Some(mend) = &view.offers.mend {
        return say!(look.words, "fix-settings-broken", file = look.path(&mend.file));
    }
    let file = settings.file.as_ref().map(|file| look.path(file)).unwrap_or_default();
    if plan(view).is_some_and(Plan::is_empty) {
        return say!(look.words, "fix-settings-already", file = file);
    }
    match view.offers.choices.watcher {
        FileWatcher::None => say!(look.words, "fix-settings-none-detail", file = file),
        FileWatcher::Poll => say!(look.words, "fix-settings-poll-detail", file = file),
        FileWatcher::Auto => say!(look.words, "fix-settings-auto-detail", file = file),
    }
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let (look, settings) = (view.look, &view.offers.settings);
    if let Some(mend) = &view.offers.mend {
        mend::ui(ui, view, mend, hands.actions);
        place_ui(ui, view, hands);
        if let Some(repair) = &mend.repair {
            apply_ui(ui, view, Some(repair), &say!(look.words, "fix-no-administrator"), hands.actions);
        }
        links_ui(ui, look.words, look.tokens, &[Document::StreamlitSettings]);
        return;
    }
    let watcher = watchers(view);
    radios(ui, look, &say!(look.words, "fix-watcher"), &mut hands.choices.watcher, &watcher);
    meaning_ui(ui, view, hands.choices.watcher);
    let run_on_save = [
        (None, say!(look.words, "fix-run-on-save-keep")),
        (Some(true), say!(look.words, "fix-run-on-save-on")),
        (Some(false), say!(look.words, "fix-run-on-save-off")),
    ];
    radios(ui, look, &say!(look.words, "fix-run-on-save"), &mut hands.choices.run_on_save, &run_on_save);
    place_ui(ui, view, hands);
    if !settings.exists {
        tick(ui, look, &mut hands.choices.starter, say!(look.words, "fix-starter"));
    }
    offer_ui(ui, look, &settings.offer);
    if let Some(watches) = view.case.need().filter(|watches| *watches > 0) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-frees-nothing", watches = watches));
    }
    let hint = say!(look.words, "fix-no-administrator");
    apply_ui(ui, view, settings.offer.plan.as_ref().ok(), &hint, hands.actions);
    links_ui(ui, look.words, look.tokens, &[Document::StreamlitSettings]);
}

/// The words that Streamlit knows, each with what it means.
pub(super) fn watchers(view: &FixView<'_>) -> [(FileWatcher, String); 3] {
    let words = view.look.words;
    [
        (FileWatcher::None, say!(words, "fix-watcher-none")),
        (FileWatcher::Poll, say!(words, "fix-watcher-poll")),
        (FileWatcher::Auto, say!(words, "fix-watcher-auto")),
    ]
}

/// Draws what the chosen word means.
pub(super) fn meaning_ui(ui: &mut Ui, view: &FixView<'_>, watcher: FileWatcher) {
    let words = view.look.words;
    let meaning = match watcher {
        FileWatcher::None => say!(words, "fix-watcher-none-means"),
        FileWatcher::Poll => say!(words, "fix-watcher-poll-means"),
        FileWatcher::Auto => say!(words, "fix-watcher-auto-means"),
    };
    text(ui, Type::Small, view.look.tokens.muted, meaning);
}

fn place_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let words = view.look.words;
    let places = [(false, say!(words, "fix-place-project")), (true, say!(words, "fix-place-personal"))];
    radios(ui, view.look, &say!(words, "fix-place"), &mut hands.choices.personal, &places);
}
