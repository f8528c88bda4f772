//! A large project on a small limit, for states that a test cannot bring about on the machine it runs on.

use inotify_doctor::diagnosis::Budget;
use inotify_doctor::machine::boot::{Assignment, BootLimit, BootLimits, Ineffective, Reader, WhyIneffective};
use inotify_doctor::machine::environment::Pkexec;
use inotify_doctor::machine::{Account, Environment, Holders, Kind, Limit, LimitsNow, Machine, Places, Process};
use inotify_doctor::project::python::FoundBy;
use inotify_doctor::project::script::Because;
use inotify_doctor::project::streamlit::{
    ConfigFile, ConfigState, Gap, Need, RootReason, Setting, Source, WatchRoot, Watcher,
};
use inotify_doctor::project::tree::Folder;
use inotify_doctor::project::{EntryScript, Launch, Python, Streamlit, TreeCount, Version};
use inotify_doctor::survey::{HeldInFolder, Project, ProjectWatcher, RunningApp, Survey};
use inotify_doctor::verification::{Added, Check, Facts, LimitNow, Outcome, Refused};
use inotify_doctor::watchers::{Knob, Lever};
use rustix::io::Errno;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The account's limit.
pub(super) const LIMIT: u64 = 8_192;
/// Directories that the app should watch.
pub(super) const NEED: u64 = 41_233;
/// The app's process.
pub(super) const APP: u32 = 24_117;

const ROOT: &str = "/home/mia/projects/emo_hallo";

/// An app that silently watches a fifth of its folders, and a `runOnSave = false` that changes nothing.
pub(super) fn starved() -> Survey {
    Survey { machine: machine(), project: Some(project()), watching: None, taken_at: 1_760_000_000 }
}

/// The same where an editor watches the project as well, most of it for nothing.
pub(super) fn with_editor() -> Survey {
    let mut survey = starved();
    let folder = |name: &str, watches| HeldInFolder { name: name.into(), pattern: format!("**/{name}/**"), watches };
    let editor = ProjectWatcher {
        pid: 4_711,
        kind: Kind::Vscode,
        program: "code".into(),
        watches: 41_240,
        instances: 1,
        in_project: Some(41_232),
        held: Arc::default(),
        heavy: vec![folder("node_modules", 20_100), folder(".venv", 12_400)],
        forecast: None,
        knobs: vec![Knob { lever: Lever::VscodeExclude(vec!["**/.venv/**".into()]), watches_after: Some(8_732) }],
    };
    survey.project.as_mut().expect("there is a project").watchers.push(editor);
    survey
}

/// The same app where the limit was raised long ago: it watches all of its folders.
pub(super) fn healthy() -> Survey {
    let mut survey = starved();
    let machine = &mut survey.machine;
    (machine.limits, machine.boot.watches) = (limits(1_048_576), BootLimit::default());
    let set = Assignment { file: "/etc/sysctl.d/60-inotify.conf".into(), line: 1, value: "1048576".into() };
    (machine.boot.watches.value, machine.boot.watches.winner) = (Some(1_048_576), Some(set));
    machine.holders.account.watches += NEED - machine.holders.processes[0].watches;
    let app = &mut machine.holders.processes[0];
    (app.watches, app.charged_watches) = (NEED, NEED);
    let project = survey.project.as_mut().expect("there is a project");
    project.running[0].watches = NEED;
    project.running[0].gap = Some(Gap { expected: NEED, unwatched_count: 0, unwatched: Vec::new() });
    let settings = &mut project.streamlit.as_mut().expect("Streamlit is known").settings;
    settings.iter_mut().for_each(|setting| setting.source = Source::Default);
    survey
}

/// What the checks say of it: there are instances enough, and watches are missing.
pub(super) fn checks() -> Vec<Check> {
    let budget = Budget::of(&starved());
    let limit = |limit, sums| Facts::LimitNow(LimitNow { limit, of_namespace: false, sums, held_is_a_minimum: false });
    let folder = Some(format!("{ROOT}/emo_hallo/pages").into());
    let added = Added {
        need: NEED,
        held: 8_102,
        app: Some(APP),
        added: 2,
        stand_ins: 0,
        given_back: false,
        refused: Some(Refused { errno: Errno::NOSPC, folder }),
        took: Duration::from_millis(40),
    };
    vec![
        Check { outcome: Outcome::Passed, facts: limit(Limit::Instances, budget.instances) },
        Check { outcome: Outcome::Failed, facts: limit(Limit::Watches, budget.watches) },
        Check { outcome: Outcome::Failed, facts: Facts::Added(added) },
    ]
}

