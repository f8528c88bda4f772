//! Modules of the project that an app has loaded once its script has run from top to bottom.
//!
//! A small interpreter goes through the script as `CPython` would, knowing only what decides about imports: modules,
//! paths, texts, truth values, functions. What it does not know it takes both ways; what needs a click (the body of
//! `if st.button(…)`, callbacks, the other pages) does not run. Nothing of the project is executed.

mod arguments;
mod assign;
mod calls;
mod containers;
mod definitions;
mod doubt;
mod dynamic;
mod elsewhere;
mod environment;
mod exports;
mod expressions;
mod faults;
mod files;
mod finder;
mod foreign;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod implied;
mod import;
mod lazy;
mod objects;
mod operators;
mod preloaded;
mod reflection;
mod result;
mod secrets;
mod served;
mod session;
mod source;
mod statements;
mod stops;
mod sweep;
mod value;
mod widgets;

use super::paths;
use crate::guarded;
use crate::progress::{Cancelled, Progress};
use crate::project::{Launch, Python};
use doubt::{Exits, Journal};
use finder::Finder;
pub(super) use result::{App, Loaded};
use source::{PythonSource, SourcePlace};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use stops::Raised;
pub use stops::{Stop, StopReason};
use value::{Page, Value};

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
pub(super) fn read(launch: &Launch, python: Option<&Python>, progress: &Progress) -> Result<App, Cancelled> {
    std::thread::scope(|scope| {
        let reader =
            std::thread::Builder::new().name("imports".to_owned()).stack_size(STACK_BYTES).spawn_scoped(scope, || {
                let Some(script) = served::script(launch, python, progress) else {
                    return Interpreter::new(launch, python, progress).app(None);
                };
                let served = Launch { script: script.clone(), ..launch.clone() };
                let app = Interpreter::new(&served, python, progress).app(Some(&launch.script));
                app.map(|app| App { served: Some(script), ..app })
            });
        match reader.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(app)) => app,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // No room for a thread: the script's own folder is still right.
            Err(_) => Ok(App::default()),
        }
    })
}

/// The folders of `sys.path` in a `streamlit run` process before the script runs, without the standard library's.
pub(super) fn search_path(launch: &Launch, python: &Python) -> Vec<PathBuf> {
    Finder::new(launch, Some(python)).folders()
}

/// The ways in which a statement ends.
#[derive(Clone, Debug)]
enum Flow {
    Next,
    Break,
    Continue,
    Return(Value),
    /// An exception.
    Raise(Raised),
    /// `st.stop()`, `sys.exit()`: the script ends; after `st.rerun()` it runs again.
    Stop {
        again: bool,
    },
}

/// One module that was found and run, or a file that runs by itself.
#[derive(Default)]
struct Module {
    name: String,
    /// The folders of its sub-modules, if it is a package.
    folders: Option<Vec<PathBuf>>,
    scope: usize,
    /// Its file, or the folders of a namespace package, while it stands in `sys.modules`.
    listed: Vec<PathBuf>,
    /// The file that Python compiles into `__pycache__`.
    compiled: Option<PathBuf>,
    /// Whether it is loaded for sure.
    certain: bool,
    /// Whether it may raise, and then leaves `sys.modules` again.
    may_go: bool,
    /// Modules that it surely imports where it is loaded.
    imports: Vec<usize>,
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
    kind: FunctionKind,
    /// What it gives back is pickled: `@st.cache_data`.
    pickled: bool,
    calls: u32,
}

/// Ways in which a function runs when it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FunctionKind {
    #[default]
    Plain,
    /// Runs when it is read as an attribute.
    Property,
    /// Gets no object.
    Static,
    /// Gets its class.
    OfClass,
    /// Runs when it is gone through.
    Generator,
}

