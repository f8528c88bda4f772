//! egui's own style, made from the tokens, for the widgets that are not ours.

use super::{Tokens, Type, size, space};
use eframe::egui::{
    self, Context, CornerRadius, Margin, Shadow, Stroke, TextStyle, Theme, Vec2, Visuals, style::WidgetVisuals,
};

/// Gives egui both themes. Once at start.
pub fn apply(ctx: &Context) {
    apply_contrast(ctx, false);
}

/// The same in `high` or ordinary contrast: at start, and when the desktop wants the other.
pub fn apply_contrast(ctx: &Context, high: bool) {
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| restyle(style, Tokens::with_contrast(theme, high)));
    }
}

fn restyle(style: &mut egui::Style, tokens: &Tokens) {
    style.text_styles = [
        (TextStyle::Heading, Type::Title.font()),
        (TextStyle::Body, Type::Body.font()),
        (TextStyle::Button, Type::Control.font()),
        (TextStyle::Small, Type::Caption.font()),
        (TextStyle::Monospace, Type::Code.font()),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(space::S, space::S);
    style.spacing.button_padding = Vec2::new(space::M, space::S);
    style.spacing.interact_size = Vec2::new(size::CONTROL, Type::Body.line_height());
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.combo_width = 0.0;
    style.spacing.tooltip_width = 360.0;
    style.spacing.scroll.floating = true;
    style.interaction.tooltip_delay = 0.2;
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.visuals = visuals(tokens);
}

fn visuals(tokens: &Tokens) -> Visuals {
    let mut visuals = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(tokens.muted);
    visuals.hyperlink_color = tokens.accent;
    visuals.faint_bg_color = tokens.background;
    visuals.extreme_bg_color = tokens.surface;
    visuals.text_edit_bg_color = Some(tokens.surface);
    visuals.code_bg_color = tokens.code;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.critical;
    visuals.panel_fill = tokens.background;
    visuals.window_fill = tokens.raised;
    visuals.window_stroke = Stroke::new(size::LINE, tokens.line);
    visuals.window_corner_radius = CornerRadius::same(size::CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(size::RADIUS);
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: tokens.veil.gamma_multiply(0.4) };
    (visuals.popup_shadow, visuals.window_shadow) = (shadow, shadow);
    visuals.selection.bg_fill = if tokens.dark { tokens.accent.gamma_multiply(0.35) } else { tokens.accent_soft };
    visuals.selection.stroke = Stroke::new(size::STRONG_LINE, tokens.accent);
    visuals.text_cursor.blink = false; // a blinking caret draws twice a second for nothing
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(tokens, tokens.surface, tokens.line);
    widgets.inactive = widget(tokens, tokens.raised, tokens.line);
    widgets.hovered = widget(tokens, tokens.hovered, tokens.faint);
    widgets.active = widget(tokens, tokens.hovered, tokens.accent);
    widgets.open = widget(tokens, tokens.hovered, tokens.accent);
    visuals
}

fn widget(tokens: &Tokens, fill: egui::Color32, line: egui::Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: tokens.line, // the ground of check boxes
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(size::LINE, line),
        corner_radius: CornerRadius::same(size::RADIUS),
        fg_stroke: Stroke::new(size::LINE, tokens.text),
        expansion: 0.0,
    }
}
