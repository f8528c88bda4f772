//! Hatching of what is not there yet.

use eframe::egui::{self, Color32, Painter, Rect, Stroke};

/// Fills `rect` with slanted stripes of `stripe` on `ground`.
pub fn fill(painter: &Painter, rect: Rect, ground: Color32, stripe: Color32) {
    const PITCH: f32 = 9.0;
    const THICK: f32 = 3.0;
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    painter.rect_filled(rect, 0.0, ground);
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        let (from, to) = (egui::pos2(x, rect.bottom() + 1.0), egui::pos2(x + rect.height() + 2.0, rect.top() - 1.0));
        painter.line_segment([from, to], Stroke::new(THICK, stripe));
        x += PITCH;
    }
}
