//! A settings file that Streamlit ignores: the first wrong line, marked and in words, and the ways to mend it.

use super::parts::{FixView, code_ui, diff_lines, plan_ui};
use crate::remedy::offer::Mend;
use crate::say;
use crate::window::look::{Action, Actions};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, text};
use crate::words::visible;
use eframe::egui::Ui;

/// Draws where the file is wrong first; the correction, where there is one, shows the line itself.
pub(super) fn place_ui(ui: &mut Ui, view: &FixView<'_>, mend: &Mend) {
    let (look, broken) = (view.look, &mend.broken);
    let (line, reason) = (broken.line.to_string(), broken.mistake.in_words(look.words));
    text(ui, Type::Body, look.tokens.text, say!(look.words, "fix-mend-line", line = line, reason = reason));
    if mend.repair.is_some() {
        return;
    }
    let digits = mend.excerpt.last().map_or(1, |(number, _)| number.to_string().len());
    let lines = mend.excerpt.iter().map(|(number, words)| {
        let wrong = *number == broken.line;
        let (mark, ink) = if wrong { ('>', look.tokens.critical) } else { (' ', look.tokens.muted) };
        (format!("{mark} {number:>digits$}  {}", visible(words)), ink)
    });
    code_ui(ui, look, &lines.collect::<Vec<_>>());
}

/// Draws the acts where only the owner knows what was meant. Nothing has to be pressed afterwards: the file is watched.
pub(super) fn acts_ui(ui: &mut Ui, view: &FixView<'_>, mend: &Mend, actions: &mut Actions) {
    let look = view.look;
    let ready = view.current && view.doing.is_none();
    if let Some(earlier) = &mend.earlier {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-mend-earlier-below"));
        let lines = earlier.changes.iter().filter_map(crate::remedy::Change::diff);
        let lines: Vec<_> = lines.flat_map(|diff| diff_lines(look, &diff)).collect();
        code_ui(ui, look, &lines);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(space::M, space::S);
        let (open, earlier) = (say!(look.words, "fix-mend-open"), say!(look.words, "fix-mend-earlier"));
        if ui.add(Button::primary(look.tokens, &open)).clicked() {
            actions.push(Action::OpenFile(mend.file.clone()));
        }
        if let Some(plan) = &mend.earlier
            && ui.add(Button::secondary(look.tokens, &earlier).enabled(ready)).clicked()
        {
            actions.push(Action::Apply(Box::new(plan.clone())));
        }
    });
    if let Some(reason) = view.not_opened {
        text(ui, Type::Small, look.tokens.critical, reason);
    }
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-mend-watched"));
}

/// Draws everything, for the card on the step Fix; the row with `Apply` follows where there is a correction.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, mend: &Mend, actions: &mut Actions) {
    place_ui(ui, view, mend);
    match &mend.repair {
        Some(repair) => plan_ui(ui, view.look, repair),
        None => acts_ui(ui, view, mend, actions),
    }
}
