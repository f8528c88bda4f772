//! Import statements and their equivalents as functions.

use super::finder::{self, FoundModule};
use super::source::{PythonSource, children, in_field};
use super::value::Value;
use super::{Flow, Frame, Interpreter, Module, paths};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tree_sitter::Node;

/// Reasons why an import gave nothing.
pub(super) enum Failed {
    NotFound,
    /// The module raised or ended the script.
    Flow(Flow),
}

impl Failed {
    pub(super) fn flow(self) -> Flow {
        match self {
            Self::NotFound => Flow::Raise("ModuleNotFoundError".into()),
            Self::Flow(flow) => flow,
        }
    }
}

impl Interpreter<'_> {
    /// `import a.b as c, d`
    pub(super) fn import_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        for name in in_field(node, "name") {
            let (dotted, alias) = names(&frame.source, name);
            let module = match self.import(&dotted) {
                Ok(module) => module,
                Err(failed) => return failed.flow(),
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
        let Some(base) = self.absolute_name(frame, from) else { return Flow::Raise("ImportError".into()) };
        let module = match self.import(&base) {
            Ok(module) => module,
            Err(failed) => return failed.flow(),
        };
        if children(node).iter().any(|child| child.kind() == "wildcard_import") {
            return self.import_star(frame, &module);
        }
        for name in in_field(node, "name") {
            let (attribute, alias) = names(&frame.source, name);
            match self.import_from(&module, &attribute) {
                Ok(value) => self.set(frame.scope, &alias.unwrap_or(attribute), value),
                Err(failed) => return failed.flow(),
            }
        }
        Flow::Next
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
            value = match (self.loaded.get(&name), &parent) {
                (Some(id), _) => Value::Module(*id),
                (None, None) => self.import_top(&name)?,
                (None, Some(parent)) => self.import_below(parent, part, &name)?,
            };
            if let Value::Foreign(_) = value {
                return Ok(Value::foreign(dotted));
            }
        }
        Ok(value)
    }

    fn import_top(&mut self, name: &str) -> Result<Value, Failed> {
        if self.finder.is_preloaded(name) {
            return Ok(Value::foreign(name));
        }
        match self.finder.find(name) {
            Some(FoundModule::Foreign) => Ok(Value::foreign(name)),
            Some(found) => self.load(name, found).map(Value::Module),
            None => Err(Failed::NotFound),
        }
    }

    fn import_below(&mut self, parent: &str, part: &str, name: &str) -> Result<Value, Failed> {
        let Some(id) = self.loaded.get(parent).copied() else { return Err(Failed::NotFound) };
        let folders = self.package_folders(id).ok_or(Failed::NotFound)?;
        let found = finder::find_in(&folders, part).ok_or(Failed::NotFound)?;
        let child = self.load(name, found)?;
        let scope = self.modules[id].scope;
        self.set(scope, part, Value::Module(child));
        Ok(Value::Module(child))
    }

    /// The package's `__path__`, which its own code may have changed.
    fn package_folders(&self, id: usize) -> Option<Vec<PathBuf>> {
        let module = &self.modules[id];
        let own = module.folders.clone()?;
        match self.scopes[module.scope].names.get("__path__") {
            Some(Value::List(entries)) => Some(entries.all().iter().filter_map(Value::as_path).collect()),
            _ => Some(own),
        }
    }

    /// Runs a module that was found. A module that raises is taken out of `sys.modules` again.
    pub(super) fn load(&mut self, name: &str, found: FoundModule) -> Result<usize, Failed> {
        if self.depth > super::DEEPEST {
            return Err(Failed::Flow(Flow::Raise("RecursionError".into())));
        }
        let scope = self.new_scope(None);
        let id = self.modules.len();
        self.modules.push(Module { name: name.to_owned(), folders: folders(&found), scope });
        self.set(scope, "__name__", Value::text(name));
        self.loaded.insert(name.to_owned(), id);
        let at = self.app.modules.len();
        match found {
            FoundModule::Source { file, .. } => {
                self.app.modules.push(file.clone());
                self.app.compiled.push(file.clone());
                if let flow @ (Flow::Raise(_) | Flow::Stop { .. }) = self.run_module(id, &file) {
                    self.loaded.remove(name);
                    self.app.modules.remove(at);
                    return Err(Failed::Flow(flow));
                }
            }
            FoundModule::Binary(file) => self.app.modules.push(file),
            FoundModule::Namespace(portions) => self.app.modules.extend(portions),
            FoundModule::Foreign => {}
        }
        Ok(id)
    }

    fn run_module(&mut self, id: usize, file: &Path) -> Flow {
        let Some(source) = PythonSource::read(file) else { return Flow::Next };
        if source.is_invalid() {
            return Flow::Raise("SyntaxError".into());
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
        let Value::Module(id) = module else { return Ok(self.attribute(module, attribute)) };
        let scope = self.modules[*id].scope;
        if let Some(value) = self.scopes[scope].names.get(attribute) {
            return Ok(value.clone());
        }
        let name = format!("{}.{attribute}", self.modules[*id].name);
        let parent = self.modules[*id].name.clone();
        if self.modules[*id].folders.is_some() {
            match self.import_below(&parent, attribute, &name) {
                Err(Failed::NotFound) => {}
                other => return other,
            }
        }
        let value = self.module_attribute(*id, attribute);
        self.raised.take().map_or(Ok(value), |flow| Err(Failed::Flow(flow)))
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
            _ => Value::Unknown,
        }
    }

    /// `from module import *`: `__all__`, whose names may be sub-modules, or every public name.
    fn import_star(&mut self, frame: &Frame, module: &Value) -> Flow {
        let Value::Module(id) = module else { return Flow::Next };
        let scope = self.modules[*id].scope;
        let names: Vec<String> = match self.scopes[scope].names.get("__all__") {
            Some(Value::List(names)) => names.all().iter().filter_map(Value::as_text).collect(),
            _ => self.scopes[scope].names.keys().filter(|name| !name.starts_with('_')).cloned().collect(),
        };
        for name in names {
            match self.import_from(module, &name) {
                Ok(value) => self.set(frame.scope, &name, value),
                Err(failed) => return failed.flow(),
            }
        }
        Flow::Next
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
