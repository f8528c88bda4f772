//! `uvicorn --reload` and `fastapi dev`: watchfiles, which watches every folder below the reload folders, hidden ones
//! and environments included, and follows links to folders.
//!
//! `--reload-exclude` frees nothing: it only filters what is done about a change (measured with uvicorn 0.54; read in
//! `uvicorn/supervisors/watchfilesreload.py`). A whole reload folder can be taken out by it.

use super::invocation::{has, values};
use super::{Exclusions, Invocation, Knob, Lever, PollingVariable, Turning, WatchScope, Watcher, WatcherSettings};
use crate::guarded;
use crate::machine::Kind;
use crate::progress::Cancelled;
use std::path::{Path, PathBuf};

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Uvicorn,
    settings: |invocation, _| settings(invocation),
    knobs: |turning| Ok(package_folder(turning)?.into_iter().collect()),
    polling: Some(PollingVariable { name: "WATCHFILES_FORCE_POLLING", value: "true" }),
    programs: &["uvicorn", "fastapi"],
};

fn settings(invocation: &Invocation) -> Option<WatcherSettings> {
    let arguments = invocation.behind(WATCHER.programs)?;
    reloads(invocation).then(|| WatcherSettings {
        scope: scope(folders(invocation, arguments)),
        polls: polls(invocation),
        ..WatcherSettings::default()
    })
}

/// The folder that it imports its app from, where one is named: `--app-dir` of uvicorn, the file or folder that
/// `fastapi dev` is given.
pub(crate) fn app_folder(invocation: &Invocation) -> Option<PathBuf> {
    let arguments = invocation.behind(WATCHER.programs)?;
    if is_fastapi(invocation) {
        let path = arguments.iter().skip(1).find(|word| !word.starts_with('-'))?;
        return Some(invocation.path(path));
    }
    values(arguments, &["--app-dir"]).first().map(|folder| invocation.path(folder))
}

fn is_fastapi(invocation: &Invocation) -> bool {
    invocation.words.iter().any(|word| word.rsplit('/').next() == Some("fastapi"))
}

/// Tells whether it starts its app again when a file changes; `fastapi dev` does unless told not to.
fn reloads(invocation: &Invocation) -> bool {
    let Some(arguments) = invocation.behind(WATCHER.programs) else { return false };
    has(arguments, &["--reload"])
        || is_fastapi(invocation) && arguments.iter().any(|word| word == "dev") && !has(arguments, &["--no-reload"])
}

/// The scope of watchfiles for these folders. It leaves a root at the first folder that may not be read, without a word,
/// and stays deaf to what it had not seen by then (measured with watchfiles 1.3).
fn scope(roots: Vec<PathBuf>) -> WatchScope {
    let excluded = Exclusions::default();
    WatchScope { roots, excluded, follows_links: true, stops_at_unreadable: true, ..WatchScope::default() }
}

/// `WATCHFILES_FORCE_POLLING` as watchfiles 1.3 reads it.
fn polls(invocation: &Invocation) -> bool {
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

/// The package that the app is in, where it is in one: `api` of `api.main:app`.
pub(crate) fn package(invocation: &Invocation) -> Option<&str> {
    let arguments = invocation.behind(&["uvicorn"])?;
    arguments.iter().find_map(|word| word.split_once(':')?.0.split_once('.').map(|(package, _)| package))
}

/// The folder of that package is all that has to be watched: `--reload-dir api`.
fn package_folder(turning: &mut Turning<'_>) -> Result<Option<Knob>, Cancelled> {
    let arguments = turning.invocation.behind(&["uvicorn"]).unwrap_or_default();
    let Some(package) = package(turning.invocation).filter(|_| !has(arguments, &["--reload-dir"])) else {
        return Ok(None);
    };
    let folder = turning.invocation.path(package);
    if !guarded::is_folder(&folder) {
        return Ok(None);
    }
    let settings = WatcherSettings { scope: scope(vec![folder]), ..WatcherSettings::default() };
    let after = settings.forecast(turning.inventory, turning.progress)?;
    Ok(after.map(|after| Knob {
        lever: Lever::Flag(format!("--reload-dir {package}")),
        watches_after: Some(after.watches),
    }))
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
