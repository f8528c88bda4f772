//! The export dialog: what a person will read, the form, what is left out, where the file goes; once it is saved,
//! opening it.

use super::look::{Action, Actions, Look};
use super::state::Judged;
use super::state::export::{Dialog, Made};
use super::steps::fix::parts::tick;
use super::theme::{Type, size, space};
use super::widgets::{Button, field, focus_ring, menu_item, text};
use crate::remedy::Journal;
use crate::remedy::offer::Case;
use crate::report::{self, Format, Identity, ProgramRecord, Style};
use crate::say;
use crate::survey::Request;
use crate::verification::{Check, Figures};
use crate::words::{Words, shown};
use eframe::egui::{self, Align, ComboBox, Context, Frame, Id, Label, Layout, Margin, Modal, ScrollArea, Ui};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

/// Makes the report. Reads names of this computer to leave them out: for a background thread.
#[must_use]
pub fn make(
    judged: &Judged,
    (checks, before): (&[Check], Option<Figures>),
    request: &Request,
    words: &Words,
    (format, redact): (Format, bool),
) -> Made {
    let identity = Identity::read(&request.variables, &request.places);
    let changes = Journal::of_person(&request.variables).and_then(|journal| journal.entries());
    let changes = changes.map(|found| found.entries).unwrap_or_default();
    let ways = Case::of(&judged.survey, &judged.diagnosis, &request.variables, &request.places).ways();
    let record = ProgramRecord { changes: &changes, checks, before, ways: &ways };
    let report = report::from_survey(&judged.survey, &judged.diagnosis, record, words, redact, &identity);
    let rendered = |format| report::render(&report, format, words, Style::default());
    // A person reads the text: the source of a page tells little.
    let preview = (format == Format::Html).then(|| rendered(Format::Text));
    let (file, markdown) = (rendered(format), rendered(Format::Markdown));
    Made { format, redact, file, preview, markdown, removed: report.removed }
}

/// Has the desktop open a file with the program for it, and waits: for a background thread.
///
/// # Errors
/// What went wrong, in a sentence.
pub fn open(path: &Path, variables: &BTreeMap<OsString, OsString>, words: &Words) -> Result<(), String> {
    // Absolute, so that no name is taken for an option.
    let path = std::path::absolute(path).map_err(|error| error.to_string())?;
    let mut command = Command::new("xdg-open");
    command.arg(&path).envs(variables).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let reason = match command.status() {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => {
            let status = status.code().map_or_else(|| status.to_string(), |code| code.to_string());
            say!(words, "export-open-failed", status = status)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => say!(words, "export-no-program"),
        Err(error) => error.to_string(),
    };
    Err(say!(words, "export-not-opened", path = shown(&path), reason = reason))
}

/// Draws the dialog.
pub fn ui(ctx: &Context, look: Look<'_>, dialog: &mut Dialog, actions: &mut Actions) {
    let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(20));
    let title = say!(look.words, "export-title");
    let area = Modal::default_area(Id::unique("export")).accessible_name(title.as_str());
    let modal =
        Modal::new(Id::unique("export")).area(area).frame(frame).backdrop_color(look.tokens.veil).show(ctx, |ui| {
            ui.set_width((ui.ctx().content_rect().width() - 96.0).min(720.0));
            ui.spacing_mut().item_spacing.y = space::M;
            text(ui, Type::Title, look.tokens.text, title);
            form_ui(ui, look, dialog);
            privacy_ui(ui, look, dialog);
            preview_ui(ui, look, dialog);
            file_ui(ui, look, dialog, actions);
            outcome_ui(ui, look, dialog);
            buttons_ui(ui, look, dialog, actions);
        });
    if modal.should_close() {
        actions.push(Action::CloseExport);
    }
}

fn form_ui(ui: &mut Ui, look: Look<'_>, dialog: &mut Dialog) {
    let before = dialog.format;
    let row = egui::vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
        let label = ui.add(Label::new(Type::Strong.text(say!(look.words, "export-format"), look.tokens.text)).extend());
        let combo = ComboBox::from_id_salt("format").width(128.0).icon(field::arrow);
        let combo = combo.selected_text(format_name(look, dialog.format));
        let combo = combo.show_ui(ui, |ui| {
            for format in Format::ALL {
                if menu_item(ui, look.tokens, dialog.format == format, &format_name(look, format)).clicked() {
                    dialog.format = format;
                }
            }
        });
        focus_ring(ui, look.tokens, &combo.response, size::RADIUS);
        combo.response.labelled_by(label.id);
        ui.add_space(space::M);
        redact_ui(ui, look, dialog);
    });
    if dialog.format != before {
        let ending = |format: Format| format!(".{}", format.file_ending());
        if let Some(stem) = dialog.path.strip_suffix(&ending(before)) {
            dialog.path = format!("{stem}{}", ending(dialog.format));
        }
        dialog.forget_outcome();
    }
}

/// Draws the tick: taking it away only asks; putting it back is done at once.
fn redact_ui(ui: &mut Ui, look: Look<'_>, dialog: &mut Dialog) {
    let mut ticked = dialog.redact;
    if !tick(ui, look, &mut ticked, say!(look.words, "export-redact")) {
        return;
    }
    if ticked {
        (dialog.redact, dialog.asking) = (true, false);
        dialog.forget_outcome();
    } else {
        dialog.asking = true;
    }
}

