//! Identity of the person at this computer: the names that a report does not need.

use crate::guarded;
use crate::machine::{Holders, Places};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The names to take out of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The user's home folder, under every path it is known by.
    pub homes: Vec<PathBuf>,
    /// Names of people's accounts.
    pub users: Vec<String>,
    /// The computer's name, and its first part where it has several.
    pub hosts: Vec<String>,
}

/// Accounts of people have ids from here on, except 65534, nobody (login.defs(5), systemd's users-groups).
const FIRST_PERSON: u32 = 1000;
const NOBODY: u32 = 65534;

impl Identity {
    /// Reads `HOME`, `USER` and `LOGNAME` from `variables`, and the user database and the host name below `places`.
    /// What cannot be read is not known.
    #[must_use]
    pub fn read(variables: &BTreeMap<OsString, OsString>, places: &Places) -> Self {
        let mut identity = Self::default();
        for variable in ["USER", "LOGNAME"] {
            if let Some(name) = variables.get(&OsString::from(variable)).and_then(|name| name.to_str()) {
                identity.add_user(name);
            }
        }
        if let Some(home) = variables.get(&OsString::from("HOME")) {
            identity.add_home(Path::new(home));
        }
        for name in people(&guarded::read(&places.at("/etc/passwd"), guarded::SMALL_BYTES).unwrap_or_default()) {
            identity.add_user(&name);
        }
        identity.add_host(
            &guarded::read_text(&places.proc.join("sys/kernel/hostname"), guarded::SMALL_BYTES).unwrap_or_default(),
        );
        identity
    }

    /// Adds the people whose processes were seen: a user database on the network is not in /etc/passwd.
    pub fn add_users_of(&mut self, holders: &Holders) {
        for process in &holders.processes {
            if let Some(user) = process.user.as_deref().filter(|_| is_person(process.uid)) {
                self.add_user(user);
            }
        }
    }

    fn add_home(&mut self, home: &Path) {
        // A home below a link (/home → /var/home) appears in /proc under its real path.
        let real = guarded::real_path(home).ok();
        // Without a slash at its end, which HOME may have and no path below it does.
        let plain: PathBuf = home.components().collect();
        for path in [Some(plain), real].into_iter().flatten() {
            if path.is_absolute() && path != Path::new("/") && !self.homes.contains(&path) {
                self.homes.push(path);
            }
        }
    }

    fn add_user(&mut self, name: &str) {
        if !name.is_empty() && name != "root" && !self.users.iter().any(|user| user == name) {
            self.users.push(name.to_owned());
        }
    }

    fn add_host(&mut self, name: &str) {
        let name = name.trim();
        for host in [name, name.split('.').next().unwrap_or("")] {
            if !host.is_empty() && host != "localhost" && !self.hosts.iter().any(|known| known == host) {
                self.hosts.push(host.to_owned());
            }
        }
    }
}

/// The names of people's accounts in a passwd(5) file.
fn people(passwd: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(passwd).lines().filter_map(person).collect()
}

fn person(line: &str) -> Option<String> {
    let mut fields = line.split(':');
    let name = fields.next()?;
    let uid = fields.nth(1)?.parse().ok()?;
    is_person(uid).then(|| name.to_owned())
}

const fn is_person(uid: u32) -> bool {
    uid >= FIRST_PERSON && uid != NOBODY
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_are_told_from_services() {
        let passwd =
            b"root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/:/bin/false\nmia:x:1000:1000:Mia:/home/mia:/bin/sh\n\
            nobody:x:65534:65534::/:/bin/false\nbroken line\n\n";
        assert_eq!(people(passwd), ["mia"]);
    }

    #[test]
    fn a_host_is_known_by_its_full_and_its_short_name() {
        let mut identity = Identity::default();
        identity.add_host("mias-laptop.example.org\n");
        identity.add_host("localhost");
        assert_eq!(identity.hosts, ["mias-laptop.example.org", "mias-laptop"]);
    }

    proptest! {
        #[test]
        fn any_user_database_is_read_without_a_panic(bytes in any::<Vec<u8>>()) {
            people(&bytes);
        }
    }
}
