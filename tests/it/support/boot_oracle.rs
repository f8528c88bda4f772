//! The real systemd-sysctl and the real `sysctl --system`, run on trees of files in namespaces of their own.

use super::needed::needed_program;
use inotify_doctor::machine::boot::Reader;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// What stands in a limit before the reader runs: what is still there afterwards was set by no file.
pub(crate) const UNTOUCHED: u64 = 777;

/// An account that owns nothing, by number because a name may be missing.
const NOBODY: &str = "65534";

/// Settings of this machine that must be the same before and after.
const WATCHED_OVER: [&str; 8] = [
    "fs/inotify/max_user_watches",
    "fs/inotify/max_user_instances",
    "fs/inotify/max_queued_events",
    "fs/epoll/max_user_watches",
    "fs/file-max",
    "fs/nr_open",
    "kernel/pid_max",
    "vm/max_map_count",
];

/// The three values that the real reader leaves behind for each tree: watches, instances, queued events.
pub(crate) fn values_after(reader: Reader, trees: &[&Path]) -> Vec<[u64; 3]> {
    let (name, program, package) = match reader {
        Reader::Systemd => ("systemd", "/lib/systemd/systemd-sysctl", "systemd"),
        Reader::Procps => ("procps", "/sbin/sysctl", "procps"),
        Reader::Nobody => panic!("nobody has no program to run"),
    };
    needed_program(program, package);
    assert!(Path::new("/usr/lib/sysctl.d").is_dir(), "the comparison needs the folder /usr/lib/sysctl.d to cover");
    let before = settings();
    let output = in_namespaces(name, trees);
    assert_eq!(settings(), before, "the settings of this machine stay as they are");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "the namespaces for the comparison could not be made: {complaint}");
    let values: Vec<_> = String::from_utf8_lossy(&output.stdout).lines().map(three).collect();
    assert_eq!(values.len(), trees.len(), "one line of values for each tree, but: {complaint}");
    values
}

fn in_namespaces(reader: &str, trees: &[&Path]) -> Output {
    needed_program("/usr/bin/unshare", "util-linux");
    needed_program("/usr/bin/setpriv", "util-linux");
    // Root of the machine remains its root inside a user namespace: it has to become somebody else first.
    let drop_root: &[&str] = if rustix::process::geteuid().is_root() {
        &["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    } else {
        &[]
    };
    let unshare = ["unshare", "--user", "--map-root-user", "--mount", "--net"];
    let script = ["sh", "-euc", include_str!("boot_oracle.sh"), "sh", reader];
    let words: Vec<&str> = drop_root.iter().copied().chain(unshare).chain(script).collect();
    Command::new(words[0])
        .args(&words[1..])
        .args(trees)
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .current_dir("/")
        .output()
        .expect("a program of util-linux starts")
}

fn three(line: &str) -> [u64; 3] {
    let numbers: Vec<u64> = line.split(' ').map(|word| word.parse().expect("the kernel shows a number")).collect();
    numbers.try_into().expect("three limits")
}

fn settings() -> [String; 8] {
    WATCHED_OVER.map(|name| fs::read_to_string(Path::new("/proc/sys").join(name)).expect("the setting is readable"))
}
