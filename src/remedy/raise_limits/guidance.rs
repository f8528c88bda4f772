//! Guidance where the limits cannot be raised from here: what can be done instead, as data for the wording.

use super::script::{raise_words, script_text};
use super::{RaiseLimits, Wanted};
use crate::machine::environment::Pkexec;
use crate::machine::{Environment, Limit, Machine};

/// Ways instead of, or besides, raising from here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Guidance {
    /// A container, or a place where the kernel's settings are read-only: on the host.
    OnTheHost {
        /// The name, as [`Environment::container`].
        container: Option<String>,
        /// The command for the host's terminal.
        command: String,
    },
    /// A Kubernetes pod: on each node, by whoever runs the cluster.
    OnTheNode {
        /// The command for the node's terminal.
        command: String,
    },
    /// NixOS generates /etc: raise until the reboot here, and put this into the configuration.
    NixosConfiguration {
        /// The lines for `configuration.nix`.
        snippet: String,
    },
    /// WSL 2 without systemd reads no sysctl files: turn systemd on by these lines of /etc/wsl.conf.
    WslConfiguration {
        /// The lines for `/etc/wsl.conf`.
        snippet: String,
    },
    /// WSL 1 has no Linux kernel whose limits could be raised.
    Wsl1,
    /// The user namespace's own limits are lower than what is asked for: raising the kernel's would change nothing.
    OfTheNamespace {
        /// The value that it allows now of the limit that is too low.
        allowed: u64,
        /// The commands for a terminal in here, as the namespace's root; `None` where nobody in here can raise it.
        command: Option<String>,
        /// The kernel's limit, where that is too low as well.
        kernel: Option<u64>,
        /// `allowed` counts instances, not watches.
        instances: bool,
    },
    /// A Flatpak, a Snap or a user namespace: the command goes into a terminal outside.
    OutsideTheSandbox {
        /// The command.
        command: String,
    },
    /// This place, but not by pkexec: the command for a terminal.
    InTheTerminal {
        /// The command.
        command: String,
    },
}

impl Guidance {
    /// Returns what the place asks for; `None`: [`super::apply`] with [`super::Way::Pkexec`] can do it all.
    #[must_use]
    pub fn of(request: &RaiseLimits, environment: &Environment) -> Option<Self> {
        let command = sudo_command(request);
        let (container, for_good) = (environment.container.clone(), !request.until_reboot);
        Some(if container.as_deref().is_some_and(is_kubernetes) {
            Self::OnTheNode { command }
        } else if environment.wsl == Some(1) {
            Self::Wsl1
        } else if container.is_some() || environment.read_only_sysctl {
            Self::OnTheHost { container, command }
        } else if for_good && environment.wsl.is_some() && !environment.systemd {
            Self::WslConfiguration { snippet: "[boot]\nsystemd=true\n".to_owned() }
        } else if for_good && environment.nixos {
            Self::NixosConfiguration { snippet: nixos_snippet(request) }
        } else if environment.flatpak || environment.snap || environment.user_namespace {
            Self::OutsideTheSandbox { command }
        } else if matches!(environment.pkexec, Pkexec::Usable(_)) {
            return None;
        } else {
            Self::InTheTerminal { command }
        })
    }

    /// Returns what a user namespace with limits of its own asks for before anything else; `None`: its limits do not
    /// stand in the way of `wanted`.
    #[must_use]
    pub fn of_namespace(wanted: Wanted, machine: &Machine) -> Option<Self> {
        let wanted = [(Limit::Watches, wanted.watches), (Limit::Instances, wanted.instances)];
        let short: Vec<(Limit, u64, u64)> = wanted
            .into_iter()
            .filter_map(|(limit, wanted)| Some((limit, machine.namespace_limit(limit)?, wanted?)))
            .filter(|(_, allowed, wanted)| allowed < wanted)
            .collect();
        let &(first, allowed, _) = short.first()?;
        let can_be_raised = machine.namespace_limits.is_some_and(|limits| limits.can_be_raised);
        let lines = short.iter().map(|(limit, _, wanted)| format!("echo {wanted} > {}\n", file_of_namespace(*limit)));
        let kernel = |(limit, _, wanted): &(Limit, u64, u64)| machine.limits.get(*limit).filter(|now| now < wanted);
        Some(Self::OfTheNamespace {
            allowed,
            command: can_be_raised.then(|| lines.collect()),
            kernel: short.iter().find_map(kernel),
            instances: first == Limit::Instances,
        })
    }
}

