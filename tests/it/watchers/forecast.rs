//! Each watcher over the same projects.

use super::program::editor;
use super::real::{Project, Start, npm};
use super::shapes::{hard_links, not_utf8, shapes};
use inotify_doctor::watchers::{WatcherKind, vscode};
use std::sync::Mutex;

/// A web project with everything that usual ones have.
const WEB: [&str; 24] = [
    "package.json: {\"name\":\"x\"}",
    "index.html: <script type=module src=/src/index.js></script>",
    "server.js: setInterval(() => {}, 1e6)",
    "main.py: app = None",
    "src/index.js: import './a/b/c.js'",
    "src/a/b/c.js: export default 1",
    "src/a/one.test.js: test('x', () => {})",
    "src/empty/deep/",
    "public/img/a.png",
    "public/img/b.png",
    "node_modules/pkg/lib/index.js",
    "node_modules/pkg/package.json: {\"name\":\"pkg\"}",
    "node_modules/.bin/x",
    ".git/HEAD",
    ".git/objects/00/abc",
    ".git/refs/heads/main",
    "dist/assets/a.js",
    "coverage/x/y.html",
    "test-results/a/b.txt",
    "bower_components/q/q.js",
    ".hidden/x/y",
    ".env",
    "src/.keep",
    "build/x.o",
];

/// A Python project with an environment as `venv` makes it.
const PYTHON: [&str; 10] = [
    "main.py: app = None",
    "server.js: setInterval(() => {}, 1e6)",
    "index.html: <p>",
    "package.json: {\"name\":\"y\"}",
    ".venv/pyvenv.cfg: home = /usr/bin",
    ".venv/lib/python3/site-packages/p/q/__init__.py",
    ".venv/lib64 -> lib",
    ".venv/bin/python -> /usr/bin/python3",
    ".venv/bin/broken -> nowhere",
    "x.test.js: test('x', () => {})",
];

/// Links in all directions.
const LINKS: [&str; 11] = [
    "main.py: app = None",
    "server.js: setInterval(() => {}, 1e6)",
    "package.json: {\"name\":\"z\"}",
    "x.test.js: test('x', () => {})",
    "src/a/b/file.js",
    "linked -> src/a",
    "src/again -> ../data",
    "data/deep/er/x.csv",
    "data/one.csv -> deep/er/x.csv",
    "outside -> ../beside",
    "beside.txt -> ../beside/x/y.txt",
];

/// The projects, with what lies beside the one with links.
fn projects() -> Vec<(&'static str, Project)> {
    let links = Project::of(&LINKS);
    links.put("../beside/x/y.txt");
    links.put("../beside/z/");
    vec![
        ("web", Project::of(&WEB)),
        ("python", Project::of(&PYTHON)),
        ("links", links),
        (
            "small",
            Project::of(&[
                "main.py: app = None",
                "server.js: setInterval(() => {}, 1e6)",
                "package.json: {}",
                "a.test.js: test('x', () => {})",
            ]),
        ),
    ]
}

/// Watchers that run side by side: most of the time they only wait until nothing changes any more.
const AT_A_TIME: usize = 4;

/// Foretells, starts and compares.
fn all_equal(kind: WatcherKind, work: Vec<(String, Project, Start)>) {
    let (work, wrong) = (Mutex::new(work), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let next = work.lock().unwrap().pop();
                    let Some((name, project, start)) = next else { break };
                    wrong.lock().unwrap().extend(difference(kind, &name, &project, &start));
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "the forecast differs from what {kind:?} holds:\n{}", wrong.join("\n"));
}

fn difference(kind: WatcherKind, name: &str, project: &Project, start: &Start) -> Option<String> {
    let root = project.path();
    let foretold = start.forecast(kind, &root);
    let wanted = |held: u64| match foretold.at_most {
        Some(most) => (foretold.watches..=most).contains(&held),
        None => foretold.watches == held,
    };
    let (instances, held) = start.run(&root).held_like(foretold.instances == 0, wanted);
    let held = held.len() as u64;
    // Python makes folders for bytecode when the app is imported first; a forecast made then knows them.
    let foretold = if kind == WatcherKind::Uvicorn { start.forecast(kind, &root) } else { foretold };
    let right = match foretold.at_most {
        Some(most) => (foretold.watches..=most).contains(&held),
        None => foretold.watches == held,
    };
    let right = right && foretold.instances == instances;
    (!right).then(|| {
        format!(
            "{name} {:?}: foretold {foretold:?}, held {held} in {instances}",
            start.command.get(2..).unwrap_or_default()
        )
    })
}

