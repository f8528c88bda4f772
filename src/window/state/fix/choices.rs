//! Choices that a plan depends on and that a person chooses on the third step.

use crate::machine::Limit;
use crate::project::streamlit::Watcher;
use crate::remedy::FileWatcher;
use crate::remedy::caches::Cache;
use crate::remedy::offer::{Case, PollableWatcher, ReloadFolder, TreeFindings};
use crate::remedy::raise_limits::Wanted;
use crate::remedy::watcher_launch::LaunchSetting;
use crate::watchers::WatcherKind;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Places where the environment variable goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum VariablePlace {
    /// No place: the command is copied.
    #[default]
    Copied,
    /// A launch script.
    Script(PathBuf),
    /// The desktop session.
    Session,
}

/// A number as it is typed. With and without separators it is the same one.
#[derive(Clone, Debug, Default, Eq)]
pub struct TypedNumber(pub String);

impl TypedNumber {
    fn of(value: Option<u64>) -> Self {
        Self(value.map(crate::words::grouped_number).unwrap_or_default())
    }

    /// Writes it with separators, where it is a number.
    pub fn group(&mut self) {
        if let Ok(Some(value)) = number(&self.0)
            && value < u64::MAX
        {
            self.0 = crate::words::grouped_number(value);
        }
    }
}

impl PartialEq for TypedNumber {
    fn eq(&self, other: &Self) -> bool {
        number(&self.0) == number(&other.0)
    }
}

/// Choices that a plan depends on and that a person chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The new limit of watches, as typed.
    pub watches: TypedNumber,
    /// The new limit of instances, as typed; empty: left as it is.
    pub instances: TypedNumber,
    /// Whether it holds only until the reboot.
    pub until_reboot: bool,
    /// The watcher in the settings file.
    pub watcher: FileWatcher,
    /// The value of run on save; `None` leaves it.
    pub run_on_save: Option<bool>,
    /// The person's own settings file.
    pub personal: bool,
    /// A new file begins as the commented starter.
    pub starter: bool,
    /// The watcher in the environment variable.
    pub launch: FileWatcher,
    /// The place where the variable goes.
    pub place: VariablePlace,
    /// The watcher besides Streamlit that is to poll; the first one where none was chosen.
    pub pollable: Option<WatcherKind>,
    /// The place where its variable goes; where none was chosen, the file that starts it.
    pub watcher_place: Option<VariablePlace>,
    /// Whether it is to watch fewer folders instead of polling, where it can be told.
    pub narrower: bool,
    /// The folders that it is to watch then; where none was chosen, that of its app.
    pub reload_folders: Option<BTreeSet<String>>,
    /// Caches whose tick was changed.
    pub turned: BTreeSet<PathBuf>,
    /// The app to be restarted.
    pub app: Option<u32>,
    /// The way in which it is to watch files then; `None`: as before.
    pub restart: Option<FileWatcher>,
    /// Whether to end it by SIGKILL.
    pub kill: bool,
}

impl Choices {
    pub(super) fn of(case: &Case) -> Self {
        let wanted = case.recommended(false);
        // Where another limit is the one that is short, this one is left alone.
        let another = wanted.instances.or(wanted.queued_events).is_some();
        let now = case.machine.limits.get(Limit::Watches).filter(|_| !another);
        Self {
            watches: TypedNumber::of(wanted.watches.or(now)),
            instances: TypedNumber::of(wanted.instances),
            until_reboot: false,
            watcher: if watches(case) { FileWatcher::None } else { FileWatcher::Auto },
            run_on_save: None,
            personal: false,
            starter: false,
            launch: FileWatcher::None,
            place: VariablePlace::Copied,
            pollable: None,
            watcher_place: None,
            narrower: false,
            reload_folders: None,
            turned: BTreeSet::new(),
            app: case.apps.first().map(|app| app.pid),
            restart: None,
            kill: false,
        }
    }

