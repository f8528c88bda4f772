//! Recognition of a container and its engine.

use super::Looking;
use crate::machine::ProcessDir;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

const KUBERNETES: &str = "Kubernetes";

/// Words in a control group's path that only these engines put there.
const CONTROL_GROUPS: [(&str, &str); 9] = [
    ("kubepods", KUBERNETES),
    ("/docker/", "Docker"),
    ("/docker-", "Docker"),
    ("/libpod-", "Podman"),
    ("/libpod_parent/", "Podman"),
    ("/lxc.payload", "LXC"),
    ("/lxc/", "LXC"),
    ("/ecs/", "Amazon ECS"),
    ("/buildkit/", "Docker"),
];

/// Places where an engine keeps what it lays over a container's files.
const STORES: [(&str, &str); 3] =
    [("kubelet/pods/", KUBERNETES), ("docker/containers/", "Docker"), ("overlay-containers/", "Podman")];

/// Files that an engine lays over the image's own, so that they are mounts inside the container.
const LAID_OVER: [&str; 5] = ["/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/run/.containerenv", "/.dockerenv"];

/// The container's name, `None` outside.
///
/// What the container's own init was told counts by itself. A file that an image carries around (`/.dockerenv`,
/// `/run/.containerenv`) or an inherited variable (`KUBERNETES_SERVICE_HOST`) only names a container that something
/// independent shows: its control group, files laid over the image's, a process namespace of its own.
pub(super) fn name(looking: &Looking<'_>) -> Option<String> {
    if let Some(told) = told_to_init(looking) {
        // Flatpak and WSL call themselves containers; they are other facts here.
        return (!matches!(told.as_str(), "wsl" | "flatpak")).then(|| proper_name(&told));
    }
    let shown = by_control_group(looking).or_else(|| by_mounts(looking));
    let named = by_what_is_left_around(looking);
    if shown.is_none() && !has_own_processes(looking) {
        return None;
    }
    // A pod's containers are run by another engine: the pod is what its user knows.
    let kubernetes = [shown, named].contains(&Some(KUBERNETES)).then_some(KUBERNETES);
    kubernetes.or(shown).or(named).map(str::to_owned)
}

/// `container=` as the container's manager passes it to the first process, and where systemd leaves it for all to read
/// (<https://systemd.io/CONTAINER_INTERFACE>).
fn told_to_init(looking: &Looking<'_>) -> Option<String> {
    let left = ["/run/systemd/container", "/run/host/container-manager"];
    let left = left.into_iter().find_map(|file| looking.places.text(file));
    let first = || ProcessDir::open(looking.places, 1).ok();
    let word = left.or_else(|| super::variable(&first()?, "container"))?;
    let word = word.trim();
    (!word.is_empty()).then(|| word.to_owned())
}

fn proper_name(word: &str) -> String {
    match word {
        "docker" => "Docker",
        "podman" => "Podman",
        "lxc" | "lxc-libvirt" => "LXC",
        "kubernetes" => KUBERNETES,
        other => other,
    }
    .to_owned()
}

fn by_control_group(looking: &Looking<'_>) -> Option<&'static str> {
    let groups = fs::read(looking.places.proc.join("self/cgroup")).unwrap_or_default();
    let groups = String::from_utf8_lossy(&groups);
    CONTROL_GROUPS.into_iter().find(|(word, _)| groups.contains(word)).map(|(_, name)| name)
}

fn by_mounts(looking: &Looking<'_>) -> Option<&'static str> {
    let laid_over = looking.mounts.iter().filter(|mount| LAID_OVER.iter().any(|file| mount.point == Path::new(file)));
    let sources: Vec<&[u8]> = laid_over.map(|mount| mount.source.as_os_str().as_bytes()).collect();
    let from = |word: &[u8]| sources.iter().any(|source| source.windows(word.len()).any(|part| part == word));
    let engine = STORES.into_iter().find(|(word, _)| from(word.as_bytes())).map(|(_, name)| name);
    // LXC shows its own /proc/meminfo and its like through a file system that hosts mount elsewhere.
    let lxc = || looking.mounts.iter().any(|mount| mount.kind == b"fuse.lxcfs" && mount.point.starts_with("/proc"));
    engine.or_else(|| lxc().then_some("LXC"))
}

fn by_what_is_left_around(looking: &Looking<'_>) -> Option<&'static str> {
    let here = |path: &str| looking.places.metadata(Path::new(path)).is_some();
    if looking.variable("KUBERNETES_SERVICE_HOST").is_some() {
        Some(KUBERNETES)
    } else if here("/run/.containerenv") {
        Some("Podman")
    } else {
        here("/.dockerenv").then_some("Docker")
    }
}

/// Tells whether the processes seen here are numbered apart from the machine's. WSL does so for each distribution, so
/// there it shows nothing.
fn has_own_processes(looking: &Looking<'_>) -> bool {
    // PROC_PID_INIT_INO (include/linux/proc_ns.h): the number of the first process namespace.
    const INITIAL: &str = "pid:[4026531836]";
    let namespace = fs::read_link(looking.places.proc.join("self/ns/pid"));
    looking.wsl.is_none() && namespace.is_ok_and(|link| link.as_os_str() != INITIAL)
}
