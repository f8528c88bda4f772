//! The wizard. The only place that knows egui.
//!
//! `state` holds what is shown, `steps` and `chrome` draw it and collect [`look::Action`]s, `app` carries those out
//! and runs everything slow as `jobs`. Colours and sizes come from `theme`, sentences from the locale files.

pub mod activation;
pub mod app;
pub mod bus;
pub mod chrome;
pub mod export;
pub mod failure;
pub mod fonts;
pub mod jobs;
pub mod links;
pub mod look;
pub mod notice;
pub mod notifier;
pub mod portal;
pub mod settings;
pub mod state;
pub mod steps;
pub mod theme;
pub mod widgets;

use crate::say;
use crate::survey::Request;
use crate::words::Words;
use activation::Claim;
use app::{WindowApp, WindowStart};
use bus::Bus;
use eframe::egui::{IconData, ViewportBuilder};
use fonts::AnyFont;
use settings::WindowSettings;
use std::time::Duration;
use theme::size;

/// The application id as a literal, because the name of an embedded file is made of it. The one place in the code; the
/// files in `dist` are named after it, and `tests/it/packaging.rs` compares.
macro_rules! app_id {
    () => {
        "io.github.inotify_doctor.InotifyDoctor"
    };
}

/// The name by which the desktop knows the program: its .desktop file, its icon, its windows.
pub const APP_ID: &str = app_id!();

/// Reasons why there is no window. The report can be had on the command line all the same.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// The display cannot be reached: neither a Wayland compositor nor an X server.
    #[error("no display: {0}")]
    NoDisplay(String),
    /// A display is there, but OpenGL does not work on it.
    #[error("no OpenGL: {0}")]
    NoOpenGl(String),
    /// Message of the window system of any other kind.
    #[error("{0}")]
    Other(String),
}

/// Interval at which the processes are read while the diagnosis is looked at.
const REFRESH: Duration = Duration::from_secs(2);

/// Ways in which a window came to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// It was opened, and is closed again.
    Here,
    /// The window of an earlier start was raised.
    Earlier,
}

/// Opens the window and stays until it is closed; where this person has one open already, raises that.
///
/// # Errors
/// [`WindowError`] when no window could be opened.
pub fn run(request: Request, words: Words) -> Result<Opened, WindowError> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"].into_iter().any(set) {
        return Err(WindowError::NoDisplay("neither WAYLAND_DISPLAY nor DISPLAY is set".to_owned()));
    }
    let any_font = AnyFont::ask();
    let activation = match activation::claim(&Bus::Session, request.project.as_deref()) {
        Claim::First(activation) => Some(activation),
        Claim::Second => return Ok(Opened::Earlier),
        Claim::Alone => None,
    };
    let settings_file = WindowSettings::file();
    let settings = settings_file.as_deref().map(WindowSettings::read).unwrap_or_default();
    let viewport = viewport(&settings);
    let (desktop, refresh) = (Some(Bus::Session), Some(REFRESH));
    let start = WindowStart { request, words, settings, settings_file, desktop, long: notifier::LONG, refresh };
    let create = |context: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        let mut app = WindowApp::new(&context.egui_ctx, start);
        activation.into_iter().for_each(|activation| app.listen_to(activation));
        Ok(Box::new(app))
    };
    let system_font_fallback = any_font.answer();
    let options = eframe::NativeOptions { viewport, centered: true, system_font_fallback, ..Default::default() };
    eframe::run_native("Inotify Doctor", options, Box::new(create))?;
    Ok(Opened::Here)
}

fn viewport(settings: &WindowSettings) -> ViewportBuilder {
    const LEAST: [f32; 2] = size::LEAST_WINDOW;
    let [width, height] = settings.window.unwrap_or(size::FIRST_WINDOW);
    ViewportBuilder::default()
        .with_title("Inotify Doctor")
        .with_app_id(APP_ID)
        .with_inner_size([width.max(LEAST[0]), height.max(LEAST[1])])
        .with_min_inner_size(LEAST)
        .with_drag_and_drop(true)
        .with_icon(icon())
}

/// The picture in the task bar where there is no .desktop file yet.
fn icon() -> IconData {
    const PICTURE: &[u8] = include_bytes!(concat!("../../dist/icons/hicolor/64x64/apps/", app_id!(), ".png"));
    eframe::icon_data::from_png_bytes(PICTURE).expect("the icon is compiled in and a test reads it")
}

impl WindowError {
    /// The reason in a sentence.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::NoDisplay(reason) => say!(words, "window-no-display", reason = reason.as_str()),
            Self::NoOpenGl(reason) => say!(words, "window-no-opengl", reason = reason.as_str()),
            Self::Other(reason) => say!(words, "window-not-opened", reason = reason.as_str()),
        }
    }
}

impl From<eframe::Error> for WindowError {
    fn from(error: eframe::Error) -> Self {
        let text = without_source_place(&error.to_string());
        match error {
            eframe::Error::WinitEventLoop(_) => Self::NoDisplay(text),
            // Without the long list of what was looked for.
            eframe::Error::NoGlutinConfigs(_, reason) => Self::NoOpenGl(reason.to_string()),
            eframe::Error::Glutin(_) | eframe::Error::OpenGL(_) => Self::NoOpenGl(text),
            eframe::Error::AppCreation(_) | eframe::Error::Winit(_) => Self::Other(text),
        }
    }
}

/// winit puts the place in its own source before the reason (`os error at /…/mod.rs:788: reason`): nobody's concern.
fn without_source_place(text: &str) -> String {
    let place = text.find(" at /").zip(text.find(".rs:"));
    let reason = place.and_then(|(_, source)| text[source + 4..].split_once(": "));
    reason.map_or(text, |(_, reason)| reason).trim().to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_reason_is_told_without_its_place_in_the_source() {
        let text = "winit EventLoopError: os error at /x/linux/mod.rs:788: Failed to open connection to X server";
        assert_eq!(super::without_source_place(text), "Failed to open connection to X server");
        assert_eq!(super::without_source_place("no configs: at all"), "no configs: at all");
    }

    #[test]
    fn the_icon_can_be_read() {
        let icon = super::icon();
        assert_eq!((icon.width, icon.height), (64, 64));
    }
}
