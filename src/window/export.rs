//! The export dialog: a preview, the form, what is left out, and where the file goes.

use super::look::{Action, Actions, Look};
use super::state::Judged;
use super::state::export::Dialog;
use super::theme::{Type, size, space};
use super::widgets::{Button, field, text};
use crate::remedy::Journal;
use crate::report::{self, Format, Identity, Style};
use crate::say;
use crate::survey::Request;
use crate::words::Words;
use eframe::egui::{self, Align, Checkbox, ComboBox, Context, Frame, Id, Label, Layout, Margin, Modal, ScrollArea, Ui};

/// Makes the report's text. Reads names of this computer to leave them out: for a background thread.
#[must_use]
pub fn render(judged: &Judged, request: &Request, words: &Words, format: Format, redact: bool) -> String {
    let identity = Identity::read(&request.variables, &request.places);
    let changes = Journal::of_person(&request.variables).and_then(|journal| journal.entries());
    let changes = changes.map(|found| found.entries).unwrap_or_default();
    let report = report::from_survey(&judged.survey, &judged.diagnosis, &changes, words, redact, &identity);
    report::render(&report, format, words, Style::default())
}

/// Draws the dialog.
pub fn ui(ctx: &Context, look: Look<'_>, dialog: &mut Dialog, actions: &mut Actions) {
    let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(20));
    let title = say!(look.words, "export-title");
    let area = Modal::default_area(Id::unique("export")).accessible_name(title.as_str());
    let modal =
        Modal::new(Id::unique("export")).area(area).frame(frame).backdrop_color(look.tokens.veil).show(ctx, |ui| {
            ui.set_width((ui.ctx().content_rect().width() - 96.0).min(680.0));
            ui.spacing_mut().item_spacing.y = space::M;
            text(ui, Type::Title, look.tokens.text, title);
            form_ui(ui, look, dialog);
            preview_ui(ui, look, dialog);
            file_ui(ui, look, dialog, actions);
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
        let combo = ComboBox::from_id_salt("format").width(128.0).selected_text(format_name(look, dialog.format));
        let combo = combo.show_ui(ui, |ui| {
            for format in Format::ALL {
                ui.selectable_value(&mut dialog.format, format, format_name(look, format));
            }
        });
        combo.response.labelled_by(label.id);
        ui.add_space(space::M);
        ui.add(Checkbox::new(&mut dialog.redact, say!(look.words, "export-redact")));
    });
    if dialog.format != before {
        let ending = |format: Format| format!(".{}", format.file_ending());
        if let Some(stem) = dialog.path.strip_suffix(&ending(before)) {
            dialog.path = format!("{stem}{}", ending(dialog.format));
        }
        dialog.outcome = None;
    }
}

fn format_name(look: Look<'_>, format: Format) -> String {
    match format.slug() {
        "text" => say!(look.words, "export-format-text"),
        "json" => "JSON".to_owned(),
        "markdown" => "Markdown".to_owned(),
        other => other.to_uppercase(),
    }
}

/// What will be written, all of it.
fn preview_ui(ui: &mut Ui, look: Look<'_>, dialog: &Dialog) {
    let height = (ui.ctx().content_rect().height() - 400.0).clamp(96.0, 280.0);
    let frame = Frame::new().fill(look.tokens.code).corner_radius(size::RADIUS).inner_margin(Margin::symmetric(14, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
            match dialog.shown() {
                Some(report) => text(ui, Type::Code, look.tokens.text, report),
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
            dialog.outcome = None;
        }
        if ui.add(button).clicked() {
            actions.push(Action::AskForReportFile);
        }
    });
}

fn buttons_ui(ui: &mut Ui, look: Look<'_>, dialog: &Dialog, actions: &mut Actions) {
    let (colour, words) = match &dialog.outcome {
        Some(Ok(path)) => (look.tokens.ok, say!(look.words, "export-done", path = look.path(path))),
        Some(Err(reason)) => (look.tokens.critical, reason.clone()),
        None => (look.tokens.muted, say!(look.words, "export-look-first")),
    };
    text(ui, Type::Small, colour, words);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let ready = dialog.shown().is_some() && !dialog.busy && dialog.file(look.home).is_some();
        if ui.add(Button::primary(look.tokens, &say!(look.words, "export-save")).enabled(ready)).clicked() {
            actions.push(Action::WriteReport);
        }
        let close = if matches!(dialog.outcome, Some(Ok(_))) {
            say!(look.words, "export-close")
        } else {
            say!(look.words, "window-cancel")
        };
        if ui.add(Button::secondary(look.tokens, &close)).clicked() {
            actions.push(Action::CloseExport);
        }
    });
}
