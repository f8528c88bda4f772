//! Whose watches they are, and what a user is told about those of others.

use super::checker::{Seen, check};
use super::{holders, the, wait_until, watches};
use crate::support::watchers::{Folders, Watcher};
use std::process::{Child, Command};

/// A user that owns nothing here.
const STRANGER: &str = "61234";

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[test]
fn a_watcher_below_this_user_namespace_charges_the_user_who_created_it() {
    let watcher = Watcher::start_through(&["unshare", "-Ur"], &Folders::new(30), &watches(&[30]), &[]);
    let holders = holders();
    let process = the(&holders, watcher.pid());
    assert!(process.other_user_namespace, "unshare made a namespace of its own");
    assert!(process.charged_to_account, "this user created it");
    assert_eq!((process.watches, process.charged_watches), (30, 30));
}

#[test]
fn inside_a_rootless_container_the_creator_pays_whatever_the_user_is_there() {
    if !is_root() {
        return; // Only root may map a user that is not itself without the help of newuidmap.
    }
    let script = "read go; exec setpriv --reuid 0 --regid 0 --clear-groups \"$@\"";
    let inside = ["unshare", "-U", "--keep-caps", "sh", "-c", script, "sh"];
    let watcher = Watcher::start_after(&inside, &Folders::new(12), &watches(&[12]), |pid| {
        let namespace = |pid: &str| std::fs::read_link(format!("/proc/{pid}/ns/user")).ok();
        wait_until("unshare", || namespace(&pid.to_string()) != namespace("self"));
        for map in ["uid_map", "gid_map"] {
            std::fs::write(format!("/proc/{pid}/{map}"), "0 200000 1\n").expect("root may map any user");
        }
    });
    let holders = holders();
    let process = the(&holders, watcher.pid());
    assert_eq!((process.uid, process.watches), (200_000, 12), "its user there is another one here");
    assert!(process.charged_to_account, "root created the namespace, so root is charged");
}

#[test]
fn another_users_watches_are_seen_by_root_and_not_charged_to_it() {
    if !is_root() {
        return; // Starting a process as another user is root's; what others cannot read is tested below.
    }
    let through = ["setpriv", "--reuid", STRANGER, "--regid", STRANGER, "--clear-groups"];
    let watcher = Watcher::start_through(&through, &Folders::new(25), &watches(&[25]), &[]);
    let holders = holders();
    let process = the(&holders, watcher.pid());
    assert_eq!((process.uid, process.watches), (61_234, 25));
    assert!(!process.charged_to_account, "the kernel charges the other user");
}

#[test]
fn what_an_ordinary_user_may_not_read_is_named_and_not_zero() {
    if !is_root() {
        let holders = holders();
        assert!(holders.unreadable.iter().any(|one| one.pid == 1), "the first process is root's: {holders:?}");
        return;
    }
    let watcher = Watcher::start(&Folders::new(40), &watches(&[40]));
    let mut zombie = zombie();
    let seen = check(&["setpriv", "--reuid", STRANGER, "--regid", STRANGER, "--clear-groups"], &[]);
    assert!(seen.unreadable.contains(&(watcher.pid(), 0, "python3".to_owned())), "it is named: {seen:?}");
    assert!(seen.processes.iter().all(|one| one.pid != watcher.pid()), "it is not listed as holding nothing");
    assert_eq!(seen.account.uid, 61_234);
    assert_eq!(seen.account.unreadable_processes, 0, "nothing of that user is unreadable");
    assert!(seen.unreadable.iter().all(|(pid, ..)| *pid != 2), "kernel threads hold nothing to be read");
    assert!(seen.unreadable.iter().all(|(pid, ..)| *pid != zombie.id()), "zombies hold nothing to be read");
    zombie.wait().expect("one's own child");
}

/// A child that has ended and that nobody has waited for.
fn zombie() -> Child {
    let child = Command::new("true").spawn().expect("true is installed");
    let stat = format!("/proc/{}/stat", child.id());
    wait_until("the end of `true`", || std::fs::read_to_string(&stat).is_ok_and(|text| text.contains(") Z ")));
    child
}

#[test]
fn the_account_is_the_sum_of_what_its_processes_say() {
    let outside = Watcher::start(&Folders::new(15), &watches(&[15]));
    let seen = check(&["unshare", "-Ur"], &[("CHECK_WITH_WATCHER", "1")]);
    let own = seen.own.expect("the checker has started a watching process");
    assert_eq!((seen.account.instances, seen.account.watches), own, "nobody else is in its namespace");
    let charged = seen.processes.iter().filter(|process| process.charged).map(|process| process.charged_watches);
    assert_eq!(charged.sum::<u64>(), seen.account.watches, "the parts add up to the account");
    assert!(seen.processes.iter().all(|one| one.pid != outside.pid() || !one.charged), "outside is another account");
    // Another test's namespace with the same map of users cannot be told from this one, so others may be counted.
    assert!(seen.unreadable.iter().any(|(pid, ..)| *pid == outside.pid()), "what is outside cannot be read: {seen:?}");
    let all = seen.unreadable.len() as u64;
    assert!(seen.account.unreadable_processes < all, "what is outside is not of this account: {seen:?}");
}

#[test]
fn a_proc_that_hides_processes_is_told_apart() {
    if !is_root() {
        return; // Mounting is root's.
    }
    let watcher = Watcher::start(&Folders::new(6), &watches(&[6]));
    let named = |seen: &Seen| seen.unreadable.iter().find(|(pid, ..)| *pid == watcher.pid()).cloned();

    let seen = check_with_hidepid("invisible", true);
    assert!(seen.hidden, "other users' processes are hidden");
    assert_eq!(named(&seen), None, "they cannot even be counted");
    // In a container, the rest of the machine is hidden from the start.
    let from_the_start = check(&["env"], &[]).hidden;
    assert_eq!(check_with_hidepid("invisible", false).hidden, from_the_start, "root sees all there is");

    let seen = check_with_hidepid("noaccess", true);
    assert_eq!(seen.hidden, from_the_start, "they are only unreadable");
    assert_eq!(named(&seen), Some((watcher.pid(), 0, String::new())), "but not even their name is told");

    assert!(check(&["unshare", "-pf", "--mount-proc"], &[]).hidden, "a PID namespace of its own shows only itself");
}

/// Runs [`checker`] on a /proc of its own, as a stranger or as root.
fn check_with_hidepid(hidepid: &str, as_stranger: bool) -> Seen {
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let proc = folder.path().to_str().expect("a plain name");
    let user = format!("setpriv --reuid {STRANGER} --regid {STRANGER} --clear-groups");
    let user = if as_stranger { user.as_str() } else { "" };
    let script = format!("chmod 755 {proc} && mount -t proc -o hidepid={hidepid} proc {proc} && exec {user} \"$@\"");
    check(&["unshare", "-m", "sh", "-c", &script, "sh"], &[("CHECK_PROC", proc)])
}
