//! Any launch script, run by real shells before and after: every launch in it sees the variable, and everything else
//! (what is printed, the exit status, the arguments of each launch) is the same; every other byte is kept, a second time
//! changes nothing, undo restores the bytes.

use super::shells::{Run, SHELLS, Shell};
use crate::support::world::World;
use inotify_doctor::remedy::{FileWatcher, RemedyError, Stronger, launch_script};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::fs;

const VARIABLE: &str = "STREAMLIT_SERVER_FILE_WATCHER_TYPE";

/// A command that runs Streamlit. One that is started with an environment of its own says `clean`.
fn launch() -> BoxedStrategy<String> {
    let prefix = prop_oneof![
        8 => Just(String::new()),
        1 => Just("A=1 ".to_owned()),
        1 => Just(format!("{VARIABLE}=auto ")),
        1 => Just(format!("env B=2 {VARIABLE}=auto ")),
        1 => Just("nohup ".to_owned()),
        1 => Just("env -u B ".to_owned()),
    ];
    let command = prop_oneof![
        6 => Just("streamlit run app.py"),
        1 => Just("streamlit run \"my app.py\" -- 'x y'"),
        1 => Just("python -m streamlit run app.py"),
        1 => Just("\"streamlit\" run app.py 2>&1"),
        1 => Just("streamlit \\\n    run app.py"),
        1 => Just("streamlit run app.py fail"),
        1 => Just("streamlit run >/dev/null app.py \"$?\""),
    ];
    let emptied = prop_oneof![Just("env -i PATH=\"$PATH\" SEEN=\"$SEEN\""), Just("sudo")];
    prop_oneof![
        9 => (prefix, command).prop_map(|(prefix, command)| format!("{prefix}{command}")),
        1 => emptied.prop_map(|program| format!("{program} streamlit run clean")),
    ]
    .boxed()
}

/// Lines that every shell understands.
fn common_line() -> BoxedStrategy<String> {
    let with = |does: fn(String) -> String| launch().prop_map(does).boxed();
    prop_oneof![
        6 => launch(),
        1 => with(|launch| format!("if true; then\n\t{launch}\nelse\n\t{launch}\nfi")),
        1 => with(|launch| format!("if false\nthen :\nelse {launch}\nfi")),
        1 => with(|launch| format!("if false; then :\nelif true; then\n  {launch}\nfi")),
        1 => with(|launch| format!("case x in\n  y) :;;\n  x) {launch};;\nesac")),
        1 => with(|launch| format!("case x in x)\n  {launch}\n  ;; esac")),
        1 => with(|launch| format!("go() {{\n  {launch}\n}}\ngo")),
        1 => with(|launch| format!("go() {{ {launch}; }}\n(exit 3)\ngo \"$?\"")),
        1 => with(|launch| format!("true &&\n  {launch}")),
        1 => with(|launch| format!("false || {launch} # why")),
        1 => with(|launch| format!("(cd . && {launch})")),
        1 => with(|launch| format!("(\n  {launch}\n)")),
        1 => with(|launch| format!("{{\n  {launch}\n}} 2>/dev/null")),
        1 => with(|launch| format!("for i in 1; do {launch}; done")),
        1 => with(|launch| format!("n=0\nwhile [ $n -lt 2 ]; do\n  n=$((n + 1))\n  {launch}\ndone")),
        1 => with(|launch| format!("until {launch}\ndo break\ndone")),
        1 => with(|launch| format!("echo x | {launch}")),
        1 => with(|launch| format!("{launch} | cat")),
        1 => with(|launch| format!("! {launch}\necho \"not: $?\"")),
        1 => with(|launch| format!("x=$(\n  {launch}\n)\necho \"$x\"")),
        1 => with(|launch| format!("true \\\n  && {launch}")),
        1 => with(|launch| format!("echo one \\\n  two\n{launch}")),
    ]
    .boxed()
}

/// Here-documents of all kinds.
fn document() -> BoxedStrategy<String> {
    let with = |does: fn(String) -> String| launch().prop_map(does).boxed();
    prop_oneof![
        with(|launch| format!("cat <<'END'\nstreamlit run it's\n END\nEND x\nEND\n{launch}")),
        with(|launch| format!("cat <<\"END\" | cat\nstreamlit run x\n\tEND\nEND\n{launch}")),
        with(|launch| format!("cat <<\\END && {launch}\nstreamlit run it's\nEND")),
        with(|launch| format!("cat <<-END\n\tx\n END\n\t\tEND\n{launch}")),
        with(|launch| format!("cat <<-'END'; {launch}\n\tx\n\tEND")),
        with(|launch| format!("cat <<A - <<B\n1\nA\n2\nB\n{launch}")),
        with(|launch| format!("{launch} <<END\n$HOME_ $?\nEND")),
        with(|launch| format!("x=$(cat <<END\nhi\nEND\n)\n{launch}")),
        with(|launch| format!("while read -r x; do\n  echo \"$x\"\ndone <<END\nstreamlit run a\nEND\n{launch}")),
        with(|launch| format!("cat <<END >/dev/null || :\n`echo \"in it\"`\nEND\n{launch}")),
        with(|launch| format!("if cat <<END; then\nx\nEND\n  {launch}\nfi")),
        with(|launch| format!("cat \\\n  <<END\nx\nEND\n{launch}")),
    ]
    .boxed()
}

