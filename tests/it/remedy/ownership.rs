//! The journal obeys only its owner: what someone else wrote, or could have written, is neither undone nor finished, and
//! nothing in the place of its files makes anybody wait.

use super::set;
use crate::support::stage::{inside, sh};
use crate::support::world::{World, as_ordinary_user};
use inotify_doctor::remedy::raise_limits::Way;
use inotify_doctor::remedy::{FileWatcher, Journal, PlanOutcome, RemedyError, State, Undo, apply, finish, undo};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// As the stage calls the ordinary user.
const TESTER: u32 = 61_999;

/// A world with one applied change.
fn changed() -> (World, PathBuf) {
    let world = World::new();
    let id = world.done(&set(&world, FileWatcher::None));
    let entry = world.path(&format!("state/journal/{id:04}.jsonl"));
    (world, entry)
}

/// Neither listed nor undone nor finished, for this reason, and nothing is changed.
fn is_refused(world: &World, reason: &RemedyError) {
    let before = world.snapshot();
    let found = world.journal().entries().unwrap();
    assert!(found.entries.is_empty());
    assert_eq!(found.refused, std::slice::from_ref(reason));
    assert_eq!(world.undo(1), Undo::Failed(reason.clone()));
    assert_eq!(finish(&world.journal(), 1, Way::Direct), Err(reason.clone()));
    assert_eq!(world.snapshot(), before, "nothing of it is done");
}

#[test]
fn an_entry_that_someone_else_wrote_or_can_write_is_refused() {
    inside(|| {
        let (world, path) = changed();
        sh(&format!("chown {TESTER} {}", path.display()));
        is_refused(&world, &RemedyError::ForeignJournal { path: path.clone(), owner: TESTER });
        sh(&format!("chown 0 {0}; chmod 620 {0}", path.display()));
        is_refused(&world, &RemedyError::OpenToOthers { path: path.clone() });
        sh(&format!("chmod 600 {}", path.display()));
        assert_eq!(world.undo(1).left(), Some([].as_slice()), "and once it is in order, it is obeyed");
    });
}

#[test]
fn a_journal_of_someone_else_is_neither_read_nor_written() {
    inside(|| {
        let (world, _) = changed();
        let path = world.path("state/journal");
        let plan = set(&world, FileWatcher::Poll);
        for (owner, mode, reason) in [
            (TESTER, 700, RemedyError::ForeignJournal { path: path.clone(), owner: TESTER }),
            (0, 777, RemedyError::OpenToOthers { path: path.clone() }),
        ] {
            sh(&format!("chown {owner} {0}; chmod {mode} {0}", path.display()));
            assert_eq!(world.journal().entries(), Err(reason.clone()));
            assert_eq!(world.journal().unfinished(), Err(reason.clone()));
            assert_eq!(world.undo(1), Undo::Failed(reason.clone()));
            assert_eq!(finish(&world.journal(), 1, Way::Direct), Err(reason.clone()));
            assert_eq!(world.apply(&plan), PlanOutcome::Failed { error: reason, left: Vec::new() });
        }
        assert_eq!(fs::read_dir(&path).unwrap().count(), 2, "the lock and the entry, as before");
    });
}

#[test]
fn what_is_no_file_in_the_place_of_an_entry_or_the_lock_makes_nobody_wait() {
    as_ordinary_user(|| {
        let (world, path) = changed();
        let kept = world.path("kept");
        fs::rename(&path, &kept).unwrap();
        let fifo = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
        fifo(&path);
        is_refused(&world, &RemedyError::NotAFile { path: path.clone() });
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        is_refused(&world, &RemedyError::NotAFile { path: path.clone() });
        fs::remove_dir(&path).unwrap();
        symlink(&kept, &path).unwrap();
        is_refused(&world, &RemedyError::LinkInTheWay { path: path.clone() });
        fs::remove_file(&path).unwrap();
        // Sparse: it takes no room, and reading it would take 65 MiB.
        fs::File::create(&path).unwrap().set_len(65 << 20).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        is_refused(&world, &RemedyError::TooLarge { path });

        let lock = world.path("state/journal/lock");
        fs::remove_file(&lock).unwrap();
        fifo(&lock);
        assert_eq!(world.undo(1), Undo::Failed(RemedyError::NotAFile { path: lock }));
    });
}

#[test]
fn the_journal_is_a_folder_and_no_link_to_one() {
    let (world, _) = changed();
    fs::rename(world.path("state/journal"), world.path("elsewhere")).unwrap();
    symlink(world.path("elsewhere"), world.path("state/journal")).unwrap();
    let reason = RemedyError::LinkInTheWay { path: world.path("state/journal") };
    assert_eq!(world.journal().entries(), Err(reason.clone()));
    assert_eq!(world.undo(1), Undo::Failed(reason));
}

