//! Real watchers on real projects: Node's from `tests/npm`, Python's from `tests/venvs`.

use crate::support::tree::venv;
use inotify_doctor::machine::processes::Kind;
use inotify_doctor::progress::Progress;
use inotify_doctor::project::tree::{Depth, Inventory};
use inotify_doctor::watchers::{Invocation, WatcherForecast, WatcherKind, WatcherSettings};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The folder of Node's packages that `tests/run` fills.
pub(crate) fn npm() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.cache/npm");
    let npm = std::env::var_os("INOTIFY_DOCTOR_NPM").map_or_else(default, PathBuf::from).join("node_modules");
    assert!(npm.join("vite").exists(), "{} is missing: tests/run makes it", npm.display());
    npm
}

/// A project below a folder of its own.
pub(crate) struct Project(tempfile::TempDir);

impl Project {
    /// Files with their texts; a path that ends in `/` is an empty folder, `a -> b` a link, `a = b` a second name.
    pub(crate) fn of(entries: &[&str]) -> Self {
        // A name that begins with a dot would make everything below hidden.
        let project = Self(tempfile::Builder::new().prefix("watched-").tempdir().unwrap());
        fs::create_dir(project.path()).unwrap();
        entries.iter().for_each(|entry| project.put(entry));
        project
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap().join("p")
    }

    pub(crate) fn put(&self, entry: &str) {
        let parent = |path: &str| {
            let path = self.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            path
        };
        if let Some((file, text)) = entry.split_once(": ") {
            fs::write(parent(file), text).unwrap();
        } else if let Some((link, target)) = entry.split_once(" -> ") {
            symlink(target, parent(link)).unwrap();
        } else if let Some((name, first)) = entry.split_once(" = ") {
            fs::hard_link(self.path().join(first), parent(name)).unwrap();
        } else if entry.ends_with('/') {
            fs::create_dir_all(self.path().join(entry)).unwrap();
        } else {
            fs::write(parent(entry), "").unwrap();
        }
    }
}

/// How a watcher is started in the project.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    pub(crate) command: Vec<OsString>,
    pub(crate) variables: BTreeMap<OsString, OsString>,
}

impl Start {
    /// A program of Node's.
    pub(crate) fn node(script: &str, arguments: &str) -> Self {
        Self::of_node(&npm().join(script), arguments)
    }

    /// A script that Node runs.
    pub(crate) fn of_node(script: &Path, arguments: &str) -> Self {
        Self::of(Path::new("node"), &[script], arguments)
    }

    /// A program of Python's, from an environment.
    pub(crate) fn python(environment: &str, program: &str, arguments: &str) -> Self {
        let bin = venv(environment).join("bin");
        Self::of(&bin.join("python"), &[bin.join(program).as_path()], arguments)
    }

    fn of(program: &Path, script: &[&Path], arguments: &str) -> Self {
        let words = arguments.split(' ').filter(|word| !word.is_empty()).map(OsString::from);
        let first = std::iter::once(program).chain(script.iter().copied()).map(|path| path.as_os_str().to_owned());
        Self { command: first.chain(words).collect(), variables: BTreeMap::new() }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// What the product says of it, as it would of the process.
    pub(crate) fn invocation(&self, project: &Path) -> Invocation {
        Invocation::new(&self.command, project, self.variables.clone())
    }

    pub(crate) fn settings(&self, kind: WatcherKind, project: &Path) -> WatcherSettings {
        kind.settings(&self.invocation(project), project).expect("it watches something")
    }

    /// The forecast, made while it does not run.
    pub(crate) fn forecast(&self, kind: WatcherKind, project: &Path) -> WatcherForecast {
        let recognised = Kind::of(&self.command[0].to_string_lossy(), &self.command);
        assert_eq!(WatcherKind::of(recognised), Some(kind), "{:?} is known for what it is", self.command);
        let mut inventory = Inventory::take_with_second_names(project, Depth::Usual, &Progress::default()).unwrap();
        let settings = self.settings(kind, project);
        settings.forecast(&mut inventory, &Progress::default()).unwrap().expect("it lies in the project")
    }

    pub(crate) fn run(&self, project: &Path) -> Running {
        let home = project.parent().unwrap().join("home");
        fs::create_dir_all(&home).unwrap();
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).current_dir(project).env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", home).envs(&self.variables);
        // jest ends with its input, so it gets a pipe that stays open.
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        Running(command.spawn().unwrap())
    }
}

/// A watcher that runs, with everything it has started.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }

    /// Instances and the watched inodes of the whole group, once they have not changed for two seconds; `polls`: where
    /// nothing is to be expected.
    pub(crate) fn held(&mut self, polls: bool) -> (u64, BTreeSet<(String, String)>) {
        self.held_like(polls, |_| true)
    }

    /// The same; a number that is not `wanted` gets three times as long to become another one.
    pub(crate) fn held_like(&mut self, polls: bool, wanted: impl Fn(u64) -> bool) -> (u64, BTreeSet<(String, String)>) {
        const QUIET: Duration = Duration::from_secs(2);
        const LONGEST: Duration = Duration::from_secs(90);
        let (begin, mut since, mut last) = (Instant::now(), Instant::now(), (0, BTreeSet::new()));
        loop {
            assert!(self.0.try_wait().unwrap().is_none(), "the watcher runs on");
            let now = self.now();
            if now != last {
                (last, since) = (now, Instant::now());
            }
            let quiet = if polls || !wanted(last.1.len() as u64) { 3 * QUIET } else { QUIET };
            if since.elapsed() > quiet && (polls || last.0 > 0 && !last.1.is_empty()) || begin.elapsed() > LONGEST {
                return last;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn now(&self) -> (u64, BTreeSet<(String, String)>) {
        let (mut instances, mut watched) = (0, BTreeSet::new());
        for pid in group(self.0.id()) {
            for entry in fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten() {
                if !fs::read_link(entry.path()).is_ok_and(|to| to.as_os_str() == "anon_inode:inotify") {
                    continue;
                }
                let info = format!("/proc/{pid}/fdinfo/{}", entry.file_name().to_string_lossy());
                let Ok(text) = fs::read_to_string(info) else { continue };
                instances += 1;
                watched.extend(text.lines().filter_map(|line| {
                    let mut words = line.strip_prefix("inotify ")?.split(' ');
                    let inode = words.find_map(|word| word.strip_prefix("ino:"))?;
                    Some((inode.to_owned(), words.next()?.to_owned()))
                }));
            }
        }
        (instances, watched)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let pid = i32::try_from(self.0.id()).ok().and_then(rustix::process::Pid::from_raw).unwrap();
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
        let _ = self.0.wait();
    }
}

/// The watches of a process and all that it has started, those of each instance.
pub(crate) fn watches_of(pid: u32) -> u64 {
    let folders = group(pid).into_iter().map(|pid| format!("/proc/{pid}/fdinfo"));
    let files = folders.flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let texts = files.filter_map(|file| fs::read_to_string(file.path()).ok());
    texts.map(|text| text.lines().filter(|line| line.starts_with("inotify ")).count() as u64).sum()
}

/// A process with all that it has started.
fn group(pid: u32) -> Vec<u32> {
    let mut all = vec![pid];
    for task in fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten() {
        let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        all.extend(children.split_whitespace().filter_map(|child| child.parse().ok()).flat_map(group));
    }
    all
}
