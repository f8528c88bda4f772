//! The program that applies sysctl files at the next boot.

use super::{Environment, Places};
use std::path::Path;

/// Programs that apply sysctl files when this machine boots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reader {
    /// `systemd-sysctl.service`.
    #[serde(rename = "systemd-sysctl")]
    Systemd,
    /// `sysctl --system` of procps, run by an init script.
    Procps,
    /// No program: a container, WSL without systemd.
    Nobody,
}

/// Places where distributions keep the program of `systemd-sysctl.service`.
const SYSTEMD_SYSCTL: [&str; 2] = ["/usr/lib/systemd/systemd-sysctl", "/lib/systemd/systemd-sysctl"];
/// Links that take the service out of the boot (`systemctl mask`).
const SYSTEMD_MASKS: [&str; 2] =
    ["/etc/systemd/system/systemd-sysctl.service", "/usr/local/lib/systemd/system/systemd-sysctl.service"];
/// Scripts that the boot runs where systemd does not: Debian's sysvinit, `OpenRC`, Void's runit.
const INIT_SCRIPTS: [&str; 3] = ["/etc/init.d/procps", "/etc/init.d/sysctl", "/etc/runit/core-services/08-sysctl.sh"];

impl Reader {
    /// A container never sets the kernel's limits. Elsewhere the running systemd decides; where none runs, the program
    /// that `/sbin/init` leads to will run at the next boot; where that is another, its init script counts.
    pub(super) fn of(places: &Places, environment: &Environment) -> Self {
        let here = |path: &str| places.metadata(Path::new(path)).is_some();
        let wsl_without_systemd = environment.wsl.is_some() && !environment.systemd;
        if environment.container.is_some() || wsl_without_systemd {
            Self::Nobody
        } else if environment.systemd || boots_systemd(places) {
            if masked(places) { Self::Nobody } else { Self::Systemd }
        } else if INIT_SCRIPTS.into_iter().any(here) {
            Self::Procps
        } else {
            Self::Nobody
        }
    }
}

/// Tells whether `/sbin/init` leads to systemd, and the program that reads the files is there.
fn boots_systemd(places: &Places) -> bool {
    let here = |path: &str| places.metadata(Path::new(path)).is_some();
    let init = places.resolve(Path::new("/sbin/init"));
    init.is_ok_and(|init| init.ends_with("systemd/systemd")) && SYSTEMD_SYSCTL.into_iter().any(here)
}

fn masked(places: &Places) -> bool {
    SYSTEMD_MASKS
        .into_iter()
        .any(|unit| std::fs::read_link(places.at(unit)).is_ok_and(|target| target == Path::new("/dev/null")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    fn reader(environment: &Environment, files: &[&str], links: &[(&str, &str)]) -> Reader {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let places = Places { proc: folder.path().join("proc"), root: folder.path().to_path_buf() };
        let parent = |path: &str| {
            let path = places.at(path);
            fs::create_dir_all(path.parent().expect("paths here have a folder")).expect("a folder");
            path
        };
        files.iter().for_each(|file| fs::write(parent(file), "").expect("a file"));
        links.iter().for_each(|(link, target)| symlink(target, parent(link)).expect("a link"));
        Reader::of(&places, environment)
    }

    #[test]
    fn the_init_of_the_next_boot_decides() {
        let plain = Environment::default();
        let booted = Environment { systemd: true, ..Environment::default() };
        let systemd = ["/usr/lib/systemd/systemd", "/usr/lib/systemd/systemd-sysctl", "/etc/init.d/procps"];
        let init = ("/sbin/init", "/usr/lib/systemd/systemd");
        let mask = ("/etc/systemd/system/systemd-sysctl.service", "/dev/null");
        assert_eq!(reader(&booted, &[], &[]), Reader::Systemd, "systemd runs");
        assert_eq!(reader(&plain, &systemd, &[init]), Reader::Systemd, "systemd is the installed init");
        assert_eq!(reader(&booted, &systemd, &[init, mask]), Reader::Nobody, "the service is masked");
        assert_eq!(reader(&plain, &systemd, &[]), Reader::Procps, "systemd is installed beside another init");
        assert_eq!(reader(&plain, &[], &[]), Reader::Nobody, "nothing that reads the files is found");
    }

    #[test]
    fn containers_and_wsl_without_systemd_read_nothing() {
        let container = Environment { container: Some("LXC".into()), systemd: true, ..Environment::default() };
        let wsl = Environment { wsl: Some(2), ..Environment::default() };
        let wsl_with_systemd = Environment { systemd: true, ..wsl.clone() };
        let script = ["/etc/init.d/procps"];
        assert_eq!(reader(&container, &script, &[]), Reader::Nobody, "a container has the host's limits");
        assert_eq!(reader(&wsl, &script, &[]), Reader::Nobody, "WSL starts no init script");
        assert_eq!(reader(&wsl_with_systemd, &script, &[]), Reader::Systemd);
    }
}
