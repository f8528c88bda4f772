//! Files and folders that the app opens, asks for and makes while it runs.

use super::arguments::Arguments;
use super::stops::StopReason;
use super::value::Value;
use super::{Interpreter, paths};
use crate::guarded;
use std::path::{Path, PathBuf};

impl Interpreter<'_> {
    /// Writes a file: it is there afterwards, where its name is known.
    pub(super) fn wrote(&mut self, path: Option<&Path>) {
        match (path, &self.cwd) {
            (Some(path), Some(cwd)) if !self.in_doubt() => drop(self.written.insert(cwd.join(path))),
            _ => self.writes = true,
        }
    }

    /// Makes a folder: it is there afterwards, and takes a watch where it lies in a folder that is watched.
    pub(super) fn made_folder(&mut self, path: &Path) {
        let Some(cwd) = &self.cwd else { return };
        let folder = paths::absolute(path, cwd);
        let certain = !self.in_doubt();
        if certain {
            self.written.insert(folder.clone());
        }
        self.made.push((folder, certain));
    }

    /// Foreign code is handed a path: it may make a file there, or below it.
    pub(super) fn notes_paths(&mut self, arguments: &Arguments) {
        const MOST: usize = 1_000;
        let Some(cwd) = &self.cwd else { return };
        let paths = arguments.all().filter_map(Value::as_path);
        let paths: Vec<PathBuf> =
            paths.filter(|path| !path.as_os_str().is_empty()).map(|path| cwd.join(path)).collect();
        if self.handed.len() < MOST {
            self.handed.extend(paths);
        }
    }

    /// Opens a file for reading: ends the statement where it is not there, and nothing can have made it.
    pub(super) fn opens(&mut self, path: &Path) {
        let Some(cwd) = &self.cwd else { return };
        let path = cwd.join(path);
        if path.to_string_lossy().contains("://") || guarded::exists(&path) || self.written.contains(&path) {
            return;
        }
        if self.may_have_made(&path) {
            return self.may_raise();
        }
        self.raise_for("FileNotFoundError", StopReason::MissingFile(path));
    }

    fn may_have_made(&self, path: &Path) -> bool {
        self.writes || self.handed.iter().any(|handed| path.starts_with(handed))
    }

    /// `exists` and its like, answered by the disk unless the app has made the file, or may have.
    pub(super) fn asks_disk(&self, path: Option<&Value>, question: impl Fn(&Path) -> bool) -> Value {
        let Some(path) = path.and_then(Value::as_path).map(|path| self.at(&path)) else { return Value::Opaque };
        match question(&path) {
            true => Value::Bool(true),
            false if self.written.contains(&path) => Value::Bool(true),
            false if self.may_have_made(&path) => Value::Opaque,
            false => Value::Bool(false),
        }
    }
}

/// Tells whether a file that is opened in this mode is written.
pub(super) fn is_to_write(mode: &str) -> bool {
    mode.contains(['w', 'a', 'x', '+'])
}
