//! Someone who uses the window: finds things by the names a screen reader says, presses keys, waits.

use crate::support::painter::Painter;
use eframe::egui::{self, accesskit::Role};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, Node};
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::window::app::{WindowApp, WindowStart};
use inotify_doctor::window::bus::Bus;
use inotify_doctor::window::settings::WindowSettings;
use inotify_doctor::words::{Language, Words};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longest that anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A person in front of the window.
pub(super) struct Person {
    pub(super) harness: Harness<'static, WindowApp>,
    /// Folders that go when they do.
    pub(super) kept: Vec<tempfile::TempDir>,
}

/// How the window is opened.
pub(super) struct Opened {
    pub(super) language: Language,
    pub(super) settings: WindowSettings,
    pub(super) settings_file: Option<PathBuf>,
    pub(super) size: [f32; 2],
    pub(super) request: Request,
    pub(super) desktop: Option<Bus>,
    /// Every word is 40 % longer than it is.
    pub(super) longer: bool,
    /// How often the processes are read.
    pub(super) refresh: Option<Duration>,
}

impl Default for Opened {
    fn default() -> Self {
        let request = Request { variables: [("HOME".into(), "/home/mia".into())].into(), ..Request::default() };
        let (language, settings) = (Language::English, WindowSettings::default());
        let size = [1120.0, 760.0];
        Self { language, settings, settings_file: None, size, request, desktop: None, longer: false, refresh: None }
    }
}

impl Opened {
    /// Opens the window, without a display.
    pub(super) fn open(self) -> Person {
        let words = Words::new(self.language);
        if self.longer {
            words.loader.with_bundles_mut(|bundle| bundle.set_transform(Some(longer)));
        }
        let harness = Harness::builder()
            .with_size(egui::Vec2::from(self.size))
            .with_max_steps(12)
            .with_render_cursor(false)
            .renderer(Painter::default())
            .build_eframe(|context| {
                let start = WindowStart {
                    request: self.request,
                    words,
                    settings: self.settings,
                    settings_file: self.settings_file,
                    desktop: self.desktop,
                    long: Duration::ZERO,
                    refresh: self.refresh,
                };
                WindowApp::new(&context.egui_ctx, start)
            });
        Person { harness, kept: Vec::new() }
    }
}

impl Person {
    /// Opens the window as it is opened at first.
    pub(super) fn at_the_window() -> Self {
        Opened::default().open()
    }

    /// Sees these facts instead of a survey of this machine.
    pub(super) fn shown(mut self, survey: Survey) -> Self {
        self.harness.state_mut().show(survey);
        self.look();
        self
    }

    /// Looks until the window stands still.
    pub(super) fn look(&mut self) {
        self.harness.run();
    }

    /// Presses the one thing of this name.
    pub(super) fn press(&mut self, name: &str) {
        self.harness.get_by_label(name).scroll_to_me();
        self.look();
        self.harness.get_by_label(name).click();
        self.look();
    }

    /// Presses a tab.
    pub(super) fn press_tab(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::Tab, name).scroll_to_me();
        self.look();
        self.harness.get_by_role_and_label(Role::Tab, name).click();
        self.look();
    }

    /// Presses a tab by its place among all tabs, in whatever language.
    pub(super) fn press_tab_at(&mut self, place: usize) {
        self.harness.query_all_by_role(Role::Tab).nth(place).expect("there are so many tabs").scroll_to_me();
        self.look();
        self.harness.query_all_by_role(Role::Tab).nth(place).expect("there are so many tabs").click();
        self.look();
    }

    /// Presses keys together.
    pub(super) fn keys(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.look();
    }

    /// Types a path into the folder field and presses Enter.
    pub(super) fn type_folder(&mut self, path: &Path) {
        let text = path.to_str().expect("test folders have plain names");
        let field = self.harness.get_by_role_and_label(Role::TextInput, "Project folder");
        field.focus();
        field.type_text(text);
        self.look();
        self.harness.key_press(egui::Key::Enter);
        self.look();
    }

    /// Types an error message into its field.
    pub(super) fn type_error(&mut self, text: &str) {
        let field = self.harness.get_by_role_and_label(Role::MultilineTextInput, "Have an error message?");
        field.focus();
        field.type_text(text);
        self.look();
    }

    /// Puts `text` in the place of what stands in a field.
    pub(super) fn replace_text(&mut self, field: &str, text: &str) {
        let node = self.harness.get_by_role_and_label(Role::TextInput, field);
        node.scroll_to_me();
        node.focus();
        self.look();
        self.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.look();
    }

    /// Presses a link in a table or in a path.
    pub(super) fn press_link(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::Link, name).scroll_to_me();
        self.look();
        self.harness.get_by_role_and_label(Role::Link, name).click();
        self.look();
    }

    /// Drops a file or a folder on the window.
    pub(super) fn drops(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_path_buf())));
        self.look();
    }

    /// How far down something stands.
    pub(super) fn top_of(&self, name: &str) -> f32 {
        self.harness.get_by_label(name).rect().top()
    }

    /// Whether no further frame is asked for.
    pub(super) fn rests(&self) -> bool {
        let viewport = self.harness.output().viewport_output.get(&egui::ViewportId::ROOT);
        viewport.is_some_and(|output| output.repaint_delay == Duration::MAX)
    }

    /// Whether something of this name is on screen.
    pub(super) fn sees(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    /// Whether something whose name contains this is on screen.
    pub(super) fn sees_part(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    /// The heading's sentence.
    pub(super) fn heading(&self) -> String {
        let heading: Vec<Node<'_>> = self.harness.query_all_by_role(Role::Heading).collect();
        assert_eq!(heading.len(), 1, "every page has one heading");
        heading.first().and_then(|node| label(node)).unwrap_or_default()
    }

    /// Waits until it is so.
    #[track_caller]
    pub(super) fn waits_until(&mut self, what: &str, so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        loop {
            self.harness.step();
            if so(self) {
                return self.look();
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// `text` with every word 40 % longer; spaces and signs stay.
fn longer(text: &str) -> Cow<'_, str> {
    let mut longer = String::new();
    for word in text.split_inclusive(|character: char| !character.is_alphabetic()) {
        let letters = word.chars().filter(|character| character.is_alphabetic()).count();
        let end = word.trim_end_matches(|character: char| !character.is_alphabetic());
        longer.push_str(end);
        longer.push_str(&"o".repeat((letters * 2).div_ceil(5)));
        longer.push_str(&word[end.len()..]);
    }
    Cow::Owned(longer)
}

pub(super) fn label(node: &Node<'_>) -> Option<String> {
    use egui_kittest::kittest::NodeT;
    let node = node.accesskit_node();
    node.label().or_else(|| node.value())
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
