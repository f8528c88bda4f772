//! Tags: one or two words on a soft ground.

use crate::window::theme::{Tokens, Type, size, space};
use eframe::egui::{Color32, Response, Role, Sense, Ui, Vec2, WidgetInfo};

/// Meanings that a tag tells by its colour, beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// No meaning beside its words.
    Plain,
    /// A thing that is chosen, running, recommended.
    Accent,
    /// All is well.
    Ok,
    /// A warning.
    Warning,
    /// A critical state.
    Critical,
}

impl Tone {
    /// Returns ground and text.
    #[must_use]
    pub const fn colours(self, tokens: &Tokens) -> (Color32, Color32) {
        match self {
            Self::Plain => (tokens.free, tokens.muted),
            Self::Accent => (tokens.accent_soft, tokens.accent),
            Self::Ok => (tokens.ok_soft, tokens.ok),
            Self::Warning => (tokens.warning_soft, tokens.warning),
            Self::Critical => (tokens.critical_soft, tokens.critical),
        }
    }
}

/// Draws a tag.
pub fn tag(ui: &mut Ui, tokens: &Tokens, tone: Tone, words: &str) -> Response {
    let (ground, colour) = tone.colours(tokens);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), Type::Caption.font(), colour);
    let size = Vec2::new(galley.size().x + 2.0 * space::S, size::TAG);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    ui.painter().rect_filled(rect, size::TAG_RADIUS, ground);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, colour);
    response
}

/// The width a tag of these words takes.
#[must_use]
pub fn width(ui: &Ui, words: &str) -> f32 {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), Type::Caption.font(), Color32::PLACEHOLDER);
    galley.size().x + 2.0 * space::S
}