struct Class {
    scope: usize,
    bases: Vec<Value>,
    /// Names with a type or a value in its body, in order: fields of a data class, members of an enumeration.
    fields: Vec<String>,
    shape: objects::Shape,
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
    /// Functions under way, with how often each has called itself.
    active: HashMap<usize, u32>,
    /// `st.session_state`, empty in a new session.
    session: HashMap<String, Value>,
    /// The variables of the process, with those that the app sets itself.
    variables: BTreeMap<OsString, Option<String>>,
    /// The working folder; `None` once the app has gone elsewhere.
    cwd: Option<PathBuf>,
    /// Calls of foreign code that may raise, so far.
    foreign_calls: u64,
    /// The script that an `App` serves.
    served: Option<PathBuf>,
    /// `st.rerun()` may have been called.
    may_rerun: bool,
    /// The app may have written files of any name.
    writes: bool,
    /// Paths that foreign code was handed: it may have made files there.
    handed: Vec<PathBuf>,
    /// Files that it has written.
    written: HashSet<PathBuf>,
    /// Folders that it has made, and whether for sure.
    made: Vec<(PathBuf, bool)>,
    /// Everything of the project may be imported, or called: what decides it is not known.
    sweep: sweep::Sweep,
    doubt: u32,
    exits: Exits,
    journals: Vec<Journal>,
    /// Values that the generators under way have yielded.
    yields: Vec<Vec<Value>>,
    /// The modules that are being loaded, with the doubt in which each began.
    loading: Vec<(usize, u32)>,
    /// The file and line of the statement that runs.
    place: (PathBuf, usize),
    exports: exports::Exports,
    secrets: Option<secrets::Secrets>,
    /// The first thing that surely ends the app.
    stop: Option<Rc<Stop>>,
    pages: Option<Vec<PathBuf>>,
    /// The page that `st.switch_page` asked for.
    intended: Option<PathBuf>,
    /// The pages given to `st.navigation`; they replace those of the folder.
    navigation: Option<Vec<(PathBuf, bool)>>,
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
            active: HashMap::new(),
            session: HashMap::new(),
            variables: BTreeMap::new(),
            cwd: Some(launch.cwd.clone()),
            foreign_calls: 0,
            served: None,
            may_rerun: false,
            writes: false,
            handed: Vec::new(),
            written: HashSet::new(),
            made: Vec::new(),
            sweep: sweep::Sweep::default(),
            doubt: 0,
            exits: Exits::default(),
            journals: Vec::new(),
            yields: Vec::new(),
            loading: Vec::new(),
            place: (launch.script.clone(), 1),
            exports: exports::Exports::new(python),
            secrets: None,
            stop: None,
            pages: None,
            intended: None,
            navigation: None,
            raised: None,
            depth: 0,
            expression_depth: 0,
            steps: 0,
            cancelled: false,
        }
    }

    /// `server`: the script that serves this one, a module that is loaded before.
    fn app(mut self, server: Option<&Path>) -> Result<App, Cancelled> {
        // After a compile error Streamlit looks at no modules and pages at all.
        if let Some(invalid) =
            PythonSource::read(&self.launch.script, self.finder.minor).and_then(|script| script.mistake())
        {
            let stop = Stop { file: self.launch.script.clone(), line: invalid, reason: StopReason::Syntax };
            return Ok(App { stop: Some(stop), ..App::default() });
        }
        self.secrets();
        let command = self.command_file();
        self.load_shadowing_modules();
        if let Some(server) = server {
            self.load_server(server);
        }
        let script = self.launch.script.clone();
        self.pages = self.pages_folder();
        for run in 0..MOST_RUNS {
            if !self.pages.iter().flatten().all(|page| guarded::is_file(page)) {
                break;
            }
            // With a folder of pages the page chosen runs instead of the script; `st.navigation` runs it within.
            let alone = self.intended.clone().filter(|_| self.pages.is_some() && self.navigation.is_none());
            // What a second run imports is watched or not, by a race within Streamlit (measured).
            self.doubt = u32::from(run > 0);
            self.exits = Exits::default();
            let flow = self.run_script(alone.as_ref().unwrap_or(&script), "__main__");
            let again = std::mem::take(&mut self.may_rerun) || matches!(flow, Flow::Stop { again: true });
            if let Flow::Raise(Raised { stop: Some(stop), .. }) = &flow
                && run == 0
            {
                self.stop = Some(Rc::clone(stop));
            }
            if !again {
                break;
            }
        }
        self.sweep_up();
        if self.cancelled { Err(Cancelled) } else { Ok(self.result(command.as_ref())) }
    }

    /// The `streamlit` command itself: `multiprocessing`, which Streamlit loads, keeps it in `sys.modules` under the name
    /// `__mp_main__`. It counts where it lies in the project and not in a folder that is blacklisted: `env/bin`.
    fn command_file(&self) -> Option<PathBuf> {
        let command = paths::folder(&self.python?.executable).join("streamlit");
        (!self.launch.as_module && guarded::is_file(&command)).then_some(command)
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
        if !guarded::exists(&paths::folder(&self.launch.script).join("pages")) {
            return None;
        }
        let folder = paths::folder(&paths::real(&self.launch.script)).join("pages");
        let mut pages = guarded::paths_in(&folder);
        pages.retain(|page| {
            let name = page.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".py") && !name.starts_with('.') && name != "__init__.py"
        });
        pages.sort();
        Some(pages)
    }

    /// Runs a file that is no module: the script and a page, whose name is `__main__`, or one for `runpy.run_path`.
    fn run_script(&mut self, file: &Path, name: &str) -> Flow {
        let scope = self.new_scope(None);
        self.run_script_in(file, name, scope)
    }

    /// The same with names of its own.
    fn run_script_in(&mut self, file: &Path, name: &str, scope: usize) -> Flow {
        let Some(source) = PythonSource::read(file, self.finder.minor) else { return Flow::Next };
        if let Some(line) = source.mistake() {
            return self.raise_syntax(file, line);
        }
        self.set(scope, "__name__", Value::text(name));
        self.set(scope, "__file__", Value::text(&file.to_string_lossy()));
        self.modules.push(Module { name: name.to_owned(), scope, ..Module::default() });
        let frame = Frame { source: Rc::clone(&source), scope, module: self.modules.len() - 1 };
        self.block(&frame, source.root())
    }

    fn new_scope(&mut self, parent: Option<usize>) -> usize {
        self.scopes.push(Scope { names: HashMap::new(), global: HashSet::new(), parent });
        self.scopes.len() - 1
    }

    fn set(&mut self, scope: usize, name: &str, value: Value) {
        self.keep(Some(scope), name);
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
        let cut = self.steps >= MOST_STEPS;
        self.sweep.imports |= cut;
        self.sweep.navigation |= cut;
        !self.cancelled && self.steps < MOST_STEPS
    }

    fn page(target: Value, default: bool) -> Value {
        Value::Page(Rc::new(Page { target, default }))
    }
}

#[cfg(test)]
mod tests;
