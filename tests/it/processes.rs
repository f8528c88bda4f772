//! Who holds watches, against what watching processes say themselves. Real processes and the real kernel.

use crate::support::watchers::{Folders, Watcher, Watches};
use inotify_doctor::machine::processes::watched_inodes;
use inotify_doctor::machine::{Holders, Kind, Places, Process};
use inotify_doctor::progress::{Cancelled, Progress};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A user that owns nothing here.
const STRANGER: &str = "61234";

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

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
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
        assert!(!holders.sharing_unknown || !is_root(), "a process that ends is not a kernel that refuses");
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
    let name = Command::new("id").arg("-un").output().expect("id is installed").stdout;
    assert_eq!(process.user.as_deref(), String::from_utf8_lossy(&name).lines().next());
    let started = process.started.expect("/proc tells");
    assert!(started.abs_diff(before) < 60, "it started just now: {started} is near {before}");
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
    let inside = [
        "unshare",
        "-U",
        "--keep-caps",
        "sh",
        "-c",
        "read go; exec setpriv --reuid 0 --regid 0 --clear-groups \"$@\"",
        "sh",
    ];
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
    assert_eq!(seen.account.unreadable_processes, 0, "what is outside is not of this account");
}

#[test]
fn a_proc_that_hides_processes_is_told_apart() {
    assert!(!check(&[], &[]).hidden, "this /proc shows every process");
    if !is_root() {
        return; // Mounting is root's.
    }
    let watcher = Watcher::start(&Folders::new(6), &watches(&[6]));
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let proc = folder.path().to_str().expect("a plain name");
    let script = format!(
        "chmod 755 {proc} && mount -t proc -o hidepid=2 proc {proc} &&
         exec setpriv --reuid {STRANGER} --regid {STRANGER} --clear-groups \"$@\""
    );
    let seen = check(&["unshare", "-m", "sh", "-c", &script, "sh"], &[("CHECK_PROC", proc)]);
    assert!(seen.hidden, "hidepid hides other users' processes");
    assert!(seen.unreadable.iter().all(|(pid, ..)| *pid != watcher.pid()), "they cannot even be counted");
    let script = format!("mount -t proc -o hidepid=2 proc {proc} && exec \"$@\"");
    assert!(!check(&["unshare", "-m", "sh", "-c", &script, "sh"], &[("CHECK_PROC", proc)]).hidden, "root sees all");
    let contained = check(&["unshare", "-pf", "--mount-proc"], &[]);
    assert!(contained.hidden, "a PID namespace of its own shows only itself");
}

/// What [`checker`] has seen.
#[derive(Debug, Serialize, Deserialize)]
struct Seen {
    account: SeenAccount,
    processes: Vec<SeenProcess>,
    unreadable: Vec<(u32, u32, String)>,
    hidden: bool,
    /// (instances, watches) of the process that it has started itself.
    own: Option<(u64, u64)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SeenAccount {
    uid: u32,
    watches: u64,
    instances: u64,
    unreadable_processes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct SeenProcess {
    pid: u32,
    charged: bool,
    charged_watches: u64,
}

/// Runs [`checker`] through a command like `setpriv …`.
fn check(before: &[&str], variables: &[(&str, &str)]) -> Seen {
    // By descriptor, because another user may not reach the folder that this program lies in.
    let program = std::fs::File::open("/proc/self/exe").expect("one's own program");
    rustix::io::fcntl_setfd(&program, rustix::io::FdFlags::empty()).expect("one's own descriptor");
    let path = format!("/proc/self/fd/{}", program.as_raw_fd());
    let run = [path.as_str(), "--exact", "processes::checker", "--ignored", "--nocapture"];
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
        processes: processes.into_iter().map(seen).collect(),
        unreadable: unreadable.into_iter().map(|one| (one.pid, one.uid, one.program)).collect(),
        hidden: hidden_processes,
        own: watcher.map(|watcher| (watcher.report.instances.len() as u64, watcher.report.watches())),
    };
    let text = serde_json::to_string(&seen).expect("plain values");
    // On a line of its own: the test runner has begun one.
    write!(std::io::stdout(), "\nSEEN {text}\n").expect("standard output is read");
}

fn seen(process: Process) -> SeenProcess {
    SeenProcess { pid: process.pid, charged: process.charged_to_account, charged_watches: process.charged_watches }
}
