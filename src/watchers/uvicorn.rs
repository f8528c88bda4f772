//! `uvicorn --reload` and `fastapi dev`: watchfiles, which watches every folder below the reload folders, hidden ones
//! and environments included, and follows links to folders.
//!
//! `--reload-exclude` frees nothing: it only filters what is done about a change (measured with uvicorn 0.54; read in
//! `uvicorn/supervisors/watchfilesreload.py`). A whole reload folder can be taken out by it.

use super::invocation::{has, values};
use super::{Exclusions, Invocation, WatchScope, WatcherSettings};
use crate::guarded;
use std::path::{Path, PathBuf};

pub(super) fn settings(invocation: &Invocation) -> Option<WatcherSettings> {
    let arguments = invocation.behind(&["uvicorn", "fastapi"])?;
    let is_fastapi = invocation.words.iter().any(|word| word.rsplit('/').next() == Some("fastapi"));
    let reloads = has(arguments, &["--reload"])
        || is_fastapi && arguments.iter().any(|word| word == "dev") && !has(arguments, &["--no-reload"]);
    reloads.then(|| WatcherSettings {
        scope: scope(folders(invocation, arguments)),
        polls: polls(invocation),
        at_most: false,
    })
}

/// The scope of watchfiles for these folders.
pub(super) fn scope(roots: Vec<PathBuf>) -> WatchScope {
    WatchScope { roots, excluded: Exclusions::default(), follows_links: true, ..WatchScope::default() }
}

/// `WATCHFILES_FORCE_POLLING` as watchfiles 1.3 reads it.
pub(super) fn polls(invocation: &Invocation) -> bool {
    let off = ["", "false", "disable", "disabled"];
    invocation.variable("WATCHFILES_FORCE_POLLING").is_some_and(|value| !off.contains(&value.to_lowercase().as_str()))
}

/// The reload folders, as uvicorn finds them: those named, and what an include or exclude pattern names as a folder.
fn folders(invocation: &Invocation, arguments: &[String]) -> Vec<PathBuf> {
    let named = |options: &[&str]| {
        let paths = values(arguments, options).into_iter().filter(|word| *word != ".*");
        paths.map(|word| invocation.path(word)).filter(|path| guarded::is_folder(path)).collect::<Vec<_>>()
    };
    let mut all = named(&["--reload-dir", "--reload-include"]);
    let excluded = named(&["--reload-exclude"]);
    all.retain(|folder| !excluded.iter().any(|excluded| folder.starts_with(excluded)));
    let inner = |folder: &Path, all: &[PathBuf]| all.iter().any(|other| other != folder && folder.starts_with(other));
    let mut outer: Vec<PathBuf> = all.iter().filter(|folder| !inner(folder, &all)).cloned().collect();
    outer.sort();
    outer.dedup();
    if outer.is_empty() { vec![invocation.cwd.clone()] } else { outer }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::ffi::OsString;

    #[test]
    fn the_reload_folders_are_those_that_uvicorn_takes() {
        let project = tempfile::tempdir().unwrap();
        let root = project.path().canonicalize().unwrap();
        ["src/api", "data", ".venv"].iter().for_each(|name| std::fs::create_dir_all(root.join(name)).unwrap());
        let roots = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(Into::into).collect();
            let settings = settings(&Invocation::new(&words, &root, BTreeMap::new()))?;
            let below = |path: &PathBuf| path.strip_prefix(&root).unwrap().display().to_string();
            Some(settings.scope.roots.iter().map(below).collect::<Vec<_>>().join(" "))
        };
        for (line, expected) in [
            ("uvicorn main:app", None),
            ("python -m uvicorn main:app --reload", Some("")),
            ("uvicorn main:app --reload --reload-dir src --reload-dir=src/api", Some("src")),
            ("uvicorn main:app --reload --reload-dir missing", Some("")),
            ("uvicorn main:app --reload --reload-exclude .venv", Some("")),
            ("uvicorn main:app --reload --reload-dir src --reload-dir data --reload-exclude data", Some("src")),
            ("uvicorn main:app --reload --reload-include data", Some("data")),
            ("python /v/bin/fastapi dev main.py", Some("")),
            ("python /v/bin/fastapi run main.py", None),
        ] {
            assert_eq!(roots(line).as_deref(), expected, "{line}");
        }
    }
}
