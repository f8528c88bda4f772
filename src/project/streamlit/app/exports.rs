//! Names and sub-modules that installed packages surely do not have: `from streamlit import foo`, `st.cache`.
//!
//! Read from the package's own text. A module that makes names in ways that are not followed (`__getattr__`,
//! `globals()`, compiled code) may have any.

use super::source::{PythonSource, children, in_field, is_in_names};
use crate::guarded;
use crate::project::Python;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tree_sitter::Node;

/// Words with which a module makes names, or sub-modules, that do not stand in it.
const MAKES_NAMES: [&str; 9] =
    ["globals(", "sys.modules", "exec(", "setattr(", "__dict__", "vars(", "lazy", "attach(", "__path__"];

/// Star imports that are followed.
const DEEPEST_STARS: usize = 6;

/// The names of installed packages; each is read once.
pub(super) struct Exports {
    folders: Vec<PathBuf>,
    minor: Option<u64>,
    read: HashMap<PathBuf, Option<Rc<HashSet<String>>>>,
    /// Names that the app itself has put into a module.
    given: HashSet<(String, String)>,
}

impl Exports {
    pub(super) fn new(python: Option<&Python>) -> Self {
        let folders = python.map(|python| python.site_packages.clone()).unwrap_or_default();
        Self { folders, minor: super::finder::minor(python), read: HashMap::new(), given: HashSet::new() }
    }

    /// Tells whether an installed package surely has no such sub-module; `a.b.c`, whose first part is installed.
    pub(super) fn lacks_module(&mut self, dotted: &str) -> bool {
        if !dotted.contains('.') {
            return false;
        }
        let mut parts = dotted.split('.');
        let Some(mut place) = parts.next().and_then(|top| self.top(top)) else { return false };
        for part in parts {
            let Some(folder) = place.folder() else { return false };
            if place.file().is_some_and(|file| !is_of_streamlit(&file) && makes_names(&file)) {
                return false;
            }
            match Place::below(&folder, part) {
                Some(found) => place = found,
                None => return true,
            }
        }
        false
    }

    /// The app sets a name of an installed module.
    pub(super) fn give(&mut self, module: &str, name: &str) {
        self.given.insert((module.to_owned(), name.to_owned()));
    }

    /// Tells whether the app itself has put this name into a module.
    pub(super) fn was_given(&self, module: &str, name: &str) -> bool {
        self.given.contains(&(module.to_owned(), name.to_owned()))
    }

    /// Tells whether an installed module surely has no such name, and no sub-module of that name.
    pub(super) fn lacks_name(&mut self, module: &str, name: &str) -> bool {
        if self.minor.is_some_and(|minor| minor >= 10) && module == "collections" {
            return MOVED_TO_ABC.contains(&name);
        }
        let Some(file) = self.file_of(module) else { return false };
        let is_package = file.file_name().is_some_and(|name| name == "__init__.py");
        let folder = file.parent().unwrap_or(Path::new("/"));
        if self.was_given(module, name) || name.starts_with("__") || is_package && Place::below(folder, name).is_some()
        {
            return false;
        }
        self.names(&file, 0).is_some_and(|names| !names.contains(name))
    }

    /// The file of an installed module.
    fn file_of(&self, dotted: &str) -> Option<PathBuf> {
        let mut parts = dotted.split('.');
        let mut place = self.top(parts.next()?)?;
        for part in parts {
            place = Place::below(&place.folder()?, part)?;
        }
        place.file()
    }

    fn top(&self, name: &str) -> Option<Place> {
        // A package in several folders may have its parts anywhere.
        let mut found = self.folders.iter().filter_map(|folder| Place::below(folder, name));
        let first = found.next()?;
        if found.next().is_some() { None } else { Some(first) }
    }

    /// All names that a module binds; `None` where that is not known.
    fn names(&mut self, file: &Path, depth: usize) -> Option<Rc<HashSet<String>>> {
        if let Some(known) = self.read.get(file) {
            return known.clone();
        }
        // Modules that import each other's stars end here.
        self.read.insert(file.to_path_buf(), None);
        let names = self.read_names(file, depth).map(Rc::new);
        self.read.insert(file.to_path_buf(), names.clone());
        names
    }

    fn read_names(&mut self, file: &Path, depth: usize) -> Option<HashSet<String>> {
        let source = PythonSource::read(file, self.minor).filter(|_| depth < DEEPEST_STARS)?;
        let of_streamlit = is_of_streamlit(file);
        if !of_streamlit && makes_names(file) {
            return None;
        }
        let mut names = HashSet::new();
        let mut stars = Vec::new();
        collect(&source, source.root(), &mut names, &mut stars);
        if names.remove("__getattr__") && !of_streamlit {
            return None;
        }
        for star in stars {
            let file = relative_file(file, &star)?;
            names.extend(self.names(&file, depth + 1)?.iter().cloned());
        }
        Some(names)
    }
}

