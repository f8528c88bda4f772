//! The card that sets the environment variable: for one launch, in a launch script, for the desktop session.

use super::parts::{FixView, Hands, apply_ui, copy_ui, inside, offer_ui, radios, unfold_ui};
use super::settings::{meaning_ui, watchers};
use crate::remedy::Promise;
use crate::remedy::snippets::{self, Shell};
use crate::say;
use crate::window::state::fix::VariablePlace;
use crate::window::theme::Type;
use crate::window::widgets::text;
use eframe::egui::Ui;

pub(super) fn promise(view: &FixView<'_>) -> Promise {
    let placed = view.offers.placed.as_ref().and_then(|offer| offer.plan.as_ref().ok());
    placed.map_or(view.offers.launch, |plan| plan.promise)
}

pub(super) fn title(view: &FixView<'_>) -> String {
    let words = view.look.words;
    match view.offers.choices.place {
        VariablePlace::Copied => say!(words, "fix-launch"),
        VariablePlace::Script(_) => say!(words, "remedy-launch-script"),
        VariablePlace::Session => say!(words, "remedy-session-variable"),
    }
}

pub(super) fn sentence(view: &FixView<'_>) -> String {
    let (look, scripts) = (view.look, &view.offers.found.scripts);
    match scripts.first() {
        Some(script) => say!(look.words, "fix-launch-detail-script", script = inside(view, script)),
        None => say!(look.words, "fix-launch-detail"),
    }
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let (look, words) = (view.look, view.look.words);
    radios(ui, look, &say!(words, "fix-watcher"), &mut hands.choices.launch, &watchers(view));
    meaning_ui(ui, view, hands.choices.launch);
    let mut places = vec![(VariablePlace::Copied, say!(words, "fix-launch-copied"))];
    let scripts = view.offers.found.scripts.iter();
    places.extend(scripts.map(|script| {
        (VariablePlace::Script(script.clone()), say!(words, "fix-launch-script", script = inside(view, script)))
    }));
    places.push((VariablePlace::Session, say!(words, "fix-launch-session")));
    radios(ui, look, &say!(words, "fix-place"), &mut hands.choices.place, &places);
    match &view.offers.placed {
        None => commands_ui(ui, view, hands),
        Some(offer) => {
            offer_ui(ui, look, offer);
            if view.offers.choices.place == VariablePlace::Session {
                text(ui, Type::Small, look.tokens.muted, say!(words, "fix-session-login"));
            }
            let hint = say!(words, "fix-no-administrator");
            apply_ui(ui, view, offer.plan.as_ref().ok(), &hint, hands.actions);
        }
    }
}

fn commands_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let (look, choice) = (view.look, view.offers.choices.launch);
    let shells = [(Shell::Bash, "bash, zsh"), (Shell::Fish, "fish")];
    let commands = shells.map(|(shell, name)| view.case.command(shell, choice).map(|command| (name, command)));
    if commands.iter().all(Option::is_none) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-launch-no-script"));
    }
    for (name, command) in commands.into_iter().flatten() {
        text(ui, Type::Small, look.tokens.muted, name);
        copy_ui(ui, view, &command, hands.actions);
    }
    if let Some(folder) = view.case.launch.as_ref().map(|launch| look.path(&launch.cwd)) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-launch-folder", folder = folder));
    }
    let (show, hide) = (say!(look.words, "fix-show-snippets"), say!(look.words, "fix-hide-snippets"));
    if unfold_ui(ui, look, hands.unfolded, "snippets", (&show, &hide)) {
        let texts = [
            ("Dockerfile", snippets::dockerfile(choice)),
            ("compose.yaml", snippets::compose("app", choice)),
            ("systemd", snippets::systemd_unit(choice)),
        ];
        for (name, code) in texts {
            text(ui, Type::Small, look.tokens.muted, name);
            copy_ui(ui, view, &code, hands.actions);
        }
    }
}