/// Draws what is left out; before nothing is, what that would mean.
fn privacy_ui(ui: &mut Ui, look: Look<'_>, dialog: &mut Dialog) {
    if dialog.asking {
        return ask_ui(ui, look, dialog);
    }
    let Some(made) = dialog.report() else {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "export-preparing"));
        return;
    };
    let (colour, words) = if !made.redact {
        (look.tokens.warning, say!(look.words, "export-left-out-off"))
    } else if made.removed.is_empty() {
        (look.tokens.muted, say!(look.words, "export-left-out-nothing"))
    } else {
        let each: Vec<String> = made.removed.iter().map(|removed| removed.phrase(look.words)).collect();
        let list = look.words.list(&each);
        (look.tokens.muted, say!(look.words, "export-left-out", list = list))
    };
    text(ui, Type::Small, colour, words);
}

fn ask_ui(ui: &mut Ui, look: Look<'_>, dialog: &mut Dialog) {
    let frame = Frame::new().fill(look.tokens.warning_soft).corner_radius(size::RADIUS).inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::S;
        text(ui, Type::Body, look.tokens.text, say!(look.words, "export-ask"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let (no, yes) = (say!(look.words, "export-ask-no"), say!(look.words, "export-ask-yes"));
            if ui.add(Button::secondary(look.tokens, &no)).clicked() {
                dialog.asking = false;
            }
            if ui.add(Button::secondary(look.tokens, &yes)).clicked() {
                (dialog.asking, dialog.redact) = (false, false);
                dialog.forget_outcome();
            }
        });
    });
}

fn format_name(look: Look<'_>, format: Format) -> String {
    match format {
        Format::Text => say!(look.words, "export-format-text"),
        Format::Json => "JSON".to_owned(),
        Format::Markdown => "Markdown".to_owned(),
        Format::Html => "HTML".to_owned(),
    }
}

/// Draws what a person will read, all of it.
fn preview_ui(ui: &mut Ui, look: Look<'_>, dialog: &Dialog) {
    // A question takes its room from the preview, so that the buttons stay in sight.
    let others = if dialog.asking { 520.0 } else { 440.0 };
    let height = (ui.ctx().content_rect().height() - others).clamp(96.0, 320.0);
    let frame = Frame::new().fill(look.tokens.code).corner_radius(size::RADIUS).inner_margin(Margin::symmetric(14, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
            match dialog.report() {
                Some(made) => text(ui, Type::Code, look.tokens.text, made.read()),
                None => text(ui, Type::Small, look.tokens.muted, say!(look.words, "export-preparing")),
            };
        });
    });
}

fn file_ui(ui: &mut Ui, look: Look<'_>, dialog: &mut Dialog, actions: &mut Actions) {
    let label = text(ui, Type::Strong, look.tokens.text, say!(look.words, "export-file"));
    let button = say!(look.words, "export-browse");
    let button = Button::secondary(look.tokens, &button).enabled(!dialog.busy);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let width = ui.available_width() - button.size(ui).x - space::M;
        let field = field::text_field(ui, &mut dialog.path, "", width).labelled_by(label.id);
        if field.changed() {
            dialog.forget_outcome();
        }
        if ui.add(button).clicked() {
            actions.push(Action::AskForReportFile);
        }
    });
}

/// The newest thing to tell.
fn outcome_ui(ui: &mut Ui, look: Look<'_>, dialog: &Dialog) {
    let tokens = look.tokens;
    let (colour, words) = match &dialog.outcome {
        _ if dialog.not_opened.is_some() => (tokens.critical, dialog.not_opened.clone().unwrap_or_default()),
        Some(Err(reason)) => (tokens.critical, reason.clone()),
        _ if dialog.copied => (tokens.ok, say!(look.words, "export-copied")),
        Some(Ok(path)) => (tokens.ok, say!(look.words, "export-done", path = look.path(path))),
        None if dialog.format == Format::Html => (tokens.muted, say!(look.words, "export-read-text")),
        None => (tokens.muted, say!(look.words, "export-look-first")),
    };
    text(ui, Type::Small, colour, words);
}

fn buttons_ui(ui: &mut Ui, look: Look<'_>, dialog: &Dialog, actions: &mut Actions) {
    let tokens = look.tokens;
    let saved = dialog.outcome.as_ref().and_then(|outcome| outcome.as_ref().ok());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let made = dialog.report().is_some() && !dialog.asking;
        let ready = made && !dialog.busy && dialog.file(look.home).is_some();
        let (save, open) = (say!(look.words, "export-save"), say!(look.words, "export-open"));
        if let Some(path) = saved {
            if ui.add(Button::primary(tokens, &open)).clicked() {
                actions.push(Action::OpenReport(path.clone()));
            }
        } else if ui.add(Button::primary(tokens, &save).enabled(ready)).clicked() {
            actions.push(Action::WriteReport);
        }
        let copy = say!(look.words, "export-copy-markdown");
        if ui.add(Button::secondary(tokens, &copy).enabled(made)).clicked() {
            actions.push(Action::CopyReport);
        }
        let close = if saved.is_some() { say!(look.words, "export-close") } else { say!(look.words, "window-cancel") };
        if ui.add(Button::secondary(tokens, &close)).clicked() {
            actions.push(Action::CloseExport);
        }
    });
}
