//! Trees of folders on the real file system, and programs that look at them.

use inotify_doctor::progress::Progress;
use inotify_doctor::project::TreeCount;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder in which a test builds what it needs; removed at the end, however deep it became.
pub(crate) struct Project {
    folder: tempfile::TempDir,
    closed: bool,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), closed: false }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes folders, each with all above it.
    pub(crate) fn folders(self, names: &[&str]) -> Self {
        for name in names {
            std::fs::create_dir_all(self.path().join(name)).expect("a folder");
        }
        self
    }

    /// Makes a folder whose name is no text.
    pub(crate) fn odd_folder(self, name: &[u8]) -> Self {
        std::fs::create_dir(self.path().join(OsStr::from_bytes(name))).expect("a folder with an odd name");
        self
    }

    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("its folder");
        std::fs::write(path, text).expect("a file");
        self
    }

    pub(crate) fn link(self, name: &str, target: &str) -> Self {
        symlink(target, self.path().join(name)).expect("a link");
        self
    }

    pub(crate) fn mode(mut self, name: &str, mode: u32) -> Self {
        self.closed = true;
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(self.path().join(name), mode).expect("permissions");
        self
    }

    /// A chain of folders, longer than any path may be.
    pub(crate) fn chain(self, levels: usize, name: &str) -> Self {
        use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};
        let open = |below: rustix::fd::BorrowedFd<'_>, name: &Path| {
            openat(below, name, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())
                .expect("an open folder")
        };
        let mut folder = open(CWD, self.path());
        for _ in 0..levels {
            mkdirat(&folder, name, Mode::RWXU).expect("a folder one level deeper");
            folder = open(rustix::fd::AsFd::as_fd(&folder), Path::new(name));
        }
        self
    }
}

impl Drop for Project {
    /// The standard library removes a tree by recursion with one open folder a level: too much for the deepest ones.
    fn drop(&mut self) {
        let path = self.path().to_path_buf();
        if self.closed {
            Command::new("chmod").args(["-R", "u+rwx"]).arg(&path).status().expect("chmod runs");
        }
        Command::new("rm").arg("-rf").arg(&path).status().expect("rm runs");
    }
}

pub(crate) fn count(root: &Path) -> TreeCount {
    TreeCount::walk(root, &Progress::default()).expect("nobody cancels")
}

/// What `find -type d` lists.
pub(crate) fn found_by_find(root: &Path) -> u64 {
    let output = Command::new("find").arg(root).args(["-type", "d", "-printf", "x"]).output().expect("find runs");
    output.stdout.len().try_into().expect("a count")
}

/// Runs `test` in a thread that permissions bind, even when the tests run as root.
pub(crate) fn bound_by_permissions<T: Send>(test: impl FnOnce() -> T + Send) -> T {
    use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities};
    let none = CapabilitySet::empty();
    std::thread::scope(|scope| {
        let bound = scope.spawn(|| {
            set_capabilities(None, CapabilitySets { effective: none, permitted: none, inheritable: none })
                .expect("capabilities can be given away");
            test()
        });
        bound.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The environment of that name which `tests/run` makes: `streamlit-1.67-watchdog-7`.
pub(crate) fn venv(name: &str) -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.cache/venvs");
    let venv = std::env::var_os("INOTIFY_DOCTOR_VENVS").map_or_else(default, PathBuf::from).join(name);
    assert!(venv.join("bin/python").exists(), "{} is missing: tests/run makes it", venv.display());
    venv
}

/// How many watches the real watchdog of `venv` takes for `root`, without root's privileges.
pub(crate) fn taken_by_watchdog(venv: &Path, root: &Path) -> u64 {
    const SCRIPT: &str = r#"
import os, sys
from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer
observer = Observer()
observer.schedule(FileSystemEventHandler(), sys.argv[1], recursive=True)
observer.start()
lines = (line for fd in os.listdir("/proc/self/fdinfo") if os.path.exists("/proc/self/fdinfo/" + fd)
         for line in open("/proc/self/fdinfo/" + fd))
print(sum(line.startswith("inotify ") for line in lines), flush=True)
os._exit(0)
"#;
    let python = venv.join("bin/python");
    let mut command = if rustix::process::geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--bounding-set=-all", "--inh-caps=-all"]).arg(python);
        command
    } else {
        Command::new(python)
    };
    let output = command.args(["-c", SCRIPT]).arg(root).output().expect("Python runs");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().unwrap_or_else(|_| panic!("watchdog says: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Runs one ignored test of this program again, in namespaces of its own that `script` prepares; `root` is handed to
/// both as `ROOT`.
pub(crate) fn again_in_namespace(script: &str, test: &str, root: &Path) {
    let program = std::env::current_exe().expect("this program's path");
    let script = format!("set -e; {script}; exec \"$PROGRAM\" --exact {test} --ignored --nocapture");
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .env("PROGRAM", program)
        .env("ROOT", root)
        .output()
        .expect("unshare runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "inside the namespace:\n{said}");
}

/// The folder that [`again_in_namespace`] handed over.
pub(crate) fn handed_over() -> PathBuf {
    PathBuf::from(std::env::var_os("ROOT").expect("run by another test, in a namespace"))
}
