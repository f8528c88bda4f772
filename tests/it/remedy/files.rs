//! Settings files changed, looked at, and taken back; and what happens when somebody else is at work on them, too.

use super::{CONFIG, set};
use crate::support::world::World;
use inotify_doctor::remedy::diff::LineKind;
use inotify_doctor::remedy::streamlit_config::{self, ConfigRequest};
use inotify_doctor::remedy::{Back, Change, Conflict, FileWatcher, Left, PlanOutcome, RemedyError, Stale, State, Undo};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

const NONE: FileWatcher = FileWatcher::None;

#[test]
fn a_project_without_settings_gets_a_folder_and_a_file_and_loses_both_again() {
    let world = World::new();
    let before = world.snapshot();
    let plan = set(&world, NONE);
    assert_eq!(world.snapshot(), before, "planning changes nothing");
    assert!(matches!(plan.changes[..], [Change::MakeFolder { .. }, Change::WriteFile { before: None, .. }]));
    let id = world.done(&plan);
    assert_eq!(fs::read_to_string(world.project(CONFIG)).unwrap(), "[server]\nfileWatcherType = \"none\"\n");
    assert!(set(&world, NONE).is_empty(), "a second time there is nothing to do");
    assert_eq!(world.undo(id).left(), Some([].as_slice()));
    assert_eq!(world.snapshot(), before, "nothing is left");
    assert_eq!(world.undo(id), Undo::AlreadyUndone);
}

#[test]
fn the_journal_tells_what_was_done_and_what_became_of_it() {
    let world = World::new();
    let plan = set(&world, NONE);
    let id = world.done(&plan);
    let entry = world.journal().entry(id).unwrap();
    assert_eq!((entry.id, entry.plan, entry.state), (id, plan, State::Applied));
    world.undo(id);
    assert_eq!(world.journal().entries().unwrap().entries[0].state, State::Undone);
    assert!(world.journal().unfinished().unwrap().is_empty());
    let mode = fs::metadata(world.path("state/journal")).unwrap().mode();
    assert_eq!(mode & 0o077, 0, "nobody else may read the journal: settings may hold secrets");
}

#[test]
fn an_existing_file_keeps_its_bytes_its_mode_and_its_place_behind_a_link() {
    let world = World::new();
    let text = "# mine\r\n[server]\r\nport = 1 # why\r\n\r\n[theme]\r\nbase = 'dark'";
    fs::create_dir(world.path("home/dotfiles")).unwrap();
    let real = world.path("home/dotfiles/config.toml");
    fs::write(&real, text).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o604)).unwrap();
    fs::create_dir(world.project(".streamlit")).unwrap();
    symlink(&real, world.project(CONFIG)).unwrap();
    let id = world.done(&set(&world, NONE));
    let expected = text.replacen("[server]\r\n", "[server]\r\nfileWatcherType = \"none\"\r\n", 1);
    assert_eq!(fs::read_to_string(&real).unwrap(), expected);
    assert_eq!(fs::metadata(&real).unwrap().mode() & 0o7777, 0o604);
    assert!(world.project(CONFIG).is_symlink(), "the link is still a link");
    world.undo(id);
    assert_eq!(fs::read_to_string(&real).unwrap(), text);
}

#[test]
fn a_link_that_leads_outside_is_not_followed() {
    let world = World::new();
    fs::create_dir(world.path("elsewhere")).unwrap();
    symlink(world.path("elsewhere"), world.project(".streamlit")).unwrap();
    let request = ConfigRequest { file_watcher: Some(NONE), ..ConfigRequest::default() };
    let refused = streamlit_config::plan(request, &world.project(CONFIG), &world.own(), None).unwrap_err();
    let (path, target) = (world.project(CONFIG), world.path("elsewhere/config.toml"));
    assert_eq!(refused, RemedyError::LinkLeadsOutside { path, target });
}

#[test]
fn a_file_that_changes_between_plan_and_apply_is_left_alone() {
    let world = World::new();
    let path = world.file(CONFIG, "[server]\n");
    let plan = set(&world, NONE);
    fs::write(&path, "[server]\nport = 2\n").unwrap();
    let before = world.snapshot();
    assert_eq!(world.apply(&plan), PlanOutcome::Stale(vec![Stale::FileChanged { path }]));
    assert_eq!(world.snapshot(), before);
    assert!(world.journal().entries().unwrap().entries.is_empty(), "what was not done leaves no entry");
}

