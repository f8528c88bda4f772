//! Programs that watch the project, as the report tells of them.

use super::document;
use crate::report;
use crate::window::look::{Actions, Look};
use crate::window::state::derived::Address;
use crate::window::state::{DiagnosisPage, Judged};
use eframe::egui::Ui;
use std::sync::Arc;

/// Draws the table; nothing where none but Streamlit's apps watches the project.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, judged: &Arc<Judged>, page: &mut DiagnosisPage, actions: &mut Actions) {
    let made_for = (Address::of(judged), look.words.language(), page.tab);
    let project = judged.survey.project.as_ref();
    let make = || project.and_then(|project| report::watchers_section(project, look.words)).into_iter().collect();
    let sections = page.sections.of(made_for, make);
    document::ui(ui, look, sections, actions);
}
