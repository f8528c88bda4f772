//! The choice of how Streamlit watches files, what it promises, and what would still win over it.

use super::{Change, HotReload, Promise};
use crate::project::Streamlit;
use crate::project::streamlit::{Source, Watcher};
use std::path::{Path, PathBuf};

/// The key of the setting.
pub const FILE_WATCHER_KEY: &str = "server.fileWatcherType";
/// The key of "run on save": it frees nothing, and only decides whether a change reruns the app at once.
pub const RUN_ON_SAVE_KEY: &str = "server.runOnSave";
/// The environment variable that sets [`FILE_WATCHER_KEY`].
pub const FILE_WATCHER_VARIABLE: &str = "STREAMLIT_SERVER_FILE_WATCHER_TYPE";

/// Values of `server.fileWatcherType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileWatcher {
    /// No watching, no hot reload: for production.
    None,
    /// Polling: hot reload without watches, at the price of CPU.
    Poll,
    /// Streamlit's default: inotify where it works.
    Auto,
}

/// Places that would win over a setting, so that making it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Stronger {
    /// An option on the command line.
    Flag,
    /// An environment variable, this one.
    Environment(String),
    /// A config file that wins.
    File(PathBuf),
    /// The launch does not read the file at all.
    NotRead,
    /// A program on the launch's own line, such as `env -i` or `sudo`, that hands no variables on.
    OwnEnvironment(String),
}

impl FileWatcher {
    /// All choices.
    pub const ALL: [Self; 3] = [Self::None, Self::Poll, Self::Auto];

    /// The word Streamlit knows it by.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Poll => "poll",
            Self::Auto => "auto",
        }
    }

    /// The choice that Streamlit makes of `word`: an unknown one means `none` (measured).
    #[must_use]
    pub fn named(word: &str) -> Self {
        match word {
            "auto" | "watchdog" => Self::Auto,
            "poll" => Self::Poll,
            _ => Self::None,
        }
    }

    /// Returns what setting it brings. `now` is the forecast of the launch as it is; `stronger` still wins over the
    /// setting.
    pub(super) fn promise(self, now: Option<&Streamlit>, stronger: Option<&Stronger>) -> Promise {
        let inotify = now.filter(|now| now.watcher == Watcher::Watchdog);
        let (watches_after, hot_reload) = match (self, now) {
            (_, Some(_)) if stronger.is_some() => as_forecast(now),
            (Self::None, _) => (Some(0), HotReload::Lost),
            (Self::Poll, _) => (Some(0), HotReload::Polling),
            (Self::Auto, _) => (inotify.map(|now| now.need.watches), HotReload::Kept),
        };
        Promise { watches_after, hot_reload, needs_administrator: false, survives_reboot: true, needs_restart: true }
    }
}

/// Counts the times that a folder is watched: once for each root that holds it where every root counts its own tree
/// (watchdog 6 and older), once at most where the roots share (watchdog 7).
pub(super) fn times_watched(folder: &Path, now: &Streamlit) -> u64 {
    let holding = now.need.roots.iter().filter(|root| folder.starts_with(&root.path)).count() as u64;
    if now.need.instances > 1 { holding } else { holding.min(1) }
}

/// The promise of a plan that makes folders: one of them inside what is watched takes a watch itself (measured).
pub(super) fn with_new_folders(promise: Promise, changes: &[Change], now: Option<&Streamlit>) -> Promise {
    let Some(now) = now.filter(|_| promise.hot_reload == HotReload::Kept) else { return promise };
    let new = changes.iter().map(
        |change| {
            if let Change::MakeFolder { path } = change { times_watched(path, now) } else { 0 }
        },
    );
    Promise { watches_after: promise.watches_after.map(|watches| watches + new.sum::<u64>()), ..promise }
}

/// The watches and the hot reload of an app that does what was forecast.
pub(super) fn as_forecast(forecast: Option<&Streamlit>) -> (Option<u64>, HotReload) {
    let hot_reload = forecast.map_or(HotReload::Kept, |forecast| hot_reload(forecast.watcher));
    (forecast.map(|forecast| forecast.need.watches), hot_reload)
}

