//! Buttons: one that matters most, ordinary ones, tabs, and quiet ones that open a menu.

use super::focus_ring;
use crate::window::theme::{Tokens, Type, icon, size, space};
use eframe::egui::{
    self, Color32, CursorIcon, Galley, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget, WidgetInfo,
};
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq)]
enum ButtonKind {
    Primary,
    Secondary,
    Menu,
    Quiet,
    Tab { chosen: bool },
}

/// A button; its visible words are its accessible name.
pub struct Button<'a> {
    tokens: &'a Tokens,
    label: &'a str,
    kind: ButtonKind,
    enabled: bool,
}

impl<'a> Button<'a> {
    const fn new(tokens: &'a Tokens, label: &'a str, kind: ButtonKind) -> Self {
        Self { tokens, label, kind, enabled: true }
    }

    /// The one that leads on.
    #[must_use]
    pub const fn primary(tokens: &'a Tokens, label: &'a str) -> Self {
        Self::new(tokens, label, ButtonKind::Primary)
    }

    /// An ordinary one.
    #[must_use]
    pub const fn secondary(tokens: &'a Tokens, label: &'a str) -> Self {
        Self::new(tokens, label, ButtonKind::Secondary)
    }

    /// One without a border that opens a menu.
    #[must_use]
    pub const fn menu(tokens: &'a Tokens, label: &'a str) -> Self {
        Self::new(tokens, label, ButtonKind::Menu)
    }

    /// One without a border.
    #[must_use]
    pub const fn quiet(tokens: &'a Tokens, label: &'a str) -> Self {
        Self::new(tokens, label, ButtonKind::Quiet)
    }

    /// One of several tabs.
    #[must_use]
    pub const fn tab(tokens: &'a Tokens, label: &'a str, chosen: bool) -> Self {
        Self::new(tokens, label, ButtonKind::Tab { chosen })
    }

    /// Makes it a button that can be pressed now, or not.
    #[must_use]
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The size it will take.
    #[must_use]
    pub fn size(&self, ui: &Ui) -> Vec2 {
        self.size_of(&self.galley(ui))
    }

    fn galley(&self, ui: &Ui) -> Arc<Galley> {
        ui.painter().layout_no_wrap(self.label.to_owned(), Type::Control.font(), Color32::PLACEHOLDER)
    }

    fn size_of(&self, galley: &Galley) -> Vec2 {
        let (padding, height) = match self.kind {
            ButtonKind::Primary | ButtonKind::Secondary => (space::L, size::CONTROL),
            ButtonKind::Menu | ButtonKind::Quiet => (space::S, size::CONTROL),
            ButtonKind::Tab { .. } => (space::M, size::ROW),
        };
        let arrow = if self.kind == ButtonKind::Menu { space::L } else { 0.0 };
        Vec2::new(galley.size().x + 2.0 * padding + arrow, height)
    }

    /// Returns ground, border and text, by what the pointer does.
    fn colours(&self, hovered: bool) -> (Color32, Color32, Color32) {
        let t = self.tokens;
        let none = Color32::TRANSPARENT;
        match self.kind {
            _ if !self.enabled => {
                (none, if matches!(self.kind, ButtonKind::Menu | ButtonKind::Quiet) { none } else { t.line }, t.faint)
            }
            ButtonKind::Primary if hovered => (t.accent_hovered, t.accent_hovered, t.on_accent),
            ButtonKind::Primary => (t.accent, t.accent, t.on_accent),
            ButtonKind::Secondary if hovered => (t.hovered, t.faint, t.text),
            ButtonKind::Secondary => (t.raised, t.line, t.text),
            ButtonKind::Tab { chosen: true } => (t.accent_soft, none, t.accent),
            ButtonKind::Menu | ButtonKind::Quiet | ButtonKind::Tab { .. } if hovered => (t.hovered, none, t.text),
            ButtonKind::Menu | ButtonKind::Quiet | ButtonKind::Tab { .. } => (none, none, t.muted),
        }
    }

    fn paint(&self, ui: &Ui, rect: Rect, galley: Arc<Galley>, hovered: bool) {
        let (ground, border, words) = self.colours(hovered);
        let painter = ui.painter();
        painter.rect(rect, size::RADIUS, ground, Stroke::new(size::LINE, border), StrokeKind::Inside);
        let arrow = if self.kind == ButtonKind::Menu { space::L } else { 0.0 };
        let centre = rect.center() - egui::vec2(arrow / 2.0, 0.0);
        let right = centre.x + galley.size().x / 2.0;
        painter.galley(centre - galley.size() / 2.0, galley, words);
        if arrow > 0.0 {
            icon::opens(painter, egui::pos2(right + arrow - space::XS, rect.center().y), words);
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let galley = self.galley(ui);
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(self.size_of(&galley), sense);
        let (role, chosen) = match self.kind {
            ButtonKind::Tab { chosen } => (Role::Tab, Some(chosen)),
            ButtonKind::Primary | ButtonKind::Secondary | ButtonKind::Menu | ButtonKind::Quiet => (Role::Button, None),
        };
        let enabled = self.enabled && ui.is_enabled();
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(role, enabled, self.label);
            info.selected = chosen;
            info
        });
        if self.kind == ButtonKind::Primary {
            // Told to whoever counts them: a page has one.
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_class_name("primary"));
        }
        if let Some(chosen) = chosen {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(chosen));
        }
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, galley, response.hovered() && enabled);
            focus_ring(ui, self.tokens, &response, size::RADIUS);
        }
        if enabled { response.on_hover_cursor(CursorIcon::PointingHand) } else { response }
    }
}
