//! Code that is run as text or as a file: `exec`, `eval`, `runpy.run_path`, a loader's `exec_module`.

use super::arguments::Arguments;
use super::module_names::OPEN;
use super::source::PythonSource;
use super::value::{Shared, Value};
use super::{Flow, Frame, Interpreter, Module};
use crate::guarded;
use std::path::Path;
use std::rc::Rc;

impl Interpreter<'_> {
    /// `runpy.run_path(file, init_globals=…)`: the names that it has made.
    pub(super) fn run_path(&mut self, file: &Value, arguments: &Arguments) -> Value {
        let Some(file) = file.as_path() else {
            self.sweep.imports = true;
            return Value::Unknown;
        };
        let file = self.at(&file);
        let name = arguments.get(2, "run_name").and_then(Value::as_text);
        let names = self.new_scope(None);
        self.set_names(names, arguments.get(1, "init_globals"));
        match self.run_script_in(&file, name.as_deref().unwrap_or("<run_path>"), names) {
            flow @ (Flow::Raise(_) | Flow::Stop { .. }) => self.raise(flow),
            Flow::Next | Flow::Break | Flow::Continue | Flow::Return(_) => {
                Value::Dict(Shared::of(self.names_of(names)))
            }
        }
    }

    /// `exec(code, names)`
    pub(super) fn execute(&mut self, frame: &Frame, code: &Value, arguments: &Arguments) {
        let given = arguments.get(1, "globals").filter(|names| !matches!(names, Value::Module(_) | Value::None));
        let inside = match given {
            Some(names) => {
                let scope = self.new_scope(None);
                self.set_names(scope, Some(names));
                if arguments.get(2, "locals").is_some() {
                    self.set(scope, OPEN, Value::Opaque);
                }
                Frame { scope, ..frame.clone() }
            }
            None => frame.clone(),
        };
        match code {
            Value::Code(file) => self.run_in_place(&inside, file),
            Value::Text(text) => self.run_text(&inside, text),
            _ => {
                self.set(frame.scope, OPEN, Value::Opaque);
                self.sweep.imports = true;
                self.sweep.calls = true;
                self.may_raise();
            }
        }
        match given {
            Some(Value::Dict(entries)) => entries.extend(self.names_of(inside.scope)),
            // Whoever has the names may call what was defined.
            Some(_) => self.sweep.calls = true,
            None => {}
        }
    }

    /// `eval("a.b")`
    pub(super) fn evaluate(&mut self, frame: &Frame, text: &str) -> Value {
        let file = frame.source.path.clone();
        let source = PythonSource::parse(&file, text.as_bytes().to_vec(), self.finder.minor);
        let Some(source) = source.filter(|source| self.depth <= super::DEEPEST && source.mistake().is_none()) else {
            return Value::Opaque;
        };
        let inside = Frame { source: Rc::clone(&source), ..frame.clone() };
        self.depth += 1;
        let value = self.first_value(&inside, source.root());
        self.depth -= 1;
        value
    }

    /// `exec(open("file.py").read())`
    fn run_in_place(&mut self, frame: &Frame, file: &Path) {
        if self.depth > super::DEEPEST {
            return;
        }
        if !guarded::exists(file) {
            self.opens(file);
            return;
        }
        if let Some(source) = PythonSource::read(file, self.finder.minor) {
            let inside = Frame { source: Rc::clone(&source), ..frame.clone() };
            if let flow @ (Flow::Raise(_) | Flow::Stop { .. }) = self.block(&inside, source.root()) {
                self.raised = Some(flow);
            }
        }
    }

    /// `exec("import a")`
    fn run_text(&mut self, frame: &Frame, text: &str) {
        if self.depth > super::DEEPEST {
            return;
        }
        let file = frame.source.path.clone();
        if let Some(source) = PythonSource::parse(&file, text.as_bytes().to_vec(), self.finder.minor) {
            let inside = Frame { source: Rc::clone(&source), ..frame.clone() };
            if let flow @ (Flow::Raise(_) | Flow::Stop { .. }) = self.block(&inside, source.root()) {
                self.raised = Some(flow);
            }
        }
    }

    pub(super) fn run_file_as_module(&mut self, file: &Path) {
        if let Some(source) = PythonSource::read(file, self.finder.minor) {
            let scope = self.new_scope(None);
            self.set(scope, "__file__", Value::text(&file.to_string_lossy()));
            let (compiled, certain) = (Some(file.to_path_buf()), !self.in_doubt());
            self.modules.push(Module { scope, compiled, certain, ..Module::default() });
            let frame = Frame { source: Rc::clone(&source), scope, module: self.modules.len() - 1 };
            if let flow @ (Flow::Raise(_) | Flow::Stop { .. }) = self.block(&frame, source.root()) {
                self.raised = Some(flow);
            }
        }
    }

    /// Gives a scope the names of a dictionary; what else it may have is not known.
    fn set_names(&mut self, scope: usize, names: Option<&Value>) {
        match names {
            None | Some(Value::None) => {}
            Some(Value::Dict(entries)) => {
                for (key, value) in entries.all() {
                    match key.as_text() {
                        Some(name) => self.set(scope, &name, value),
                        None => self.set(scope, OPEN, Value::Opaque),
                    }
                }
            }
            Some(_) => self.set(scope, OPEN, Value::Opaque),
        }
    }

    fn names_of(&self, scope: usize) -> Vec<(Value, Value)> {
        let names = self.scopes[scope].names.iter().filter(|(name, _)| *name != OPEN);
        names.map(|(name, value)| (Value::text(name), value.clone())).collect()
    }
}
