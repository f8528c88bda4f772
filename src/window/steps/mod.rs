//! The four steps, one page each.

pub mod diagnosis;
pub mod fix;
pub mod project;
pub mod verify;

use super::look::{Actions, Look};
use super::state::{WindowState, WizardStep};
use super::theme::{Type, margin, size, space};
use super::widgets::text;
use eframe::egui::{self, CentralPanel, Frame, ScrollArea, Ui, UiBuilder};

/// Draws the page of the present step.
pub fn show(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    let frame = Frame::new().fill(look.tokens.background);
    CentralPanel::no_frame().frame(frame).show(ui, |ui| {
        // Each step keeps its own place in its page.
        let mut area = ScrollArea::vertical().id_salt(state.step).auto_shrink(false);
        if std::mem::take(&mut state.to_top) {
            area = area.vertical_scroll_offset(0.0);
        }
        area.show(ui, |ui| {
            // In a wide window the page stands in the middle: lines would be too long to read.
            let spare = (ui.available_width() - 2.0 * space::PAGE - size::PAGE).max(0.0);
            let page = ui.available_rect_before_wrap().shrink2(egui::vec2(spare / 2.0, 0.0));
            ui.scope_builder(UiBuilder::new().max_rect(page), |ui| {
                Frame::new().inner_margin(margin::PAGE).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.spacing_mut().item_spacing.y = space::L;
                    match state.step {
                        WizardStep::Project => project::page_ui(ui, look, state, actions),
                        WizardStep::Diagnosis => diagnosis::page_ui(ui, look, state, actions),
                        WizardStep::Fix => fix::page_ui(ui, look, state, actions),
                        WizardStep::Verify => verify::page_ui(ui, look, state, actions),
                    }
                });
            });
        });
    });
}

/// A page's one sentence, with what explains it below.
fn title_ui(ui: &mut Ui, look: Look<'_>, title: &str, below: Option<&str>) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let heading = text(ui, Type::Title, look.tokens.text, title);
        ui.ctx().accesskit_node_builder(heading.id, |node| {
            node.set_role(egui::accesskit::Role::Heading);
            node.set_label(title); // unlike a label's, a heading's name is not its value
        });
        if let Some(below) = below {
            text(ui, Type::Body, look.tokens.muted, below);
        }
    });
}
