//! Finds the file of a module as `CPython` does: the entries of `sys.path` in order, packages before modules, folders
//! without `__init__` as namespace packages, editable installs last.

use super::preloaded;
use crate::guarded;
use crate::project::streamlit::paths;
use crate::project::{Launch, Python};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// One entry of `sys.path`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PathEntry {
    /// A folder of any kind.
    Folder(PathBuf),
    /// The standard library, known by its module names.
    Standard,
    /// A folder of installed packages.
    Installed(PathBuf),
}

/// Things that a module name may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FoundModule {
    /// A Python file; `package` is the folder its sub-modules are in.
    Source { file: PathBuf, package: Option<PathBuf> },
    /// A compiled module.
    Binary(PathBuf),
    /// A package without `__init__`, with all its folders.
    Namespace(Vec<PathBuf>),
    /// An installed or standard module; what it imports is no concern of the project.
    Foreign,
}

/// `sys.path` and what else decides about imports.
pub(super) struct Finder {
    pub(super) path: Vec<PathEntry>,
    editable: HashMap<String, PathBuf>,
    preloaded: Vec<&'static str>,
    /// Whether the packages are known: without an interpreter any name may be an installed package.
    complete: bool,
    /// The minor release of the Python 3 that runs it, from the folder of its packages.
    pub(super) minor: Option<u64>,
}

/// `11` from `…/python3.11/site-packages`.
pub(super) fn minor(python: Option<&Python>) -> Option<u64> {
    let folders = python.map(|python| python.site_packages.as_slice()).unwrap_or_default();
    let mut parts = folders.iter().flat_map(|folder| folder.iter());
    parts.find_map(|part| part.to_str()?.strip_prefix("python3.")?.parse().ok())
}

impl Finder {
    /// `sys.path` of a `streamlit run` process when the script starts.
    pub(super) fn new(launch: &Launch, python: Option<&Python>) -> Self {
        let mut path = vec![PathEntry::Folder(paths::folder(&launch.script))];
        path.extend(Self::early_entries(launch, python).into_iter().map(PathEntry::Folder));
        path.push(PathEntry::Standard);
        let mut editable = HashMap::new();
        for folder in python.map(|python| python.site_packages.as_slice()).unwrap_or_default() {
            path.push(PathEntry::Installed(folder.clone()));
            add_path_files(folder, &mut path, &mut editable);
        }
        let version = python.and_then(|python| python.streamlit.as_ref());
        let complete = python.is_some_and(|python| !python.site_packages.is_empty());
        Self { path, editable, preloaded: preloaded::names(version), complete, minor: minor(python) }
    }

    /// The folders that stand before the standard library from the start of the process on.
    pub(super) fn early_entries(launch: &Launch, python: Option<&Python>) -> Vec<PathBuf> {
        let first =
            if launch.as_module { Some(launch.cwd.clone()) } else { python.map(|p| paths::folder(&p.executable)) };
        let variable = launch.variables.get(OsStr::new("PYTHONPATH")).map(|value| &**value);
        first.into_iter().chain(paths::list(variable, &launch.cwd)).collect()
    }

    /// The folders of `sys.path`, without the standard library's.
    pub(super) fn folders(self) -> Vec<PathBuf> {
        let folder = |entry| match entry {
            PathEntry::Folder(folder) | PathEntry::Installed(folder) => Some(folder),
            PathEntry::Standard => None,
        };
        self.path.into_iter().filter_map(folder).collect()
    }

    /// Tells whether the Streamlit process has loaded this top-level module before the script runs.
    pub(super) fn is_preloaded(&self, name: &str) -> bool {
        self.preloaded.contains(&name)
    }

    /// Names that a folder early on `sys.path` would take away from the standard library or from Streamlit itself.
    pub(super) fn shadowable(&self) -> Vec<&'static str> {
        self.preloaded.iter().filter(|name| !preloaded::is_at_start(name)).copied().collect()
    }

    /// Finds a top-level module.
    pub(super) fn find(&self, name: &str) -> Option<FoundModule> {
        let mut portions = Vec::new();
        for entry in &self.path {
            match entry {
                PathEntry::Standard if preloaded::is_standard(name, self.minor) => return Some(FoundModule::Foreign),
                PathEntry::Standard => {}
                PathEntry::Folder(folder) => match in_folder(folder, name) {
                    Some(found) if is_installed(folder) => return Some(foreign(found)),
                    Some(found) => return Some(found),
                    None => portions.extend(portion(folder, name)),
                },
                PathEntry::Installed(folder) => match in_folder(folder, name) {
                    Some(_) => return Some(FoundModule::Foreign),
                    None => portions.extend(portion(folder, name)),
                },
            }
        }
        if let Some(place) = self.editable.get(name) {
            return in_folder(&paths::folder(place), name).or_else(|| {
                guarded::is_file(place).then(|| FoundModule::Source { file: place.clone(), package: None })
            });
        }
        match portions.first() {
            Some(first) if is_installed(first) => Some(FoundModule::Foreign),
            Some(_) => Some(FoundModule::Namespace(portions)),
            None => (!self.complete).then_some(FoundModule::Foreign),
        }
    }
}

