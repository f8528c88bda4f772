//! What is left over when the script has run: things that decide about imports and are not known at all. Then every
//! Python file of the project may be imported, or every function called.

use super::finder::PathEntry;
use super::implied::MOST_FUNCTIONS;
use super::value::Value;
use super::{Flow, Interpreter, paths};
use crate::guarded;
use crate::project::streamlit::glob;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Files that are taken as possibly imported.
const MOST_FILES: usize = 3_000;
/// Folders that are looked through for them.
const MOST_FOLDERS: usize = 1_000;

/// Things that are not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweep {
    /// A module of any name may be imported.
    pub(super) imports: bool,
    /// Any function of the project may be called.
    pub(super) calls: bool,
    /// Pages of any name may be registered.
    pub(super) navigation: bool,
    /// Folders of any name may stand on `sys.path`.
    pub(super) path: bool,
    /// The files that may be imported besides.
    pub(super) files: Vec<PathBuf>,
    /// Folders that may be packages without `__init__`.
    pub(super) spaces: Vec<PathBuf>,
}

impl Interpreter<'_> {
    /// Adds all that may be loaded besides.
    pub(super) fn sweep_up(&mut self) {
        self.doubt = 1;
        self.call_implied();
        if self.sweep.calls {
            self.call_all();
        }
        if self.sweep.imports || self.sweep.navigation {
            self.take_all_files();
        }
    }

    /// Calls every function that was not called yet, with nothing known.
    fn call_all(&mut self) {
        let mut done = 0;
        while done < self.functions.len().min(MOST_FUNCTIONS) {
            let id = done;
            done += 1;
            if self.functions[id].calls == 0 {
                self.call_openly(id);
            }
        }
    }

    fn take_all_files(&mut self) {
        let mut folders = vec![paths::folder(&paths::real(&self.launch.script))];
        let variable = self.launch.variables.get(OsStr::new("PYTHONPATH")).map(|value| &**value);
        folders.extend(paths::list(variable, &self.launch.cwd));
        let own = self.finder.path.iter().filter_map(|entry| match entry {
            PathEntry::Folder(folder) => Some(folder.clone()),
            PathEntry::Standard | PathEntry::Installed(_) => None,
        });
        // Modules elsewhere count only where they lie in the script's folder or in PYTHONPATH: those have been named.
        let own: Vec<PathBuf> = own.filter(|folder| folders.iter().any(|known| folder.starts_with(known))).collect();
        folders.extend(own);
        let mut waiting = folders;
        let mut looked = 0;
        while let Some(folder) = waiting.pop() {
            looked += 1;
            for entry in guarded::entries(&folder).unwrap_or_default() {
                let path = folder.join(&entry.name);
                if entry.kind == guarded::Kind::Folder && looked < MOST_FOLDERS && is_source_folder(&path) {
                    if !guarded::exists(&path.join("__init__.py")) {
                        self.sweep.spaces.push(path.clone());
                    }
                    waiting.push(path);
                } else if entry.kind == guarded::Kind::File && path.extension().is_some_and(|end| end == "py") {
                    self.sweep.files.push(path);
                }
            }
            if self.sweep.files.len() >= MOST_FILES {
                return;
            }
        }
    }

    /// The module of a dotted name of which only the beginning is known may be any below it.
    pub(super) fn import_any(&mut self, start: &str) {
        let Some((package, _)) = start.trim_start_matches('.').rsplit_once('.') else {
            self.sweep.imports = true;
            return;
        };
        let folders = match self.import(package) {
            Ok(Value::Module(id)) => self.modules[id].folders.clone().unwrap_or_default(),
            Ok(Value::Foreign(_)) => return,
            _ => Vec::new(),
        };
        if folders.is_empty() {
            self.sweep.imports = true;
        }
        let rest = start.rsplit('.').next().unwrap_or_default();
        for folder in folders {
            for name in modules_in(&folder).into_iter().filter(|name| name.starts_with(rest)) {
                self.import_all_below(&folder.join(&name), &format!("{package}.{name}"), 0);
            }
        }
        self.may_raise();
    }

    /// A module, and all that lie in it where it is a package.
    fn import_all_below(&mut self, place: &Path, dotted: &str, depth: usize) {
        let outside = std::mem::take(&mut self.exits.raises);
        self.perhaps(usize::MAX, |me| {
            // What fails here may be what is not meant.
            let _ = me.import(dotted);
            Flow::Next
        });
        self.exits.raises = outside;
        self.raised = None;
        if depth < DEEPEST_PACKAGE && is_source_folder(place) {
            for name in modules_in(place) {
                self.import_all_below(&place.join(&name), &format!("{dotted}.{name}"), depth + 1);
            }
        }
    }
}

/// Packages within packages that are followed.
const DEEPEST_PACKAGE: usize = 6;

/// The names of the modules and packages in a folder.
fn modules_in(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in super::files::entries(folder).unwrap_or_default() {
        let is_module = entry.extension().is_some_and(|end| end == "py") || is_source_folder(&entry);
        let name = entry.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if is_module && name != "__init__" && !name.starts_with('.') {
            names.push(name);
        }
    }
    names
}

/// A folder that may hold modules of the project: no hidden one, no environment, no packages of others.
fn is_source_folder(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    guarded::is_folder(path)
        && !name.starts_with('.')
        && name != "__pycache__"
        && name != "node_modules"
        && !guarded::exists(&path.join("pyvenv.cfg"))
        && !glob::is_blacklisted(&path.join("x.py"), &[])
}
