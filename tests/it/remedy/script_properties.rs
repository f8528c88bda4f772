//! Any launch script: a real shell still reads it, every launch in it sees the variable, every other byte is kept, a
//! second time changes nothing, undo restores the bytes.

use crate::support::world::World;
use inotify_doctor::remedy::{FileWatcher, Undo, launch_script};
use proptest::prelude::*;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

const VARIABLE: &str = "STREAMLIT_SERVER_FILE_WATCHER_TYPE";

fn launch() -> impl Strategy<Value = String> {
    let prefix =
        prop_oneof![4 => Just(String::new()), 1 => Just("A=1 ".to_owned()), 1 => Just(format!("{VARIABLE}=auto "))];
    let command = prop_oneof![
        Just("streamlit run app.py"),
        Just("streamlit run \"my app.py\" -- 'x y'"),
        Just("python -m streamlit run app.py"),
        Just("\"streamlit\" run app.py >/dev/null 2>&1"),
        Just("streamlit \\\n    run app.py"),
    ];
    (prefix, command).prop_map(|(prefix, command)| format!("{prefix}{command}"))
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => launch(),
        1 => launch().prop_map(|launch| format!("if true; then\n\t{launch}\nelse\n\t{launch}\nfi")),
        1 => launch().prop_map(|launch| format!("if false\nthen :\nelse {launch}\nfi")),
        1 => launch().prop_map(|launch| format!("case x in\n  y) :;;\n  x) {launch};;\nesac")),
        1 => launch().prop_map(|launch| format!("case x in x)\n  {launch}\n  ;; esac")),
        1 => launch().prop_map(|launch| format!("go() {{\n  {launch}\n}}\ngo")),
        1 => launch().prop_map(|launch| format!("true &&\n  {launch}")),
        1 => launch().prop_map(|launch| format!("false || {launch} # why")),
        1 => launch().prop_map(|launch| format!("(cd . && {launch})")),
        1 => launch().prop_map(|launch| format!("for i in 1; do {launch}; done")),
        1 => launch().prop_map(|launch| format!("cat >/dev/null <<'END'\n{launch} it's\nEND")),
        1 => launch().prop_map(|launch| format!(": \"$(echo \"a b\")\" '\n{}\n'", launch.replace('\'', ""))),
        1 => Just("# streamlit run app.py".to_owned()),
        1 => Just("set -e".to_owned()),
        1 => Just(format!("{VARIABLE}=auto")),
        1 => Just(format!("export {VARIABLE}=\"auto\"")),
        1 => Just(format!("export A=1 {VARIABLE}=${{X:-auto}} B=2")),
        1 => Just(format!("if false; then\n  export {VARIABLE}=auto\nfi")),
        1 => Just(format!("[ -n \"$NOPE\" ] &&\n  export {VARIABLE}=auto || :")),
        1 => Just(format!("(export {VARIABLE}=auto)")),
        1 => Just(format!("unused() {{\n  export {VARIABLE}=auto\n}}")),
        1 => Just(format!("case x in y) export {VARIABLE}=auto;; esac")),
        1 => Just(format!("export {VARIABLE}")),
        1 => Just(String::new()),
    ]
}

prop_compose! {
    fn script()(
        head in prop_oneof![Just("#!/bin/sh\n"), Just("#!/bin/sh\n# A comment.\n\n"), Just("#!/usr/bin/env bash\n")],
        lines in proptest::collection::vec(line(), 1..6),
        last in launch(),
        ends in any::<bool>(),
    ) -> String {
        format!("{head}{}\n{last}{}", lines.join("\n"), if ends { "\n" } else { "" })
    }
}

/// Stands for Streamlit and python: says what it sees.
const PROGRAM: &str = "#!/bin/sh\necho \"${STREAMLIT_SERVER_FILE_WATCHER_TYPE-unset}\" >>\"$SEEN\"\n";

/// What each launch of the script saw.
fn seen(world: &World, script: &std::path::Path) -> Vec<String> {
    let seen = world.path("seen");
    fs::write(&seen, "").unwrap();
    for name in ["streamlit", "python"] {
        let program = world.path("home").join(name);
        fs::write(&program, PROGRAM).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:/usr/bin:/bin", world.path("home").display());
    let output = Command::new("bash").arg(script).env_clear().env("PATH", path).env("SEEN", &seen).output().unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaints}\n{}", fs::read_to_string(script).unwrap());
    fs::read_to_string(&seen).unwrap().lines().map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_launch_of_any_script_sees_the_variable(text in script()) {
        let world = World::new();
        let path = world.file("run.sh", &text);
        let before = seen(&world, &path);
        let plan = launch_script::plan(FileWatcher::None, &path, &world.own(), None).unwrap();
        prop_assert!(!plan.is_empty() || before.iter().all(|value| value == "none"));
        if plan.is_empty() {
            return Ok(());
        }
        let id = world.done(&plan);
        let after = fs::read_to_string(&path).unwrap();
        let expected = vec!["none".to_owned(); before.len()];
        prop_assert_eq!(seen(&world, &path), expected, "{}\n----\n{}", text, after);
        prop_assert_eq!(without(&after), without(&text), "every other byte is kept");
        let again = launch_script::plan(FileWatcher::None, &path, &world.own(), None).unwrap();
        prop_assert!(again.is_empty(), "a second time changes something:\n{}", after);
        prop_assert_eq!(world.undo(id), Undo::Undone { left: Vec::new() });
        prop_assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

/// The script without its assignments of the variable, and without the lines that hold nothing else.
fn without(text: &str) -> String {
    let mut rest = text.to_owned();
    for value in ["none", "\"auto\"", "auto", "${X:-auto}"] {
        rest = rest.replace(&format!("export {VARIABLE}={value}\n"), "").replace(&format!("{VARIABLE}={value}"), "");
    }
    rest.split_inclusive('\n')
        .filter(|line| !matches!(line.trim(), "" | "export"))
        .map(|line| line.trim_start())
        .collect()
}
