//! The gauge's bar: its parts in proportion, and the mark where the limit is.

use super::super::share_of;
use super::parts::{GaugeFill, GaugePart};
use crate::window::look::Look;
use crate::window::theme::{Tokens, size, space};
use crate::window::widgets::{hatch, parts};
use eframe::egui::{self, CornerRadius, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

/// The bar as it was drawn.
pub(super) struct GaugeBar {
    areas: Vec<Rect>,
    /// The part under the pointer, or the one that has the keyboard.
    pub(super) looked_at: Option<usize>,
}

/// Draws the bar, whose parts can be looked at one by one.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, parts: &[GaugePart], limit: u64, in_words: &str) -> GaugeBar {
    let (response, areas) = drawn(ui, look, parts, limit, in_words);
    let met: Vec<parts::PicturePart> =
        areas.iter().map(|area| parts::PicturePart { area: *area, opens: false }).collect();
    let name = |place: usize| parts.get(place).map(|part| part.sentence.clone()).unwrap_or_default();
    let looked_at = parts::meet(ui, look.tokens, response.id, &met, name).looked_at;
    GaugeBar { areas, looked_at }
}

/// Draws the bar as one picture.
pub(super) fn plain(ui: &mut Ui, look: Look<'_>, parts: &[GaugePart], limit: u64, in_words: &str) {
    drawn(ui, look, parts, limit, in_words);
}

fn drawn(ui: &mut Ui, look: Look<'_>, parts: &[GaugePart], limit: u64, in_words: &str) -> (Response, Vec<Rect>) {
    let total: u64 = parts.iter().map(|part| part.watches).sum();
    let scale = limit.max(total);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), size::GAUGE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, in_words));
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
    (response, areas)
}

/// The smallest part is still seen; the others keep their places, so that the limit stands where it is.
fn areas(parts: &[GaugePart], rect: Rect, scale: u64) -> Vec<Rect> {
    let at = |watches: u64| rect.left() + rect.width() * share_of(watches, scale);
    let mut before = 0_u64;
    let area = |part: &GaugePart| {
        let (from, to) = (at(before), at(before + part.watches));
        before += part.watches;
        Rect::from_min_max(egui::pos2(from, rect.top()), egui::pos2(to.max(from + 1.0), rect.bottom()))
    };
    parts.iter().map(area).collect()
}

impl GaugeBar {
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

fn paint(painter: &Painter, tokens: &Tokens, fill: GaugeFill, rect: Rect, first: bool) {
    let left = if first { size::RADIUS - 2 } else { 0 };
    match fill {
        GaugeFill::Held(colour) => {
            painter.rect_filled(rect, CornerRadius { nw: left, sw: left, ne: 0, se: 0 }, colour);
        }
        // Too narrow for stripes.
        GaugeFill::Fits if rect.width() < 4.0 => drop(painter.rect_filled(rect, 0.0, tokens.accent)),
        GaugeFill::Missing if rect.width() < 4.0 => drop(painter.rect_filled(rect, 0.0, tokens.critical)),
        GaugeFill::Fits => hatch::fill(painter, rect, tokens.accent_soft, tokens.accent.gamma_multiply(0.45)),
        GaugeFill::Missing => hatch::fill(painter, rect, tokens.critical_soft, tokens.critical.gamma_multiply(0.45)),
        GaugeFill::Free => {}
    }
}

/// Draws what a part looks like, for the legend.
pub(super) fn swatch(ui: &Ui, tokens: &Tokens, fill: GaugeFill, square: Rect) {
    let line = match fill {
        GaugeFill::Held(colour) => {
            ui.painter().rect_filled(square, size::SMALL_RADIUS, colour);
            return;
        }
        GaugeFill::Fits => tokens.accent,
        GaugeFill::Missing => tokens.critical,
        GaugeFill::Free => tokens.muted,
    };
    if fill == GaugeFill::Free {
        ui.painter().rect_filled(square, size::SMALL_RADIUS, tokens.free);
    }
    paint(ui.painter(), tokens, fill, square, false);
    ui.painter().rect_stroke(square, size::SMALL_RADIUS, Stroke::new(size::LINE, line), StrokeKind::Inside);
}
