//! Cards: a bordered surface; some can be chosen.

use super::focus_ring;
use crate::window::theme::{Tokens, margin, size, space};
use eframe::egui::{
    CursorIcon, Frame, Id, InnerResponse, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
};

/// The frame of a card.
pub fn frame(tokens: &Tokens) -> Frame {
    Frame::new()
        .fill(tokens.surface)
        .stroke(Stroke::new(size::LINE, tokens.line))
        .corner_radius(size::CARD_RADIUS)
        .inner_margin(margin::CARD)
}

/// A card as wide as the page.
pub fn card<R>(ui: &mut Ui, tokens: &Tokens, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    frame(tokens).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        contents(ui)
    })
}

/// A card that is pressed as a whole. `name` is its accessible name.
pub fn selectable_card(
    ui: &mut Ui,
    tokens: &Tokens,
    id: Id,
    chosen: bool,
    name: &str,
    contents: impl FnOnce(&mut Ui),
) -> Response {
    let ground = ui.painter().add(Shape::Noop);
    let builder = UiBuilder::new().scope_id(id).sense(Sense::click());
    let response = ui.scope_builder(builder, |ui| card(ui, &hollow(tokens), contents)).response;
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name));
    let line = match (chosen, response.hovered()) {
        (true, _) => Stroke::new(size::STRONG_LINE, tokens.accent),
        (false, true) => Stroke::new(size::LINE, tokens.faint),
        (false, false) => Stroke::new(size::LINE, tokens.line),
    };
    let radius = size::CARD_RADIUS;
    let surface = eframe::egui::epaint::RectShape::new(response.rect, radius, tokens.surface, line, StrokeKind::Inside);
    ui.painter().set(ground, surface);
    focus_ring(ui, tokens, &response, radius);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The same tokens with a surface that lets what was painted below be seen.
fn hollow(tokens: &Tokens) -> Tokens {
    let none = eframe::egui::Color32::TRANSPARENT;
    Tokens { surface: none, line: none, ..*tokens }
}
