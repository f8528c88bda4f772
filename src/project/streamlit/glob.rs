//! Patterns as Streamlit matches folders with them: Python's `fnmatch`, in which `*` also crosses `/`, on raw bytes.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// The folders whose modules Streamlit never watches (`DEFAULT_FOLDER_BLACKLIST`, the same in 1.40 to 1.67).
const NEVER_WATCHED: [&str; 14] = [
    "**/.*",
    "**/anaconda",
    "**/anaconda2",
    "**/anaconda3",
    "**/dist-packages",
    "**/miniconda",
    "**/miniconda2",
    "**/miniconda3",
    "**/node_modules",
    "**/pyenv",
    "**/site-packages",
    "**/venv",
    "**/virtualenv",
    "**/htmlcov",
];

/// Tells whether modules in this file's folder are blacklisted, by default or by an entry of
/// `server.folderWatchBlacklist`.
pub(super) fn is_blacklisted(file: &Path, own_entries: &[String]) -> bool {
    own_entries.iter().map(String::as_str).chain(NEVER_WATCHED).any(|entry| file_is_in(file, entry.as_bytes()))
}

/// `file_util.file_is_in_folder_glob`: the folder is a pattern, whatever characters it has in it.
pub(super) fn file_is_in(file: &Path, folder: &[u8]) -> bool {
    let mut pattern = folder.to_vec();
    if !pattern.ends_with(b"*") {
        pattern.extend_from_slice(if pattern.ends_with(b"/") { b"*" } else { b"/*" });
    }
    let mut directory = super::paths::folder(file).as_os_str().as_bytes().to_vec();
    directory.push(b'/');
    matches(&pattern, &directory)
}

/// `fnmatch.fnmatch` on a case-sensitive system. Time grows with the product of both lengths at worst.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut place) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while place < text.len() {
        let step = match pattern.get(at) {
            Some(b'*') => {
                retry = Some((at + 1, place));
                at += 1;
                continue;
            }
            Some(b'?') => Some(1),
            Some(b'[') => one_of(&pattern[at..], text[place]),
            Some(byte) => (*byte == text[place]).then_some(1),
            None => None,
        };
        match (step, retry) {
            (Some(length), _) => (at, place) = (at + length, place + 1),
            (None, Some((after_star, from))) => {
                (at, place) = (after_star, from + 1);
                retry = Some((after_star, from + 1));
            }
            (None, None) => return false,
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// Matches one byte against `[…]` at the start of `pattern`; the length of the bracket when it does.
/// Without its end, `[` stands for itself.
fn one_of(pattern: &[u8], byte: u8) -> Option<usize> {
    let negated = pattern.get(1) == Some(&b'!');
    let first = if negated { 2 } else { 1 };
    let Some(end) = pattern.iter().skip(first + 1).position(|b| *b == b']').map(|offset| offset + first + 1) else {
        return (byte == b'[').then_some(1);
    };
    let mut members = &pattern[first..end];
    let mut inside = false;
    while let [low, rest @ ..] = members {
        match rest {
            [b'-', high, after @ ..] => {
                inside |= (*low..=*high).contains(&byte);
                members = after;
            }
            _ => {
                inside |= *low == byte;
                members = rest;
            }
        }
    }
    (inside != negated).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_default_blacklist_covers_hidden_and_package_folders_wherever_they_are() {
        for (file, blacklisted) in [
            ("/home/me/app/util.py", false),
            ("/home/me/app/.hidden/util.py", true),
            ("/home/me/.projects/app/util.py", true),
            ("/home/me/app/venv/lib/x.py", true),
            ("/home/me/app/env/lib/x.py", false),
            ("/home/me/app/env/lib/python3.11/site-packages/x.py", true),
            ("/home/me/app/myvenv/x.py", false),
        ] {
            assert_eq!(is_blacklisted(Path::new(file), &[]), blacklisted, "{file}");
        }
    }

    #[test]
    fn a_folder_name_is_a_pattern() {
        assert!(file_is_in(Path::new("/a/b/c.py"), b"/a"));
        assert!(!file_is_in(Path::new("/ab/c.py"), b"/a"));
        assert!(!file_is_in(Path::new("/a[1]/c.py"), b"/a[1]"), "a class matches one character, not itself");
        assert!(file_is_in(Path::new("/a1/c.py"), b"/a[0-9]"));
        assert!(!file_is_in(Path::new("/a1/c.py"), b"/a[!0-9]"));
        assert!(file_is_in(Path::new("/a[/c.py"), b"/a["));
        assert!(file_is_in(Path::new("/a]/c.py"), b"/a[]]"));
        assert!(file_is_in(Path::new("/c.py"), b"/"));
    }

    proptest! {
        #[test]
        fn any_pattern_on_any_path_gives_an_answer(pattern in proptest::collection::vec(any::<u8>(), 0..40),
                                                   path in "[a-z/\\[\\]*!-]{0,30}") {
            let _ = file_is_in(Path::new(&path), &pattern);
        }
    }
}
