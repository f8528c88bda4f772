//! Preview of what a trial would start, told before anything is started.

use super::{Check, Trial, TrialEnd, app, judged};
use crate::diagnosis::Budget;
use crate::project::{Launch, Python, Streamlit};
use crate::survey::Survey;
use std::ffi::OsString;
use std::path::PathBuf;

/// The command that a trial would run, to be shown before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The command; in place of the port, which is chosen when it starts, stands [`Preview::PORT`].
    pub command: Vec<OsString>,
    /// The folder it is run in.
    pub cwd: PathBuf,
}

impl Preview {
    /// Stands for a port that is free at that moment.
    pub const PORT: &str = "PORT";

    /// Returns what [`super::run`] would start. Looks for the program.
    ///
    /// # Errors
    /// What `run` would come to without starting anything.
    pub fn of(survey: &Survey) -> Result<Self, Box<Check>> {
        let (launch, _, python) = startable(survey)?;
        Ok(Self { command: app::command_line(launch, python, Self::PORT), cwd: launch.cwd.clone() })
    }
}

/// Returns how the app is started, what it will take, and with which interpreter; or what keeps it from being tried.
pub(super) fn startable(survey: &Survey) -> Result<(&Launch, &Streamlit, &Python), Box<Check>> {
    let not = |need, end| Box::new(judged(Trial::ended(need, end)));
    let project = survey.project.as_ref();
    let known = project.and_then(|project| Some((project.launch.as_ref()?, project.streamlit.as_ref()?)));
    let (launch, streamlit) = known.ok_or_else(|| not(0, TrialEnd::NoScript))?;
    let need = streamlit.need.watches;
    let python = project.and_then(|project| project.python.as_ref()).filter(|python| python.streamlit.is_some());
    let python = python.ok_or_else(|| not(need, TrialEnd::NoPython))?;
    let sums = Budget::of(survey).watches;
    let running = project.iter().flat_map(|project| &project.running).find(|app| app.watches > 0);
    match running.filter(|_| sums.free().is_some_and(|free| free < need)) {
        Some(app) => Err(not(need, TrialEnd::NoRoomBeside { pid: app.pid })),
        None => Ok((launch, streamlit, python)),
    }
}