/// The limits as the kernel's files tell them: nothing else can make them.
pub(super) fn limits(watches: u64) -> LimitsNow {
    let proc = tempfile::tempdir().expect("a temporary folder");
    let folder = proc.path().join("sys/fs/inotify");
    fs::create_dir_all(&folder).expect("a temporary folder");
    for (name, value) in [("max_user_watches", watches), ("max_user_instances", 128), ("max_queued_events", 16_384)] {
        fs::write(folder.join(name), format!("{value}\n")).expect("a temporary file");
    }
    LimitsNow::read(&Places { proc: proc.path().into(), root: proc.path().into() })
}

/// The computer of all these facts, with Debian's small limit.
pub(super) fn machine() -> Machine {
    let line = |file: &str, line, value: &str| Assignment { file: file.into(), line, value: value.into() };
    let watches = BootLimit {
        value: Some(LIMIT),
        winner: Some(line("/usr/lib/sysctl.d/50-default.conf", 31, "8192")),
        overridden: vec![line("/usr/lib/sysctl.d/10-arch.conf", 3, "524288")],
        ineffective: vec![Ineffective {
            assignment: line("/etc/sysctl.conf", 68, "524288"),
            why: WhyIneffective::NotRead,
        }],
    };
    let (instances, queued_events) = (BootLimit::default(), BootLimit::default());
    Machine {
        limits: limits(LIMIT),
        namespace_limits: None,
        boot: BootLimits { reader: Reader::Systemd, watches, instances, queued_events, unreadable: Vec::new() },
        holders: holders(),
        memory_bytes: Some(16 << 30),
        environment: Environment {
            systemd: true,
            etc_writable: true,
            pkexec: Pkexec::Usable("/usr/bin/pkexec".into()),
            distribution: Some("Debian GNU/Linux 13 (trixie)".into()),
            kernel: "6.12.48-amd64".into(),
            desktop: Some("GNOME, Wayland".into()),
            ..Environment::default()
        },
    }
}

fn holders() -> Holders {
    let rows = [
        (APP, "python3.11", Kind::Streamlit, 1, 8_102, "streamlit run emo_hallo/Main.py"),
        (3_320, "code", Kind::Vscode, 2, 61, "/usr/share/code/code --type=utility"),
        (1_411, "gnome-shell", Kind::Desktop, 1, 12, "/usr/bin/gnome-shell"),
        (1_502, "tracker-miner-fs-3", Kind::FileIndexer, 1, 9, "/usr/libexec/tracker-miner-fs-3"),
        (1_288, "systemd", Kind::Systemd, 3, 6, "/usr/lib/systemd/systemd --user"),
    ];
    let processes: Vec<Process> = rows.into_iter().map(process).collect();
    let watches = processes.iter().map(|process| process.watches).sum();
    let instances = processes.iter().map(|process| process.instances).sum();
    Holders {
        processes,
        account: Account { uid: 1000, watches, instances, unreadable_processes: 0 },
        unreadable: Vec::new(),
        ..Holders::default()
    }
}

fn process((pid, program, kind, instances, watches, command): (u32, &str, Kind, u64, u64, &str)) -> Process {
    let streamlit = kind == Kind::Streamlit;
    let python = streamlit.then(|| format!("{ROOT}/.venv/bin/python3.11"));
    let words = python.into_iter().chain(command.split(' ').map(str::to_owned));
    Process {
        pid,
        parent: 1,
        uid: 1000,
        user: Some("mia".into()),
        program: program.into(),
        command: words.map(Into::into).collect(),
        kind,
        instances,
        watches,
        charged_watches: watches,
        charged_to_account: true,
        shared_with: Vec::new(),
        other_user_namespace: false,
        started: None,
        started_ticks: None,
        cwd: streamlit.then(|| ROOT.into()),
    }
}

