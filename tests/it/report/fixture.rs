//! A survey made by hand: small enough to review, with something in every part of the report.

use inotify_doctor::machine::boot::{Assignment, BootLimit, BootLimits, Ineffective, Reader, WhyIneffective};
use inotify_doctor::machine::environment::Pkexec;
use inotify_doctor::machine::processes::Unreadable;
use inotify_doctor::machine::{Account, Environment, Holders, Kind, LimitsNow, Machine, Places, Process};
use inotify_doctor::project::script::Because;
use inotify_doctor::project::streamlit::{
    BrokenToml, ConfigFile, ConfigState, Gap, Need, RootReason, Setting, Source, TomlMistake, WatchRoot, Watcher,
};
use inotify_doctor::project::tree::Folder;
use inotify_doctor::project::{EntryScript, Launch, LogHit, Streamlit, TreeCount, Version};
use inotify_doctor::report::Identity;
use inotify_doctor::survey::{Project, ProjectWatcher, RunningApp, Survey};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

const ROOT: &str = "/home/mia/projects/hello";

/// The person at the fixture's computer.
pub(crate) fn identity() -> Identity {
    Identity {
        homes: vec![PathBuf::from("/home/mia")],
        users: vec!["mia".to_owned()],
        hosts: vec!["mias-laptop".to_owned()],
    }
}

/// A project that does not fit, whose app runs with a gap.
pub(crate) fn survey() -> Survey {
    Survey { machine: machine(), project: Some(project()), watching: None, taken_at: 1_790_000_000 }
}

fn machine() -> Machine {
    Machine {
        limits: limits(),
        namespace_limits: None,
        boot: boot(),
        holders: holders(),
        memory_bytes: Some(16 << 30),
        environment: Environment {
            systemd: true,
            etc_writable: true,
            pkexec: Pkexec::Usable(PathBuf::from("/usr/bin/pkexec")),
            distribution: Some("Debian GNU/Linux 13 (trixie)".to_owned()),
            kernel: "6.12.48".to_owned(),
            desktop: Some("GNOME, wayland".to_owned()),
            ..Environment::default()
        },
    }
}

fn limits() -> LimitsNow {
    let proc = tempfile::tempdir().expect("a temporary folder can be made");
    let inotify = proc.path().join("sys/fs/inotify");
    fs::create_dir_all(&inotify).expect("folders can be made in it");
    for (name, value) in
        [("max_user_watches", "8192\n"), ("max_user_instances", "128\n"), ("max_queued_events", "16384\n")]
    {
        fs::write(inotify.join(name), value).expect("files can be written in it");
    }
    LimitsNow::read(&Places { proc: proc.path().to_path_buf(), root: proc.path().to_path_buf() })
}

fn boot() -> BootLimits {
    let line = |file: &str, line, value: &str| Assignment { file: PathBuf::from(file), line, value: value.to_owned() };
    let watches = BootLimit {
        value: Some(65_536),
        winner: Some(line("/etc/sysctl.d/local.conf", 3, "65536")),
        overridden: vec![line("/usr/lib/sysctl.d/30-tracker.conf", 1, "65536")],
        ineffective: vec![Ineffective {
            assignment: line("/etc/sysctl.conf", 12, "524288"),
            why: WhyIneffective::NotRead,
        }],
    };
    let (instances, queued_events) = (BootLimit::default(), BootLimit::default());
    BootLimits { reader: Reader::Systemd, watches, instances, queued_events, unreadable: vec![] }
}

fn holders() -> Holders {
    let app = "/home/mia/projects/hello/.venv/bin/python3 -m streamlit run ui/app.py --server.port=8501";
    let code = "/usr/share/code/code --type=utility --user-data-dir=/home/mia/.config/Code";
    let tracker = "/usr/libexec/tracker-miner-fs-3";
    let mut streamlit = process(24_117, "python3", Kind::Streamlit, app, 1, 6_102);
    streamlit.shared_with = vec![24_119];
    let mut tracker = process(1_204, "tracker-miner-fs-3", Kind::FileIndexer, tracker, 1, 12);
    (tracker.uid, tracker.charged_to_account) = (1001, false);
    let processes = vec![streamlit, process(3_320, "code", Kind::Vscode, code, 2, 1_888), tracker];
    Holders {
        processes,
        account: Account { uid: 1000, watches: 7_990, instances: 3, unreadable_processes: 0 },
        unreadable: vec![Unreadable { pid: 1, uid: 0, program: "systemd".to_owned() }],
        ..Holders::default()
    }
}

/// One process of the fixture's account.
pub(crate) fn process(pid: u32, program: &str, kind: Kind, command: &str, instances: u64, watches: u64) -> Process {
    Process {
        pid,
        parent: 1,
        uid: 1000,
        user: Some("mia".to_owned()),
        program: program.to_owned(),
        command: command.split(' ').map(OsString::from).collect(),
        kind,
        instances,
        watches,
        charged_watches: watches,
        charged_to_account: true,
        shared_with: vec![],
        other_user_namespace: false,
        started: None,
        started_ticks: None,
        cwd: None,
    }
}

