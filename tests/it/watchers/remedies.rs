//! What a watcher's launch is told, from beginning to end: written by the program, obeyed by the real watcher, taken back.

use super::program::{held, run, watchers};
use super::real::{Project, Start, npm};
use crate::support::tree::venv;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A project with 20 folders below `src` and as many in an environment.
fn project(file: &str, text: &str) -> Project {
    let project = Project::of(&["main.py: app = None", "index.html: <p>", "server.js: setInterval(() => {}, 1e6)"]);
    (0..20).for_each(|at| project.put(&format!("src/m{at}/x.js: export default 1")));
    (0..20).for_each(|at| project.put(&format!(".venv/lib/p{at}/x.py")));
    project.put(".venv/pyvenv.cfg: home = /usr/bin");
    project.put("src/index.js: import './m0/x.js'");
    if file != "package.json" {
        project.put("package.json: {}");
    }
    fs::write(project.path().join(file), text).unwrap();
    project
}

fn node(script: &str, arguments: &str) -> String {
    format!("node {} {arguments}", npm().join(script).display())
}

fn uvicorn() -> String {
    let bin = venv("uvicorn-0.54").join("bin");
    let program = |name: &str| bin.join(name).display().to_string();
    // The folder for bytecode is made when the app is imported first, and would be one more folder then.
    format!(
        "#!/bin/sh\nexport PYTHONDONTWRITEBYTECODE=1\nexec {} {} main:app --port 0 --reload\n",
        program("python"),
        program("uvicorn")
    )
}

fn package(command: &str) -> String {
    format!(
        "{{\n  \"name\": \"x\",\n  \"scripts\": {{\n    \"dev\": \"{command}\",\n    \"build\": \"vite build\"\n  }}\n}}\n"
    )
}

fn script(command: &str) -> String {
    format!("#!/bin/sh\n# why\nexec {command}\n")
}

/// A launch as a person makes it.
fn start(file: &str) -> Start {
    let words: &[&str] = if file == "package.json" { &["npm", "run", "dev"] } else { &["sh", file] };
    Start { command: words.iter().map(Into::into).collect(), ..Start::default() }
}

/// Number behind the promise in what was shown.
fn promised(shown: &str) -> u64 {
    let digits = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
    let line = shown.lines().find(|line| line.contains("afterwards:"));
    line.and_then(digits).unwrap_or_else(|| panic!("it promises something: {shown}"))
}

/// Applies the remedy and holds its promise against the watcher; whatever it wrote is gone after undo.
fn obeyed(file: &str, text: &str, arguments: &[&str]) {
    let project = project(file, text);
    let root = project.path();
    let before = held(&mut start(file).run(&root));
    assert!(before > 0, "{arguments:?}: it watches at first");
    let fix = [&["fix", "watcher"], arguments].concat();
    let shown = run(&project, 0, &[&fix[..], &["--dry-run"]].concat());
    assert_eq!(fs::read_to_string(root.join(file)).unwrap(), text, "a look at it changes nothing");
    let after = promised(&shown);
    run(&project, 0, &[&fix[..], &["--yes"]].concat());
    let (_, now) = start(file).run(&root).held(after == 0);
    assert_eq!((now.len() as u64, after < before), (after, true), "{arguments:?} with {before} before: {shown}");
    assert!(run(&project, 0, &[&fix[..], &["--yes"]].concat()).contains("already as asked"), "{arguments:?}");
    run(&project, 0, &["undo", "--yes"]);
    assert_eq!(fs::read_to_string(root.join(file)).unwrap(), text, "{arguments:?}: taken back");
}

#[test]
fn a_launch_that_is_told_to_takes_what_was_promised() {
    let webpack = node("webpack/bin/webpack.js", "--watch --mode development --entry ./src/index.js");
    let cases: [(&str, String, &[&str]); 7] = [
        ("dev.sh", uvicorn(), &["uvicorn", "--file", "dev.sh"]),
        ("dev.sh", uvicorn(), &["uvicorn", "--file", "dev.sh", "--reload-dir", "src"]),
        ("dev.sh", uvicorn(), &["uvicorn", "--file", "dev.sh", "--reload-dir", "src/m1", "--reload-dir", "src/m2"]),
        ("package.json", package(&node("vite/bin/vite.js", "--port 0")), &["vite"]),
        ("package.json", package(&node("nodemon/bin/nodemon.js", "server.js")), &["nodemon"]),
        ("watch.sh", script(&webpack), &["webpack", "--file", "watch.sh"]),
        ("vite.sh", script(&node("vite/bin/vite.js", "--port 0")), &["vite", "--file", "vite.sh"]),
    ];
    std::thread::scope(|scope| {
        let threads = cases.iter().map(|(file, text, arguments)| scope.spawn(|| obeyed(file, text, arguments)));
        threads.collect::<Vec<_>>().into_iter().for_each(|thread| thread.join().unwrap());
    });
}

