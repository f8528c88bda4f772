//! The one act that is left: what would be done, and the button that does it.

use super::{VerifyView, restart};
use crate::say;
use crate::window::look::Actions;
use crate::window::state::verify::{Asked, LEFT, VerifyPage};
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{Button, card, text};
use eframe::egui::{Stroke, Ui};

/// Draws the card for the first of `apps`; once it is restarted, the checks tell which is next.
pub(super) fn ui(ui: &mut Ui, view: &VerifyView<'_>, page: &mut VerifyPage, apps: &[u32], actions: &mut Actions) {
    let look = view.look;
    let Some(&pid) = apps.first() else { return };
    let frame = card::frame(look.tokens).stroke(Stroke::new(size::STRONG_LINE, look.tokens.accent));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::S;
        text(ui, Type::Strong, look.tokens.text, name(view, pid));
        if page.by_hand {
            text(ui, Type::Body, look.tokens.muted, say!(look.words, "check-restart-yourself"));
            return;
        }
        let asked = page.asked.filter(|asked| asked.check == LEFT && asked.pid == pid);
        let asked = asked.unwrap_or(Asked { check: LEFT, pid, kill: false });
        let plan = restart::shown_ui(ui, view, page, asked);
        let (go, myself) = (say!(look.words, "check-restart-app"), say!(look.words, "check-restart-myself"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let go = Button::primary(look.tokens, &go).enabled(plan.is_some());
            if ui.add(go).clicked() {
                restart::push(plan, actions);
            }
            if ui.add(Button::secondary(look.tokens, &myself).enabled(view.idle)).clicked() {
                page.by_hand = true;
            }
            if view.doing.is_some() {
                text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-waiting"));
            }
        });
    });
}

/// Names the app by its command, as on the first step; by its number where that is not known.
fn name(view: &VerifyView<'_>, pid: u32) -> String {
    let project = view.judged.and_then(|judged| judged.survey.project.as_ref());
    let app = project.and_then(|project| project.running.iter().find(|app| app.pid == pid));
    let script = app.and_then(|app| app.launch.script.file_name()).map(|name| name.to_string_lossy().into_owned());
    let (words, pid) = (view.look.words, pid.to_string());
    match script {
        Some(script) => say!(words, "fix-restart-app", pid = pid, script = script),
        None => say!(words, "check-restart-name", pid = pid),
    }
}
