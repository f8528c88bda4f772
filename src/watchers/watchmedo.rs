//! watchmedo: watchdog on the command line. One watch for each folder named, and for each folder below with
//! `--recursive`. Links are not followed.

use super::invocation::{has, values};
use super::{Exclusions, Invocation, WatchScope, Watcher, WatcherSettings};
use crate::machine::Kind;

/// Options that take a word (watchmedo of watchdog 6 and 7).
const WITH_VALUE: [&str; 18] = [
    "-p",
    "--pattern",
    "--patterns",
    "-i",
    "--ignore-pattern",
    "--ignore-patterns",
    "-c",
    "--command",
    "-d",
    "--directory",
    "--interval",
    "--timeout",
    "--signal",
    "--kill-after",
    "--debounce-interval",
    "--trace",
    "--python-path",
    "--append-to-file",
];

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Watchmedo,
    settings: |invocation, _| settings(invocation),
    knobs: |_| Ok(Vec::new()),
    polling: None,
    programs: &["watchmedo", "watchdog"],
};

fn settings(invocation: &Invocation) -> Option<WatcherSettings> {
    let arguments = invocation.behind(WATCHER.programs)?;
    let command = arguments.first()?.as_str();
    // What auto-restart runs stands behind its options and has its own.
    let end = arguments.iter().position(|word| word == "--").unwrap_or(arguments.len());
    let own = &arguments[1..end];
    let folders: Vec<&str> = match command {
        "auto-restart" => values(own, &["-d", "--directory"]),
        "shell-command" | "log" => positional(own),
        "tricks" | "tricks-from" => vec!["."],
        _ => return None,
    };
    // A list of them may stand in one word.
    let mut folders: Vec<_> =
        folders.iter().flat_map(|word| word.split(';')).map(|word| invocation.path(word)).collect();
    if folders.is_empty() {
        folders.push(invocation.cwd.clone());
    }
    let flat = !has(own, &["-R", "--recursive"]);
    let scope = WatchScope { roots: folders, excluded: Exclusions::default(), flat, ..WatchScope::default() };
    let polls = has(own, &["--debug-force-polling"]);
    let at_most = command.starts_with("tricks");
    Some(WatcherSettings { scope, polls, at_most, ..WatcherSettings::default() })
}

fn positional(arguments: &[String]) -> Vec<&str> {
    let mut takes_value = false;
    let mut folders = Vec::new();
    for word in arguments.iter().map(String::as_str) {
        let is_value = std::mem::replace(&mut takes_value, WITH_VALUE.contains(&word));
        if !is_value && !word.starts_with('-') {
            folders.push(word);
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::path::Path;

    #[test]
    fn folders_and_depth_are_read() {
        let scope = |line: &str| {
            let words: Vec<_> = line.split(' ').map(Into::into).collect();
            let scope = settings(&Invocation::new(&words, Path::new("/"), BTreeMap::new())).unwrap().scope;
            (scope.roots.iter().map(|root| root.display().to_string()).collect::<Vec<_>>().join(" "), scope.flat)
        };
        assert_eq!(
            scope("watchmedo shell-command --recursive -c echo /src /lib"),
            (
                "/usr/src /usr/lib"
                    .replace("/usr/src", "/src")
                    .replace("/usr/lib", &Path::new("/lib").canonicalize().unwrap().display().to_string()),
                false
            )
        );
        assert_eq!(scope("python /v/bin/watchmedo auto-restart -d /tmp -R -- python -d x"), ("/tmp".into(), false));
        assert_eq!(scope("watchmedo log"), ("/".into(), true));
    }
}
