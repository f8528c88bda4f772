//! The list of steps at the left: where one is, what is done, what each step knows.

use crate::diagnosis::Severity;
use crate::remedy::RemedyName;
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::verify::Stage;
use crate::window::state::{SurveyState, WindowState, WizardStep};
use crate::window::theme::{Type, icon, margin, size, space};
use crate::window::widgets::focus_ring;
use eframe::egui::{
    self, Color32, CursorIcon, Frame, Painter, Panel, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
};

/// Draws the list.
pub fn show(ui: &mut Ui, look: Look<'_>, state: &WindowState, actions: &mut Actions) {
    let narrow = ui.available_width() < size::NARROW;
    let width = if narrow { size::STEPPER_NARROW } else { size::STEPPER };
    let margin = if narrow { margin::STEPPER_NARROW } else { margin::STEPPER };
    let frame = Frame::new().fill(look.tokens.surface).inner_margin(margin);
    Panel::left("steps").exact_size(width).resizable(false).frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for step in WizardStep::ALL {
            if step_ui(ui, look, state, step) {
                actions.push(Action::Go(step));
            }
        }
    });
}

/// One step; whether it was pressed.
fn step_ui(ui: &mut Ui, look: Look<'_>, state: &WindowState, step: WizardStep) -> bool {
    let tokens = look.tokens;
    let name = name(look, step);
    let about = about(look, state, step);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), size::STEP), Sense::click());
    let here = state.step == step;
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, here, &name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(here);
        node.set_description(about.as_str());
    });
    let painter = ui.painter().with_clip_rect(rect.expand(space::XS));
    let ground = match (here, response.hovered()) {
        (true, _) => tokens.accent_soft,
        (false, true) => tokens.hovered,
        (false, false) => Color32::TRANSPARENT,
    };
    painter.rect_filled(rect, size::RADIUS, ground);
    circle(&painter, look, rect.left_top() + egui::Vec2::splat(size::STEP_CIRCLE), step, here, done(state, step));
    words(ui, &painter, look, rect, &name, &about);
    focus_ring(ui, tokens, &response, size::RADIUS);
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

fn words(ui: &Ui, painter: &Painter, look: Look<'_>, rect: Rect, name: &str, about: &str) {
    let width = rect.width() - size::STEP_WORDS - space::S;
    let cut = |text: &str, kind: Type, colour| {
        let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), kind.font(), colour);
        job.wrap = egui::text::TextWrapping::truncate_at_width(width);
        ui.painter().layout_job(job)
    };
    let at = rect.left_top() + egui::vec2(size::STEP_WORDS, space::M);
    painter.galley(at, cut(name, Type::Strong, look.tokens.text), look.tokens.text);
    let second = egui::vec2(0.0, Type::Strong.line_height());
    painter.galley(at + second, cut(about, Type::Caption, look.tokens.muted), look.tokens.muted);
}

/// The number, or a check mark on what is done.
fn circle(painter: &Painter, look: Look<'_>, centre: egui::Pos2, step: WizardStep, here: bool, done: bool) {
    let tokens = look.tokens;
    let (ground, border, ink) = match (here, done) {
        (true, _) => (tokens.accent, tokens.accent, tokens.on_accent),
        (false, true) => (tokens.ok_soft, tokens.ok_soft, tokens.ok),
        (false, false) => (Color32::TRANSPARENT, tokens.line, tokens.muted),
    };
    let rect = Rect::from_center_size(centre, egui::Vec2::splat(size::STEP_CIRCLE));
    painter.rect(rect, rect.height() / 2.0, ground, Stroke::new(size::CIRCLE_LINE, border), StrokeKind::Inside);
    if done && !here {
        icon::check(painter, centre, ink);
    } else {
        let number = step.number().to_string();
        painter.text(centre, egui::Align2::CENTER_CENTER, number, Type::Badge.font(), ink);
    }
}

