//! The kind of place this is: by what is possible in it, with names only for the wording.

mod container;
mod mounts;
mod pkexec;

use super::limits::in_child_user_namespace;
use super::{Places, ProcessDir};
pub use pkexec::Pkexec;
use std::fs;
use std::path::Path;

/// Possibilities of the place, and what to call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Docker, Podman, LXC, Kubernetes …; `None` outside a container. A stray `/.dockerenv` alone is no container.
    pub container: Option<String>,
    /// 1 or 2 on the Windows Subsystem for Linux.
    pub wsl: Option<u8>,
    /// Whether this program runs in a user namespace below the initial one.
    pub user_namespace: bool,
    /// Whether systemd is the running init (`/run/systemd/system` exists, `sd_booted(3)`).
    pub systemd: bool,
    /// Whether this program runs inside a Flatpak.
    pub flatpak: bool,
    /// Whether this program runs inside a Snap.
    pub snap: bool,
    /// NixOS: /etc is generated, `boot.kernel.sysctl` is the place for the value.
    pub nixos: bool,
    /// An image-based system (ostree): /usr is read-only, /etc is writable.
    pub ostree: bool,
    /// `/proc/sys` is mounted read-only: nobody in here can change a limit.
    pub read_only_sysctl: bool,
    /// `/etc` can be written by root (its mount is not read-only).
    pub etc_writable: bool,
    /// The ability of pkexec to ask for a password here.
    pub pkexec: Pkexec,
    /// `PRETTY_NAME` of os-release, for the report.
    pub distribution: Option<String>,
    /// Kernel release (`uname -r`), for the report.
    pub kernel: String,
    /// `XDG_SESSION_TYPE`, `XDG_CURRENT_DESKTOP` where set, for the report.
    pub desktop: Option<String>,
}

/// Facts that the parts look at, read once.
struct Looking<'a> {
    places: &'a Places,
    mounts: Vec<mounts::Mount>,
    wsl: Option<u8>,
}

impl Looking<'_> {
    /// A variable of this process. Read from `/proc/self/environ`, so that tests can set it.
    fn variable(&self, name: &str) -> Option<String> {
        variable(&ProcessDir::own(self.places).ok()?, name)
    }

    fn here(&self, path: &str) -> bool {
        self.places.metadata(Path::new(path)).is_some()
    }

    /// Tells whether the mount that a path lies on is read-only. Without a list of mounts, as without a mount, it is
    /// not.
    fn read_only(&self, path: &str) -> bool {
        mounts::of(&self.mounts, Path::new(path)).is_some_and(|mount| mount.has("ro"))
    }
}

impl Environment {
    /// Looks around. What cannot be read is taken as absent.
    #[must_use]
    pub fn read(places: &Places) -> Self {
        let kernel = kernel(places);
        let mounts = mounts::parse(&fs::read(places.proc.join("self/mountinfo")).unwrap_or_default());
        let looking = Looking { places, mounts, wsl: wsl(places, &kernel) };
        let user_namespace = in_child_user_namespace(places);
        let flatpak = looking.here("/.flatpak-info");
        let os_release = os_release(places, flatpak);
        Self {
            container: container::name(&looking),
            wsl: looking.wsl,
            user_namespace,
            systemd: looking.places.metadata(Path::new("/run/systemd/system")).is_some_and(|found| found.is_dir()),
            flatpak,
            snap: in_snap(&looking),
            nixos: looking.here("/etc/NIXOS") || os_release_value(&os_release, "ID").as_deref() == Some("nixos"),
            ostree: looking.here("/run/ostree-booted"),
            read_only_sysctl: looking.read_only("/proc/sys/fs/inotify"),
            etc_writable: !looking.read_only("/etc"),
            pkexec: pkexec::look(&looking, user_namespace || flatpak),
            distribution: os_release_value(&os_release, "PRETTY_NAME"),
            kernel,
            desktop: desktop(&looking),
        }
    }
}

