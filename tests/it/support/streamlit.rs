//! Real Streamlit: projects in a temporary folder, launched for good, their watches read from the kernel.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use inotify_doctor::progress::Progress;
use inotify_doctor::project::python::FoundBy;
use inotify_doctor::project::{Launch, Python, Streamlit, Version};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The environments that `tests/run` prepares, the newest first: folder name, Streamlit, watchdog.
pub(crate) const VENVS: [(&str, &str, &str); 3] = [
    ("streamlit-1.67-watchdog-7", "1.67.0", "7.1.0"),
    ("streamlit-1.57-watchdog-6", "1.57.0", "6.0.0"),
    ("streamlit-1.49-watchdog-6", "1.49.0", "6.0.0"),
];

static TURNS: [Mutex<()>; 2] = [Mutex::new(()), Mutex::new(())];
static RUNS: AtomicUsize = AtomicUsize::new(0);

/// One installation of Streamlit.
#[derive(Clone)]
pub(crate) struct Installed {
    pub(crate) name: &'static str,
    pub(crate) python: Python,
}

/// Every installation, or a message how to get them.
pub(crate) fn installations() -> Vec<Installed> {
    VENVS.iter().map(|(name, streamlit, watchdog)| installation(name, streamlit, watchdog)).collect()
}

/// Streamlit beside a public package of components, streamlit-extras.
pub(crate) fn beside_streamlit_extras() -> Installed {
    installation("streamlit-1.67-extras", "1.67.0", "7.1.0")
}

fn installation(name: &'static str, streamlit: &str, watchdog: &str) -> Installed {
    let folder = std::env::var_os("INOTIFY_DOCTOR_VENVS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.cache/venvs"), PathBuf::from)
        .join(name);
    let executable = folder.join("bin/python");
    assert!(executable.exists(), "{} is missing: tests/run makes it", executable.display());
    let lib = fs::read_dir(folder.join("lib")).unwrap().next().unwrap().unwrap().path();
    let python = Python {
        executable,
        found_by: FoundBy::Chosen,
        site_packages: vec![lib.join("site-packages")],
        streamlit: Some(version(streamlit)),
        watchdog: Some(version(watchdog)),
    };
    Installed { name, python }
}

pub(crate) fn version(text: &str) -> Version {
    Version { text: text.to_owned(), release: text.split('.').map(|part| part.parse().unwrap()).collect() }
}

/// A project on disk and how it is started.
pub(crate) struct Project {
    folder: tempfile::TempDir,
    script: String,
    cwd: String,
    flags: Vec<String>,
    variables: BTreeMap<OsString, OsString>,
    as_module: bool,
}

