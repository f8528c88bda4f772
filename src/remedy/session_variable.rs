//! The environment variable for the whole desktop session: a file of `~/.config/environment.d` (environment.d(5)),
//! which the person's systemd reads when the session begins.

use super::watcher::{FILE_WATCHER_VARIABLE, FileWatcher, Stronger, stronger_than_variable, with_new_folders};
use super::{Change, OwnFolders, Plan, RemedyError, RemedyName, file_change};
use crate::guarded;
use crate::machine::Places;
use crate::project::Streamlit;
use crate::watchers::PollingVariable;
use crate::xdg::Purpose;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

const NAME: &str = "60-inotify-doctor.conf";

/// The file of the person whose environment is `variables`.
///
/// # Errors
/// [`RemedyError::NoHome`].
pub fn file(variables: &BTreeMap<OsString, OsString>) -> Result<PathBuf, RemedyError> {
    let config = Purpose::Config.folder(|name| variables.get(OsStr::new(name)).cloned());
    Ok(config.ok_or(RemedyError::NoHome)?.join("environment.d").join(NAME))
}

/// Plans the change of `file`. The session takes it over at the next login.
///
/// # Errors
/// What keeps the file from being read or written.
pub fn plan(choice: FileWatcher, file: &Path, own: &OwnFolders, now: Option<&Streamlit>) -> Result<Plan, RemedyError> {
    let changes = changes(&[PollingVariable { name: FILE_WATCHER_VARIABLE, value: choice.word() }], file, own)?;
    let stronger = now.and_then(|now| stronger_than_variable(now, super::watcher::FILE_WATCHER_KEY));
    let promise = with_new_folders(choice.promise(now, stronger.as_ref()), &changes, now);
    Ok(Plan { remedy: RemedyName::SessionVariable, changes, promise })
}

/// The changes that set these variables in `file`.
///
/// # Errors
/// What keeps the file from being read or written.
pub(super) fn changes(
    variables: &[PollingVariable],
    file: &Path,
    own: &OwnFolders,
) -> Result<Vec<Change>, RemedyError> {
    let path = own.resolve(file)?;
    let before = file_change::read(&path)?;
    let start = before.clone().unwrap_or_default();
    let after = variables.iter().fold(start, |text, variable| edited(&text, *variable));
    file_change::plan(&path, before, after)
}

/// Finds what wins over the file in every new session: a file of environment.d whose name comes later.
#[must_use]
pub fn still_wins(variable: &str, file: &Path, places: &Places) -> Option<Stronger> {
    let system = ["/etc/environment.d", "/run/environment.d", "/usr/local/lib/environment.d", "/usr/lib/environment.d"];
    let folders = file.parent().map(Path::to_path_buf).into_iter().chain(system.map(|folder| places.at(folder)));
    let files = folders.flat_map(|folder| guarded::paths_in(&folder));
    let later = files.filter(|other| {
        other.extension() == Some(OsStr::new("conf")) && other.file_name() > file.file_name() && sets(other, variable)
    });
    later.max_by_key(|other| other.file_name().map(OsStr::to_owned)).map(Stronger::File)
}

fn sets(file: &Path, variable: &str) -> bool {
    let read = guarded::read(file, guarded::SMALL_BYTES);
    read.is_ok_and(|bytes| bytes.split(|byte| *byte == b'\n').any(|line| is_assignment(line, variable)))
}

fn is_assignment(line: &[u8], variable: &str) -> bool {
    line.trim_ascii_start().strip_prefix(variable.as_bytes()).is_some_and(|rest| rest.starts_with(b"="))
}

/// Edits the file: every line that sets the variable sets it anew; without one, a line is added.
fn edited(before: &[u8], variable: PollingVariable) -> Vec<u8> {
    let PollingVariable { name, value } = variable;
    let assignment = format!("{name}={value}");
    if before.is_empty() {
        let comment = "# Written by Inotify Doctor: how programs notice changed files, for all of this session.";
        return format!("{comment}\n{assignment}\n").into_bytes();
    }
    let mut after = Vec::with_capacity(before.len() + assignment.len());
    let mut found = false;
    for line in before.split_inclusive(|byte| *byte == b'\n') {
        if is_assignment(line, name) {
            found = true;
            after.extend_from_slice(assignment.as_bytes());
            let text = line.trim_ascii_end().len();
            after.extend_from_slice(&line[text..]);
        } else {
            after.extend_from_slice(line);
        }
    }
    if !found {
        if !before.ends_with(b"\n") {
            after.push(b'\n');
        }
        after.extend_from_slice(assignment.as_bytes());
        after.push(b'\n');
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streamlit(choice: FileWatcher) -> PollingVariable {
        PollingVariable { name: FILE_WATCHER_VARIABLE, value: choice.word() }
    }

    #[test]
    fn the_variable_is_set_and_set_anew_and_everything_else_stays() {
        let once = edited(b"", streamlit(FileWatcher::None));
        assert!(once.ends_with(b"\nSTREAMLIT_SERVER_FILE_WATCHER_TYPE=none\n"));
        assert_eq!(edited(&once, streamlit(FileWatcher::None)), once);
        assert_eq!(
            edited(b"A=1\nSTREAMLIT_SERVER_FILE_WATCHER_TYPE=auto\r\nB=\xff", streamlit(FileWatcher::Poll)),
            b"A=1\nSTREAMLIT_SERVER_FILE_WATCHER_TYPE=poll\r\nB=\xff"
        );
        assert_eq!(edited(b"A=1", streamlit(FileWatcher::Poll)), b"A=1\nSTREAMLIT_SERVER_FILE_WATCHER_TYPE=poll\n");
    }

    #[test]
    fn a_later_file_that_sets_it_too_wins() {
        let root = tempfile::tempdir().unwrap();
        let places = Places { root: root.path().to_path_buf(), ..Places::default() };
        let folder = root.path().join("etc/environment.d");
        std::fs::create_dir_all(&folder).unwrap();
        let ours = root.path().join("home/.config/environment.d").join(NAME);
        std::fs::write(folder.join("50-a.conf"), "STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto\n").unwrap();
        std::fs::write(folder.join("90-b.conf"), "PATH=/x\n").unwrap();
        assert_eq!(still_wins(FILE_WATCHER_VARIABLE, &ours, &places), None);
        std::fs::write(folder.join("90-b.conf"), "STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto\n").unwrap();
        assert_eq!(still_wins(FILE_WATCHER_VARIABLE, &ours, &places), Some(Stronger::File(folder.join("90-b.conf"))));
    }
}
