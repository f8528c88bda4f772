//! Settings that the window remembers between two runs, in one small file below the XDG state folder.

use crate::durable;
use crate::guarded;
use crate::words::Language;
use crate::xdg::Purpose;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

/// Choices of a theme: light, dark, or as the desktop has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// The theme of the desktop.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Settings that are remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowSettings {
    /// Size of the window's inside in points.
    pub window: Option<[f32; 2]>,
    /// BCP 47 tag of the language chosen in the window; `None`: as the environment says.
    pub language: Option<String>,
    /// The theme chosen.
    pub theme: ThemeChoice,
    /// Projects looked at, newest first.
    pub recent: Vec<PathBuf>,
}

impl WindowSettings {
    /// Number of recent projects that are kept.
    pub const RECENT: usize = 5;

    /// Returns where the file is: `$XDG_STATE_HOME/inotify-doctor/window.json`, by default below `~/.local/state`.
    #[must_use]
    pub fn file() -> Option<PathBuf> {
        let home = || std::env::home_dir().map(PathBuf::into_os_string);
        let state = Purpose::State.folder(|name| if name == "HOME" { home() } else { std::env::var_os(name) })?;
        Some(state.join("inotify-doctor/window.json"))
    }

    /// Reads `file`. A missing or broken file is no reason to bother anyone: the defaults are used.
    #[must_use]
    pub fn read(file: &Path) -> Self {
        let Ok(text) = guarded::read(file, guarded::SMALL_BYTES) else { return Self::default() };
        serde_json::from_slice(&text).unwrap_or_else(|error| {
            log::warn!("{}: {error}; the window's defaults are used", file.display());
            Self::default()
        })
    }

    /// The language chosen in the window, if any.
    #[must_use]
    pub fn chosen_language(&self) -> Option<Language> {
        Language::ALL.into_iter().find(|language| Some(language.tag()) == self.language.as_deref())
    }

    /// Puts `project` first among the recent ones.
    pub fn remember(&mut self, project: &Path) {
        self.recent.retain(|known| known != project);
        self.recent.insert(0, project.to_path_buf());
        self.recent.truncate(Self::RECENT);
    }

    /// Writes the whole file or nothing.
    fn write(&self, file: &Path) -> io::Result<()> {
        let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
        fs::create_dir_all(folder)?;
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        durable::write(file, &text)
    }
}

/// Writes settings on its own thread, the newest only. Dropping it waits until the last ones are written.
pub struct Keeper {
    sender: Option<Sender<WindowSettings>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Keeps settings in `file`; `None` keeps nothing.
    #[must_use]
    pub fn new(file: Option<PathBuf>) -> Self {
        let (sender, receiver) = channel();
        let write = move |file: PathBuf| {
            std::thread::Builder::new().name("settings".to_owned()).spawn(move || keep(&file, &receiver))
        };
        match file.map(write).transpose() {
            Ok(thread) => Self { sender: thread.is_some().then_some(sender), thread },
            Err(error) => {
                log::warn!("the window's settings are not kept: {error}");
                Self { sender: None, thread: None }
            }
        }
    }

    /// Has `settings` written, soon.
    pub fn keep(&self, settings: &WindowSettings) {
        if let Some(sender) = &self.sender {
            // The thread ends only when this end is dropped.
            let _ = sender.send(settings.clone());
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn keep(file: &Path, settings: &Receiver<WindowSettings>) {
    while let Ok(first) = settings.recv() {
        let newest = settings.try_iter().last().unwrap_or(first);
        if let Err(error) = newest.write(file) {
            log::warn!("{}: {error}; the window's settings are not kept", file.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("state/window.json");
        let mut settings =
            WindowSettings { theme: ThemeChoice::Dark, language: Some("zh-CN".into()), ..WindowSettings::default() };
        settings.remember(Path::new("/a"));
        settings.remember(Path::new("/b"));
        settings.remember(Path::new("/a"));
        let keeper = Keeper::new(Some(file.clone()));
        keeper.keep(&WindowSettings::default());
        keeper.keep(&settings);
        drop(keeper);
        let read = WindowSettings::read(&file);
        assert_eq!(read, settings, "the newest settings are in the file");
        assert_eq!(read.recent, [Path::new("/a"), Path::new("/b")], "a project is listed once, the newest first");
        assert_eq!(read.chosen_language(), Some(Language::Chinese));
        assert_eq!(fs::read_dir(folder.path().join("state")).expect("the folder").count(), 1, "nothing is left over");
    }

    #[test]
    fn a_broken_file_gives_the_defaults() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("window.json");
        fs::write(&file, b"{\"theme\": 7").expect("the file can be written");
        assert_eq!(WindowSettings::read(&file), WindowSettings::default());
    }
}