#[test]
fn the_journal_is_for_its_owner_alone_whatever_the_umask() {
    let (world, entry) = changed();
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(&entry), 0o600);
    assert_eq!(mode(&world.path("state/journal/lock")), 0o600);
    assert_eq!(mode(&world.path("state/journal")), 0o700);
}

#[test]
fn numbers_neither_wrap_nor_replace_an_entry() {
    let (world, first) = changed();
    let before = fs::read(&first).unwrap();
    for strange in ["4294967295.jsonl", "+3.jsonl", "3.jsonl", "00004.jsonl", "99999999999.jsonl"] {
        fs::write(world.path("state/journal").join(strange), "").unwrap();
    }
    assert_eq!(world.done(&set(&world, FileWatcher::Poll)), 2, "the first that is free");
    assert_eq!(world.done(&set(&world, FileWatcher::Auto)), 3);
    let states = |world: &World| world.journal().entries().unwrap().entries.iter().map(|e| e.state).collect::<Vec<_>>();
    assert_eq!(states(&world), [State::Applied; 3]);
    assert_eq!(fs::read(&first).unwrap(), before, "the first entry is what it was");
    assert_eq!(world.journal().entries().unwrap().unreadable, [world.path("state/journal/4294967295.jsonl")]);
}

/// As `sudo` on some systems, and `su` on all: root, with the person's home folder in the environment.
fn as_root_at_home(words: &str, language: &str) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_inotify-doctor"))
        .args(words.split(' '))
        .env_clear()
        .envs([("HOME", "/run/stage/home"), ("PATH", "/usr/bin:/bin"), ("LANG", language)])
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn root_with_the_home_of_someone_else_leaves_nothing_there_and_obeys_nothing_there() {
    inside(|| {
        let home = Path::new("/run/stage/home");
        let (world, before) = (World::new(), sh("ls -lanR /run/stage/home"));
        world.file("app.py", "import streamlit\n");
        let (project, untouched) = (world.project(""), world.snapshot());
        let fix = format!("fix streamlit-config --project {} --file-watcher none --yes", project.display());
        for (language, sentence) in [("en_US.UTF-8", "You are root here, but"), ("zh_CN.UTF-8", "您现在是 root，但")]
        {
            for words in ["undo", "undo --list", &fix] {
                let (status, said) = as_root_at_home(words, language);
                assert!(said.contains(sentence) && said.contains("/run/stage/home"), "{words}: {said}");
                assert_eq!(status, Some(2), "{words}");
            }
        }
        assert_eq!(sh("ls -lanR /run/stage/home"), before, "nothing is left in the home folder");
        assert_eq!(world.snapshot(), untouched, "and nothing is done");
        let variables = BTreeMap::from([(OsString::from("HOME"), OsString::from(home))]);
        let refused = Journal::of_person(&variables).unwrap_err();
        assert_eq!(refused, RemedyError::ForeignHome { path: home.to_path_buf(), owner: TESTER });
        let own = BTreeMap::from([(OsString::from("HOME"), OsString::from("/root"))]);
        Journal::of_person(&own).expect("root's own home is fine");
    });
}

#[test]
fn an_entry_of_someone_else_in_a_shared_folder_is_named_by_the_command_line_and_not_undone() {
    inside(|| {
        let state = "/run/stage/shared";
        let journal = Journal::at(PathBuf::from(state).join("inotify-doctor/journal"));
        let world = World::new();
        let id = match apply(&set(&world, FileWatcher::None), &journal, Way::Direct) {
            PlanOutcome::Applied { id, .. } => id,
            other => panic!("{other:?}"),
        };
        let before = world.snapshot();
        sh(&format!("chown {TESTER} {state}/inotify-doctor/journal/*.jsonl"));
        let output = Command::new(env!("CARGO_BIN_EXE_inotify-doctor"))
            .args(["undo", "--yes"])
            .env_clear()
            .envs([("XDG_STATE_HOME", state), ("PATH", "/usr/bin:/bin"), ("LANG", "en_US.UTF-8")])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains(&format!("belongs to another user (number {TESTER}). What it says is not done.")),
            "{said}"
        );
        assert_eq!(world.snapshot(), before);
        assert!(matches!(undo(&journal, id, Way::Direct), Undo::Failed(RemedyError::ForeignJournal { .. })));
    });
}
