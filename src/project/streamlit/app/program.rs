//! The parts of a program that runs: its modules, scopes, functions and classes.

use super::source::{PythonSource, SourcePlace};
use super::value::Value;
use super::{Interpreter, objects};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

/// One module that was found and run, or a file that runs by itself.
#[derive(Default)]
pub(super) struct Module {
    pub(super) name: String,
    /// The folders of its sub-modules, if it is a package.
    pub(super) folders: Option<Vec<PathBuf>>,
    pub(super) scope: usize,
    /// The file, or the folders of a namespace package, while it stands in `sys.modules`.
    pub(super) listed: Vec<PathBuf>,
    /// The file that Python compiles into `__pycache__`.
    pub(super) compiled: Option<PathBuf>,
    /// Whether it is loaded for sure.
    pub(super) certain: bool,
    /// Whether it may raise, and then leaves `sys.modules` again.
    pub(super) may_go: bool,
    /// Modules that it surely imports where it is loaded.
    pub(super) imports: Vec<usize>,
}

/// The names of a module, a function call or a class body.
pub(super) struct Scope {
    pub(super) names: HashMap<String, Value>,
    /// Names declared `global` here.
    pub(super) global: HashSet<String>,
    pub(super) parent: Option<usize>,
}

pub(super) struct Function {
    pub(super) body: SourcePlace,
    /// Parameter names and the values of their defaults, in order.
    pub(super) parameters: Vec<(String, Value)>,
    pub(super) scope: usize,
    pub(super) module: usize,
    pub(super) kind: FunctionKind,
    /// Whether the result is pickled: `@st.cache_data`.
    pub(super) pickled: bool,
    pub(super) calls: u32,
}

/// Ways in which a function runs when it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FunctionKind {
    #[default]
    Plain,
    /// Runs when it is read as an attribute.
    Property,
    /// Gets neither object nor class.
    Static,
    /// Gets its class.
    OfClass,
    /// Runs when it is gone through.
    Generator,
}

pub(super) struct Class {
    pub(super) scope: usize,
    pub(super) bases: Vec<Value>,
    /// Names with a type or a value in its body, in order: fields of a data class, members of an enumeration.
    pub(super) fields: Vec<String>,
    pub(super) shape: objects::Shape,
}

/// The place where code runs: its text, names and module.
#[derive(Clone)]
pub(super) struct Frame {
    pub(super) source: Rc<PythonSource>,
    pub(super) scope: usize,
    pub(super) module: usize,
}

impl Interpreter<'_> {
    /// Returns its place in the list.
    pub(super) fn add_module(&mut self, module: Module) -> usize {
        self.modules.push(module);
        self.modules.len() - 1
    }

    pub(super) fn new_scope(&mut self, parent: Option<usize>) -> usize {
        self.scopes.push(Scope { names: HashMap::new(), global: HashSet::new(), parent });
        self.scopes.len() - 1
    }

    pub(super) fn set(&mut self, scope: usize, name: &str, value: Value) {
        self.keep(Some(scope), name);
        self.scopes[scope].names.insert(name.to_owned(), value);
    }

    pub(super) fn lookup(&self, scope: usize, name: &str) -> Value {
        let mut at = Some(scope);
        while let Some(scope) = at {
            if let Some(value) = self.scopes[scope].names.get(name) {
                return value.clone();
            }
            at = self.scopes[scope].parent;
        }
        Value::foreign(&format!("builtins.{name}"))
    }
}
