//! The environment variable in a launch script of the project: a shell script that runs `streamlit run`. What other
//! watchers are told there is planned by [`super::watcher_launch`] with the same editor.

mod edit;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod launches;
mod place;
mod variable;

use super::watcher::{FILE_WATCHER_KEY, FileWatcher, Stronger, stronger_than_variable};
use super::{OwnFolders, Plan, RemedyError, RemedyName, file_change};
use crate::guarded;
use crate::project::Streamlit;
pub(super) use edit::{LaunchScript, Unchanged};
use std::path::{Path, PathBuf};

/// Launch scripts are a page or two; nothing longer is read when looking for them.
const LONGEST_BYTES: u64 = 256 * 1024;

/// Returns those of `files` that are shell scripts which run Streamlit.
#[must_use]
pub fn among(files: &[PathBuf]) -> Vec<PathBuf> {
    let small = |file: &PathBuf| guarded::about_link(file).is_ok_and(|about| about.kind == guarded::Kind::File);
    let launches = |path: &PathBuf| {
        guarded::read(path, LONGEST_BYTES)
            .is_ok_and(|text| is_shell_script(path, &text) && LaunchScript::read(&text).has_launch())
    };
    let mut scripts: Vec<_> = files.iter().filter(|file| small(file) && launches(file)).cloned().collect();
    scripts.sort();
    scripts
}

/// Plans the change of `file`: the variable is exported before the line that runs Streamlit, or changed in place
/// where the script sets it already.
///
/// # Errors
/// [`RemedyError::NotAShellScript`], [`RemedyError::NoLaunchLine`], [`RemedyError::UnclearScript`], or what keeps the file from being read or written.
pub fn plan(choice: FileWatcher, file: &Path, own: &OwnFolders, now: Option<&Streamlit>) -> Result<Plan, RemedyError> {
    let (path, before) = read(file, own)?;
    let script = LaunchScript::read(&before);
    let after = script.with_variable(choice.word()).map_err(|why| match why {
        Unchanged::NoLaunch => RemedyError::NoLaunchLine { path: path.clone() },
        Unchanged::Unclear => RemedyError::UnclearScript { path: path.clone() },
    })?;
    // The script's own command line decides where it says something.
    let promise = match script.flag() {
        Some(word) => FileWatcher::named(&word).promise(now, None),
        None => {
            let own = script.own_environment().map(Stronger::OwnEnvironment);
            let stronger = own.or_else(|| now.and_then(|now| stronger_than_variable(now, FILE_WATCHER_KEY)));
            choice.promise(now, stronger.as_ref())
        }
    };
    let changes = file_change::plan(&path, Some(before), after)?;
    Ok(Plan { remedy: RemedyName::LaunchScript, changes, promise })
}

/// Finds what would still win over the variable: an option on the script's own command line, or a program that starts
/// Streamlit with an environment of its own.
///
/// # Errors
/// As [`plan`].
pub fn still_wins(file: &Path, own: &OwnFolders) -> Result<Option<Stronger>, RemedyError> {
    let (_, text) = read(file, own)?;
    let script = LaunchScript::read(&text);
    let flag = script.flag().map(|_| Stronger::Flag);
    Ok(flag.or_else(|| script.own_environment().map(Stronger::OwnEnvironment)))
}

/// Reads a shell script and where it really lies.
pub(super) fn read(file: &Path, own: &OwnFolders) -> Result<(PathBuf, Vec<u8>), RemedyError> {
    let path = own.resolve(file)?;
    let text = file_change::read(&path)?.ok_or_else(|| RemedyError::Vanished { path: path.clone() })?;
    if is_shell_script(&path, &text) { Ok((path, text)) } else { Err(RemedyError::NotAShellScript { path }) }
}

