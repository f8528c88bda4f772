//! The import of a module: found, run, and kept in `sys.modules`.

use super::finder::{self, FoundModule};
use super::source::PythonSource;
use super::stops::{Raised, StopReason};
use super::value::Value;
use super::{Flow, Frame, Interpreter, Module, paths};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Ways in which an import gives nothing.
pub(super) enum Failed {
    /// No such module, by its dotted name.
    NotFound(String),
    /// The module raised or ended the script.
    Flow(Flow),
}

impl Interpreter<'_> {
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

    /// An entry of `sys.modules`; foreign where it is none of the project.
    pub(super) fn loaded_module(&self, name: &str) -> Value {
        self.loaded.get(name).map_or_else(|| Value::foreign(name), |id| Value::Module(*id))
    }

    /// An import that ends with an `ImportError`.
    pub(super) fn import_error(&self, reason: StopReason) -> Failed {
        Failed::Flow(Flow::Raise(self.exception("ImportError", reason)))
    }

    /// Notes that what is being loaded imports this module; one that was only possible so far is certain now.
    pub(super) fn was_imported(&mut self, id: usize) {
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

    /// A module is loaded for sure, and so is what it surely imports.
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

    pub(super) fn import_below(&mut self, parent: &str, part: &str, name: &str) -> Result<Value, Failed> {
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
        let certain = !self.in_doubt();
        let module = Module { name: name.to_owned(), folders: folders(&found), scope, certain, ..Module::default() };
        let id = self.add_module(module);
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
                if flow.unwinds() {
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
            self.perhaps(usize::MAX, |me| me.run_module(*id, &file));
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
