//! The card that lets a running watcher besides Streamlit poll or watch fewer folders: in the file that starts it, or for
//! the desktop session.

use super::parts::{FixView, Hands, apply_ui, copy_ui, inside, offer_ui, radios, tick};
use crate::remedy::offer::PollableWatcher;
use crate::say;
use crate::window::state::fix::VariablePlace;
use crate::window::theme::Type;
use crate::window::widgets::text;
use eframe::egui::Ui;

fn chosen<'a>(view: &'a FixView<'_>) -> Option<&'a PollableWatcher> {
    view.offers.choices.watcher_of(view.case)
}

fn name(view: &FixView<'_>, watcher: &PollableWatcher) -> String {
    watcher.kind.process().label(view.look.words)
}

pub(super) fn title(view: &FixView<'_>) -> String {
    let words = view.look.words;
    let watcher = chosen(view).map(|watcher| name(view, watcher)).unwrap_or_default();
    if chosen(view).is_some_and(|watcher| view.offers.choices.is_narrower(watcher)) {
        return say!(words, "fix-watchers-narrow", watcher = watcher);
    }
    say!(words, "fix-watchers", watcher = watcher)
}

pub(super) fn sentence(view: &FixView<'_>) -> String {
    let Some(watcher) = chosen(view) else { return String::new() };
    let (words, name) = (view.look.words, name(view, watcher));
    if view.offers.choices.is_narrower(watcher) {
        return say!(words, "fix-watchers-narrow-detail", watcher = name, watches = watcher.watches);
    }
    say!(words, "fix-watchers-detail", watcher = name, watches = watcher.watches)
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let (look, words) = (view.look, view.look.words);
    let all: Vec<_> = view.case.watchers.iter().map(|watcher| (watcher.kind, name(view, watcher))).collect();
    let Some(now) = chosen(view) else { return };
    let mut kind = now.kind;
    if all.len() > 1 {
        radios(ui, look, "", &mut kind, &all);
    }
    if kind != now.kind {
        // A file that starts one need not start the other.
        (hands.choices.pollable, hands.choices.watcher_place) = (Some(kind), None);
    }
    let narrower = hands.choices.is_narrower(now);
    if !now.folders.is_empty() {
        let ways = [(false, say!(words, "fix-watchers-poll")), (true, say!(words, "fix-watchers-some"))];
        radios(ui, look, &say!(words, "fix-watchers-way"), &mut hands.choices.narrower, &ways);
    }
    if narrower {
        folders_ui(ui, view, hands, now);
    }
    let files = view.offers.found.watcher_files.iter().filter(|(of, _)| *of == kind);
    let mut places: Vec<_> = files
        .map(|(_, file)| {
            (VariablePlace::Script(file.clone()), say!(words, "fix-launch-script", script = inside(view, file)))
        })
        .collect();
    if !narrower {
        places.push((VariablePlace::Session, say!(words, "fix-launch-session")));
    }
    places.push((VariablePlace::Copied, say!(words, "fix-launch-copied")));
    let mut place = view.offers.choices.watcher_place(&view.offers.found, kind);
    if narrower && place == VariablePlace::Session {
        // An option of the command line is no variable.
        place = VariablePlace::Copied;
    }
    let before = place.clone();
    radios(ui, look, &say!(words, "fix-place"), &mut place, &places);
    if place != before {
        hands.choices.watcher_place = Some(place);
    }
    match (&view.offers.watcher, view.offers.choices.launch_setting(now)) {
        (Some(offer), _) => {
            offer_ui(ui, look, offer);
            if before == VariablePlace::Session {
                text(ui, Type::Small, look.tokens.muted, say!(words, "fix-session-login"));
            }
            let hint = if narrower {
                say!(words, "fix-watchers-then", watcher = name(view, now))
            } else {
                say!(words, "fix-watchers-then-poll", watcher = name(view, now))
            };
            apply_ui(ui, view, offer.plan.as_ref().ok(), &hint, hands.actions);
        }
        (None, Some(setting)) => copy_ui(ui, view, &setting.text(), hands.actions),
        (None, None) => {
            text(ui, Type::Small, look.tokens.muted, say!(words, "fix-watchers-no-folder"));
        }
    }
    if let Some(knob) = &now.snippet {
        let watcher = name(view, now);
        let said = match knob.watches_after {
            Some(after) => say!(words, "fix-watchers-snippet-after", watcher = watcher, after = after),
            None => say!(words, "fix-watchers-snippet", watcher = watcher),
        };
        text(ui, Type::Small, look.tokens.muted, said);
        copy_ui(ui, view, &knob.lever.text(), hands.actions);
    }
}

/// Draws the folders that it may be told to watch, with what each takes.
fn folders_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>, watcher: &PollableWatcher) {
    let (look, words) = (view.look, view.look.words);
    let mut chosen = hands.choices.reload_folders(watcher);
    let mut changed = false;
    for folder in &watcher.folders {
        let mut ticked = chosen.contains(&folder.name);
        let label = say!(words, "fix-watchers-folder", folder = folder.name.as_str(), watches = folder.watches);
        if tick(ui, look, &mut ticked, label) {
            changed = true;
            if ticked {
                chosen.insert(folder.name.clone());
            } else {
                chosen.remove(&folder.name);
            }
        }
    }
    if changed {
        hands.choices.reload_folders = Some(chosen);
    }
}
