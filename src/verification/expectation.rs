//! Choices of the person, as the journal tells it: checked beyond what the project needs.

use super::Changed;
use crate::guarded;
use crate::remedy::raise_limits::RaiseLimits;
use crate::remedy::watcher::FILE_WATCHER_KEY;
use crate::remedy::{Change, Entry, FileWatcher, RemedyName, State};
use std::path::Path;
use toml_edit::{DocumentMut, Item};

/// Choices of the person; checked beyond what the project needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation {
    /// The file watcher that was chosen.
    pub watcher: Option<FileWatcher>,
    /// The limit of watches that was set for good.
    pub watches_at_boot: Option<u64>,
    /// The limit of instances that was set for good.
    pub instances_at_boot: Option<u64>,
    /// The length of event queues that was set for good.
    pub queue_at_boot: Option<u64>,
    /// Changes besides the settings files that an app sees only when it is started again.
    pub changed: Vec<Changed>,
    /// Raises of the limits of watches and instances: an app that had too few does not take up what it missed by itself.
    pub raised: Vec<Changed>,
}

impl Expectation {
    /// Returns what the changes in the journal that are applied and not undone lead one to expect. `root` is the
    /// project's folder: a settings file or a launch script outside it concerns another project, or all of them.
    #[must_use]
    pub fn of_journal(entries: &[Entry], root: Option<&Path>) -> Self {
        let mut expected = Self::default();
        for entry in entries.iter().filter(|entry| entry.state == State::Applied) {
            entry.plan.changes.iter().for_each(|change| expected.add(entry, change, root));
        }
        expected
    }

    fn add(&mut self, entry: &Entry, change: &Change, root: Option<&Path>) {
        let here = change.path().is_some_and(|path| inside(path, root));
        match entry.remedy() {
            RemedyName::RaiseLimits => {
                if let Change::RaiseLimits(raised) = change {
                    self.add_raised(entry, raised);
                }
            }
            RemedyName::StreamlitConfig => {
                if let Change::WriteFile { before, after, .. } = change
                    && here
                {
                    self.watcher = newly_chosen(before.as_deref(), after).or(self.watcher);
                }
            }
            RemedyName::LaunchScript if !here => {}
            RemedyName::LaunchScript | RemedyName::SessionVariable => self.add_variable(entry, change),
            RemedyName::ClearCaches | RemedyName::Restart | RemedyName::VscodeExclude | RemedyName::WatcherLaunch => {}
        }
    }

    /// An app takes the length of its queue when it starts (`inotify_new_group`, `fs/notify/inotify/inotify_user.c`).
    fn add_raised(&mut self, entry: &Entry, raised: &RaiseLimits) {
        let changed = |name: &str| Changed::at(&Path::new("/proc/sys/fs/inotify").join(name), entry.when);
        self.changed.extend(raised.queued_events.map(|_| changed("max_queued_events")));
        self.raised.extend(raised.watches.map(|_| changed("max_user_watches")));
        self.raised.extend(raised.instances.map(|_| changed("max_user_instances")));
        if !raised.until_reboot {
            self.watches_at_boot = raised.watches.or(self.watches_at_boot);
            self.instances_at_boot = raised.instances.or(self.instances_at_boot);
            self.queue_at_boot = raised.queued_events.or(self.queue_at_boot);
        }
    }

    /// A variable wins over the settings file, but only in what is started with it: whether that is the launch that is
    /// looked at cannot be told, so no watcher is expected from then on.
    fn add_variable(&mut self, entry: &Entry, change: &Change) {
        if let Some(path) = change.path() {
            self.changed.push(Changed::at(path, entry.when));
            self.watcher = None;
        }
    }
}

/// The file watcher that a change of a settings file brought; `None` where it changed something else.
fn newly_chosen(before: Option<&[u8]>, after: &[u8]) -> Option<FileWatcher> {
    let chosen = file_watcher(after)?;
    (before.and_then(file_watcher).as_ref() != Some(&chosen)).then(|| FileWatcher::named(&chosen))
}

fn file_watcher(bytes: &[u8]) -> Option<String> {
    let document: DocumentMut = std::str::from_utf8(bytes).ok()?.parse().ok()?;
    let item = FILE_WATCHER_KEY.split('.').try_fold(document.as_item(), Item::get)?;
    item.as_str().map(str::to_owned)
}

