//! Second step: what is wrong, who holds the watches, and everything the judgement rests on.

mod details;
mod document;
mod findings;
mod folders;
mod gauge;
mod over_time;
mod processes;
mod taking;
mod watchers;

use super::fix::parts::FixView;
use super::fix::{plan_card, told};
use super::title_ui;
use crate::remedy::offer::Case;
use crate::report::{self, Section};
use crate::say;
use crate::window::failure;
use crate::window::links::{Document, links_ui};
use crate::window::look::{Action, Actions, Look};
use crate::window::state::derived::Address;
use crate::window::state::fix::{FixPage, recommended};
use crate::window::state::{DiagnosisPage, Judged, SurveyState, Tab, WindowState, WizardStep};
use crate::window::theme::{Type, space};
use crate::window::widgets::{Button, text};
use eframe::egui::Ui;
use std::sync::Arc;

/// Draws the page.
pub fn page_ui(ui: &mut Ui, look: Look<'_>, state: &mut WindowState, actions: &mut Actions) {
    let asks = state.asks_about_size();
    let WindowState { facts, diagnosis: page, request, fix, copied, .. } = state;
    match facts {
        SurveyState::Ready(judged) => judged_ui(ui, look, judged, (page, fix), copied.as_deref(), actions),
        SurveyState::Taking(progress) => taking::ui(ui, look, (request.project.as_deref(), asks), progress, actions),
        SurveyState::Failed(reason) => {
            title_ui(ui, look, &say!(look.words, "diagnosis-failed"), None);
            failure::card_ui(ui, look, reason);
            if ui.add(Button::secondary(look.tokens, &say!(look.words, "diagnosis-go-project"))).clicked() {
                actions.push(Action::Go(WizardStep::Project));
            }
        }
        SurveyState::None => title_ui(ui, look, &say!(look.words, "diagnosis-none"), None),
    }
}

/// Draws the judgement, what mends it, and one picture; the figures behind it on demand.
fn judged_ui(
    ui: &mut Ui,
    look: Look<'_>,
    judged: &Arc<Judged>,
    (page, fix): (&mut DiagnosisPage, &mut FixPage),
    copied: Option<&str>,
    actions: &mut Actions,
) {
    let diagnosis = &judged.diagnosis;
    title_ui(ui, look, &diagnosis.headline(look.words), diagnosis.figures(look.words).as_deref());
    plan_ui(ui, look, fix, copied, actions);
    gauge::short::ui(ui, look, diagnosis);
    findings::brief_ui(ui, look, diagnosis.beside_headline().next());
    details::ui(ui, look, &mut page.details);
    if page.details {
        details_ui(ui, look, judged, fix.case.as_deref(), page, actions);
    }
}

/// Draws what came of an attempt, and the recommended remedy; nothing where nothing is to do.
fn plan_ui(ui: &mut Ui, look: Look<'_>, fix: &mut FixPage, copied: Option<&str>, actions: &mut Actions) {
    let (current, idle) = (fix.is_current(), fix.doing.is_none());
    if let Some(told) = fix.told.as_ref().filter(|told| told.is_refusal()) {
        let (logs, not_opened) = (fix.logs.as_slice(), fix.not_opened.as_deref());
        let about = told::About { told, logs, copied, idle, brief: true, not_opened, limits_back: None };
        told::ui(ui, look, &about, std::mem::take(&mut fix.new_told), actions);
    }
    let Some(case) = &fix.case else { return };
    let Some(which) = recommended(case) else { return };
    let Some(offers) = &fix.offers else {
        text(ui, Type::Body, look.tokens.muted, say!(look.words, "fix-planning"));
        return;
    };
    let (doing, logs, not_opened) = (fix.doing, fix.logs.as_slice(), fix.not_opened.as_deref());
    let (still_running, told_log) = (None, None);
    let view = FixView { look, case, offers, current, doing, copied, still_running, told_log, logs, not_opened };
    plan_card::ui(ui, &view, which, &mut fix.unfolded, actions);
}

