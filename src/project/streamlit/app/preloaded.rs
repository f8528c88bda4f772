//! Top-level modules that a Streamlit process has loaded before the script runs: importing such a name gives that
//! module, whatever file of the project has the same name. Measured with Python 3.11 by printing `sys.modules` at the
//! top of a script.

use crate::project::Version;

/// The names loaded by this Streamlit; those common to all measured versions where it is not known.
pub(super) fn names(version: Option<&Version>) -> Vec<&'static str> {
    let more = match version {
        Some(version) if version.at_least(1, 66) => LOADED_BY_1_67,
        Some(version) if version.at_least(1, 54) => LOADED_BY_1_57,
        Some(_) => LOADED_BY_1_49,
        None => "",
    };
    ALWAYS.split_whitespace().chain(more.split_whitespace()).collect()
}

/// Tells whether the interpreter loads this itself, so that no file can shadow it.
pub(super) fn is_at_start(name: &str) -> bool {
    AT_START.split_whitespace().any(|known| known == name)
}

/// Tells whether this is a module of the standard library, of this Python 3 where it is known.
pub(super) fn is_standard(name: &str, minor: Option<u64>) -> bool {
    let gone = REMOVED.iter().any(|(in_minor, names)| {
        minor.is_some_and(|minor| minor >= *in_minor) && names.split_whitespace().any(|known| known == name)
    });
    let to_come = ADDED.iter().any(|(in_minor, names)| {
        minor.is_some_and(|minor| minor < *in_minor) && names.split_whitespace().any(|known| known == name)
    });
    !gone && !to_come && STANDARD.split_whitespace().any(|known| known == name)
}

/// Modules that are no longer there from this minor release on ("What's New in Python").
const REMOVED: [(u64, &str); 4] = [
    (10, "formatter parser symbol"),
    (11, "binhex"),
    (12, "asynchat asyncore imp smtpd"),
    (
        13,
        "aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd \
         sunau telnetlib uu xdrlib",
    ),
];

/// Modules that are there from this minor release on.
const ADDED: [(u64, &str); 3] = [(9, "graphlib zoneinfo"), (11, "tomllib"), (14, "annotationlib compression")];

/// Loaded by Streamlit 1.49, 1.57 and 1.67.
const ALWAYS: &str = "\
    __future__ __main__ abc array ast asyncio atexit base64 binascii bisect builtins bz2 calendar click codecs \
    collections concurrent configparser contextlib contextvars copy copyreg csv ctypes dataclasses datetime decimal \
    dis email encodings enum errno fcntl fnmatch functools gc genericpath gettext google hashlib heapq hmac html \
    http importlib inspect io ipaddress itertools json keyword linecache locale logging lzma marshal math mimetypes \
    multiprocessing ntpath numbers opcode operator os packaging pathlib pickle platform posix posixpath queue quopri \
    random re reprlib secrets select selectors shlex shutil signal site socket ssl stat streamlit string struct \
    subprocess sys tempfile textwrap threading time timeit token tokenize traceback types typing typing_extensions \
    urllib uuid warnings watchdog weakref zipfile zipimport zlib";

/// Modules also loaded by Streamlit 1.67.
const LOADED_BY_1_67: &str = "\
    anyio fractions h11 itsdangerous python_multipart socketserver starlette sysconfig tomllib uvicorn websockets \
    zoneinfo";

/// Modules also loaded by Streamlit 1.57.
const LOADED_BY_1_57: &str = "\
    anyio blinker cachetools fractions httptools itsdangerous python_multipart socketserver starlette sysconfig toml \
    uvicorn websockets";

/// Modules also loaded by Streamlit 1.49.
const LOADED_BY_1_49: &str = "\
    blinker cachetools curses getpass git gitdb glob gzip mmap smmap stringprep termios tornado unicodedata";

/// Loaded by the interpreter itself, before `sys.path` is complete, or compiled into it: no file can shadow them.
const AT_START: &str = "\
    __main__ abc atexit builtins codecs encodings errno faulthandler gc genericpath io itertools marshal os posix \
    posixpath pwd site stat sys time xxsubtype zipimport";

/// The standard library of Python 3.8 to 3.14 (`sys.stdlib_module_names`).
const STANDARD: &str = "\
    __future__ abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 \
    bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections \
    colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes \
    curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno \
    faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext \
    glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress \
    itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap \
    modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator \
    optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath \
    pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib \
    resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr \
    socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep \
    struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this \
    threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types \
    typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib \
    xml xmlrpc zipapp zipfile zipimport zlib zoneinfo";
