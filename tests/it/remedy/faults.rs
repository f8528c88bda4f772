//! Killed at every system call: each file is old or new, and a later start undoes or finishes to the exact byte.

use super::{CONFIG, set};
use crate::support::world::World;
use inotify_doctor::remedy::raise_limits::Way;
use inotify_doctor::remedy::{FileWatcher, Plan, PlanOutcome, State, apply, finish, undo};
use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The calls between which the world can be told apart.
const CALLS: [&str; 12] = [
    "openat",
    "openat2",
    "write",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "unlinkat",
    "mkdirat",
    "fchmod",
    "ftruncate",
];

const WORLD: &str = "INOTIFY_DOCTOR_TEST_WORLD";
const DEED: &str = "INOTIFY_DOCTOR_TEST_DEED";

#[test]
#[ignore = "the part that is killed, started by the other tests"]
fn victim() {
    let world = World::at(Path::new(&env::var_os(WORLD).expect("another test starts this one")));
    if env::var(DEED).as_deref() == Ok("undo") {
        assert_eq!(world.undo(1).left(), Some([].as_slice()));
    } else {
        let plan: Plan = serde_json::from_slice(&fs::read(world.path("plan.json")).unwrap()).unwrap();
        world.done(&plan);
    }
}

/// Lets the victim do `deed` and kills it at its `step`th `call`; `false` when it came to its end before.
pub(super) fn killed(world: &World, deed: &str, call: &str, step: u32) -> bool {
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("inject={call}:signal=KILL:when={step}")])
        .arg(env::current_exe().unwrap())
        .args(["--exact", "--ignored", "remedy::faults::victim"])
        .env(WORLD, world.path(""))
        .env(DEED, deed)
        .output()
        .expect("strace is installed");
    let killed = output.status.signal() == Some(9);
    assert!(killed || output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    killed
}

/// A project in which `config` is the text of the settings, and the plan to change it.
fn prepared(config: Option<&str>) -> (World, Plan) {
    let world = World::new();
    if let Some(text) = config {
        world.file(CONFIG, text);
    }
    let plan = set(&world, FileWatcher::None);
    hand_over(&world, &plan);
    (world, plan)
}

/// Gives the victim its plan.
pub(super) fn hand_over(world: &World, plan: &Plan) {
    fs::write(world.path("plan.json"), serde_json::to_vec(plan).unwrap()).unwrap();
}

fn config(world: &World) -> Option<String> {
    fs::read_to_string(world.project(CONFIG)).ok()
}

/// Kills `deed` at every step of every call and lets `check` look at what is left. How often it was killed.
fn at_every_step(old: Option<&str>, deed: &str, check: impl Fn(&World, &Plan, &str)) -> BTreeMap<&'static str, u32> {
    let mut times = BTreeMap::new();
    for call in CALLS {
        for step in 1.. {
            let (world, plan) = prepared(old);
            if deed == "undo" {
                world.done(&plan);
            }
            if !killed(&world, deed, call, step) {
                break;
            }
            *times.entry(call).or_default() += 1;
            check(&world, &plan, &format!("killed at {call} number {step}"));
        }
    }
    times
}

/// Undoes whatever the journal knows of; afterwards the project is as it was at first, to the last byte and name.
fn everything_can_be_undone(world: &World, old: Option<&str>, at: &str) {
    for entry in world.journal().entries().unwrap().entries {
        if entry.state != State::Undone {
            let undone = undo(&world.journal(), entry.id, Way::Direct);
            assert_eq!(undone.left(), Some([].as_slice()), "{at}");
        }
    }
    assert_eq!(world.snapshot(), prepared_snapshot(world, old), "{at}: undo restores everything");
    assert!(world.journal().unfinished().unwrap().is_empty(), "{at}: nothing is unfinished");
}

fn prepared_snapshot(world: &World, old: Option<&str>) -> BTreeMap<std::path::PathBuf, (u32, Vec<u8>)> {
    let (other, _) = prepared(old);
    let renamed = |path: &Path| world.project("").join(path.strip_prefix(other.project("")).unwrap());
    other.snapshot().into_iter().map(|(path, content)| (renamed(&path), content)).collect()
}

const OLD: &str = "# mine\n[server]\nport = 1\n";
const NEW: &str = "# mine\n[server]\nfileWatcherType = \"none\"\nport = 1\n";
const FRESH: &str = "[server]\nfileWatcherType = \"none\"\n";

#[test]
fn changing_a_file_leaves_it_old_or_new_and_can_be_undone() {
    let times = at_every_step(Some(OLD), "apply", |world, _, at| {
        let now = config(world);
        assert!(now.as_deref() == Some(OLD) || now.as_deref() == Some(NEW), "{at}: {now:?}");
        everything_can_be_undone(world, Some(OLD), at);
    });
    for call in ["openat", "openat2", "write", "fsync", "fdatasync", "fchmod"] {
        assert!(times.contains_key(call), "it was killed at {call}: {times:?}");
    }
    assert!(["rename", "renameat", "renameat2"].into_iter().any(|call| times.contains_key(call)), "{times:?}");
}

#[test]
fn making_a_folder_and_a_file_can_be_undone() {
    let times = at_every_step(None, "apply", |world, _, at| {
        let now = config(world);
        assert!(now.is_none() || now.as_deref() == Some(FRESH), "{at}: {now:?}");
        everything_can_be_undone(world, None, at);
    });
    assert!(times.contains_key("mkdirat") && times.contains_key("renameat2"), "{times:?}");
}

#[test]
fn what_was_begun_can_be_finished_instead() {
    at_every_step(None, "apply", |world, plan, at| {
        let journal = world.journal();
        match journal.unfinished().unwrap().first() {
            Some(entry) => {
                let finished = finish(&journal, entry.id, Way::Direct).unwrap();
                assert!(matches!(finished, PlanOutcome::Applied { .. }), "{at}: {finished:?}");
            }
            None if config(world).is_none() => drop(apply(plan, &journal, Way::Direct)),
            None => {}
        }
        assert_eq!(config(world).as_deref(), Some(FRESH), "{at}");
        assert_eq!(fs::read_dir(world.project(".streamlit")).unwrap().count(), 1, "{at}: no draft is left");
        everything_can_be_undone(world, None, at);
    });
}

#[test]
fn an_undo_that_was_killed_is_undone_again() {
    for old in [Some(OLD), None] {
        let new = if old.is_some() { NEW } else { FRESH };
        let times = at_every_step(old, "undo", |world, _, at| {
            let now = config(world);
            assert!(now.as_deref() == old || now.as_deref() == Some(new), "{at}: {now:?}");
            everything_can_be_undone(world, old, at);
        });
        assert!(times.contains_key("unlinkat") && times.contains_key("openat2"), "{times:?}");
    }
}
