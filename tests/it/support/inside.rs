//! Facts as this same test program sees them from inside a namespace.

use super::needed::needed_program;
use inotify_doctor::machine::{BootLimits, Environment, NamespaceLimits, Places};
use serde_json::{Value, json};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the file that [`answer`] writes.
const ANSWER: &str = "INOTIFY_DOCTOR_TEST_ANSWER";
/// Name the folders of [`Places`].
const PROC: &str = "INOTIFY_DOCTOR_TEST_PROC";
const ROOT: &str = "INOTIFY_DOCTOR_TEST_ROOT";

/// Starts this test program again below `wrapper` (`unshare …`, `setpriv …`) and returns the facts that it reads there.
pub(crate) fn facts_inside(wrapper: &[&str], places: &Places) -> Value {
    needed_program("/usr/bin/unshare", "util-linux");
    needed_program("/usr/bin/setpriv", "util-linux");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let answer = folder.path().join("answer.json");
    let output = Command::new(wrapper[0])
        .args(&wrapper[1..])
        .arg(env::current_exe().expect("this test program has a path"))
        .args(["--exact", "environment::answers_from_inside", "--ignored"])
        .env(ANSWER, &answer)
        .env(PROC, &places.proc)
        .env(ROOT, &places.root)
        .output()
        .expect("the wrapper starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{wrapper:?} works on this machine: {said}");
    serde_json::from_slice(&fs::read(answer).expect("the test program answers")).expect("it answers in JSON")
}

/// The part that runs inside.
pub(crate) fn answer() {
    let variable = |name| env::var_os(name).map(PathBuf::from);
    let (Some(answer), Some(proc), Some(root)) = (variable(ANSWER), variable(PROC), variable(ROOT)) else {
        panic!("this part is started by the tests beside it, not by hand");
    };
    let facts = facts(&Places { proc, root });
    fs::write(answer, facts.to_string()).expect("the answer can be written");
}

/// The facts that the tests ask for.
pub(crate) fn facts(places: &Places) -> Value {
    let environment = Environment::read(places);
    let namespace = NamespaceLimits::read(places);
    let systemd = Environment { systemd: true, ..Environment::default() };
    let boot = BootLimits::read(places, &systemd);
    let shown = |path: &Path| path.display().to_string();
    json!({
        "user_namespace": environment.user_namespace,
        "read_only_sysctl": environment.read_only_sysctl,
        "etc_writable": environment.etc_writable,
        "pkexec": environment.pkexec.slug(),
        "namespace_limits": namespace.map(|limits| [limits.watches, limits.instances]),
        "boot_unreadable": boot.unreadable.iter().map(|path| shown(path)).collect::<Vec<_>>(),
        "boot_watches": boot.watches.value,
    })
}
