//! What stands in the way: other people's files, missing permissions, a full disk, a disk that may only be read. Each
//! has its own name, and none leaves a trace.

use super::{CONFIG, set};
use crate::support::stage::inside;
use crate::support::world::{World, as_ordinary_user, on_a_tiny_disk};
use inotify_doctor::remedy::journal::Entries;
use inotify_doctor::remedy::raise_limits::Way;
use inotify_doctor::remedy::streamlit_config::{self, ConfigRequest};
use inotify_doctor::remedy::{
    FileWatcher, Journal, OwnFolders, PlanOutcome, RemedyError, Undo, apply, file_change, restart,
};
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;

fn refused(world: &World) -> RemedyError {
    let request = ConfigRequest { file_watcher: Some(FileWatcher::None), ..ConfigRequest::default() };
    streamlit_config::plan(request, &world.project(CONFIG), &world.own(), None).expect_err("it cannot be written")
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_file_of_someone_else_is_not_replaced() {
    as_ordinary_user(|| {
        let path = Path::new("/etc/passwd");
        let before = fs::read(path).unwrap();
        let refused = file_change::plan(path, Some(before), b"ours".to_vec()).expect_err("it belongs to root");
        assert_eq!(refused, RemedyError::ForeignOwned { path: path.to_path_buf(), owner: 0 });
    });
}

#[test]
fn a_process_of_someone_else_is_not_touched() {
    as_ordinary_user(|| {
        let refused = restart::plan(1, Vec::new(), false, None).expect_err("process 1 belongs to root");
        assert_eq!(refused, RemedyError::ForeignProcess { pid: 1, owner: 0 });
    });
}

#[test]
fn a_read_only_file_and_a_read_only_folder_are_named_before_anything_is_done() {
    as_ordinary_user(|| {
        let world = World::new();
        let path = world.file(CONFIG, "[server]\n");
        mode(&path, 0o444);
        assert_eq!(refused(&world), RemedyError::NotPermitted { path: path.clone() });
        mode(&path, 0o644);
        let plan = set(&world, FileWatcher::None);
        let folder = world.project(".streamlit");
        mode(&folder, 0o555);
        assert_eq!(refused(&world), RemedyError::NotPermitted { path: folder.clone() });
        let failed =
            PlanOutcome::Failed { error: RemedyError::NotPermitted { path: folder.clone() }, left: Vec::new() };
        assert_eq!(world.apply(&plan), failed, "it became read-only after the plan was made");
        mode(&folder, 0o755);
        assert_eq!(fs::read_to_string(&path).unwrap(), "[server]\n");
        assert!(world.journal().entries().unwrap().entries.is_empty());
    });
}

#[test]
fn without_a_place_for_the_journal_nothing_is_done() {
    as_ordinary_user(|| {
        let world = World::new();
        let path = world.file(CONFIG, "[server]\n");
        let plan = set(&world, FileWatcher::None);
        let state = world.path("home");
        mode(&state, 0o555);
        let journal = Journal::at(state.join("journal"));
        let failed = apply(&plan, &journal, Way::Direct);
        assert!(matches!(failed, PlanOutcome::Failed { error: RemedyError::NotPermitted { .. }, .. }), "{failed:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "[server]\n");
    });
}

/// Fills the disk to the last byte and returns what has to go to make room again.
fn fill(disk: &Path) -> std::path::PathBuf {
    let path = disk.join("filler");
    let mut filler = fs::File::create(&path).unwrap();
    while filler.write_all(&[0; 4096]).is_ok() {}
    while filler.write_all(&[0]).is_ok() {}
    path
}

#[test]
fn a_full_disk_leaves_the_old_file_and_no_draft() {
    on_a_tiny_disk(|disk| {
        let world = World::new();
        let project = disk.join("project");
        let config = project.join("config.toml");
        fs::create_dir(&project).unwrap();
        let text = format!("# {}\n[server]\n", "long ".repeat(2000));
        fs::write(&config, &text).unwrap();
        let own = OwnFolders { home: None, project: Some(project.clone()) };
        let request = ConfigRequest { file_watcher: Some(FileWatcher::None), ..ConfigRequest::default() };
        let plan = streamlit_config::plan(request, &config, &own, None).unwrap();
        let filler = fill(disk);
        let failed = PlanOutcome::Failed { error: RemedyError::DiskFull { path: config.clone() }, left: Vec::new() };
        assert_eq!(world.apply(&plan), failed);
        assert_eq!(fs::read_to_string(&config).unwrap(), text);
        assert_eq!(fs::read_dir(&project).unwrap().count(), 1, "no draft is left");
        assert!(world.journal().entries().unwrap().entries.is_empty());
        fs::remove_file(filler).unwrap();
        world.done(&plan);
    });
}

#[test]
fn a_journal_on_a_full_disk_lets_nothing_be_done() {
    on_a_tiny_disk(|disk| {
        let world = World::new();
        let path = world.file(CONFIG, "[server]\n");
        let plan = set(&world, FileWatcher::None);
        let journal = Journal::at(disk.join("journal"));
        fs::create_dir(disk.join("journal")).unwrap();
        fill(disk);
        let failed = apply(&plan, &journal, Way::Direct);
        assert!(matches!(failed, PlanOutcome::Failed { error: RemedyError::DiskFull { .. }, .. }), "{failed:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "[server]\n");
        assert!(journal.entries().unwrap().entries.is_empty());
    });
}

/// The journal's disk has room for one page of 4 KiB, which fills up at every possible place, one after the other.
#[test]
fn a_journal_that_fills_up_on_the_way_never_tells_anything_but_the_truth() {
    on_a_tiny_disk(|disk| {
        let filler = fill(disk);
        let room = fs::metadata(&filler).unwrap().len() - 4096;
        fs::File::options().write(true).open(&filler).unwrap().set_len(room).unwrap();
        let (mut failed, mut finished, mut unfinished) = (0, 0, 0);
        for length in (1500..1950).step_by(3) {
            let world = World::new();
            let text = format!("# {}\n[server]\n", "x".repeat(length));
            let path = world.file(CONFIG, &text);
            let plan = set(&world, FileWatcher::None);
            let journal = Journal::at(disk.join("journal"));
            match apply(&plan, &journal, Way::Direct) {
                PlanOutcome::Applied { id, .. } => {
                    let waits = !journal.unfinished().unwrap().is_empty();
                    *if waits { &mut unfinished } else { &mut finished } += 1;
                    assert_ne!(fs::read_to_string(&path).unwrap(), text, "what was applied is there");
                    assert_eq!(journal.entry(id).unwrap().plan, plan, "and can be read in the journal");
                }
                PlanOutcome::Failed { error: RemedyError::DiskFull { .. }, left } if left.is_empty() => {
                    failed += 1;
                    assert_eq!(fs::read_to_string(&path).unwrap(), text, "what failed was not done");
                    assert_eq!(journal.entries().unwrap(), Entries::default(), "and is not in the journal");
                }
                other => panic!("{other:?}"),
            }
            fs::remove_dir_all(disk.join("journal")).unwrap();
        }
        assert!(failed > 0 && finished > 0 && unfinished > 0, "{failed}, {finished}, {unfinished}: each was met");
    });
}

#[test]
fn a_disk_that_became_read_only_is_named() {
    on_a_tiny_disk(|disk| {
        let world = World::new();
        let config = disk.join("config.toml");
        fs::write(&config, "[server]\n").unwrap();
        let own = OwnFolders { home: None, project: Some(disk.to_path_buf()) };
        let request = ConfigRequest { file_watcher: Some(FileWatcher::None), ..ConfigRequest::default() };
        let plan = streamlit_config::plan(request, &config, &own, None).unwrap();
        let remount = std::process::Command::new("mount").args(["-o", "remount,ro"]).arg(disk).status().unwrap();
        assert!(remount.success());
        let named = RemedyError::ReadOnlyFileSystem { path: config.clone() };
        assert_eq!(world.apply(&plan), PlanOutcome::Failed { error: named.clone(), left: Vec::new() });
        assert_eq!(streamlit_config::plan(request, &config, &own, None).unwrap_err(), named);
        assert_eq!(fs::read_to_string(&config).unwrap(), "[server]\n");
    });
}

#[test]
fn what_root_changes_for_someone_stays_theirs() {
    inside(|| {
        let world = World::at(Path::new("/run"));
        let theirs = |path: &Path| {
            let about = fs::symlink_metadata(path).unwrap();
            assert_eq!((about.uid(), about.gid()), (61999, 61998), "{}", path.display());
        };
        chown(world.path("project"), Some(61999), Some(61998)).unwrap();
        let id = world.done(&set(&world, FileWatcher::None));
        theirs(&world.project(".streamlit"));
        theirs(&world.project(CONFIG));
        world.done(&set(&world, FileWatcher::Poll));
        theirs(&world.project(CONFIG));
        assert!(matches!(world.undo(id), Undo::Refused(_)), "the second change came later");
    });
}
