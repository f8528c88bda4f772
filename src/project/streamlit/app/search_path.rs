//! Changes of `sys.path` by the app itself.

use super::arguments::Arguments;
use super::finder::PathEntry;
use super::value::{Value, items};
use super::{Interpreter, paths};
use crate::guarded;
use std::path::{Path, PathBuf};

impl Interpreter<'_> {
    /// Methods of `sys.path` and their like; `None`: another function.
    pub(super) fn search_path_function(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
        let first = arguments.in_order.first().cloned().unwrap_or(Value::Opaque);
        Some(match name {
            "sys.path.append" => self.extend_search_path(usize::MAX, &Value::list(vec![first])),
            "sys.path.extend" => self.extend_search_path(usize::MAX, &first),
            "sys.path.insert" => {
                let place = match first {
                    Value::Int(place) => usize::try_from(place).unwrap_or_default(),
                    _ => 0,
                };
                let entry = arguments.in_order.get(1).cloned().unwrap_or(Value::Opaque);
                self.extend_search_path(place, &Value::list(vec![entry]))
            }
            "sys.path.remove" => {
                if let Some(folder) = first.as_path() {
                    self.leaves_search_path(&folder);
                }
                Value::None
            }
            // The `.pth` files in it may lead further.
            "site.addsitedir" => {
                self.sweep.path = true;
                self.extend_search_path(usize::MAX, &Value::list(vec![first]))
            }
            _ => return None,
        })
    }

    fn leaves_search_path(&mut self, folder: &Path) {
        let folder = paths::absolute(folder, &self.launch.cwd);
        // Before 1.57 the script's folder stands on it as it was typed, and that is hardly ever absolute.
        let version = self.python.and_then(|python| python.streamlit.as_ref());
        let as_typed = version.is_some_and(|version| !version.at_least(1, 57))
            && self.launch.script.starts_with(&self.launch.cwd)
            && folder == paths::folder(&self.launch.script);
        if !as_typed {
            let entry = PathEntry::Folder(folder);
            self.finder.path.retain(|old| *old != entry);
        }
    }

    /// Puts folders into `sys.path`.
    pub(super) fn extend_search_path(&mut self, place: usize, entries: &Value) -> Value {
        let known = items(entries);
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
        let known = items(entries).unwrap_or_default();
        let known = known.into_iter().filter(|entry| entry.as_path().is_some()).collect();
        self.extend_search_path(0, &Value::list(known));
    }
}

/// Tells whether this is `sys.path`.
pub(super) fn is_search_path(value: &Value) -> bool {
    matches!(value, Value::Foreign(name) if &**name == "sys.path")
}
