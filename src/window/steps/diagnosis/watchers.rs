//! Programs that watch the project, as the report tells of them.

use super::document;
use crate::report::{self, Block, Section};
use crate::say;
use crate::window::look::{Actions, Look};
use crate::window::state::derived::Address;
use crate::window::state::{DiagnosisPage, Judged};
use crate::words::Words;
use eframe::egui::Ui;
use std::sync::Arc;

/// Draws the table; nothing where none but Streamlit's apps watches the project.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, judged: &Arc<Judged>, page: &mut DiagnosisPage, actions: &mut Actions) {
    let made_for = (Address::of(judged), look.words.language(), page.tab);
    let project = judged.survey.project.as_ref();
    let make = || {
        let section = project.and_then(|project| report::watchers_section(project, look.words));
        section.map(|section| with_knobs_below(section, look.words)).into_iter().collect()
    };
    let sections = page.sections.of(made_for, make);
    document::ui(ui, look, sections, actions);
}

/// Takes the last column, what reduces each, out of the table and tells it below: in the narrowest window its cells would
/// be cut, and they are texts to type.
fn with_knobs_below(mut section: Section, words: &Words) -> Section {
    let mut told = Vec::new();
    for block in &mut section.blocks {
        let Block::Table(table) = block else { continue };
        table.columns.pop();
        for row in &mut table.rows {
            let Some(knobs) = row.pop().filter(|knobs| !knobs.text().is_empty()) else { continue };
            let program = row.first().map(|program| program.text().to_owned()).unwrap_or_default();
            told.push(Block::Paragraph(say!(words, "watchers-reduced-by", program = program, knobs = knobs.text())));
        }
    }
    section.blocks.extend(told);
    section
}
