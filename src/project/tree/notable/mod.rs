//! Files and folders that mean something by their names, picked up while the tree is walked: Python files, files with
//! commands, logs, launch scripts, links, caches, virtual environments.

mod nearest;
mod zone;

use super::directory::EntryKind;
use nearest::Nearest;
use std::ffi::CStr;
use std::path::Path;
pub use zone::CacheKind;
pub(super) use zone::Zone;

/// Python files, and files with commands, kept: those nearest to the root.
const MOST_FILES: usize = 3_000;

/// Logs, stray bytecode files, links and hidden files kept.
const MOST_OTHER: usize = 50_000;

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
}