/// Returns the file where a user namespace takes its own limit (`namespaces(7)`).
const fn file_of_namespace(limit: Limit) -> &'static str {
    match limit {
        Limit::Instances => "/proc/sys/user/max_inotify_instances",
        Limit::Watches | Limit::QueuedEvents => "/proc/sys/user/max_inotify_watches",
    }
}

fn is_kubernetes(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("kubernetes")
}

fn nixos_snippet(request: &RaiseLimits) -> String {
    let lines = request.asked().map(|(limit, value)| format!("  \"{}\" = {value};\n", limit.key()));
    format!("boot.kernel.sysctl = {{\n{}}};\n", lines.collect::<String>())
}

/// The same script as a command to copy into a terminal. No apostrophe occurs in the script (a test sees to it), so
/// one pair of them quotes it for sh, bash, zsh and fish alike.
#[must_use]
pub fn sudo_command(request: &RaiseLimits) -> String {
    format!("sudo /bin/sh -c '{}' inotify-doctor {}", script_text(), raise_words(request).join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    const REQUEST: RaiseLimits = RaiseLimits {
        watches: Some(524_288),
        instances: Some(512),
        queued_events: None,
        until_reboot: false,
        before: [8192, 128, 16_384],
    };

    #[test]
    fn a_desktop_with_pkexec_needs_no_guidance() {
        let desktop =
            Environment { pkexec: Pkexec::Usable(PathBuf::from("/usr/bin/pkexec")), ..Environment::default() };
        assert_eq!(Guidance::of(&REQUEST, &desktop), None);
        assert!(matches!(Guidance::of(&REQUEST, &Environment::default()), Some(Guidance::InTheTerminal { .. })));
    }

    #[test]
    fn nixos_gets_lines_for_its_configuration_but_may_raise_until_the_reboot() {
        let nixos = Environment {
            nixos: true,
            pkexec: Pkexec::Usable(PathBuf::from("/run/wrappers/bin/pkexec")),
            ..Environment::default()
        };
        let snippet = "boot.kernel.sysctl = {\n  \"fs.inotify.max_user_watches\" = 524288;\n  \
                       \"fs.inotify.max_user_instances\" = 512;\n};\n";
        let expected = Guidance::NixosConfiguration { snippet: snippet.to_owned() };
        assert_eq!(Guidance::of(&REQUEST, &nixos), Some(expected));
        assert_eq!(Guidance::of(&RaiseLimits { until_reboot: true, ..REQUEST }, &nixos), None);
    }

    #[test]
    fn a_container_is_sent_to_its_host_and_a_pod_to_its_node() {
        let inside = |kind: &str| Environment { container: Some(kind.to_owned()), ..Environment::default() };
        assert!(matches!(Guidance::of(&REQUEST, &inside("Docker")), Some(Guidance::OnTheHost { .. })));
        assert!(matches!(Guidance::of(&REQUEST, &inside("Kubernetes")), Some(Guidance::OnTheNode { .. })));
    }

    #[test]
    fn wsl_without_systemd_reads_no_files_but_may_raise_until_the_reboot() {
        let wsl = Environment { wsl: Some(2), ..Environment::default() };
        assert!(matches!(Guidance::of(&REQUEST, &wsl), Some(Guidance::WslConfiguration { .. })));
        let until_reboot = RaiseLimits { until_reboot: true, ..REQUEST };
        assert!(matches!(Guidance::of(&until_reboot, &wsl), Some(Guidance::InTheTerminal { .. })));
        let wsl1 = Environment { wsl: Some(1), read_only_sysctl: true, ..Environment::default() };
        assert_eq!(Guidance::of(&REQUEST, &wsl1), Some(Guidance::Wsl1));
    }
}