/// The step's name, which is also its accessible name.
#[must_use]
pub fn name(look: Look<'_>, step: WizardStep) -> String {
    match step {
        WizardStep::Project => say!(look.words, "window-step-project"),
        WizardStep::Diagnosis => say!(look.words, "window-step-diagnosis"),
        WizardStep::Fix => say!(look.words, "window-step-fix"),
        WizardStep::Verify => say!(look.words, "window-step-verify"),
    }
}

/// Tells what has been reached, as far as it can be.
fn done(state: &WindowState, step: WizardStep) -> bool {
    match step {
        WizardStep::Project => state.request.project.is_some() && state.facts.ready().is_some(),
        WizardStep::Diagnosis => state.facts.ready().is_some() && state.step > WizardStep::Diagnosis,
        WizardStep::Fix => !state.fix.deeds.is_empty(),
        WizardStep::Verify => state.stage() == Stage::Fine,
    }
}

/// Words what the step knows.
fn about(look: Look<'_>, state: &WindowState, step: WizardStep) -> String {
    match step {
        WizardStep::Project => project_name(state).unwrap_or_else(|| say!(look.words, "window-about-project")),
        WizardStep::Diagnosis => diagnosis_about(look, &state.facts),
        WizardStep::Fix => fix_about(look, state),
        WizardStep::Verify => verify_about(look, state),
    }
}

/// Words what was done last in this window.
fn fix_about(look: Look<'_>, state: &WindowState) -> String {
    let words = look.words;
    match state.fix.deeds.last().map(|(_, remedy)| remedy) {
        None => say!(words, "window-about-fix"),
        Some(RemedyName::RaiseLimits) => say!(words, "window-about-limit-raised"),
        Some(RemedyName::StreamlitConfig) => say!(words, "window-about-settings-changed"),
        Some(RemedyName::LaunchScript) => say!(words, "window-about-script-changed"),
        Some(RemedyName::SessionVariable) => say!(words, "window-about-variable-set"),
        Some(RemedyName::ClearCaches) => say!(words, "window-about-caches-gone"),
        Some(RemedyName::WatcherLaunch) => say!(words, "window-about-launch-changed"),
        Some(RemedyName::VscodeExclude) => say!(words, "window-about-editor-changed"),
        Some(RemedyName::Restart) => say!(words, "window-about-restarted"),
    }
}

fn verify_about(look: Look<'_>, state: &WindowState) -> String {
    let words = look.words;
    let changed = state.verify.was_broken || !state.fix.deeds.is_empty();
    match state.stage() {
        Stage::Unchecked => say!(words, "window-about-verify"),
        Stage::Checking => say!(words, "window-about-checking"),
        Stage::RestartLeft(_) => say!(words, "window-about-left"),
        Stage::Fine if changed => say!(words, "window-about-fixed"),
        Stage::Fine => say!(words, "window-about-well"),
        Stage::Failed(_) | Stage::Unsure(_) => {
            let (passed, total) = state.tally();
            say!(words, "check-tag", passed = passed, total = total)
        }
    }
}

fn project_name(state: &WindowState) -> Option<String> {
    let project = state.request.project.as_ref()?;
    Some(project.file_name().map_or_else(|| state.shown(project), |name| name.to_string_lossy().into_owned()))
}

fn diagnosis_about(look: Look<'_>, facts: &SurveyState) -> String {
    match facts {
        SurveyState::None => say!(look.words, "window-about-diagnosis-none"),
        SurveyState::Taking(_) => say!(look.words, "window-about-diagnosis-taking"),
        SurveyState::Failed(_) => say!(look.words, "window-about-diagnosis-failed"),
        SurveyState::Ready(judged) => {
            let bad = |severity| matches!(severity, Severity::Critical | Severity::Warning);
            let problems = judged.diagnosis.findings.iter().filter(|finding| bad(finding.severity())).count();
            say!(look.words, "window-about-diagnosis-ready", problems = problems)
        }
    }
}