/// Scripts that look at what ran just before.
fn looks_back() -> BoxedStrategy<String> {
    let with = |does: fn(String) -> String| launch().prop_map(does).boxed();
    prop_oneof![
        with(|launch| format!("false\n{launch} \"$?\"")),
        with(|launch| format!("(exit 3)\nif [ $? = 3 ]; then\n  {launch}\nfi")),
        with(|launch| format!("(exit 3)\ncase $? in\n3)\n  {launch};;\nesac")),
        with(|launch| format!("(exit 4)\n{launch} ${{?}} || echo \"now $?\"")),
        with(|launch| format!("{launch}\necho \"was $?\"")),
        with(|launch| format!("check() {{ echo \"saw $?\"; }}\nfalse\ncheck && {launch}")),
        with(|launch| format!("false\neval 'echo $?' && {launch}")),
        with(|launch| format!("trap 'echo \"end $?\"' EXIT\n{launch}")),
        with(|launch| format!("set -x\n{launch}\nset +x 2>/dev/null")),
        with(|launch| format!("same() {{ return; }}\nfalse\nsame || {launch}")),
    ]
    .boxed()
}

/// What does something with the variable, or looks like it.
fn variable() -> BoxedStrategy<String> {
    prop_oneof![
        Just(format!("{VARIABLE}=auto")),
        Just(format!("A=1 {VARIABLE}=auto")),
        Just(format!("export {VARIABLE}=\"auto\"")),
        Just(format!("export \"{VARIABLE}=auto\"")),
        Just(format!("export A=1 {VARIABLE}=${{X:-auto}} B=2")),
        Just(format!("if false; then\n  export {VARIABLE}=auto\nfi")),
        Just(format!("if true; then :; else\n  export {VARIABLE}=auto\nfi")),
        Just(format!("[ -n \"$NOPE\" ] &&\n  export {VARIABLE}=auto || :")),
        Just(format!("(export {VARIABLE}=auto)")),
        Just(format!("export {VARIABLE}=auto &")),
        Just(format!("unused() {{\n  export {VARIABLE}=auto\n}}")),
        Just(format!("case x in y) export {VARIABLE}=auto;; esac")),
        Just(format!("export {VARIABLE}")),
        Just(format!("unset {VARIABLE}")),
        Just(format!("in_it() {{\n  local {VARIABLE}=auto\n  streamlit run app.py\n}}\nin_it")),
        Just("# streamlit run app.py \\".to_owned()),
        Just("set -e".to_owned()),
        Just("set -u".to_owned()),
        Just("exec 3>&1".to_owned()),
        Just(": 'a\nstreamlit run app.py\n'".to_owned()),
        Just("echo \"a $(echo \"b c\") `echo d`\"".to_owned()),
        Just(String::new()),
    ]
    .boxed()
}

/// Lines that only bash understands. `hidden` launches are not commands of the script's text.
fn bash_line() -> BoxedStrategy<String> {
    let with = |does: fn(String) -> String| launch().prop_map(does).boxed();
    prop_oneof![
        with(|launch| format!("flags=(\n  streamlit run hidden\n  'a b'\n)\n{launch} \"${{flags[@]}}\"")),
        with(|launch| format!("words=(streamlit\n  run hidden)\n\"${{words[@]}}\"\n{launch}")),
        with(|launch| format!("flags+=(\n  # it's\n  --x\n)\n{launch}")),
        with(|launch| format!("function go {{\n  {launch}\n}}\ngo")),
        with(|launch| format!("cat <<< \"a\nb\" | cat\n{launch}")),
        with(|launch| format!("true | false\n{launch} ${{PIPESTATUS[1]}}")),
        with(|launch| format!("x=$((1 << 2)); (( x <<= 1 ))\n{launch} $x")),
        with(|launch| format!("[[ a =~ ^(a|b)$ ]] && \\\n  {launch}")),
        with(|launch| format!("trap 'echo debug' DEBUG\n{launch}\ntrap - DEBUG")),
        with(|launch| format!("cat < <(\n  {launch}\n)")),
        with(|launch| format!("echo $'it\\'s' \"${{x:-\"a b\"}}\"\n{launch}")),
    ]
    .boxed()
}

/// The launch in the shell's own place; `exec A=1 streamlit` would run a program of the name `A=1`.
fn executed(launch: String) -> String {
    let assigns = launch.starts_with("A=1") || launch.starts_with(VARIABLE);
    if assigns { launch } else { format!("exec {launch}") }
}

