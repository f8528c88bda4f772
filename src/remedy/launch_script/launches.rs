//! The commands of a script that run Streamlit or another watcher, and what on their own line decides which environment
//! it gets.

use super::super::watcher::FILE_WATCHER_KEY;
use crate::project::launch::shell::{Script, ShellCommand, Word};
use crate::watchers::{Invocation, WatcherKind};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Programs that only name what they are given.
const NAMING: &[&[u8]] = &[b"echo", b"printf", b":", b"true", b"grep", b"pgrep", b"pkill", b"alias", b"type", b"which"];

/// Programs that start others in an environment of their own, where no option of theirs says otherwise.
const OWN_ENVIRONMENT: &[&[u8]] = &[
    b"sudo",
    b"doas",
    b"su",
    b"ssh",
    b"docker",
    b"docker-compose",
    b"podman",
    b"nerdctl",
    b"kubectl",
    b"systemd-run",
    b"machinectl",
    b"flatpak-spawn",
];

/// A command that runs the watcher.
pub(super) struct Launch {
    /// Place of the command among the script's nodes.
    pub(super) node: usize,
    pub(super) words: Vec<Word>,
    /// Place of the program among the words.
    program: usize,
    /// The variable that it is told by.
    variable: &'static str,
}

/// Lists the commands of a script that run this watcher; `variable` is the one that it is told by.
pub(super) fn launches(script: &Script<'_>, kind: WatcherKind, variable: &'static str) -> Vec<Launch> {
    script
        .commands()
        .into_iter()
        .filter(|command| script.nodes()[command.node].kind == "command")
        .filter_map(|command| of(command, kind, variable))
        .collect()
}

fn of(command: ShellCommand, kind: WatcherKind, variable: &'static str) -> Option<Launch> {
    let ShellCommand { node, words } = command;
    let first = words.iter().find(|word| !is_assignment(&word.text))?;
    if NAMING.contains(&name(first)) {
        return None;
    }
    let program = if kind == WatcherKind::Streamlit {
        let program = words.iter().position(|word| name(word) == b"streamlit")?;
        let verb = words[program + 1..].iter().find(|word| !word.text.starts_with(b"-"))?;
        (verb.text == b"run").then_some(program)?
    } else {
        watching(&words, kind)?
    };
    Some(Launch { node, words, program, variable })
}

/// The place of a watcher's program in a command that makes it watch: `vite build` does not.
fn watching(words: &[Word], kind: WatcherKind) -> Option<usize> {
    let names = kind.programs();
    let program = words.iter().position(|word| names.iter().any(|known| name(word) == known.as_bytes()))?;
    let own: Vec<_> = words[program..].iter().map(|word| OsStr::from_bytes(&word.text).to_owned()).collect();
    let invocation = Invocation::new(&own, Path::new("/"), BTreeMap::new());
    kind.settings(&invocation, Path::new("/")).map(|_| program)
}

impl Launch {
    /// The words before `streamlit` that set the variable: `NAME=value`, `env NAME=value`.
    pub(super) fn assignments(&self) -> impl Iterator<Item = &Word> {
        self.words[..self.program].iter().filter(|word| sets(self.variable, &word.text))
    }

    /// Tells whether the command itself sets the variable.
    pub(super) fn has_own(&self) -> bool {
        self.assignments().next().is_some()
    }