fn project() -> Project {
    let script = PathBuf::from(ROOT).join("ui/app.py");
    let launch = Launch { script: script.clone(), cwd: PathBuf::from(ROOT), ..Launch::default() };
    let gap =
        Gap { expected: 41_233, unwatched_count: 35_131, unwatched: vec![PathBuf::from(ROOT).join("ui/数据/2026")] };
    let running = RunningApp {
        pid: 24_117,
        started_ticks: None,
        watches: 6_102,
        instances: 1,
        readable: true,
        changing: false,
        python: None,
        launch: launch.clone(),
        held: None,
        descriptors: None,
        steadiness: None,
        queue_too_short: false,
        session_open: None,
        gap: Some(gap),
        next: None,
    };
    Project {
        root: PathBuf::from(ROOT),
        tree: tree(),
        inventory: Arc::default(),
        script: Some(EntryScript { path: script, because: Because::Chosen }),
        scripts: vec![],
        python: None,
        pythons: vec![],
        launch: Some(launch),
        streamlit: Some(streamlit()),
        watches_without_blacklist: None,
        running: vec![running],
        servers: Vec::new(),
        watchers: vec![app_as_watcher()],
        disk: None,
        logs: vec![LogHit {
            file: PathBuf::from(ROOT).join("logs/app.log"),
            line: "OSError: [Errno 28] inotify watch limit reached".to_owned(),
            modified: 1_790_000_000,
        }],
    }
}

fn app_as_watcher() -> ProjectWatcher {
    ProjectWatcher {
        pid: 24_117,
        kind: Kind::Streamlit,
        program: "streamlit".to_owned(),
        watches: 6_102,
        instances: 1,
        in_project: None,
        held: Arc::default(),
        heavy: Vec::new(),
        forecast: None,
        knobs: Vec::new(),
    }
}

fn tree() -> TreeCount {
    let folder =
        |name: &str, directories, files| Folder { name: OsString::from(name), directories, files, children: vec![] };
    let children =
        vec![folder("node_modules", 20_100, 181_000), folder(".venv", 12_411, 98_020), folder("数据", 6_002, 40)];
    TreeCount {
        root: PathBuf::from(ROOT),
        directories: 41_240,
        files: 290_312,
        unreadable: 1,
        unreadable_examples: vec![PathBuf::from(ROOT).join("private")],
        folders: Folder { name: OsString::new(), directories: 41_240, files: 290_312, children },
        ..TreeCount::default()
    }
}

fn streamlit() -> Streamlit {
    let global = PathBuf::from("/home/mia/.streamlit/config.toml");
    let local = PathBuf::from(ROOT).join(".streamlit/config.toml");
    let broken = BrokenToml {
        line: 2,
        column: 19,
        text: "fileWatcherType = none".to_owned(),
        reason: "string values must be quoted".to_owned(),
        mistake: TomlMistake::NoQuotes,
        suggestion: Some("fileWatcherType = \"none\"".to_owned()),
        outside_section: None,
    };
    let file = |path, place, state| ConfigFile { path, place, state, unknown_keys: vec![] };
    Streamlit {
        version: Some(version("1.67.0", &[1, 67, 0])),
        watchdog: Some(version("7.0.1", &[7, 0, 1])),
        watcher: Watcher::Watchdog,
        settings: settings(&global),
        config_files: vec![
            file(local.clone(), Source::Project(local), ConfigState::Broken(broken)),
            file(global.clone(), Source::Global(global), ConfigState::Read),
        ],
        stop: None,
        need: Need {
            watches: 41_233,
            instances: 1,
            roots: vec![
                WatchRoot {
                    path: PathBuf::from(ROOT).join("ui"),
                    directories: 41_200,
                    because: RootReason::Script,
                    certain: true,
                },
                WatchRoot {
                    path: PathBuf::from(ROOT).join("lib"),
                    directories: 33,
                    because: RootReason::Module(PathBuf::from(ROOT).join("lib/charts.py")),
                    certain: true,
                },
            ],
            estimate: false,
            unreadable: 1,
            ..Need::default()
        },
    }
}

fn settings(global: &std::path::Path) -> Vec<Setting> {
    let setting = |key: &str, value: &str, source, overrides| Setting {
        key: key.to_owned(),
        value: value.to_owned(),
        source,
        overrides,
        unknown_word: false,
    };
    let variable = Source::Environment("STREAMLIT_SERVER_FILE_WATCHER_TYPE".to_owned());
    let beaten = vec![(Source::Global(global.to_path_buf()), "poll".to_owned())];
    vec![
        setting("server.fileWatcherType", "auto", variable, beaten),
        setting("server.runOnSave", "false", Source::Default, vec![]),
    ]
}

fn version(text: &str, release: &[u64]) -> Version {
    Version { text: text.to_owned(), release: release.to_vec() }
}
