//! Code that is run as text or as a file: `exec`, `eval`, `runpy.run_path`, a loader's `exec_module`.

use super::arguments::Arguments;
use super::module_names::OPEN;
use super::source::{PythonSource, is_in_names};
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
        let flow = self.run_script_in(&file, name.as_deref().unwrap_or("<run_path>"), names);
        if self.was_ended(flow) { Value::Opaque } else { Value::Dict(Shared::of(self.names_of(names))) }
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

    /// `eval("a.b", names)`
    pub(super) fn evaluate(&mut self, frame: &Frame, code: &Value, arguments: &Arguments) -> Value {
        match code {
            Value::Text(name) if name.chars().all(is_in_names) => self.lookup(frame.scope, name),
            Value::Text(text) if arguments.get(1, "globals").is_none() => self.evaluate_text(frame, text),
            _ => self.any_function(frame.module),
        }
    }

    fn evaluate_text(&mut self, frame: &Frame, text: &str) -> Value {
        let source = PythonSource::parse(&frame.source.path, text.as_bytes().to_vec(), self.finder.minor);
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
        let source = PythonSource::read(file, self.finder.minor);
        self.run_inside(frame, source);
    }

    /// `exec("import a")`
    fn run_text(&mut self, frame: &Frame, text: &str) {
        if self.depth <= super::DEEPEST {
            let source = PythonSource::parse(&frame.source.path, text.as_bytes().to_vec(), self.finder.minor);
            self.run_inside(frame, source);
        }
    }

    /// Runs a whole text with the names of a frame.
    fn run_inside(&mut self, frame: &Frame, source: Option<Rc<PythonSource>>) {
        let Some(source) = source else { return };
        let root = Rc::clone(&source);
        let flow = self.block(&Frame { source, ..frame.clone() }, root.root());
        self.was_ended(flow);
    }

    /// `spec.loader.exec_module(module)`
    pub(super) fn run_file_as_module(&mut self, file: &Path) {
        if let Some(source) = PythonSource::read(file, self.finder.minor) {
            let scope = self.new_scope(None);
            self.set(scope, "__file__", Value::text(&file.to_string_lossy()));
            let (compiled, certain) = (Some(file.to_path_buf()), !self.in_doubt());
            let module = self.add_module(Module { scope, compiled, certain, ..Module::default() });
            let flow = self.block(&Frame { source: Rc::clone(&source), scope, module }, source.root());
            self.was_ended(flow);
        }
    }

    /// Tells whether code that an expression has run raised or ended the script: then the statement ends so.
    pub(super) fn was_ended(&mut self, flow: Flow) -> bool {
        let ended = flow.unwinds();
        if ended {
            self.raised = Some(flow);
        }
        ended
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
