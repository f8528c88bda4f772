//! Theme, contrast and size of text, as chosen or as the desktop has them.

use super::WindowApp;
use crate::window::portal::Appearance;
use crate::window::settings::ThemeChoice;
use crate::window::theme::{self, size};
use eframe::egui::{self, Context};

impl WindowApp {
    /// Follows the theme: light or dark, as chosen or as the desktop has it.
    pub(super) fn follow_theme(&self, ctx: &Context) {
        let dark = match self.settings.theme {
            ThemeChoice::System => self.appearance.dark(),
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
        };
        ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
    }

    /// Follows the desktop's contrast and size of text. What is chosen with Ctrl and plus stays until those change.
    pub(super) fn follow_appearance(&mut self, ctx: &Context) {
        let wanted = (self.appearance.high_contrast(), self.zoom(ctx));
        if wanted.0 != self.shown_as.0 {
            theme::apply_contrast(ctx, wanted.0);
        }
        if (wanted.1 - self.shown_as.1).abs() > f32::EPSILON {
            ctx.set_zoom_factor(wanted.1);
        }
        self.shown_as = wanted;
    }

    /// The desktop's size of text, as far as the window has room for it: below its least size nothing fits any more.
    fn zoom(&self, ctx: &Context) -> f32 {
        let wanted = self.appearance.text_scale();
        let window = ctx.content_rect().size() * ctx.zoom_factor();
        let room = (window / egui::Vec2::from(size::LEAST_WINDOW)).min_elem();
        wanted.min(room.max(Appearance::ORDINARY))
    }
}
