//! The entry script: the file that `streamlit run` is given.

mod imports;
mod named;

use super::files;
use super::tree::Inventory;
use crate::guarded;
use crate::progress::{Cancelled, Progress};
use imports::TopLevel;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// Bytes that are read of one file.
const MOST_BYTES: u64 = 256 * 1024;

/// Candidates handed over.
const MOST_CANDIDATES: usize = 40;

/// Names that Streamlit's own documentation and most projects use, best first.
const WELL_KNOWN: &[&str] = &[
    "streamlit_app.py",
    "app.py",
    "Main.py",
    "main.py",
    "Home.py",
    "home.py",
    "Hello.py",
    "dashboard.py",
    "index.py",
    "ui.py",
    "run.py",
];

/// A file that may be the entry script, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryScript {
    /// Absolute path, links not resolved.
    pub path: PathBuf,
    /// The reason why it is a candidate.
    pub because: Because,
}

/// Signs of an entry script, best first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// The user named it.
    Chosen,
    /// A running app was started with it.
    Running,
    /// `streamlit run X` stands in this file (shell script, Dockerfile, Procfile, README …).
    NamedIn(PathBuf),
    /// The file imports streamlit at its top level.
    Imports,
}

/// How many Python files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// As many as there are, within reason.
    Usual,
    /// The nearest ones: an app watches the project, and each file that is read puts two events into its queue.
    Watched,
}

/// Lists the candidates in the project, best first, at most a few dozen.
///
/// # Errors
/// [`Cancelled`] only.
pub fn candidates(inventory: &Inventory, care: Care, progress: &Progress) -> Result<Vec<EntryScript>, Cancelled> {
    /// Far fewer events than a start of the app leaves room for.
    const MOST_WHERE_WATCHED: usize = 50;
    let most = match care {
        Care::Usual => usize::MAX,
        Care::Watched => MOST_WHERE_WATCHED,
    };
    let root = std::path::absolute(&inventory.tree.root).unwrap_or_else(|_| inventory.tree.root.clone());
    let mut named = named(&inventory.commands, &root, progress)?;
    let mut ranked = Vec::new();
    let python = &inventory.python[..inventory.python.len().min(most)];
    for (path, top_level) in python.iter().zip(top_levels(python, progress)?) {
        let because = named.remove(path).or_else(|| top_level.imports.then_some(Because::Imports));
        ranked.extend(because.map(|because| Ranked { path: path.clone(), because, acts: top_level.acts }));
    }
    // Scripts that the search for Python files passed over: named all the same.
    ranked.extend(named.into_iter().map(|(path, because)| Ranked { path, because, acts: true }));
    Ok(best_first(ranked))
}

/// Reads the files, half of them on a thread of its own.
fn top_levels(python: &[PathBuf], progress: &Progress) -> Result<Vec<TopLevel>, Cancelled> {
    let read = |files: &[PathBuf]| -> Result<Vec<TopLevel>, Cancelled> {
        let one = |path: &PathBuf| {
            progress.check()?;
            Ok(imports::top_level(&files::read_start(path, MOST_BYTES).unwrap_or_default()))
        };
        files.iter().map(one).collect()
    };
    let (here, there) = python.split_at(python.len() / 2);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("scripts".into()).spawn_scoped(scope, || read(there));
        let mut all = read(here)?;
        all.extend(match thread.map(|thread| thread.join()) {
            Ok(Ok(read)) => read?,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // No thread is to be had.
            Err(_) => read(there)?,
        });
        Ok(all)
    })
}

/// Lists the scripts that a file names, with the best of the files that name it.
fn named(files: &[PathBuf], root: &Path, progress: &Progress) -> Result<BTreeMap<PathBuf, Because>, Cancelled> {
    let mut named = BTreeMap::new();
    for file in files {
        progress.check()?;
        for path in named_in(file, root) {
            let because = Because::NamedIn(file.clone());
            if named.get(&path).is_none_or(|known| rank_of_source(&because) < rank_of_source(known)) {
                named.insert(path, because);
            }
        }
    }
    Ok(named)
}

