//! Parts of the cards: code, diffs, choices, disclosures, the row with `Apply`.

use crate::remedy::Plan;
use crate::remedy::diff::{Diff, LineKind};
use crate::remedy::offer::{Case, Offer};
use crate::remedy::restart::log::{AppLog, LogEnd};
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::fix::Choices;
use crate::window::state::fix::Doing;
use crate::window::state::fix::Offers;
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{Button, focus_ring, link, text};
use crate::words::{shown, visible};
use eframe::egui::{self, Align, Color32, Frame, Layout, Margin, RadioButton, Stroke, Ui};
use std::collections::BTreeMap;
use std::path::Path;

/// Facts that the cards show.
#[derive(Clone, Copy)]
pub(in crate::window::steps) struct FixView<'a> {
    pub(in crate::window::steps) look: Look<'a>,
    pub(in crate::window::steps) case: &'a Case,
    pub(in crate::window::steps) offers: &'a Offers,
    /// The offers are those of the choices on screen.
    pub(in crate::window::steps) current: bool,
    pub(in crate::window::steps) doing: Option<Doing>,
    /// The text last copied.
    pub(in crate::window::steps) copied: Option<&'a str>,
    /// A process that did not end when asked.
    pub(in crate::window::steps) still_running: Option<u32>,
    /// The log that is told of above the cards.
    pub(in crate::window::steps) told_log: Option<&'a AppLog>,
    /// The logs that were read.
    pub(in crate::window::steps) logs: &'a [(AppLog, LogEnd)],
    /// The reason why a file could not be opened.
    pub(in crate::window::steps) not_opened: Option<&'a str>,
}

impl FixView<'_> {
    /// The end of this log, once it was read.
    pub(super) fn log_end(&self, log: &AppLog) -> Option<&LogEnd> {
        self.logs.iter().find(|(of, _)| of == log).map(|(_, end)| end)
    }
}

/// State that the cards change.
pub(super) struct Hands<'a> {
    pub(super) choices: &'a mut Choices,
    pub(super) unfolded: &'a mut BTreeMap<&'static str, bool>,
    pub(super) actions: &'a mut Actions,
}

/// A path as it stands in the project.
pub(super) fn inside(view: &FixView<'_>, path: &Path) -> String {
    let roots = [Some(view.offers.found.root.as_path()), view.case.root.as_deref()];
    let short = roots.into_iter().flatten().find_map(|root| path.strip_prefix(root).ok());
    short.map_or_else(|| view.look.path(path), shown)
}

/// A block of code, line by line in its own colour.
pub(in crate::window::steps) fn code_ui(ui: &mut Ui, look: Look<'_>, lines: &[(String, Color32)]) {
    code_frame(look).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        for (line, colour) in lines {
            text(ui, Type::Code, *colour, line);
        }
    });
}

/// Draws longer code, which scrolls within its block; `name` tells it from others.
pub(super) fn tall_code_ui(ui: &mut Ui, look: Look<'_>, name: &str, code: &str, tall: f32) {
    code_frame(look).show(ui, |ui| {
        ui.set_width(ui.available_width());
        egui::ScrollArea::vertical().id_salt(name).max_height(tall).show(ui, |ui| {
            ui.set_width(ui.available_width());
            text(ui, Type::Code, look.tokens.text, code);
        });
    });
}

pub(super) fn code_frame(look: Look<'_>) -> Frame {
    Frame::new().fill(look.tokens.code).corner_radius(size::RADIUS).inner_margin(Margin::symmetric(14, 10))
}

/// A text to copy, with its button: beside a command of one line, below anything longer.
pub(super) fn copy_ui(ui: &mut Ui, view: &FixView<'_>, code: &str, actions: &mut Actions) {
    const TALL: f32 = 190.0;
    let look = view.look;
    let name = say!(look.words, "fix-copy");
    let copy = Button::secondary(look.tokens, &name);
    let lines = [(code.trim_end().to_owned(), look.tokens.text)];
    let pressed = if code.trim_end().contains('\n') {
        tall_code_ui(ui, look, code, code.trim_end(), TALL);
        ui.add(copy).clicked()
    } else {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let width = ui.available_width() - copy.size(ui).x - space::S;
            ui.vertical(|ui| {
                ui.set_width(width);
                code_ui(ui, look, &lines);
            });
            ui.add(copy).clicked()
        })
        .inner
    };
    if pressed {
        actions.push(Action::Copy(code.to_owned()));
    }
    if view.copied == Some(code) {
        text(ui, Type::Small, look.tokens.ok, say!(look.words, "fix-copied"));
    }
}

/// The lines of a diff with their signs.
pub(super) fn diff_lines(look: Look<'_>, diff: &Diff) -> Vec<(String, Color32)> {
    let mut lines = Vec::new();
    for (place, hunk) in diff.hunks.iter().enumerate() {
        if place > 0 {
            lines.push(("  …".to_owned(), look.tokens.muted));
        }
        lines.extend(hunk.lines.iter().map(|line| {
            let (sign, colour) = match line.kind {
                LineKind::Kept => (' ', look.tokens.text),
                LineKind::Removed => ('-', look.tokens.critical),
                LineKind::Added => ('+', look.tokens.ok),
            };
            (format!("{sign} {}", visible(&line.text)), colour)
        }));
    }
    lines
}

