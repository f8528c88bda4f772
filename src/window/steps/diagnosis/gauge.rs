//! The gauge: who holds how much of the limit, what the project will add, and where the limit is.

use super::share_of;
use crate::diagnosis::Budget;
use crate::diagnosis::budget::Holder;
use crate::say;
use crate::window::look::Look;
use crate::window::theme::{Tokens, Type, size, space};
use crate::window::widgets::{card, hatch, text};
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Align, Color32, CornerRadius, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

/// How a part is filled.
#[derive(Clone, Copy, PartialEq)]
enum Fill {
    Held(Color32),
    /// Will be added and fits.
    Fits,
    /// Will not fit.
    Missing,
}

struct Part {
    name: String,
    watches: u64,
    fill: Fill,
}

impl Part {
    fn in_words(&self, look: Look<'_>) -> String {
        format!("{} {}", self.name, look.words.number(self.watches))
    }
}

/// Draws bar and legend; without a known limit there is nothing to compare with.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, budget: &Budget) {
    let Some(limit) = budget.watches.limit else { return };
    let parts = parts(look, budget);
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.horizontal(|ui| {
            text(ui, Type::Strong, look.tokens.text, say!(look.words, "gauge-title"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                text(ui, Type::Caption, look.tokens.muted, say!(look.words, "gauge-limit", limit = limit));
            });
        });
        bar_ui(ui, look, &parts, limit);
        legend_ui(ui, look, &parts);
    });
}

fn parts(look: Look<'_>, budget: &Budget) -> Vec<Part> {
    let colours = look.tokens.parts;
    let others = colours[colours.len() - 1];
    let mut parts: Vec<Part> = Vec::new();
    for (place, (holder, watches)) in budget.holders.iter().enumerate() {
        let (name, colour) = match holder {
            Holder::Process { pid, program, .. } => {
                let pid = pid.to_string();
                let name = say!(look.words, "gauge-process", program = program.as_str(), pid = pid.as_str());
                (name, colours.get(place).copied().unwrap_or(others))
            }
            Holder::Others(count) => (say!(look.words, "gauge-others", count = *count), others),
        };
        parts.push(Part { name, watches: *watches, fill: Fill::Held(colour) });
    }
    let (missing, to_add) = (budget.watches.missing(), budget.watches.to_add);
    let fits = to_add - missing;
    if fits > 0 {
        parts.push(Part { name: say!(look.words, "gauge-fits"), watches: fits, fill: Fill::Fits });
    }
    if missing > 0 {
        parts.push(Part { name: say!(look.words, "gauge-missing"), watches: missing, fill: Fill::Missing });
    }
    parts
}

fn bar_ui(ui: &mut Ui, look: Look<'_>, parts: &[Part], limit: u64) {
    let total: u64 = parts.iter().map(|part| part.watches).sum();
    let scale = limit.max(total);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), size::GAUGE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, in_words(look, parts, limit)));
    let painter = ui.painter_at(rect.expand(8.0));
    painter.rect_filled(rect, size::RADIUS - 2, look.tokens.free);
    let at = |watches: u64| rect.left() + rect.width() * share_of(watches, scale);
    let mut before = 0_u64;
    for (place, part) in parts.iter().enumerate() {
        let (from, to) = (at(before), at(before + part.watches));
        before += part.watches;
        // The smallest part is still seen; the others keep their places, so that the limit stands where it is.
        let area = Rect::from_min_max(egui::pos2(from, rect.top()), egui::pos2(to.max(from + 1.0), rect.bottom()));
        let gap = if area.width() > 6.0 { 2.0 } else { 0.0 };
        let seen = Rect::from_min_max(area.min, area.max - egui::vec2(gap, 0.0)).intersect(rect);
        paint_part(&painter, look.tokens, part.fill, seen, place == 0);
        let hover = ui.interact(area, response.id.with(place), Sense::hover());
        hover.on_hover_text(part.in_words(look));
    }
    let mark = egui::pos2(at(limit).min(rect.right() - 1.0), rect.center().y);
    let mark = Rect::from_center_size(mark, egui::vec2(2.0, size::GAUGE + space::M));
    painter.rect_filled(mark, 0.0, look.tokens.text);
}

fn paint_part(painter: &egui::Painter, tokens: &Tokens, fill: Fill, rect: Rect, first: bool) {
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
    }
}

fn legend_ui(ui: &mut Ui, look: Look<'_>, parts: &[Part]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::XL, space::XS);
        for part in parts {
            let mut words = LayoutJob::default();
            let format = |colour| TextFormat::simple(Type::Caption.font(), colour);
            words.append(&part.name, 0.0, format(look.tokens.muted));
            words.append(&look.words.number(part.watches), space::XS, format(look.tokens.text));
            let galley = ui.painter().layout_job(words);
            let (rect, response) = ui.allocate_exact_size(galley.size() + egui::vec2(space::L, 0.0), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, part.in_words(look)));
            let square = egui::pos2(rect.left() + 5.0, rect.center().y);
            swatch(ui, look.tokens, part.fill, Rect::from_center_size(square, egui::Vec2::splat(10.0)));
            ui.painter().galley(rect.min + egui::vec2(space::L, 0.0), galley, look.tokens.muted);
        }
    });
}

fn swatch(ui: &Ui, tokens: &Tokens, fill: Fill, square: Rect) {
    let colour = match fill {
        Fill::Held(colour) => {
            ui.painter().rect_filled(square, size::SMALL_RADIUS, colour);
            return;
        }
        Fill::Fits => tokens.accent,
        Fill::Missing => tokens.critical,
    };
    paint_part(ui.painter(), tokens, fill, square, false);
    ui.painter().rect_stroke(square, size::SMALL_RADIUS, Stroke::new(size::LINE, colour), StrokeKind::Inside);
}

/// The whole gauge for those who do not see it.
fn in_words(look: Look<'_>, parts: &[Part], limit: u64) -> String {
    let each: Vec<String> = parts.iter().map(|part| part.in_words(look)).collect();
    say!(look.words, "gauge-in-words", limit = limit, parts = each.join(", "))
}
