//! What could make the script wait for ever, or end with somebody else's status: pipes, devices, folders and links in the
//! place of its files, and nobody who reads what it prints.

use super::*;
use crate::support::stage::{inside, sh};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/raise-limits.sh");

/// Each with what makes it, given the path.
const INSTEAD: [(&str, &str); 5] = [
    ("a pipe", "mkfifo"),
    ("a device", "cp -a /dev/zero"),
    ("a folder", "mkdir"),
    ("a link to a pipe", "mkfifo /run/pipe; ln -s /run/pipe"),
    ("a link to nothing", "ln -s /nowhere"),
];

/// Runs the script with what is made at `place`, in every shell; the statuses. 124: it waited for ever.
fn with(what: &str, place: &str, words: &str) -> [i32; 3] {
    ["dash", "bash --posix", "busybox sh"].map(|shell| {
        sh(&format!(
            "rm -rf {DROP_IN} {DROP_IN}.new /run/inotify-doctor /run/pipe; mkdir -p /run/inotify-doctor; {what} {place}"
        ));
        let status =
            sh(&format!("status=0; timeout 60 {shell} {SCRIPT} {words} >/dev/null 2>&1 || status=$?; echo $status"));
        sh("[ ! -f /run/inotify-doctor/lock ] || timeout 60 flock /run/inotify-doctor/lock true");
        status.parse().expect("a status is a number")
    })
}

#[test]
fn nothing_in_the_place_of_its_files_makes_it_wait() {
    inside(|| {
        for (name, what) in INSTEAD {
            for words in ["raise 524288 0 0 now-and-boot", "undo"] {
                for place in [DROP_IN, UNTIL_REBOOT] {
                    assert_eq!(with(what, place, words), [27; 3], "{name} at {place}: {words}");
                }
                assert_eq!(with(what, "/run/inotify-doctor/lock", words), [23; 3], "{name} as the lock: {words}");
                assert_eq!(limits(), BEFORE, "{name}: {words}");
            }
            let new = with(what, &format!("{DROP_IN}.new"), "raise 524288 0 0 now-and-boot");
            assert_eq!(new, if name == "a folder" { [31; 3] } else { [0; 3] }, "{name} as the temporary file");
            assert_eq!(with("true", "", "undo"), [0; 3]);
            crate::support::stage::set_limits(BEFORE);
        }
        assert_eq!(sh("[ ! -e /nowhere ] && echo nothing"), "nothing", "no link was followed");
    });
}

#[test]
fn what_it_prints_may_be_closed_full_or_read_by_nobody() {
    inside(|| {
        for shell in ["dash", "bash --posix", "busybox sh"] {
            for redirected in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full 2>/dev/full", "| true"] {
                for (words, expected) in
                    [("raise 524288 512 0 now-and-boot", 0), ("raise 1 0 0 now-and-boot", 26), ("undo", 0)]
                {
                    let run = format!("{{ {shell} {SCRIPT} {words}; echo $? >/run/status; }} {redirected}");
                    sh(&format!("{run} || true"));
                    assert_eq!(sh("cat /run/status"), expected.to_string(), "{shell} {words} {redirected}");
                    let raised = limits()[0] == 524_288;
                    assert_eq!(raised, words != "undo", "{shell} {words} {redirected}");
                    assert_eq!(drop_in().is_some(), raised, "{shell} {words} {redirected}");
                }
            }
        }
    });
}
