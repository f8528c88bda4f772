//! `/proc/self/mountinfo`: which mount a path lies on (`proc_pid_mountinfo(5)`).

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// One mount, with what is asked of it here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mount {
    id: u64,
    parent: u64,
    /// The folder of the mounted file system that is seen, e.g. a container's own `hosts` file.
    pub(super) source: PathBuf,
    /// The path where it is seen.
    pub(super) point: PathBuf,
    /// The options of the mount and of its file system.
    options: Vec<Vec<u8>>,
    /// The type of the file system.
    pub(super) kind: Vec<u8>,
}

impl Mount {
    /// Tells whether an option is set for the mount or for its whole file system.
    pub(super) fn has(&self, option: &str) -> bool {
        self.options.iter().any(|one| one == option.as_bytes())
    }
}

/// Returns all lines that could be understood.
pub(super) fn parse(text: &[u8]) -> Vec<Mount> {
    text.split(|&byte| byte == b'\n').filter_map(mount).collect()
}

fn mount(line: &[u8]) -> Option<Mount> {
    let fields: Vec<&[u8]> = line.split(|&byte| byte == b' ').collect();
    let [id, parent, _device, source, point, options, ..] = fields[..] else { return None };
    // Any number of optional fields stands before a single dash; behind it: type, device, options of the file system.
    let dash = fields.iter().skip(6).position(|field| *field == b"-")? + 6;
    let whole = fields.get(dash + 3).copied().unwrap_or_default();
    let options = options.split(|&byte| byte == b',').chain(whole.split(|&byte| byte == b','));
    Some(Mount {
        id: number(id)?,
        parent: number(parent)?,
        source: unescaped(source),
        point: unescaped(point),
        options: options.map(<[u8]>::to_vec).collect(),
        kind: fields.get(dash + 1)?.to_vec(),
    })
}

fn number(text: &[u8]) -> Option<u64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The kernel writes blanks, line ends and backslashes as `\040` and its like.
fn unescaped(text: &[u8]) -> PathBuf {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let octal = after.get(..3).filter(|_| first == b'\\');
        let code = octal.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        plain.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[3..] } else { after };
    }
    PathBuf::from(OsString::from_vec(plain))
}

/// The mount that `path` lies on, found as the kernel walks: from the root, each time into the mount that covers the
/// next step. A mount that another one hides is thus never taken.
pub(super) fn of<'a>(mounts: &'a [Mount], path: &Path) -> Option<&'a Mount> {
    let is_root = |mount: &&Mount| {
        mount.point == Path::new("/") && !mounts.iter().any(|other| other.id == mount.parent && other.id != mount.id)
    };
    let mut at = mounts.iter().find(is_root)?;
    // Every step goes to another mount; a text that claims a circle ends with its length.
    for _ in 0..mounts.len() {
        let above = mounts.iter().filter(|mount| mount.parent == at.id && mount.id != at.id);
        let covering = above.filter(|mount| path.starts_with(&mount.point) && mount.point.starts_with(&at.point));
        let Some(next) = covering.min_by_key(|mount| mount.point.as_os_str().as_bytes().len()) else { break };
        at = next;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HIDDEN: &[u8] = b"27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
        22 27 0:21 / /proc rw,nosuid shared:5 - proc proc rw\n\
        50 22 0:21 /sys /proc/sys ro,nosuid - proc proc rw\n\
        60 27 0:40 / /mnt/with\\040blank rw - tmpfs none ro,size=4k\n";

    fn option(text: &[u8], path: &str, option: &str) -> bool {
        of(&parse(text), Path::new(path)).expect("every path lies on a mount").has(option)
    }

    #[test]
    fn the_innermost_mount_counts() {
        assert!(option(HIDDEN, "/proc/sys/fs/inotify", "ro"));
        assert!(!option(HIDDEN, "/proc/self", "ro"));
        assert!(!option(HIDDEN, "/proc/sysfoo", "ro"), "names are compared whole");
        assert!(option(HIDDEN, "/mnt/with blank/x", "ro"), "a read-only file system counts like a read-only mount");
    }

    #[test]
    fn a_mount_that_is_covered_does_not_count() {
        let covered = [HIDDEN, b"70 22 0:50 / /proc rw - proc proc rw\n"].concat();
        assert!(!option(&covered, "/proc/sys/fs/inotify", "ro"), "a new /proc hides the read-only /proc/sys");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = of(&parse(&text), Path::new("/etc"));
        }

        #[test]
        fn any_tree_of_mounts_ends(edges in proptest::collection::vec((0..6_u8, 0..6_u8), 0..8)) {
            let lines: Vec<String> = edges.iter().map(|(id, up)| format!("{id} {up} 0:1 / / rw - tmpfs none rw")).collect();
            let _ = of(&parse(lines.join("\n").as_bytes()), Path::new("/etc"));
        }
    }
}