    /// The limits, or the text that is no whole number.
    ///
    /// # Errors
    /// The text.
    pub fn wanted(&self, case: &Case) -> Result<Wanted, String> {
        let queued_events = case.recommended(self.until_reboot).queued_events;
        let (watches, instances) = (number(&self.watches.0)?, number(&self.instances.0)?);
        Ok(Wanted { watches, instances, queued_events, until_reboot: self.until_reboot })
    }

    /// The watcher besides Streamlit that is to poll.
    #[must_use]
    pub fn watcher_of<'a>(&self, case: &'a Case) -> Option<&'a PollableWatcher> {
        let chosen = case.watchers.iter().find(|watcher| Some(watcher.kind) == self.pollable);
        chosen.or_else(|| case.watchers.first())
    }

    /// The place where the variable of this watcher goes.
    #[must_use]
    pub fn watcher_place(&self, found: &TreeFindings, kind: WatcherKind) -> VariablePlace {
        let file = found.watcher_files.iter().find(|(of, _)| *of == kind);
        let usual = || file.map_or(VariablePlace::Session, |(_, file)| VariablePlace::Script(file.clone()));
        self.watcher_place.clone().unwrap_or_else(usual)
    }

    /// Whether this watcher is to watch fewer folders.
    #[must_use]
    pub fn is_narrower(&self, watcher: &PollableWatcher) -> bool {
        self.narrower && !watcher.folders.is_empty()
    }

    /// The folders that it is to watch then.
    #[must_use]
    pub fn reload_folders(&self, watcher: &PollableWatcher) -> BTreeSet<String> {
        let chosen = |folder: &&ReloadFolder| match &self.reload_folders {
            Some(chosen) => chosen.contains(&folder.name),
            None => folder.has_app,
        };
        watcher.folders.iter().filter(chosen).map(|folder| folder.name.clone()).collect()
    }

    /// What this watcher is told; `None` where no folder is chosen.
    #[must_use]
    pub fn launch_setting(&self, watcher: &PollableWatcher) -> Option<LaunchSetting> {
        if !self.is_narrower(watcher) {
            return watcher.kind.polling().map(|polling| LaunchSetting::Polls(watcher.kind, polling));
        }
        let folders: Vec<String> = self.reload_folders(watcher).into_iter().collect();
        (!folders.is_empty()).then_some(LaunchSetting::ReloadDirs(folders))
    }

    /// Tells whether a cache is to go.
    #[must_use]
    pub fn ticked(&self, cache: &Cache) -> bool {
        cache.ticked != self.turned.contains(&cache.path)
    }
}

/// Tells whether the app watches by inotify, as far as is known: then that can be stopped, else begun again.
fn watches(case: &Case) -> bool {
    case.streamlit.as_ref().is_none_or(|now| now.watcher == Watcher::Watchdog)
}

/// A whole number with or without separators; `None` for nothing.
fn number(text: &str) -> Result<Option<u64>, String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ',' | '_' | ' ' | '\u{a0}')).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    // More than fits is refused by the kernel's bound, in the same words as a little too much.
    let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole { Ok(Some(digits.parse().unwrap_or(u64::MAX))) } else { Err(text.trim().to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::{TypedNumber, number};

    #[test]
    fn separators_make_no_other_number_and_are_written_where_it_is_one() {
        let typed = |text: &str| TypedNumber(text.to_owned());
        assert_eq!(typed("524288"), typed("524,288"));
        assert_ne!(typed("524288"), typed("524289"));
        for (text, grouped) in [("1000000", "1,000,000"), ("65,536", "65,536"), ("many", "many"), ("", "")] {
            let mut number = typed(text);
            number.group();
            assert_eq!(number.0, grouped);
        }
    }

    #[test]
    fn a_number_is_understood_with_its_separators() {
        for (text, value) in [
            ("524288", Ok(Some(524_288))),
            (" 524,288 ", Ok(Some(524_288))),
            ("", Ok(None)),
            ("99999999999999999999999", Ok(Some(u64::MAX))),
            ("many", Err("many".to_owned())),
            ("-5", Err("-5".to_owned())),
        ] {
            assert_eq!(number(text), value, "{text:?}");
        }
    }
}
