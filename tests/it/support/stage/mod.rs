//! A private machine for tests that become root: its own kernel limits, /etc, /usr, /run, user database, system bus
//! and polkitd. The test starts itself again inside; the host is compared before and after.

mod person;

pub(crate) use person::{Answer, Deed, Person, act, until};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const LIMITS: &str = "/proc/sys/fs/inotify";

/// Runs `body` as root on a private machine. Call it as the whole of a test.
pub(crate) fn inside<Body: FnOnce()>(body: Body) {
    on_stage("files", body);
}

/// The same, with real settings of the kernel in the place of the limits, those of a user namespace of its own.
pub(crate) fn inside_with_kernel_limits<Body: FnOnce()>(body: Body) {
    on_stage("kernel", body);
}

fn on_stage<Body: FnOnce()>(limits: &str, body: Body) {
    if env::var_os("INOTIFY_DOCTOR_STAGE").is_some() {
        assert_private();
        return body();
    }
    // "it::raise_limits::password::name::{{closure}}" names the test.
    let closure = std::any::type_name::<Body>();
    let name = closure.trim_end_matches("::{{closure}}").trim_start_matches("it::");
    let before = host();
    let program = env::current_exe().expect("a test knows its own program");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/stage/stage.sh");
    let output = as_root("unshare")
        .args(["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh"])
        .args([&script, &program])
        .args([name, limits])
        .output()
        .expect("unshare (util-linux) can be started");
    assert_eq!(host(), before, "the machine that runs the tests was changed by {name}");
    let (said, complaints) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name} on its private machine:\n{said}\n{complaints}");
    assert!(said.contains("test result: ok. 1 passed"), "{name} was not run on the private machine:\n{said}");
}

/// `program` as root: directly, or by a sudo that asks for nothing.
fn as_root(program: &str) -> Command {
    if rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    let sudo = Command::new("sudo").args(["-n", "true"]).output();
    let allowed = sudo.is_ok_and(|output| output.status.success());
    assert!(allowed, "this test needs root: run the tests as root, or as a user whose sudo asks for no password");
    let mut command = Command::new("sudo");
    command.args(["-n", "--", program]);
    command
}

/// What must not change: the kernel's limits, the names and bytes of /etc/sysctl.d, the user database.
fn host() -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let folders = [LIMITS, "/etc/sysctl.d"].map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
    let files = folders.into_iter().flatten().map(|entry| entry.path());
    let files = files.chain(["/etc/passwd", "/etc/group", "/run/inotify-doctor"].map(PathBuf::from));
    files.filter(|file| file.exists()).map(|file| (file.clone(), fs::read(file).ok())).collect()
}

/// The last guard before a test may run the script.
pub(crate) fn assert_private() {
    let found = rustix::fs::statfs(LIMITS).expect("the limits' folder is there");
    // TMPFS_MAGIC, statfs(2).
    assert_eq!(found.f_type, 0x0102_1994, "{LIMITS} is not private: nothing may run here");
}

/// The three limits of the private machine: watches, instances, queued events.
pub(crate) fn limits() -> [u64; 3] {
    ["max_user_watches", "max_user_instances", "max_queued_events"].map(|name| {
        let text = fs::read_to_string(Path::new(LIMITS).join(name)).expect("a limit can be read");
        text.trim().parse().expect("a limit is a number")
    })
}

/// Sets them, as the private machine's own administrator would.
pub(crate) fn set_limits(values: [u64; 3]) {
    assert_private();
    for (name, value) in ["max_user_watches", "max_user_instances", "max_queued_events"].into_iter().zip(values) {
        fs::write(Path::new(LIMITS).join(name), format!("{value}\n")).expect("a stand-in can be written");
    }
}

/// Runs a line of shell on the private machine and expects it to succeed.
pub(crate) fn sh(line: &str) -> String {
    assert_private();
    let output = Command::new("sh").args(["-euc", line]).output().expect("sh can be started");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {}\n{complaints}", output.status);
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
