//! Restarting an app beside the check that asks for it: what would be done is shown first, the checks run again after.

use super::VerifyView;
use crate::remedy::Plan;
use crate::say;
use crate::window::look::{Action, Actions};
use crate::window::state::verify::{Asked, VerifyPage};
use crate::window::steps::fix::parts::{offer_ui, tick};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, text};
use eframe::egui::{Frame, Ui};

/// A button for each app; below, once it was pressed, what would be done.
pub(super) fn ui(
    ui: &mut Ui,
    view: &VerifyView<'_>,
    page: &mut VerifyPage,
    check: &'static str,
    apps: &[u32],
    actions: &mut Actions,
) {
    let look = view.look;
    ui.horizontal_wrapped(|ui| {
        for &pid in apps {
            let asked = page.asked.is_some_and(|asked| asked.check == check && asked.pid == pid);
            let label = say!(look.words, "check-go-restart", pid = pid.to_string());
            if ui.add(Button::secondary(look.tokens, &label).enabled(view.idle && !asked)).clicked() {
                page.asked = Some(Asked { check, pid, kill: false });
            }
        }
        if view.doing.is_some() && page.check_after {
            text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-waiting"));
        }
    });
    if let Some(asked) = page.asked.filter(|asked| asked.check == check && apps.contains(&asked.pid)) {
        ui.add_space(space::XS);
        Frame::new().show(ui, |ui| plan_ui(ui, view, page, asked, actions));
    }
}

fn plan_ui(ui: &mut Ui, view: &VerifyView<'_>, page: &mut VerifyPage, asked: Asked, actions: &mut Actions) {
    let look = view.look;
    ui.spacing_mut().item_spacing.y = space::S;
    let plan = shown_ui(ui, view, page, asked);
    let (restart, not) = (say!(look.words, "check-restart"), say!(look.words, "check-restart-not"));
    let (mut pressed, mut left) = (false, false);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        pressed = ui.add(Button::secondary(look.tokens, &restart).enabled(plan.is_some())).clicked();
        left = ui.add(Button::secondary(look.tokens, &not)).clicked();
    });
    if left {
        page.asked = None;
    } else if pressed {
        push(plan, actions);
    }
}

/// Asks for the restart.
pub(super) fn push(plan: Option<Plan>, actions: &mut Actions) {
    actions.extend(plan.map(|plan| Action::Restart(Box::new(plan))));
}

/// Draws what would be done; the plan, where it can be carried out now.
pub(super) fn shown_ui(ui: &mut Ui, view: &VerifyView<'_>, page: &mut VerifyPage, asked: Asked) -> Option<Plan> {
    let look = view.look;
    let mut kill = asked.kill;
    if view.still_running == Some(asked.pid) {
        tick(ui, look, &mut kill, say!(look.words, "fix-restart-kill"));
        page.asked = Some(Asked { kill, ..asked });
    }
    let made = page.prospects.as_ref().filter(|prospects| prospects.made_for.1 == Some(asked) && kill == asked.kill);
    let Some(offer) = made.and_then(|prospects| prospects.restart.as_ref()) else {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "check-restart-planning"));
        return None;
    };
    offer_ui(ui, look, offer);
    if offer.plan.is_ok() {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-restart-how"));
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "check-restart-then"));
    }
    offer.plan.as_ref().ok().filter(|_| view.idle).cloned()
}
