//! The line that opens everything the judgement rests on.

use crate::say;
use crate::window::look::Look;
use crate::window::theme::{Type, icon, size, space};
use crate::window::widgets::{card, focus_ring, line};
use eframe::egui::{self, CursorIcon, Id, Role, Sense, Ui, UiBuilder, WidgetInfo};

/// Draws it; pressing it turns `open`.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, open: &mut bool) {
    let name = say!(look.words, "diagnosis-details");
    let builder = UiBuilder::new().scope_id(Id::unique("details")).sense(Sense::click());
    let head = ui.scope_builder(builder, |ui| {
        card(ui, look.tokens, |ui| {
            ui.style_mut().interaction.selectable_labels = false; // the whole line is one button
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                let (rect, _) = ui.allocate_exact_size(egui::vec2(space::M, size::TAG), Sense::hover());
                if *open {
                    icon::opens(ui.painter(), rect.center(), look.tokens.muted);
                } else {
                    icon::closed(ui.painter(), rect.center(), look.tokens.muted);
                }
                let galley = ui.painter().layout_no_wrap(name.clone(), Type::Strong.font(), look.tokens.text);
                let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
                ui.painter().galley(rect.min, galley, look.tokens.text);
                if !*open {
                    line(ui, Type::Small, look.tokens.muted, say!(look.words, "diagnosis-details-names"));
                }
            });
        });
    });
    let head = head.response;
    head.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    ui.ctx().accesskit_node_builder(head.id, |node| node.set_expanded(*open));
    focus_ring(ui, look.tokens, &head, size::CARD_RADIUS);
    if head.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        *open = !*open;
    }
}
