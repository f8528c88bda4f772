//! The other ways to import: `importlib`, `runpy`, `exec`, `pkgutil`, and changes of `sys.path`.

use super::arguments::Arguments;
use super::finder::PathEntry;
use super::import::{Failed, relative};
use super::source::PythonSource;
use super::value::Value;
use super::{Flow, Frame, Interpreter, files, paths};
use crate::guarded;
use std::path::Path;
use std::rc::Rc;

impl Interpreter<'_> {
    /// `importlib`, `runpy`, `exec`, `pkgutil` and changes of `sys.path`.
    pub(super) fn import_function(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Option<Value> {
        let first = arguments.in_order.first().cloned().unwrap_or(Value::Unknown);
        Some(match name {
            "importlib.import_module" | "builtins.__import__" => self.import_named(frame, name, arguments),
            "importlib.reload" | "importlib.util.module_from_spec" => first,
            "importlib.util.spec_from_file_location" => {
                let file = arguments.get(1, "location").and_then(Value::as_path);
                file.map_or(Value::Unknown, |file| Value::Spec(self.launch.cwd.join(file)))
            }
            "importlib.util.find_spec" => first.as_text().map_or(Value::Unknown, |name| {
                let top = name.split('.').next().unwrap_or_default();
                let found =
                    self.loaded.contains_key(top) || self.finder.is_preloaded(top) || self.finder.find(top).is_some();
                if found { Value::Unknown } else { Value::None }
            }),
            "runpy.run_path" => {
                if let Some(file) = first.as_path() {
                    let name = arguments.named("run_name").and_then(Value::as_text);
                    self.run_script(&self.launch.cwd.join(file), name.as_deref().unwrap_or("<run_path>"));
                }
                Value::Unknown
            }
            "builtins.exec" | "builtins.eval" => {
                if let Value::Code(file) = &first {
                    self.run_in_place(frame, file);
                }
                Value::Unknown
            }
            "pkgutil.iter_modules" | "pkgutil.walk_packages" => modules_in(&first),
            "sys.path.append" => self.extend_search_path(usize::MAX, &Value::list(vec![first])),
            "sys.path.extend" => self.extend_search_path(usize::MAX, &first),
            "sys.path.insert" => {
                let place = match first {
                    Value::Int(place) => usize::try_from(place).unwrap_or_default(),
                    _ => 0,
                };
                let entry = arguments.in_order.get(1).cloned().unwrap_or(Value::Unknown);
                self.extend_search_path(place, &Value::list(vec![entry]))
            }
            "sys.path.remove" => {
                if let Some(folder) = first.as_path() {
                    let entry = PathEntry::Folder(paths::absolute(&folder, &self.launch.cwd));
                    self.finder.path.retain(|old| *old != entry);
                }
                Value::None
            }
            "site.addsitedir" => self.extend_search_path(usize::MAX, &Value::list(vec![first])),
            _ => return None,
        })
    }

    fn import_named(&mut self, frame: &Frame, function: &str, arguments: &Arguments) -> Value {
        let Some(name) = arguments.text(0, "name") else { return Value::Unknown };
        let level = name.chars().take_while(|letter| *letter == '.').count();
        let absolute = match level {
            0 => Some(name.clone()),
            _ => {
                let package = arguments.text(1, "package").unwrap_or_else(|| self.package_of(frame.module));
                relative(&package, level, Some(&name[level..]).filter(|rest| !rest.is_empty()))
            }
        };
        let result = absolute.map_or(Err(Failed::NotFound), |name| self.import(&name));
        match result {
            Err(failed) => self.raise(failed.flow()),
            // `__import__("a.b")` gives `a`.
            Ok(_) if function == "builtins.__import__" && name.contains('.') => {
                let top = name.split('.').next().unwrap_or_default();
                self.loaded.get(top).map_or_else(|| Value::foreign(top), |id| Value::Module(*id))
            }
            Ok(value) => value,
        }
    }

    /// `exec(open("file.py").read())`
    fn run_in_place(&mut self, frame: &Frame, file: &Path) {
        if self.depth > super::DEEPEST {
            return;
        }
        if let Some(source) = PythonSource::read(file) {
            let inside = Frame { source: Rc::clone(&source), ..frame.clone() };
            if let flow @ (Flow::Raise(_) | Flow::Stop { .. }) = self.block(&inside, source.root()) {
                self.raised = Some(flow);
            }
        }
    }

    pub(super) fn run_file_as_module(&mut self, file: &Path) {
        if let Some(source) = PythonSource::read(file) {
            let scope = self.new_scope(None);
            self.set(scope, "__file__", Value::text(&file.to_string_lossy()));
            self.modules.push(super::Module { name: String::new(), folders: None, scope });
            let frame = Frame { source: Rc::clone(&source), scope, module: self.modules.len() - 1 };
            self.app.compiled.push(file.to_path_buf());
            self.block(&frame, source.root());
        }
    }

    /// Puts folders into `sys.path`.
    pub(super) fn extend_search_path(&mut self, place: usize, entries: &Value) -> Value {
        for folder in super::value::items(entries).unwrap_or_default().iter().filter_map(Value::as_path).rev() {
            let entry = PathEntry::Folder(paths::absolute(&folder, &self.launch.cwd));
            let place = place.min(self.finder.path.len());
            self.finder.path.insert(place, entry);
        }
        Value::None
    }

    /// `sys.path = [folder] + sys.path`: the folders that are known come first.
    pub(super) fn replace_search_path(&mut self, entries: &Value) {
        self.extend_search_path(0, entries);
    }
}

/// `pkgutil.iter_modules(folders)`: finder, name and whether it is a package, for each.
fn modules_in(folders: &Value) -> Value {
    let Some(folders) = super::value::items(folders) else { return Value::Unknown };
    let mut found = Vec::new();
    for folder in folders.iter().filter_map(Value::as_path) {
        for entry in files::entries(&folder).unwrap_or_default() {
            let is_package = guarded::is_file(&entry.join("__init__.py"));
            let is_module = entry.extension().is_some_and(|end| end == "py");
            let name = entry.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if (is_package || is_module) && name != "__init__" {
                found.push(Value::list(vec![Value::Unknown, Value::Text(name), Value::Bool(is_package)]));
            }
        }
    }
    Value::list(found)
}
