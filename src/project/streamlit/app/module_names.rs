//! Names of the project's own modules: which a module has, surely lacks, or may have.

use super::Interpreter;
use super::arguments::Arguments;
use super::exports::bound_names;
use super::import::Failed;
use super::source::{PythonSource, is_in_names};
use super::stops::StopReason;
use super::value::Value;
use crate::guarded;
use std::collections::HashMap;

/// Marks a module that has names which are not known: from a foreign `import *`, from `globals()`, `exec`.
pub(super) const OPEN: &str = "*";

impl Interpreter<'_> {
    /// `from module import attribute`: an attribute, else a sub-module.
    pub(super) fn import_from(&mut self, module: &Value, attribute: &str) -> Result<Value, Failed> {
        let id = match module {
            Value::Module(id) => *id,
            Value::Foreign(foreign) if self.exports.lacks_name(foreign, attribute) => {
                let reason = StopReason::MissingName { module: foreign.to_string(), name: attribute.to_owned() };
                return Err(self.import_error(reason));
            }
            _ => return Ok(self.attribute(module, attribute)),
        };
        if let Some(value) = self.names_in(id).get(attribute).cloned() {
            if let Value::Module(inner) = value {
                self.was_imported(inner);
            }
            return Ok(value);
        }
        let name = format!("{}.{attribute}", self.modules[id].name);
        let parent = self.modules[id].name.clone();
        if self.modules[id].folders.is_some() {
            match self.import_below(&parent, attribute, &name) {
                Err(Failed::NotFound(_)) => {}
                other => return other,
            }
        }
        if self.lacks(id, attribute) {
            let reason = StopReason::MissingName { module: parent, name: attribute.to_owned() };
            return Err(self.import_error(reason));
        }
        if self.binds_it_later(id, attribute) {
            let reason = StopReason::Circular { module: parent, name: attribute.to_owned() };
            return Err(self.import_error(reason));
        }
        let value = self.module_attribute(id, attribute);
        self.raised.take().map_or(Ok(value), |flow| Err(Failed::Flow(flow)))
    }

    /// A name of a module, else what its `__getattr__` makes of it.
    pub(super) fn module_attribute(&mut self, id: usize, name: &str) -> Value {
        let names = self.names_in(id);
        match (names.get(name), names.get("__getattr__")) {
            (Some(value), _) => value.clone(),
            (None, Some(Value::Function(function))) => {
                let function = *function;
                self.call_function(function, &Arguments::of(vec![Value::text(name)]))
            }
            // A sub-module that nobody has imported, or a name that was given up.
            _ if self.lacks(id, name) => {
                let reason = StopReason::MissingName { module: self.modules[id].name.clone(), name: name.to_owned() };
                self.raise_for("AttributeError", reason)
            }
            // `__dict__` and other names that are not followed.
            _ => Value::Unknown,
        }
    }

    /// Tells whether a module of the project that has run to its end surely has no such name.
    fn lacks(&self, id: usize, name: &str) -> bool {
        let module = &self.modules[id];
        // A name that stands in it in any way may have been made in a way that is not followed.
        let names_it = || {
            let file = module.compiled.as_ref();
            let text = file.and_then(|file| guarded::read(file, guarded::SMALL_BYTES).ok()).unwrap_or_default();
            String::from_utf8_lossy(&text).split(|c| !is_in_names(c)).any(|word| word == name)
        };
        (module.compiled.is_some() || module.folders.is_some())
            && !self.is_open(id)
            && !self.is_loading(id)
            && !name.starts_with("__")
            && !self.names_in(id).contains_key(name)
            && !names_it()
    }

    /// Tells whether a module that is still being loaded binds a name further down.
    fn binds_it_later(&self, id: usize, name: &str) -> bool {
        let source = self.modules[id].compiled.as_ref().and_then(|file| PythonSource::read(file, self.finder.minor));
        self.is_loading(id) && !self.is_open(id) && source.is_some_and(|source| bound_names(&source).contains(name))
    }

    /// The names that a module has now.
    pub(super) fn names_in(&self, id: usize) -> &HashMap<String, Value> {
        &self.scopes[self.modules[id].scope].names
    }

    /// Tells whether a module may have names that are not known.
    pub(super) fn is_open(&self, id: usize) -> bool {
        let names = self.names_in(id);
        names.contains_key("__getattr__") || names.contains_key(OPEN)
    }

    fn is_loading(&self, id: usize) -> bool {
        self.loading.iter().any(|(loading, _)| *loading == id)
    }

    /// One of the functions and classes of a module: `globals()[name]`, `getattr(module, name)`.
    pub(super) fn any_function(&self, id: usize) -> Value {
        let names = self.names_in(id).values();
        Value::one_of(names.filter(|value| value.may_be_called()).cloned())
    }
}