/// Prose is weaker than what really starts the app.
fn is_prose(file: &Path) -> bool {
    let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    name.starts_with("readme") || name.ends_with(".md") || name.ends_with(".rst")
}

/// The scripts that `file` names and that exist.
fn named_in(file: &Path, root: &Path) -> Vec<PathBuf> {
    let Some(text) = files::read_start(file, MOST_BYTES) else { return Vec::new() };
    let named = named::scripts(&text, !is_prose(file));
    named.iter().filter_map(|named| locate(named, file.parent()?, root)).collect()
}

/// Looks for a named script from the folders that a command may mean: after its `cd`, the file's own, the root. A path
/// inside a container (`/app/ui/main.py`) is tried without its first folders.
fn locate(named: &named::Named, folder: &Path, root: &Path) -> Option<PathBuf> {
    let script = in_workspace(&named.script);
    let cd = named.after_cd.as_deref().map(in_workspace);
    let bases =
        cd.iter().flat_map(|cd| [folder.join(cd), root.join(cd)]).chain([folder.to_path_buf(), root.to_path_buf()]);
    let direct = bases.map(|base| base.join(&script)).find(|path| guarded::is_file(path));
    let inside = || {
        let tails =
            (1..script.components().count()).map(|skipped| script.components().skip(skipped).collect::<PathBuf>());
        tails
            .filter(|_| script.is_absolute())
            .flat_map(|tail| [folder.join(&tail), root.join(&tail)])
            .find(|path| guarded::is_file(path))
    };
    direct.or_else(inside).as_deref().map(without_dots)
}

/// `${workspaceFolder}/app.py` of VS Code, `$PWD/app.py`, `./app.py`.
fn in_workspace(word: &[u8]) -> PathBuf {
    let starts: [&[u8]; 4] = [b"${workspaceFolder}/", b"$PWD/", b"${PWD}/", b"./"];
    let rest = starts.iter().find_map(|start| word.strip_prefix(*start)).unwrap_or(word);
    PathBuf::from(OsString::from_vec(rest.to_vec()))
}

/// Removes `.` and `..` where that does not change the meaning: the folders before `..` are no links.
fn without_dots(path: &Path) -> PathBuf {
    let plain = path.components().all(|part| !matches!(part, std::path::Component::ParentDir));
    if plain { path.components().collect() } else { guarded::real_path(path).unwrap_or_else(|_| path.to_path_buf()) }
}

struct Ranked {
    path: PathBuf,
    because: Because,
    /// Whether its top level calls something.
    acts: bool,
}

fn best_first(mut ranked: Vec<Ranked>) -> Vec<EntryScript> {
    let folders: Vec<PathBuf> = ranked.iter().filter_map(|script| Some(script.path.parent()?.to_path_buf())).collect();
    ranked.sort_by_cached_key(|script| {
        let page = is_page(&script.path, &folders);
        let depth = script.path.components().count();
        (
            page,
            rank_of_source(&script.because),
            Reverse(script.acts),
            rank_of_name(&script.path),
            depth,
            script.path.clone(),
        )
    });
    ranked.truncate(MOST_CANDIDATES);
    ranked.into_iter().map(|script| EntryScript { path: script.path, because: script.because }).collect()
}

/// A page of another candidate: in `pages/` beside it.
fn is_page(path: &Path, folders: &[PathBuf]) -> bool {
    let Some(folder) = path.parent().filter(|folder| folder.ends_with("pages")) else { return false };
    folder.parent().is_some_and(|above| folders.iter().any(|other| other == above))
}

fn rank_of_source(because: &Because) -> (u8, bool) {
    match because {
        Because::Chosen => (0, false),
        Because::Running => (1, false),
        Because::NamedIn(file) => (2, is_prose(file)),
        Because::Imports => (3, false),
    }
}

fn rank_of_name(path: &Path) -> usize {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let known = WELL_KNOWN.iter().position(|known| name.eq_ignore_ascii_case(known));
    known.unwrap_or(WELL_KNOWN.len() + usize::from(name.starts_with("test_") || name.starts_with("conftest")))
}
