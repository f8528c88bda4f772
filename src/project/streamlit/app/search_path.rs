//! Changes of `sys.path` by the app itself.

use super::finder::PathEntry;
use super::value::Value;
use super::{Interpreter, paths};
use crate::guarded;
use std::path::{Path, PathBuf};

impl Interpreter<'_> {
    /// Puts folders into `sys.path`.
    pub(super) fn extend_search_path(&mut self, place: usize, entries: &Value) -> Value {
        let known = super::value::items(entries);
        let all: Vec<Option<PathBuf>> = known.iter().flatten().map(Value::as_path).collect();
        if known.is_none() || all.contains(&None) {
            self.sweep.path = true;
        }
        let place = place.min(self.finder.path.len());
        for folder in all.into_iter().flatten().rev() {
            let folder = paths::absolute(&folder, &self.at(Path::new("")));
            // An archive of modules, or a folder that the app makes itself.
            let is_made = self.writes || self.written.iter().chain(&self.handed).any(|made| folder.starts_with(made));
            self.sweep.path |= guarded::is_file(&folder) || is_made && !guarded::is_folder(&folder);
            let entry = PathEntry::Folder(folder);
            self.finder.path.insert(place, entry);
        }
        Value::None
    }

    /// `sys.path = [folder] + sys.path`: the folders that are known come first.
    pub(super) fn replace_search_path(&mut self, entries: &Value) {
        let known = super::value::items(entries).unwrap_or_default();
        let known = known.into_iter().filter(|entry| entry.as_path().is_some()).collect();
        self.extend_search_path(0, &Value::list(known));
    }
}

/// Tells whether this is `sys.path`.
pub(super) fn is_search_path(value: &Value) -> bool {
    matches!(value, Value::Foreign(name) if &**name == "sys.path")
}
