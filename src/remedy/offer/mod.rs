//! Offers of each remedy for one survey: its plan or what stands in the way, and what is worth knowing beforehand.
//! The window and the command line show the same offers.

mod compared;
mod editor;
mod found;
mod launch;
mod mend;
mod note;
mod older_watchdog;
mod poll;
mod raise;
mod restart;
mod watcher_launch;

pub use compared::{ComparedWay, QueueAfter, WayCost, WayOut};
pub use found::TreeFindings;
pub use mend::{Mend, mended};
pub use note::{Note, Obstacle, mounted_caches};
pub use older_watchdog::{Installer, OlderWatchdog};
pub use raise::{BYTES_A_WATCH, RaiseOffer};
pub use restart::{Next, RestartableApp, Start};
pub use watcher_launch::{PollableWatcher, ReloadFolder};

use super::caches::{self, Advice, Cache};
use super::streamlit_config::{self, ConfigRequest};
use super::{FileWatcher, OwnFolders, Plan, RemedyError, launch_script, session_variable, watcher};
use crate::diagnosis::{Diagnosis, Finding, Recommendation};
use crate::machine::{Limit, Machine, Places};
use crate::project::{Inventory, Launch, Streamlit};
use crate::survey::Survey;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders that would save fewer watches are not worth a sentence.
const LEAST_SAVED: u64 = 50;

/// The offer of one remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The plan, or what stands in the way of one.
    pub plan: Result<Plan, Obstacle>,
    /// Notes worth knowing beforehand.
    pub notes: Vec<Note>,
}

/// The facts of a survey that the remedies go by.
#[derive(Clone, Debug)]
pub struct Case {
    /// The computer.
    pub machine: Machine,
    /// The project's folder.
    pub root: Option<PathBuf>,
    /// The launch of the app: as it runs, else as it would be.
    pub launch: Option<Launch>,
    /// Streamlit's forecast.
    pub streamlit: Option<Streamlit>,
    /// The app's interpreter: the running one's, else the project's.
    pub python: Option<PathBuf>,
    /// Running apps of the project, Streamlit's first.
    pub apps: Vec<RestartableApp>,
    /// The recommendation of the diagnosis.
    pub recommendation: Recommendation,
    /// Watches that the account holds once the project has all it needs.
    pub total: u64,
    /// Advice that nobody can carry out but the person, what saves most first.
    pub advice: Vec<Advice>,
    /// The folders of the account whose files may be changed.
    pub own: OwnFolders,
    /// The project's tree in every detail.
    pub inventory: Arc<Inventory>,
    /// Running watchers besides Streamlit that can be told to poll, what holds most first.
    pub watchers: Vec<PollableWatcher>,
    /// The command line of the editor that watches the project.
    editor: Option<Vec<OsString>>,
    lost_at_boot: Vec<Limit>,
    /// The settings file that the diagnosis found broken.
    broken_settings: Option<PathBuf>,
    variables: BTreeMap<OsString, OsString>,
    places: Places,
}

impl Case {
    /// Takes what is needed out of a survey and its judgement. `variables` is the person's environment.
    #[must_use]
    pub fn of(
        survey: &Survey,
        diagnosis: &Diagnosis,
        variables: &BTreeMap<OsString, OsString>,
        places: &Places,
    ) -> Self {
        let project = survey.project.as_ref();
        let streamlit = project.and_then(|project| project.streamlit.clone());
        let running = project.map(|project| project.running.as_slice()).unwrap_or_default();
        let launch = project.and_then(|project| project.launch.clone());
        let lost = diagnosis
            .findings
            .iter()
            .filter_map(|finding| if let Finding::LostAtBoot { limit, .. } = finding { Some(*limit) } else { None });
        let mut broken = diagnosis.findings.iter().filter_map(|finding| {
            if let Finding::SettingsFileBroken { file, .. } = finding { Some(file.clone()) } else { None }
        });
        let advice = project.zip(streamlit.as_ref());
        let root = project.map(|project| project.root.clone());
        let home = variables.get(OsStr::new("HOME")).map(PathBuf::from);
        let python = running.first().and_then(|app| app.python.as_ref());
        let python = python.or_else(|| project.and_then(|project| project.python.as_ref()));
        Self {
            machine: survey.machine.clone(),
            python: python.map(|python| python.executable.clone()),
            launch: launch.or_else(|| running.first().map(|app| app.launch.clone())),
            apps: project.map(|project| restart::apps(project, &survey.machine.holders)).unwrap_or_default(),
            recommendation: diagnosis.recommendation,
            total: diagnosis.budget.watches.total(),
            advice: advice.map(|(it, now)| caches::advise(&it.tree, now, LEAST_SAVED)).unwrap_or_default(),
            own: OwnFolders { home, project: root.clone() },
            inventory: project.map(|project| Arc::clone(&project.inventory)).unwrap_or_default(),
            watchers: project.map(PollableWatcher::of).unwrap_or_default(),
            editor: project.and_then(|project| editor::command(project, &survey.machine.holders)),
            lost_at_boot: lost.collect(),
            broken_settings: broken.next(),
            variables: variables.clone(),
            places: places.clone(),
            root,
            streamlit,
        }
    }