/// Draws every change of a plan in words, and of files what changes in them.
pub(super) fn plan_ui(ui: &mut Ui, look: Look<'_>, plan: &Plan) {
    let mut lines = Vec::new();
    for change in &plan.changes {
        lines.extend(change.lines(look.words).into_iter().map(|line| (line, look.tokens.muted)));
        if let Some(diff) = change.diff() {
            lines.extend(diff_lines(look, &diff));
        }
    }
    if !lines.is_empty() {
        code_ui(ui, look, &lines);
    }
}

/// Draws what is worth knowing beforehand.
pub(super) fn notes_ui(ui: &mut Ui, look: Look<'_>, notes: &[String]) {
    for note in notes {
        text(ui, Type::Small, look.tokens.warning, note);
    }
}

/// An offer as it stands: its plan or what stands in the way, its notes.
pub(in crate::window::steps) fn offer_ui(ui: &mut Ui, look: Look<'_>, offer: &Offer) {
    match &offer.plan {
        Ok(plan) => plan_ui(ui, look, plan),
        Err(obstacle) => {
            text(ui, Type::Small, look.tokens.critical, obstacle.sentence(look.words));
        }
    }
    let notes: Vec<String> = offer.notes.iter().flat_map(|note| note.sentences(look.words)).collect();
    notes_ui(ui, look, &notes);
}

/// `Apply`, and what is to be known about it now.
pub(super) fn apply_ui(ui: &mut Ui, view: &FixView<'_>, plan: Option<&Plan>, hint: &str, actions: &mut Actions) {
    let look = view.look;
    let ready = plan.filter(|plan| !plan.is_empty() && view.current && view.doing.is_none());
    let beside = apply_hint(view, plan, hint);
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let pressed = ui.add(Button::primary(look.tokens, &say!(look.words, "fix-apply")).enabled(ready.is_some()));
        if let (true, Some(plan)) = (pressed.clicked(), ready) {
            actions.push(Action::Apply(Box::new(plan.clone())));
        }
        text(ui, Type::Small, look.tokens.muted, beside);
    });
}

/// Words what is to be known about applying a plan now; `hint` where it can be.
pub(super) fn apply_hint(view: &FixView<'_>, plan: Option<&Plan>, hint: &str) -> String {
    let words = view.look.words;
    match (view.doing, plan) {
        (Some(doing), _) if doing.asks_for_password() => say!(words, "fix-waiting-password"),
        (Some(_), _) => say!(words, "fix-waiting"),
        (None, Some(plan)) if plan.is_empty() => say!(words, "fix-already"),
        (None, Some(_)) => hint.to_owned(),
        (None, None) => String::new(),
    }
}

/// One choice out of several, with its label in a column of its own.
pub(super) fn radios<T: PartialEq + Clone>(
    ui: &mut Ui,
    look: Look<'_>,
    label: &str,
    chosen: &mut T,
    all: &[(T, String)],
) {
    const LABEL: f32 = 96.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if !label.is_empty() {
            let column = egui::vec2(LABEL, Type::Body.line_height());
            ui.allocate_ui_with_layout(column, Layout::left_to_right(Align::Center), |ui| {
                ui.set_width(LABEL);
                text(ui, Type::Body, look.tokens.muted, label);
            });
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::L, space::XS);
            box_style(ui, look);
            for (value, name) in all {
                let name = Type::Body.text(name, look.tokens.text);
                let radio = ui.add(RadioButton::new(chosen == value, name));
                focus_ring(ui, look.tokens, &radio, size::WORDS_RADIUS);
                if radio.clicked() {
                    *chosen = value.clone();
                }
            }
        });
    });
}

/// A tick box.
pub(in crate::window) fn tick(ui: &mut Ui, look: Look<'_>, ticked: &mut bool, name: impl Into<String>) -> bool {
    ui.scope(|ui| {
        box_style(ui, look);
        let tick = ui.checkbox(ticked, Type::Body.text(name, look.tokens.text));
        focus_ring(ui, look.tokens, &tick, size::WORDS_RADIUS);
        tick.changed()
    })
    .inner
}

/// Boxes that can be made out on a card, with their words at some distance.
fn box_style(ui: &mut Ui, look: Look<'_>) {
    ui.spacing_mut().icon_spacing = space::S;
    let widgets = &mut ui.visuals_mut().widgets;
    for (state, line) in [
        (&mut widgets.inactive, look.tokens.faint),
        (&mut widgets.hovered, look.tokens.accent),
        (&mut widgets.active, look.tokens.accent),
    ] {
        state.bg_fill = look.tokens.surface;
        state.bg_stroke = Stroke::new(size::LINE, line);
        state.fg_stroke = Stroke::new(size::STRONG_LINE, look.tokens.accent);
    }
}

/// Draws something that is shown on demand.
pub(super) fn unfold_ui(
    ui: &mut Ui,
    look: Look<'_>,
    unfolded: &mut BTreeMap<&'static str, bool>,
    name: &'static str,
    (show, hide): (&str, &str),
) -> bool {
    let open = unfolded.entry(name).or_default();
    if link(ui, look.tokens, Type::Small, if *open { hide } else { show }).clicked() {
        *open = !*open;
    }
    *open
}
