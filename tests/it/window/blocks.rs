//! States of the pages that come about by files on a disk: a queue that is too short for a real project, a broken
//! settings file, changes and what of them was taken back, an app that was restarted. For the tests that look at all.

use super::fixtures;
use super::person::Person;
use super::project::Project;
use super::scenes::{Reader, Scene, go};
use inotify_doctor::diagnosis::judge;
use inotify_doctor::machine::Places;
use inotify_doctor::progress::Progress;
use inotify_doctor::project::streamlit::queue::QueueLoad;
use inotify_doctor::remedy::offer::Case;
use inotify_doctor::remedy::raise_limits::Way;
use inotify_doctor::remedy::restart::Restart;
use inotify_doctor::remedy::streamlit_config::ConfigRequest;
use inotify_doctor::remedy::{
    Change, Done, FileWatcher, HotReload, Journal, Plan, PlanOutcome, Promise, RemedyName, apply, undo,
};
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::window::settings::ThemeChoice;
use inotify_doctor::window::state::fix::Told;
use std::path::PathBuf;

/// A state of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// The step Fix, with the ways side by side, polling among them.
    ShortQueue,
    /// The step Diagnosis with a settings file whose mistake is a known one.
    Corrected,
    /// The same where only its owner knows what was meant, and an earlier text is known.
    Unclear,
    /// That file on the step Fix.
    UnclearToFix,
    /// The step Fix after one of several changes was taken back.
    TakenBack,
    /// The step Fix after an app was restarted that had written to a terminal.
    Restarted,
    /// The step Verify after that.
    RestartedToVerify,
}

impl Block {
    /// All blocks.
    pub(super) const ALL: [Self; 7] = [
        Self::ShortQueue,
        Self::Corrected,
        Self::Unclear,
        Self::UnclearToFix,
        Self::TakenBack,
        Self::Restarted,
        Self::RestartedToVerify,
    ];

    /// Opens the window in this state.
    pub(super) fn opens(self, reader: Reader, theme: ThemeChoice, size: [f32; 2]) -> Person {
        let stage = Stage::new();
        if matches!(self, Self::Unclear | Self::UnclearToFix) {
            stage.changes(FileWatcher::Poll);
        }
        match self {
            Self::Corrected => stage.writes("[server]\nport = 8599\nfileWatcherType = none\n"),
            Self::Unclear | Self::UnclearToFix => stage.writes(UNCLEAR),
            Self::ShortQueue | Self::TakenBack | Self::Restarted | Self::RestartedToVerify => {}
        }
        let told = match self {
            Self::TakenBack => Some(stage.takes_back()),
            Self::Restarted | Self::RestartedToVerify => Some(stage.restarts()),
            Self::ShortQueue | Self::Corrected | Self::Unclear | Self::UnclearToFix => None,
        };
        let mut survey = stage.survey();
        if self == Self::ShortQueue {
            overflows(&mut survey);
        }
        let mut person = reader.comes(theme, size, stage.request()).shown(survey);
        person.kept.push(stage.project.home);
        let scene = match self {
            Self::Corrected | Self::Unclear => Scene::Judgement,
            Self::ShortQueue | Self::UnclearToFix | Self::TakenBack | Self::Restarted => Scene::Fix,
            Self::RestartedToVerify => Scene::Checked,
        };
        go(&mut person, scene);
        if let Some(told) = told {
            person.harness.state_mut().tell(told);
            person.waits_until("the offers are made", |person| {
                let fix = &person.harness.state().state().fix;
                fix.is_current() && fix.logs_wanted().len() == fix.logs.len()
            });
        }
        person
    }
}

/// A name that is set twice: which of both is meant, nobody else knows.
const UNCLEAR: &str =
    "[server]\nport = 8599\n\n# from the forum\nfileWatcherType = \"poll\"\nfileWatcherType = \"none\"\n";

/// A real project in a home, on the computer of the fixtures.
struct Stage {
    project: Project,
    journal: Journal,
}

