//! Modules of the project that an app has loaded once its script has run from top to bottom.
//!
//! A small interpreter goes through the script as `CPython` would, knowing only what decides about imports: modules,
//! paths, texts, truth values, functions. What it does not know it takes both ways; what needs a click (the body of
//! `if st.button(…)`, callbacks, the other pages) does not run. Nothing of the project is executed.

mod arguments;
mod assign;
mod calls;
mod definitions;
mod dynamic;
mod expressions;
mod files;
mod finder;
mod foreign;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod import;
mod operators;
mod preloaded;
mod session;
mod source;
mod statements;
mod value;
mod widgets;

use super::paths;
use crate::progress::{Cancelled, Progress};
use crate::project::{Launch, Python};
use finder::Finder;
use source::{PythonSource, SourcePlace};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use value::{Page, Value};

/// Modules that the script has loaded when it has run once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LoadedModules {
    /// Files of the loaded modules, and folders of namespace packages; as found, in the order of loading.
    pub(super) modules: Vec<PathBuf>,
    /// The files among them that Python compiles into `__pycache__`.
    pub(super) compiled: Vec<PathBuf>,
    /// The script files of the pages, real paths.
    pub(super) pages: Vec<PathBuf>,
}

/// Functions that call functions need room; imports nest about as deep as `CPython` allows.
const STACK_BYTES: usize = 256 << 20;
/// Depth of calls and imports.
const DEEPEST: usize = 400;
/// Depth of one expression.
const DEEPEST_EXPRESSION: usize = 100;
/// Runs of a script that asks for another run.
const MOST_RUNS: usize = 10;
/// Statements and expressions looked at, in all: some seconds. Beyond, nothing more is loaded.
const MOST_STEPS: u64 = 20_000_000;

/// Reads the app. Pages of a `pages` folder count even where they do not run.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn read(launch: &Launch, python: Option<&Python>, progress: &Progress) -> Result<LoadedModules, Cancelled> {
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .name("imports".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || Interpreter::new(launch, python, progress).app());
        match reader.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(app)) => app,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // No room for a thread: the script's own folder is still right.
            Err(_) => Ok(LoadedModules::default()),
        }
    })
}

/// The ways in which a statement ends.
#[derive(Clone, Debug)]
enum Flow {
    Next,
    Break,
    Continue,
    Return(Value),
    /// An exception, with its class where it is known.
    Raise(Rc<str>),
    /// `st.stop()`, `sys.exit()`: the script ends; after `st.rerun()` it runs again.
    Stop {
        again: bool,
    },
}

/// One module that was found and run.
struct Module {
    name: String,
    /// The folders of its sub-modules, if it is a package.
    folders: Option<Vec<PathBuf>>,
    scope: usize,
}

/// The names of a module, a function call or a class body.
struct Scope {
    names: HashMap<String, Value>,
    /// Names declared `global` here.
    global: HashSet<String>,
    parent: Option<usize>,
}

struct Function {
    body: SourcePlace,
    /// Parameter names and the values of their defaults, in order.
    parameters: Vec<(String, Value)>,
    scope: usize,
    module: usize,
    is_property: bool,
    calls: u32,
}

struct Class {
    scope: usize,
    bases: Vec<Value>,
}

/// The place where code runs: its text, names and module.
#[derive(Clone)]
struct Frame {
    source: Rc<PythonSource>,
    scope: usize,
    module: usize,
}

struct Interpreter<'a> {
    launch: &'a Launch,
    python: Option<&'a Python>,
    progress: &'a Progress,
    finder: Finder,
    modules: Vec<Module>,
    /// `sys.modules`, without what is foreign.
    loaded: HashMap<String, usize>,
    scopes: Vec<Scope>,
    functions: Vec<Function>,
    classes: Vec<Class>,
    active: HashSet<usize>,
    /// `st.session_state`, empty in a new session.
    session: HashMap<String, Value>,
    app: LoadedModules,
    /// The page that `st.switch_page` asked for.
    intended: Option<PathBuf>,
    /// The pages given to `st.navigation`; they replace those of the folder.
    navigation: Option<Vec<PathBuf>>,
    /// The exception raised inside an expression, until the statement ends.
    raised: Option<Flow>,
    depth: usize,
    expression_depth: usize,
    steps: u64,
    cancelled: bool,
}

impl<'a> Interpreter<'a> {
    fn new(launch: &'a Launch, python: Option<&'a Python>, progress: &'a Progress) -> Self {
        Self {
            launch,
            python,
            progress,
            finder: Finder::new(launch, python),
            modules: Vec::new(),
            loaded: HashMap::new(),
            scopes: Vec::new(),
            functions: Vec::new(),
            classes: Vec::new(),
            active: HashSet::new(),
            session: HashMap::new(),
            app: LoadedModules::default(),
            intended: None,
            navigation: None,
            raised: None,
            depth: 0,
            expression_depth: 0,
            steps: 0,
            cancelled: false,
        }
    }

