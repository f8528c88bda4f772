//! Running watchers as the program tells of them, and its remedy for an editor, from beginning to end.

use super::real::{Project, Running, Start, npm};
use assert_cmd::Command;
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

/// The library that Code watches with, told what Code would tell it: the patterns of `.vscode/settings.json` and those
/// that are built in. Its command line is that of Code's own process for this.
const EDITOR: &str = "const { subscribe } = require(process.argv[1]); const { readFileSync } = require('fs'); \
    let own = {}; try { own = JSON.parse(readFileSync('.vscode/settings.json'))['files.watcherExclude'] } catch {} \
    const all = { '**/.git/objects/**': true, '**/.git/subtree-cache/**': true, '**/.hg/store/**': true, ...own }; \
    const ignore = Object.keys(all).filter((key) => all[key]); \
    subscribe('.', () => {}, { ignore }); setInterval(() => {}, 1e6)";

pub(crate) fn editor() -> Start {
    let words = ["node", "-e", EDITOR].map(Into::into).into_iter();
    let command = words.chain([npm().join("@parcel/watcher").into(), "--".into(), "--type=fileWatcher".into()]);
    Start { command: command.collect(), ..Start::default() }
}

/// A Python and web project with 60 folders of an environment and 40 of Node's packages.
fn project() -> Project {
    let project = Project::of(&[
        "main.py: app = None",
        "index.html: <p>",
        "again.html = index.html",
        "package.json: {}",
        "src/a/b/c.js",
        ".venv/pyvenv.cfg: home = /usr/bin",
        ".git/objects/00/x",
    ]);
    (0..56).for_each(|at| project.put(&format!(".venv/lib/python3/site-packages/p{at}/x.py")));
    (0..39).for_each(|at| project.put(&format!("node_modules/p{at}/index.js")));
    project
}

pub(super) fn run(project: &Project, status: i32, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("inotify-doctor").unwrap();
    let home = project.path().parent().unwrap().join("home");
    fs::create_dir_all(&home).unwrap();
    command.env_clear().env("HOME", home).env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
    let output = command.current_dir(project.path()).args(arguments).assert().code(status).get_output().clone();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(super) fn watchers(project: &Project, further: &[&str]) -> Value {
    let arguments = [&["report", "--project", ".", "--format", "json", "--no-redact"], further].concat();
    let report: Value = serde_json::from_str(&run(project, 0, &arguments)).unwrap();
    report
}

pub(crate) fn held(running: &mut Running) -> u64 {
    running.held(false).1.len() as u64
}

fn of_kind<'a>(report: &'a Value, kind: &str) -> &'a Value {
    let all = report["watchers"].as_array().unwrap();
    all.iter().find(|watcher| watcher["kind"] == kind).unwrap_or_else(|| panic!("{kind} is in {all:?}"))
}

#[test]
fn one_line_in_the_editor_s_settings_frees_what_was_promised() {
    let project = project();
    let mut before = editor().run(&project.path());
    let held_before = held(&mut before);
    let report = watchers(&project, &[]);
    let told = of_kind(&report, "vscode");
    assert_eq!(told["pid"], json!(before.pid()));
    for key in ["watches", "in_project", "needed"] {
        assert_eq!(told[key], json!(held_before), "{key}");
    }
    assert_eq!(told["heavy"], json!([{ "name": ".venv", "watches": 60 }, { "name": "node_modules", "watches": 40 }]));
    assert_eq!(told["knobs"][0]["place"], "vscode-settings");
    let promised = told["knobs"][0]["watches_after"].as_u64().unwrap();

    let shown = run(&project, 0, &["fix", "vscode-exclude", "--dry-run"]);
    assert!(shown.contains(&format!("afterwards it watches {}", promised + 1)), "with the new folder: {shown}");
    assert!(shown.contains("\"**/.venv/**\": true") && shown.contains("\"**/node_modules/**\": true"), "{shown}");
    assert!(!project.path().join(".vscode").exists(), "a look at it changes nothing");
    run(&project, 0, &["fix", "vscode-exclude", "--yes"]);
    drop(before);
    let mut after = editor().run(&project.path());
    // The folder of the settings file is new, and watched.
    assert_eq!((held(&mut after), held_before), (promised + 1, promised + 100));
    let report = watchers(&project, &[]);
    assert_eq!(of_kind(&report, "vscode")["knobs"], json!([]), "nothing is left to gain");
    assert!(run(&project, 0, &["fix", "vscode-exclude", "--yes"]).contains("already as asked"), "nor to do");
    run(&project, 0, &["undo", "--yes"]);
    assert!(!project.path().join(".vscode").exists(), "nothing is left of it");
}