fn project() -> Project {
    let script = EntryScript {
        path: format!("{ROOT}/emo_hallo/Main.py").into(),
        because: Because::NamedIn(format!("{ROOT}/emohallo.sh").into()),
    };
    let other = EntryScript { path: format!("{ROOT}/tools/label.py").into(), because: Because::Imports };
    Project {
        root: ROOT.into(),
        tree: tree(),
        inventory: Arc::default(),
        script: Some(script.clone()),
        scripts: vec![script, other],
        python: Some(python()),
        pythons: vec![python()],
        launch: Some(launch()),
        streamlit: Some(streamlit()),
        watches_without_blacklist: None,
        running: vec![running()],
        servers: Vec::new(),
        watchers: Vec::new(),
        disk: None,
        logs: Vec::new(),
    }
}

fn python() -> Python {
    Python {
        executable: format!("{ROOT}/.venv/bin/python").into(),
        found_by: FoundBy::Project,
        site_packages: Vec::new(),
        streamlit: version("1.67.0"),
        watchdog: version("7.1.0"),
    }
}

fn version(text: &str) -> Option<Version> {
    Some(Version { text: text.into(), release: text.split('.').filter_map(|part| part.parse().ok()).collect() })
}

fn streamlit() -> Streamlit {
    let config: PathBuf = format!("{ROOT}/.streamlit/config.toml").into();
    let setting = |key: &str, value: &str, source: Source| Setting {
        key: key.into(),
        value: value.into(),
        source,
        overrides: Vec::new(),
        unknown_word: false,
    };
    let file = |path: PathBuf, place: Source, state| ConfigFile { path, place, state, unknown_keys: Vec::new() };
    let global: PathBuf = "/home/mia/.streamlit/config.toml".into();
    Streamlit {
        version: version("1.67.0"),
        watchdog: version("7.1.0"),
        watcher: Watcher::Watchdog,
        settings: vec![
            setting("server.fileWatcherType", "auto", Source::Default),
            setting("server.runOnSave", "false", Source::Project(config.clone())),
            setting("server.folderWatchList", "[]", Source::Default),
            setting("server.folderWatchBlacklist", "[]", Source::Default),
        ],
        config_files: vec![
            file(config.clone(), Source::Project(config), ConfigState::Read),
            file(global.clone(), Source::Global(global), ConfigState::Missing),
        ],
        stop: None,
        need: Need {
            watches: NEED,
            instances: 1,
            roots: vec![WatchRoot {
                path: format!("{ROOT}/emo_hallo").into(),
                directories: NEED,
                because: RootReason::Script,
                certain: true,
            }],
            estimate: false,
            unreadable: 0,
            ..Need::default()
        },
    }
}

fn launch() -> Launch {
    Launch { script: format!("{ROOT}/emo_hallo/Main.py").into(), cwd: ROOT.into(), ..Launch::default() }
}

fn running() -> RunningApp {
    let missing = NEED - 8_102;
    RunningApp {
        pid: APP,
        started_ticks: None,
        watches: 8_102,
        instances: 1,
        readable: true,
        changing: false,
        python: Some(python()),
        launch: launch(),
        held: None,
        descriptors: None,
        steadiness: None,
        queue_too_short: false,
        session_open: None,
        gap: Some(Gap {
            expected: NEED,
            unwatched_count: missing,
            unwatched: ["pages", "data"].map(|name| format!("{ROOT}/emo_hallo/{name}").into()).into(),
        }),
        next: Some(streamlit()),
    }
}

fn tree() -> TreeCount {
    let folder = |name: &str, directories, files, children| Folder { name: name.into(), directories, files, children };
    let modules = folder(
        "node_modules",
        20_100,
        161_230,
        vec![folder("@mui", 5_201, 40_021, vec![]), folder("date-fns", 3_104, 9_000, vec![])],
    );
    let app = folder(
        "emo_hallo",
        41_233,
        290_411,
        vec![
            modules,
            folder(".venv", 12_411, 98_402, vec![folder("lib", 12_400, 98_300, vec![])]),
            folder("data", 6_002, 28_004, vec![]),
            folder("pages", 1_804, 2_120, vec![]),
            folder("assets", 640, 1_011, vec![]),
        ],
    );
    let children = vec![app, folder(".git", 260, 1_804, vec![]), folder("tools", 12, 40, vec![])];
    TreeCount {
        root: ROOT.into(),
        directories: 41_512,
        files: 292_300,
        folders: Folder { name: "".into(), directories: 41_512, files: 292_300, children },
        ..TreeCount::default()
    }
}
