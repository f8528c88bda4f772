//! The start of the app: the command as typed, and everything else that decides what Streamlit will do.

mod command;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
pub(crate) mod shell;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

/// Things that a command line runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LaunchTarget {
    /// A script, or a folder with a `streamlit_app.py`.
    #[default]
    Script,
    /// No script is named: Streamlit takes the `streamlit_app.py` of the working folder.
    Default,
    /// The address of a script, which Streamlit loads into a temporary folder.
    Address(String),
    /// Streamlit's own demonstration: `streamlit hello`.
    Hello,
}

/// A `streamlit run` command line, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaunchCommand {
    /// The script as it stands in the command; `None` when the command names none or a URL. (With none, Streamlit
    /// 1.67 takes `streamlit_app.py`, 1.49 refuses; a folder as script means the `streamlit_app.py` in it.)
    pub script: Option<PathBuf>,
    /// What it runs.
    pub target: LaunchTarget,
    /// Streamlit's own options in order: `("server.port", "8501")`. Every one takes a value; one that lacks it because
    /// it is the last word is `"true"` here (Streamlit itself refuses to start then).
    pub flags: Vec<(String, String)>,
    /// The interpreter, where the command names one: `python` of `python -m streamlit run`, or the console script
    /// itself of `/venv/bin/streamlit run`; [`super::Python::inspect`] takes both.
    pub python: Option<PathBuf>,
    /// Whether it was started as `python -m streamlit`: the working folder stands first on `sys.path`.
    pub as_module: bool,
    /// Assignments before the command (`STREAMLIT_X=y streamlit run …`, `env A=b …`).
    pub variables: Vec<(String, OsString)>,
}

impl LaunchCommand {
    /// Understands a command given as arguments. `None` when it does not run Streamlit.
    #[must_use]
    pub fn parse(arguments: &[OsString]) -> Option<Self> {
        command::parse(arguments)
    }

    /// Understands a line as typed into a shell: the first of its commands that runs Streamlit. Nothing is expanded.
    /// Assignments that are commands of their own (`export A=b; streamlit …`) are not taken over.
    #[must_use]
    pub fn parse_line(line: &[u8]) -> Option<Self> {
        let words = |word: shell::Word| OsString::from_vec(word.text);
        let mut commands = shell::Script::read(line).commands().into_iter();
        commands.find_map(|command| Self::parse(&command.words.into_iter().map(words).collect::<Vec<_>>()))
    }
}

