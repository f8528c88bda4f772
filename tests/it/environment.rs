//! What kind of place this is: known places as trees of files, and real namespaces.

use crate::support::file_tree::{Entry, Tree, dir, file, link};
use crate::support::inside::{answer, facts, facts_inside};
use inotify_doctor::machine::environment::Pkexec;
use inotify_doctor::machine::{Environment, Places};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;

const MOUNTS: &str = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n22 27 0:21 / /proc rw,nosuid - proc proc rw\n";
const READ_ONLY_SYSCTL: &str = "50 22 0:21 /sys /proc/sys ro,nosuid - proc proc rw\n";

/// A machine with nothing special, and what `entries` make of it.
fn place(entries: &[Entry]) -> Tree {
    let plain = [
        file("proc/sys/kernel/osrelease", "6.1.0-21-amd64\n"),
        file("proc/self/environ", "PATH=/usr/bin:/bin\0"),
        file("proc/self/status", "Name:\ttest\nNoNewPrivs:\t0\n"),
        file("proc/self/mountinfo", MOUNTS),
        file("proc/self/cgroup", "0::/user.slice/user-1000.slice/session-1.scope\n"),
        file("proc/1/environ", "HOME=/\0"),
        link("proc/self/ns/user", "user:[4026531837]"),
        link("proc/self/ns/pid", "pid:[4026531836]"),
    ];
    let tree = Tree::new(&plain);
    entries.iter().for_each(|entry| tree.put(entry));
    tree
}

/// What is expected of a machine with nothing special.
fn plain() -> Environment {
    Environment { etc_writable: true, kernel: "6.1.0-21-amd64".into(), ..Environment::default() }
}

fn own_processes() -> Entry {
    link("proc/self/ns/pid", "pid:[4026532299]")
}

fn mounted(lines: &str) -> Entry {
    file("proc/self/mountinfo", format!("{MOUNTS}{lines}"))
}

fn kernel(release: &str) -> Entry {
    file("proc/sys/kernel/osrelease", format!("{release}\n"))
}

fn expect(name: &str, entries: &[Entry], expected: &Environment) {
    assert_eq!(&Environment::read(&place(entries).places()), expected, "{name} is recognised");
}

fn container(name: &str) -> Environment {
    Environment { container: Some(name.into()), ..plain() }
}

#[test]
fn ordinary_machines_are_no_containers() {
    let os_release = file("usr/lib/os-release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    let debian = [
        os_release,
        link("etc/os-release", "../usr/lib/os-release"),
        dir("run/systemd/system"),
        file("proc/self/environ", "XDG_CURRENT_DESKTOP=GNOME\0XDG_SESSION_TYPE=wayland\0"),
    ];
    let expected = Environment {
        systemd: true,
        distribution: Some("Debian GNU/Linux 12 (bookworm)".into()),
        desktop: Some("GNOME, wayland".into()),
        ..plain()
    };
    expect("a plain Debian", &debian, &expected);
    expect("a machine made from an image, with its stray /.dockerenv", &[file(".dockerenv", "")], &plain());
    let live = "28 27 0:30 / / rw - overlay overlay rw\n";
    expect("a live system with a stray /.dockerenv", &[file(".dockerenv", ""), mounted(live)], &plain());
    expect("a stray /run/.containerenv", &[file("run/.containerenv", "")], &plain());
    let variable = file("proc/self/environ", "KUBERNETES_SERVICE_HOST=10.0.0.1\0");
    expect("a developer's machine with a cluster's variables", &[variable], &plain());
    let lxd_host = "70 27 0:50 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw\n";
    expect("a host of LXC containers", &[mounted(lxd_host)], &plain());
}

#[test]
fn docker_is_recognised_by_two_signs() {
    let hosts = "60 27 254:1 /var/lib/docker/containers/0a1b/hosts /etc/hosts rw - ext4 /dev/vda rw\n";
    let docker = [file(".dockerenv", ""), own_processes(), mounted(&format!("{READ_ONLY_SYSCTL}{hosts}"))];
    let expected = Environment { read_only_sysctl: true, ..container("Docker") };
    expect("Docker", &docker, &expected);
    let host_pids = [file(".dockerenv", ""), mounted(hosts)];
    expect("Docker with --pid=host", &host_pids, &container("Docker"));
    let old = [file(".dockerenv", ""), file("proc/self/cgroup", "12:pids:/docker/0a1b\n0::/\n")];
    expect("Docker with control groups of version 1", &old, &container("Docker"));
    expect("Docker known by its processes", &[file(".dockerenv", ""), own_processes()], &container("Docker"));
}

