//! Fields for text and for a choice among several, both with a label above that names them.

use super::path::shortened_to;
use super::ring;
use crate::window::theme::{Tokens, Type, icon, margin, size, space};
use eframe::egui::style::WidgetVisuals;
use eframe::egui::{self, FontSelection, Key, PopupCloseBehavior, Rect, Response, Stroke, StrokeKind, TextEdit, Ui};

/// A field of one line.
pub fn text_field(ui: &mut Ui, text: &mut String, hint: &str, width: f32) -> Response {
    dress(ui, TextEdit::singleline(text), hint, width)
}

/// Adds `edit` with the look of our fields. The caller lays out its label.
pub fn dress(ui: &mut Ui, edit: TextEdit<'_>, hint: &str, width: f32) -> Response {
    let edit = edit
        .hint_text(hint.to_owned())
        .margin(margin::FIELD)
        .min_size(egui::vec2(0.0, size::CONTROL))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(width);
    let response = with_ring(ui, edit);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// Adds a field that shows the keyboard as everything else does, by a ring around it.
fn with_ring(ui: &mut Ui, edit: TextEdit<'_>) -> Response {
    let response = ui
        .scope(|ui| {
            let visuals = ui.visuals_mut();
            visuals.selection.stroke.width = visuals.widgets.inactive.bg_stroke.width;
            ui.add(edit)
        })
        .inner;
    ring(ui, ui.visuals().text_color(), &response, size::RADIUS);
    response
}

/// Marks a field whose text cannot be used, for those who see it and those who hear it.
pub fn mark_wrong(ui: &Ui, tokens: &Tokens, field: &Response) {
    let line = Stroke::new(size::STRONG_LINE, tokens.critical);
    ui.painter().rect_stroke(field.rect, size::RADIUS, line, StrokeKind::Inside);
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_invalid(egui::accesskit::Invalid::True));
}

/// A field of several lines of code.
pub fn code_field(ui: &mut Ui, tokens: &Tokens, text: &mut String, hint: &str, rows: usize) -> Response {
    let edit = TextEdit::multiline(text)
        .font(FontSelection::FontId(Type::Code.font()))
        .hint_text(hint.to_owned())
        .background_color(tokens.code)
        .margin(margin::FIELD)
        .desired_rows(rows)
        .desired_width(ui.available_width());
    with_ring(ui, edit)
}

/// The text was finished: Enter, or the keyboard went elsewhere after a change.
#[must_use]
pub fn finished(response: &Response) -> bool {
    response.lost_focus() && !response.ctx.input(|input| input.key_pressed(Key::Escape))
}

/// Paints the sign of a choice: the one that menus have.
pub fn arrow(ui: &Ui, rect: Rect, visuals: &WidgetVisuals, _open: bool) {
    icon::opens(ui.painter(), rect.center(), visuals.fg_stroke.color);
}

/// Deeds in a [`choice`].
pub enum Chosen {
    /// A candidate, by its index.
    Candidate(usize),
    /// A text that was typed.
    Typed(String),
}

/// A field that offers `candidates` and takes anything typed besides. `label` is the widget that names it.
pub fn choice(
    ui: &mut Ui,
    label: &Response,
    shown: &str,
    candidates: &[String],
    typed: (&mut String, &str),
) -> Option<Chosen> {
    let mut chosen = None;
    let width = ui.available_width();
    let (text, hint) = typed;
    ui.spacing_mut().interact_size.y = size::CONTROL;
    let arrow = ui.visuals().weak_text_color();
    ui.visuals_mut().widgets.inactive.fg_stroke.color = arrow;
    let inside = width - 2.0 * space::M - size::CHOICE_ARROW;
    let short = shortened_to(ui, shown, Type::Body, inside);
    let cut = short != shown;
    let combo = egui::ComboBox::from_id_salt(label.id)
        .selected_text(Type::Body.text(short, ui.visuals().text_color()))
        .width(width)
        .truncate()
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .icon(self::arrow)
        .show_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for (place, candidate) in candidates.iter().enumerate() {
                let item = ui.selectable_label(candidate == shown, candidate);
                ring(ui, ui.visuals().text_color(), &item, size::RADIUS);
                if item.clicked() {
                    chosen = Some(Chosen::Candidate(place));
                }
            }
            let field = text_field(ui, text, hint, width - space::L).accessible_name(hint);
            if finished(&field) && !text.is_empty() {
                chosen = Some(Chosen::Typed(std::mem::take(text)));
            }
            if chosen.is_some() {
                ui.close();
            }
        });
    ring(ui, ui.visuals().text_color(), &combo.response, size::RADIUS);
    let response = combo.response.labelled_by(label.id);
    if cut {
        response.on_hover_text(shown);
    }
    chosen
}
