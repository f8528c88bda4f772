//! Where the stories are played: namespaces with limits of their own, in which nothing of the machine can be changed.

use crate::support::world::in_another_process;
use crate::support::xvfb::{Display, Waited};
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::process::Command;

/// A user, mount, process and network namespace with limits of its own. The machine's limits are covered: they can be
/// read there and not written. There is no network but the loopback, where the app listens.
const INSIDE: &str = "ip link set lo up && mount --bind /proc/sys/fs /proc/sys/fs \
    && mount -o remount,bind,ro,nosuid,nodev,noexec /proc/sys/fs \
    && echo \"$WATCHES\" > /proc/sys/user/max_inotify_watches \
    && echo \"$INSTANCES\" > /proc/sys/user/max_inotify_instances && exec \"$@\"";
/// The same, and the kernel's limits are files of memory, as are the sysctl files: whoever writes there has changed
/// nothing else. The limit that really binds is that of a namespace around, which nobody sees from within; a shell
/// there sets it to what it reads from a pipe.
const INSIDE_WITH_FILES: &str = "ip link set lo up && mount --bind /proc/sys/fs /proc/sys/fs \
    && mount -o remount,bind,ro,nosuid,nodev,noexec /proc/sys/fs \
    && mount -t tmpfs none /proc/sys/fs/inotify && mount -t tmpfs none /etc/sysctl.d \
    && echo \"$WATCHES\" > /proc/sys/fs/inotify/max_user_watches \
    && echo 128 > /proc/sys/fs/inotify/max_user_instances \
    && echo 16384 > /proc/sys/fs/inotify/max_queued_events \
    && echo \"$WATCHES\" > /proc/sys/user/max_inotify_watches && mkfifo \"$RAISE\"
    while read -r limit; do
        echo \"$limit\" > /proc/sys/user/max_inotify_watches && touch \"$RAISE.done\"
    done <> \"$RAISE\" &
    exec unshare --map-root-user \"$@\"";
/// Names the pipe.
const RAISE: &str = "RAISE";
/// Names the display of the window.
const DISPLAY: &str = "INOTIFY_DOCTOR_TEST_DISPLAY";

/// Limits of the namespace.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) watches: u64,
    pub(super) instances: u64,
}

impl Limits {
    /// More than anything here takes.
    pub(super) const AMPLE: Self = Self { watches: 100_000, instances: 100 };
}

/// Runs `body` in there. Call it as the whole of a test; `body` begins with [`nothing_of_the_machine_can_be_changed`].
pub(super) fn in_a_namespace<Body: FnOnce()>(limits: Limits, body: Body) {
    inside(INSIDE, limits, body);
}

/// The same, where the kernel's limits can be raised: they are files.
pub(super) fn where_limits_are_files<Body: FnOnce()>(limits: Limits, body: Body) {
    inside(INSIDE_WITH_FILES, limits, body);
}

fn inside<Body: FnOnce()>(script: &str, limits: Limits, body: Body) {
    let namespaces = ["--map-root-user", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
    let wrapper: Vec<&str> = ["unshare"].into_iter().chain(namespaces).chain(["sh", "-ec", script, "sh"]).collect();
    // Process ids mean something else in there, and those of X servers are in their lock files.
    let outside = env::var_os(DISPLAY).is_none().then(Display::start);
    let display = outside.as_ref().map(Display::name).unwrap_or_default();
    let (watches, instances) = (limits.watches.to_string(), limits.instances.to_string());
    let limits = [("WATCHES", OsStr::new(&watches)), ("INSTANCES", OsStr::new(&instances))];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pipe = env::var_os(RAISE).unwrap_or_else(|| folder.path().join("raise").into_os_string());
    let variables = [limits[0], limits[1], (DISPLAY, OsStr::new(display)), (RAISE, &pipe)];
    in_another_process(&wrapper, &variables, body);
}

/// The display that was started outside.
pub(super) fn display() -> Display {
    Display::of_another(&env::var(DISPLAY).expect("a display was started"))
}

/// Looks that it is so.
pub(super) fn nothing_of_the_machine_can_be_changed() {
    let covered = rustix::fs::statvfs("/proc/sys/fs").expect("it is there").f_flag;
    assert!(covered.contains(rustix::fs::StatVfsMountFlags::RDONLY), "the machine's own limits are out of reach");
    let devices = fs::read_to_string("/proc/self/net/dev").expect("it is there");
    let devices: Vec<_> =
        devices.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()).collect();
    assert_eq!(devices, ["lo"], "there is no way out of this computer");
}

/// A number that the kernel tells in a file.
pub(super) fn number_in(file: &str) -> u64 {
    fs::read_to_string(file).expect("the kernel has it").trim().parse().expect("a number")
}

/// Runs these lines as an administrator does who was sent them, without sudo: inside the namespace this is root. The
/// kernel's own limit follows the file, as it would outside.
pub(super) fn an_administrator_runs(lines: &str) {
    const TMPFS_MAGIC: i64 = 0x0102_1994;
    for folder in ["/proc/sys/fs/inotify", "/etc/sysctl.d"] {
        let found = rustix::fs::statfs(folder).expect("it is there");
        assert_eq!(found.f_type, TMPFS_MAGIC, "{folder} is not the machine's");
    }
    let mut shell = Command::new("sh");
    shell.args(["-ec", &lines.replace("sudo ", "")]).env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    let ran = shell.output().expect("sh can be started");
    assert!(ran.status.success(), "{lines}\n{}", String::from_utf8_lossy(&ran.stderr));
    let now = number_in("/proc/sys/fs/inotify/max_user_watches");
    let pipe = env::var(RAISE).expect("it was named");
    fs::write(&pipe, format!("{now}\n")).expect("the shell around reads it");
    let (done, waited) = (format!("{pipe}.done"), Waited::begin());
    while !fs::exists(&done).is_ok_and(|there| there) {
        waited.a_moment(|| "the limit around is raised".to_owned());
    }
}
