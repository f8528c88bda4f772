//! Files and folders that mean something by their names, picked up while the tree is walked: Python files, files with
//! commands, logs, launch scripts, links, caches, virtual environments.

use super::directory::EntryKind;
use std::ffi::{CStr, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The depth down to which people's own files lie, near the top.
const DEEPEST_OWN: u32 = 7;

/// Python files, and files with commands, kept: those nearest to the root.
const MOST_FILES: usize = 3_000;

/// Logs, stray bytecode files, links and hidden files kept.
const MOST_OTHER: usize = 50_000;

/// Folders that are installed or generated.
const SKIPPED: &[&[u8]] = &[b"__pycache__", b"node_modules", b"site-packages", b"venv", b"virtualenv"];

/// Folders that are hidden, and yet written by people.
const HIDDEN_AND_OWN: &[&[u8]] = &[b".devcontainer", b".github", b".vscode"];

/// Files that start programs, or tell people how to, by their whole names in lower case.
const COMMAND_FILES: &[&[u8]] = &[
    b"app.yaml",
    b"devcontainer.json",
    b"fly.toml",
    b"justfile",
    b"launch.json",
    b"makefile",
    b"package.json",
    b"procfile",
    b"pyproject.toml",
    b"readme",
    b"readme.txt",
    b"render.yaml",
    b"run",
    b"start",
    b"supervisord.conf",
    b"taskfile.yml",
    b"tasks.json",
    b"tox.ini",
];

/// The same, by how their names end.
const COMMAND_ENDINGS: &[&[u8]] =
    &[b".bash", b".dockerfile", b".fish", b".md", b".mk", b".rst", b".service", b".sh", b".zsh"];

/// Endings of the names of shell scripts, where they end in anything.
const SCRIPT_ENDINGS: &[&[u8]] = &[b".ash", b".bash", b".command", b".dash", b".ksh", b".sh", b".zsh"];

/// Endings of files that lie in folders for logs and are none.
const CODE_ENDINGS: &[&[u8]] = &[b".py", b".pyc", b".js", b".ts", b".gz", b".zst", b".xz"];

/// Makers of caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CacheKind {
    /// `__pycache__`: Python makes it again with the next import.
    PythonBytecode,
    /// A `*.pyc` outside of `__pycache__`.
    StrayBytecode,
    /// `.pytest_cache`
    Pytest,
    /// `.mypy_cache`
    Mypy,
    /// `.ruff_cache`
    Ruff,
    /// `.ipynb_checkpoints`: Jupyter's last saved state of notebooks.
    NotebookCheckpoints,
    /// `node_modules/.cache`
    NodeCache,
    /// `*.egg-info`
    EggInfo,
}

impl CacheKind {
    /// The kind of cache that a folder of this name is, if it is one.
    pub(in crate::project) fn of_folder(name: &[u8], in_node_modules: bool) -> Option<Self> {
        match name {
            b"__pycache__" => Some(Self::PythonBytecode),
            b".pytest_cache" => Some(Self::Pytest),
            b".mypy_cache" => Some(Self::Mypy),
            b".ruff_cache" => Some(Self::Ruff),
            b".ipynb_checkpoints" => Some(Self::NotebookCheckpoints),
            b".cache" if in_node_modules => Some(Self::NodeCache),
            _ => (name.len() > b".egg-info".len() && name.ends_with(b".egg-info")).then_some(Self::EggInfo),
        }
    }
}

/// The meaning of a folder's place in the tree for the files in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    depth: u32,
    /// Whether it is among what people write themselves.
    own: bool,
    /// Whether it is in a folder for logs.
    logs: bool,
    /// Whether it is the project's folder or a visible one right below: where launch scripts lie.
    near: bool,
    node_modules: bool,
    git: bool,
    /// Whether it is in a cache.
    pub(super) cache: bool,
}

impl Zone {
    pub(super) const ROOT: Self =
        Self { depth: 0, own: true, logs: false, near: true, node_modules: false, git: false, cache: false };

    /// The zone of a sub-folder called `name`.
    pub(super) fn below(self, name: &[u8]) -> Self {
        let depth = self.depth + 1;
        let hidden = name.starts_with(b".");
        let skipped = SKIPPED.contains(&name) || hidden && !HIDDEN_AND_OWN.contains(&name);
        let git = self.git || name == b".git";
        let cache = self.cache || !git && CacheKind::of_folder(name, self.node_modules).is_some();
        Self {
            depth,
            own: self.own && !skipped && depth <= DEEPEST_OWN,
            logs: self.logs || matches!(name, b"logs" | b"log"),
            near: depth == 1 && !hidden,
            node_modules: name == b"node_modules",
            git,
            cache,
        }
    }

