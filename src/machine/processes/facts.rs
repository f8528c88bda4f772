//! Further facts about a process that holds watches: who it is, what it runs, since when.

use super::kind::{self, Kind};
use super::user_namespace;
use crate::machine::process_dir::{ProcessDir, words};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

/// The facts of one process.
#[derive(Clone, Debug)]
pub(super) struct ProcessFacts {
    pub(super) uid: u32,
    pub(super) parent: u32,
    /// Clock ticks between boot and start.
    pub(super) started_ticks: Option<u64>,
    pub(super) program: String,
    pub(super) command: Vec<OsString>,
    pub(super) kind: Kind,
    pub(super) cwd: Option<PathBuf>,
    /// The number of its user namespace.
    pub(super) namespace: Option<u64>,
}

impl ProcessFacts {
    pub(super) fn read(process: &ProcessDir) -> Result<Self, Errno> {
        let stat = process.stat()?;
        let command = words::arguments(&command_line(process)?);
        let executable = process.executable().map(|path| file_name(&without_deleted(path.into())));
        let comm = stat.as_ref().map_or("", |stat| &stat.comm);
        let program = program(&command, executable.as_deref(), comm);
        Ok(Self {
            uid: uid(process),
            parent: stat.as_ref().map_or(0, |stat| stat.ppid.unsigned_abs()),
            started_ticks: stat.map(|stat| stat.starttime),
            kind: kind(&program, executable.as_deref(), &command),
            program,
            command,
            cwd: process.cwd(),
            namespace: process.link(c"ns/user").and_then(|link| user_namespace::number(link.as_bytes())),
        })
    }
}

/// The command line; empty in place of one that has no end.
pub(super) fn command_line(process: &ProcessDir) -> Result<Vec<u8>, Errno> {
    process.command_line().or_else(|error| if error == Errno::TOOBIG { Ok(Vec::new()) } else { Err(error) })
}

/// Tells whether the command line in `cmdline` is that of a Streamlit app or of uvicorn.
pub(super) fn is_app(cmdline: &[u8]) -> bool {
    // Cheap first: this is asked of every process.
    const WORDS: [&[u8]; 3] = [b"streamlit", b"uvicorn", b"fastapi"];
    WORDS.iter().any(|word| memchr::memmem::find(cmdline, word).is_some()) && {
        let command = words::arguments(cmdline);
        Kind::of(&program(&command, None, ""), &command).is_app()
    }
}

/// The effective user id, which the folder's owner is not for a process that is not dumpable.
pub(super) fn uid(process: &ProcessDir) -> u32 {
    process.effective_user().ok().or_else(|| process.owner()).unwrap_or(u32::MAX)
}

/// The file name in the first argument, unless a title stands in its place (`sshd: ada@pts/0`) or it is Chromium's
/// `/proc/self/exe`: then the executable's, then the kernel's short name.
fn program(command: &[OsString], executable: Option<&str>, comm: &str) -> String {
    let first = command.first().map(|first| first.as_bytes()).unwrap_or_default();
    let is_title = first.iter().any(u8::is_ascii_whitespace) || first.starts_with(b"/proc/self/");
    let named = (!is_title).then(|| file_name(OsStr::from_bytes(first))).filter(|name| !name.is_empty());
    // A login shell's first argument begins with a dash.
    let named = named.map(|name| name.strip_prefix('-').map_or(name.clone(), str::to_owned));
    let other = || executable.filter(|_| !command.is_empty()).unwrap_or(comm).to_owned();
    named.filter(|name| !name.is_empty()).unwrap_or_else(other)
}

fn kind(program: &str, executable: Option<&str>, command: &[OsString]) -> Kind {
    let by_program = Kind::of(program, command);
    let by_executable = || executable.map_or(Kind::Other, |executable| Kind::of(executable, command));
    if by_program == Kind::Other { by_executable() } else { by_program }
}

fn file_name(path: &OsStr) -> String {
    kind::base_name(&path.to_string_lossy()).to_owned()
}

fn without_deleted(link: OsString) -> OsString {
    let bytes = link.into_vec();
    let length = bytes.strip_suffix(b" (deleted)").unwrap_or(&bytes).len();
    OsString::from_vec(bytes[..length].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn strings(arguments: &[&str]) -> Vec<OsString> {
        arguments.iter().map(OsString::from).collect()
    }

    #[test]
    fn a_program_is_called_by_its_file_name() {
        let name = |first: &str| program(&strings(&[first]), Some("exe-name"), "comm");
        assert_eq!(name("/usr/bin/python3"), "python3");
        assert_eq!(name("-bash"), "bash");
        assert_eq!(name("sshd: ada@pts/0"), "exe-name");
        assert_eq!(name("/proc/self/exe"), "exe-name");
        assert_eq!(name("/opt/"), "opt");
        assert_eq!(program(&[], Some("exe-name"), "comm"), "comm");
        assert_eq!(program(&strings(&["a title"]), None, "comm"), "comm");
    }

    proptest! {
        #[test]
        fn any_command_line_is_read_without_panic(text: Vec<u8>) {
            is_app(&[&text, &b"streamlit\0run"[..]].concat());
            let command = words::arguments(&text);
            program(&command, None, "comm");
        }
    }
}
