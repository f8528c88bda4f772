//! The program that has started an app and would notice its end: a package runner, a process manager, a script, the
//! service manager. Such an app is started again by that program, or by the person, not beside it.

use crate::machine::process_dir::words;
use crate::machine::processes::base_name;
use crate::machine::{Places, ProcessDir};
use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;

/// Programs that end, or start an app anew, when it ends.
const RUNNERS: [&str; 34] = [
    "npm",
    "npx",
    "pnpm",
    "pnpx",
    "yarn",
    "yarnpkg",
    "bun",
    "bunx",
    "deno",
    "uv",
    "poetry",
    "pdm",
    "hatch",
    "pipenv",
    "make",
    "just",
    "task",
    "foreman",
    "honcho",
    "overmind",
    "hivemind",
    "supervisord",
    "circusd",
    "runsv",
    "s6-supervise",
    "entr",
    "watchexec",
    "nodemon",
    "concurrently",
    "pm2",
    "PM2",
    "tini",
    "docker-init",
    "dumb-init",
];

/// Programs that hold a container's processes, seen from outside of it.
const CONTAINERS: [&str; 3] = ["containerd-shim-runc-v2", "containerd-shim", "conmon"];

const SHELLS: [&str; 7] = ["sh", "bash", "dash", "zsh", "fish", "ksh", "ash"];

/// Generations looked at: npm, its shell and a runner's are three.
const MOST_GENERATIONS: usize = 8;

/// Roles of a program above an app.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    /// It would notice, and is called so.
    Starter(String),
    /// A shell that runs one command, and ends with it.
    Between,
    /// Whatever it is, the app's end is nothing to it: a person's shell, a terminal, an editor.
    Other,
}

/// Names what has started this process and would notice its end; `None` for a terminal, and where nobody is left.
#[must_use]
pub fn starter(pid: u32) -> Option<String> {
    let places = Places::default();
    let mut process = ProcessDir::open(&places, pid).ok()?;
    let unit = process.control_group().as_deref().and_then(service);
    for _ in 0..MOST_GENERATIONS {
        let parent = u32::try_from(process.stat().ok()??.ppid).ok().filter(|parent| *parent > 0)?;
        process = ProcessDir::open(&places, parent).ok()?;
        let name = process.stat().ok()??.comm;
        if name == "systemd" {
            return unit;
        }
        let line = words::exact(&process.command_line().ok()?);
        match role(&line) {
            Role::Starter(starter) => return Some(starter),
            Role::Between => {}
            Role::Other => return None,
        }
    }
    None
}

/// The service among systemd's units that a control group belongs to; a terminal's processes are in a scope.
fn service(group: &str) -> Option<String> {
    let unit = group.trim_end().rsplit('/').next()?;
    let is_manager = unit.starts_with("user@");
    (unit.ends_with(".service") && !is_manager).then(|| unit.to_owned())
}

fn role(line: &[OsString]) -> Role {
    let texts: Vec<String> = line.iter().map(|word| String::from_utf8_lossy(word.as_bytes()).into_owned()).collect();
    // A program that has changed its title has one word with blanks, and nothing where the others stood: `npm run dev`.
    let words: Vec<&str> = match &texts[..] {
        [title, rest @ ..] if rest.iter().all(String::is_empty) => title.split_whitespace().collect(),
        words => words.iter().map(String::as_str).collect(),
    };
    let Some((program, rest)) = words.split_first() else { return Role::Other };
    let name = base_name(program).trim_start_matches('-');
    if SHELLS.contains(&name) {
        return shell(rest);
    }
    if RUNNERS.contains(&name) || CONTAINERS.contains(&name) {
        return Role::Starter(name.to_owned());
    }
    let script = rest.iter().find(|word| !word.starts_with('-')).map(|word| base_name(word));
    let script = script.map(|script| script.split('.').next().unwrap_or(script));
    match script {
        // What Node runs above an app is there to run it; Python's programs are many things.
        Some(script) if matches!(name, "node" | "nodejs") => Role::Starter(script.to_owned()),
        Some(script) if name.starts_with("python") && RUNNERS.contains(&script) => Role::Starter(script.to_owned()),
        Some(_) | None => Role::Other,
    }
}

/// A shell that a person sits at has no words but options; one that runs a file goes on behind the app.
fn shell(words: &[&str]) -> Role {
    let mut options = words.iter().take_while(|word| word.starts_with('-') || word.starts_with('+'));
    let is_command = options.any(|word| !word.starts_with("--") && word.contains('c'));
    match words.iter().find(|word| !(word.starts_with('-') || word.starts_with('+'))) {
        _ if is_command => Role::Between,
        Some(script) => Role::Starter(base_name(script).to_owned()),
        None => Role::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Role {
        role(&words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn what_would_notice_the_end_of_an_app_is_known() {
        for (words, name) in [
            (&["npm run dev", "", ""][..], "npm"),
            (&["node", "/usr/share/yarn/bin/yarn.js", "dev"], "yarn"),
            (&["node", "/p/node_modules/.bin/concurrently", "vite", "uvicorn"], "concurrently"),
            (&["PM2 v5.3.0: God Daemon (/home/me/.pm2)"], "PM2"),
            (&["/usr/bin/python3", "/usr/bin/supervisord", "-n"], "supervisord"),
            (&["/bin/sh", "./dev.sh"], "dev.sh"),
            (&["bash", "-e", "/srv/run.sh", "x"], "run.sh"),
            (&["make", "dev"], "make"),
            (&["/usr/bin/containerd-shim-runc-v2", "-namespace", "moby"], "containerd-shim-runc-v2"),
        ] {
            assert_eq!(of(words), Role::Starter(name.to_owned()), "{words:?}");
        }
        for words in [&["sh", "-c", "vite"][..], &["/bin/bash", "-lc", "uvicorn a:b"]] {
            assert_eq!(of(words), Role::Between, "{words:?}");
        }
        for words in
            [&["-bash"][..], &["/usr/bin/zsh", "-l"], &["bash", "--login"], &["gnome-terminal-server"], &["tmux"]]
        {
            assert_eq!(of(words), Role::Other, "{words:?}");
        }
    }

    #[test]
    fn a_service_is_told_from_a_terminal() {
        for (group, unit) in [
            ("0::/system.slice/web.service", Some("web.service")),
            ("0::/user.slice/user-1000.slice/user@1000.service/app.slice/vite.service\n", Some("vite.service")),
            ("0::/user.slice/user-1000.slice/user@1000.service/app.slice/vte-spawn-1.scope", None),
            ("0::/user.slice/user-1000.slice/user@1000.service", None),
            ("0::/", None),
        ] {
            assert_eq!(service(group).as_deref(), unit, "{group}");
        }
    }
}