    /// The same after `pyvenv.cfg` was found in the folder: it was installed, not written.
    pub(super) fn as_environment(self) -> Self {
        Self { own: self.own && self.depth == 0, ..self }
    }
}

/// The kinds of a file that is worth remembering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FileKinds {
    python: bool,
    commands: bool,
    log: bool,
    launch_script: bool,
    stray_bytecode: bool,
    /// A symbolic link, wherever it lies: some watchers follow it.
    link: bool,
    /// A file whose name begins with a dot, which some watchers leave out.
    hidden: bool,
}

impl FileKinds {
    /// Reads what the name of a file in `zone` says.
    pub(super) fn of(zone: Zone, name: &CStr, kind: EntryKind, with_caches: bool) -> Self {
        let name = name.to_bytes();
        let near_script = zone.near && kind == EntryKind::RegularFile && is_script_name(name);
        let stray = with_caches && !zone.cache && !zone.git && kind == EntryKind::RegularFile;
        Self {
            python: zone.own && name.len() > 3 && name.ends_with(b".py"),
            commands: zone.own && names_commands(name),
            log: zone.own && is_log(name, zone.logs),
            launch_script: near_script,
            stray_bytecode: stray && name.len() > 4 && name.ends_with(b".pyc"),
            link: kind == EntryKind::Link,
            hidden: zone.own && name.starts_with(b"."),
        }
    }

    pub(super) fn is_any(self) -> bool {
        self != Self::default()
    }

    /// Returns what is left of it where the folder turns out to be a virtual environment.
    pub(super) fn within(self, zone: Zone) -> Self {
        Self {
            python: self.python && zone.own,
            commands: self.commands && zone.own,
            log: self.log && zone.own,
            hidden: self.hidden && zone.own,
            ..self
        }
    }
}

/// Kinds of files in which commands stand.
fn names_commands(name: &[u8]) -> bool {
    let ends = |end: &&[u8]| ends_with_ignoring_case(name, end);
    let starts = |start: &[u8]| name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    let is_yaml = || [&b".yml"[..], b".yaml"].iter().any(ends);
    COMMAND_ENDINGS.iter().any(ends)
        || COMMAND_FILES.iter().any(|file| name.eq_ignore_ascii_case(file))
        || starts(b"dockerfile")
        || (starts(b"docker-compose") || starts(b"compose")) && is_yaml()
}

fn is_script_name(name: &[u8]) -> bool {
    !name.contains(&b'.') || SCRIPT_ENDINGS.iter().any(|end| name.ends_with(end))
}

/// `*.log`, `*.log.1`, what `nohup` writes, and everything below a folder for logs.
fn is_log(name: &[u8], in_logs: bool) -> bool {
    let by_name = || name.ends_with(b".log") || name == b"nohup.out" || name.windows(5).any(|part| part == b".log.");
    (in_logs || by_name()) && !CODE_ENDINGS.iter().any(|end| name.ends_with(end))
}

fn ends_with_ignoring_case(name: &[u8], end: &[u8]) -> bool {
    name.len() >= end.len() && name[name.len() - end.len()..].eq_ignore_ascii_case(end)
}

/// Files that were picked up, those nearest to the root where there are too many of a kind.
#[derive(Clone, Debug)]
pub(super) struct Notable {
    pub(super) python: Nearest,
    pub(super) commands: Nearest,
    pub(super) logs: Nearest,
    pub(super) launch_scripts: Nearest,
    pub(super) stray_bytecode: Nearest,
    pub(super) links: Nearest,
    pub(super) hidden: Nearest,
}

impl Default for Notable {
    fn default() -> Self {
        let [python, commands, launch_scripts] = [(); 3].map(|()| Nearest::at_most(MOST_FILES));
        let [logs, stray_bytecode, links, hidden] = [(); 4].map(|()| Nearest::at_most(MOST_OTHER));
        Self { python, commands, logs, launch_scripts, stray_bytecode, links, hidden }
    }
}

