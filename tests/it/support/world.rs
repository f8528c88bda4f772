//! A small world of its own for tests that change things: a home, a project and a journal in a temporary folder; and
//! ways to run a test's body in another process, with other rights or on another disk.

use inotify_doctor::remedy::raise_limits::Way;
use inotify_doctor::remedy::{Journal, OwnFolders, Plan, PlanOutcome, Undo, apply, undo};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

pub(crate) struct World {
    /// `None`: it belongs to someone else, who removes it.
    _folder: Option<tempfile::TempDir>,
    root: PathBuf,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("inotify-doctor-").tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        Self { _folder: Some(folder), ..Self::at(&root) }
    }

    /// In a folder that is there already.
    pub(crate) fn at(root: &Path) -> Self {
        let world = Self { _folder: None, root: root.to_path_buf() };
        for folder in ["home", "project"] {
            fs::create_dir_all(world.path(folder)).unwrap();
        }
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(crate) fn project(&self, name: &str) -> PathBuf {
        self.root.join("project").join(name)
    }

    /// Writes a file of the project, with the folders above it.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.project(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn own(&self) -> OwnFolders {
        OwnFolders { home: Some(self.path("home")), project: Some(self.path("project")) }
    }

    pub(crate) fn journal(&self) -> Journal {
        Journal::at(self.path("state/journal"))
    }

    pub(crate) fn apply(&self, plan: &Plan) -> PlanOutcome {
        apply(plan, &self.journal(), Way::Direct)
    }

    /// Applies and expects it to be done.
    #[track_caller]
    pub(crate) fn done(&self, plan: &Plan) -> u32 {
        match self.apply(plan) {
            PlanOutcome::Applied { id, done } => {
                assert_eq!(done.len(), plan.changes.len(), "every change has its result");
                id
            }
            other => panic!("the plan should be applied, not {other:?}"),
        }
    }

    pub(crate) fn undo(&self, id: u32) -> Undo {
        undo(&self.journal(), id, Way::Direct)
    }

    /// Everything in the project: content and mode of each file, links by their target.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
        let mut all = BTreeMap::new();
        collect(&self.path("project"), &mut all);
        all
    }
}

fn collect(folder: &Path, all: &mut BTreeMap<PathBuf, (u32, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = path.symlink_metadata().unwrap();
        let content = if about.is_file() {
            fs::read(&path).unwrap()
        } else if about.is_symlink() {
            fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes()
        } else {
            collect(&path, all);
            Vec::new()
        };
        all.insert(path, (about.mode(), content));
    }
}

const AGAIN: &str = "INOTIFY_DOCTOR_TEST_AGAIN";

/// Runs `body` in a process of its own, started through `wrapper` with these variables. Call it as the whole of a test.
pub(crate) fn in_another_process<Body: FnOnce()>(wrapper: &[&str], variables: &[(&str, &OsStr)], body: Body) {
    if env::var_os(AGAIN).is_some() {
        return body();
    }
    start_again::<Body>(wrapper, variables);
}

/// Starts the test whose body is `Body` again, through `wrapper`.
fn start_again<Body>(wrapper: &[&str], variables: &[(&str, &OsStr)]) {
    // "it::remedy::obstacles::name::{{closure}}" names the test.
    let closure = std::any::type_name::<Body>();
    let name = closure.trim_end_matches("::{{closure}}").trim_start_matches("it::");
    let (program, arguments) = wrapper.split_first().expect("a wrapper has a program");
    // Through a descriptor, because another user may not be allowed into the folder of the test program.
    let test = fs::File::open(env::current_exe().unwrap()).unwrap();
    rustix::io::fcntl_setfd(&test, rustix::io::FdFlags::empty()).unwrap();
    let output = Command::new(program)
        .args(arguments)
        .arg(format!("/proc/self/fd/{}", test.as_raw_fd()))
        // A test that is left out by itself was asked for here.
        .args(["--exact", name, "--nocapture", "--include-ignored"])
        .env(AGAIN, "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let (said, complaints) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name} in its own process:\n{said}\n{complaints}");
    assert!(said.contains("test result: ok. 1 passed"), "{name} was not run in its own process:\n{said}");
}

/// Runs `body` as a user who is not root. Call it as the whole of a test.
pub(crate) fn as_ordinary_user<Body: FnOnce()>(body: Body) {
    if !rustix::process::geteuid().is_root() && env::var_os(AGAIN).is_none() {
        return body();
    }
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"];
    in_another_process(&nobody, &[("TMPDIR", OsStr::new("/tmp"))], body);
}

/// Runs `body` with this folder on a disk of 256 KiB in memory that nobody else sees. Call it as the whole of a test.
pub(crate) fn on_a_tiny_disk<Body: FnOnce(&Path)>(body: Body) {
    const MOUNT: &str = "mount -t tmpfs -o size=256k,mode=755 tiny /mnt && exec \"$@\"";
    let wrapper = ["unshare", "--map-root-user", "--mount", "sh", "-ec", MOUNT, "sh"];
    if env::var_os(AGAIN).is_some() {
        const TMPFS_MAGIC: i64 = 0x0102_1994;
        let found = rustix::fs::statfs("/mnt").unwrap();
        assert_eq!(found.f_type, TMPFS_MAGIC, "the disk is the private one");
        return body(Path::new("/mnt"));
    }
    start_again::<Body>(&wrapper, &[]);
}
