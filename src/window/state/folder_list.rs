//! Folders that complete the path typed on the first step: so that choosing one never depends on a dialog of the
//! desktop. They are read beside the drawing thread; here is what is known of them.

use super::typed;
use std::path::{Path, PathBuf};

/// Names found in a folder; `None`: it could not be read.
pub type Names = Option<Vec<String>>;

/// The folders offered below the field.
#[derive(Default)]
pub struct FolderList {
    /// Whether they are shown: something was typed, or the desktop's dialog may not come.
    pub open: bool,
    /// Whether the keyboard or the pointer is among them.
    pub inside: bool,
    /// The folder they are in, and what was found there once it is read.
    pub read: Option<(PathBuf, Option<Names>)>,
}

impl FolderList {
    /// Greatest number of folders that are offered at once.
    pub const MOST: usize = 6;

    /// Closes the list. What was read may be out of date when it is opened again.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Takes what was found in `folder`, unless something else was asked for meanwhile.
    pub fn take(&mut self, folder: &Path, names: Names) {
        if let Some((wanted, found)) = &mut self.read
            && wanted == folder
        {
            *found = Some(names);
        }
    }

    /// The names found in `folder`, where it has been read.
    #[must_use]
    pub fn names_in(&self, folder: &Path) -> Option<&Names> {
        let (read, names) = self.read.as_ref()?;
        names.as_ref().filter(|_| read == folder)
    }

    /// Whether `folder` has been read or is being read.
    #[must_use]
    pub fn asked_for(&self, folder: &Path) -> bool {
        self.read.as_ref().is_some_and(|(read, _)| read == folder)
    }
}

/// Splits a typed text into the folder it is in and the beginning of a name, as a shell completes it. An empty field
/// stands for the home folder; a relative path is not completed.
#[must_use]
pub fn begun(text: &str, home: Option<&Path>) -> Option<(PathBuf, String)> {
    let text = text.trim_start();
    let Some(path) = typed(text, home) else { return Some((home?.to_path_buf(), String::new())) };
    if !path.is_absolute() {
        return None;
    }
    if text.ends_with('/') || text == "~" {
        return Some((path.components().collect(), String::new())); // without the slash at its end
    }
    Some((path.parent()?.to_path_buf(), path.file_name()?.to_str()?.to_owned()))
}

/// The names that begin with `beginning`, whatever the case. Hidden ones are asked for with their dot.
pub fn beginning<'a>(names: &'a [String], beginning: &str) -> impl Iterator<Item = &'a String> {
    let beginning = beginning.to_lowercase();
    let hidden = beginning.starts_with('.');
    names.iter().filter(move |name| hidden == name.starts_with('.') && name.to_lowercase().starts_with(&beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_as_a_shell_completes_it() {
        let home = Some(Path::new("/home/mia"));
        for (text, folder, name) in [
            ("", "/home/mia", ""),
            ("~", "/home/mia", ""),
            ("~/", "/home/mia", ""),
            ("~/pro", "/home/mia", "pro"),
            ("/srv/a/", "/srv/a", ""),
            ("/srv/a", "/srv", "a"),
            ("/", "/", ""),
        ] {
            let (begun, beginning) = begun(text, home).expect("an absolute path");
            assert_eq!((begun.to_str(), beginning.as_str()), (Some(folder), name), "{text:?}");
        }
        assert_eq!(begun("relative", home), None, "nobody knows what it would be relative to");
    }

    #[test]
    fn hidden_folders_are_asked_for_with_their_dot() {
        let names = ["Projects", "private", ".config"].map(str::to_owned);
        let begin = |with| beginning(&names, with).map(String::as_str).collect::<Vec<_>>();
        assert_eq!(begin("pr"), ["Projects", "private"]);
        assert_eq!(begin(""), ["Projects", "private"]);
        assert_eq!(begin(".c"), [".config"]);
    }

    #[test]
    fn what_comes_too_late_is_not_taken() {
        let mut list = FolderList { read: Some(("/b".into(), None)), ..FolderList::default() };
        list.take(Path::new("/a"), Some(vec!["old".into()]));
        assert!(list.names_in(Path::new("/b")).is_none());
        list.take(Path::new("/b"), None);
        assert_eq!(list.names_in(Path::new("/b")), Some(&None), "it is known that it cannot be read");
    }
}
