//! How a watcher was started: the words behind its name, its folder, its variables.

use crate::guarded;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The start of a process, as /proc tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invocation {
    /// The command line; behind an interpreter stands what it runs.
    pub words: Vec<String>,
    /// The working folder, links resolved.
    pub cwd: PathBuf,
    /// The environment.
    pub variables: BTreeMap<OsString, OsString>,
}

impl Invocation {
    /// The start of a process with this command line.
    #[must_use]
    pub fn new(command: &[OsString], cwd: &Path, variables: BTreeMap<OsString, OsString>) -> Self {
        let words = command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        Self { words, cwd: guarded::real_path(cwd).unwrap_or_else(|_| cwd.to_path_buf()), variables }
    }

    /// The words behind the first one that names one of these programs: by its own name, or by the folder of its
    /// package, or as a module.
    pub(super) fn behind(&self, names: &[&str]) -> Option<&[String]> {
        let names_it = |word: &String| {
            let named = |part: &str| names.contains(&part);
            let base = word.rsplit('/').next().unwrap_or(word);
            named(base)
                || word.split('/').any(&named) && word.contains('/')
                || named(word.split('.').next().unwrap_or(word))
        };
        // The interpreter itself may lie in a folder of such a name.
        let at = self.words.iter().skip(1).position(names_it).map(|at| at + 1);
        let at = at.or_else(|| self.words.first().filter(|first| names_it(first)).map(|_| 0))?;
        self.words.get(at + 1..)
    }

    /// The command as a person would type it: the program by its own name, then the words behind it.
    #[must_use]
    pub fn command(&self, names: &[&str]) -> Option<String> {
        let arguments = self.behind(names)?;
        let named = self.words.get(self.words.len() - arguments.len() - 1)?;
        let base = named.rsplit('/').next().unwrap_or(named);
        let name = if names.contains(&base) { base.split('.').next() } else { names.first().copied() };
        Some(name.into_iter().chain(arguments.iter().map(String::as_str)).collect::<Vec<_>>().join(" "))
    }

    /// A path of the command line, as the program resolves it.
    pub(super) fn path(&self, word: &str) -> PathBuf {
        let path = self.cwd.join(word);
        guarded::real_path(&path).unwrap_or(path)
    }

    /// A variable as text.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(OsStr::new(name)).map(|value| value.to_string_lossy().into_owned())
    }

    /// Tells whether chokidar 3 polls by its variable: `false` and `0` say no, `true` and `1` say yes, anything else is
    /// as true as JavaScript takes it.
    pub(super) fn chokidar_polls(&self) -> Option<bool> {
        let value = self.variable("CHOKIDAR_USEPOLLING")?.to_lowercase();
        Some(!matches!(value.as_str(), "false" | "0" | ""))
    }
}

/// The values of an option that may be given several times: `--name value` and `--name=value`.
pub(super) fn values<'a>(arguments: &'a [String], names: &[&str]) -> Vec<&'a str> {
    let mut values = Vec::new();
    let mut words = arguments.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        if names.contains(&word) {
            values.extend(words.next());
        } else if let Some((name, value)) = word.split_once('=')
            && names.contains(&name)
        {
            values.push(value);
        }
    }
    values
}

/// Tells whether an option stands there, with or without a value.
pub(super) fn has(arguments: &[String], names: &[&str]) -> bool {
    arguments.iter().any(|word| names.contains(&word.split('=').next().unwrap_or(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_behind_a_program_are_found_however_it_is_started() {
        for line in [
            "node /p/node_modules/vite/bin/vite.js dev ui",
            "node /p/node_modules/.bin/vite dev ui",
            "/v/bin/python -m vite dev ui",
            "vite dev ui",
            "/home/vite/bin/node /p/node_modules/vite/bin/vite.js dev ui",
        ] {
            let words: Vec<OsString> = line.split(' ').map(Into::into).collect();
            let invocation = Invocation::new(&words, Path::new("/"), BTreeMap::new());
            assert_eq!(invocation.behind(&["vite", "vite.js"]).unwrap(), ["dev", "ui"], "{line}");
        }
    }

    #[test]
    fn options_are_read_in_both_forms() {
        let words = ["-d", "a", "--dir=b", "--dir", "c", "x"].map(str::to_owned);
        assert_eq!(values(&words, &["-d", "--dir"]), ["a", "b", "c"]);
        assert!(has(&words, &["--dir"]) && !has(&words, &["--di"]));
    }
}
