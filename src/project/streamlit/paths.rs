//! Paths as Python's `os.path` computes them; where they differ from the standard library's, Streamlit follows Python.

use crate::guarded;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

/// `os.path.normpath(os.path.join(cwd, path))`: made absolute, `.` and `..` taken out without asking the file system.
pub(super) fn absolute(path: &Path, cwd: &Path) -> PathBuf {
    let mut result = PathBuf::from("/");
    for part in cwd.join(path).components() {
        match part {
            Component::ParentDir => {
                result.pop();
            }
            Component::Normal(name) => result.push(name),
            Component::RootDir | Component::CurDir | Component::Prefix(_) => {}
        }
    }
    result
}

/// `os.path.realpath` of an absolute path: links resolved as far as the path exists, the rest appended.
pub(super) fn real(path: &Path) -> PathBuf {
    if let Ok(real) = guarded::real_path(path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => absolute(path, Path::new("/")),
    }
}

/// The folder in which a file stands; a path without folder stands in the root.
pub(super) fn folder(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("/")).to_path_buf()
}

/// The entries of a `:`-separated list such as `PYTHONPATH`, absolute; an empty entry is the working folder.
/// An empty or missing list has no entries.
pub(super) fn list(value: Option<&OsStr>, cwd: &Path) -> Vec<PathBuf> {
    let bytes = value.map_or(&b""[..], OsStr::as_bytes);
    if bytes.is_empty() {
        return Vec::new();
    }
    bytes.split(|byte| *byte == b':').map(|entry| absolute(Path::new(OsStr::from_bytes(entry)), cwd)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_taken_out_without_asking_the_file_system() {
        let at = |path: &str| absolute(Path::new(path), Path::new("/home/me"));
        assert_eq!(at("../you/./src//x/"), Path::new("/home/you/src/x"));
        assert_eq!(at("/../.."), Path::new("/"));
        assert_eq!(at(""), Path::new("/home/me"));
    }

    #[test]
    fn an_empty_entry_of_a_list_is_the_working_folder() {
        let entries = |value: &str| list(Some(OsStr::new(value)), Path::new("/home/me"));
        assert_eq!(entries("/a::lib"), [Path::new("/a"), Path::new("/home/me"), Path::new("/home/me/lib")]);
        assert!(entries("").is_empty(), "an empty variable is as good as none");
    }
}
