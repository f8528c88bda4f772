//! Functions that import: `importlib`, `runpy`, `exec`, `pkgutil`.

use super::arguments::Arguments;
use super::import::Failed;
use super::import_statement::relative;
use super::stops::StopReason;
use super::value::{Shared, Value, items};
use super::{Frame, Interpreter, files};
use crate::guarded;
use std::path::Path;
use std::rc::Rc;

impl Interpreter<'_> {
    /// `importlib`, `runpy`, `exec`, `pkgutil` and changes of `sys.path`; `None`: another function.
    pub(super) fn import_function(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Option<Value> {
        let first = arguments.in_order.first().cloned().unwrap_or(Value::Opaque);
        if name.starts_with("importlib.metadata.") || name.starts_with("importlib_metadata.") {
            return Some(self.distribution(name, &first));
        }
        Some(match name {
            "importlib.import_module" | "builtins.__import__" => self.import_named(frame, name, arguments),
            "importlib.reload" => {
                self.reload(&first);
                first
            }
            "importlib.util.module_from_spec" => first,
            "importlib.util.spec_from_file_location" => {
                let file = arguments.get(1, "location").and_then(Value::as_path);
                match file {
                    Some(file) => Value::Spec(self.at(&file)),
                    None => {
                        self.sweep.imports = true;
                        Value::Opaque
                    }
                }
            }
            "importlib.util.find_spec" => first.as_text().map_or(Value::Opaque, |name| {
                let top = name.split('.').next().unwrap_or_default();
                let found =
                    self.loaded.contains_key(top) || self.finder.is_preloaded(top) || self.finder.find(top).is_some();
                // A spec: true where it is asked, and no more is known of it.
                if found { Value::list(vec![Value::Opaque]) } else { Value::None }
            }),
            "runpy.run_path" => self.run_path(&first, arguments),
            "builtins.exec" => {
                self.execute(frame, &first, arguments);
                Value::Opaque
            }
            "builtins.eval" => self.evaluate(frame, &first, arguments),
            "pkgutil.iter_modules" | "pkgutil.walk_packages" => {
                let prefix = arguments.text(1, "prefix").unwrap_or_default();
                let list = arguments.get(0, "path").cloned().unwrap_or(Value::Opaque);
                let deep = name.ends_with("walk_packages");
                match items(&list) {
                    Some(folders) => {
                        let mut found = Vec::new();
                        for folder in folders.iter().filter_map(Value::as_path) {
                            self.modules_in(&self.at(&folder), &prefix, deep, &mut found);
                        }
                        Value::list(found)
                    }
                    None => {
                        self.sweep.imports = true;
                        Value::Opaque
                    }
                }
            }
            _ => return self.search_path_function(name, arguments),
        })
    }

    fn import_named(&mut self, frame: &Frame, function: &str, arguments: &Arguments) -> Value {
        let Some(name) = arguments.text(0, "name") else {
            match arguments.get(0, "name") {
                Some(Value::Partly(start, _)) => {
                    let start = match (start.strip_prefix('.'), arguments.text(1, "package")) {
                        (Some(rest), Some(package)) => format!("{package}.{rest}"),
                        _ => start.to_string(),
                    };
                    self.import_any(&start);
                }
                _ => self.import_any(""),
            }
            return Value::Unknown;
        };
        let level = name.chars().take_while(|letter| *letter == '.').count();
        let absolute = match level {
            0 => Some(name.clone()),
            _ => {
                let package = arguments.text(1, "package").unwrap_or_else(|| self.package_of(frame.module));
                relative(&package, level, Some(&name[level..]).filter(|rest| !rest.is_empty()))
            }
        };
        let result = match absolute {
            Some(absolute) => self.import(&absolute),
            None => Err(Failed::NotFound(name.clone())),
        };
        match result {
            Err(failed) => {
                let flow = self.failed(failed);
                self.raise(flow)
            }
            // `__import__("a.b")` gives `a`.
            Ok(_) if function == "builtins.__import__" && name.contains('.') && !wants_the_last(arguments) => {
                let top = name.split('.').next().unwrap_or_default();
                self.loaded_module(top)
            }
            Ok(value) => value,
        }
    }

    /// `importlib.metadata.version("x")` of what is not installed raises.
    fn distribution(&mut self, function: &str, name: &Value) -> Value {
        let asks = ["version", "distribution", "metadata", "requires", "files"];
        let asked = asks.iter().any(|one| function.rsplit('.').next() == Some(one));
        let (true, Some(name)) = (asked, name.as_text()) else { return Value::Opaque };
        if self.python.is_some_and(|python| python.has_distribution(&name)) {
            return Value::Opaque;
        }
        if self.python.is_none() {
            self.may_raise();
            return Value::Opaque;
        }
        self.raise_for("PackageNotFoundError", StopReason::MissingModule(name))
    }

    /// `pkgutil.iter_modules(folders)`: finder, name and whether it is a package, for each; `walk_packages` imports the
    /// packages to look into them.
    fn modules_in(&mut self, folder: &Path, prefix: &str, deep: bool, found: &mut Vec<Value>) {
        let fields = Rc::new(["module_finder", "name", "ispkg"].map(str::to_owned).to_vec());
        for entry in files::entries(folder).unwrap_or_default() {
            let is_package = guarded::is_file(&entry.join("__init__.py"));
            let is_module = entry.extension().is_some_and(|end| end == "py");
            let name = entry.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if !(is_package || is_module) || name == "__init__" || name.contains('.') {
                continue;
            }
            let name = format!("{prefix}{name}");
            let values = vec![Value::Opaque, Value::text(&name), Value::Bool(is_package)];
            found.push(Value::Named(Rc::clone(&fields), Shared::of(values)));
            if deep && is_package {
                // Errors of import are swallowed by it.
                let _ = self.import(&name);
                self.modules_in(&entry, &format!("{name}."), deep, found);
            }
        }
    }
}

/// Tells whether `__import__("a.b", …, fromlist)` names something, and so gives `a.b`.
fn wants_the_last(arguments: &Arguments) -> bool {
    arguments.get(3, "fromlist").is_some_and(|names| names.truth() != Some(false))
}
