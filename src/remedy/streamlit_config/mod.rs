//! Streamlit's settings file: `.streamlit/config.toml` of the project or of the person.

mod edit;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;

use super::watcher::{self, FILE_WATCHER_KEY, FileWatcher, RUN_ON_SAVE_KEY, Stronger};
use super::{HotReload, OwnFolders, Plan, Promise, RemedyError, RemedyName, file_change};
use crate::project::Streamlit;
use crate::project::streamlit::broken_toml;
use std::path::{Path, PathBuf};

/// The commented file that a project without one can start from.
const STARTER: &str = include_str!("../../../assets/streamlit-config-starter.toml");

/// The settings that are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConfigRequest {
    /// `server.fileWatcherType`; `None` leaves it.
    pub file_watcher: Option<FileWatcher>,
    /// `server.runOnSave`; `None` leaves it.
    pub run_on_save: Option<bool>,
    /// A file that is not there yet begins as the commented starter.
    pub starter: bool,
}

/// The settings file of the folder that the app is started from.
#[must_use]
pub fn project_file(cwd: &Path) -> PathBuf {
    cwd.join(".streamlit/config.toml")
}

/// The person's settings file.
#[must_use]
pub fn personal_file(home: &Path) -> PathBuf {
    project_file(home)
}

/// Lists what would still win over what is asked for: each setting with the stronger place.
#[must_use]
pub fn still_wins(request: ConfigRequest, file: &Path, now: &Streamlit) -> Vec<(&'static str, Stronger)> {
    let watcher = request.file_watcher.map(|_| FILE_WATCHER_KEY);
    let run_on_save = request.run_on_save.map(|_| RUN_ON_SAVE_KEY);
    let asked = [watcher, run_on_save].into_iter().flatten();
    asked.filter_map(|key| watcher::stronger_than_file(now, key, file).map(|stronger| (key, stronger))).collect()
}

/// Plans the change of `file`, keeping every other byte. `now` is the forecast of the launch as it is.
///
/// # Errors
/// [`RemedyError::Broken`] for a file that is not valid TOML (see [`repair`]), [`RemedyError::NotATable`], or what
/// keeps the file from being read or written.
pub fn plan(
    request: ConfigRequest,
    file: &Path,
    own: &OwnFolders,
    now: Option<&Streamlit>,
) -> Result<Plan, RemedyError> {
    let path = own.resolve(file)?;
    let before = file_change::read(&path)?;
    let text = match &before {
        Some(bytes) => checked(&path, bytes)?,
        None if request.starter => STARTER,
        None => "",
    };
    let after =
        edited(text, request).map_err(|edit::NotATable(key)| RemedyError::NotATable { path: path.clone(), key })?;
    let stronger = now.and_then(|now| watcher::stronger_than_file(now, FILE_WATCHER_KEY, file));
    let is_new = before.is_none();
    let promise = match (request.file_watcher, now) {
        (Some(choice), _) => choice.promise(now, stronger.as_ref()),
        (None, Some(now)) => unchanged(now),
        (None, None) => FileWatcher::Auto.promise(None, None),
    };
    let changes =
        if is_new && after.is_empty() { Vec::new() } else { file_change::plan(&path, before, after.into_bytes())? };
    let mut promise = watcher::with_new_folders(promise, &changes, now);
    if is_new && promise.hot_reload == HotReload::Kept && now.is_some_and(watches_config_folders) {
        promise.watches_after = None;
    }
    Ok(Plan { remedy: RemedyName::StreamlitConfig, changes, promise })
}

/// Streamlit 1.47–1.53 also watches each folder that holds a settings file (measured): what a new one adds is not
/// known beforehand.
fn watches_config_folders(now: &Streamlit) -> bool {
    let release = now.version.as_ref().map(|version| version.release.as_slice());
    release.is_some_and(|release| release >= [1, 47].as_slice() && release < [1, 54].as_slice())
}

/// Returns the promise of run on save alone, which frees nothing: the app watches as before. The setting is read when
/// the app starts.
fn unchanged(now: &Streamlit) -> Promise {
    let (watches_after, hot_reload) = watcher::as_forecast(Some(now));
    Promise { watches_after, hot_reload, needs_administrator: false, survives_reboot: true, needs_restart: true }
}

