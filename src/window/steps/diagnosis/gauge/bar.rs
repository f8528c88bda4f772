//! The gauge's bar: its parts in proportion, and the mark where the limit is.

use super::super::share_of;
use super::parts::{Fill, Part};
use crate::window::look::Look;
use crate::window::theme::{Tokens, size, space};
use crate::window::widgets::{hatch, parts};
use eframe::egui::{self, CornerRadius, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

/// The bar as it was drawn.
pub(super) struct Bar {
    areas: Vec<Rect>,
    /// The part under the pointer, or the one that has the keyboard.
    pub(super) looked_at: Option<usize>,
}

/// Draws the bar.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, parts: &[Part], limit: u64, in_words: String) -> Bar {
    let total: u64 = parts.iter().map(|part| part.watches).sum();
    let scale = limit.max(total);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), size::GAUGE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, &in_words));
    let areas = areas(parts, rect, scale);
    let painter = ui.painter_at(rect.expand(8.0));
    painter.rect_filled(rect, size::RADIUS - 2, look.tokens.free);
    for (place, (part, area)) in parts.iter().zip(&areas).enumerate() {
        let gap = if area.width() > 6.0 { 2.0 } else { 0.0 };
        let seen = Rect::from_min_max(area.min, area.max - egui::vec2(gap, 0.0)).intersect(rect);
        paint(&painter, look.tokens, part.fill, seen, place == 0);
    }
    let at = egui::pos2((rect.left() + rect.width() * share_of(limit, scale)).min(rect.right() - 1.0), rect.center().y);
    painter.rect_filled(Rect::from_center_size(at, egui::vec2(2.0, size::GAUGE + space::M)), 0.0, look.tokens.text);
    let met: Vec<parts::Part> = parts
        .iter()
        .zip(&areas)
        .map(|(part, area)| parts::Part { area: *area, name: part.sentence.clone(), opens: false })
        .collect();
    let looked_at = parts::meet(ui, look.tokens, response.id, &met).looked_at;
    Bar { areas, looked_at }
}

/// The smallest part is still seen; the others keep their places, so that the limit stands where it is.
fn areas(parts: &[Part], rect: Rect, scale: u64) -> Vec<Rect> {
    let at = |watches: u64| rect.left() + rect.width() * share_of(watches, scale);
    let mut before = 0_u64;
    let area = |part: &Part| {
        let (from, to) = (at(before), at(before + part.watches));
        before += part.watches;
        Rect::from_min_max(egui::pos2(from, rect.top()), egui::pos2(to.max(from + 1.0), rect.bottom()))
    };
    parts.iter().map(area).collect()
}

impl Bar {
    /// Draws a frame around the part whose figures are told.
    pub(super) fn point_out(&self, ui: &Ui, tokens: &Tokens, looked_at: usize) {
        let Some(area) = self.areas.get(looked_at) else { return };
        let frame = area.expand2(egui::vec2(1.0, 3.0));
        ui.painter().rect_stroke(
            frame,
            size::SMALL_RADIUS,
            Stroke::new(size::STRONG_LINE, tokens.text),
            StrokeKind::Middle,
        );
    }
}

fn paint(painter: &Painter, tokens: &Tokens, fill: Fill, rect: Rect, first: bool) {
    let left = if first { size::RADIUS - 2 } else { 0 };
    match fill {
        Fill::Held(colour) => {
            painter.rect_filled(rect, CornerRadius { nw: left, sw: left, ne: 0, se: 0 }, colour);
        }
        // Too narrow for stripes.
        Fill::Fits if rect.width() < 4.0 => drop(painter.rect_filled(rect, 0.0, tokens.accent)),
        Fill::Missing if rect.width() < 4.0 => drop(painter.rect_filled(rect, 0.0, tokens.critical)),
        Fill::Fits => hatch::fill(painter, rect, tokens.accent_soft, tokens.accent.gamma_multiply(0.45)),
        Fill::Missing => hatch::fill(painter, rect, tokens.critical_soft, tokens.critical.gamma_multiply(0.45)),
        Fill::Free => {}
    }
}

/// What a part looks like, for the legend.
pub(super) fn swatch(ui: &Ui, tokens: &Tokens, fill: Fill, square: Rect) {
    let line = match fill {
        Fill::Held(colour) => {
            ui.painter().rect_filled(square, size::SMALL_RADIUS, colour);
            return;
        }
        Fill::Fits => tokens.accent,
        Fill::Missing => tokens.critical,
        Fill::Free => tokens.muted,
    };
    if fill == Fill::Free {
        ui.painter().rect_filled(square, size::SMALL_RADIUS, tokens.free);
    }
    paint(ui.painter(), tokens, fill, square, false);
    ui.painter().rect_stroke(square, size::SMALL_RADIUS, Stroke::new(size::LINE, line), StrokeKind::Inside);
}
