//! Finds `streamlit run` in the words of a command and reads its arguments as Streamlit's own parser (click) does.
//!
//! Measured with Streamlit 1.49, 1.57 and 1.67: every option takes a value, booleans too (`--server.headless` alone
//! is refused, `--no-…` does not exist); the word after an option is its value whatever it looks like; options may
//! stand after the script; the first other word is the script, further ones go to the script, and so does everything
//! after `--`.

use super::{LaunchCommand, LaunchTarget};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Programs that start the rest of their command line, and those of their options that take a value.
const WRAPPERS: &[(&str, &[&str])] = &[
    ("env", &["-u", "--unset", "-C", "--chdir", "-S", "--split-string"]),
    ("exec", &["-a"]),
    ("nohup", &[]),
    ("setsid", &[]),
    ("time", &["-f", "-o"]),
    ("nice", &["-n"]),
    ("ionice", &["-c", "-n", "-p"]),
    ("stdbuf", &["-i", "-o", "-e"]),
    ("sudo", &["-u", "-g", "-h", "-p", "-C"]),
    ("command", &[]),
    ("dotenv", &["-f", "--file"]),
    ("xvfb-run", &["-n", "-s", "-e", "-f", "-w"]),
];

/// Tools that start a program with `run`, and those of their options that take a value.
const RUNNERS: &[(&str, &[&str])] = &[
    (
        "uv",
        &[
            "--with",
            "--extra",
            "--group",
            "--python",
            "-p",
            "--directory",
            "--project",
            "--package",
            "--env-file",
            "--with-requirements",
            "--with-editable",
            "--index",
            "--index-url",
            "--only-group",
            "--no-group",
        ],
    ),
    ("poetry", &["-C", "--directory", "-P", "--project"]),
    ("pipenv", &["--python"]),
    ("pdm", &["-p", "--project"]),
    ("hatch", &["-e", "--env", "-p", "--project"]),
    ("rye", &["--pyproject"]),
    ("conda", &["-n", "--name", "-p", "--prefix", "--cwd"]),
    ("mamba", &["-n", "--name", "-p", "--prefix", "--cwd"]),
    ("micromamba", &["-n", "--name", "-p", "--prefix", "--cwd"]),
    ("pixi", &["-e", "--environment", "--manifest-path"]),
];

/// Options of `python` that take the next word as their value.
const PYTHON_VALUES: &[&str] = &["-W", "-X", "-Q", "--check-hash-based-pycs"];

/// Understands the words of one command.
pub(super) fn parse(words: &[OsString]) -> Option<LaunchCommand> {
    let mut command = LaunchCommand::default();
    let arguments = find_streamlit(words, &mut command)?;
    read_arguments(arguments, &mut command)?;
    Some(command)
}

/// Skips what stands before Streamlit and returns Streamlit's own arguments.
fn find_streamlit<'w>(mut words: &'w [OsString], command: &mut LaunchCommand) -> Option<&'w [OsString]> {
    loop {
        let (first, rest) = words.split_first()?;
        let name = program(first);
        if let Some((variable, value)) = assignment(first) {
            command.variables.push((variable, value));
            words = rest;
        } else if let Some((_, valued)) = WRAPPERS.iter().find(|(wrapper, _)| name == *wrapper) {
            words = skip_options(rest, valued);
        } else if let Some((_, valued)) = RUNNERS.iter().find(|(runner, _)| name == *runner) {
            let (run, rest) = skip_options(rest, valued).split_first()?;
            words = (run == "run").then(|| skip_options(rest, valued))?;
        } else if is_python(name) {
            return after_python(first, rest, command);
        } else if name == "streamlit" {
            // As a bare word it is looked up on PATH, and nothing is known of its interpreter.
            command.python = command.python.take().or_else(|| has_folder(first).then(|| PathBuf::from(first)));
            return Some(rest);
        } else {
            return None;
        }
    }
}

/// `python -m streamlit …`, `python /x/bin/streamlit …`.
fn after_python<'w>(python: &OsStr, words: &'w [OsString], command: &mut LaunchCommand) -> Option<&'w [OsString]> {
    command.python = Some(PathBuf::from(python));
    let mut rest = words;
    while let Some((word, tail)) = rest.split_first() {
        let bytes = word.as_bytes();
        if let Some(module) = module_option(bytes) {
            let (module, tail) = if module.is_empty() {
                let (module, tail) = tail.split_first()?;
                (module.as_bytes(), tail)
            } else {
                (module, tail)
            };
            command.as_module = true;
            return matches!(module, b"streamlit" | b"streamlit.web.cli" | b"streamlit.cli").then_some(tail);
        }
        if !bytes.starts_with(b"-") || bytes == b"-" {
            return (program(word) == "streamlit").then_some(tail);
        }
        rest = if PYTHON_VALUES.iter().any(|option| word == option) { tail.get(1..)? } else { tail };
    }
    None
}

