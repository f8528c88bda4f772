//! The count of a tree, held against `find` and against the watches that the real watchdog takes.

use crate::support::tree::{
    Project, again_in_namespace, bound_by_permissions, count, found_by_find, handed_over, taken_by_watchdog, venv,
};
use inotify_doctor::progress::{Cancelled, Progress};
use inotify_doctor::project::TreeCount;
use inotify_doctor::project::tree::{Depth, Inventory, Size};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const VENVS: [&str; 3] = ["streamlit-1.67-watchdog-7", "streamlit-1.57-watchdog-6", "streamlit-1.49-watchdog-6"];

fn usual_project() -> Project {
    Project::new()
        .folders(&[".venv/lib/python3.11/site-packages/pkg", "node_modules/a/b", ".git/objects/00", "data/2026/01"])
        .odd_folder(b"line\nfeed")
        .odd_folder(b"\xff\xfe no text")
        .file("app.py", "import streamlit\n")
        .file("data/2026/a.csv", "1\n")
        .link("to-data", "data")
        .link("to-itself", ".")
        .link("to-nothing", "missing")
}

#[test]
fn directories_are_those_that_find_lists_and_everything_else_is_a_file() {
    let project = usual_project();
    let tree = count(project.path());
    assert_eq!(tree.directories, found_by_find(project.path()), "as many directories as find lists");
    assert_eq!(tree.directories, 1 + 5 + 3 + 3 + 3 + 2, "hidden and installed folders count, links do not");
    assert_eq!(tree.files, 2 + 3, "links are files");
    assert_eq!((tree.unreadable, tree.size()), (0, Size::Small));
}

#[test]
fn watchdog_takes_as_many_watches_as_were_counted() {
    let project = usual_project();
    let counted = count(project.path()).watches();
    for name in VENVS {
        assert_eq!(taken_by_watchdog(&venv(name), project.path()), counted, "watches taken by {name}");
    }
}

#[test]
fn a_folder_that_may_not_be_read_takes_no_watch_and_hides_what_is_below_it() {
    // Read and search permission are looked at one by one: -wx hides what is in it, r-- lists it and lets nobody in.
    let project = Project::new()
        .folders(&["open/sub", "no-read/hidden", "no-search/a/below", "no-search/b", "neither/x"])
        .mode("no-read", 0o300)
        .mode("no-search", 0o400)
        .mode("neither", 0);
    let root = project.path();
    let tree = bound_by_permissions(|| count(root));
    assert_eq!(tree.directories, 1 + 2 + 1 + 3 + 1, "what is listed is counted");
    assert_eq!(tree.unreadable, 4, "no-read, neither, and the two folders in no-search");
    assert!(tree.unreadable_examples.contains(&root.join("no-search/a")), "{:?}", tree.unreadable_examples);
    for name in VENVS {
        assert_eq!(taken_by_watchdog(&venv(name), root), tree.watches(), "watches taken by {name}");
    }
}

#[test]
fn a_root_that_is_missing_or_no_folder_or_closed_is_told_apart() {
    let project = Project::new().file("file", "").folders(&["closed/inside"]).mode("closed", 0o300);
    let root = project.path();
    assert_eq!(count(&root.join("missing")).directories, 0);
    assert_eq!(count(&root.join("file")).directories, 0);
    let closed = bound_by_permissions(|| count(&root.join("closed")));
    assert_eq!((closed.directories, closed.unreadable), (1, 1), "it exists, and nothing in it is seen");
}

const LONGEST_PATH_BYTES: usize = 4095;

/// How many folders of a chain have a path that the kernel takes, the root included.
fn reachable(root: &Path, name: &str) -> u64 {
    let room = LONGEST_PATH_BYTES - root.as_os_str().len();
    1 + u64::try_from(room / (name.len() + 1)).expect("a small number")
}

#[test]
fn ten_thousand_levels_are_counted() {
    let project = Project::new().chain(10_000, "d");
    let tree = count(project.path());
    assert_eq!(tree.directories, 10_001);
    assert_eq!(tree.watches(), reachable(project.path(), "d"), "one watch for each path of at most 4,095 bytes");
}

#[test]
fn folders_that_no_path_reaches_take_no_watch() {
    let name = "long name ".repeat(10);
    let project = Project::new().chain(60, &name);
    let tree = count(project.path());
    assert_eq!((tree.directories, tree.watches()), (61, reachable(project.path(), &name)));
    // watchdog 6 gives up at the first of them.
    assert_eq!(taken_by_watchdog(&venv(VENVS[0]), project.path()), tree.watches(), "watches taken by {}", VENVS[0]);
}

#[test]
fn deep_trees_with_branches_are_come_back_to() {
    let mut project = Project::new();
    let mut path = String::new();
    for level in 0..300 {
        path.push_str("l/");
        project = project.folders(&[&format!("{path}before{level}"), &format!("{path}m"), &format!("{path}zz/y")]);
    }
    assert_eq!(count(project.path()).directories, found_by_find(project.path()), "no branch is left out");
}

