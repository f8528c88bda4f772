//! Caches that go to the real trash of a home folder of their own, and come back.

use super::faults::{hand_over, killed};
use crate::support::world::{World, in_another_process};
use inotify_doctor::progress::Progress;
use inotify_doctor::remedy::caches::{self, Cache, CacheKind};
use inotify_doctor::remedy::{Back, Left, PlanOutcome, Stale, Undo};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;

/// Runs `body` where the trash is in a temporary folder.
fn with_own_trash<Body: FnOnce()>(body: Body) {
    let data = tempfile::Builder::new().prefix("inotify-doctor-").tempdir().unwrap();
    in_another_process(&["env"], &[("XDG_DATA_HOME", data.path().as_os_str())], body);
}

/// Removes what a killed move left there: a note that keeps a name makes the next move take one step more, so that it
/// would be killed at the same step for ever.
fn empty_trash() {
    let data = std::env::var_os("XDG_DATA_HOME").unwrap();
    match fs::remove_dir_all(std::path::Path::new(&data).join("Trash")) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        removed => removed.unwrap(),
    }
}

fn project() -> World {
    let world = World::new();
    for file in [
        "app.py",
        "__pycache__/app.cpython-311.pyc",
        "pkg/__pycache__/deep/er/x.pyc",
        "pkg/old.pyc",
        "pkg/old.py",
        "pkg/only.pyc",
        ".mypy_cache/3.11/a.json",
        ".ruff_cache/0/x",
        ".pytest_cache/v/cache",
        "notes/.ipynb_checkpoints/n.ipynb",
        "web/node_modules/.cache/x/y",
        "pkg.egg-info/PKG-INFO",
        ".venv/pyvenv.cfg",
        ".venv/lib/p/__pycache__/x.pyc",
        ".git/objects/__pycache__/x",
        "a folder\nwith a line break/__pycache__/x.pyc",
    ] {
        world.file(file, "content");
    }
    fs::create_dir_all(world.path("elsewhere/__pycache__")).unwrap();
    symlink(world.path("elsewhere"), world.project("linked")).unwrap();
    symlink(world.path("elsewhere/__pycache__"), world.project("notes/__pycache__")).unwrap();
    world
}

fn found(world: &World) -> Vec<Cache> {
    caches::find(&world.path("project"), &Progress::default()).unwrap().items
}

fn chosen(all: &[Cache]) -> Vec<&Cache> {
    all.iter().filter(|cache| cache.ticked).collect()
}

#[test]
fn caches_are_found_in_the_project_and_nowhere_else() {
    let world = project();
    let all = found(&world);
    let short = |cache: &Cache| {
        let path = cache.path.strip_prefix(world.project("")).unwrap().to_str().unwrap().to_owned();
        (path, cache.kind, cache.directories, cache.ticked)
    };
    let expected = [
        (".mypy_cache", CacheKind::Mypy, 2, true),
        (".pytest_cache", CacheKind::Pytest, 2, true),
        (".ruff_cache", CacheKind::Ruff, 2, true),
        (".venv/lib/p/__pycache__", CacheKind::PythonBytecode, 1, false),
        ("__pycache__", CacheKind::PythonBytecode, 1, true),
        ("a folder\nwith a line break/__pycache__", CacheKind::PythonBytecode, 1, true),
        ("notes/.ipynb_checkpoints", CacheKind::NotebookCheckpoints, 1, true),
        ("pkg/__pycache__", CacheKind::PythonBytecode, 3, true),
        ("pkg/old.pyc", CacheKind::StrayBytecode, 0, true),
        ("pkg/only.pyc", CacheKind::StrayBytecode, 0, false),
        ("pkg.egg-info", CacheKind::EggInfo, 1, false),
        ("web/node_modules/.cache", CacheKind::NodeCache, 2, true),
    ];
    let expected = expected.map(|(path, kind, directories, ticked)| (path.to_owned(), kind, directories, ticked));
    assert_eq!(all.iter().map(short).collect::<Vec<_>>(), expected);
    assert!(all.iter().all(|cache| cache.bytes > 0 && cache.files > 0), "each holds something");
}

#[test]
fn caches_go_to_the_trash_and_come_back_to_the_last_byte() {
    with_own_trash(|| {
        let world = project();
        let (before, all) = (world.snapshot(), found(&world));
        let plan = caches::plan(&world.path("project"), &chosen(&all), None).unwrap();
        let id = world.done(&plan);
        assert_eq!(chosen(&found(&world)).len(), 0, "they are gone");
        assert!(world.project("pkg/only.pyc").exists() && world.project("pkg.egg-info").exists());
        let trash = std::env::var_os("XDG_DATA_HOME").unwrap();
        let inside = fs::read_dir(std::path::Path::new(&trash).join("Trash/files")).unwrap().count();
        assert_eq!(inside, plan.changes.len(), "each is in the trash");
        assert_eq!(world.undo(id).left(), Some([].as_slice()));
        assert_eq!(world.snapshot(), before);
    });
}

