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
    pub(super) fn hands(&mut self, arguments: &Arguments) {
        const MOST: usize = 1_000;
        let Some(cwd) = &self.cwd else { return };
        let named = arguments.named.iter().map(|(_, value)| value);
        let paths = arguments.in_order.iter().chain(named).filter_map(Value::as_path);
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
        if path.to_string_lossy().contains("://") || guarded::exists(&path) {
            return;
        }
        if self.written.contains(&path) {
            return;
        }
        if self.writes || self.handed.iter().any(|handed| path.starts_with(handed)) {
            return self.may_raise();
        }
        self.raise_for("FileNotFoundError", StopReason::MissingFile(path));
    }

    pub(super) fn asks(&self, path: Option<&Value>, question: impl Fn(&Path) -> bool) -> Value {
        let Some(path) = path.and_then(Value::as_path).map(|path| self.at(&path)) else { return Value::Opaque };
        match question(&path) {
            true => Value::Bool(true),
            false if self.written.contains(&path) => Value::Bool(true),
            false if self.writes || self.handed.iter().any(|handed| path.starts_with(handed)) => Value::Opaque,
            false => Value::Bool(false),
        }
    }
}