/// Vite 8 under the name that it has everywhere.
fn vite_8() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let packages = folder.path().join("node_modules");
    std::fs::create_dir(&packages).unwrap();
    std::os::unix::fs::symlink(npm().join("vite-8"), packages.join("vite")).unwrap();
    folder
}

/// Every shape and every project with this way of starting.
fn in_all_shapes(start: &Start) -> Vec<(String, Project, Start)> {
    // Where only folders count, it does not matter how many names a file has.
    let all = shapes().into_iter().chain(projects()).chain([("not UTF-8", not_utf8())]);
    all.map(|(name, project)| (name.to_owned(), project, start.clone())).collect()
}

/// Every project with every way of starting.
fn each(starts: &[Start]) -> Vec<(String, Project, Start)> {
    let with = |start: &Start| {
        projects().into_iter().map(|(name, project)| (name.to_owned(), project, start.clone())).collect::<Vec<_>>()
    };
    starts.iter().flat_map(with).collect()
}

#[test]
fn uvicorn_watches_every_folder_and_what_links_lead_to() {
    let start =
        |options: &str| Start::python("uvicorn-0.54", "uvicorn", &format!("main:app --port 0 --reload{options}"));
    let mut work = in_all_shapes(&start(""));
    work.retain(|(name, ..)| name != "not UTF-8");
    work.push(("hard links".into(), hard_links(), start("")));
    work.extend(each(&[start(" --reload-exclude .venv").with("WATCHFILES_FORCE_POLLING", "false")]));
    for options in
        [" --reload-dir src", " --reload-dir src --reload-dir=public --reload-dir src/a", " --reload-include public"]
    {
        work.push(("web".into(), Project::of(&WEB), start(options)));
    }
    work.push(("web".into(), Project::of(&WEB), start("").with("WATCHFILES_FORCE_POLLING", "true")));
    all_equal(WatcherKind::Uvicorn, work);
}

/// The kernel has one watch for a file however many names it has.
#[test]
fn a_file_with_several_names_is_foretold_once() {
    for (kind, start) in [
        (WatcherKind::Vite, Start::node("vite/bin/vite.js", "--port 0")),
        (WatcherKind::Nodemon, Start::node("nodemon/bin/nodemon.js", "server.js")),
    ] {
        all_equal(kind, vec![("hard links".into(), hard_links(), start)]);
    }
}

#[test]
fn vite_watches_every_folder_and_file() {
    let start = |options: &str| Start::node("vite/bin/vite.js", options);
    let mut work = in_all_shapes(&start("--port 0"));
    let vite_8 = vite_8();
    work.extend(in_all_shapes(&Start::of_node(&vite_8.path().join("node_modules/vite/bin/vite.js"), "--port 0")));
    let configured = |text: &str| {
        let project = Project::of(&WEB);
        project.put(&format!("vite.config.mjs: {text}"));
        project
    };
    for text in [
        "export default { server: { watch: { ignored: ['**/.hidden/**', '**/public/**'] } } }",
        "export default { build: { outDir: 'build' } }",
        "export default { server: { watch: { usePolling: true } } }",
        "const skip = ['**/public/**'];\nexport default { server: { watch: { ignored: skip } } }",
    ] {
        work.push((text.into(), configured(text), start("dev --port 0")));
    }
    work.push(("polling".into(), Project::of(&WEB), start("").with("CHOKIDAR_USEPOLLING", "1")));
    let inner = Project::of(&["ui/index.html: <p>", "ui/a/b.js", "api/main.py", "package.json: {}"]);
    work.push(("root".into(), inner, start("--port 0 ui")));
    all_equal(WatcherKind::Vite, work);
}

#[test]
fn nodemon_watches_what_is_not_hidden_nor_left_out_by_default() {
    let start = |options: &str| Start::node("nodemon/bin/nodemon.js", options);
    let mut work = in_all_shapes(&start("server.js"));
    for options in ["-w src server.js", "-w src -w public --ext js server.js", "-i public server.js", "-L server.js"] {
        work.push(("web".into(), Project::of(&WEB), start(options)));
    }
    let configured = Project::of(&WEB);
    configured.put("nodemon.json: { \"watch\": [\"src\"], \"ignore\": [\"src/a\"] }");
    work.push(("nodemon.json".into(), configured, start("server.js")));
    all_equal(WatcherKind::Nodemon, work);
}