impl Stage {
    fn new() -> Self {
        let project = Project::at_home();
        project.write(".streamlit/config.toml", "[server]\nport = 8599\n");
        let variables = [("HOME".into(), project.home.path().into())].into();
        Self { journal: Journal::of_person(&variables).expect("the home is ours"), project }
    }

    fn request(&self) -> Request {
        let home = self.project.home.path();
        // Programs of the desktop would be in their own folder.
        let variables = [("HOME".into(), home.into()), ("PATH".into(), home.join("bin").into())].into();
        Request { variables, ..Request::default() }
    }

    fn survey(&self) -> Survey {
        let request = Request { project: Some(self.project.path().into()), ..self.request() };
        let survey = Survey::take(&request, &Progress::default()).expect("the project can be looked at");
        let mut machine = fixtures::machine();
        let app = machine.holders.processes.remove(0);
        machine.holders.account.watches -= app.charged_watches;
        Survey { machine, ..survey }
    }

    fn case(&self) -> Case {
        let survey = self.survey();
        Case::of(&survey, &judge(&survey), &self.request().variables, &Places::default())
    }

    fn writes(&self, settings: &str) {
        self.project.write(".streamlit/config.toml", settings);
    }

    /// Changes the settings file; the change's number.
    fn changes(&self, file_watcher: FileWatcher) -> u32 {
        let request = ConfigRequest { file_watcher: Some(file_watcher), run_on_save: None, starter: false };
        self.applies(&self.case().streamlit_config(request, false).plan.expect("it can be changed"))
    }

    fn applies(&self, plan: &Plan) -> u32 {
        match apply(plan, &self.journal, Way::of_window()) {
            PlanOutcome::Applied { id, .. } => id,
            other => panic!("it is applied: {other:?}"),
        }
    }

    /// Makes two changes and takes the second one back.
    fn takes_back(&self) -> Told {
        let script = self.project.path().join("run.sh");
        self.applies(&self.case().launch_script(FileWatcher::Poll, &script).plan.expect("it can be changed"));
        let last = self.changes(FileWatcher::None);
        Told::Undone(undo(&self.journal, last, Way::of_window()))
    }

    /// What is told of an app that wrote to a terminal before, and has an error to tell.
    fn restarts(&self) -> Told {
        let lines = "\n  You can now view your Streamlit app in your browser.\n\n  Local URL: http://localhost:8599\n\n\
                     2026-11-29 21:14:03.117 Failed to schedule watch observer for path /srv/data\n\
                     OSError: [Errno 28] inotify watch limit reached\n";
        let log = self.project.home.path().join(".local/state/inotify-doctor/logs/7.log");
        std::fs::create_dir_all(log.parent().expect("it is in a folder")).expect("a folder can be made");
        std::fs::write(&log, lines).expect("a file can be written");
        let command = ["streamlit", "run", "app/Main.py", "--server.port=8599"].map(Into::into).into();
        let cwd: PathBuf = self.project.path().into();
        let restart = Restart { pid: 24_117, started_ticks: 1, command, cwd, variables: Vec::new(), kill: false };
        let promise = Promise {
            watches_after: Some(4),
            hot_reload: HotReload::Kept,
            needs_administrator: false,
            survives_reboot: false,
            needs_restart: false,
        };
        let plan = Plan { remedy: RemedyName::Restart, changes: vec![Change::Restart(restart)], promise };
        // No process has this number: the log says that the app has ended, too.
        let done = vec![Done::Restarted { pid: 4_194_400, log, kept: false }];
        Told::Applied(Box::new(plan), PlanOutcome::Applied { id: 7, done })
    }
}

/// As many folders as overflow the queue, which no test makes for real.
fn overflows(survey: &mut Survey) {
    const FOLDERS: u64 = 6_000;
    survey.machine.limits = fixtures::limits(65_536);
    let streamlit = survey.project.as_mut().and_then(|project| project.streamlit.as_mut());
    let need = &mut streamlit.expect("Streamlit is known").need;
    let (listed, largest_root, in_one_root) = (FOLDERS, FOLDERS, FOLDERS);
    (need.watches, need.polled_files) = (FOLDERS, 26);
    need.queue = QueueLoad { listed, largest_root, in_one_root, outermost: 1, rebuilds: true };
}