/// Returns what follows `-m` in `-m`, `-mstreamlit`, `-um`: one-letter options may be written together.
fn module_option(word: &[u8]) -> Option<&[u8]> {
    let letters = word.strip_prefix(b"-").filter(|letters| !letters.starts_with(b"-"))?;
    let place = letters.iter().position(|letter| b"mcWXQ".contains(letter))?;
    (letters[place] == b'm').then(|| &letters[place + 1..])
}

/// `[--log_level X] run|hello [OPTIONS] [SCRIPT] [ARGUMENTS]`.
fn read_arguments(mut words: &[OsString], command: &mut LaunchCommand) -> Option<()> {
    loop {
        let (word, rest) = words.split_first()?;
        words = rest;
        match word.as_bytes() {
            b"run" => break,
            b"hello" => {
                command.target = LaunchTarget::Hello;
                break;
            }
            b"--log_level" => words = words.get(1..)?,
            option if option.starts_with(b"--log_level=") => {}
            _ => return None,
        }
    }
    let mut target = None;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "--" {
            target = target.or_else(|| words.next());
            break;
        }
        match word.as_bytes().strip_prefix(b"--") {
            Some(option) => command.flags.push(flag(option, &mut words)),
            None => target = target.or(Some(word)),
        }
    }
    let Some(target) = target.filter(|_| command.target != LaunchTarget::Hello) else {
        if command.target == LaunchTarget::Script {
            command.target = LaunchTarget::Default;
        }
        return Some(());
    };
    if is_url(target) {
        command.target = LaunchTarget::Address(target.to_string_lossy().into_owned());
    } else {
        command.script = Some(PathBuf::from(target));
    }
    Some(())
}

/// One option, its value taken from itself or from the next word.
fn flag<'w>(option: &[u8], words: &mut impl Iterator<Item = &'w OsString>) -> (String, String) {
    let text = String::from_utf8_lossy(option);
    match text.split_once('=') {
        Some((key, value)) => (key.to_owned(), value.to_owned()),
        None => (
            text.into_owned(),
            words.next().map_or_else(|| "true".to_owned(), |value| value.to_string_lossy().into_owned()),
        ),
    }
}

/// Streamlit takes what begins with `http://` or `https://` for the address of a script.
fn is_url(target: &OsStr) -> bool {
    [&b"http://"[..], b"https://"].iter().any(|scheme| target.as_bytes().starts_with(scheme))
}

fn skip_options<'w>(words: &'w [OsString], valued: &[&str]) -> &'w [OsString] {
    let mut rest = words;
    while let [word, tail @ ..] = rest {
        if word == "--" {
            return tail;
        }
        if !word.as_bytes().starts_with(b"-") {
            break;
        }
        let takes_next = valued.iter().any(|option| word == option);
        rest = if takes_next { tail.get(1..).unwrap_or_default() } else { tail };
    }
    rest
}

/// `NAME=value` as a shell understands it.
fn assignment(word: &OsStr) -> Option<(String, OsString)> {
    let bytes = word.as_bytes();
    let sign = bytes.iter().position(|byte| *byte == b'=')?;
    let name = std::str::from_utf8(&bytes[..sign]).ok()?;
    let starts = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let holds = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    (starts && holds).then(|| (name.to_owned(), OsString::from_vec(bytes[sign + 1..].to_vec())))
}

/// The last component of a program's path.
fn program(word: &OsStr) -> &str {
    Path::new(word).file_name().and_then(OsStr::to_str).unwrap_or_default()
}

fn has_folder(word: &OsStr) -> bool {
    word.as_bytes().contains(&b'/')
}

/// `python`, `python3`, `python3.11`, `pypy3`.
fn is_python(name: &str) -> bool {
    let version = name.strip_prefix("python").or_else(|| name.strip_prefix("pypy"));
    version
        .is_some_and(|version| version.chars().all(|letter| letter.is_ascii_digit() || letter == '.' || letter == 't'))
}
