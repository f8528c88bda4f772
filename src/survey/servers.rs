//! Running servers of the project that start their app again when a file changes: those started in it, or with an app
//! folder in it.

use super::{Request, Server};
use crate::guarded;
use crate::machine::ProcessDir;
use crate::machine::processes::Process;
use crate::watchers::{Invocation, WatcherKind, uvicorn};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Longest command shown, in characters.
const COMMAND_CHARS: usize = 100;

/// Lists this user's servers of the project, by process id. With `--reload` and with `--workers`, uvicorn's own process is
/// the one that watches and starts the others, whose command line is that of Python's multiprocessing.
pub(super) fn of_project<'a>(
    real_root: &Path,
    processes: impl Iterator<Item = &'a Process>,
    uid: u32,
    request: &Request,
) -> Vec<Server> {
    let mine = processes.filter(|process| process.uid == uid);
    let found = mine.filter_map(|process| Some((process.parent, server(real_root, process, request)?)));
    let found: Vec<(u32, Server)> = found.collect();
    // `react-scripts start` runs a script of its own, which is the server.
    let runs = |one: &Server| found.iter().any(|(parent, other)| *parent == one.pid && other.kind == one.kind);
    let mut servers: Vec<Server> =
        found.iter().map(|(_, server)| server).filter(|server| !runs(server)).cloned().collect();
    servers.sort_by_key(|server| server.pid);
    servers
}

fn server(real_root: &Path, process: &Process, request: &Request) -> Option<Server> {
    let kind = WatcherKind::of(process.kind).filter(|kind| kind.is_server())?;
    let cwd = process.cwd.as_deref()?;
    let invocation = Invocation::new(&process.command, cwd, environment(process, request));
    let inside = |folder: &PathBuf| guarded::real_path(folder).is_ok_and(|folder| folder.starts_with(real_root));
    let app_folder = if kind == WatcherKind::Uvicorn { uvicorn::app_folder(&invocation) } else { None };
    if ![Some(cwd.to_path_buf()), app_folder].iter().flatten().any(inside) {
        return None;
    }
    let command = shortened(&invocation.command(kind.programs())?);
    let settings = kind.settings(&invocation, real_root);
    let polls = settings.as_ref().is_some_and(|settings| settings.polls);
    let package = if kind == WatcherKind::Uvicorn { uvicorn::package(&invocation).map(str::to_owned) } else { None };
    let cwd = invocation.cwd;
    Some(Server { pid: process.pid, kind, command, reloads: settings.is_some(), polls, cwd, package })
}

fn environment(process: &Process, request: &Request) -> BTreeMap<OsString, OsString> {
    let variables = ProcessDir::open(&request.places, process.pid).and_then(|process| process.environment());
    variables.unwrap_or_default().into_iter().collect()
}

fn shortened(command: &str) -> String {
    match command.char_indices().nth(COMMAND_CHARS) {
        Some((end, _)) => format!("{}…", &command[..end]),
        None => command.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Kind;

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
    fn a_server_and_the_program_that_only_runs_it_are_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it is there");
        let of = |pid, parent, command: &str| Process { pid, parent, kind: Kind::Webpack, ..process(&root, command) };
        let all = [
            of(7, 1, "node /n/react-scripts/bin/react-scripts.js start"),
            of(8, 7, "node /n/react-scripts/scripts/start.js start"),
        ];
        let found = of_project(&root, all.iter(), 1000, &Request::default());
        assert_eq!(found.iter().map(|server| server.pid).collect::<Vec<_>>(), [8]);
    }

    #[test]
    fn a_uvicorn_of_the_project_is_known_by_its_folder_or_its_app_folder() {
        let all = tempfile::tempdir().expect("a temporary folder");
        let root = all.path().canonicalize().expect("it is there").join("project");
        std::fs::create_dir_all(root.join("api")).expect("folders can be made");
        let found = |cwd: &Path, command: &str| {
            let servers = of_project(&root, [process(cwd, command)].iter(), 1000, &Request::default());
            servers.into_iter().next().map(|server| (server.command, server.reloads))
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
        let someone_elses = of_project(&root, [process(&inside, "uvicorn main:app")].iter(), 1001, &Request::default());
        assert!(someone_elses.is_empty(), "only this user's processes are looked at");
    }
}
