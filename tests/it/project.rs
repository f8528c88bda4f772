//! Facts about a project on disk: its entry script, its interpreter, its logs.

use crate::support::tree::{Project, venv};
use inotify_doctor::progress::{Cancelled, Progress};
use inotify_doctor::project::python::{FoundBy, candidates};
use inotify_doctor::project::script::{Because, Care};
use inotify_doctor::project::tree::Depth;
use inotify_doctor::project::{EntryScript, Inventory, Launch, LaunchCommand, LogHit, Python, Version, logs, script};
use std::ffi::OsString;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

const APP: &str = "import streamlit as st\nst.title('x')\n";

fn inventory(project: &Project) -> Inventory {
    Inventory::take(project.path(), Depth::Usual, &Progress::default()).expect("nobody cancels")
}

fn scripts(project: &Project) -> Vec<EntryScript> {
    script::candidates(&inventory(project), Care::Usual, &Progress::default()).expect("nobody cancels")
}

/// The candidates, relative to the project, in order.
fn script_names(project: &Project) -> Vec<String> {
    let below = |script: &EntryScript| script.path.strip_prefix(project.path()).expect("inside").display().to_string();
    scripts(project).iter().map(below).collect()
}

#[test]
fn what_a_command_names_goes_before_what_only_imports_streamlit() {
    let project = Project::new()
        .file("streamlit_app.py", APP)
        .file("ui/start.py", APP)
        .file("helpers.py", "import streamlit as st\n\ndef show():\n    st.write('x')\n")
        .file("plain.py", "print('no app')\n")
        .file("Procfile", "web: cd ui && streamlit run start.py --server.port=$PORT\n");
    assert_eq!(script_names(&project), ["ui/start.py", "streamlit_app.py", "helpers.py"]);
    let because: Vec<Because> = scripts(&project).into_iter().map(|script| script.because).collect();
    assert_eq!(because, [Because::NamedIn(project.path().join("Procfile")), Because::Imports, Because::Imports]);
}

#[test]
fn pages_come_last_and_well_known_names_first() {
    let project = Project::new()
        .file("pages/1_First.py", APP)
        .file("zeta.py", APP)
        .file("app.py", APP)
        .file("README.md", "Run `streamlit run pages/1_First.py` to see one page.\n");
    assert_eq!(script_names(&project), ["app.py", "zeta.py", "pages/1_First.py"]);
}

#[test]
fn what_really_starts_the_app_goes_before_prose() {
    let project = Project::new()
        .file("old.py", APP)
        .file("new.py", APP)
        .file("README.md", "streamlit run old.py")
        .file("Dockerfile", "WORKDIR /app\nCMD [\"streamlit\", \"run\", \"/app/new.py\"]\n")
        .file("start.sh", "# streamlit run gone.py\nexec streamlit run missing.py\n");
    assert_eq!(script_names(&project), ["new.py", "old.py"], "what does not exist is no candidate");
}

