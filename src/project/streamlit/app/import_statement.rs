//! `import a.b as c`, `from .a import b`, `from a import *`.

use super::import::Failed;
use super::module_names::OPEN;
use super::source::{PythonSource, children, in_field};
use super::stops::StopReason;
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// `import a.b as c, d`
    pub(super) fn import_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        for name in in_field(node, "name") {
            let (dotted, alias) = names(&frame.source, name);
            let module = match self.import(&dotted) {
                Ok(module) => module,
                Err(failed) => return self.failed(failed),
            };
            match alias {
                Some(alias) => self.set(frame.scope, &alias, module),
                None => {
                    let first = dotted.split('.').next().unwrap_or_default();
                    let value = self.loaded_module(first);
                    self.set(frame.scope, first, value);
                }
            }
        }
        Flow::Next
    }

    /// `from .a import b as c, d` and `from a import *`
    pub(super) fn import_from_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let Some(from) = node.child_by_field_name("module_name") else { return Flow::Next };
        let Some(base) = self.absolute_name(frame, from) else {
            let reason = StopReason::OutsidePackage(frame.source.text(from));
            return Flow::Raise(self.exception("ImportError", reason));
        };
        let module = match self.import(&base) {
            Ok(module) => module,
            Err(failed) => return self.failed(failed),
        };
        if children(node).iter().any(|child| child.kind() == "wildcard_import") {
            return self.import_star(frame, &module);
        }
        for name in in_field(node, "name") {
            let (attribute, alias) = names(&frame.source, name);
            match self.import_from(&module, &attribute) {
                Ok(value) => self.set(frame.scope, &alias.unwrap_or(attribute), value),
                Err(failed) => return self.failed(failed),
            }
        }
        Flow::Next
    }

    /// `from module import *`: `__all__`, whose names may be sub-modules, or every public name.
    fn import_star(&mut self, frame: &Frame, module: &Value) -> Flow {
        let Value::Module(id) = module else {
            self.set(frame.scope, OPEN, Value::Opaque);
            return Flow::Next;
        };
        let scope = self.modules[*id].scope;
        if self.scopes[scope].names.contains_key(OPEN) {
            self.set(frame.scope, OPEN, Value::Opaque);
        }
        let names: Vec<String> = match self.scopes[scope].names.get("__all__") {
            Some(Value::List(names)) => names.all().iter().filter_map(Value::as_text).collect(),
            _ => {
                let names = self.scopes[scope].names.keys().filter(|name| !name.starts_with('_') && *name != OPEN);
                let mut names: Vec<String> = names.cloned().collect();
                names.sort();
                names
            }
        };
        for name in names {
            match self.import_from(module, &name) {
                Ok(value) => self.set(frame.scope, &name, value),
                Err(failed) => return self.failed(failed),
            }
        }
        Flow::Next
    }

    /// The end of a statement whose import failed.
    pub(super) fn failed(&mut self, failed: Failed) -> Flow {
        match failed {
            Failed::Flow(flow) => flow,
            Failed::NotFound(name) if name.starts_with('.') => {
                Flow::Raise(self.exception("ImportError", StopReason::OutsidePackage(name)))
            }
            Failed::NotFound(name) => {
                Flow::Raise(self.exception("ModuleNotFoundError", StopReason::MissingModule(name)))
            }
        }
    }

    /// The module meant by `from …`, which may be relative. `None` where it leaves the top package.
    fn absolute_name(&self, frame: &Frame, from: Node<'_>) -> Option<String> {
        if from.kind() != "relative_import" {
            return Some(dotted(&frame.source, from));
        }
        let parts = children(from);
        let prefix = parts.iter().find(|part| part.kind() == "import_prefix")?;
        let level = frame.source.text(*prefix).matches('.').count();
        let rest = parts.iter().find(|part| part.kind() == "dotted_name").map(|part| dotted(&frame.source, *part));
        let package = self.package_of(frame.module);
        relative(&package, level, rest.as_deref())
    }

    /// `__package__` of a module.
    pub(super) fn package_of(&self, module: usize) -> String {
        let module = &self.modules[module];
        match module.name.rsplit_once('.') {
            _ if module.folders.is_some() => module.name.clone(),
            Some((parent, _)) => parent.to_owned(),
            None => String::new(),
        }
    }
}

/// The name of a module `level` packages up from `package`, and `rest` below it.
pub(super) fn relative(package: &str, level: usize, rest: Option<&str>) -> Option<String> {
    if package.is_empty() {
        return None;
    }
    let mut base = package;
    for _ in 1..level {
        base = base.rsplit_once('.')?.0;
    }
    Some(rest.map_or_else(|| base.to_owned(), |rest| format!("{base}.{rest}")))
}

/// A dotted name without the white space Python allows in it.
fn dotted(source: &PythonSource, node: Node<'_>) -> String {
    source.text(node).split_whitespace().collect()
}

/// Name and alias of one imported thing.
fn names(source: &PythonSource, node: Node<'_>) -> (String, Option<String>) {
    match (node.child_by_field_name("name"), node.child_by_field_name("alias")) {
        (Some(name), Some(alias)) => (dotted(source, name), Some(source.text(alias))),
        _ => (dotted(source, node), None),
    }
}