/// Recognises a shell script by its first line; without `#!`, by its name.
fn is_shell_script(path: &Path, text: &[u8]) -> bool {
    const SHELLS: [&[u8]; 6] = [b"sh", b"bash", b"dash", b"ash", b"ksh", b"zsh"];
    if text.contains(&0) {
        return false;
    }
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match line.strip_prefix(b"#!") {
        Some(interpreter) => {
            let words = interpreter.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            let mut names = words.map(|word| word.rsplit(|byte| *byte == b'/').next().unwrap_or_default());
            // `env -S bash -e`: the first word that is neither env nor an option.
            names.find(|name| *name != b"env" && !name.starts_with(b"-")).is_some_and(|name| SHELLS.contains(&name))
        }
        None => path.extension().is_some_and(|extension| SHELLS.contains(&extension.as_encoded_bytes())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(script: &str) -> String {
        let after = LaunchScript::read(script.as_bytes()).with_variable("none").expect("it runs streamlit");
        String::from_utf8(after).unwrap()
    }

    const LINE: &str = "export STREAMLIT_SERVER_FILE_WATCHER_TYPE=none";

    #[test]
    fn the_variable_is_exported_before_the_launch() {
        for (before, after) in [
            ("#!/bin/sh\nset -e\nstreamlit run a.py\n", format!("#!/bin/sh\nset -e\n{LINE}\nstreamlit run a.py\n")),
            ("cd x &&\n  streamlit run a.py", format!("{LINE}\ncd x &&\n  streamlit run a.py")),
            (
                "if y; then\r\n\tpython -m streamlit run a.py\r\nfi",
                format!("if y; then\r\n\t{LINE} #\r\n\tpython -m streamlit run a.py\r\nfi"),
            ),
            (
                "#!/bin/sh\n# why\ncase $1 in\na) streamlit run a.py;;\nesac\n",
                format!("#!/bin/sh\n# why\n{LINE}\ncase $1 in\na) streamlit run a.py;;\nesac\n"),
            ),
            (
                "if y\nthen z\nelse streamlit run a.py\nfi\n",
                format!("{LINE}\nif y\nthen z\nelse streamlit run a.py\nfi\n"),
            ),
            (
                "if y; then\n  streamlit run a\nelse\n  streamlit run b\nfi\n",
                format!("{LINE}\nif y; then\n  streamlit run a\nelse\n  streamlit run b\nfi\n"),
            ),
            (
                "cat <<E\nstreamlit run this\nE\nexec \"$V/bin/streamlit\" \\\n  run a.py",
                format!("cat <<E\nstreamlit run this\nE\n{LINE}\nexec \"$V/bin/streamlit\" \\\n  run a.py"),
            ),
        ] {
            assert_eq!(none(before), after, "{before}");
            assert_eq!(none(&after), after, "a second time changes nothing");
        }
    }

    #[test]
    fn a_line_that_would_be_noticed_near_the_launch_is_put_above_everything() {
        for before in [
            "#!/bin/sh\nfalse\nstreamlit run a \"$?\"\n",
            "#!/bin/sh\nfalse\nif [ $? = 1 ]; then streamlit run a; fi\n",
            "#!/bin/sh\ncheck() { echo $?; }\nfalse\ncheck && streamlit run a\n",
            "#!/bin/sh\nset -x\nstreamlit run a\n",
            "#!/bin/bash\ntrap 'echo $?' DEBUG\nstreamlit run a\n",
            "#!/bin/sh\nx=$(\n  streamlit run a\n)\n",
            "#!/bin/sh\ncat <<E; streamlit run a\nx\nE\nstreamlit run b\n",
            "#!/bin/sh\nA=1 >f\nenv B=2 streamlit run a\n",
        ] {
            let (head, rest) = before.split_once('\n').unwrap();
            assert_eq!(none(before), format!("{head}\n{LINE}\n{rest}"), "{before}");
            assert_eq!(none(&none(before)), none(before), "a second time changes nothing");
        }
    }

    #[test]
    fn a_line_stands_between_whole_commands() {
        for (before, after) in [
            ("x=(\n  streamlit run\n)\nstreamlit run a", format!("x=(\n  streamlit run\n)\n{LINE}\nstreamlit run a")),
            ("cat <<E\n E\nE\nstreamlit run a", format!("cat <<E\n E\nE\n{LINE}\nstreamlit run a")),
            ("cat <<A <<B\n1\nA\n2\nB\nstreamlit run a", format!("cat <<A <<B\n1\nA\n2\nB\n{LINE}\nstreamlit run a")),
            ("a \\\n  && streamlit run a", format!("{LINE}\na \\\n  && streamlit run a")),
            ("streamlit run a <<E\n$x\nE\n", format!("{LINE}\nstreamlit run a <<E\n$x\nE\n")),
        ] {
            assert_eq!(none(before), after, "{before}");
            assert_eq!(none(&after), after, "a second time changes nothing");
        }
    }

    #[test]
    fn carriage_returns_stay_and_are_no_part_of_the_value() {
        for (before, after) in [
            ("#!/bin/sh\r\nstreamlit run a\r\n", format!("#!/bin/sh\r\n{LINE} #\r\nstreamlit run a\r\n")),
            (
                "export STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto\r\nstreamlit run a\r\n",
                format!("{LINE} #\r\nstreamlit run a\r\n"),
            ),
        ] {
            assert_eq!(none(before), after, "{before:?}");
            assert_eq!(none(&after), after, "a second time changes nothing");
        }
    }

    #[test]
    fn what_drops_the_variable_is_said() {
        let by = |script: &str| LaunchScript::read(script.as_bytes()).own_environment();
        for (script, expected) in [
            ("env -i A=1 streamlit run a", Some("env -i")),
            ("env - streamlit run a", Some("env -")),
            ("exec env -u STREAMLIT_SERVER_FILE_WATCHER_TYPE streamlit run a", Some("env -u")),
            ("exec -c streamlit run a", Some("exec -c")),
            ("sudo -u www streamlit run a", Some("sudo")),
            ("STREAMLIT_SERVER_FILE_WATCHER_TYPE=x sudo streamlit run a", Some("sudo")),
            ("docker run image streamlit run a", Some("docker")),
            ("sudo -E streamlit run a", None),
            ("env -i STREAMLIT_SERVER_FILE_WATCHER_TYPE=x streamlit run a", None),
            ("env -u B A=1 streamlit run a", None),
            ("nohup streamlit run a", None),
        ] {
            assert_eq!(by(script).as_deref(), expected, "{script}");
        }
    }

    #[test]
    fn what_cannot_be_changed_safely_is_refused() {
        let refused = |script: &str| LaunchScript::read(script.as_bytes()).with_variable("none");
        for script in [
            "unset STREAMLIT_SERVER_FILE_WATCHER_TYPE; streamlit run a",
            "if x; then\nexport STREAMLIT_SERVER_FILE_WATCHER_TYPE=x\nstreamlit run a",
        ] {
            assert_eq!(refused(script), Err(edit::Unchanged::Unclear), "{script}");
        }
        assert_eq!(refused("x=(\nstreamlit run a\n)"), Err(edit::Unchanged::NoLaunch));
        let after = "unset STREAMLIT_SERVER_FILE_WATCHER_TYPE\nstreamlit run a";
        assert_eq!(none(after), format!("unset STREAMLIT_SERVER_FILE_WATCHER_TYPE\n{LINE}\nstreamlit run a"));
        assert_eq!(none(&none(after)), none(after), "a second time changes nothing");
    }

    #[test]
    fn what_the_script_sets_already_is_changed_in_place() {
        for (before, after) in [
            (
                "export STREAMLIT_SERVER_FILE_WATCHER_TYPE=\"auto\" # x\nstreamlit run a",
                format!("{LINE} # x\nstreamlit run a"),
            ),
            ("STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto\nstreamlit run a", format!("{LINE}\nstreamlit run a")),
            (
                "STREAMLIT_SERVER_FILE_WATCHER_TYPE=${T:-auto} streamlit run a",
                "STREAMLIT_SERVER_FILE_WATCHER_TYPE=none streamlit run a".to_owned(),
            ),
            (
                "STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto\nexport STREAMLIT_SERVER_FILE_WATCHER_TYPE\nstreamlit run a",
                "STREAMLIT_SERVER_FILE_WATCHER_TYPE=none\nexport STREAMLIT_SERVER_FILE_WATCHER_TYPE\nstreamlit run a"
                    .to_owned(),
            ),
            (
                "export STREAMLIT_SERVER_FILE_WATCHER_TYPE='none'\nstreamlit run a",
                "export STREAMLIT_SERVER_FILE_WATCHER_TYPE='none'\nstreamlit run a".to_owned(),
            ),
        ] {
            assert_eq!(none(before), after, "{before}");
            assert_eq!(none(&after), after, "a second time changes nothing");
        }
    }

    #[test]
    fn only_commands_that_run_streamlit_count() {
        for script in [
            "# streamlit run a",
            "echo streamlit run a",
            "echo \"streamlit run a\"",
            "streamlit hello",
            "pip install streamlit",
        ] {
            assert!(!LaunchScript::read(script.as_bytes()).has_launch(), "{script}");
        }
        for script in
            ["nohup streamlit run a &", "(cd x; streamlit --log_level=debug run a)", "A=1 ./v/bin/streamlit run \"$@\""]
        {
            assert!(LaunchScript::read(script.as_bytes()).has_launch(), "{script}");
        }
    }

    #[test]
    fn a_flag_of_the_script_still_wins() {
        let flag = |script: &str| LaunchScript::read(script.as_bytes()).flag();
        assert_eq!(flag("streamlit run a --server.fileWatcherType=poll"), Some("poll".to_owned()));
        assert_eq!(flag("streamlit run a --server.fileWatcherType 'auto'"), Some("auto".to_owned()));
        assert_eq!(flag("streamlit run a --server.port 1"), None);
    }

    #[test]
    fn shell_scripts_are_known_by_their_first_line_or_their_name() {
        let is = |name: &str, text: &str| is_shell_script(Path::new(name), text.as_bytes());
        assert!(is("run", "#!/usr/bin/env -S bash -e\n"));
        assert!(is("run.sh", "streamlit run a"));
        assert!(is("run", "#! /bin/sh\r\n"));
        assert!(!is("run.py", "streamlit run a"));
        assert!(!is("run.sh", "#!/usr/bin/fish\n"));
        assert!(!is("run.sh", "#!/bin/sh\n\0"));
    }

    proptest::proptest! {
        #[test]
        fn any_script_is_looked_through(pieces in proptest::collection::vec("streamlit run|export|else|if|fi|case|esac|;;|[(){}&|<;\n'\"$ ]|STREAMLIT_SERVER_FILE_WATCHER_TYPE=|[a-z]", 0..24)) {
            let _ = LaunchScript::read(pieces.concat().as_bytes()).with_variable("none");
        }
    }
}
