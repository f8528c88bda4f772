//! Every command that the script starts, killed at every step of its own, in every shell, with real settings of the
//! kernel in the place of the limits. Whatever dies: the script does all of it or nothing, says which, and one undo
//! brings back the values from before the first raise.

use super::*;
use crate::support::stage::{assert_private, inside_with_kernel_limits, set_limits, sh};
use std::collections::BTreeMap;
use std::process::{Command, Output};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/raise-limits.sh");

const SHELLS: [&[&str]; 3] = [&["dash"], &["bash", "--posix"], &["busybox", "sh"]];

/// What changes the world, or what the script learns of it: between two of these nothing is different.
const TELLING: [&str; 17] = [
    "write",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "chmod",
    "fchmodat",
    "fchmodat2",
    "fsync",
    "sync",
    "flock",
    "close",
    "exit_group",
];

const RAISE: [&str; 5] = ["raise", "524288", "512", "131072", "now-and-boot"];
const UNDO: [&str; 1] = ["undo"];

fn telling(call: &str) -> bool {
    TELLING.contains(&call)
}

/// The limits and the drop-in.
type World = ([u64; 3], Option<String>);

fn world() -> World {
    (limits(), drop_in())
}

fn bring_to(start: &World) {
    sh("rm -rf /run/inotify-doctor /etc/sysctl.d/99-zz-inotify-doctor.conf* /run/stage/count /run/stage/killed");
    set_limits(start.0);
    if let Some(text) = &start.1 {
        fs::write(DROP_IN, text).expect("root may write it");
    }
}

fn script(wrapper: &[&str], shell: &[&str], words: &[&str], variables: &[(&str, &str)]) -> Output {
    assert_private();
    let all: Vec<&str> = wrapper.iter().chain(shell).copied().chain([SCRIPT]).chain(words.iter().copied()).collect();
    let mut command = Command::new(all[0]);
    command.args(&all[1..]).env_clear().env("PATH", "/usr/bin:/bin").envs(variables.iter().copied());
    command.output().expect("the shell is installed")
}

/// Puts a word before every command, on the script's own path: it counts them, and has the one with the number CHILD
/// killed by strace's INJECT, or its calls written down.
fn stand_before_the_commands() {
    const BEFORE_EACH: &str = r#"#!/bin/dash
n=0
[ ! -e /run/stage/count ] || read -r n </run/stage/count
n=$((n + 1))
echo $n >/run/stage/count
[ "$n" = "${CHILD-}" ] || exec /usr/bin/TOOL "$@"
/usr/bin/strace -qq -o /run/stage/calls -e "$INJECT" /usr/bin/TOOL "$@"
status=$?
[ $status != 137 ] || { echo >/run/stage/killed && kill -KILL $$; }
exit $status
"#;
    assert_private();
    for tool in ["cat", "chmod", "flock", "id", "mkdir", "mv", "rm", "rmdir", "sync", "tee"] {
        assert!(Path::new("/usr/bin").join(tool).exists(), "{tool} is in /usr/bin");
        fs::write(format!("/usr/sbin/{tool}"), BEFORE_EACH.replace("TOOL", tool)).expect("/usr is a layer of ours");
        sh(&format!("chmod 755 /usr/sbin/{tool}"));
    }
}

/// How many commands a run has started.
fn counted() -> u32 {
    // Not by a command, which would be counted too.
    let count = fs::read_to_string("/run/stage/count").expect("they were counted");
    count.trim().parse().expect("a count is a number")
}

/// The system calls of command number `child`, each with how often it was called before.
fn calls(shell: &[&str], words: &[&str], child: &str) -> Vec<(String, u32)> {
    script(&[], shell, words, &[("CHILD", child), ("INJECT", "trace=all")]);
    let log = fs::read_to_string("/run/stage/calls").expect("strace writes it");
    let mut times = BTreeMap::new();
    let call = |line: &str| Some(line.split_once('(')?.0.to_owned()).filter(|call| call != "execve");
    let counted = log.lines().filter_map(call).map(|call| {
        let times = times.entry(call.clone()).and_modify(|times| *times += 1).or_insert(1);
        (call, *times)
    });
    counted.collect()
}

/// Runs `words` from `start` with each command killed at each of its calls that `tells`, in every shell; the kills.
fn every_command_killed_at_every_call(start: &World, words: &[&str], tells: impl Fn(&str) -> bool) -> u32 {
    stand_before_the_commands();
    let mut kills = 0;
    for shell in SHELLS {
        bring_to(start);
        let output = script(&[], shell, words, &[]);
        assert!(output.status.success(), "{shell:?}: {}", String::from_utf8_lossy(&output.stderr));
        let (end, all): (World, u32) = (world(), counted());
        for child in (1..=all).map(|child| child.to_string()) {
            bring_to(start);
            for (call, time) in calls(shell, words, &child).iter().filter(|(call, _)| tells(call)) {
                bring_to(start);
                let inject = format!("inject={call}:signal=KILL:when={time}");
                let output = script(&[], shell, words, &[("CHILD", &child), ("INJECT", &inject)]);
                let at = format!("{} {words:?}, command {child} killed at {call} number {time}", shell[0]);
                assert!(Path::new("/run/stage/killed").exists(), "{at}: it was killed");
                kills += 1;
                is_all_or_nothing(&output, start, &end, &at);
                undo_brings_back_the_first_values(shell, &at);
            }
        }
    }
    kills
}

