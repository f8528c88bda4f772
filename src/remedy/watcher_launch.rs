//! What the launch of a watcher is told: by a variable to poll, by `--reload-dir` to watch less. It is written into a
//! shell script, into the scripts of `package.json`, or into the desktop session.

use super::launch_script::{self, LaunchScript, Unchanged};
use super::{HotReload, OwnFolders, Plan, Promise, RemedyError, RemedyName, file_change, session_variable};
use crate::watchers::{Documented, PollingVariable, WatcherKind};
use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstRootNode};
use std::ffi::OsStr;
use std::path::Path;

/// What a launch is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LaunchSetting {
    /// To poll.
    Polls(WatcherKind, PollingVariable),
    /// To watch these folders only, named as the launch names folders: `--reload-dir` of uvicorn, once for each.
    ReloadDirs(Vec<String>),
}

impl LaunchSetting {
    /// The watcher that it is for.
    #[must_use]
    pub const fn kind(&self) -> WatcherKind {
        match self {
            Self::Polls(kind, _) => *kind,
            Self::ReloadDirs(_) => WatcherKind::Uvicorn,
        }
    }

    /// The text as it would be typed.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Polls(_, polling) => format!("{}={}", polling.name, polling.value),
            Self::ReloadDirs(folders) => {
                let each = folders.iter().map(|folder| format!("{RELOAD_DIR} {}", quoted(folder)));
                each.collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn in_script(&self, text: &[u8]) -> Result<Vec<u8>, Unchanged> {
        let script = LaunchScript::read_for(text, self.kind());
        match self {
            Self::Polls(_, polling) => script.with_variable(polling.value),
            Self::ReloadDirs(folders) => script.with_options(RELOAD, RELOAD_DIR, &words(folders)),
        }
    }

    /// The same for one command of `package.json`, which is one line.
    fn in_line(&self, text: &[u8]) -> Result<Vec<u8>, Unchanged> {
        let script = LaunchScript::read_for(text, self.kind());
        match self {
            Self::Polls(_, polling) => script.with_prefix(polling.value),
            Self::ReloadDirs(folders) => script.with_options(RELOAD, RELOAD_DIR, &words(folders)),
        }
    }

    fn promise(&self, watches_after: Option<u64>) -> Promise {
        let (watches_after, hot_reload) = match self {
            Self::Polls(..) => (Some(0), HotReload::Polling),
            Self::ReloadDirs(_) => (watches_after, HotReload::Kept),
        };
        Promise { watches_after, hot_reload, needs_administrator: false, survives_reboot: true, needs_restart: true }
    }
}

const RELOAD: &str = "--reload";
const RELOAD_DIR: &str = "--reload-dir";

fn words(folders: &[String]) -> Vec<String> {
    folders.iter().map(|folder| quoted(folder)).collect()
}

/// A word as every shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_./-".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Plans to write it into `file`: `package.json`, or a shell script. `watches_after`: what the watcher takes then, where
/// that was counted.
///
/// # Errors
/// [`RemedyError::NoWatcherLaunch`], [`RemedyError::UnclearLaunch`], or what keeps the file from being read or written.
pub fn plan(
    setting: &LaunchSetting,
    file: &Path,
    own: &OwnFolders,
    watches_after: Option<u64>,
) -> Result<Plan, RemedyError> {
    let (path, before, after) = if file.file_name() == Some(OsStr::new("package.json")) {
        let path = own.resolve(file)?;
        let before = file_change::read(&path)?.ok_or_else(|| RemedyError::Vanished { path: path.clone() })?;
        let after = in_package(setting, &path, &before)?;
        (path, before, after)
    } else {
        let (path, before) = launch_script::read(file, own)?;
        let after = setting.in_script(&before).map_err(|why| refused(setting, &path, why))?;
        (path, before, after)
    };
    let changes = file_change::plan(&path, Some(before), after)?;
    Ok(Plan { remedy: RemedyName::WatcherLaunch, changes, promise: setting.promise(watches_after) })
}

/// Plans to set the variable for the whole desktop session, in the file of [`session_variable::file`].
///
/// # Errors
/// What keeps the file from being read or written.
pub fn plan_for_session(
    (kind, polling): (WatcherKind, PollingVariable),
    file: &Path,
    own: &OwnFolders,
) -> Result<Plan, RemedyError> {
    let changes = session_variable::changes(&[polling], file, own)?;
    let promise = LaunchSetting::Polls(kind, polling).promise(None);
    Ok(Plan { remedy: RemedyName::WatcherLaunch, changes, promise })
}

/// The same with the variables that a program's documentation names: nothing is promised about its watches.
///
/// # Errors
/// What keeps the file from being read or written.
pub fn plan_documented(program: Documented, file: &Path, own: &OwnFolders) -> Result<Plan, RemedyError> {
    let changes = session_variable::changes(program.variables(), file, own)?;
    let hot_reload = match program {
        Documented::Dotnet => HotReload::Polling,
        Documented::OpenCode => HotReload::Lost,
    };
    let promise = Promise {
        watches_after: None,
        hot_reload,
        needs_administrator: false,
        survives_reboot: true,
        needs_restart: true,
    };
    Ok(Plan { remedy: RemedyName::WatcherLaunch, changes, promise })
}

fn refused(setting: &LaunchSetting, path: &Path, why: Unchanged) -> RemedyError {
    let program = setting.kind().programs().first().copied().unwrap_or_default().to_owned();
    match why {
        Unchanged::NoLaunch => RemedyError::NoWatcherLaunch { path: path.to_path_buf(), program },
        Unchanged::Unclear => RemedyError::UnclearLaunch { path: path.to_path_buf(), program, text: setting.text() },
    }
}

/// `package.json` with every script that starts the watcher told so; every other byte stays.
fn in_package(setting: &LaunchSetting, path: &Path, before: &[u8]) -> Result<Vec<u8>, RemedyError> {
    let text = std::str::from_utf8(before)
        .map_err(|error| RemedyError::NotUtf8 { path: path.to_path_buf(), byte: error.valid_up_to() })?;
    let root = CstRootNode::parse(text, &ParseOptions::default())
        .map_err(|error| RemedyError::BrokenJson { path: path.to_path_buf(), reason: error.to_string() })?;
    let no_launch = || refused(setting, path, Unchanged::NoLaunch);
    let scripts = root.object_value().and_then(|all| all.object_value("scripts")).ok_or_else(no_launch)?;
    let mut found = false;
    for property in scripts.properties() {
        let value = property.value().and_then(|value| value.as_string_lit());
        let Some(command) = value.and_then(|value| value.decoded_value().ok()) else { continue };
        match setting.in_line(command.as_bytes()) {
            Ok(after) => {
                found = true;
                let after = String::from_utf8_lossy(&after).into_owned();
                if after != command {
                    property.set_value(CstInputValue::String(after));
                }
            }
            Err(Unchanged::NoLaunch) => {}
            Err(why @ Unchanged::Unclear) => return Err(refused(setting, path, why)),
        }
    }
    if found { Ok(root.to_string().into_bytes()) } else { Err(no_launch()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polls(kind: WatcherKind) -> LaunchSetting {
        LaunchSetting::Polls(kind, kind.polling().unwrap())
    }

    fn script(setting: &LaunchSetting, text: &str) -> Result<String, Unchanged> {
        setting.in_script(text.as_bytes()).map(|after| String::from_utf8(after).unwrap())
    }

    fn package(setting: &LaunchSetting, text: &str) -> Result<String, RemedyError> {
        let after = in_package(setting, Path::new("/p/package.json"), text.as_bytes());
        after.map(|after| String::from_utf8(after).unwrap())
    }

    #[test]
    fn a_script_exports_the_variable_before_the_launch_of_this_watcher_only() {
        let before = "#!/bin/sh\nvite build\nnpx vite --port 3000 &\nuvicorn a:b --reload\n";
        for (kind, after) in [
            (
                WatcherKind::Vite,
                "#!/bin/sh\nvite build\nexport CHOKIDAR_USEPOLLING=1\nnpx vite --port 3000 &\nuvicorn a:b --reload\n",
            ),
            (
                WatcherKind::Uvicorn,
                "#!/bin/sh\nvite build\nnpx vite --port 3000 &\nexport WATCHFILES_FORCE_POLLING=true\nuvicorn a:b --reload\n",
            ),
        ] {
            let setting = polls(kind);
            assert_eq!(script(&setting, before).as_deref(), Ok(after), "{kind:?}");
            assert_eq!(script(&setting, after).as_deref(), Ok(after), "{kind:?}: a second time changes nothing");
        }
        for text in ["vite build\n", "uvicorn a:b\n", "echo vite\n", "webpack\n", "streamlit run a\n"] {
            for kind in [WatcherKind::Vite, WatcherKind::Uvicorn, WatcherKind::Webpack, WatcherKind::Nodemon] {
                assert_eq!(script(&polls(kind), text), Err(Unchanged::NoLaunch), "{kind:?} in {text}");
            }
        }
        let off = "CHOKIDAR_USEPOLLING=0 vite\n";
        assert_eq!(script(&polls(WatcherKind::Vite), off).as_deref(), Ok("CHOKIDAR_USEPOLLING=1 vite\n"));
    }

    #[test]
    fn the_reload_folder_stands_behind_reload() {
        let narrow =
            |folders: &str| LaunchSetting::ReloadDirs(folders.split(',').map(str::to_owned).collect::<Vec<_>>());
        for (folder, before, after) in [
            ("api", "exec uvicorn a:b --reload --port 1\n", "exec uvicorn a:b --reload --reload-dir api --port 1\n"),
            ("my api", "uvicorn a:b --reload", "uvicorn a:b --reload --reload-dir 'my api'"),
            ("api", "uvicorn a:b --reload --reload-dir src", "uvicorn a:b --reload --reload-dir api"),
            ("api", "uvicorn a:b --reload-dir=src --reload", "uvicorn a:b --reload-dir=api --reload"),
            ("api,lib", "uvicorn a:b --reload -p 1", "uvicorn a:b --reload --reload-dir api --reload-dir lib -p 1"),
            (
                "api,lib",
                "uvicorn a:b --reload-dir=src --reload",
                "uvicorn a:b --reload-dir=api --reload-dir lib --reload",
            ),
            (
                "x",
                "uvicorn a:b --reload --reload-dir a  --reload-dir=b -p 1",
                "uvicorn a:b --reload --reload-dir x -p 1",
            ),
            (
                "x,y",
                "uvicorn a:b --reload --reload-dir a --reload-dir b",
                "uvicorn a:b --reload --reload-dir x --reload-dir y",
            ),
        ] {
            assert_eq!(script(&narrow(folder), before).as_deref(), Ok(after));
            assert_eq!(script(&narrow(folder), after).as_deref(), Ok(after), "a second time changes nothing");
        }
        assert_eq!(script(&narrow("api"), "fastapi dev main.py"), Err(Unchanged::NoLaunch), "it has no such option");
    }

    #[test]
    fn only_the_scripts_of_package_json_that_start_the_watcher_change() {
        let before = "{\r\n  \"name\": \"x\",\r\n  \"scripts\": {\r\n    \"dev\": \"vite --open \\\"a b\\\"\",\r\n    \"build\": \"tsc && vite build\",\r\n    \"both\": \"tsc -w & NODE_ENV=x vite\"\r\n  },\r\n  \"vite\": 1\r\n}\r\n";
        let after = package(&polls(WatcherKind::Vite), before).unwrap();
        let expected = before
            .replace("\"vite --open", "\"CHOKIDAR_USEPOLLING=1 vite --open")
            .replace("NODE_ENV=x vite", "CHOKIDAR_USEPOLLING=1 NODE_ENV=x vite");
        assert_eq!(after, expected);
        assert_eq!(package(&polls(WatcherKind::Vite), &after).unwrap(), after, "a second time changes nothing");
        let error = package(&polls(WatcherKind::Nodemon), before).unwrap_err();
        assert!(matches!(error, RemedyError::NoWatcherLaunch { .. }), "{error}");
        assert!(matches!(package(&polls(WatcherKind::Vite), "{"), Err(RemedyError::BrokenJson { .. })));
    }
}
