//! What else is told about a process that holds watches: who it is, what it runs, since when.

use super::kind::{self, Kind};
use super::process_dir::{Buffers, ProcessDir};
use super::user_namespace;
use procfs::process::{Stat, Status};
use procfs::{FromBufRead, FromRead};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// The facts of one process.
#[derive(Clone, Debug)]
pub(super) struct Facts {
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

impl Facts {
    pub(super) fn read(process: &ProcessDir, buffers: &mut Buffers) -> Result<Self, Errno> {
        let stat = stat(process, buffers)?;
        process.read(c"cmdline", &mut buffers.text)?;
        let command = arguments(&buffers.text);
        let executable = process.link(c"exe").map(|link| file_name(&without_deleted(link)));
        let comm = stat.as_ref().map_or("", |stat| &stat.comm);
        let program = program(&command, executable.as_deref(), comm);
        Ok(Self {
            uid: uid(process, buffers),
            parent: stat.as_ref().map_or(0, |stat| stat.ppid.unsigned_abs()),
            started_ticks: stat.map(|stat| stat.starttime),
            kind: kind(&program, executable.as_deref(), &command),
            program,
            command,
            cwd: process.link(c"cwd").map(PathBuf::from),
            namespace: process.link(c"ns/user").and_then(|link| user_namespace::number(link.as_bytes())),
        })
    }
}

/// Whether the command line in `cmdline` is that of a Streamlit app or of uvicorn.
pub(super) fn is_app(cmdline: &[u8]) -> bool {
    // Cheap first: this is asked of every process.
    const WORDS: [&[u8]; 3] = [b"streamlit", b"uvicorn", b"fastapi"];
    let mentions = |word: &&[u8]| cmdline.windows(word.len()).any(|window| window == *word);
    WORDS.iter().any(mentions) && {
        let command = arguments(cmdline);
        Kind::of(&program(&command, None, ""), &command).is_app()
    }
}

/// The process' stat file; `None` where the text is not what the kernel writes.
pub(super) fn stat(process: &ProcessDir, buffers: &mut Buffers) -> Result<Option<Stat>, Errno> {
    process.read(c"stat", &mut buffers.text)?;
    Ok(parse_stat(&buffers.text))
}

/// Shields `Stat::from_read`, which panics on text without a name in brackets.
fn parse_stat(text: &[u8]) -> Option<Stat> {
    let text = String::from_utf8_lossy(text);
    let text = text.trim();
    let (open, close) = (text.find('(')?, text.rfind(')')?);
    text.get(..open.checked_sub(1)?)?;
    text.get(open + 1..close)?;
    text.get(close + 2..)?;
    Stat::from_read(text.as_bytes()).ok()
}

/// The effective user id, which the folder's owner is not for a process that is not dumpable.
pub(super) fn uid(process: &ProcessDir, buffers: &mut Buffers) -> u32 {
    let told = process.read(c"status", &mut buffers.text).ok().and_then(|()| {
        // The name may hold any byte; the crate reads UTF-8 only.
        Status::from_buf_read(String::from_utf8_lossy(&buffers.text).as_bytes()).ok()
    });
    told.map(|status| status.euid).or_else(|| process.owner()).unwrap_or(u32::MAX)
}

/// The arguments of a `cmdline` file: each ends in NUL. A program that writes a title over them leaves a tail of
/// NULs, which is no row of empty arguments; a single empty last argument is one.
fn arguments(cmdline: &[u8]) -> Vec<OsString> {
    let cmdline = cmdline.strip_suffix(b"\0").unwrap_or(cmdline);
    let end = if cmdline.ends_with(b"\0\0") { cmdline.iter().rposition(|byte| *byte != 0) } else { None };
    let cmdline = end.map_or(cmdline, |end| &cmdline[..=end]);
    if cmdline.iter().all(|byte| *byte == 0) {
        return Vec::new();
    }
    cmdline.split(|byte| *byte == 0).map(|argument| OsString::from_vec(argument.to_vec())).collect()
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

/// When the machine was started, seconds since the Unix epoch.
pub(super) fn boot_time(proc: &Path) -> Option<u64> {
    use procfs::FromReadSI;
    procfs::KernelStats::from_file(proc.join("stat"), procfs::current_system_info()).ok().map(|stat| stat.btime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn strings(arguments: &[&str]) -> Vec<OsString> {
        arguments.iter().map(OsString::from).collect()
    }

    #[test]
    fn arguments_end_in_nul_and_a_title_leaves_a_tail() {
        assert_eq!(arguments(b"sh\0-c\0\n\0"), strings(&["sh", "-c", "\n"]));
        assert_eq!(arguments(b"x\0\0"), strings(&["x", ""]));
        assert_eq!(arguments(b"nginx: master\0\0\0\0\0"), strings(&["nginx: master"]));
        assert_eq!(arguments(b"title without end"), strings(&["title without end"]));
        assert_eq!(arguments(b""), strings(&[]));
        assert_eq!(arguments(b"\0\0\0"), strings(&[]));
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

    #[test]
    fn a_name_with_brackets_and_spaces_does_not_shift_the_fields() {
        let zeros = "0 ".repeat(45);
        let stat = parse_stat(format!("42 (a) R (b) S 7 {zeros}").as_bytes()).expect("as the kernel writes it");
        assert_eq!((stat.comm.as_str(), stat.state, stat.ppid), ("a) R (b", 'S', 7));
    }

    proptest! {
        #[test]
        fn any_stat_is_read_without_panic(text: Vec<u8>) {
            parse_stat(&text);
        }

        #[test]
        fn anything_like_a_stat_is_read_without_panic(text in "[0-9]{0,2} ?[(]?[a-zé)( ]{0,4}[)]?[é ]{0,2}[SZ]? ?([0-9-]{1,3} ){0,52}") {
            parse_stat(text.as_bytes());
        }

        #[test]
        fn any_command_line_is_read_without_panic(text: Vec<u8>) {
            is_app(&[&text, &b"streamlit\0run"[..]].concat());
            let command = arguments(&text);
            program(&command, None, "comm");
        }

        #[test]
        fn a_command_line_is_read_back(argv in proptest::collection::vec("[^\0]{1,8}", 1..5)) {
            let text: Vec<u8> = argv.iter().flat_map(|argument| [argument.as_bytes(), b"\0"].concat()).collect();
            prop_assert_eq!(arguments(&text), argv.iter().map(OsString::from).collect::<Vec<_>>());
        }
    }
}
