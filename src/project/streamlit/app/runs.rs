//! The runs of the script, from the start of the process to its last `st.rerun()`.

use super::doubt::Exits;
use super::finder::{self, Finder};
use super::source::PythonSource;
use super::stops::Raised;
use super::value::Value;
use super::{App, Flow, Frame, Interpreter, Module, Stop, StopReason, paths};
use crate::guarded;
use crate::progress::Cancelled;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Runs of a script that asks for another run.
const MOST_RUNS: usize = 10;

impl Interpreter<'_> {
    /// `server`: the script that serves this one, a module that is loaded before.
    pub(super) fn app(mut self, server: Option<&Path>) -> Result<App, Cancelled> {
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

    /// Runs a file that is no module: the script and a page, whose name is `__main__`, or one for `runpy.run_path`.
    pub(super) fn run_script(&mut self, file: &Path, name: &str) -> Flow {
        let scope = self.new_scope(None);
        self.run_script_in(file, name, scope)
    }

    /// Runs such a file in a scope that may have names already.
    pub(super) fn run_script_in(&mut self, file: &Path, name: &str, scope: usize) -> Flow {
        let Some(source) = PythonSource::read(file, self.finder.minor) else { return Flow::Next };
        if let Some(line) = source.mistake() {
            return self.raise_syntax(file, line);
        }
        self.set(scope, "__name__", Value::text(name));
        self.set(scope, "__file__", Value::text(&file.to_string_lossy()));
        let module = self.add_module(Module { name: name.to_owned(), scope, ..Module::default() });
        self.block(&Frame { source: Rc::clone(&source), scope, module }, source.root())
    }
}