#[test]
fn what_starts_no_watcher_is_refused_and_left_alone() {
    let text = script("vite build");
    let project = project("build.sh", &text);
    for (status, arguments) in [
        (2, &["vite", "--file", "build.sh"][..]),
        (2, &["uvicorn", "--file", "build.sh", "--reload-dir", "src"]),
        (2, &["vite", "--file", "build.sh", "--reload-dir", "src"]),
        (2, &["vite"]),
        (2, &["streamlit", "--file", "build.sh"]),
        (2, &["dotnet", "--file", "build.sh"]),
    ] {
        run(&project, status, &[&["fix", "watcher"], arguments, &["--yes"]].concat());
    }
    assert_eq!(fs::read_to_string(project.path().join("build.sh")).unwrap(), text);
}

/// The program by which systemd reads environment.d.
const GENERATOR: &str = "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator";

#[test]
fn a_variable_of_the_session_reaches_every_watcher_of_it() {
    let project = project("x.sh", "");
    let home = project.path().parent().unwrap().join("home");
    for kind in ["vite", "webpack", "uvicorn"] {
        run(&project, 0, &["fix", "watcher", kind, "--session", "--yes"]);
    }
    let mut vite = Start::node("vite/bin/vite.js", "--port 0");
    for (name, value) in session(&home) {
        vite = vite.with(&name, &value);
    }
    for name in ["CHOKIDAR_USEPOLLING", "WATCHPACK_POLLING", "WATCHFILES_FORCE_POLLING"] {
        assert!(vite.variables.contains_key(std::ffi::OsStr::new(name)), "{name} is in {:?}", vite.variables);
    }
    assert_eq!(vite.run(&project.path()).held(true).1.len(), 0);
    for _ in 0..3 {
        run(&project, 0, &["undo", "--yes"]);
    }
    assert!(!home.join(".config").exists(), "the folders that were made are gone again");
}

/// What .NET and opencode make of these variables was not measured: neither runs here.
#[test]
fn variables_of_the_documentation_reach_the_session_and_are_taken_back() {
    let project = project("x.sh", "");
    let home = project.path().parent().unwrap().join("home");
    let shown = run(&project, 0, &["fix", "watcher", "dotnet", "--session", "--yes"]);
    assert!(shown.contains("From the documentation of .NET"), "{shown}");
    run(&project, 0, &["fix", "watcher", "opencode", "--session", "--yes"]);
    let told = session(&home);
    for (name, value) in [
        ("DOTNET_USE_POLLING_FILE_WATCHER", "1"),
        ("DOTNET_hostBuilder__reloadConfigOnChange", "false"),
        ("OPENCODE_EXPERIMENTAL_DISABLE_FILEWATCHER", "true"),
    ] {
        assert!(told.contains(&(name.to_owned(), value.to_owned())), "{name} is in {told:?}");
    }
    for _ in 0..2 {
        run(&project, 0, &["undo", "--yes"]);
    }
    assert!(!home.join(".config").exists(), "the folders that were made are gone again");
}

fn session(home: &Path) -> Vec<(String, String)> {
    let mut command = Command::new(GENERATOR);
    let said = command.env_clear().env("HOME", home).env("XDG_CONFIG_HOME", home.join(".config")).output();
    let said = String::from_utf8(said.expect("systemd is installed").stdout).unwrap();
    said.lines().filter_map(|line| line.split_once('=')).map(|(name, value)| (name.into(), value.into())).collect()
}

#[test]
fn the_line_shown_for_vite_s_settings_leaves_what_it_says() {
    let project = project("x.sh", "");
    let start = Start::node("vite/bin/vite.js", "--port 0");
    let mut running = start.run(&project.path());
    held(&mut running);
    let report = watchers(&project, &[]);
    let knobs = report["watchers"][0]["knobs"].as_array().unwrap().clone();
    let knob = knobs.iter().find(|knob| knob["place"] == "vite-config").expect("it has heavy folders");
    drop(running);
    let text = knob["text"].as_str().unwrap();
    fs::write(project.path().join("vite.config.mjs"), format!("export default {{ {text} }}\n")).unwrap();
    let (_, now) = start.run(&project.path()).held(false);
    // The settings file itself is new.
    assert_eq!(Some(now.len() as u64), knob["watches_after"].as_u64().map(|after| after + 1), "{text}");
    assert_ne!(knob["watches_after"], Value::Null);
}