#[test]
fn other_containers_are_recognised() {
    let podman_hosts = "60 27 0:44 /containers/overlay-containers/0a1b/userdata/.containerenv /run/.containerenv rw - tmpfs tmpfs rw\n";
    let rootless = [
        file("run/.containerenv", ""),
        own_processes(),
        mounted(podman_hosts),
        link("proc/self/ns/user", "user:[4026532300]"),
        file("proc/1/environ", "container=podman\0"),
    ];
    let expected = Environment { user_namespace: true, pkexec: Pkexec::Confined, ..container("Podman") };
    expect("Podman without root", &rootless, &expected);
    let lxc = [own_processes(), dir("run/systemd/system"), file("run/systemd/container", "lxc\n")];
    expect("LXC with systemd", &lxc, &Environment { systemd: true, ..container("LXC") });
    let lxcfs = "70 22 0:50 /proc/meminfo /proc/meminfo rw - fuse.lxcfs lxcfs rw\n";
    expect("LXC whose init nobody may read", &[own_processes(), mounted(lxcfs)], &container("LXC"));
    let pod = [
        own_processes(),
        file("proc/self/environ", "KUBERNETES_SERVICE_HOST=10.0.0.1\0"),
        mounted("60 27 254:1 /var/lib/kubelet/pods/0a1b/etc-hosts /etc/hosts rw - ext4 /dev/vda rw\n"),
    ];
    expect("Kubernetes", &pod, &container("Kubernetes"));
    let nspawn = [file("run/systemd/container", "systemd-nspawn\n"), dir("run/systemd/system")];
    expect("systemd-nspawn", &nspawn, &Environment { systemd: true, ..container("systemd-nspawn") });
}

#[test]
fn wsl_is_recognised_and_is_no_container() {
    let release_1 = "4.4.0-19041-Microsoft";
    let release_2 = "5.15.153.1-microsoft-standard-WSL2";
    let wsl = |version, release: &str| Environment { wsl: Some(version), kernel: release.into(), ..plain() };
    expect("WSL 1", &[kernel(release_1)], &wsl(1, release_1));
    expect("WSL 2", &[kernel(release_2), own_processes()], &wsl(2, release_2));
    let systemd =
        [kernel(release_2), own_processes(), dir("run/systemd/system"), file("run/systemd/container", "wsl\n")];
    expect("WSL 2 with systemd", &systemd, &Environment { systemd: true, ..wsl(2, release_2) });
    let imported = [kernel(release_2), own_processes(), file(".dockerenv", "")];
    expect("WSL 2 with a distribution taken from a Docker image", &imported, &wsl(2, release_2));
    expect("WSL 2 with a kernel of one's own", &[dir("run/WSL")], &wsl(2, "6.1.0-21-amd64"));
}

#[test]
fn sandboxes_and_unusual_systems_are_recognised() {
    let flatpak = [
        own_processes(),
        file(".flatpak-info", "[Application]\n"),
        file("run/host/container-manager", "flatpak\n"),
        file("run/host/os-release", "PRETTY_NAME='Fedora Linux 44'\n"),
        file("etc/os-release", "PRETTY_NAME='Freedesktop SDK'\n"),
    ];
    let distribution = Some("Fedora Linux 44".to_owned());
    expect("a Flatpak", &flatpak, &Environment { flatpak: true, pkexec: Pkexec::Confined, distribution, ..plain() });
    let variable = || file("proc/self/environ", "SNAP=/snap/doctor/1\0");
    let label = file("proc/self/attr/current", "snap.doctor.doctor (enforce)\n");
    expect("a Snap", &[variable(), label], &Environment { snap: true, ..plain() });
    expect("a terminal opened by a Snap", &[variable()], &plain());
    let nixos = [file("etc/NIXOS", ""), dir("run/systemd/system")];
    expect("NixOS", &nixos, &Environment { nixos: true, systemd: true, ..plain() });
    let ostree = [file("run/ostree-booted", ""), mounted("61 27 254:0 /etc /etc rw - ext4 /dev/vda rw\n")];
    expect("an ostree system", &ostree, &Environment { ostree: true, ..plain() });
    let live = mounted("61 27 254:0 /etc /etc ro - squashfs /dev/loop0 ro\n");
    expect("a system whose /etc is read-only", &[live], &Environment { etc_writable: false, ..plain() });
    expect("a machine that shows nothing", &[file("proc/self/environ", [0xFF, 0, 0xFE])], &plain());
}

/// The wrapper in which this account is root, of nothing but its own namespaces.
const AS_ROOT: [&str; 3] = ["unshare", "--user", "--map-root-user"];

