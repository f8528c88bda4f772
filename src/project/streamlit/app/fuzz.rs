//! Promises about the interpreter of Python, for any text.

use super::read;
use crate::progress::Progress;
use crate::project::Launch;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs, process};

/// Files of the little project: the pieces of the input, cut at NUL, in this order.
const FILES: &[&str] = &["app.py", "a.py", "pkg/__init__.py", "pkg/b.py", "pages/1_p.py"];

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = env::temp_dir().join(format!("inotify-doctor-imports-{}", process::id()));
    ["pkg", "pages"].iter().for_each(|name| fs::create_dir_all(folder.join(name)).expect("a temporary folder"));
    folder
});

/// What is loaded is there, and the same every time.
pub(crate) fn check(bytes: &[u8]) {
    let mut pieces = bytes.split(|byte| *byte == 0);
    for file in FILES {
        fs::write(FOLDER.join(file), pieces.next().unwrap_or_default()).expect("a temporary file");
    }
    let launch = Launch { script: FOLDER.join(FILES[0]), cwd: FOLDER.clone(), ..Launch::default() };
    let modules = || read(&launch, None, &Progress::default()).expect("nobody cancels").possible.modules;
    let loaded = modules();
    assert!(loaded.iter().all(|module| Path::exists(module)), "what is loaded is there: {loaded:?}");
    assert_eq!(modules(), loaded, "the same every time");
}