#[test]
fn a_closed_level_is_found_again_where_dot_dot_may_not_be_searched() {
    let mut project = Project::new();
    let mut path = String::new();
    for _ in 0..150 {
        path.push_str("l/");
        project = project.folders(&[&format!("{path}a/x"), &format!("{path}z/x")]);
    }
    let project = project.folders(&[&format!("{path}last/in")]).mode(&format!("{path}last"), 0o400);
    let root = project.path();
    let tree = bound_by_permissions(|| count(root));
    assert_eq!(tree.directories, found_by_find(root), "what find lists as root");
    assert_eq!(tree.unreadable, 1);
}

#[test]
fn wide_folders_are_counted_in_pieces() {
    let project = Project::new();
    for number in 0..3_000 {
        let name = format!("{:x<200}{number}", "wide");
        std::fs::create_dir(project.path().join(name)).expect("a folder");
    }
    let tree = count(project.path());
    assert_eq!(tree.directories, 3_001);
    assert!(tree.folders.children.len() < 1_000, "the summary stays small: {}", tree.folders.children.len());
}

#[test]
fn a_walk_stops_soon_after_it_was_cancelled() {
    let mut project = Project::new();
    for number in 0..3_000 {
        project = project.folders(&[&format!("{number}/x")]);
    }
    // Cancelled as soon as anything was counted: where the walk was quicker than this thread, it is walked again.
    let cancelled = (0..100).find_map(|_| {
        let progress = Progress::default();
        let walk = std::thread::scope(|scope| {
            let walk = scope.spawn(|| TreeCount::walk(project.path(), &progress));
            while progress.counted().0 == 0 && !walk.is_finished() {
                std::hint::spin_loop();
            }
            progress.cancel();
            walk.join().expect("the walk ends")
        });
        (walk == Err(Cancelled)).then(|| progress.counted().0)
    });
    assert!(cancelled.is_some_and(|counted| counted < 6_001), "{cancelled:?} of 6,001 directories were walked");
}

#[test]
fn progress_ends_at_the_counts_of_the_tree() {
    let (project, progress) = (usual_project(), Progress::default());
    let tree = TreeCount::walk(project.path(), &progress).expect("nobody cancels");
    assert_eq!(progress.counted(), (tree.directories, tree.files));
}