    /// The option's word and its value's, where it stands behind the program.
    pub(super) fn option(&self, option: &str) -> Option<(&Word, Option<&Word>)> {
        let words = &self.words[self.program..];
        let at = words.iter().position(|word| {
            let rest = word.text.strip_prefix(option.as_bytes());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"="))
        })?;
        Some((words.get(at)?, words.get(at + 1)))
    }

    /// All of them: each option's word, and its value's where that is a word of its own.
    pub(super) fn options(&self, option: &str) -> Vec<(&Word, Option<&Word>)> {
        let words = &self.words[self.program..];
        let is_it = |word: &Word| {
            let rest = word.text.strip_prefix(option.as_bytes());
            rest.map(|rest| rest.is_empty()).filter(|alone| *alone || word.text[option.len()] == b'=')
        };
        let found = words.iter().enumerate().filter_map(|(at, word)| Some((word, at, is_it(word)?)));
        found.map(|(word, at, alone)| (word, words.get(at + 1).filter(|_| alone))).collect()
    }

    /// Returns what starts Streamlit without the variables of the script, unless the command sets it there.
    pub(super) fn own_environment(&self) -> Option<String> {
        let before = &self.words[..self.program];
        let (place, by) =
            (0..before.len()).rev().find_map(|place| Some((place, empties(&before[place..], self.variable)?)))?;
        let set_there = before[place..].iter().any(|word| sets(self.variable, &word.text));
        (!set_there).then_some(by)
    }

    /// Finds the value that an option on the command line sets, which wins over every variable.
    pub(super) fn flag(&self) -> Option<String> {
        let option = format!("--{FILE_WATCHER_KEY}");
        let words = &self.words[self.program..];
        words.iter().enumerate().find_map(|(place, word)| match word.text.strip_prefix(option.as_bytes())? {
            b"" => words.get(place + 1).map(|value| lossy(&value.text)),
            rest => rest.strip_prefix(b"=").map(lossy),
        })
    }
}

/// Names the program, and the option that makes it so, where the first of `words` drops the variable.
fn empties(words: &[Word], variable: &str) -> Option<String> {
    let (first, rest) = words.split_first()?;
    let options = || rest.iter().map(|word| word.text.as_slice()).take_while(|word| word.starts_with(b"-"));
    let name = name(first);
    let named = |option: &[u8]| Some(format!("{} {}", lossy(name), lossy(option)));
    match name {
        b"env" => env_option(rest, variable).and_then(named),
        b"exec" => options().find(|option| option.contains(&b'c')).and_then(named),
        b"sudo" if options().any(|option| keeps_all(option, variable)) => None,
        _ => OWN_ENVIRONMENT.contains(&name).then(|| lossy(name)),
    }
}

/// The option of `env` that empties the environment or takes the variable out of it.
fn env_option<'a>(words: &'a [Word], variable: &str) -> Option<&'a [u8]> {
    let mut words = words.iter().map(|word| word.text.as_slice()).peekable();
    while let Some(word) = words.next() {
        let short = word.strip_prefix(b"-").filter(|letters| !letters.starts_with(b"-"));
        let drops = match word {
            b"-u" | b"--unset" => words.next() == Some(variable.as_bytes()),
            b"-C" | b"--chdir" => words.next().is_none(),
            b"--ignore-environment" | b"-" => true,
            _ if word.starts_with(b"-u") => word[2..] == *variable.as_bytes(),
            _ if word.starts_with(b"--unset=") => word[8..] == *variable.as_bytes(),
            _ if word.starts_with(b"-") => short.is_some_and(|letters| letters.contains(&b'i')),
            _ if is_assignment(word) => false,
            _ => return None,
        };
        if drops {
            return Some(word);
        }
    }
    None
}

/// `sudo -E`, `sudo --preserve-env[=…]`.
fn keeps_all(option: &[u8], variable: &str) -> bool {
    let variable = variable.as_bytes();
    match option.strip_prefix(b"--preserve-env") {
        Some(b"") => true,
        Some(list) => list.windows(variable.len()).any(|name| name == variable),
        None => !option.starts_with(b"--") && option.contains(&b'E'),
    }
}

/// `NAME=…`.
pub(super) fn sets(variable: &str, word: &[u8]) -> bool {
    word.strip_prefix(variable.as_bytes()).is_some_and(|rest| rest.starts_with(b"="))
}

fn is_assignment(word: &[u8]) -> bool {
    let sign = word.iter().position(|byte| *byte == b'=');
    sign.is_some_and(|sign| sign > 0 && word[..sign].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_'))
}

/// The last component of a program's path.
fn name(word: &Word) -> &[u8] {
    word.text.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
