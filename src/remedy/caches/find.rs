//! Finding caches in the project, with the directories and the bytes that would be freed.

use crate::progress::{Cancelled, Progress};
use std::ffi::OsStr;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// One cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    /// Its real path.
    pub path: PathBuf,
    /// What made it.
    pub kind: CacheKind,
    /// Directories in it, itself included; 0 for a file.
    pub directories: u64,
    /// Other entries in it; 1 for a file.
    pub files: u64,
    /// Bytes on the disk.
    pub bytes: u64,
    /// It lies in a virtual environment or in `node_modules`.
    pub inside_environment: bool,
    /// It can go without harm and with some use. Not so: `*.egg-info`, which makes an editable install work; a `*.pyc`
    /// whose source is not beside it, which may be the only copy; Python's caches in an environment, which come back
    /// with the next import of each package.
    pub ticked: bool,
}

/// What makes a cache.
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

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caches {
    /// The caches, by path. None contains another.
    pub items: Vec<Cache>,
    /// Directories that could not be read: there may be more caches in them.
    pub unreadable: u64,
}

impl Cache {
    const fn of(path: PathBuf, kind: CacheKind, inside_environment: bool) -> Self {
        let comes_back = inside_environment && matches!(kind, CacheKind::PythonBytecode);
        let ticked = !comes_back && !matches!(kind, CacheKind::EggInfo);
        Self { path, kind, directories: 0, files: 0, bytes: 0, inside_environment, ticked }
    }
}

/// Looks through the project.
///
/// # Errors
/// [`Cancelled`] only; what cannot be read is part of the result.
pub fn find(project: &Path, progress: &Progress) -> Result<Caches, Cancelled> {
    let mut found = Caches::default();
    let Ok(root) = project.canonicalize() else { return Ok(Caches { unreadable: 1, ..found }) };
    let mut waiting = vec![(root, false)];
    while let Some((folder, inside_environment)) = waiting.pop() {
        progress.check()?;
        let Ok(entries) = folder.read_dir() else {
            found.unreadable += 1;
            continue;
        };
        let inside_environment = inside_environment
            || folder.join("pyvenv.cfg").is_file()
            || folder.file_name() == Some(OsStr::new("node_modules"));
        for entry in entries.flatten() {
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
            match kind_of(&path, kind.is_dir(), kind.is_file()) {
                Some(kind) => {
                    let mut cache = Cache::of(path, kind, inside_environment);
                    measure(&mut cache, progress)?;
                    found.items.push(cache);
                }
                None if kind.is_dir() && entry.file_name() != ".git" => waiting.push((path, inside_environment)),
                None => {}
            }
        }
    }
    found.items.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn kind_of(path: &Path, is_folder: bool, is_file: bool) -> Option<CacheKind> {
    let name = path.file_name()?;
    if is_file {
        return (path.extension() == Some(OsStr::new("pyc"))).then_some(CacheKind::StrayBytecode);
    }
    if !is_folder {
        return None;
    }
    let in_node_modules = || path.parent().and_then(Path::file_name) == Some(OsStr::new("node_modules"));
    match name.to_str() {
        Some("__pycache__") => Some(CacheKind::PythonBytecode),
        Some(".pytest_cache") => Some(CacheKind::Pytest),
        Some(".mypy_cache") => Some(CacheKind::Mypy),
        Some(".ruff_cache") => Some(CacheKind::Ruff),
        Some(".ipynb_checkpoints") => Some(CacheKind::NotebookCheckpoints),
        Some(".cache") if in_node_modules() => Some(CacheKind::NodeCache),
        _ => (path.extension() == Some(OsStr::new("egg-info"))).then_some(CacheKind::EggInfo),
    }
}

/// Counts what the cache holds, links not followed.
fn measure(cache: &mut Cache, progress: &Progress) -> Result<(), Cancelled> {
    let on_disk = |file: Metadata| file.blocks() * 512;
    if cache.kind == CacheKind::StrayBytecode {
        cache.files = 1;
        cache.bytes = cache.path.symlink_metadata().map_or(0, on_disk);
        cache.ticked = !cache.inside_environment && cache.path.with_extension("py").is_file();
        return Ok(());
    }
    let mut waiting = vec![cache.path.clone()];
    while let Some(folder) = waiting.pop() {
        progress.check()?;
        cache.directories += 1;
        cache.bytes += folder.symlink_metadata().map_or(0, on_disk);
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push(entry.path());
            } else {
                cache.files += 1;
                cache.bytes += entry.metadata().map_or(0, on_disk);
            }
        }
    }
    Ok(())
}
