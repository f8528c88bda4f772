//! Import statements and their equivalents as functions.

use super::finder::{self, FoundModule};
use super::source::{PythonSource, children, in_field};
use super::stops::{Raised, StopReason};
use super::value::Value;
use super::{Flow, Frame, Interpreter, Module, paths};
use crate::guarded;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tree_sitter::Node;

/// Reasons why an import gave nothing.
pub(super) enum Failed {
    /// No such module, by its dotted name.
    NotFound(String),
    /// The module raised or ended the script.
    Flow(Flow),
}

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
                    let value = self.loaded.get(first).map_or_else(|| Value::foreign(first), |id| Value::Module(*id));
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

    /// `importlib.import_module(name)`: imports the packages on the way, gives the module itself.
    pub(super) fn import(&mut self, dotted: &str) -> Result<Value, Failed> {
        let mut name = String::new();
        let mut value = Value::Unknown;
        for part in dotted.split('.') {
            let parent = (!name.is_empty()).then(|| name.clone());
            if parent.is_some() {
                name.push('.');
            }
            name.push_str(part);
            value = match (self.loaded.get(&name).copied(), &parent) {
                (Some(id), parent) => {
                    self.keep_in_parent(parent.as_deref(), part, id);
                    Value::Module(id)
                }
                (None, None) => self.import_top(&name)?,
                (None, Some(parent)) => self.import_below(parent, part, &name)?,
            };
            match value {
                Value::Foreign(_) if self.exports.lacks_module(dotted) => {
                    return Err(Failed::NotFound(dotted.to_owned()));
                }
                Value::Foreign(_) => return Ok(Value::foreign(dotted)),
                Value::Module(id) => self.was_imported(id),
                // A module of a package that is not known itself.
                Value::Unknown => return Ok(Value::Unknown),
                _ => {}
            }
        }
        Ok(value)
    }

    /// Notes that what is being loaded imports this module; one that was only possible so far is certain now.
    fn was_imported(&mut self, id: usize) {
        let level = self.level();
        if let Some((module, began)) = self.loading.last().copied()
            && began == level
            && module != id
            && !self.modules[module].imports.contains(&id)
        {
            self.modules[module].imports.push(id);
        }
        if !self.in_doubt() {
            self.is_certain(id);
        }
    }

    /// A sub-module is an attribute of its package, also where it was loaded on a way that was taken back.
    fn keep_in_parent(&mut self, parent: Option<&str>, part: &str, id: usize) {
        let Some(parent) = parent.and_then(|parent| self.loaded.get(parent).copied()) else { return };
        let scope = self.modules[parent].scope;
        if !self.scopes[scope].names.contains_key(part) {
            self.set(scope, part, Value::Module(id));
        }
    }

    fn is_certain(&mut self, id: usize) {
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut self.modules[id].certain, true) {
                waiting.extend(self.modules[id].imports.iter().copied());
            }
        }
    }

    fn import_top(&mut self, name: &str) -> Result<Value, Failed> {
        if self.finder.is_preloaded(name) {
            return Ok(Value::foreign(name));
        }
        match self.finder.find(name) {
            Some(FoundModule::Foreign) => Ok(Value::foreign(name)),
            Some(found) => self.load(name, found).map(Value::Module),
            None if self.sweep.path => {
                // It may lie in a folder that the app has put on its path.
                self.may_raise();
                self.sweep.imports = true;
                Ok(Value::Unknown)
            }
            None => Err(Failed::NotFound(name.to_owned())),
        }
    }

    fn import_below(&mut self, parent: &str, part: &str, name: &str) -> Result<Value, Failed> {
        let not_found = || Failed::NotFound(name.to_owned());
        let Some(id) = self.loaded.get(parent).copied() else { return Err(not_found()) };
        let (folders, open) = self.package_folders(id).ok_or_else(not_found)?;
        let Some(found) = finder::find_in(&folders, part) else {
            if !open {
                return Err(not_found());
            }
            self.may_raise();
            self.sweep.imports = true;
            return Ok(Value::Unknown);
        };
        let child = self.load(name, found)?;
        let scope = self.modules[id].scope;
        self.set(scope, part, Value::Module(child));
        Ok(Value::Module(child))
    }

    /// The package's `__path__`, which its own code may have changed, and whether there may be more in it.
    fn package_folders(&self, id: usize) -> Option<(Vec<PathBuf>, bool)> {
        let module = &self.modules[id];
        let own = module.folders.clone()?;
        match self.scopes[module.scope].names.get("__path__") {
            None => Some((own, false)),
            Some(Value::List(entries)) => {
                let entries = entries.all();
                let known: Vec<PathBuf> =
                    entries.iter().filter_map(Value::as_path).map(|path| self.at(&path)).collect();
                let open = known.len() < entries.len();
                Some((known, open))
            }
            // `pkgutil.extend_path(…)`
            Some(_) => Some((own, true)),
        }
    }

    /// Runs a module that was found. A module that raises is taken out of `sys.modules` again.
    pub(super) fn load(&mut self, name: &str, found: FoundModule) -> Result<usize, Failed> {
        if self.depth > super::DEEPEST {
            self.sweep.imports = true;
            return Err(Failed::Flow(Flow::Raise(Raised::of("RecursionError"))));
        }
        let scope = self.new_scope(None);
        let id = self.modules.len();
        let certain = !self.in_doubt();
        let module = Module { name: name.to_owned(), folders: folders(&found), scope, certain, ..Module::default() };
        self.modules.push(module);
        self.set(scope, "__name__", Value::text(name));
        self.loaded.insert(name.to_owned(), id);
        match found {
            FoundModule::Source { file, .. } => {
                self.modules[id].listed = vec![file.clone()];
                self.modules[id].compiled = Some(file.clone());
                let (flow, own) = self.within(|me| {
                    let level = me.level();
                    me.loading.push((id, level));
                    let flow = me.run_module(id, &file);
                    me.loading.pop();
                    flow
                });
                self.modules[id].may_go = own.may_fail();
                self.may_fail_as(own);
                if let flow @ (Flow::Raise(_) | Flow::Stop { .. }) = flow {
                    self.loaded.remove(name);
                    self.modules[id].listed.clear();
                    return Err(Failed::Flow(flow));
                }
            }
            FoundModule::Binary(file) => self.modules[id].listed = vec![file],
            FoundModule::Namespace(portions) => self.modules[id].listed = portions,
            FoundModule::Foreign => {}
        }
        Ok(id)
    }

    /// `importlib.reload(module)`: it runs once more, with the names that it has.
    pub(super) fn reload(&mut self, module: &Value) {
        let Value::Module(id) = module else { return };
        if let Some(file) = self.modules[*id].compiled.clone() {
            let flow = self.perhaps(usize::MAX, |me| me.run_module(*id, &file));
            self.may_end(flow);
        }
    }

    fn run_module(&mut self, id: usize, file: &Path) -> Flow {
        let Some(source) = PythonSource::read(file, self.finder.minor) else { return Flow::Next };
        if let Some(line) = source.mistake() {
            self.modules[id].compiled = None;
            return self.raise_syntax(file, line);
        }
        let scope = self.modules[id].scope;
        self.set(scope, "__file__", Value::text(&file.to_string_lossy()));
        let package = self.package_of(id);
        self.set(scope, "__package__", Value::Text(package));
        if let Some(folders) = &self.modules[id].folders {
            let folders = folders.iter().map(|folder| Value::text(&folder.to_string_lossy())).collect();
            self.set(scope, "__path__", Value::list(folders));
        }
        let frame = Frame { source: Rc::clone(&source), scope, module: id };
        self.depth += 1;
        let flow = self.block(&frame, source.root());
        self.depth -= 1;
        flow
    }

    /// `from module import attribute`: an attribute, else a sub-module.
    fn import_from(&mut self, module: &Value, attribute: &str) -> Result<Value, Failed> {
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

    /// Tells whether a module that is still being loaded binds a name further down.
    fn binds_it_later(&self, id: usize, name: &str) -> bool {
        let names = &self.scopes[self.modules[id].scope].names;
        let runs = self.loading.iter().any(|(loading, _)| *loading == id);
        let open = names.contains_key("__getattr__") || names.contains_key(OPEN);
        let source = self.modules[id].compiled.as_ref().and_then(|file| PythonSource::read(file, self.finder.minor));
        runs && !open && source.is_some_and(|source| super::exports::bound_names(&source).contains(name))
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

    /// A name of a module, else what its `__getattr__` makes of it.
    pub(super) fn module_attribute(&mut self, id: usize, name: &str) -> Value {
        let names = &self.scopes[self.modules[id].scope].names;
        match (names.get(name), names.get("__getattr__")) {
            (Some(value), _) => value.clone(),
            (None, Some(Value::Function(function))) => {
                let function = *function;
                self.call_function(function, &super::arguments::Arguments::of(vec![Value::text(name)]))
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
}

/// Marks a module that has names which are not known: from a foreign `import *`, from `globals()`, `exec`.
pub(super) const OPEN: &str = "*";

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

fn folders(found: &FoundModule) -> Option<Vec<PathBuf>> {
    match found {
        FoundModule::Source { package, file } => package
            .clone()
            .or_else(|| (file.file_name()? == "__init__.py").then(|| paths::folder(file)))
            .map(|f| vec![f]),
        FoundModule::Namespace(portions) => Some(portions.clone()),
        FoundModule::Binary(_) | FoundModule::Foreign => None,
    }
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
