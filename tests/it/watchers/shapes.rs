//! Shapes that projects have, each a project of its own with what every watcher needs to start in it.

use super::real::Project;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

/// Files that the programs of the tests start with.
const BASE: [&str; 6] = [
    "main.py: app = None",
    "server.js: setInterval(() => {}, 1e6)",
    "index.html: <p>",
    "package.json: {\"name\":\"shape\"}",
    "src/index.js: export default 1",
    "a.test.js: test('x', () => {})",
];

/// Files and folders whose names begin with a dot, at the root and deeper.
const HIDDEN: [&str; 7] = [
    ".config/deep/er/file",
    ".env",
    ".env.local",
    "src/.cache-of-mine/x/y.bin",
    "src/.hidden.js",
    "src/shown/.a/.b/.c",
    ".empty-hidden/",
];

/// A repository with what it ignores: no watcher goes by `.gitignore`.
const IGNORED_BY_GIT: [&str; 9] = [
    ".gitignore: build/\n*.log\n/data\n",
    ".git/HEAD: ref: refs/heads/main\n",
    ".git/objects/aa/b",
    ".git/objects/pack/p.idx",
    ".git/hooks/x",
    "build/out/a.o",
    "data/deep/b.csv",
    "run.log",
    "src/.gitignore: *.tmp\n",
];

/// Packages in packages.
const NESTED_PACKAGES: [&str; 7] = [
    "node_modules/a/index.js",
    "node_modules/a/node_modules/b/lib/index.js",
    "node_modules/a/node_modules/b/node_modules/c/index.js",
    "packages/one/node_modules/d/index.js",
    "packages/one/src/x.js",
    "packages/two/node_modules/.bin/e",
    "packages/node_modules_of_mine/x.js",
];

/// Names that must be quoted, matched and sorted with care.
const ODD_NAMES: [&str; 9] = [
    "with blank/in ner/a b.js",
    "line\nbreak/x\ny.js",
    "数据/表 一.csv",
    "-dash/-x",
    "[brackets]/{braces}/a.js",
    "star*/quest?on/b.js",
    "back\\slash/c.js",
    "'quotes\"/d.js",
    "trailing /e.js",
];

/// Files that have several names.
const HARD_LINKS: [&str; 9] = [
    "src/one.txt: 1",
    "src/two.txt = src/one.txt",
    "other/three.txt = src/one.txt",
    "other/four.txt: 4",
    "five.txt = other/four.txt",
    "other/deep/six.txt: 6",
    ".hidden.txt = other/deep/six.txt",
    ".folder/seven.txt = other/deep/six.txt",
    "node_modules/x/eight.txt = src/one.txt",
];

/// Links in circles, to nowhere, to files, within what is watched.
const CIRCLES: [&str; 7] = [
    "src/up -> ..",
    "src/self -> .",
    "src/a/b/c/x.js",
    "src/a/again -> b",
    "broken -> nowhere/at/all",
    "file.js -> src/index.js",
    "src/chain -> a/again",
];

/// Folders with nothing in them.
const EMPTY_FOLDERS: [&str; 5] = ["empty/", "src/one/two/three/", "src/one/four/", "src/one/five/", "x/y/z/"];

fn with(entries: &[&str]) -> Project {
    Project::of(&[&BASE[..], entries].concat())
}

/// A project with folders whose names are no UTF-8. Node's programs cannot name these; uvicorn ends when it meets one.
pub(super) fn not_utf8() -> Project {
    let project = with(&[]);
    let folder = project.path().join(OsStr::from_bytes(b"na\xefve"));
    fs::create_dir_all(folder.join("inside")).unwrap();
    project
}

/// A project with files that have several names.
pub(super) fn hard_links() -> Project {
    with(&HARD_LINKS)
}

/// All other shapes.
pub(super) fn shapes() -> Vec<(&'static str, Project)> {
    vec![
        ("hidden", with(&HIDDEN)),
        ("ignored by git", with(&IGNORED_BY_GIT)),
        ("nested packages", with(&NESTED_PACKAGES)),
        ("odd names", with(&ODD_NAMES)),
        ("circles", with(&CIRCLES)),
        ("empty folders", with(&EMPTY_FOLDERS)),
        ("many files", with(&texts(|at| format!("file-{at}.js"), 150))),
        ("deep", with(&[&(1..60).map(|at| format!("d{at}/")).collect::<String>()])),
        ("wide", with(&texts(|at| format!("wide/w{at}/x.js"), 80))),
    ]
}

/// Numbered paths, as entries of a project.
fn texts(name: impl Fn(usize) -> String, count: usize) -> Vec<&'static str> {
    (0..count).map(|at| &*name(at).leak()).collect()
}