#[test]
fn a_large_tree_is_in_the_order_of_the_file_system_whoever_walked_which_part() {
    let mut project = Project::new();
    for number in 0..400 {
        project = project.folders(&[&format!("{}/{}/{number}", number % 7, number % 30)]);
    }
    let inventory = Inventory::take(project.path(), Depth::Usual, &Progress::default()).expect("nobody cancels");
    let index = inventory.index().expect("the project's tree");
    let paths = |nodes: &mut dyn Iterator<Item = u32>| nodes.map(|node| index.path(node)).collect::<Vec<_>>();
    let listed = |arguments: &[&str]| {
        let output = Command::new(arguments[0]).args(&arguments[1..]).output().expect("it runs");
        let text = String::from_utf8(output.stdout).expect("plain paths");
        text.lines().map(PathBuf::from).collect::<Vec<_>>()
    };
    const WALK: &str = "import os,sys\nprint(sys.argv[1])\nfor top, names, _ in os.walk(sys.argv[1]):\n \
                        for n in names: print(os.path.join(top, n))\n";
    let root = project.path().to_str().expect("a plain path");
    assert_eq!(paths(&mut index.as_python_walks(0)), listed(&["python3", "-c", WALK, root]), "as watchdog goes");
    let mut found = paths(&mut index.all());
    let parents: Vec<_> = index.all().skip(1).map(|node| index.path(index.parent(node))).collect();
    assert!(parents.iter().zip(&found[1..]).all(|(parent, path)| path.parent() == Some(parent)));
    assert!(found.iter().zip(index.all()).all(|(path, node)| index.find(path) == Some(node)));
    for node in index.all() {
        let stat = std::fs::metadata(index.path(node)).expect("it is there");
        let id = index.id(node).map(|id| (id.device, id.inode));
        assert_eq!(id, Some((stat.dev(), stat.ino())), "{}", index.path(node).display());
    }
    let mut expected = listed(&["find", root]);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn sums_over_unions_are_those_of_the_directories_in_them() {
    let project = Project::new().folders(&["a/b/c", "a/d", "e/f", "outside/g/h"]);
    let root = project.path().canonicalize().expect("it is there");
    let mut inventory = Inventory::take(&root.join("a"), Depth::Usual, &Progress::default()).expect("nobody cancels");
    let roots = ["a/b", "a", "outside", "outside/g", "missing"].map(|name| root.join(name));
    let roots: Vec<&Path> = roots.iter().map(PathBuf::as_path).collect();
    inventory.cover(&roots, &Progress::default()).expect("nobody cancels");
    assert_eq!(inventory.union(&roots).watches(), 4 + 3);
    assert_eq!(inventory.union(&roots[..1]).watches(), 2);
    inventory.cover(&[&root], &Progress::default()).expect("nobody cancels");
    let all = inventory.union(&[&root, roots[1]]);
    assert_eq!((all.watches(), all.watched().count()), (10, 10), "a tree inside another counts once");
}

#[test]
fn the_heaviest_folders_are_those_that_people_know() {
    let project = Project::new();
    let make = |folder: &str, number: u32| {
        for number in 0..number {
            std::fs::create_dir_all(project.path().join(folder).join(number.to_string())).expect("a folder");
        }
    };
    make("frontend/node_modules", 300);
    make(".venv/lib/python3.11/site-packages", 120);
    make("data", 60);
    make("src/pages", 20);
    make("src/parts", 20);
    let heaviest = count(project.path()).heaviest(4);
    let named: Vec<_> = heaviest.iter().map(|heavy| (heavy.path.as_path(), heavy.directories)).collect();
    let expected = [("frontend/node_modules", 301), (".venv", 124), ("data", 61), ("src", 43)];
    assert_eq!(named, expected.map(|(path, directories)| (Path::new(path), directories)));
}

#[test]
fn other_file_systems_inside_are_counted_and_named() {
    let project = Project::new().folders(&["here/mounted", "here/again", "other"]);
    let script = r#"mount -t tmpfs none "$ROOT/here/mounted"; mkdir -p "$ROOT/here/mounted/a/b"
        mount --bind "$ROOT/here/mounted" "$ROOT/here/again""#;
    again_in_namespace(script, "tree::in_a_namespace_with_mounts", project.path());
}

#[test]
#[ignore = "run by other_file_systems_inside_are_counted_and_named, in a namespace"]
fn in_a_namespace_with_mounts() {
    let root = handed_over();
    let mut tree = count(&root);
    tree.mounts.sort();
    assert_eq!(tree.mounts, [root.join("here/again"), root.join("here/mounted")]);
    assert_eq!(found_by_find(&root), 9, "find lists what shows twice twice");
    assert_eq!(tree.watches(), 6, "root, here, other, and the mounted folder with a and b once");
    for name in VENVS {
        assert_eq!(taken_by_watchdog(&venv(name), &root), tree.watches(), "watches taken by {name}");
    }
}

/// A file system whose server never says a word: what a dead NFS or SSHFS mount looks like.
const SILENT_MOUNT: &str = r#"exec 3<>/dev/fuse
    mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 none "$ROOT/silent""#;

#[test]
fn a_mount_that_does_not_answer_is_left_out_and_named() {
    let project = Project::new().folders(&["a/b", "silent", "z/y"]);
    again_in_namespace(SILENT_MOUNT, "tree::in_a_namespace_with_a_silent_mount", project.path());
}

#[test]
#[ignore = "run by a_mount_that_does_not_answer_is_left_out_and_named, in a namespace"]
fn in_a_namespace_with_a_silent_mount() {
    let root = handed_over();
    let tree = count(&root);
    assert_eq!(tree.unresponsive, [root.join("silent")]);
    assert_eq!(tree.directories, 5, "all but the silent one");
    let inside = count(&root.join("silent"));
    assert_eq!((inside.directories, inside.unresponsive), (0, vec![root.join("silent")]), "as the root itself");
    let progress = Progress::default();
    progress.cancel();
    assert_eq!(TreeCount::walk(&root, &progress), Err(Cancelled), "a cancelled walk does not wait");
}

#[test]
fn a_folder_for_which_no_descriptor_is_left_is_not_called_unreadable() {
    let project = Project::new().folders(&["a/b", "c", "d"]);
    again_in_namespace("true", "tree::in_a_process_with_few_descriptors", project.path());
}

#[test]
#[ignore = "run by a_folder_for_which_no_descriptor_is_left_is_not_called_unreadable, in a process of its own"]
fn in_a_process_with_few_descriptors() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let root = handed_over();
    assert_eq!(count(&root).directories, 5, "with enough of them");
    // The standard streams, the mount table, the root.
    setrlimit(Resource::Nofile, Rlimit { current: Some(5), maximum: Some(5) }).expect("it may be lowered");
    let tree = count(&root);
    assert_eq!((tree.directories, tree.not_opened, tree.unreadable), (4, 3, 0), "the root, and a, c, d unopened");
    assert_eq!(tree.watches(), 4);
}

#[test]
fn what_was_walked_with_the_project_is_not_counted_for_the_progress_again() {
    let project = Project::new().folders(&["outer/inner/a/b", "outer/c"]).file("outer/inner/f", "").file("outer/g", "");
    let outer = project.path().canonicalize().expect("it is there").join("outer");
    let progress = Progress::default();
    let mut inventory = Inventory::take(&outer.join("inner"), Depth::Usual, &progress).expect("nobody cancels");
    assert_eq!(progress.counted(), (3, 1));
    inventory.cover(&[&outer], &progress).expect("nobody cancels");
    assert_eq!(progress.counted(), (5, 2), "outer and c come in addition");
}