/// Draws everything that the judgement rests on.
fn details_ui(
    ui: &mut Ui,
    look: Look<'_>,
    judged: &Arc<Judged>,
    case: Option<&Case>,
    page: &mut DiagnosisPage,
    actions: &mut Actions,
) {
    if let Some(below) = below(look, judged) {
        text(ui, Type::Body, look.tokens.muted, below);
    }
    findings::ui(ui, look, &judged.diagnosis.findings);
    gauge::ui(ui, look, judged, page);
    tabs_ui(ui, look, page);
    match page.tab {
        Tab::Processes => processes::ui(ui, look, judged, page, actions),
        Tab::Folders => {
            watchers::ui(ui, look, judged, page, actions);
            folders::ui(ui, look, judged, case, page, actions);
        }
        Tab::Settings | Tab::System => {
            let made_for = (Address::of(judged), look.words.language(), page.tab);
            let sections = page.sections.of(made_for, || sections(look, judged, page.tab));
            if sections.is_empty() {
                return empty_ui(ui, look, &say!(look.words, "settings-none"));
            }
            document::ui(ui, look, sections, actions);
            let more: &[Document] = match page.tab {
                Tab::Settings => &[Document::StreamlitSettings],
                Tab::System => &[Document::Inotify, Document::KernelSettings],
                Tab::Processes | Tab::Folders => &[],
            };
            links_ui(ui, look.words, look.tokens, more);
        }
    }
}

/// Returns what the report says of it; nothing without an entry script.
fn sections(look: Look<'_>, judged: &Judged, tab: Tab) -> Vec<Section> {
    match tab {
        Tab::Processes | Tab::Folders => Vec::new(),
        Tab::Settings => {
            let project = judged.survey.project.as_ref();
            project.and_then(|project| report::settings_section(project, look.words)).into_iter().collect()
        }
        Tab::System => report::system_sections(&judged.survey.machine, look.words).into(),
    }
}

/// Words what the verdict's numbers were counted from.
fn below(look: Look<'_>, judged: &Judged) -> Option<String> {
    use crate::diagnosis::budget::Basis;
    let project = judged.survey.project.as_ref();
    match judged.diagnosis.budget.basis {
        Basis::NoProject => Some(say!(look.words, "diagnosis-below-no-project")),
        Basis::WholeFolder => Some(say!(look.words, "diagnosis-below-whole-folder")),
        Basis::NoWatching(_) => None,
        Basis::Streamlit => {
            let script = project?.script.as_ref()?;
            let script = script.path.strip_prefix(&project?.root).unwrap_or(&script.path);
            Some(say!(look.words, "diagnosis-below-streamlit", script = script.display().to_string()))
        }
    }
}

fn tabs_ui(ui: &mut Ui, look: Look<'_>, page: &mut DiagnosisPage) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for tab in Tab::ALL {
            let name = tab_name(look, tab);
            if ui.add(Button::tab(look.tokens, &name, page.tab == tab)).clicked() {
                page.tab = tab;
            }
        }
    });
}

fn tab_name(look: Look<'_>, tab: Tab) -> String {
    match tab {
        Tab::Processes => say!(look.words, "diagnosis-tab-processes"),
        Tab::Folders => say!(look.words, "diagnosis-tab-folders"),
        Tab::Settings => say!(look.words, "diagnosis-tab-settings"),
        Tab::System => say!(look.words, "diagnosis-tab-system"),
    }
}

/// Draws that there is nothing to show, and why.
fn empty_ui(ui: &mut Ui, look: Look<'_>, why: &str) {
    crate::window::widgets::card(ui, look.tokens, |ui| {
        text(ui, Type::Body, look.tokens.muted, why);
    });
}

/// `value` of `limit` as a share from 0 to 1.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a length on the screen")]
fn share_of(value: u64, limit: u64) -> f32 {
    if limit == 0 { 0.0 } else { (value as f64 / limit as f64) as f32 }
}

/// Returns the words that open and close the table of a picture.
fn table_words(look: Look<'_>) -> [String; 2] {
    [say!(look.words, "picture-as-table"), say!(look.words, "picture-no-table")]
}

/// `value` of `whole` in percent, with one decimal; something above zero is never told as nothing.
fn percent(look: Look<'_>, value: u64, whole: u64) -> String {
    let tenths = if whole == 0 { 0 } else { u128::from(value) * 1000 / u128::from(whole) };
    if tenths == 0 && value > 0 {
        return say!(look.words, "share-least");
    }
    let (whole, tenth) = (u64::try_from(tenths / 10).unwrap_or(u64::MAX), tenths % 10);
    say!(look.words, "share", percent = format!("{}.{tenth}", look.words.number(whole)))
}