fn inside(path: &Path, root: Option<&Path>) -> bool {
    root.is_some_and(|root| path.starts_with(root) || guarded::real_path(root).is_ok_and(|root| path.starts_with(root)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remedy::{HotReload, Plan, Promise};
    use jiff::Timestamp;

    fn entry(remedy: RemedyName, change: Change, state: State) -> Entry {
        let promise = Promise {
            watches_after: None,
            hot_reload: HotReload::Kept,
            needs_administrator: false,
            survives_reboot: true,
            needs_restart: true,
        };
        let plan = Plan { remedy, changes: vec![change], promise };
        Entry { id: 1, when: Timestamp::UNIX_EPOCH, plan, state, begun: 1, done: Vec::new() }
    }

    fn raise(watches: u64, until_reboot: bool, state: State) -> Entry {
        let request =
            RaiseLimits { watches: Some(watches), instances: None, queued_events: None, until_reboot, before: [1; 3] };
        entry(RemedyName::RaiseLimits, Change::RaiseLimits(request), state)
    }

    fn write(remedy: RemedyName, path: &str) -> Entry {
        entry(remedy, Change::WriteFile { path: path.into(), before: None, after: Vec::new() }, State::Applied)
    }

    #[test]
    fn what_was_done_for_good_and_not_undone_is_expected() {
        let entries = [
            raise(100, false, State::Applied),
            raise(200, true, State::Applied),
            raise(300, false, State::Undone),
            write(RemedyName::LaunchScript, "/project/run.sh"),
            write(RemedyName::LaunchScript, "/other/run.sh"),
            write(RemedyName::SessionVariable, "/home/me/.config/environment.d/x.conf"),
            write(RemedyName::StreamlitConfig, "/project/.streamlit/config.toml"),
        ];
        let expected = Expectation::of_journal(&entries, Some(Path::new("/project")));
        assert_eq!((expected.watches_at_boot, expected.instances_at_boot), (Some(100), None));
        let changed: Vec<_> = expected.changed.iter().map(|change| change.path.to_str().unwrap_or_default()).collect();
        assert_eq!(changed, ["/project/run.sh", "/home/me/.config/environment.d/x.conf"]);
    }

    fn settings(path: &str, before: Option<&str>, after: &str, state: State) -> Entry {
        let before = before.map(|text| text.as_bytes().to_vec());
        let change = Change::WriteFile { path: path.into(), before, after: after.as_bytes().to_vec() };
        entry(RemedyName::StreamlitConfig, change, state)
    }

    #[test]
    fn the_watcher_that_was_chosen_last_for_this_project_is_expected() {
        const FILE: &str = "/project/.streamlit/config.toml";
        let (none, poll) = ("[server]\nfileWatcherType = \"none\"\n", "server.fileWatcherType = \"poll\"\n");
        let expected = |entries: &[Entry]| Expectation::of_journal(entries, Some(Path::new("/project"))).watcher;
        let first = settings(FILE, None, none, State::Applied);
        assert_eq!(expected(std::slice::from_ref(&first)), Some(FileWatcher::None));
        let second = settings(FILE, Some(none), poll, State::Applied);
        assert_eq!(expected(&[first.clone(), second]), Some(FileWatcher::Poll), "the later choice counts");
        let undone = settings(FILE, Some(none), poll, State::Undone);
        assert_eq!(expected(&[first.clone(), undone]), Some(FileWatcher::None), "what was taken back does not");
        let elsewhere = settings("/other/.streamlit/config.toml", None, poll, State::Applied);
        assert_eq!(expected(&[first.clone(), elsewhere]), Some(FileWatcher::None), "nor what is another project's");
        let run_on_save = settings(FILE, Some(none), &format!("{none}runOnSave = true\n"), State::Applied);
        assert_eq!(expected(std::slice::from_ref(&run_on_save)), None, "a watcher that stood there was not chosen");
        let variable = write(RemedyName::LaunchScript, "/project/run.sh");
        assert_eq!(expected(&[first, variable]), None, "a variable may win, and may not");
    }
}
