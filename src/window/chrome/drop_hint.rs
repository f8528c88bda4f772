//! A hint while something is dragged over the window: what dropping it does.

use crate::say;
use crate::window::look::Look;
use crate::window::theme::{Type, size, space};
use eframe::egui::{Align2, Context, Id, LayerId, Order, Stroke, StrokeKind};

/// Draws a veil with the hint, only while files hover.
pub fn show(ctx: &Context, look: Look<'_>) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop hint")));
    let all = ctx.content_rect();
    painter.rect_filled(all, 0.0, look.tokens.drop_veil());
    let line = Stroke::new(size::STRONG_LINE, look.tokens.accent);
    painter.rect_stroke(all.shrink(space::M), size::CARD_RADIUS, line, StrokeKind::Inside);
    let words = say!(look.words, "window-drop");
    painter.text(all.center(), Align2::CENTER_CENTER, words, Type::Title.font(), look.tokens.text);
}
