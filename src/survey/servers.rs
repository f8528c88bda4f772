//! Running uvicorn processes of the project: those started in it, or with an app folder in it.

use super::Server;
use crate::guarded;
use crate::machine::processes::{Kind, Process};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Longest command shown, in characters.
const COMMAND_CHARS: usize = 100;

/// Lists this user's uvicorn processes of the project, by process id. With `--reload` and with `--workers`, uvicorn's
/// own process is the one that watches and starts the others, whose command line is that of Python's multiprocessing.
pub(super) fn of_project<'a>(real_root: &Path, processes: impl Iterator<Item = &'a Process>, uid: u32) -> Vec<Server> {
    let mine = processes.filter(|process| process.kind == Kind::Uvicorn && process.uid == uid);
    let mut servers: Vec<Server> = mine.filter_map(|process| server(real_root, process)).collect();
    servers.sort_by_key(|server| server.pid);
    servers
}

fn server(real_root: &Path, process: &Process) -> Option<Server> {
    let cwd = process.cwd.as_deref()?;
    let words: Vec<String> = process.command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    // Before it stand an interpreter and its options.
    let at = words.iter().position(|word| matches!(file_name(word), "uvicorn" | "fastapi"))?;
    let (name, arguments) = (file_name(&words[at]), &words[at + 1..]);
    let folders = [Some(cwd.to_path_buf()), app_folder(name, arguments, cwd)];
    let inside = |folder: &PathBuf| guarded::real_path(folder).is_ok_and(|folder| folder.starts_with(real_root));
    folders.iter().flatten().any(inside).then(|| Server {
        pid: process.pid,
        command: shortened(name, arguments),
        reloads: reloads(name, arguments),
        polls: false,
    })
}

fn file_name(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

/// `--app-dir` of uvicorn, the file or folder that `fastapi dev` is given.
fn app_folder(name: &str, arguments: &[String], cwd: &Path) -> Option<PathBuf> {
    if name == "fastapi" {
        let path = arguments.iter().skip(1).find(|word| !word.starts_with('-'))?;
        return Some(cwd.join(path));
    }
    let mut words = arguments.iter();
    let value = words.find_map(|word| match word.strip_prefix("--app-dir") {
        Some("") => Some(None),
        Some(value) => value.strip_prefix('=').map(Some),
        None => None,
    })?;
    value.or_else(|| words.next().map(String::as_str)).map(|folder| cwd.join(folder))
}

/// `fastapi dev` reloads unless told not to.
fn reloads(name: &str, arguments: &[String]) -> bool {
    let has = |option: &str| arguments.iter().any(|word| word == option);
    has("--reload") || name == "fastapi" && has("dev") && !has("--no-reload")
}

/// Tells whether watchfiles 1.3 polls with this value of `WATCHFILES_FORCE_POLLING`.
pub(super) fn forces_polling(value: &OsStr) -> bool {
    let off = ["", "false", "disable", "disabled"];
    !off.contains(&value.to_string_lossy().to_lowercase().as_str())
}

fn shortened(name: &str, arguments: &[String]) -> String {
    let words = std::iter::once(name).chain(arguments.iter().map(String::as_str));
    let command = words.collect::<Vec<_>>().join(" ");
    match command.char_indices().nth(COMMAND_CHARS) {
        Some((end, _)) => format!("{}…", &command[..end]),
        None => command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    fn process(cwd: &Path, command: &str) -> Process {
        Process {
            pid: 7,
            parent: 1,
            uid: 1000,
            user: None,
            program: "python3".to_owned(),
            command: command.split(' ').map(OsString::from).collect(),
            kind: Kind::Uvicorn,
            instances: 0,
            watches: 0,
            charged_watches: 0,
            charged_to_account: true,
            shared_with: Vec::new(),
            other_user_namespace: false,
            started: None,
            started_ticks: None,
            cwd: Some(cwd.to_path_buf()),
        }
    }

    #[test]
    fn a_uvicorn_of_the_project_is_known_by_its_folder_or_its_app_folder() {
        let all = tempfile::tempdir().expect("a temporary folder");
        let root = all.path().canonicalize().expect("it is there").join("project");
        std::fs::create_dir_all(root.join("api")).expect("folders can be made");
        let found = |cwd: &Path, command: &str| {
            of_project(&root, [process(cwd, command)].iter(), 1000).pop().map(|server| (server.command, server.reloads))
        };
        let of = |command: &str, reloads| Some((command.to_owned(), reloads));
        let (inside, outside) = (root.join("api"), all.path().to_path_buf());
        assert_eq!(found(&inside, "python3 /v/bin/uvicorn main:app"), of("uvicorn main:app", false));
        let reloading = "uvicorn --reload main:app";
        assert_eq!(found(&inside, "python3 -m uvicorn --reload main:app"), of(reloading, true));
        assert_eq!(found(&outside, "python3 /v/bin/uvicorn main:app"), None, "its folder is another one");
        for option in ["--app-dir project/api", "--app-dir=project/api"] {
            let command = format!("uvicorn main:app {option}");
            assert_eq!(found(&outside, &command), of(&command, false));
        }
        assert_eq!(found(&outside, "python3 /v/bin/uvicorn main:app --app-dir other"), None);
        assert_eq!(found(&outside, "python3 /v/bin/fastapi dev project/api"), of("fastapi dev project/api", true));
        let someone_elses = of_project(&root, [process(&inside, "uvicorn main:app")].iter(), 1001);
        assert!(someone_elses.is_empty(), "only this user's processes are looked at");
    }
}
