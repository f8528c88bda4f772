//! Names of the project's own modules: which a module has, surely lacks, or may have.

use super::arguments::Arguments;
use super::import::Failed;
use super::source::PythonSource;
use super::stops::StopReason;
use super::value::Value;
use super::{Flow, Interpreter};
use crate::guarded;

/// Marks a module that has names which are not known: from a foreign `import *`, from `globals()`, `exec`.
pub(super) const OPEN: &str = "*";

impl Interpreter<'_> {
    /// `from module import attribute`: an attribute, else a sub-module.
    pub(super) fn import_from(&mut self, module: &Value, attribute: &str) -> Result<Value, Failed> {
        let id = match module {
            Value::Module(id) => *id,
            Value::Foreign(foreign) if self.exports.lacks_name(foreign, attribute) => {
                let reason = StopReason::MissingName { module: foreign.to_string(), name: attribute.to_owned() };
                return Err(Failed::Flow(Flow::Raise(self.exception("ImportError", reason))));
            }
            _ => return Ok(self.attribute(module, attribute)),
        };
        let scope = self.modules[id].scope;
        if let Some(value) = self.scopes[scope].names.get(attribute).cloned() {
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
            return Err(Failed::Flow(Flow::Raise(self.exception("ImportError", reason))));
        }
        if self.binds_it_later(id, attribute) {
            let reason = StopReason::Circular { module: parent, name: attribute.to_owned() };
            return Err(Failed::Flow(Flow::Raise(self.exception("ImportError", reason))));
        }
        let value = self.module_attribute(id, attribute);
        self.raised.take().map_or(Ok(value), |flow| Err(Failed::Flow(flow)))
    }

    /// A name of a module, else what its `__getattr__` makes of it.
    pub(super) fn module_attribute(&mut self, id: usize, name: &str) -> Value {
        let names = &self.scopes[self.modules[id].scope].names;
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
        let names = &self.scopes[module.scope].names;
        let runs = self.loading.iter().any(|(loading, _)| *loading == id);
        let is_space = module.compiled.is_none() && module.folders.is_some();
        let plain =
            (module.compiled.is_some() || is_space) && !names.contains_key("__getattr__") && !names.contains_key(OPEN);
        let text = || {
            let text = module
                .compiled
                .as_ref()
                .and_then(|file| guarded::read(file, guarded::SMALL_BYTES).ok())
                .unwrap_or_default();
            String::from_utf8_lossy(&text).into_owned()
        };
        let letters = |c: char| !(c.is_alphanumeric() || c == '_');
        // A name that stands in it in any way may have been made in a way that is not followed.
        plain
            && !runs
            && !name.starts_with("__")
            && !names.contains_key(name)
            && !text().split(letters).any(|word| word == name)
    }

    /// Tells whether a module that is still being loaded binds a name further down.
    fn binds_it_later(&self, id: usize, name: &str) -> bool {
        let names = &self.scopes[self.modules[id].scope].names;
        let runs = self.loading.iter().any(|(loading, _)| *loading == id);
        let open = names.contains_key("__getattr__") || names.contains_key(OPEN);
        let source = self.modules[id].compiled.as_ref().and_then(|file| PythonSource::read(file, self.finder.minor));
        runs && !open && source.is_some_and(|source| super::exports::bound_names(&source).contains(name))
    }

    /// One of the functions and classes of a module: `globals()[name]`, `getattr(module, name)`.
    pub(super) fn any_function(&self, id: usize) -> Value {
        let names = self.scopes[self.modules[id].scope].names.values();
        Value::one_of(names.filter(|value| value.may_be_called()).cloned())
    }
}