fn checked<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, RemedyError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| RemedyError::NotUtf8 { path: path.to_path_buf(), byte: error.valid_up_to() })?;
    match broken_toml(text) {
        None => Ok(text),
        Some(broken) => Err(RemedyError::Broken { path: path.to_path_buf(), broken: Box::new(broken) }),
    }
}

/// The watcher is put in last, so that it stands first where both are new.
fn edited(text: &str, request: ConfigRequest) -> Result<String, edit::NotATable> {
    let mut text = text.to_owned();
    if let Some(run_on_save) = request.run_on_save {
        text = edit::set(&text, "server", "runOnSave", &run_on_save.into())?;
    }
    if let Some(watcher) = request.file_watcher {
        text = edit::set(&text, "server", "fileWatcherType", &watcher.word().into())?;
    }
    Ok(text)
}

/// Plans the correction of a broken file, where every mistake in it is a known one: a word without quotes, a truth
/// value in Python's spelling, a byte order mark. `None` when it is not broken, or broken in another way.
///
/// # Errors
/// What keeps the file from being read or written.
pub fn repair(file: &Path, own: &OwnFolders) -> Result<Option<Plan>, RemedyError> {
    let path = own.resolve(file)?;
    let Some(before) = file_change::read(&path)? else { return Ok(None) };
    let Some(after) = std::str::from_utf8(&before).ok().and_then(repaired) else { return Ok(None) };
    rewrite(&path, before, after.into_bytes()).map(Some)
}

/// Plans that the real file `path` holds `after`, a valid text, in place of `before`.
///
/// # Errors
/// What keeps the file from being written.
pub(super) fn rewrite(path: &Path, before: Vec<u8>, after: Vec<u8>) -> Result<Plan, RemedyError> {
    let text = String::from_utf8_lossy(&after);
    let choice = match edit::word(&text, "server", "fileWatcherType").as_deref() {
        Some("none") => FileWatcher::None,
        Some("poll") => FileWatcher::Poll,
        _ => FileWatcher::Auto,
    };
    let changes = file_change::plan(path, Some(before), after)?;
    Ok(Plan { remedy: RemedyName::StreamlitConfig, changes, promise: choice.promise(None, None) })
}

/// The text with each known mistake corrected; `None` when nothing is broken or something else is.
fn repaired(text: &str) -> Option<String> {
    broken_toml(text)?;
    let mut text = text.trim_start_matches('\u{feff}').to_owned();
    for _ in 0..=text.lines().count() {
        let Some(broken) = broken_toml(&text) else { return Some(text) };
        text = with_line(&text, broken.line, &broken.suggestion?);
    }
    None
}

/// The text with line `number`, counted from 1, replaced; its ending stays.
fn with_line(text: &str, number: usize, new: &str) -> String {
    let mut whole = String::with_capacity(text.len() + new.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index + 1 == number {
            let ending = &line[line.trim_end_matches(['\r', '\n']).len()..];
            whole.push_str(new);
            whole.push_str(ending);
        } else {
            whole.push_str(line);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_mistakes_are_repaired_and_nothing_else() {
        assert_eq!(
            repaired("[server]\r\nfileWatcherType = none # off\r\nrunOnSave = False").as_deref(),
            Some("[server]\r\nfileWatcherType = \"none\" # off\r\nrunOnSave = false")
        );
        assert_eq!(repaired("\u{feff}[server]\nport = 1\n").as_deref(), Some("[server]\nport = 1\n"));
        assert_eq!(repaired("[server]\nport = 1\n"), None, "what is valid needs no repair");
        assert_eq!(repaired("[server]\nport = 1\nport = 2\nfileWatcherType = none\n"), None);
    }

    #[test]
    fn the_starter_is_valid_and_takes_the_settings() {
        assert!(broken_toml(STARTER).is_none());
        let request = ConfigRequest { file_watcher: Some(FileWatcher::Poll), run_on_save: Some(true), starter: true };
        let text = edited(STARTER, request).unwrap();
        assert_eq!(edit::word(&text, "server", "fileWatcherType").as_deref(), Some("poll"));
        assert_eq!(edited(&text, request).unwrap(), text);
    }
}