/// One variable of a process, as it was when its program was started.
fn variable(process: &ProcessDir, name: &str) -> Option<String> {
    let (_, value) = process.environment().ok()?.into_iter().find(|(known, _)| known == name)?;
    Some(value.to_string_lossy().into_owned())
}

fn kernel(places: &Places) -> String {
    let release = fs::read(places.proc.join("sys/kernel/osrelease")).unwrap_or_default();
    String::from_utf8_lossy(&release).trim().to_owned()
}

/// Microsoft's kernels carry their maker in the release: `4.4.0-19041-Microsoft` is version 1's imitation,
/// `5.15.153.1-microsoft-standard-WSL2` a real kernel. A kernel of one's own is told by the folder of WSL's sockets.
fn wsl(places: &Places, kernel: &str) -> Option<u8> {
    let kernel = kernel.to_ascii_lowercase();
    if kernel.contains("wsl2") || kernel.contains("microsoft-standard") {
        Some(2)
    } else if kernel.contains("microsoft") {
        Some(1)
    } else {
        places.metadata(Path::new("/run/WSL")).is_some_and(|found| found.is_dir()).then_some(2)
    }
}

/// A program started from a terminal inside a Snap inherits `SNAP` without being confined: the kernel's label, or this
/// program lying in the Snap itself, has to agree.
fn in_snap(looking: &Looking<'_>) -> bool {
    let Some(snap) = looking.variable("SNAP").filter(|snap| !snap.is_empty()) else { return false };
    let label = fs::read(looking.places.proc.join("self/attr/current")).unwrap_or_default();
    let program = fs::read_link(looking.places.proc.join("self/exe"));
    label.starts_with(b"snap.") && label.ends_with(b"(enforce)\n")
        || program.is_ok_and(|program| program.starts_with(snap))
}

/// The text of os-release(5). A Flatpak sees its runtime's own, and the machine's below `/run/host`.
fn os_release(places: &Places, flatpak: bool) -> String {
    let host = ["/run/host/os-release", "/run/host/etc/os-release"].into_iter().filter(|_| flatpak);
    let own = ["/etc/os-release", "/usr/lib/os-release"];
    host.chain(own).find_map(|file| places.text(file)).unwrap_or_default()
}

/// A value of os-release, its quotes taken away as a shell does.
fn os_release_value(text: &str, key: &str) -> Option<String> {
    let mut values = text.lines().rev().filter_map(|line| line.trim().strip_prefix(key)?.strip_prefix('='));
    let value = values.next()?.trim();
    let unquoted = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    let value = match (unquoted('\''), unquoted('"')) {
        (Some(literal), _) => literal.to_owned(),
        (None, quoted) => without_backslashes(quoted.unwrap_or(value)),
    };
    (!value.is_empty()).then_some(value)
}

fn without_backslashes(text: &str) -> String {
    let mut escaped = false;
    text.chars()
        .filter(|&character| {
            escaped = character == '\\' && !escaped;
            !escaped
        })
        .collect()
}

fn desktop(looking: &Looking<'_>) -> Option<String> {
    let set = |name| looking.variable(name).filter(|value| !value.is_empty());
    let parts: Vec<String> = ["XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"].into_iter().filter_map(set).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn os_release_is_read_as_a_shell_reads_it() {
        let text = "ID=debian\nPRETTY_NAME=\"A \\\"quoted\\\" name\"\nVARIANT='plain \\'\nEMPTY=\"\"\n";
        assert_eq!(os_release_value(text, "ID").as_deref(), Some("debian"));
        assert_eq!(os_release_value(text, "PRETTY_NAME").as_deref(), Some("A \"quoted\" name"));
        assert_eq!(os_release_value(text, "VARIANT").as_deref(), Some("plain \\"));
        assert_eq!(os_release_value(text, "EMPTY"), None);
    }

    proptest! {
        #[test]
        fn any_os_release_is_read(text in any::<String>()) {
            let _ = os_release_value(&text, "PRETTY_NAME");
        }
    }
}
