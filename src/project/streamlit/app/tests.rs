#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use super::*;
use proptest::prelude::*;
use std::ffi::OsStr;
use std::fs;

/// The local modules, relative to the project, that a script loads.
fn loaded(files: &[(&str, &[u8])]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (file, content) in files {
        let file = folder.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
    let launch = Launch { script: folder.path().join("app.py"), cwd: folder.path().to_path_buf(), ..Launch::default() };
    let app = read(&launch, None, &Progress::default()).unwrap();
    let relative = |path: &PathBuf| path.strip_prefix(folder.path()).unwrap().to_string_lossy().into_owned();
    app.possible.modules.iter().map(relative).collect()
}

#[test]
fn modules_are_loaded_in_order_and_each_once() {
    let files: [(&str, &[u8]); 4] = [
        ("app.py", b"import b, pkg.c\nimport pkg.c, b\n"),
        ("b.py", b"import app_mate"),
        ("app_mate.py", b"import b"),
        ("pkg/c.py", b""),
    ];
    assert_eq!(loaded(&files), ["b.py", "app_mate.py", "pkg", "pkg/c.py"]);
}

#[test]
fn a_script_that_asks_for_another_run_runs_again() {
    let script =
        b"import streamlit as st\nif 'n' not in st.session_state:\n    st.session_state.n = 1\n    st.rerun()\n\
                   import a\nst.switch_page('pages/two.py')\n";
    let page = b"import b\n";
    let files: [(&str, &[u8]); 4] = [("app.py", script), ("pages/two.py", page), ("a.py", b""), ("b.py", b"")];
    assert_eq!(loaded(&files), ["a.py", "b.py"]);
}

#[test]
fn a_list_that_contains_itself_is_survived() {
    let script =
        b"import streamlit as st\na = []\na.append(a)\nb = []\nb.append(b)\nif a == b or a < b:\n    import x\n\
                   st.navigation(a).run()\nd = {}\nd['d'] = d\nst.Page(d)\nimport y\n";
    assert!(loaded(&[("app.py", script), ("y.py", b"")]).contains(&"y.py".to_owned()));
}

#[test]
fn a_loop_of_calls_and_imports_ends() {
    let script =
        b"def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nwhile True:\n    f(1)\n    break\nimport a\n";
    assert_eq!(loaded(&[("app.py", script), ("a.py", b"import b"), ("b.py", b"from a import x")]), ["a.py", "b.py"]);
}

#[test]
fn very_deep_code_is_survived() {
    let deep = format!("x = {}1{}\nimport a\n", "(".repeat(20_000), ")".repeat(20_000));
    assert_eq!(loaded(&[("app.py", deep.as_bytes()), ("a.py", b"")]), ["a.py"]);
    let chain: Vec<(String, Vec<u8>)> =
        (0..2_000).map(|n| (format!("m{n}.py"), format!("import m{}", n + 1).into_bytes())).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("app.py", b"import m0")];
    files.extend(chain.iter().map(|(name, text)| (name.as_str(), text.as_slice())));
    loaded(&files);
}

#[test]
fn cancelling_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("app.py");
    fs::write(&script, "x = 1\n".repeat(5_000)).unwrap();
    let progress = Progress::default();
    progress.cancel();
    assert_eq!(read(&Launch { script, ..Launch::default() }, None, &progress), Err(Cancelled));
}

#[test]
fn variables_of_the_launch_decide() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("app.py"), "import os\nif os.environ.get('MODE') == 'a':\n    import a\n").unwrap();
    fs::write(folder.path().join("a.py"), "").unwrap();
    let mut launch = Launch { script: folder.path().join("app.py"), ..Launch::default() };
    assert_eq!(read(&launch, None, &Progress::default()).unwrap().certain.modules.len(), 0);
    launch.variables.insert(OsStr::new("MODE").to_owned(), "a".into());
    assert_eq!(read(&launch, None, &Progress::default()).unwrap().certain.modules.len(), 1);
}

/// Pieces of Python, put together without sense.
const PIECES: &str = "(import |from |\\.|a|b|as |\n|    |:|def f\\(|\\)|if |else|try|except |class C|with |for x in |\\[|\\]|\\{|\\}|=|\
                      |'|\"|f'\\{|, |\\*|lambda |return |f\\(|st\\.navigation\\(|__file__|\\.parent|\\[1:|-1|match |case |raise |global |@){0,60}";

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        loaded(&[("app.py", &bytes), ("a.py", b"")]);
    }

    #[test]
    fn any_heap_of_python_is_survived(text in PIECES) {
        loaded(&[("app.py", text.as_bytes()), ("a.py", text.as_bytes()), ("b.py", b"import a")]);
    }
}
