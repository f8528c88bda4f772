//! The bar at the top: name, project, language, theme, export.

use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::settings::{ThemeChoice, WindowSettings};
use crate::window::state::WindowState;
use crate::window::theme::{Type, margin, size, space};
use crate::window::widgets::path::path_line;
use crate::window::widgets::{Button, menu_item, text};
use crate::words::Language;
use eframe::egui::{self, Frame, Panel, Popup, Response, Ui};

/// Draws the bar.
pub fn show(ui: &mut Ui, look: Look<'_>, state: &WindowState, settings: &WindowSettings, actions: &mut Actions) {
    let frame = Frame::new().fill(look.tokens.surface).inner_margin(margin::BAR);
    Panel::top("top").exact_size(size::TOP_BAR).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| contents(ui, look, state, settings, actions));
    });
}

fn contents(ui: &mut Ui, look: Look<'_>, state: &WindowState, settings: &WindowSettings, actions: &mut Actions) {
    let (words, tokens) = (look.words, look.tokens);
    let export = say!(words, "window-export");
    let theme = theme_name(look, settings.theme);
    let about = say!(words, "window-about");
    let buttons = [
        Button::quiet(tokens, &about),
        Button::menu(tokens, words.language().own_name()),
        Button::menu(tokens, &theme),
        Button::secondary(tokens, &export),
    ];
    let wanted: f32 = buttons.iter().map(|button| button.size(ui).x + space::S).sum();
    let left = (ui.available_width() - wanted).max(0.0);
    ui.allocate_ui_with_layout(
        egui::vec2(left, ui.available_height()),
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_width(left);
            title(ui, look, state, actions);
        },
    );
    let [about_button, language_button, theme_button, export_button] = buttons;
    if ui.add(about_button).on_hover_text("F1").clicked() {
        actions.push(Action::About);
    }
    let response = ui.add(language_button).on_hover_text(say!(words, "window-language"));
    language_menu(&response, look, actions);
    let response = ui.add(theme_button).on_hover_text(say!(words, "window-theme"));
    theme_menu(&response, look, settings.theme, actions);
    if ui.add(export_button).on_hover_text("Ctrl+E").clicked() {
        actions.push(Action::Export);
    }
}

fn title(ui: &mut Ui, look: Look<'_>, state: &WindowState, actions: &mut Actions) {
    text(ui, Type::Brand, look.tokens.text, say!(look.words, "program-name"));
    if let Some(project) = &state.request.project {
        ui.add_space(space::XS);
        path_line(ui, look, look.tokens.muted, &look.path(project), project, actions);
    }
}

fn language_menu(button: &Response, look: Look<'_>, actions: &mut Actions) {
    Popup::menu(button).show(|ui| {
        menu_spacing(ui);
        for language in Language::ALL {
            if menu_item(ui, look.tokens, language == look.words.language(), language.own_name()).clicked() {
                actions.push(Action::Speak(language));
                ui.close();
            }
        }
    });
}

fn theme_menu(button: &Response, look: Look<'_>, chosen: ThemeChoice, actions: &mut Actions) {
    Popup::menu(button).show(|ui| {
        menu_spacing(ui);
        for choice in [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark] {
            if menu_item(ui, look.tokens, choice == chosen, &theme_name(look, choice)).clicked() {
                actions.push(Action::Show(choice));
                ui.close();
            }
        }
    });
}

/// egui's menus are tighter than the rest of the window.
fn menu_spacing(ui: &mut Ui) {
    ui.spacing_mut().button_padding = egui::vec2(space::M, space::S);
    ui.set_min_width(size::LEAST_MENU);
}

fn theme_name(look: Look<'_>, choice: ThemeChoice) -> String {
    match choice {
        ThemeChoice::System => say!(look.words, "window-theme-system"),
        ThemeChoice::Light => say!(look.words, "window-theme-light"),
        ThemeChoice::Dark => say!(look.words, "window-theme-dark"),
    }
}
