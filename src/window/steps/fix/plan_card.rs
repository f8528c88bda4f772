//! The recommended remedy on one card: what it gives, exactly what it does, and the button that does it.

use super::cards::{promise, promise_ui, sentence, title};
use super::parts::{FixView, apply_hint, code_ui, diff_lines};
use super::{mend, raise};
use crate::remedy::{Change, Plan};
use crate::say;
use crate::window::look::{Action, Actions};
use crate::window::state::WizardStep;
use crate::window::state::fix::{Card, cards, recommended_plan};
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{Button, Tone, card, tag, text};
use eframe::egui::{Color32, Stroke, Ui};
use std::collections::BTreeMap;

/// Draws the card; `which` is the recommended remedy's.
pub(in crate::window::steps) fn ui(
    ui: &mut Ui,
    view: &FixView<'_>,
    which: Card,
    unfolded: &mut BTreeMap<&'static str, bool>,
    actions: &mut Actions,
) {
    let look = view.look;
    let frame = card::frame(look.tokens).stroke(Stroke::new(size::STRONG_LINE, look.tokens.accent));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::S;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            text(ui, Type::Strong, look.tokens.text, title(view, which));
            tag(ui, look.tokens, Tone::Accent, &say!(look.words, "fix-recommended"));
        });
        let mend = view.offers.mend.as_ref().filter(|_| which == Card::Settings);
        let sentence = match mend {
            _ if which == Card::RaiseLimits => raise::short_sentence(view),
            // The headline has named the file.
            Some(_) => say!(look.words, "fix-settings-broken-short"),
            None => sentence(view, which),
        };
        text(ui, Type::Body, look.tokens.muted, sentence);
        if let Some(promise) = promise(view, which) {
            promise_ui(ui, view, which, promise);
        }
        if let Some(mend) = mend {
            mend::place_ui(ui, view, mend);
        }
        let plan = recommended_plan(view.case, view.offers);
        if let Some(plan) = plan {
            code_ui(ui, look, &preview(view, which, plan));
            if which == Card::RaiseLimits {
                raise::script_link_ui(ui, view, unfolded, &say!(look.words, "fix-show-script-short"));
            }
        }
        match mend.filter(|_| plan.is_none()) {
            Some(mend) => mend::acts_ui(ui, view, mend, actions),
            None => buttons_ui(ui, view, plan, actions),
        }
    });
}

/// What changes, line by line, without what stays around it.
fn preview(view: &FixView<'_>, which: Card, plan: &Plan) -> Vec<(String, Color32)> {
    let look = view.look;
    if which == Card::RaiseLimits {
        return raise::short_preview(view);
    }
    let mut lines = Vec::new();
    // That a folder is made for a file goes without saying.
    for change in plan.changes.iter().filter(|change| !matches!(change, Change::MakeFolder { .. })) {
        lines.extend(change.lines(look.words).into_iter().map(|line| (line, look.tokens.muted)));
        let diff = change.diff();
        let changed = diff.iter().flat_map(|diff| diff_lines(look, diff)).filter(|(line, _)| !line.starts_with(' '));
        lines.extend(changed);
    }
    lines
}

/// **Fix it** carries the plan out; where a choice or another place is needed first, it leads there.
fn buttons_ui(ui: &mut Ui, view: &FixView<'_>, plan: Option<&Plan>, actions: &mut Actions) {
    let look = view.look;
    let others = cards(view.case, view.offers).len().saturating_sub(1);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let ready = view.current && view.doing.is_none();
        let fix = say!(look.words, "fix-it");
        if ui.add(Button::primary(look.tokens, &fix).enabled(ready)).clicked() {
            actions.push(match plan {
                Some(plan) => Action::Apply(Box::new(plan.clone())),
                None => Action::Go(WizardStep::Fix),
            });
        }
        let others = say!(look.words, "fix-others", count = others);
        if ui.add(Button::secondary(look.tokens, &others)).clicked() {
            actions.push(Action::Go(WizardStep::Fix));
        }
        if view.doing.is_some() {
            text(ui, Type::Small, look.tokens.muted, apply_hint(view, plan, ""));
        }
    });
}
