//! The way from what a command names to the interpreter itself: console scripts by their first lines, pyenv's shims by
//! pyenv's version file.

use crate::guarded::{self, Refusal};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Longest first line the kernel reads is 255 bytes; pip's two-line form and pyenv's shims need a little more.
const HEAD_BYTES: u64 = 4096;

/// A console script leads to a shim, a shim to a console script, that to an interpreter; more is a loop.
const MOST_STEPS: usize = 5;

/// The interpreter that runs when `executable` is started: itself, unless it is a script. `find` looks a name up on
/// PATH.
pub(super) fn behind(executable: &Path, find: &dyn Fn(&OsStr) -> Option<PathBuf>) -> Option<PathBuf> {
    let mut at = executable.to_path_buf();
    for _ in 0..MOST_STEPS {
        let head = head(&at)?;
        let Some(script) = head.strip_prefix(b"#!") else {
            return guarded::may_run(&at).then_some(at);
        };
        at = started_by(script, &at, find)?;
    }
    None
}

/// Finds what runs a script, by its lines after `#!`.
fn started_by(script: &[u8], file: &Path, find: &dyn Fn(&OsStr) -> Option<PathBuf>) -> Option<PathBuf> {
    let mut lines = script.split(|byte| *byte == b'\n');
    let mut words = lines.next()?.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let program = path(words.next()?);
    // `#!/usr/bin/env -S python3 -I` too.
    let mut by_env = || words.find(|word| !word.starts_with(b"-")).map(path);
    let (program, named) = if program.ends_with("env") { (by_env()?, true) } else { (program, false) };
    match program.file_name()?.as_bytes() {
        b"sh" | b"bash" => exec_line(lines).or_else(|| pyenv_shim(file, script)),
        name if !name.starts_with(b"python") && !name.starts_with(b"pypy") => None,
        name if named => find(OsStr::from_bytes(name)),
        _ => Some(program),
    }
}

/// The two-line form that pip, uv and others write where the path is too long for a first line, or has a space:
/// `'''exec' "/long path/python" "$0" "$@"`.
fn exec_line<'l>(mut lines: impl Iterator<Item = &'l [u8]>) -> Option<PathBuf> {
    let line = lines.next()?.strip_prefix(b"'''exec' ")?;
    let (close, start) = if line.starts_with(b"\"") { (b'"', 1) } else { (b' ', 0) };
    let end = line[start..].iter().position(|byte| *byte == close)? + start;
    Some(path(&line[start..end]))
}

/// `ROOT/shims/NAME` runs `ROOT/versions/VERSION/bin/NAME`, VERSION being the first line of `ROOT/version` unless the
/// environment or a `.python-version` says otherwise.
fn pyenv_shim(shim: &Path, head: &[u8]) -> Option<PathBuf> {
    let folder = shim.parent().filter(|folder| folder.ends_with("shims"))?;
    let is_shim = head.windows(11).any(|part| part == b"pyenv\" exec");
    let root = is_shim.then(|| folder.parent()).flatten()?;
    let versions = guarded::read_start(&root.join("version"), HEAD_BYTES).ok()?;
    let version = versions.split(u8::is_ascii_whitespace).find(|word| !word.is_empty())?;
    let target = root.join("versions").join(path(version)).join("bin").join(shim.file_name()?);
    guarded::is_file(&target).then_some(target)
}

/// The beginning of a regular file; nothing else is opened.
fn head(file: &Path) -> Option<Vec<u8>> {
    match guarded::read_start(file, HEAD_BYTES) {
        // An interpreter that may be run but not read is still an interpreter.
        Err(Refusal::Denied) if guarded::is_file(file) => Some(Vec::new()),
        head => head.ok(),
    }
}

fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from_vec(bytes.to_vec()))
}