#[test]
fn jest_watches_every_folder_but_those_of_version_control() {
    let mut work = in_all_shapes(&Start::node("jest/bin/jest.js", "--watchAll --watchman=false"));
    let configured = Project::of(&WEB);
    configured.put("package.json: {\"name\":\"x\",\"jest\":{\"roots\":[\"<rootDir>/src\"]}}");
    work.push(("roots".into(), configured, Start::node("jest/bin/jest.js", "--watchAll")));
    all_equal(WatcherKind::Jest, work);
}

#[test]
fn webpack_stays_within_its_range() {
    let start = Start::node("webpack/bin/webpack.js", "--watch --mode development --entry ./src/index.js");
    let polling = start.clone().with("WATCHPACK_POLLING", "true");
    let shapes = shapes().into_iter().map(|(name, project)| (name.to_owned(), project, start.clone()));
    let web = [start.clone(), polling].map(|start| ("web".to_owned(), Project::of(&WEB), start));
    all_equal(WatcherKind::Webpack, shapes.chain(web).collect());
}

#[test]
fn watchmedo_watches_folders_with_or_without_what_is_below() {
    let start = |options: &str| Start::python("streamlit-1.67-watchdog-7", "watchmedo", options);
    let mut work = in_all_shapes(&start("shell-command --recursive --command true ."));
    for options in ["log src public", "auto-restart -d src -R -- sleep 600", "auto-restart -- sleep 600"] {
        work.push(("web".into(), Project::of(&WEB), start(options)));
    }
    all_equal(WatcherKind::Watchmedo, work);
}

#[test]
fn the_watcher_of_code_watches_every_folder_of_every_shape() {
    let mut work = in_all_shapes(&editor());
    work.push(("hard links".into(), hard_links(), editor()));
    all_equal(WatcherKind::Vscode, work);
}

/// The library that Code watches with, called as Code calls it.
#[test]
fn the_watcher_of_code_watches_every_folder_that_is_not_excluded() {
    const SUBSCRIBE: &str = "const { subscribe } = require(process.argv[1]); \
        subscribe('.', () => {}, { ignore: JSON.parse(process.argv[2]) }); setInterval(() => {}, 1e6)";
    let ignored = ["**/.git/objects/**", "**/.git/subtree-cache/**", "**/.hg/store/**"];
    for (own, settings) in [
        (vec![], "{}"),
        (
            vec!["**/.venv/**", "**/node_modules/**"],
            "{ \"files.watcherExclude\": { \"**/.venv/**\": true, \"**/node_modules/**\": true } }",
        ),
        (
            vec!["**/node_modules/*/**", "src/*"],
            "{ \"files.watcherExclude\": { \"**/node_modules/*/**\": true, \"src/*\": true, } }",
        ),
        (
            vec!["src/a", "**/{public,build}/**", "**/.hidden"],
            "{ /* x */ \"files.watcherExclude\": { \"src/a\": true, \"**/{public,build}/**\": true, \"**/.hidden\": true, \"**/x\": false } }",
        ),
    ] {
        for (name, project) in projects() {
            let root = project.path();
            std::fs::create_dir(root.join(".vscode")).unwrap();
            std::fs::write(vscode::project_file(&root), settings).unwrap();
            let patterns: Vec<&str> = ignored.iter().copied().chain(own.iter().copied()).collect();
            let code = Start { command: vec!["/usr/share/code/code".into()], ..Start::default() };
            let foretold = code.forecast(WatcherKind::Vscode, &root);
            let library = npm().join("@parcel/watcher");
            let command = [
                "node".into(),
                "-e".into(),
                SUBSCRIBE.into(),
                library.into(),
                serde_json::to_string(&patterns).unwrap().into(),
            ];
            let (instances, held) = Start { command: command.into(), ..Start::default() }
                .run(&root)
                .held_like(false, |held| held == foretold.watches);
            assert_eq!((foretold.watches, foretold.at_most), (held.len() as u64, None), "{name} with {settings}");
            assert_eq!(foretold.instances, instances, "{name} with {settings}");
        }
    }
}