/// Finds a sub-module in the folders of its package.
pub(super) fn find_in(folders: &[PathBuf], name: &str) -> Option<FoundModule> {
    if let Some(found) = folders.iter().find_map(|folder| in_folder(folder, name)) {
        return Some(found);
    }
    let portions: Vec<PathBuf> = folders.iter().filter_map(|folder| portion(folder, name)).collect();
    (!portions.is_empty()).then_some(FoundModule::Namespace(portions))
}

fn foreign(_: FoundModule) -> FoundModule {
    FoundModule::Foreign
}

fn is_installed(folder: &Path) -> bool {
    folder.iter().any(|part| part == "site-packages" || part == "dist-packages")
}

/// `FileFinder.find_spec`: a package, a compiled module, a source, a compiled source.
fn in_folder(folder: &Path, name: &str) -> Option<FoundModule> {
    let package = folder.join(name);
    let init = package.join("__init__.py");
    if guarded::is_file(&init) {
        return Some(FoundModule::Source { file: init, package: Some(package) });
    }
    let source = folder.join(format!("{name}.py"));
    if guarded::is_file(&source) {
        return Some(FoundModule::Source { file: source, package: None });
    }
    let compiled = folder.join(format!("{name}.pyc"));
    if guarded::is_file(&compiled) {
        return Some(FoundModule::Binary(compiled));
    }
    extension(folder, name)
}

fn portion(folder: &Path, name: &str) -> Option<PathBuf> {
    let portion = folder.join(name);
    guarded::is_folder(&portion).then_some(portion)
}

/// `name.so`, `name.abi3.so`, `name.cpython-311-x86_64-linux-gnu.so`.
fn extension(folder: &Path, name: &str) -> Option<FoundModule> {
    let plain = ["so", "abi3.so"].map(|ending| folder.join(format!("{name}.{ending}")));
    if let Some(file) = plain.into_iter().find(|file| guarded::is_file(file)) {
        return Some(FoundModule::Binary(file));
    }
    let start = format!("{name}.cpython-");
    let entries = guarded::entries(folder).ok()?;
    let mut names = entries.into_iter().filter_map(|entry| entry.name.into_string().ok());
    names
        .find(|file| file.starts_with(&start) && file.ends_with(".so"))
        .map(|file| FoundModule::Binary(folder.join(file)))
}

/// Adds what `.pth` files add: folders after the packages, and the modules of editable installs.
fn add_path_files(folder: &Path, path: &mut Vec<PathEntry>, editable: &mut HashMap<String, PathBuf>) {
    let mut files = guarded::paths_in(folder);
    files.sort();
    for file in files {
        let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if name.ends_with(".pth") && !name.starts_with('.') {
            add_lines(folder, &read(&file), path);
        } else if name.starts_with("__editable__") && name.ends_with("_finder.py") {
            editable.extend(mapping(&read(&file)));
        }
    }
}

fn read(file: &Path) -> String {
    guarded::read(file, guarded::SMALL_BYTES)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn add_lines(folder: &Path, text: &str, path: &mut Vec<PathEntry>) {
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() || line.starts_with('#') || line.starts_with("import ") || line.starts_with("import\t") {
            continue;
        }
        let entry = PathEntry::Folder(paths::absolute(Path::new(line), folder));
        let exists = matches!(&entry, PathEntry::Folder(folder) if guarded::exists(folder));
        if exists && !path.contains(&entry) {
            path.push(entry);
        }
    }
}

/// `MAPPING: dict[str, str] = {'package': '/place/package'}` in setuptools' finder for editable installs.
fn mapping(text: &str) -> Vec<(String, PathBuf)> {
    let Some(line) = text.lines().find(|line| line.starts_with("MAPPING")) else { return Vec::new() };
    let Some((_, content)) = line.split_once('{') else { return Vec::new() };
    let quoted: Vec<&str> = content.split('\'').skip(1).step_by(2).collect();
    quoted.chunks_exact(2).map(|pair| (pair[0].to_owned(), PathBuf::from(pair[1]))).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]
mod tests {
    use super::*;
    use std::fs;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        folder
    }

    #[test]
    fn a_package_comes_before_a_module_and_a_plain_folder_last() {
        let project =
            folder(&["both/__init__.py", "both.py", "plain/x.py", "plain.py", "space/x.py", "c.cpython-311-x.so"]);
        let at = |name: &str| project.path().join(name);
        let find = |name: &str| find_in(&[project.path().to_path_buf()], name);
        assert_eq!(find("both"), Some(FoundModule::Source { file: at("both/__init__.py"), package: Some(at("both")) }));
        assert_eq!(find("plain"), Some(FoundModule::Source { file: at("plain.py"), package: None }));
        assert_eq!(find("space"), Some(FoundModule::Namespace(vec![at("space")])));
        assert_eq!(find("c"), Some(FoundModule::Binary(at("c.cpython-311-x.so"))));
        assert_eq!(find("missing"), None);
    }

    #[test]
    fn editable_installs_are_read_from_their_finder() {
        let text =
            "from x import y\nMAPPING: dict[str, str] = {'mine': '/src/mine', 'two': '/src/two'}\nNAMESPACES = {}";
        let expected = [("mine".to_owned(), PathBuf::from("/src/mine")), ("two".to_owned(), PathBuf::from("/src/two"))];
        assert_eq!(mapping(text), expected);
        assert_eq!(mapping("MAPPING = {}"), []);
    }
}
