//! How the app is started: the command as typed, and everything else that decides what Streamlit will do.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// A `streamlit run` command line, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaunchCommand {
    /// The script as it stands in the command; `None` when the command names none or a URL.
    pub script: Option<PathBuf>,
    /// Streamlit's own options in order: `("server.port", "8501")`; a flag without value is `"true"`.
    pub flags: Vec<(String, String)>,
    /// The interpreter, where the command names one (`python -m streamlit run`, `/venv/bin/streamlit`).
    pub python: Option<PathBuf>,
    /// Started as `python -m streamlit`: the working folder stands first on `sys.path`.
    pub as_module: bool,
    /// Assignments before the command (`STREAMLIT_X=y streamlit run …`, `env A=b …`).
    pub variables: Vec<(String, OsString)>,
}

impl LaunchCommand {
    /// Understands a command given as arguments. `None` when it does not run Streamlit.
    #[must_use]
    pub fn parse(_arguments: &[OsString]) -> Option<Self> {
        todo!("filled in by the tree slice")
    }
}

/// Everything that decides which settings an app gets and which folders it watches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// The entry script, absolute, links not resolved.
    pub script: PathBuf,
    /// The folder it is started from.
    pub cwd: PathBuf,
    /// Streamlit's options from the command line, in order.
    pub flags: Vec<(String, String)>,
    /// Started as `python -m streamlit`.
    pub as_module: bool,
    /// The environment: `HOME`, `PYTHONPATH` and `STREAMLIT_*` are looked at.
    pub variables: BTreeMap<OsString, OsString>,
}