fn script() -> BoxedStrategy<(Vec<Shell>, String)> {
    let head = prop_oneof![Just(""), Just("#!/bin/sh\n"), Just("#!/bin/sh\n# A comment.\n\n"), Just("#!/bin/bash\n")];
    let any_shell = prop_oneof![
        4 => common_line(),
        3 => document(),
        3 => looks_back(),
        4 => variable(),
    ]
    .boxed();
    let bash = prop_oneof![1 => any_shell.clone(), 1 => bash_line()];
    let last = prop_oneof![3 => launch(), 1 => launch().prop_map(executed), 1 => looks_back()];
    let lines = prop_oneof![
        proptest::collection::vec(any_shell, 0..5).prop_map(|lines| (SHELLS.to_vec(), lines)),
        proptest::collection::vec(bash, 0..5).prop_map(|lines| (vec![Shell::Bash], lines)),
    ];
    (head, lines, last, any::<bool>(), prop::bool::weighted(0.15))
        .prop_map(|(head, (shells, lines), last, ends, dos)| {
            let lines: String = lines.into_iter().map(|line| line + "\n").collect();
            let text = format!("{head}{lines}{last}{}", if ends { "\n" } else { "" });
            (shells, if dos { text.replace('\n', "\r\n") } else { text })
        })
        .boxed()
}

/// The same scripts at every run, so that one bad draw in some thousand keeps nobody from landing something else; others
/// with `PROPTEST_RNG_SEED`.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let rng_seed = if default.rng_seed == RngSeed::Random { RngSeed::Fixed(20_261_129) } else { default.rng_seed };
    ProptestConfig { cases: 250, failure_persistence: None, rng_seed, ..default }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn every_launch_of_any_script_sees_the_variable((shells, text) in script()) {
        let world = World::new();
        let path = world.file("run.sh", &text);
        let runs = || -> Vec<Run> { shells.iter().map(|shell| Run::of(*shell, &world, &path)).collect() };
        let before = runs();
        let plan = match launch_script::plan(FileWatcher::None, &path, &world.own(), None) {
            Ok(plan) => plan,
            Err(RemedyError::UnclearScript { .. }) => {
                // Taken away again, or not sure to be read right and named: refused, which is safe.
                prop_assert!(text.contains(VARIABLE), "refused:\n{}", text);
                return Ok(());
            }
            // A carriage return keeps a here-document open to the end: no shell launches anything.
            Err(RemedyError::NoLaunchLine { .. }) => {
                prop_assert!(before.iter().all(Run::launches_nothing), "{before:#?}:\n{}", text);
                return Ok(());
            }
            Err(error) => return Err(TestCaseError::fail(format!("{error}:\n{text}"))),
        };
        if text.contains("run clean") && !text.contains('\r') {
            let wins = launch_script::still_wins(&path, &world.own()).unwrap();
            prop_assert!(matches!(wins, Some(Stronger::OwnEnvironment(_))), "{wins:?}:\n{}", text);
        }
        if plan.is_empty() {
            prop_assert!(before.iter().all(Run::sees_none), "nothing is changed, but {before:#?}:\n{}", text);
            return Ok(());
        }
        let id = world.done(&plan);
        let after = fs::read_to_string(&path).unwrap();
        for (before, now) in before.iter().zip(runs()) {
            prop_assert!(now.sees_none(), "{now:#?}\n{}\n----\n{}", text, after);
            prop_assert_eq!(&now.behaviour, &before.behaviour, "{}\n----\n{}", text, after);
        }
        prop_assert_eq!(without(&after), without(&text), "every other byte is kept:\n{}\n----\n{}", text, after);
        let dos = |text: &str| text.matches("\r\n").count() == text.matches('\n').count();
        prop_assert!(!dos(&text) || !text.contains('\n') || dos(&after), "the line ends are kept:\n{:?}", after);
        let again = launch_script::plan(FileWatcher::None, &path, &world.own(), None).unwrap();
        prop_assert!(again.is_empty(), "a second time changes something:\n{}", after);
        let undone = world.undo(id);
        prop_assert_eq!(undone.left(), Some([].as_slice()));
        prop_assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

/// The script without its assignments of the variable, and without the lines that hold nothing else.
fn without(text: &str) -> String {
    let mut rest = text.replace("\r\n", "\n");
    for value in ["none", "\"auto\"", "auto", "${X:-auto}"] {
        let assignment = format!("{VARIABLE}={value}");
        for whole in [format!("export {assignment} #\n"), format!("export {assignment}\n"), format!("\"{assignment}\"")]
        {
            rest = rest.replace(&whole, "");
        }
        rest = rest.replace(&assignment, "");
    }
    // What is left of `NAME=auto` where it has become `export NAME=none`, and the shield before a carriage return.
    let rest = rest.replace("export ", "").replace(" #\n", "\n");
    rest.split_inclusive('\n').filter(|line| !line.trim().is_empty()).map(str::trim_start).map(str::trim_end).collect()
}
