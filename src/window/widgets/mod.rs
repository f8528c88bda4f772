//! The window's own widgets: they know the look and nothing of what they show.

pub mod bars;
pub mod button;
pub mod card;
pub mod field;
pub mod figures;
pub mod hatch;
pub mod line_chart;
pub mod parts;
pub mod path;
pub mod table;
pub mod tag;
pub mod treemap;

pub use button::Button;
pub use card::{card, selectable_card};
pub use tag::{Tone, tag};

use super::theme::{Tokens, Type, size, space};
use eframe::egui::{self, Response, Stroke, StrokeKind, Ui};

/// A line or paragraph of text.
pub fn text(ui: &mut Ui, kind: Type, colour: egui::Color32, words: impl Into<String>) -> Response {
    ui.add(egui::Label::new(kind.text(words, colour)).wrap())
}

/// One line of text that is cut with "…" where it does not fit; the whole is shown on hover.
pub fn line(ui: &mut Ui, kind: Type, colour: egui::Color32, words: impl Into<String>) -> Response {
    ui.add(egui::Label::new(kind.text(words, colour)).truncate())
}

/// Has a screen reader say the words of `response` as soon as they are there, and when they change.
pub fn said_when_new(response: &Response) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// Shows where the keyboard is, and brings it into view when it has just come here.
pub fn focus_ring(ui: &Ui, tokens: &Tokens, response: &Response, radius: u8) {
    ring(ui, tokens.text, response, radius);
}

/// The ring itself: around the thing and not on it, in the colour of text, so that it is not taken for the accent of
/// what is chosen.
pub(in crate::window) fn ring(ui: &Ui, colour: egui::Color32, response: &Response, radius: u8) {
    if response.has_focus() {
        let stroke = Stroke::new(size::STRONG_LINE, colour);
        ui.painter().rect_stroke(
            response.rect.expand(size::FOCUS_GAP),
            radius + size::FOCUS_RADIUS,
            stroke,
            StrokeKind::Outside,
        );
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// Words that can be pressed.
pub fn link(ui: &mut Ui, tokens: &Tokens, kind: Type, words: impl Into<String>) -> Response {
    let link = ui.add(egui::Link::new(kind.text(words, tokens.accent)));
    focus_ring(ui, tokens, &link, size::WORDS_RADIUS);
    link
}

/// One of several things that a menu or a choice offers.
pub fn menu_item(ui: &mut Ui, tokens: &Tokens, chosen: bool, name: &str) -> Response {
    let item = ui.selectable_label(chosen, name);
    focus_ring(ui, tokens, &item, size::RADIUS);
    item
}

/// A thin rule over the whole width.
pub fn rule(ui: &mut Ui, tokens: &Tokens) {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(egui::vec2(width, size::LINE), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(size::LINE, tokens.line));
}

/// A bar of `share` (0 to 1) of the rest of a table's cell; `words` tell it on hover and to those who do not see it.
/// Something is seen of any share above zero.
pub fn share_bar(ui: &mut Ui, colour: egui::Color32, share: f32, words: &str) {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, space::L), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Meter, true, words));
    response.on_hover_text(words);
    if share > 0.0 {
        let length = (width * share.min(1.0)).max(size::SHORTEST_BAR);
        let bar = egui::Rect::from_min_size(
            rect.left_center() - egui::vec2(0.0, size::SHARE_BAR / 2.0),
            egui::vec2(length, size::SHARE_BAR),
        );
        ui.painter().rect_filled(bar, size::SMALL_RADIUS, colour);
    }
}
