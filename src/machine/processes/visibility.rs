//! Processes that may exist and that this program's /proc does not show at all.

use crate::machine::{Places, ProcessDir, limits::in_child_user_namespace};
use std::fs;
use std::os::unix::ffi::OsStrExt;

/// Tells what [`super::Holders::hidden_processes`] says.
pub(super) fn hides_processes(places: &Places) -> bool {
    in_child_pid_namespace(places) || (mount_hides(places) && !sees_everything(places))
}

fn in_child_pid_namespace(places: &Places) -> bool {
    // The initial PID namespace has a fixed inode number, PROC_PID_INIT_INO (include/linux/proc_ns.h).
    const INITIAL: &str = "pid:[4026531836]";
    fs::read_link(places.proc.join("self/ns/pid")).is_ok_and(|link| link.as_os_str() != INITIAL)
}

fn mount_hides(places: &Places) -> bool {
    let mountinfo = fs::read(places.proc.join("self/mountinfo")).unwrap_or_default();
    let hiding = hiding(&mountinfo, places.proc.as_os_str().as_bytes());
    match hiding {
        None => false,
        Some(Hiding::ExceptGroup(group)) => !in_group(group),
        Some(Hiding::FromEveryone) => true,
    }
}

/// Processes that do not see other users' processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hiding {
    /// `hidepid=invisible`: all but this group (`gid=`).
    ExceptGroup(u32),
    /// `hidepid=ptraceable`: all, whatever `gid=` says (`has_pid_permissions`, fs/proc/base.c).
    FromEveryone,
}

/// Looks for the options of the topmost mount at `proc` (`proc_pid_mountinfo(5)`).
/// `hidepid=noaccess` hides no process: it makes them unreadable.
fn hiding(mountinfo: &[u8], proc: &[u8]) -> Option<Hiding> {
    let options = mountinfo.split(|byte| *byte == b'\n').filter_map(|line| options(line, proc)).next_back()?;
    let value = |name: &str| options.split(',').find_map(|option| option.strip_prefix(name)?.strip_prefix('='));
    match value("hidepid")? {
        "2" | "invisible" => {
            Some(Hiding::ExceptGroup(value("gid").and_then(|group| group.parse().ok()).unwrap_or_default()))
        }
        "4" | "ptraceable" => Some(Hiding::FromEveryone),
        _ => None,
    }
}

/// The last field of a line whose fifth is the mount point and that names the file system `proc`.
fn options<'a>(line: &'a [u8], proc: &[u8]) -> Option<&'a str> {
    let mut fields = line.split(|byte| *byte == b' ');
    fields.nth(4).filter(|mount_point| *mount_point == proc)?;
    fields.by_ref().find(|field| *field == b"-")?;
    fields.next().filter(|kind| *kind == b"proc")?;
    std::str::from_utf8(fields.nth(1)?).ok()
}

fn in_group(group: u32) -> bool {
    let groups = rustix::process::getgroups().unwrap_or_default();
    groups.into_iter().chain([rustix::process::getegid()]).any(|gid| gid.as_raw() == group)
}

/// `CAP_SYS_PTRACE` of the initial user namespace lets see every process.
fn sees_everything(places: &Places) -> bool {
    const CAP_SYS_PTRACE: u64 = 1 << 19;
    let capabilities = ProcessDir::own(places).and_then(|own| own.effective_capabilities());
    capabilities.is_ok_and(|bits| bits & CAP_SYS_PTRACE != 0) && !in_child_user_namespace(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mounted(options: &str) -> Option<Hiding> {
        let mountinfo = format!(
            "21 1 254:0 / / rw - ext4 /dev/vda rw,hidepid=2\n\
             22 21 0:21 / /proc rw,relatime shared:5 master:1 - proc proc rw\n\
             23 22 0:22 / /proc rw,nosuid - proc proc {options}\n\
             24 22 0:23 / /proc/sys/fs/binfmt_misc rw - autofs systemd-1 rw,hidepid=2\n"
        );
        hiding(mountinfo.as_bytes(), b"/proc")
    }

    #[test]
    fn the_topmost_mount_counts() {
        assert_eq!(mounted("rw"), None);
        assert_eq!(mounted("rw,hidepid=noaccess"), None);
        assert_eq!(mounted("rw,gid=27,hidepid=2"), Some(Hiding::ExceptGroup(27)));
        assert_eq!(mounted("rw,hidepid=invisible"), Some(Hiding::ExceptGroup(0)));
        assert_eq!(mounted("rw,gid=27,hidepid=ptraceable"), Some(Hiding::FromEveryone));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(mountinfo: Vec<u8>) {
            hiding(&mountinfo, b"/proc");
        }
    }
}