#[test]
fn what_was_made_anew_stays_and_what_left_the_trash_is_named() {
    with_own_trash(|| {
        let world = World::new();
        for folder in ["a", "b", "c"] {
            world.file(&format!("{folder}/__pycache__/x.pyc"), "old");
        }
        let all = found(&world);
        let id = world.done(&caches::plan(&world.path("project"), &chosen(&all), None).unwrap());
        world.file("a/__pycache__/x.pyc", "new");
        let gone = world.project("b/__pycache__");
        let items = trash::os_limited::list().unwrap();
        trash::os_limited::purge_all(items.iter().filter(|item| item.original_path() == gone)).unwrap();
        let again = Left::ThereAgain { path: world.project("a/__pycache__") };
        let back = vec![Back::FromTrash { path: world.project("c/__pycache__") }];
        let undone = Undo::Undone { back, left: vec![Left::NotInTrash { path: gone }, again] };
        assert_eq!(world.undo(id), undone);
        assert_eq!(fs::read_to_string(world.project("a/__pycache__/x.pyc")).unwrap(), "new");
        assert_eq!(fs::read_to_string(world.project("c/__pycache__/x.pyc")).unwrap(), "old");
    });
}

#[test]
fn a_link_planted_in_place_of_a_cache_is_not_followed_and_nothing_goes() {
    with_own_trash(|| {
        let world = World::new();
        world.file("a/__pycache__/x.pyc", "a");
        world.file("b/__pycache__/x.pyc", "b");
        let all = found(&world);
        let plan = caches::plan(&world.path("project"), &chosen(&all), None).unwrap();
        let planted = world.project("b/__pycache__");
        fs::rename(&planted, world.path("precious")).unwrap();
        symlink(world.path("precious"), &planted).unwrap();
        assert_eq!(world.apply(&plan), PlanOutcome::Stale(vec![Stale::LinkInPlace { path: planted }]));
        assert!(world.project("a/__pycache__/x.pyc").exists() && world.path("precious/x.pyc").exists());
    });
}

#[test]
fn a_failure_midway_brings_back_what_had_gone() {
    with_own_trash(|| {
        let world = World::new();
        world.file("a/__pycache__/x.pyc", "a");
        world.file("b/__pycache__/x.pyc", "b");
        let (before, all) = (world.snapshot(), found(&world));
        let mut plan = caches::plan(&world.path("project"), &chosen(&all), None).unwrap();
        // The second one is the first one again: it is there when everything is looked at, and gone when its turn comes.
        plan.changes[1] = plan.changes[0].clone();
        let stale = Stale::Gone { path: world.project("a/__pycache__") };
        assert_eq!(world.apply(&plan), PlanOutcome::Stale(vec![stale]));
        assert_eq!(world.snapshot(), before);
    });
}

#[test]
fn killed_at_any_step_everything_is_in_its_place_or_comes_back_from_the_trash() {
    with_own_trash(|| {
        let mut times = 0;
        for call in ["openat", "write", "mkdir", "rename", "fdatasync"] {
            for step in 1.. {
                let world = World::new();
                world.file("a/__pycache__/x.pyc", "a");
                world.file("a/old.pyc", "b");
                world.file("a/old.py", "c");
                let (before, all) = (world.snapshot(), found(&world));
                hand_over(&world, &caches::plan(&world.path("project"), &chosen(&all), None).unwrap());
                if !killed(&world, "apply", call, step) {
                    break;
                }
                times += 1;
                for entry in world.journal().entries().unwrap().entries {
                    let undone = world.undo(entry.id);
                    assert_eq!(undone.left(), Some([].as_slice()), "killed at {call} number {step}");
                }
                assert_eq!(world.snapshot(), before, "killed at {call} number {step}");
                empty_trash();
            }
        }
        assert!(times > 20, "it was killed {times} times only");
    });
}

#[test]
fn a_cache_outside_of_the_project_is_refused() {
    let world = project();
    let mut cache = found(&world).remove(0);
    cache.path = world.path("elsewhere/__pycache__");
    assert!(caches::plan(&world.path("project"), &[&cache], None).is_err());
    cache.path = world.project("notes/__pycache__");
    assert!(caches::plan(&world.path("project"), &[&cache], None).is_err(), "nor through a link");
    assert_eq!(OsStr::new("__pycache__"), cache.path.file_name().unwrap());
}