const fn hot_reload(watcher: Watcher) -> HotReload {
    match watcher {
        Watcher::Watchdog => HotReload::Kept,
        Watcher::Poll => HotReload::Polling,
        Watcher::None => HotReload::Lost,
    }
}

/// Finds what wins over `key` in the config file `file` in this launch.
#[must_use]
pub fn stronger_than_file(now: &Streamlit, key: &str, file: &Path) -> Option<Stronger> {
    let rank = |path: &Path| now.config_files.iter().position(|one| same(&one.path, path));
    let source = now.settings.iter().find(|setting| setting.key == key).map(|setting| &setting.source);
    match source {
        Some(Source::Flag) => Some(Stronger::Flag),
        Some(Source::Environment(name)) => Some(Stronger::Environment(name.clone())),
        Some(Source::Project(other) | Source::ScriptFolder(other) | Source::Global(other)) => match rank(file) {
            None => Some(Stronger::NotRead),
            Some(ours) => (rank(other)? < ours).then(|| Stronger::File(other.clone())),
        },
        Some(Source::Default) | None => rank(file).is_none().then_some(Stronger::NotRead),
    }
}

/// Finds what wins over the environment variable of `key` in this launch: only the command line does.
#[must_use]
pub fn stronger_than_variable(now: &Streamlit, key: &str) -> Option<Stronger> {
    let flag = now.settings.iter().any(|setting| setting.key == key && setting.source == Source::Flag);
    flag.then_some(Stronger::Flag)
}

/// The same file, though one path may lead through a link.
fn same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| super::file_change::real_path(path).unwrap_or_else(|_| path.to_path_buf());
    one == other || real(one) == real(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::streamlit::{ConfigFile, ConfigState, Need, Setting};

    fn streamlit(source: Source) -> Streamlit {
        let file = |path: &str, place| ConfigFile {
            path: PathBuf::from(path),
            place,
            state: ConfigState::Read,
            unknown_keys: Vec::new(),
        };
        let project = Source::Project(PathBuf::from("/p/config.toml"));
        let global = Source::Global(PathBuf::from("/h/config.toml"));
        Streamlit {
            version: None,
            watchdog: None,
            watcher: Watcher::Watchdog,
            settings: vec![Setting {
                key: FILE_WATCHER_KEY.to_owned(),
                value: "auto".to_owned(),
                source,
                overrides: Vec::new(),
                unknown_word: false,
            }],
            config_files: vec![file("/p/config.toml", project), file("/h/config.toml", global)],
            stop: None,
            need: Need { watches: 206, ..Need::default() },
        }
    }

    #[test]
    fn a_nearer_file_a_variable_and_a_flag_win_over_a_file() {
        let wins = |source, file: &str| stronger_than_file(&streamlit(source), FILE_WATCHER_KEY, Path::new(file));
        let project = || Source::Project(PathBuf::from("/p/config.toml"));
        assert_eq!(wins(Source::Flag, "/p/config.toml"), Some(Stronger::Flag));
        assert_eq!(wins(Source::Environment("X".into()), "/p/config.toml"), Some(Stronger::Environment("X".into())));
        assert_eq!(wins(project(), "/h/config.toml"), Some(Stronger::File(PathBuf::from("/p/config.toml"))));
        assert_eq!(wins(project(), "/p/config.toml"), None);
        assert_eq!(wins(Source::Global(PathBuf::from("/h/config.toml")), "/p/config.toml"), None);
        assert_eq!(wins(Source::Default, "/p/config.toml"), None);
        assert_eq!(wins(Source::Default, "/elsewhere/config.toml"), Some(Stronger::NotRead));
    }

    #[test]
    fn the_promise_says_what_will_be_true() {
        let now = streamlit(Source::Flag);
        let promise = FileWatcher::None.promise(Some(&now), Some(&Stronger::Flag));
        assert_eq!((promise.watches_after, promise.hot_reload), (Some(206), HotReload::Kept));
        let promise = FileWatcher::Poll.promise(Some(&now), None);
        assert_eq!((promise.watches_after, promise.hot_reload), (Some(0), HotReload::Polling));
        assert_eq!(FileWatcher::Auto.promise(None, None).watches_after, None);
    }
}
