//! Where the stories are played: namespaces with limits of their own, in which nothing of the machine can be changed.

use crate::support::world::in_another_process;
use crate::support::xvfb::Display;
use std::env;
use std::ffi::OsStr;
use std::fs;

/// A user, mount, process and network namespace with limits of its own. The machine's limits are covered: they can be
/// read there and not written. There is no network but the loopback, where the app listens.
const INSIDE: &str = "ip link set lo up && mount --bind /proc/sys/fs /proc/sys/fs \
    && mount -o remount,bind,ro,nosuid,nodev,noexec /proc/sys/fs \
    && echo \"$WATCHES\" > /proc/sys/user/max_inotify_watches \
    && echo \"$INSTANCES\" > /proc/sys/user/max_inotify_instances && exec \"$@\"";
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
    let namespaces = ["--map-root-user", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
    let wrapper: Vec<&str> = ["unshare"].into_iter().chain(namespaces).chain(["sh", "-ec", INSIDE, "sh"]).collect();
    // Process ids mean something else in there, and those of X servers are in their lock files.
    let outside = env::var_os(DISPLAY).is_none().then(Display::start);
    let display = outside.as_ref().map(Display::name).unwrap_or_default();
    let (watches, instances) = (limits.watches.to_string(), limits.instances.to_string());
    let limits = [("WATCHES", OsStr::new(&watches)), ("INSTANCES", OsStr::new(&instances))];
    let variables = [limits[0], limits[1], (DISPLAY, OsStr::new(display))];
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
