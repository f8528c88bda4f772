//! Who holds watches, against what watching processes say themselves. Real processes and the real kernel.

mod account;
mod checker;
mod steadiness;

use crate::support::watchers::{Folders, Watcher, Watches};
use inotify_doctor::machine::processes::watched_inodes;
use inotify_doctor::machine::{Holders, Kind, Places, Process};
use inotify_doctor::progress::{Cancelled, Progress};
use std::collections::BTreeSet;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn holders() -> Holders {
    Holders::read(&Places::default(), &Progress::default()).expect("nobody cancels")
}

fn find(holders: &Holders, pid: u32) -> Option<&Process> {
    holders.processes.iter().find(|process| process.pid == pid)
}

#[track_caller]
fn the(holders: &Holders, pid: u32) -> &Process {
    find(holders, pid).unwrap_or_else(|| panic!("process {pid} holds instances and is listed"))
}

/// (instances, watches) of a process.
#[track_caller]
fn held(holders: &Holders, pid: u32) -> (u64, u64) {
    let process = the(holders, pid);
    (process.instances, process.watches)
}

fn watches(instances: &[usize]) -> Watches {
    Watches { instances: instances.to_vec(), ..Watches::default() }
}

/// Polls until `done`, for at most ten seconds.
fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(10), "{what} did not happen within ten seconds");
        std::thread::yield_now();
    }
}

#[test]
fn every_instance_of_a_process_is_counted_with_its_watches() {
    let watcher = Watcher::start(&Folders::new(200), &watches(&[200, 3, 0, 17]));
    assert_eq!(watcher.report.instances, [200, 3, 0, 17], "the process itself says so");
    assert_eq!(held(&holders(), watcher.pid()), (4, watcher.report.watches()));
}

#[test]
fn a_duplicated_descriptor_is_the_same_instance() {
    let watcher = Watcher::start(&Folders::new(50), &Watches { duplicates: 3, ..watches(&[50, 5]) });
    assert_eq!(held(&holders(), watcher.pid()), (2, watcher.report.watches()));
}

#[test]
fn an_instance_shared_by_fork_is_charged_once() {
    let watcher = Watcher::start(&Folders::new(200), &Watches { children: 3, ..watches(&[200]) });
    let family: Vec<u32> = family(&watcher);
    let holders = holders();
    for pid in &family {
        let process = the(&holders, *pid);
        let others: Vec<u32> = family.iter().copied().filter(|other| other != pid).collect();
        assert_eq!((process.instances, process.watches), (1, 200), "process {pid} has it open");
        assert_eq!(process.shared_with, others, "process {pid} shares it with its family");
        let charged = if *pid == watcher.pid() { 200 } else { 0 };
        assert_eq!(process.charged_watches, charged, "the parent made it, so it answers for it");
    }
}

/// The watching process and its children, ascending.
fn family(watcher: &Watcher) -> Vec<u32> {
    let children = watcher.report.children.iter().map(|child| child.pid);
    BTreeSet::from_iter(children.chain([watcher.pid()])).into_iter().collect()
}

#[test]
fn what_a_child_makes_for_itself_is_its_own() {
    let watcher = Watcher::start(&Folders::new(100), &Watches { children: 2, own: 7, ..watches(&[100]) });
    let holders = holders();
    assert_eq!(held(&holders, watcher.pid()), (1, 100));
    for child in &watcher.report.children {
        assert_eq!(child.own_watches, 7, "the child itself says so");
        let process = the(&holders, child.pid);
        assert_eq!((process.instances, process.watches, process.charged_watches), (2, 107, 7));
    }
}

#[test]
fn many_processes_with_one_instance_are_one_instance() {
    let watcher = Watcher::start(&Folders::new(20), &Watches { children: 60, ..watches(&[20; 10]) });
    let holders = holders();
    let family = family(&watcher);
    assert_eq!(family.len(), 61);
    for pid in &family {
        assert_eq!(held(&holders, *pid), (10, 200), "process {pid} has all ten open");
    }
    let charged: u64 = family.iter().map(|pid| the(&holders, *pid).charged_watches).sum();
    assert_eq!(charged, watcher.report.watches(), "each is charged once");
}

#[test]
fn processes_that_come_and_go_do_not_disturb_the_count() {
    let folders = Folders::new(100);
    let stable = Watcher::start(&folders, &watches(&[100, 40]));
    let busy = Watcher::start(&folders, &Watches { churn: true, ..watches(&[30]) });
    for _ in 0..100 {
        let holders = holders();
        assert_eq!(held(&holders, stable.pid()), (2, 140));
        assert_eq!(held(&holders, busy.pid()), (1, 30), "children share its instance while they live");
        assert!(!holders.sharing_unknown, "a process that ends is not a kernel that refuses");
    }
}

#[test]
fn where_processes_cannot_be_compared_inheritance_is_presumed_and_said() {
    let folders = Folders::new(200);
    let forked = Watcher::start(&folders, &Watches { children: 3, ..watches(&[200]) });
    let (_kept, places) = without_kcmp(&family(&forked));
    let holders = Holders::read(&places, &Progress::default()).expect("nobody cancels");
    assert!(holders.sharing_unknown, "what is presumed is said");
    let charged: u64 = holders.processes.iter().map(|process| process.charged_watches).sum();
    assert_eq!((holders.processes.len(), charged), (4, 200), "children have inherited their parent's instance");

    let twice = Watcher::start(&folders, &watches(&[9, 9]));
    let (_kept, places) = without_kcmp(&[twice.pid()]);
    let holders = Holders::read(&places, &Progress::default()).expect("nobody cancels");
    assert_eq!(held(&holders, twice.pid()), (2, 18), "two that look alike in one process are two");
    assert!(holders.sharing_unknown);
}