/// Facts that decide which settings an app gets and which folders it watches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// The entry script, absolute, links not resolved.
    pub script: PathBuf,
    /// The folder it is started from.
    pub cwd: PathBuf,
    /// Streamlit's options from the command line, in order.
    pub flags: Vec<(String, String)>,
    /// Whether it was started as `python -m streamlit`.
    pub as_module: bool,
    /// The environment: `HOME`, `PATH`, `PYTHONPATH`, `PYTHONUSERBASE`, `VIRTUAL_ENV` and `STREAMLIT_*` are looked at.
    pub variables: BTreeMap<OsString, OsString>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(text: &str) -> LaunchCommand {
        LaunchCommand::parse_line(text.as_bytes()).unwrap_or_else(|| panic!("“{text}” runs Streamlit"))
    }

    fn flags(command: &LaunchCommand) -> Vec<(&str, &str)> {
        command.flags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
    }

    #[test]
    fn every_usual_way_of_starting_is_understood() {
        for text in [
            "streamlit run app.py",
            "python -m streamlit run app.py",
            "python3.11 -u -X dev -m streamlit run app.py",
            "python -um streamlit run app.py",
            "python -m streamlit.web.cli run app.py",
            "/x/venv/bin/streamlit run app.py",
            "/x/venv/bin/python3 /x/venv/bin/streamlit run app.py",
            "env A=b streamlit run app.py",
            "env -u B -i A=b streamlit run app.py",
            "A=b streamlit run app.py",
            "uv run streamlit run app.py",
            "uv run --with watchdog --no-sync streamlit run app.py",
            "uv --directory x run -- streamlit run app.py",
            "poetry run streamlit run app.py",
            "pipenv run python -m streamlit run app.py",
            "conda run -n env streamlit run app.py",
            "nohup streamlit run app.py > out.log 2>&1 &",
            "exec streamlit run app.py",
            "sudo -u www nice -n 5 streamlit run app.py",
            "cd /srv && . venv/bin/activate; streamlit run app.py",
            "streamlit --log_level debug run app.py",
            "streamlit run \\\n  app.py",
            "streamlit run 'app.py' # the app",
            "(streamlit run app.py)",
        ] {
            assert_eq!(line(text).script, Some("app.py".into()), "the script of “{text}”");
        }
    }

    #[test]
    fn options_are_read_as_streamlit_reads_them() {
        for (text, expected) in [
            ("streamlit run app.py --server.port=8501", vec![("server.port", "8501")]),
            ("streamlit run app.py --server.port 8501", vec![("server.port", "8501")]),
            ("streamlit run --server.headless true app.py", vec![("server.headless", "true")]),
            ("streamlit run app.py --server.headless", vec![("server.headless", "true")]),
            ("streamlit run app.py x --server.port 1 y", vec![("server.port", "1")]),
            ("streamlit run app.py -- --server.port 1", vec![]),
            (
                "streamlit run app.py --server.folderWatchList a --server.folderWatchList=b=c",
                vec![("server.folderWatchList", "a"), ("server.folderWatchList", "b=c")],
            ),
            ("streamlit run app.py --server.baseUrlPath ''", vec![("server.baseUrlPath", "")]),
        ] {
            let command = line(text);
            assert_eq!(command.script, Some("app.py".into()), "the script of “{text}”");
            assert_eq!(flags(&command), expected, "the options of “{text}”");
        }
    }

    #[test]
    fn a_word_after_an_option_is_its_value_whatever_it_looks_like() {
        let command = line("streamlit run --server.headless app.py");
        assert_eq!((command.script.clone(), flags(&command)), (None, vec![("server.headless", "app.py")]));
        assert_eq!(line("streamlit run -- app.py --server.port=1").script, Some("app.py".into()));
        assert_eq!(line("streamlit run https://example.org/app.py").script, None);
        assert_eq!(line("streamlit run").script, None);
    }

    #[test]
    fn interpreter_module_and_variables_are_kept() {
        let command = line("A=b env C='d e' /v/bin/python -m streamlit run 'my app.py'");
        assert_eq!(command.python, Some("/v/bin/python".into()));
        assert_eq!(command.script, Some("my app.py".into()));
        assert!(command.as_module, "python -m puts the working folder first");
        assert_eq!(command.variables, [("A".into(), "b".into()), ("C".into(), "d e".into())]);
        assert_eq!(line("/v/bin/streamlit run a.py").python, Some("/v/bin/streamlit".into()));
        assert_eq!(line("streamlit run a.py").python, None);
        let as_proc_shows_it = line("/v/bin/python3 /v/bin/streamlit run a.py");
        assert_eq!((as_proc_shows_it.python, as_proc_shows_it.as_module), (Some("/v/bin/python3".into()), false));
    }

    #[test]
    fn other_commands_are_none() {
        for text in [
            "",
            "streamlit",
            "streamlit --version",
            "echo streamlit run app.py",
            "python app.py streamlit run",
            "python -c 'import streamlit' run app.py",
            "python -m pip install streamlit run",
            "uv pip install streamlit",
            "# streamlit run app.py",
            "pip install streamlit && run app.py",
            "env",
            "python -m",
        ] {
            assert_eq!(LaunchCommand::parse_line(text.as_bytes()), None, "“{text}” does not run a script");
        }
    }

    #[test]
    fn what_is_run_besides_scripts_is_told_apart() {
        assert_eq!(line("streamlit run").target, LaunchTarget::Default);
        assert_eq!(line("streamlit run app.py").target, LaunchTarget::Script);
        assert_eq!(line("python -m streamlit hello --server.port 1").target, LaunchTarget::Hello);
        assert_eq!(line("streamlit hello app.py").script, None);
        let address = "https://example.org/app.py";
        assert_eq!(line(&format!("streamlit run {address}")).target, LaunchTarget::Address(address.to_owned()));
    }

    #[test]
    fn a_script_that_is_not_utf8_is_kept_as_it_is() {
        let name = OsString::from_vec(b"a\xff\n.py".to_vec());
        let command = LaunchCommand::parse(&["streamlit".into(), "run".into(), name.clone()]).expect("it runs");
        assert_eq!(command.script, Some(name.into()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(line in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = LaunchCommand::parse_line(&line);
        }

        #[test]
        fn any_words_are_survived(words in prop::collection::vec("(streamlit|run|python|-m|--|-|env|uv|=|A=b|--x|--x=|[ -~]{0,4})", 0..9)) {
            let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
            let _ = LaunchCommand::parse(&words);
        }
    }
}
