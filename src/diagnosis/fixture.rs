//! A healthy machine with a small Streamlit project, for tests that change one thing and look what is said.

use crate::machine::boot::{BootLimit, BootLimits, Reader};
use crate::machine::{Account, Environment, Holders, LimitsNow, Machine, Places};
use crate::project::streamlit::{Need, Setting, Source, Watcher};
use crate::project::{Streamlit, TreeCount, Version};
use crate::survey::{Project, Survey};
use std::fs;
use std::sync::Arc;

/// The limits as the kernel would tell them, through files, since nothing else can make a [`LimitsNow`].
pub(crate) fn limits(watches: u64, instances: u64, queued_events: u64) -> LimitsNow {
    let proc = tempfile::tempdir().expect("a temporary folder");
    let folder = proc.path().join("sys/fs/inotify");
    fs::create_dir_all(&folder).expect("a temporary folder");
    for (name, value) in [("watches", watches), ("instances", instances)] {
        fs::write(folder.join(format!("max_user_{name}")), format!("{value}\n")).expect("a temporary file");
    }
    fs::write(folder.join("max_queued_events"), format!("{queued_events}\n")).expect("a temporary file");
    LimitsNow::read(&Places { proc: proc.path().into(), root: proc.path().into() })
}

/// Limits 65,536 / 128 / 16,384, of which 1,000 and 10 are held, on 8 GiB; no project.
pub(crate) fn machine_only() -> Survey {
    let boot = BootLimit::default();
    let machine = Machine {
        limits: limits(65_536, 128, 16_384),
        namespace_limits: None,
        boot: BootLimits {
            reader: Reader::Systemd,
            watches: boot.clone(),
            instances: boot.clone(),
            queued_events: boot,
            unreadable: Vec::new(),
        },
        holders: Holders {
            account: Account { uid: 1000, watches: 1000, instances: 10, unreadable_processes: 0 },
            ..Holders::default()
        },
        memory_bytes: Some(8 << 30),
        environment: Environment { systemd: true, ..Environment::default() },
    };
    Survey { machine, project: None, watching: None, taken_at: 0 }
}

/// The same with a project whose app needs `watches`.
pub(crate) fn with_need(watches: u64) -> Survey {
    let streamlit = Streamlit {
        version: Version::parse("1.67.0"),
        watchdog: Version::parse("7.1.0"),
        watcher: Watcher::Watchdog,
        settings: Vec::new(),
        config_files: Vec::new(),
        stop: None,
        need: Need { watches, instances: 1, ..Need::default() },
    };
    let project = Project {
        root: "/home/mia/project".into(),
        tree: TreeCount { directories: watches, files: 500, ..TreeCount::default() },
        inventory: Arc::default(),
        script: None,
        scripts: Vec::new(),
        python: None,
        pythons: Vec::new(),
        launch: None,
        streamlit: Some(streamlit),
        watches_without_blacklist: None,
        running: Vec::new(),
        servers: Vec::new(),
        watchers: Vec::new(),
        disk: None,
        logs: Vec::new(),
    };
    Survey { project: Some(project), ..machine_only() }
}

/// A setting that somebody set on the command line.
pub(super) fn flag(key: &str, value: &str) -> Setting {
    let (key, value) = (key.to_owned(), value.to_owned());
    Setting { key, value, source: Source::Flag, overrides: Vec::new(), unknown_word: false }
}
