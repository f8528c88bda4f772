//! Offers of the remedies for the choices made: everything that has to be read or looked for, in one go.

use super::choices::{Choices, VariablePlace};
use crate::guarded;
use crate::machine::Places;
use crate::progress::{Cancelled, Progress};
use crate::remedy::caches::Cache;
use crate::remedy::offer::{Case, ComparedWay, Mend, Offer, OlderWatchdog, RaiseOffer, TreeFindings};
use crate::remedy::restart::log::AppLog;
use crate::remedy::streamlit_config::ConfigRequest;
use crate::remedy::watcher_launch::LaunchSetting;
use crate::remedy::{Entry, Journal, LimitsBack, Promise, RemedyError, State};
use std::path::PathBuf;
use std::sync::Arc;

/// Offers of the remedies for the choices made.
pub struct Offers {
    /// The round they were made in.
    pub round: u64,
    /// The choices they were made for.
    pub choices: Choices,
    /// Facts that were looked for in the project's tree.
    pub found: Arc<TreeFindings>,
    /// Raising the limits; the text where a number was not understood.
    pub raise: Result<RaiseOffer, String>,
    /// Letting Streamlit poll; `None` where that changes nothing.
    pub poll: Option<Offer>,
    /// An older watchdog, where the queue is too short for the present one.
    pub older: Option<OlderWatchdog>,
    /// The ways out side by side.
    pub compared: Vec<ComparedWay>,
    /// The settings file: its path, whether it is there, and what happens to it.
    pub settings: SettingsOffer,
    /// A settings file that is broken, and what mends it.
    pub mend: Option<Mend>,
    /// The promise of a launch with the variable.
    pub launch: Promise,
    /// Writing the variable somewhere; `None` where it is only copied.
    pub placed: Option<Offer>,
    /// Moving caches to the trash.
    pub caches: Offer,
    /// Letting an editor watch less, where one watches the project.
    pub editor: Option<Offer>,
    /// Letting another watcher poll; `None` where the variable is only copied.
    pub watcher: Option<Offer>,
    /// Restarting the chosen app.
    pub restart: Option<Offer>,
    /// The log of the chosen app, where it writes into a file.
    pub log: Option<AppLog>,
    /// Changes made before.
    pub history: Result<History, RemedyError>,
}

/// Changing a settings file.
pub struct SettingsOffer {
    /// The file.
    pub file: Option<PathBuf>,
    /// The settings file is there already.
    pub exists: bool,
    /// The change.
    pub offer: Offer,
}

/// Changes that this program has made and not taken back.
#[derive(Default)]
pub struct History {
    /// Entries, newest first.
    pub entries: Vec<Entry>,
    /// Ids of the entries that were interrupted.
    pub interrupted: Vec<u32>,
    /// The outcome of undoing any raise of the limits.
    pub limits_back: Option<LimitsBack>,
    /// Journal files that could not be understood.
    pub unreadable: Vec<PathBuf>,
    /// Reasons why others are not obeyed.
    pub refused: Vec<RemedyError>,
}

impl Offers {
    /// Makes all of them. Reads files; looks through the project's tree where `found` is not known.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn make(
        case: &Case,
        found: Option<Arc<TreeFindings>>,
        (round, choices): (u64, Choices),
        journal: Result<Journal, RemedyError>,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let found = match found {
            Some(found) => found,
            None => Arc::new(case.find(progress)?),
        };
        let ticked: Vec<&Cache> = found.caches.items.iter().filter(|cache| choices.ticked(cache)).collect();
        let placed = match &choices.place {
            VariablePlace::Copied => None,
            VariablePlace::Script(file) => Some(case.launch_script(choices.launch, file)),
            VariablePlace::Session => Some(case.session_variable(choices.launch)),
        };
        let (poll, older) = (case.let_poll(), case.older_watchdog());
        let as_recommended = case.raise_limits(case.recommended(false));
        let compared = case.compared(Some(&as_recommended), poll.as_ref(), older.as_ref());
        Ok(Self {
            round,
            raise: choices.wanted(case).map(|wanted| case.raise_limits(wanted)),
            poll,
            older,
            compared,
            settings: SettingsOffer::of(case, &choices),
            mend: case.mend(choices.personal, journal.as_ref().ok()),
            launch: case.launch_promise(choices.launch),
            placed,
            caches: case.clear_caches(&ticked),
            editor: case.has_editor().then(|| case.vscode_exclude()),
            watcher: watcher(case, &choices, &found),
            restart: choices.app.map(|pid| case.restart_with(pid, choices.restart, choices.kill)),
            log: choices.app.and_then(AppLog::of_process),
            history: journal.and_then(|journal| History::read(&journal)),
            found,
            choices,
        })
    }
}

fn watcher(case: &Case, choices: &Choices, found: &TreeFindings) -> Option<Offer> {
    let watcher = choices.watcher_of(case)?;
    let setting = choices.launch_setting(watcher)?;
    match (choices.watcher_place(found, watcher.kind), setting) {
        (VariablePlace::Copied, _) | (VariablePlace::Session, LaunchSetting::ReloadDirs(_)) => None,
        (VariablePlace::Script(file), setting) => Some(case.watcher_launch(&setting, &file)),
        (VariablePlace::Session, LaunchSetting::Polls(kind, polling)) => Some(case.watcher_session(kind, polling)),
    }
}

impl SettingsOffer {
    fn of(case: &Case, choices: &Choices) -> Self {
        let file = case.settings_file(choices.personal).ok();
        let (file_watcher, run_on_save) = (Some(choices.watcher), choices.run_on_save);
        let request = ConfigRequest { file_watcher, run_on_save, starter: choices.starter };
        Self {
            exists: file.as_ref().is_some_and(|file| guarded::exists(file)),
            offer: case.streamlit_config(request, choices.personal),
            file,
        }
    }
}

impl History {
    fn read(journal: &Journal) -> Result<Self, RemedyError> {
        let read = journal.entries()?;
        let undone = |entry: &Entry| entry.state == State::Undone;
        // A restart cannot be taken back: there is nothing to offer for it.
        let mut entries: Vec<Entry> =
            read.entries.into_iter().filter(|entry| !undone(entry) && entry.plan.can_be_undone()).collect();
        entries.reverse();
        let interrupted = journal.unfinished()?.into_iter().map(|entry| entry.id).collect();
        let raise = entries.iter().find_map(|entry| LimitsBack::of(entry, &[], &Places::default()));
        Ok(Self { entries, interrupted, limits_back: raise, unreadable: read.unreadable, refused: read.refused })
    }
}
