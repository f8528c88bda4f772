//! The test program run again, as another user or in another namespace, to say what it sees from there.

use super::watches;
use crate::support::watchers::{Folders, Watcher};
use inotify_doctor::machine::{Holders, Places, Process};
use inotify_doctor::progress::Progress;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::os::fd::AsRawFd;
use std::process::Command;

/// What [`checker`] has seen.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) account: SeenAccount,
    pub(super) processes: Vec<SeenProcess>,
    /// (process, user, name)
    pub(super) unreadable: Vec<(u32, u32, String)>,
    pub(super) hidden: bool,
    /// (instances, watches) of the process that it has started itself.
    pub(super) own: Option<(u64, u64)>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SeenAccount {
    pub(super) uid: u32,
    pub(super) watches: u64,
    pub(super) instances: u64,
    pub(super) unreadable_processes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SeenProcess {
    pub(super) pid: u32,
    pub(super) charged: bool,
    pub(super) charged_watches: u64,
}

/// Runs [`checker`] through a command like `setpriv …`.
pub(super) fn check(before: &[&str], variables: &[(&str, &str)]) -> Seen {
    // By descriptor, because another user may not reach the folder that this program lies in.
    let program = std::fs::File::open("/proc/self/exe").expect("one's own program");
    rustix::io::fcntl_setfd(&program, rustix::io::FdFlags::empty()).expect("one's own descriptor");
    let path = format!("/proc/self/fd/{}", program.as_raw_fd());
    let run = [path.as_str(), "--exact", "processes::checker::checker", "--ignored", "--nocapture"];
    let words = [before, &run].concat();
    let output = Command::new(words[0]).args(&words[1..]).envs(variables.iter().copied()).current_dir("/").output();
    let output = output.unwrap_or_else(|error| panic!("{} can be run: {error}", words[0]));
    let text = String::from_utf8_lossy(&output.stdout);
    let seen = text.lines().find_map(|line| line.strip_prefix("SEEN "));
    serde_json::from_str(seen.unwrap_or_else(|| panic!("the checker answers: {output:?}"))).expect("its own words")
}

#[test]
#[ignore = "run by other tests, as another user or in another namespace"]
fn checker() {
    let folders = Folders::new(33);
    let watcher = std::env::var_os("CHECK_WITH_WATCHER").map(|_| Watcher::start(&folders, &watches(&[33, 20])));
    let proc = std::env::var_os("CHECK_PROC").map_or_else(|| Places::default().proc, Into::into);
    let places = Places { proc, ..Places::default() };
    let Holders { account, processes, unreadable, hidden_processes, .. } =
        Holders::read(&places, &Progress::default()).expect("nobody cancels");
    let seen = Seen {
        account: SeenAccount {
            uid: account.uid,
            watches: account.watches,
            instances: account.instances,
            unreadable_processes: account.unreadable_processes,
        },
        processes: processes.iter().map(seen).collect(),
        unreadable: unreadable.into_iter().map(|one| (one.pid, one.uid, one.program)).collect(),
        hidden: hidden_processes,
        own: watcher.map(|watcher| (watcher.report.instances.len() as u64, watcher.report.watches())),
    };
    let text = serde_json::to_string(&seen).expect("plain values");
    // On a line of its own: the test runner has begun one.
    write!(std::io::stdout(), "\nSEEN {text}\n").expect("standard output is read");
}

fn seen(process: &Process) -> SeenProcess {
    SeenProcess { pid: process.pid, charged: process.charged_to_account, charged_watches: process.charged_watches }
}