impl Project {
    /// Files with their content; a path that ends in `/` is an empty folder. The script is `app.py`.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let project = Self {
            // The usual name starts with a dot: modules in hidden folders are never watched.
            folder: tempfile::Builder::new().prefix("inotify-doctor-").tempdir().unwrap(),
            script: "app.py".to_owned(),
            cwd: "project".to_owned(),
            flags: Vec::new(),
            variables: BTreeMap::new(),
            as_module: false,
        };
        fs::create_dir_all(project.path("home")).unwrap();
        fs::create_dir_all(project.path("project")).unwrap();
        for (file, content) in files {
            let file = project.path("project").join(file);
            if file.to_string_lossy().ends_with('/') {
                fs::create_dir_all(file).unwrap();
            } else {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, content).unwrap();
            }
        }
        let home = project.path("home");
        project.variable("HOME", home.to_str().unwrap())
    }

    /// A path beside the project folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    pub(crate) fn script(mut self, script: &str) -> Self {
        self.script = script.to_owned();
        self
    }

    pub(crate) fn cwd(mut self, cwd: &str) -> Self {
        self.cwd = cwd.to_owned();
        self
    }

    pub(crate) fn flag(mut self, flag: &str) -> Self {
        self.flags.push(flag.to_owned());
        self
    }

    /// `{}` in the value stands for the folder the project folder is in.
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        let value = value.replace("{}", self.path("").to_str().unwrap().trim_end_matches('/'));
        self.variables.insert(name.into(), value.into());
        self
    }

    pub(crate) fn link(self, link: &str, target: &str) -> Self {
        let link = self.path("project").join(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(target, link).unwrap();
        self
    }

    pub(crate) fn started_as_module(mut self) -> Self {
        self.as_module = true;
        self
    }

    /// The launch as the program sees it.
    pub(crate) fn launch(&self) -> Launch {
        let flags = self.flags.iter().map(|flag| {
            let (key, value) = flag.trim_start_matches('-').split_once('=').unwrap();
            (key.to_owned(), value.to_owned())
        });
        let cwd = self.path(&self.cwd);
        Launch {
            script: cwd.join(&self.script),
            cwd,
            flags: flags.collect(),
            as_module: self.as_module,
            variables: self.variables.clone(),
        }
    }

    pub(crate) fn forecast(&self, with: &Installed) -> Streamlit {
        Streamlit::forecast(&self.launch(), Some(&with.python), &Progress::default()).unwrap()
    }

    /// The command that starts the app, holds a session and prints what it watches.
    pub(crate) fn command(&self, with: &Installed) -> Command {
        let bin = with.python.executable.parent().unwrap().to_path_buf();
        let mut command = Command::new(&with.python.executable);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/hold_session.py"));
        if self.as_module {
            command.arg(&with.python.executable).args(["-m", "streamlit"]);
        } else {
            command.arg(bin.join("streamlit"));
        }
        command.arg("run").arg(&self.script).args(&self.flags);
        command.current_dir(self.path(&self.cwd)).env_clear().env("PATH", "/usr/bin:/bin").envs(&self.variables);
        command.stdin(Stdio::null());
        command
    }

    /// Starts the app and reads what it holds. Two at a time, however many tests run: each takes a whole core.
    pub(crate) fn measure(&self, with: &Installed) -> Held {
        let _turn =
            TURNS[RUNS.fetch_add(1, Ordering::Relaxed) % TURNS.len()].lock().unwrap_or_else(PoisonError::into_inner);
        let output = self.command(with).output().unwrap();
        Held::read(&output.stdout).unwrap_or_else(|| {
            panic!("{}: {}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
        })
    }
}

/// Starts one app after the other, each in a fork of one process that has Streamlit imported already.
pub(crate) struct Starter {
    process: Child,
    answers: BufReader<ChildStdout>,
}

impl Starter {
    pub(crate) fn of(with: &Installed) -> Self {
        let mut process = Command::new(&with.python.executable)
            .args([concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/hold_session.py"), "--many"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        Self { process, answers }
    }

    /// Starts the app of a project with a session, and reads what it holds.
    pub(crate) fn measure(&mut self, project: &Project) -> Held {
        let shown = |text: &OsString| text.to_str().unwrap().to_owned();
        let mut environment: BTreeMap<String, String> =
            project.variables.iter().map(|(name, value)| (shown(name), shown(value))).collect();
        environment.insert("PATH".to_owned(), "/usr/bin:/bin".to_owned());
        let mut arguments = vec!["run".to_owned(), project.script.clone()];
        arguments.extend(project.flags.clone());
        let cwd = project.path(&project.cwd);
        let wanted = json!({ "cwd": cwd, "arguments": arguments, "environment": environment });
        writeln!(self.process.stdin.as_mut().unwrap(), "{wanted}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        Held::read(answer.as_bytes()).unwrap_or_else(|| panic!("the app did not run: {answer}"))
    }
}

impl Drop for Starter {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// What an app that runs already holds with a session open.
pub(crate) fn held_with_a_session(with: &Installed, pid: u32, port: u16) -> Held {
    let mut command = Command::new(&with.python.executable);
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/hold_session.py"));
    command.arg("--attach").args([pid.to_string(), port.to_string()]).stdin(Stdio::null());
    let output = command.output().unwrap();
    Held::read(&output.stdout).unwrap_or_else(|| panic!("no session: {}", String::from_utf8_lossy(&output.stderr)))
}

/// What a real app holds: for each instance its (inode, sdev) pairs.
#[derive(Debug)]
pub(crate) struct Held(pub(crate) Vec<Vec<(u64, u64)>>);

impl Held {
    pub(crate) fn read(line: &[u8]) -> Option<Self> {
        let report: Value = serde_json::from_slice(line).ok()?;
        let pair = |pair: &Value| Some((pair.get(0)?.as_u64()?, pair.get(1)?.as_u64()?));
        let instance = |pairs: &Value| pairs.as_array()?.iter().map(pair).collect::<Option<Vec<_>>>();
        report.get("instances")?.as_array()?.iter().map(instance).collect::<Option<Vec<_>>>().map(Self)
    }

    pub(crate) fn watches(&self) -> u64 {
        self.0.iter().map(Vec::len).sum::<usize>() as u64
    }

    pub(crate) fn instances(&self) -> u64 {
        self.0.len() as u64
    }

    /// The watches of each instance, most first.
    pub(crate) fn sizes(&self) -> Vec<u64> {
        let mut sizes: Vec<u64> = self.0.iter().map(|instance| instance.len() as u64).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes
    }
}
