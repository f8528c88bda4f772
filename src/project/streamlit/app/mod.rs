//! Modules of the project that an app has loaded once its script has run from top to bottom.
//!
//! A small interpreter goes through the script as `CPython` would, knowing only what decides about imports: modules,
//! paths, texts, truth values, functions. What it does not know it takes both ways; what needs a click (the body of
//! `if st.button(…)`, callbacks, the other pages) does not run. Nothing of the project is executed.

mod arguments;
mod assign;
mod attributes;
mod builtins;
mod calls;
mod comparison;
mod comprehension;
mod containers;
mod definitions;
mod doubt;
mod elsewhere;
mod environment;
mod exceptions;
mod executed;
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
mod import_functions;
mod import_statement;
mod iteration;
mod lazy;
mod loops;
mod made_files;
mod match_statement;
mod methods;
mod module_names;
mod objects;
mod operators;
mod pages;
mod preloaded;
mod program;
mod reflection;
mod result;
mod runs;
mod search_path;
mod secrets;
mod served;
mod session;
mod source;
mod statements;
mod stops;
mod subscript;
mod sweep;
mod value;
mod widgets;
mod with_statement;

use super::paths;
use crate::progress::{Cancelled, Progress};
use crate::project::{Launch, Python};
use doubt::{Exits, Journal};
use finder::Finder;
use program::{Class, Frame, Function, FunctionKind, Module, Scope};
pub(super) use result::{App, Loaded};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsString;
use std::path::PathBuf;
use std::rc::Rc;
use stops::Raised;
pub use stops::{Stop, StopReason};
use value::Value;

/// Functions that call functions need room; imports nest about as deep as `CPython` allows.
const STACK_BYTES: usize = 256 << 20;
/// Depth of calls and imports.
const DEEPEST: usize = 400;
/// Depth of one expression.
const DEEPEST_EXPRESSION: usize = 100;
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

impl Flow {
    /// Tells whether it ends functions and modules that did not ask for it: an exception, or the end of the script.
    const fn unwinds(&self) -> bool {
        matches!(self, Self::Raise(_) | Self::Stop { .. })
    }
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
}

#[cfg(test)]
mod tests;