#[test]
fn each_thing_that_pkexec_lacks_is_named_in_turn() {
    let tree = place(&[]);
    let lacks = || facts_inside(&AS_ROOT, &tree.places())["pkexec"].clone();
    let mode = |mode| fs::set_permissions(tree.root().join("usr/bin/pkexec"), fs::Permissions::from_mode(mode));
    assert_eq!(lacks(), "not installed");
    tree.put(&file("usr/bin/pkexec", ""));
    mode(0o755).expect("the file is ours");
    assert_eq!(lacks(), "not setuid root");
    mode(0o4755).expect("the file is ours");
    tree.put(&mounted("62 27 0:60 / /usr rw,nosuid - ext4 /dev/vdb rw\n"));
    assert_eq!(lacks(), "not setuid root", "the mount takes the bit away");
    tree.put(&mounted(""));
    tree.put(&file("proc/self/status", "NoNewPrivs:\t1\n"));
    assert_eq!(lacks(), "no new privileges");
    tree.put(&file("proc/self/status", "NoNewPrivs:\t0\n"));
    assert_eq!(lacks(), "no system bus");
    tree.put(&file("run/dbus/system_bus_socket", ""));
    assert_eq!(lacks(), "no system bus", "a file is no socket");
    fs::remove_file(tree.root().join("run/dbus/system_bus_socket")).expect("the file is ours");
    let _bus = UnixListener::bind(tree.root().join("run/dbus/system_bus_socket")).expect("a socket");
    assert_eq!(lacks(), "no polkit daemon");
    tree.put(&file("usr/lib/polkit-1/polkitd", ""));
    assert_eq!(lacks(), "usable");
    tree.put(&link("proc/self/ns/user", "user:[4026532300]"));
    assert_eq!(lacks(), "confined");
}

#[test]
fn a_real_user_namespace_confines_and_shows_its_own_limits() {
    let script = "echo 500 > /proc/sys/user/max_inotify_watches && exec \"$@\"";
    let wrapper = [&AS_ROOT[..], &["sh", "-c", script, "sh"]].concat();
    let inside = facts_inside(&wrapper, &Places::default());
    assert_eq!(inside["user_namespace"], true);
    assert_eq!(inside["pkexec"], "confined");
    assert_eq!(inside["namespace_limits"][0], 500, "the namespace's own limit is read");
    let outside = facts_inside(&["env"], &Places::default());
    assert_eq!(outside, facts(&Places::default()), "a program started as usual sees what this one sees");
}

#[test]
fn real_read_only_mounts_are_seen() {
    let read_only = |folder: &str| {
        let script = format!("mount --bind {folder} {folder} && mount -o remount,bind,ro {folder} && exec \"$@\"");
        let wrapper = [&AS_ROOT[..], &["--mount", "sh", "-c", &script, "sh"]].concat();
        facts_inside(&wrapper, &Places::default())
    };
    let sysctl = read_only("/proc/sys");
    assert_eq!(sysctl["read_only_sysctl"], true, "/proc/sys is read-only in there");
    let etc = read_only("/etc");
    assert_eq!(etc["etc_writable"], false, "/etc is read-only in there");
    let outside = facts(&Places::default());
    let other = |facts: &Value, name: &str| facts[name].clone();
    assert_eq!(other(&sysctl, "etc_writable"), other(&outside, "etc_writable"), "/etc is as it was");
    assert_eq!(other(&etc, "read_only_sysctl"), other(&outside, "read_only_sysctl"), "/proc/sys is as it was");
}

#[test]
fn a_real_process_without_new_privileges_is_seen() {
    let tree = place(&[file("usr/bin/pkexec", "")]);
    fs::set_permissions(tree.root().join("usr/bin/pkexec"), fs::Permissions::from_mode(0o4755)).expect("ours");
    let places = Places { proc: "/proc".into(), root: tree.root().to_path_buf() };
    let path = "PATH=/usr/bin:/bin";
    let inside = facts_inside(&["env", path, "setpriv", "--no-new-privs"], &places);
    assert_eq!(inside["pkexec"], "no new privileges");
    let outside = facts_inside(&["env", path], &places);
    assert_ne!(outside["pkexec"], "no new privileges", "it is the wrapper that takes them away");
}

#[test]
fn a_sysctl_file_that_may_not_be_read_is_named() {
    let key = "fs.inotify.max_user_watches";
    let tree = place(&[
        file("etc/sysctl.d/10-open.conf", format!("{key} = 1001\n")),
        file("etc/sysctl.d/20-secret.conf", format!("{key} = 1002\n")),
    ]);
    let secret = tree.root().join("etc/sysctl.d/20-secret.conf");
    fs::set_permissions(secret, fs::Permissions::from_mode(0o000)).expect("the file is ours");
    // Without a mapping this account has no power over anybody's files, not even as root.
    let inside = facts_inside(&["unshare", "--user"], &tree.places());
    assert_eq!(inside["boot_unreadable"][0], "/etc/sysctl.d/20-secret.conf");
    assert_eq!(inside["boot_watches"], 1001, "the rest is read all the same");
}

#[test]
#[ignore = "runs inside the namespaces that the tests above make"]
fn answers_from_inside() {
    answer();
}
