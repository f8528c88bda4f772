//! The signs that are drawn: lines of one width with the middle where it is asked for. The typeface has none that sit
//! in the middle.

use eframe::egui::epaint::PathStroke;
use eframe::egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};

/// Width of the lines.
const LINE: f32 = 1.8;

/// Paints the sign for what is done or passed.
pub fn check(painter: &Painter, centre: Pos2, ink: Color32) {
    let points = [vec2(-4.0, 0.2), vec2(-1.2, 3.0), vec2(4.2, -3.2)];
    painter.line(points.map(|point| centre + point).to_vec(), PathStroke::new(LINE, ink));
}

/// Paints the sign for what failed.
pub fn cross(painter: &Painter, centre: Pos2, ink: Color32) {
    for arm in [vec2(3.6, 3.6), vec2(3.6, -3.6)] {
        painter.line_segment([centre - arm, centre + arm], Stroke::new(LINE, ink));
    }
}

/// Paints the sign for what is not known.
pub fn dash(painter: &Painter, centre: Pos2, ink: Color32) {
    painter.hline(centre.x - 4.0..=centre.x + 4.0, centre.y, Stroke::new(LINE, ink));
}

/// Paints the sign for something that opens below. The one filled sign.
pub fn opens(painter: &Painter, centre: Pos2, ink: Color32) {
    let points: [Vec2; 3] = [vec2(-4.0, -2.0), vec2(4.0, -2.0), vec2(0.0, 2.5)];
    painter.add(Shape::convex_polygon(points.map(|point| centre + point).to_vec(), ink, Stroke::NONE));
}

/// Paints the sign for something that is closed and can be opened.
pub fn closed(painter: &Painter, centre: Pos2, ink: Color32) {
    let points: [Vec2; 3] = [vec2(-2.0, -4.0), vec2(2.5, 0.0), vec2(-2.0, 4.0)];
    painter.add(Shape::convex_polygon(points.map(|point| centre + point).to_vec(), ink, Stroke::NONE));
}