fn is_all_or_nothing(output: &Output, start: &World, end: &World, at: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0) => assert_eq!(&world(), end, "{at}: done, all of it"),
        // It could not take back a step and says so. The next undo does.
        Some(39) => assert!(drop_in().is_some(), "{at}: the record stays: {said}"),
        Some(20..39) => assert_eq!(&world(), start, "{at}: nothing is done: {said}"),
        other => panic!("{at}: {other:?}: {said}"),
    }
}

fn undo_brings_back_the_first_values(shell: &[&str], at: &str) {
    let undone = script(&[], shell, &UNDO, &[]);
    assert!(undone.status.success(), "{at}: {}", String::from_utf8_lossy(&undone.stderr));
    assert_eq!(limits(), BEFORE, "{at}: undo brings back the first values");
    nothing_was_done();
}

/// Before any raise, after a first one, after two.
fn starts() -> [World; 3] {
    let never = (BEFORE, None);
    bring_to(&never);
    let raised = |words: &[&str]| {
        let output = script(&[], SHELLS[0], words, &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        world()
    };
    let once = raised(&["raise", "65536", "256", "32768", "now-and-boot"]);
    let twice = raised(&RAISE);
    [never, once, twice]
}

#[test]
fn a_first_raise_is_all_or_nothing_whichever_command_is_killed() {
    inside_with_kernel_limits(|| {
        let [never, ..] = starts();
        let kills = every_command_killed_at_every_call(&never, &RAISE, telling);
        assert!(kills > 150, "{kills} kills");
    });
}

#[test]
fn a_second_raise_is_all_or_nothing_and_keeps_the_first_values_whichever_command_is_killed() {
    inside_with_kernel_limits(|| {
        let [_, once, _] = starts();
        let kills = every_command_killed_at_every_call(&once, &RAISE, telling);
        assert!(kills > 150, "{kills} kills");
    });
}

#[test]
fn an_undo_never_takes_a_dead_commands_silence_for_an_answer() {
    inside_with_kernel_limits(|| {
        let [_, _, twice] = starts();
        let kills = every_command_killed_at_every_call(&twice, &UNDO, telling);
        assert!(kills > 100, "{kills} kills");
    });
}

fn at_every_system_call(start: usize, words: &[&str]) {
    let kills = every_command_killed_at_every_call(&starts()[start], words, |_| true);
    assert!(kills > 1000, "{kills} kills");
}

#[test]
#[ignore = "a quarter of an hour: at every system call there is"]
fn a_first_raise_at_every_system_call() {
    inside_with_kernel_limits(|| at_every_system_call(0, &RAISE));
}

#[test]
#[ignore = "a quarter of an hour: at every system call there is"]
fn a_second_raise_at_every_system_call() {
    inside_with_kernel_limits(|| at_every_system_call(1, &RAISE));
}

#[test]
#[ignore = "a quarter of an hour: at every system call there is"]
fn an_undo_at_every_system_call() {
    inside_with_kernel_limits(|| at_every_system_call(2, &UNDO));
}

/// Calls of which a whole run makes many, and by which its processes can be told apart.
const COMMON: [&str; 4] = ["write", "wait4", "?clone,?clone3,?fork,?vfork", "exit_group"];

/// Sends every process of a run, the shell among them, the signal at its call number 1, 2, 3 … in every shell; how often.
fn every_process_at_every_call(signal: &str, start: &World, words: &[&str]) -> u32 {
    let mut times = 0;
    for shell in SHELLS {
        bring_to(start);
        script(&[], shell, words, &[]);
        let end = world();
        for call in COMMON {
            for step in 1.. {
                bring_to(start);
                let at = format!("{} {words:?}, every process sent {signal} at {call} number {step}", shell[0]);
                let inject = format!("inject={call}:signal={signal}:when={step}");
                if !sent_to_every_process(signal, &inject, shell, words, (start, &end), &at) {
                    break;
                }
                times += 1;
                undo_brings_back_the_first_values(shell, &at);
            }
        }
    }
    times
}

/// `false`: no process came that far.
fn sent_to_every_process(
    signal: &str,
    inject: &str,
    shell: &[&str],
    words: &[&str],
    (start, end): (&World, &World),
    at: &str,
) -> bool {
    let log = "/run/stage/calls";
    let output = script(&["strace", "-f", "-qq", "-o", log, "-e", inject], shell, words, &[]);
    // A command whose shell was killed holds the lock until it ends.
    sh("[ ! -e /run/inotify-doctor/lock ] || flock /run/inotify-doctor/lock true");
    let told = fs::read_to_string(log).expect("strace writes it");
    if !told.contains(&format!("--- SIG{signal}")) && !told.contains(&format!("killed by SIG{signal}")) {
        return false;
    }
    if output.status.code().is_some_and(|status| status < 128) {
        is_all_or_nothing(&output, start, end, at);
    }
    true
}

fn one_undo_brings_back_the_first_values_after(signal: &str) {
    let [_, once, twice] = starts();
    let times = every_process_at_every_call(signal, &once, &RAISE) + every_process_at_every_call(signal, &twice, &UNDO);
    assert!(times > 100, "{signal} was sent {times} times");
}

#[test]
fn whatever_is_killed_wherever_one_undo_brings_back_the_first_values() {
    inside_with_kernel_limits(|| one_undo_brings_back_the_first_values_after("KILL"));
}

#[test]
fn whatever_is_terminated_wherever_one_undo_brings_back_the_first_values() {
    inside_with_kernel_limits(|| one_undo_brings_back_the_first_values_after("TERM"));
}
