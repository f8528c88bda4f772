//! Errors that surely end the app: where, and why.

use super::value::Value;
use super::{Flow, Interpreter};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The place where the script ends with an error, with all that comes after it not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The reason.
    pub reason: StopReason,
}

/// Reasons why a script ends with an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// A module that is neither installed nor in the project, by its dotted name.
    MissingModule(String),
    /// A relative import in a file that is in no package, or that leads out of its package.
    OutsidePackage(String),
    /// A name that the installed package does not have.
    MissingName {
        /// The module.
        module: String,
        /// The name.
        name: String,
    },
    /// The file is no valid code for this Python: a mistake, or written for Python 2.
    Syntax,
    /// An entry of `st.secrets`; `no_file`: there is no secrets file at all.
    MissingSecret {
        /// The key, dotted.
        key: String,
        /// There is no secrets file.
        no_file: bool,
    },
    /// A file that is opened and is not there.
    MissingFile(PathBuf),
    /// A variable of the environment, read without a default.
    MissingVariable(String),
    /// A page of `st.navigation` or `st.switch_page` that is not there.
    MissingPage(PathBuf),
    /// A name that is defined nowhere.
    UndefinedName(String),
    /// A dictionary is asked for a key that it does not have.
    MissingKey(String),
    /// A list is asked for an entry beyond its end.
    MissingPlace,
    /// Something is asked of a value that is `None`: an attribute or key of this name, or a call.
    OfNone(String),
    /// A function of the project, by its name, is called with arguments that it does not take.
    WrongArguments(String),
    /// A module is asked for a name while it is being imported itself, before the name is there.
    Circular {
        /// The module.
        module: String,
        /// The name.
        name: String,
    },
    /// The project's own code raises an exception of this class.
    Raised(String),
}

/// An exception on its way.
#[derive(Clone, Debug)]
pub(super) struct Raised {
    /// The class.
    pub(super) class: Rc<str>,
    /// The place and the reason, where it is raised for sure.
    pub(super) stop: Option<Rc<Stop>>,
}

impl Raised {
    /// An exception of which neither place nor reason is known.
    pub(super) fn of(class: &str) -> Self {
        Self { class: class.into(), stop: None }
    }

    /// The same exception, raised perhaps.
    pub(super) fn in_doubt(self) -> Self {
        Self { stop: None, ..self }
    }
}

/// An exception of any class, raised by foreign code.
pub(super) const ANY_CLASS: &str = "?";

impl Interpreter<'_> {
    /// An exception raised by the statement that runs.
    pub(super) fn exception(&self, class: &str, reason: StopReason) -> Raised {
        let (file, line) = self.place.clone();
        let stop = (!self.in_doubt()).then(|| Rc::new(Stop { file, line, reason }));
        Raised { class: class.into(), stop }
    }

    /// Ends the statement with an exception.
    pub(super) fn raise_for(&mut self, class: &str, reason: StopReason) -> Value {
        let raised = self.exception(class, reason);
        self.raise(Flow::Raise(raised))
    }

    /// Ends with the mistake in a file.
    pub(super) fn raise_syntax(&self, file: &Path, line: usize) -> Flow {
        let stop = Stop { file: file.to_path_buf(), line, reason: StopReason::Syntax };
        Flow::Raise(Raised { class: "SyntaxError".into(), stop: (!self.in_doubt()).then(|| Rc::new(stop)) })
    }

    /// Keeps that foreign code may have raised here: it asks a network, a database, another program.
    pub(super) fn may_raise(&mut self) {
        if !self.exits.raises.iter().any(|raised| &*raised.class == ANY_CLASS) {
            self.exits.raises.push(Raised::of(ANY_CLASS));
        }
    }
}