#[test]
fn a_single_instance_raises_no_question_of_sharing() {
    let watcher = Watcher::start(&Folders::new(5), &watches(&[5]));
    let (_kept, places) = without_kcmp(&[watcher.pid()]);
    let holders = Holders::read(&places, &Progress::default()).expect("nobody cancels");
    assert_eq!(held(&holders, watcher.pid()), (1, 5));
    assert!(!holders.sharing_unknown);
}

/// Some of the real /proc in a folder that is no /proc: everything reads alike, but kcmp is not to be trusted.
fn without_kcmp(pids: &[u32]) -> (tempfile::TempDir, Places) {
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let names = pids.iter().map(u32::to_string).chain(["self".to_owned(), "stat".to_owned()]);
    for name in names {
        std::os::unix::fs::symlink(Path::new("/proc").join(&name), folder.path().join(&name)).expect("a new link");
    }
    let places = Places { proc: folder.path().to_path_buf(), ..Places::default() };
    (folder, places)
}

#[test]
fn a_folder_that_is_deleted_frees_its_watch() {
    let folders = Folders::new(10);
    let watcher = Watcher::start(&folders, &watches(&[10]));
    assert_eq!(held(&holders(), watcher.pid()), (1, 10));
    folders.remove(3);
    assert_eq!(held(&holders(), watcher.pid()), (1, 9));
}

#[test]
fn the_watched_inodes_are_those_of_the_folders() {
    let folders = Folders::new(20);
    let watcher = Watcher::start(&folders, &Watches { duplicates: 1, ..watches(&[20, 3]) });
    let found = watched_inodes(&Places::default(), watcher.pid()).expect("one's own process");
    let inode = |index: usize| std::fs::metadata(folders.path().join(index.to_string())).expect("it exists").ino();
    let of_first = |count: usize| (0..count).map(inode).collect::<BTreeSet<_>>();
    let found: Vec<BTreeSet<u64>> =
        found.into_iter().map(|instance| instance.into_iter().map(|at| at.ino).collect()).collect();
    assert_eq!(found, [of_first(20), of_first(3)], "instance by instance, a duplicate once");

    let pid = watcher.pid();
    drop(watcher);
    assert!(watched_inodes(&Places::default(), pid).is_err(), "a process that is gone is an error");
}

#[test]
fn a_command_line_keeps_its_bytes() {
    let odd: [&[u8]; 3] = [b"two\nlines", b"not \xff\xfe text", b""];
    let watcher = Watcher::start_through(&[], &Folders::new(1), &watches(&[1]), &odd);
    let holders = holders();
    let command = &the(&holders, watcher.pid()).command;
    let last: Vec<&[u8]> = command[command.len() - 3..].iter().map(|argument| argument.as_bytes()).collect();
    assert_eq!(last, odd);
}

#[test]
fn a_process_is_described() {
    let before = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let watcher = Watcher::start(&Folders::new(1), &watches(&[1]));
    let holders = holders();
    let process = the(&holders, watcher.pid());
    assert_eq!((process.program.as_str(), process.kind), ("python3", Kind::Python));
    assert_eq!(process.uid, rustix::process::geteuid().as_raw());
    assert_eq!(process.cwd, std::env::current_dir().ok(), "it has inherited the test's folder");
    let id = Command::new("id").arg("-un").output().expect("id is installed");
    let name = id.status.success().then(|| String::from_utf8_lossy(&id.stdout).trim().to_owned());
    assert_eq!(process.user, name, "id says the same, also that a user has no name");
    let started = process.started.expect("/proc tells");
    assert!(started.abs_diff(before) < 60, "it started just now: {started} is near {before}");
    assert_eq!(process.parent, std::process::id(), "this test has started it");
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", watcher.pid())).expect("it runs");
    let ticks = stat.rsplit(')').next().and_then(|behind| behind.split_whitespace().nth(19)?.parse().ok());
    assert_eq!(process.started_ticks, ticks, "field 22 of stat (proc_pid_stat(5))");
    assert!(process.charged_to_account && !process.other_user_namespace);
}

#[test]
fn a_streamlit_app_is_listed_even_when_it_watches_nothing() {
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let script = folder.path().join("streamlit");
    std::fs::write(&script, "import sys\nprint(flush=True)\nsys.stdin.read()\n").expect("a new file");
    let mut app = Command::new("python3");
    app.arg(&script).args(["run", "app.py"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut app = app.spawn().expect("python3 is installed");
    let mut ready = [0];
    std::io::Read::read_exact(app.stdout.as_mut().expect("piped"), &mut ready).expect("the app has started");
    let holders = holders();
    let process = the(&holders, app.id());
    assert_eq!((process.kind, process.instances, process.watches), (Kind::Streamlit, 0, 0));
    drop(app.stdin.take());
    app.wait().expect("it ends with its input");
}

#[test]
fn cancelling_ends_the_pass() {
    let progress = Progress::default();
    progress.cancel();
    assert_eq!(Holders::read(&Places::default(), &progress), Err(Cancelled));
}
