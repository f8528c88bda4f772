//! A line over time that goes in steps: each value holds until the next one is read.

use super::parts::{self, Met, PicturePart};
use crate::window::theme::{Tokens, Type, size, space};
use eframe::egui::{self, Align2, Painter, Pos2, Rangef, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2};

/// One stretch of the line.
pub struct Stretch {
    /// The place where it begins and ends, from 0 (the left) to 1.
    pub span: Rangef,
    /// The stretch's height.
    pub value: u64,
    /// The words for it, with its figure.
    pub name: String,
}

/// Contents of a chart.
pub struct Chart<'a> {
    /// Parts from left to right.
    pub stretches: &'a [Stretch],
    /// A line across at this height with its words, where it is near enough to be drawn.
    pub limit: Option<(u64, &'a str)>,
    /// The height of the chart's upper edge.
    pub top: u64,
    /// The whole picture for those who do not see it.
    pub in_words: &'a str,
}

/// Draws the chart; the stretch that is looked at.
pub fn line_chart(ui: &mut Ui, tokens: &Tokens, chart: &Chart<'_>) -> Option<usize> {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), size::LINE_CHART), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, chart.in_words));
    let painter = ui.painter_at(rect.expand(4.0));
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(size::LINE, tokens.muted));
    if let Some((limit, words)) = chart.limit {
        limit_line(&painter, tokens, rect, height(rect, limit, chart.top), words);
    }
    line(&painter, tokens, rect, chart);
    let met: Vec<PicturePart> =
        chart.stretches.iter().map(|stretch| PicturePart { area: area(rect, stretch), opens: false }).collect();
    let name = |place: usize| chart.stretches.get(place).map(|stretch| stretch.name.clone()).unwrap_or_default();
    let Met { looked_at, .. } = parts::meet(ui, tokens, response.id, &met, name);
    if let Some(stretch) = looked_at.and_then(|place| chart.stretches.get(place)) {
        let at = pos2(area(rect, stretch).center().x, height(rect, stretch.value, chart.top));
        painter.vline(at.x, rect.y_range(), Stroke::new(size::LINE, tokens.muted));
        painter.circle(at, 4.0, tokens.series[0], Stroke::new(size::STRONG_LINE, tokens.surface));
    }
    looked_at
}

fn height(rect: Rect, value: u64, top: u64) -> f32 {
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a height on the screen")]
    let share = (value as f64 / top.max(1) as f64) as f32;
    rect.bottom() - rect.height() * share.min(1.0)
}

/// Returns an area wide enough to be pointed at.
fn area(rect: Rect, stretch: &Stretch) -> Rect {
    let at = |share: f32| rect.left() + rect.width() * share;
    let span = Rangef::new(at(stretch.span.min), at(stretch.span.max).max(at(stretch.span.min) + 3.0));
    Rect::from_x_y_ranges(span, rect.y_range()).intersect(rect.expand2(egui::vec2(3.0, 0.0)))
}

fn line(painter: &Painter, tokens: &Tokens, rect: Rect, chart: &Chart<'_>) {
    let stroke = Stroke::new(size::STRONG_LINE, tokens.series[0]);
    let at = |share: f32, value: u64| pos2(rect.left() + rect.width() * share, height(rect, value, chart.top));
    let mut before: Option<(f32, Pos2)> = None;
    for stretch in chart.stretches {
        let (from, to) = (at(stretch.span.min, stretch.value), at(stretch.span.max, stretch.value));
        let below = Rect::from_min_max(from, pos2(to.x.max(from.x + 1.0), rect.bottom()));
        painter.rect_filled(below, 0.0, tokens.series[0].gamma_multiply(0.12));
        // Gaps in which nothing was looked at are left open.
        if let Some((end, point)) = before
            && end >= stretch.span.min
        {
            painter.line_segment([point, from], stroke);
        }
        if to.x - from.x < 1.0 {
            painter.circle_filled(from, 2.5, tokens.series[0]);
        } else {
            painter.line_segment([from, to], stroke);
        }
        before = Some((stretch.span.max, to));
    }
}

fn limit_line(painter: &Painter, tokens: &Tokens, rect: Rect, y: f32, words: &str) {
    let ends = [pos2(rect.left(), y), pos2(rect.right(), y)];
    painter.extend(Shape::dashed_line(&ends, Stroke::new(1.5, tokens.text), 6.0, 4.0));
    let galley = painter.layout_no_wrap(words.to_owned(), Type::Caption.font(), tokens.muted);
    // Beside the line, where there is more room.
    let above = y - rect.top() > rect.height() / 2.0;
    let (align, y) = if above { (Align2::RIGHT_BOTTOM, y - 2.0) } else { (Align2::RIGHT_TOP, y + 2.0) };
    let place = align.anchor_size(pos2(rect.right(), y), galley.size() + egui::vec2(space::XS, 2.0));
    painter.rect_filled(place, size::SMALL_RADIUS, tokens.surface);
    painter.galley(place.min + egui::vec2(2.0, 1.0), galley, tokens.muted);
}