/// Names that `collections` lost to `collections.abc` in Python 3.10.
const MOVED_TO_ABC: [&str; 13] = [
    "Callable",
    "Container",
    "Generator",
    "Hashable",
    "Iterable",
    "Iterator",
    "ItemsView",
    "KeysView",
    "Mapping",
    "MutableMapping",
    "MutableSequence",
    "Sequence",
    "Sized",
];

/// A module in a folder of packages.
enum Place {
    Package(PathBuf),
    /// A folder without `__init__`.
    Space(PathBuf),
    Source(PathBuf),
    Compiled,
}

impl Place {
    fn below(folder: &Path, name: &str) -> Option<Self> {
        let package = folder.join(name);
        if guarded::is_file(&package.join("__init__.py")) {
            return Some(Self::Package(package));
        }
        let source = folder.join(format!("{name}.py"));
        if guarded::is_file(&source) {
            return Some(Self::Source(source));
        }
        let start = format!("{name}.");
        let compiled = guarded::entries(folder).unwrap_or_default().iter().any(|entry| {
            let entry = entry.name.to_string_lossy();
            entry.starts_with(&start) && (entry.ends_with(".so") || entry.ends_with(".pyc"))
        });
        if compiled {
            return Some(Self::Compiled);
        }
        guarded::is_folder(&package).then_some(Self::Space(package))
    }

    /// The folder of its sub-modules; a plain module has none, nor one that is known of compiled ones.
    fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::Package(folder) | Self::Space(folder) => Some(folder.clone()),
            Self::Source(_) | Self::Compiled => None,
        }
    }

    fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Package(folder) => Some(folder.join("__init__.py")),
            Self::Source(file) => Some(file.clone()),
            Self::Space(_) | Self::Compiled => None,
        }
    }
}

/// Streamlit's own `__getattr__` raises for every name (1.67).
fn is_of_streamlit(file: &Path) -> bool {
    file.ends_with("streamlit/__init__.py")
}

fn makes_names(file: &Path) -> bool {
    let text = guarded::read(file, guarded::SMALL_BYTES).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    MAKES_NAMES.iter().any(|word| text.contains(word))
}

/// All names that a module binds by itself.
pub(super) fn bound_names(source: &PythonSource) -> HashSet<String> {
    let mut names = HashSet::new();
    collect(source, source.root(), &mut names, &mut Vec::new());
    names
}

/// The names bound anywhere at the level of the module, and the modules of its star imports.
fn collect(source: &PythonSource, node: Node<'_>, names: &mut HashSet<String>, stars: &mut Vec<String>) {
    match node.kind() {
        "function_definition" | "class_definition" => {
            names.extend(node.child_by_field_name("name").map(|name| source.text(name)));
        }
        "import_statement" | "import_from_statement" => {
            if children(node).iter().any(|child| child.kind() == "wildcard_import") {
                stars.extend(node.child_by_field_name("module_name").map(|name| source.text(name)));
            }
            for name in in_field(node, "name") {
                let bound = name.child_by_field_name("alias").unwrap_or(name);
                names.extend(source.text(bound).split('.').next().map(str::to_owned));
            }
        }
        "assignment" | "augmented_assignment" | "for_statement" | "named_expression" | "type_alias_statement" => {
            let target = ["left", "name"].iter().find_map(|field| node.child_by_field_name(field));
            names.extend(target.into_iter().flat_map(|target| words(&source.text(target))));
            children(node).into_iter().for_each(|child| collect(source, child, names, stars));
        }
        "as_pattern_target" => names.extend(words(&source.text(node))),
        _ => children(node).into_iter().for_each(|child| collect(source, child, names, stars)),
    }
}

pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c| !is_in_names(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The file of `.name` or `..name.other`, seen from a file; other packages are not followed.
fn relative_file(file: &Path, module: &str) -> Option<PathBuf> {
    let rest = module.trim_start_matches('.');
    let level = module.len() - rest.len();
    if level == 0 {
        return None;
    }
    let mut folder = file.parent()?;
    for _ in 1..level {
        folder = folder.parent()?;
    }
    if rest.is_empty() {
        return Some(folder.join("__init__.py"));
    }
    let mut place = Place::Package(folder.to_path_buf());
    for part in rest.split('.') {
        place = Place::below(&place.folder()?, part)?;
    }
    place.file()
}
