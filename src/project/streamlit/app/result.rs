//! The result: what the app has surely loaded when its script has run once, and what it may have.

use super::{Interpreter, Stop};
use std::collections::HashSet;
use std::path::PathBuf;

/// Modules and pages of an app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::project::streamlit) struct App {
    /// Loaded for sure.
    pub(in crate::project::streamlit) certain: Loaded,
    /// Loaded perhaps, those for sure among them.
    pub(in crate::project::streamlit) possible: Loaded,
    /// The script that the one given serves: it is the one that runs.
    pub(in crate::project::streamlit) served: Option<PathBuf>,
    /// The place where the script surely ends with an error.
    pub(in crate::project::streamlit) stop: Option<Stop>,
}

/// Modules that are loaded when the script has run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::project::streamlit) struct Loaded {
    /// Files of the loaded modules, and folders of namespace packages; as found, in the order of loading.
    pub(in crate::project::streamlit) modules: Vec<PathBuf>,
    /// The files among them that Python compiles into `__pycache__`.
    pub(in crate::project::streamlit) compiled: Vec<PathBuf>,
    /// Folders that the app makes, whether they are there already or not.
    pub(in crate::project::streamlit) folders: Vec<PathBuf>,
    /// The script files of the pages, real paths.
    pub(in crate::project::streamlit) pages: Vec<PathBuf>,
}

impl Interpreter<'_> {
    /// Gathers what was loaded.
    pub(super) fn result(self, command: Option<&PathBuf>) -> App {
        let mut app = App { stop: self.stop.as_deref().cloned(), ..App::default() };
        let mut seen: [HashSet<PathBuf>; 4] = std::array::from_fn(|_| HashSet::new());
        let [sure, perhaps, sure_compiled, perhaps_compiled] = &mut seen;
        let add = |list: &mut Vec<PathBuf>, known: &mut HashSet<PathBuf>, file: &PathBuf| {
            if known.insert(file.clone()) {
                list.push(file.clone());
            }
        };
        if let Some(file) = command {
            add(&mut app.certain.modules, sure, file);
            add(&mut app.possible.modules, perhaps, file);
        }
        for module in &self.modules {
            for file in &module.listed {
                if module.certain && !module.may_go {
                    add(&mut app.certain.modules, sure, file);
                }
                add(&mut app.possible.modules, perhaps, file);
            }
            if let Some(file) = &module.compiled {
                if module.certain {
                    add(&mut app.certain.compiled, sure_compiled, file);
                }
                add(&mut app.possible.compiled, perhaps_compiled, file);
            }
        }
        for file in &self.sweep.files {
            add(&mut app.possible.modules, perhaps, file);
            add(&mut app.possible.compiled, perhaps_compiled, file);
        }
        app.certain.folders = self.made.iter().filter(|(_, certain)| *certain).map(|(made, _)| made.clone()).collect();
        app.possible.folders = self.made.iter().map(|(made, _)| made.clone()).collect();
        // A folder is a package where something in it may be imported.
        let modules = self.sweep.files.iter();
        for space in self.sweep.spaces.iter().filter(|space| modules.clone().any(|file| file.starts_with(space))) {
            add(&mut app.possible.modules, perhaps, space);
        }
        (app.certain.pages, app.possible.pages) = self.pages();
        app
    }

    /// The pages that are surely registered, and those that may be: `st.navigation` replaces those of the folder.
    fn pages(&self) -> (Vec<PathBuf>, Vec<PathBuf>) {
        let folder = self.pages.clone().unwrap_or_default();
        let Some(registered) = &self.navigation else { return (folder.clone(), folder) };
        let all: Vec<PathBuf> = registered.iter().map(|(page, _)| page.clone()).collect();
        if registered.iter().all(|(_, certain)| *certain) && !self.sweep.navigation {
            return (all.clone(), all);
        }
        let sure = registered.iter().filter(|(_, certain)| *certain).map(|(page, _)| page.clone());
        (sure.collect(), folder.into_iter().chain(all).collect())
    }
}