impl Notable {
    /// Adds a file of these kinds.
    pub(super) fn add(&mut self, kinds: FileKinds, zone: Zone, folder: &Path, name: &CStr) {
        let lists = [
            (kinds.python, &mut self.python),
            (kinds.commands, &mut self.commands),
            (kinds.log, &mut self.logs),
            (kinds.launch_script, &mut self.launch_scripts),
            (kinds.stray_bytecode, &mut self.stray_bytecode),
            (kinds.link, &mut self.links),
            (kinds.hidden, &mut self.hidden),
        ];
        for (_, list) in lists.into_iter().filter(|(is_one, _)| *is_one) {
            list.add(zone.depth, folder, name);
        }
    }

    /// Adds what another walker picked up.
    pub(super) fn append(&mut self, other: Self) {
        let Self { python, commands, logs, launch_scripts, stray_bytecode, links, hidden } = other;
        self.python.append(python);
        self.commands.append(commands);
        self.logs.append(logs);
        self.launch_scripts.append(launch_scripts);
        self.stray_bytecode.append(stray_bytecode);
        self.links.append(links);
        self.hidden.append(hidden);
    }
}

/// The files nearest to the root, by depth, then by path.
#[derive(Clone, Debug)]
pub(super) struct Nearest {
    most: usize,
    files: Vec<(u32, PathBuf)>,
    /// Files deeper than this cannot be among the nearest any more.
    deepest: u32,
}

impl Nearest {
    const fn at_most(most: usize) -> Self {
        Self { most, files: Vec::new(), deepest: u32::MAX }
    }

    fn add(&mut self, depth: u32, folder: &Path, name: &CStr) {
        if depth <= self.deepest {
            self.files.push((depth, folder.join(OsStr::from_bytes(name.to_bytes()))));
            if self.files.len() >= 2 * self.most {
                self.trim();
            }
        }
    }

    fn append(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
        self.trim();
    }

    fn trim(&mut self) {
        self.files.sort_unstable();
        if self.files.len() > self.most {
            self.files.truncate(self.most);
            self.deepest = self.files.last().map_or(u32::MAX, |(depth, _)| *depth);
        }
    }

    /// The paths, the nearest first.
    pub(super) fn into_paths(mut self) -> Vec<PathBuf> {
        self.trim();
        self.files.into_iter().map(|(_, path)| path).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CString;

    fn kinds(folders: &[&str], name: &str) -> FileKinds {
        let zone = folders.iter().fold(Zone::ROOT, |zone, name| zone.below(name.as_bytes()));
        FileKinds::of(zone, &CString::new(name).expect("no NUL"), EntryKind::RegularFile, true)
    }

    #[test]
    fn files_are_known_by_their_names_and_where_they_lie() {
        assert!(kinds(&["ui"], "Main.py").python);
        assert!(!kinds(&["node_modules", "x"], "gyp.py").python, "installed");
        assert!(!kinds(&["a", "b", "c", "d", "e", "f", "g", "h"], "deep.py").python);
        assert!(kinds(&[".github", "workflows"], "README.MD").commands, "written by people, hidden or not");
        assert!(kinds(&[], "Docker-Compose.prod.yml").commands && !kinds(&[], "data.yml").commands);
        assert!(kinds(&[], "app.log").log && kinds(&["logs", "old"], "any").log && kinds(&[], "x.log.1").log);
        assert!(!kinds(&["logs"], "reader.py").log, "code is no log");
        assert!(kinds(&["bin"], "start").launch_script && !kinds(&["a", "b"], "start.sh").launch_script);
        assert!(kinds(&["lib"], "old.pyc").stray_bytecode && !kinds(&["__pycache__"], "new.pyc").stray_bytecode);
        assert!(!kinds(&[".git", "__pycache__"], "x.pyc").stray_bytecode);
    }

    #[test]
    fn the_nearest_files_are_kept_whoever_found_them() {
        let add = |nearest: &mut Nearest, depth: u32, name: &str| {
            nearest.add(depth, Path::new("/p"), &CString::new(name).expect("no NUL"));
        };
        let (mut one, mut other) = (Nearest::at_most(2), Nearest::at_most(2));
        for (depth, name) in [(3, "c"), (3, "b"), (5, "z"), (4, "y")] {
            add(&mut one, depth, name);
        }
        add(&mut one, 5, "too deep");
        add(&mut other, 1, "a");
        one.append(other);
        assert_eq!(one.into_paths(), ["/p/a", "/p/b"].map(PathBuf::from));
    }
}
