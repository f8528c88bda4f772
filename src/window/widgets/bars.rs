//! Two bars below each other: what was before and what is now, each with the limit of its time.

use super::{card, text};
use crate::say;
use crate::window::look::Look;
use crate::window::theme::{Type, size, space};
use eframe::egui::{self, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

/// One bar.
#[derive(Clone, Copy)]
pub struct ChartBar<'a> {
    /// The label: "before", "now".
    pub label: &'a str,
    /// The bar's length.
    pub value: u64,
    /// The place of the limit, where it is known.
    pub limit: Option<u64>,
}

/// Draws a card with `title` and both bars on one scale, each with its figures in words at the right or below.
pub fn before_after_ui(ui: &mut Ui, look: Look<'_>, title: &str, bars: [ChartBar<'_>; 2]) {
    let most = bars.iter().map(|bar| bar.value.max(bar.limit.unwrap_or_default())).max().unwrap_or_default().max(1);
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        text(ui, Type::Strong, look.tokens.text, title);
        for (place, bar) in bars.into_iter().enumerate() {
            bar_ui(ui, look, bar, look.tokens.series[if place == 0 { 4 } else { 0 }], most);
        }
    });
}

fn bar_ui(ui: &mut Ui, look: Look<'_>, bar: ChartBar<'_>, colour: egui::Color32, most: u64) {
    let figures = in_words(look, bar);
    text(ui, Type::Small, look.tokens.text, figures.as_str());
    let (row, response) =
        ui.allocate_exact_size(egui::vec2(ui.available_width(), size::BAR + space::S), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, &figures));
    let rect = Rect::from_center_size(row.center(), egui::vec2(row.width(), size::BAR));
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a length on the screen")]
    let at = |value: u64| rect.left() + rect.width() * (value as f64 / most as f64) as f32;
    let painter = ui.painter();
    painter.rect_filled(rect, size::SMALL_RADIUS, look.tokens.free);
    if bar.value > 0 {
        let to = at(bar.value).max(rect.left() + 2.0);
        painter.rect_filled(Rect::from_min_max(rect.min, pos2(to, rect.bottom())), size::SMALL_RADIUS, colour);
    }
    if let Some(limit) = bar.limit {
        let x = at(limit).clamp(rect.left() + 1.0, rect.right() - 1.0);
        painter.vline(x, row.y_range(), Stroke::new(size::STRONG_LINE, look.tokens.text));
    }
}

/// Words a bar: "before: 8,190, limit 8,192".
fn in_words(look: Look<'_>, bar: ChartBar<'_>) -> String {
    match bar.limit {
        Some(limit) => say!(look.words, "bar-with-limit", label = bar.label, value = bar.value, limit = limit),
        None => say!(look.words, "bar-without-limit", label = bar.label, value = bar.value),
    }
}