#[test]
fn links_planted_between_plan_and_apply_are_not_followed() {
    for planted in [CONFIG, ".streamlit"] {
        let world = World::new();
        let text = "[server]\n";
        world.file(CONFIG, text);
        let plan = set(&world, NONE);
        let place = world.project(planted);
        fs::rename(&place, world.path("elsewhere")).unwrap();
        symlink(world.path("elsewhere"), &place).unwrap();
        let before = world.snapshot();
        assert_eq!(world.apply(&plan), PlanOutcome::Stale(vec![Stale::LinkInPlace { path: world.project(CONFIG) }]));
        assert_eq!(world.snapshot(), before, "a link at {planted}");
        let target = world.path("elsewhere");
        let target = if target.is_dir() { target.join("config.toml") } else { target };
        assert_eq!(fs::read_to_string(target).unwrap(), text, "the link's target is untouched");
    }
}

#[test]
fn a_folder_that_appears_between_plan_and_apply_is_looked_at_first() {
    let world = World::new();
    let plan = set(&world, NONE);
    fs::create_dir(world.project(".streamlit")).unwrap();
    let path = world.project(".streamlit");
    assert_eq!(world.apply(&plan), PlanOutcome::Stale(vec![Stale::FolderAppeared { path: path.clone() }]));
    assert!(path.is_dir(), "someone else's folder stays");
}

#[test]
fn undo_refuses_with_a_diff_where_someone_else_has_written_since() {
    let world = World::new();
    let path = world.file(CONFIG, "[server]\nport = 1\n");
    let id = world.done(&set(&world, NONE));
    let theirs = fs::read_to_string(&path).unwrap().replace("port = 1", "port = 2");
    fs::write(&path, &theirs).unwrap();
    let Undo::Refused(conflicts) = world.undo(id) else { panic!("undo should refuse") };
    let [Conflict::FileChanged { path: named, diff }] = &conflicts[..] else { panic!("{conflicts:?}") };
    assert_eq!(named, &path);
    let added: Vec<_> = diff.hunks[0].lines.iter().filter(|line| line.kind == LineKind::Added).collect();
    assert_eq!(added[0].text, "port = 2");
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs, "nothing was undone");
    fs::write(&path, theirs.replace("port = 2", "port = 1")).unwrap();
    let undone = world.undo(id);
    let Undo::Undone { back, .. } = &undone else { panic!("once it is as it was left, it can be undone: {undone:?}") };
    let [Back::File { path: told, diff }] = back.as_slice() else { panic!("the file is told: {back:?}") };
    let lines = diff.hunks.iter().flat_map(|hunk| &hunk.lines);
    let lines: Vec<_> = lines.map(|line| (line.kind, line.text.as_str())).collect();
    assert_eq!(*told, path);
    assert!(lines.contains(&(LineKind::Removed, "fileWatcherType = \"none\"")), "with its lines: {lines:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "[server]\nport = 1\n");
}

#[test]
fn undo_keeps_a_folder_in_which_something_else_is_now() {
    let world = World::new();
    let id = world.done(&set(&world, NONE));
    let secrets = world.file(".streamlit/secrets.toml", "a = 1\n");
    let left = vec![Left::FolderNotEmpty { path: world.project(".streamlit") }];
    let back = vec![Back::FileGone { path: world.project(CONFIG) }];
    assert_eq!(world.undo(id), Undo::Undone { back, left }, "what is gone again and what stays is told");
    assert!(secrets.is_file() && !world.project(CONFIG).exists());
}

#[test]
fn a_broken_file_is_named_by_line_and_column_and_repaired_only_on_request() {
    let world = World::new();
    let path = world.file(CONFIG, "[server]\nfileWatcherType = none\n");
    let request = ConfigRequest { file_watcher: Some(FileWatcher::Poll), ..ConfigRequest::default() };
    let refused = streamlit_config::plan(request, &path, &world.own(), None).unwrap_err();
    let RemedyError::Broken { broken, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((broken.line, broken.text.as_str()), (2, "fileWatcherType = none"));
    let repair = streamlit_config::repair(&path, &world.own()).unwrap().expect("the mistake is a known one");
    assert_eq!(repair.promise.watches_after, Some(0));
    world.done(&repair);
    assert_eq!(fs::read_to_string(&path).unwrap(), "[server]\nfileWatcherType = \"none\"\n");
    world.done(&set(&world, FileWatcher::Poll));
}
