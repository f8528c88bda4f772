//! Names of users, from /etc/passwd. Users that only a directory service knows have none here.

use crate::machine::Places;
use std::collections::HashMap;

/// Names by user id.
#[derive(Debug, Default)]
pub(super) struct Users(HashMap<u32, String>);

impl Users {
    pub(super) fn read(places: &Places) -> Self {
        Self::parse(&std::fs::read(places.at("/etc/passwd")).unwrap_or_default())
    }

    pub(super) fn name(&self, uid: u32) -> Option<String> {
        self.0.get(&uid).cloned()
    }

    /// passwd(5). The first line of a user id counts, as in getpwuid(3).
    fn parse(passwd: &[u8]) -> Self {
        let mut names = HashMap::new();
        for line in passwd.split(|byte| *byte == b'\n') {
            if let Some((uid, name)) = entry(line) {
                names.entry(uid).or_insert(name);
            }
        }
        Self(names)
    }
}

fn entry(line: &[u8]) -> Option<(u32, String)> {
    let mut fields = line.split(|byte| *byte == b':');
    let name = fields.next().filter(|name| !name.is_empty())?;
    let uid = std::str::from_utf8(fields.nth(1)?).ok()?.parse().ok()?;
    Some((uid, String::from_utf8_lossy(name).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_name_of_a_user_counts() {
        let users = Users::parse(b"root:x:0:0::/root:/bin/sh\ntoor:x:0:0:::\nbroken\n+::::::\nada:x:1000:100:::");
        assert_eq!(users.name(0).as_deref(), Some("root"));
        assert_eq!(users.name(1000).as_deref(), Some("ada"));
        assert_eq!(users.name(7), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(passwd: Vec<u8>) {
            Users::parse(&passwd);
        }
    }
}