    /// The settings file of the project, or of the person.
    ///
    /// # Errors
    /// [`RemedyError::NoHome`].
    pub fn settings_file(&self, personal: bool) -> Result<PathBuf, RemedyError> {
        if personal {
            return Ok(streamlit_config::personal_file(self.own.home.as_deref().ok_or(RemedyError::NoHome)?));
        }
        let cwd = self.launch.as_ref().map(|launch| launch.cwd.clone()).or_else(|| self.root.clone());
        Ok(streamlit_config::project_file(&cwd.unwrap_or_default()))
    }

    /// Offers to change a settings file. Reads it.
    #[must_use]
    pub fn streamlit_config(&self, request: ConfigRequest, personal: bool) -> Offer {
        let file = self.settings_file(personal);
        let plan = file.clone().and_then(|file| streamlit_config::plan(request, &file, &self.own, self.now()));
        let wins = self.now().zip(file.ok()).map(|(now, file)| streamlit_config::still_wins(request, &file, now));
        let stronger = wins.into_iter().flatten().map(|(key, stronger)| Note::Stronger(key, stronger));
        let run_on_save = request.run_on_save.map(|_| Note::RunOnSave(self.need()));
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: stronger.chain(run_on_save).collect() }
    }

    /// The environment variable in a launch script. Reads it.
    #[must_use]
    pub fn launch_script(&self, choice: FileWatcher, file: &Path) -> Offer {
        let absolute = std::path::absolute(file).map_err(|error| RemedyError::of(file, &error));
        let plan = absolute.clone().and_then(|file| launch_script::plan(choice, &file, &self.own, self.now()));
        let wins = absolute.and_then(|file| launch_script::still_wins(&file, &self.own)).ok().flatten();
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: Note::stronger(wins) }
    }

    /// The environment variable for the desktop session. Reads its files.
    #[must_use]
    pub fn session_variable(&self, choice: FileWatcher) -> Offer {
        let file = session_variable::file(&self.variables);
        let plan = file.clone().and_then(|file| session_variable::plan(choice, &file, &self.own, self.now()));
        let later = file
            .ok()
            .and_then(|file| session_variable::still_wins(watcher::FILE_WATCHER_VARIABLE, &file, &self.places));
        let flag = self.now().and_then(|now| watcher::stronger_than_variable(now, watcher::FILE_WATCHER_KEY));
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: Note::stronger(later.into_iter().chain(flag)) }
    }

    /// Offers to move caches to the trash.
    #[must_use]
    pub fn clear_caches(&self, chosen: &[&Cache]) -> Offer {
        let root = self.root.clone().unwrap_or_default();
        let plan = caches::plan(&root, chosen, self.now());
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: Vec::new() }
    }

    /// Watches of the account that no app of this project holds: they stay, whatever the app takes.
    #[must_use]
    pub fn held_by_others(&self) -> u64 {
        let holders = &self.machine.holders;
        let ours = |pid: u32| self.apps.iter().any(|app| app.pid == pid && app.is_streamlit());
        let apps = holders.processes.iter().filter(|process| ours(process.pid)).map(|process| process.charged_watches);
        holders.account.watches.saturating_sub(apps.sum())
    }

    /// Watches that the app takes now.
    #[must_use]
    pub fn need(&self) -> Option<u64> {
        self.now().map(|now| now.need.watches)
    }

    const fn now(&self) -> Option<&Streamlit> {
        self.streamlit.as_ref()
    }
}
