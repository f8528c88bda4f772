//! A dialog about the program: version, licence, what it does not send, how to report a problem, and its keys.

use crate::say;
use crate::window::links::{Document, links_ui};
use crate::window::look::{Action, Actions, Look};
use crate::window::theme::{Type, margin, size, space};
use crate::window::widgets::{Button, text};
use eframe::egui::{self, Align, Context, Frame, Grid, Id, Label, Layout, Modal, ScrollArea, Ui};

/// Draws the dialog.
pub fn ui(ctx: &Context, look: Look<'_>, actions: &mut Actions) {
    let frame = Frame::popup(&ctx.global_style()).inner_margin(margin::DIALOG);
    let area = Modal::default_area(Id::unique("about")).accessible_name(say!(look.words, "window-about"));
    let modal =
        Modal::new(Id::unique("about")).area(area).frame(frame).backdrop_color(look.tokens.veil).show(ctx, |ui| {
            ui.set_width((ui.ctx().content_rect().width() - space::AROUND_DIALOG).min(size::DIALOG));
            ui.spacing_mut().item_spacing.y = space::M;
            let height = ui.ctx().content_rect().height() - space::AROUND_DIALOG - size::CONTROL;
            ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::S;
                program_ui(ui, look);
                keys_ui(ui, look);
            });
            let row = egui::vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Button::primary(look.tokens, &say!(look.words, "export-close"))).clicked() {
                    actions.push(Action::CloseAbout);
                }
            });
        });
    if modal.should_close() {
        actions.push(Action::CloseAbout);
    }
}

fn program_ui(ui: &mut Ui, look: Look<'_>) {
    let (words, tokens) = (look.words, look.tokens);
    text(ui, Type::Title, tokens.text, say!(words, "program-name"));
    let version = say!(words, "about-version", version = env!("CARGO_PKG_VERSION"));
    text(ui, Type::Body, tokens.muted, format!("{version} · {}", say!(words, "about-licences")));
    text(ui, Type::Body, tokens.text, say!(words, "about-what"));
    text(ui, Type::Body, tokens.text, say!(words, "about-private"));
    text(ui, Type::Strong, tokens.text, say!(words, "about-problem"));
    text(ui, Type::Body, tokens.text, say!(words, "about-problem-how"));
    text(ui, Type::Strong, tokens.text, say!(words, "about-more"));
    links_ui(ui, words, tokens, &Document::ALL);
}

fn keys_ui(ui: &mut Ui, look: Look<'_>) {
    let words = look.words;
    text(ui, Type::Strong, look.tokens.text, say!(words, "about-keys"));
    let keys = [
        ("Alt+← Alt+→", say!(words, "about-key-back")),
        ("Ctrl+O", say!(words, "about-key-folder")),
        ("Ctrl+E", say!(words, "about-key-export")),
        ("F5", say!(words, "about-key-scan")),
        ("Esc", say!(words, "about-key-stop")),
        ("F1", say!(words, "about-key-about")),
        ("Ctrl+Q", say!(words, "about-key-quit")),
    ];
    Grid::new("keys").num_columns(2).spacing([space::XL, 0.0]).show(ui, |ui| {
        for (key, meaning) in keys {
            ui.add(Label::new(Type::Control.text(key, look.tokens.text)).extend());
            text(ui, Type::Small, look.tokens.muted, meaning);
            ui.end_row();
        }
    });
}