    fn app(mut self) -> Result<LoadedModules, Cancelled> {
        // After a compile error Streamlit looks at no modules and pages at all.
        if PythonSource::read(&self.launch.script).is_none_or(|script| script.is_invalid()) {
            return Ok(LoadedModules::default());
        }
        self.app.modules.extend(self.command_file());
        self.load_shadowing_modules();
        let script = self.launch.script.clone();
        let pages = self.pages_folder();
        for _ in 0..MOST_RUNS {
            if !pages.iter().flatten().all(|page| page.is_file()) {
                break;
            }
            // With a folder of pages the page chosen runs instead of the script; `st.navigation` runs it within.
            let alone = self.intended.clone().filter(|_| pages.is_some() && self.navigation.is_none());
            let flow = self.run_script(alone.as_ref().unwrap_or(&script), "__main__");
            if !matches!(flow, Flow::Stop { again: true }) {
                break;
            }
        }
        self.app.pages = self.navigation.take().or(pages).unwrap_or_default();
        if self.cancelled { Err(Cancelled) } else { Ok(self.app) }
    }

    /// The `streamlit` command itself: `multiprocessing`, which Streamlit loads, keeps it in `sys.modules` under the name
    /// `__mp_main__`. It counts where it lies in the project and not in a folder that is blacklisted: `env/bin`.
    fn command_file(&self) -> Option<PathBuf> {
        let command = paths::folder(&self.python?.executable).join("streamlit");
        (!self.launch.as_module && command.is_file()).then_some(command)
    }

    /// A file early on `sys.path` with the name of a module that Streamlit itself loads.
    fn load_shadowing_modules(&mut self) {
        for folder in Finder::early_entries(self.launch, self.python) {
            for name in self.finder.shadowable() {
                if let Some(found) = finder::find_in(std::slice::from_ref(&folder), name)
                    && !matches!(found, finder::FoundModule::Namespace(_))
                {
                    // Where it fails, Streamlit itself does not start; there is nothing to foretell.
                    let _ = self.load(name, found);
                }
            }
        }
    }

    /// The pages in `pages/`, beside the script as it was given; `None` where there is no such folder.
    fn pages_folder(&self) -> Option<Vec<PathBuf>> {
        if !paths::folder(&self.launch.script).join("pages").exists() {
            return None;
        }
        let folder = paths::folder(&paths::real(&self.launch.script)).join("pages");
        let Ok(entries) = std::fs::read_dir(folder) else { return Some(Vec::new()) };
        let mut pages: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        pages.retain(|page| {
            let name = page.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".py") && !name.starts_with('.') && name != "__init__.py"
        });
        pages.sort();
        Some(pages)
    }

    /// Runs a file that is no module: the script and a page, whose name is `__main__`, or one for `runpy.run_path`.
    fn run_script(&mut self, file: &Path, name: &str) -> Flow {
        let Some(source) = PythonSource::read(file) else { return Flow::Next };
        if source.is_invalid() {
            return Flow::Raise("SyntaxError".into());
        }
        let scope = self.new_scope(None);
        self.set(scope, "__name__", Value::text(name));
        self.set(scope, "__file__", Value::text(&file.to_string_lossy()));
        self.modules.push(Module { name: name.to_owned(), folders: None, scope });
        let frame = Frame { source: Rc::clone(&source), scope, module: self.modules.len() - 1 };
        self.block(&frame, source.root())
    }

    fn new_scope(&mut self, parent: Option<usize>) -> usize {
        self.scopes.push(Scope { names: HashMap::new(), global: HashSet::new(), parent });
        self.scopes.len() - 1
    }

    fn set(&mut self, scope: usize, name: &str, value: Value) {
        self.scopes[scope].names.insert(name.to_owned(), value);
    }

    fn lookup(&self, scope: usize, name: &str) -> Value {
        let mut at = Some(scope);
        while let Some(scope) = at {
            if let Some(value) = self.scopes[scope].names.get(name) {
                return value.clone();
            }
            at = self.scopes[scope].parent;
        }
        Value::foreign(&format!("builtins.{name}"))
    }

    /// Counts a step. `false` when it is time to end.
    fn go_on(&mut self) -> bool {
        self.steps += 1;
        if self.steps.is_multiple_of(1024) && self.progress.check().is_err() {
            self.cancelled = true;
        }
        !self.cancelled && self.steps < MOST_STEPS
    }

    fn page(target: Value, default: bool) -> Value {
        Value::Page(Rc::new(Page { target, default }))
    }
}

#[cfg(test)]
mod tests;