#[test]
fn installed_and_hidden_code_is_passed_over() {
    let project = Project::new()
        .file(".venv/lib/python3.11/site-packages/pkg/app.py", APP)
        .file("my-env/pyvenv.cfg", "")
        .file("my-env/lib/app.py", APP)
        .file("node_modules/x/app.py", APP)
        .file(".hidden/app.py", APP)
        .file(".vscode/launch.json", r#"{"module": "streamlit", "args": ["run", "${workspaceFolder}/odd.txt.py"]}"#)
        .file("odd.txt.py", "")
        .folders(&["app.py"]);
    assert_eq!(
        script_names(&project),
        ["odd.txt.py"],
        "named in VS Code's launch.json, which is hidden and people's own"
    );
}

#[test]
fn a_cancelled_search_for_scripts_says_so() {
    let (project, progress) = (Project::new().file("app.py", APP), Progress::default());
    let project = project.file("app.log", "");
    let inventory = inventory(&project);
    progress.cancel();
    assert_eq!(script::candidates(&inventory, Care::Usual, &progress), Err(Cancelled));
    assert_eq!(logs::find(&inventory, &progress), Err(Cancelled));
}

fn launch(variables: &[(&str, &Path)]) -> Launch {
    let variables =
        variables.iter().map(|(name, value)| (OsString::from(name), value.as_os_str().to_owned())).collect();
    Launch { variables, ..Launch::default() }
}

/// What the interpreter itself says about a package.
fn asked(python: &Path, package: &str) -> Option<String> {
    let script = format!("import importlib.metadata as m; print(m.version('{package}'))");
    let output = Command::new(python).args(["-c", &script]).output().expect("Python runs");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn text(version: &Option<Version>) -> Option<String> {
    version.as_ref().map(|version| version.text.clone())
}

#[test]
fn versions_are_those_that_the_interpreter_itself_tells() {
    for name in ["streamlit-1.67-watchdog-7", "streamlit-1.57-watchdog-6", "streamlit-1.49-watchdog-6"] {
        let venv = venv(name);
        let python = Python::inspect(&venv.join("bin/python"), FoundBy::Chosen).expect("an interpreter");
        assert_eq!(text(&python.streamlit), asked(&python.executable, "streamlit"), "Streamlit of {name}");
        assert_eq!(text(&python.watchdog), asked(&python.executable, "watchdog"), "watchdog of {name}");
        assert!(python.streamlit.is_some() && python.watchdog.is_some(), "{name} has both");
    }
}

#[test]
fn the_folders_of_packages_are_those_on_the_interpreters_own_path() {
    let interpreters = [venv("streamlit-1.67-watchdog-7").join("bin/python"), PathBuf::from("/usr/bin/python3")];
    for executable in interpreters {
        let script = "import sys; print('\\n'.join(p for p in sys.path if p.endswith('-packages')))";
        let output = Command::new(&executable).args(["-c", script]).output().expect("Python runs");
        let real = |path: &Path| path.canonicalize().expect("an existing folder");
        let said = String::from_utf8(output.stdout).expect("plain paths");
        let own: Vec<PathBuf> = said.lines().map(Path::new).filter(|path| path.exists()).map(real).collect();
        let python = Python::inspect(&executable, FoundBy::Chosen).expect("an interpreter");
        let ours: Vec<PathBuf> = python.site_packages.iter().map(|path| real(path)).collect();
        assert_eq!(ours, own, "the folders of {}", executable.display());
    }
}

#[test]
fn a_console_script_leads_to_its_interpreter() {
    let venv = venv("streamlit-1.67-watchdog-7");
    let found = Python::inspect(&venv.join("bin/streamlit"), FoundBy::Path).expect("an interpreter");
    let python = Python::inspect(&venv.join("bin/python"), FoundBy::Path).expect("an interpreter");
    assert_eq!(found.streamlit, python.streamlit);
    assert!(found.executable.file_name().is_some_and(|name| name.to_string_lossy().starts_with("python")));
}

#[test]
fn long_first_lines_env_and_pyenv_shims_are_seen_through() {
    let venv = venv("streamlit-1.67-watchdog-7");
    let python = venv.join("bin/python");
    let project = Project::new()
        .file("pip/streamlit", &format!("#!/bin/sh\n'''exec' \"{}\" \"$0\" \"$@\"\n' '''\n", python.display()))
        .file("env/streamlit", "#!/usr/bin/env -S python3 -I\n")
        .file(
            "pyenv/shims/streamlit",
            "#!/usr/bin/env bash\nset -e\nexec \"/x/libexec/pyenv\" exec \"$program\" \"$@\"\n",
        )
        .file("pyenv/version", "3.11.7\n")
        .file("pyenv/versions/3.11.7/bin/streamlit", &format!("#!{}\n", python.display()))
        .file("broken", "#!/bin/sh\nexec something\n");
    let at = |name: &str| {
        let variable = |variable: &str| (variable == "PATH").then(|| venv.join("bin").into_os_string());
        Python::inspect_with(&project.path().join(name), FoundBy::Path, &variable)
    };
    for name in ["pip/streamlit", "env/streamlit", "pyenv/shims/streamlit"] {
        let found = at(name).unwrap_or_else(|| panic!("{name} leads to an interpreter"));
        assert!(found.streamlit.is_some(), "the Streamlit behind {name}");
    }
    assert_eq!(at("broken"), None);
    assert_eq!(at("missing"), None);
}

#[test]
fn candidates_come_in_the_order_in_which_they_are_likely() {
    let (newer, older) = (venv("streamlit-1.67-watchdog-7"), venv("streamlit-1.49-watchdog-6"));
    let project = Project::new().folders(&["bin", "empty"]);
    symlink(&older, project.path().join(".venv")).expect("a link to an environment");
    let script = project.path().join("bin/streamlit");
    std::fs::copy(newer.join("bin/streamlit"), &script).expect("a console script");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("an executable");
    let variables = launch(&[("PATH", &project.path().join("bin")), ("VIRTUAL_ENV", &newer)]);
    let found: Vec<FoundBy> = candidates(project.path(), &variables).iter().map(|python| python.found_by).collect();
    assert_eq!(found[..2], [FoundBy::VirtualEnv, FoundBy::Project]);
    let found = candidates(project.path(), &launch(&[("PATH", &project.path().join("bin"))]));
    let found: Vec<_> = found.iter().map(|python| (python.found_by, python.streamlit.is_some())).collect();
    assert_eq!(found, [(FoundBy::Project, true), (FoundBy::Path, true)]);
    assert_eq!(candidates(&project.path().join("empty"), &Launch::default()), []);
}

/// What the parser of a real Streamlit makes of arguments after `run`: the script, then each option with its value.
fn parsed_by_streamlit(venv: &Path, arguments: &[&str]) -> Vec<String> {
    const SCRIPT: &str = r#"
import sys
from streamlit import config
from streamlit.web import cli
given = cli.main.commands["run"].make_context("run", sys.argv[1:]).params
print(given["target"])
for key in config._config_options_template:
    value = given.get(key.replace(".", "_"))
    for value in value if isinstance(value, tuple) else [] if value is None else [value]:
        print(f"{key}={value}")
"#;
    let output =
        Command::new(venv.join("bin/python")).args(["-c", SCRIPT]).args(arguments).output().expect("Python runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "Streamlit takes {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    said.lines().map(str::to_owned).collect()
}

#[test]
fn commands_are_understood_as_streamlits_own_parser_does() {
    let commands: [&[&str]; 8] = [
        &["app.py", "--server.port=8501"],
        &["--server.port", "8501", "app.py", "mine"],
        &["app.py", "--server.fileWatcherType", "--odd"],
        &["app.py", "mine", "--server.fileWatcherType=poll", "more"],
        &["app.py", "--", "--server.port=1"],
        &["--", "app.py", "--server.port=1"],
        &["app.py", "--server.folderWatchList", "a", "--server.folderWatchList=b=c"],
        &["--server.baseUrlPath", "", "app.py"],
    ];
    for name in ["streamlit-1.67-watchdog-7", "streamlit-1.57-watchdog-6", "streamlit-1.49-watchdog-6"] {
        for arguments in commands {
            let words: Vec<OsString> = ["streamlit", "run"].iter().chain(arguments).map(OsString::from).collect();
            let ours = LaunchCommand::parse(&words).expect("it runs Streamlit");
            let script = ours.script.iter().map(|script| script.display().to_string());
            let flags = ours.flags.iter().map(|(key, value)| format!("{key}={value}"));
            assert_eq!(
                script.chain(flags).collect::<Vec<_>>(),
                parsed_by_streamlit(&venv(name), arguments),
                "{arguments:?}"
            );
        }
    }
}

const ERROR: &str = "OSError: [Errno 28] inotify watch limit reached";

fn log_hits(project: &Project) -> Vec<LogHit> {
    logs::find(&inventory(project), &Progress::default()).expect("nobody cancels")
}

#[test]
fn logs_with_an_inotify_error_are_found_newest_first() {
    let project = Project::new()
        .file("old.log", &format!("start\n{ERROR}\n"))
        .file("logs/app/out.txt", &format!("{ERROR}\nlater: {ERROR}\nend"))
        .file("fine.log", "No space left on device\n")
        .file("notes.txt", ERROR)
        .file(".venv/x.log", ERROR)
        .file("node_modules/x.log", ERROR);
    let old = std::fs::File::options().write(true).open(project.path().join("old.log")).expect("a log");
    old.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000)).expect("a time");
    let hits = log_hits(&project);
    let names: Vec<&Path> = hits.iter().map(|hit| hit.file.strip_prefix(project.path()).expect("inside")).collect();
    assert_eq!(names, [Path::new("logs/app/out.txt"), Path::new("old.log")]);
    assert_eq!(
        (hits[0].line.as_str(), hits[1].modified),
        ("later: OSError: [Errno 28] inotify watch limit reached", 1_000)
    );
}

#[test]
fn only_the_end_of_a_log_is_read_and_pipes_are_not_opened() {
    let long = format!("{ERROR}\n{}", "quiet\n".repeat(60_000));
    let project = Project::new().file("long.log", &long).file("end.log", &format!("{long}{ERROR}"));
    // Opening a pipe that nobody writes to would never come back.
    let made = Command::new("mkfifo").arg(project.path().join("pipe.log")).status().expect("mkfifo runs");
    assert!(made.success(), "a pipe");
    let names: Vec<PathBuf> = log_hits(&project).into_iter().map(|hit| hit.file).collect();
    assert_eq!(names, [project.path().join("end.log")]);
}