#[test]
fn editor_vite_and_uvicorn_are_told_side_by_side() {
    let project = project();
    let starts = [
        ("vscode", editor()),
        ("vite", Start::node("vite/bin/vite.js", "--port 0")),
        ("uvicorn", Start::python("uvicorn-0.54", "uvicorn", "main:app --reload --port 0")),
    ];
    // A first time, one by one: each makes folders of its own (`__pycache__`, Vite's cache), and a watcher that meets one
    // while it is being made may stay deaf to what is in it.
    for (_, start) in &starts {
        held(&mut start.run(&project.path()));
    }
    let mut running: Vec<Running> = starts.iter().map(|(_, start)| start.run(&project.path())).collect();
    let deadline = Instant::now() + Duration::from_secs(60);
    let report = loop {
        let held: Vec<Option<u64>> = running.iter_mut().map(|one| Some(held(one))).collect();
        let report = watchers(&project, &["--watching", "src"]);
        let told = |field: &str| starts.iter().map(|(kind, _)| of_kind(&report, kind)[field].as_u64()).collect();
        let [watches, needed]: [Vec<Option<u64>>; 2] = [told("watches"), told("needed")];
        if watches == held && needed == held {
            break report;
        }
        assert!(Instant::now() < deadline, "held {held:?}, told {watches:?}, would be taken again {needed:?}");
    };
    let after = |kind: &str| of_kind(&report, kind)["knobs"].as_array().unwrap().clone();
    assert!(after("vite").iter().any(|knob| knob["text"] == "CHOKIDAR_USEPOLLING=1" && knob["watches_after"] == 0));
    assert!(after("uvicorn").iter().any(|knob| knob["text"] == "WATCHFILES_FORCE_POLLING=true"));
    let asked = &report["watching"];
    let each: Vec<(&Value, &Value, &Value)> = asked["watchers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|watcher| (&watcher["kind"], &watcher["itself"], &watcher["below"]))
        .collect();
    for kind in ["vscode", "vite", "uvicorn"] {
        assert!(
            each.contains(&(&json!(kind), &json!(true), &json!(2))),
            "{kind} watches src and two folders below: {each:?}"
        );
    }
    let text = run(&project, 0, &["report", "--project", ".", "--watching", "src/a/b/c.js"]);
    assert!(text.contains("Who watches this path") && text.contains("Who watches this project"), "{text}");
}

#[test]
fn an_editor_s_settings_with_comments_keep_every_byte() {
    let project = project();
    let before = "{\r\n\t// mine\r\n\t\"editor.tabSize\": 3, /* odd */\r\n}\r\n";
    fs::create_dir(project.path().join(".vscode")).unwrap();
    let file = project.path().join(".vscode/settings.json");
    fs::write(&file, before).unwrap();
    run(&project, 0, &["fix", "vscode-exclude", "--yes"]);
    let after = fs::read_to_string(&file).unwrap();
    assert!(after.starts_with("{\r\n\t// mine\r\n\t\"editor.tabSize\": 3,") && after.contains("/* odd */"), "{after}");
    assert!(after.contains("\t\t\"**/.venv/**\": true"), "{after}");
    run(&project, 0, &["undo", "--yes"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    fs::write(&file, "{ \"a\": }").unwrap();
    run(&project, 2, &["fix", "vscode-exclude", "--yes"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "{ \"a\": }", "what is broken is left alone");
}
