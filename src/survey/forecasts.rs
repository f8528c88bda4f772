//! Forecasts of one survey, all counted in the one inventory: apps of a project are mostly launched alike.

use crate::progress::{Cancelled, Progress};
use crate::project::streamlit::{Gap, Surroundings};
use crate::project::{Inventory, Launch, Python, Streamlit};
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The forecasts made so far, each with what it was made for.
pub(super) struct Forecasts<'a> {
    inventory: &'a mut Inventory,
    around: Surroundings,
    made: Vec<(Launch, Option<Python>, Streamlit)>,
}

impl<'a> Forecasts<'a> {
    pub(super) fn new(inventory: &'a mut Inventory) -> Self {
        Self { inventory, around: Surroundings::here(), made: Vec::new() }
    }

    /// Forecasts what `launch` will do with `python`: made once, however many are launched like that.
    pub(super) fn of(
        &mut self,
        launch: &Launch,
        python: Option<&Python>,
        progress: &Progress,
    ) -> Result<Streamlit, Cancelled> {
        let known = self.made.iter().find(|(other, with, _)| same_launch(launch, other) && same(python, with.as_ref()));
        if let Some((.., streamlit)) = known {
            return Ok(streamlit.clone());
        }
        let streamlit = Streamlit::forecast_in(&self.around, launch, python, self.inventory, progress)?;
        self.made.push((launch.clone(), python.cloned(), streamlit.clone()));
        Ok(streamlit)
    }

    /// Compares what a running app holds with what it should hold.
    pub(super) fn gap(
        &mut self,
        streamlit: &Streamlit,
        held: &[Vec<(u64, u64)>],
        progress: &Progress,
    ) -> Result<Gap, Cancelled> {
        streamlit.gap(held, self.inventory, progress)
    }

    /// The inode number of a folder that was walked.
    pub(super) fn inode(&self, folder: &Path) -> Option<u64> {
        let (index, node) = self.inventory.find(folder)?;
        index.id(node).map(|id| id.inode)
    }
}

/// Two terminals differ in a few variables that no app goes by. Any other one may name a folder that a script imports
/// from.
fn same_launch(one: &Launch, other: &Launch) -> bool {
    const OF_THE_TERMINAL: [&str; 4] = ["_", "SHLVL", "OLDPWD", "WINDOWID"];
    let kept = |(name, _): &(&OsString, &OsString)| !OF_THE_TERMINAL.iter().any(|one| *name == OsStr::new(one));
    let Launch { script, cwd, flags, as_module, variables } = one;
    (script, cwd, flags, as_module) == (&other.script, &other.cwd, &other.flags, &other.as_module)
        && variables.iter().filter(kept).eq(other.variables.iter().filter(kept))
}

/// The same interpreter with the same packages, however it was found.
fn same(one: Option<&Python>, other: Option<&Python>) -> bool {
    let about = |python: &Python| Python { found_by: crate::project::python::FoundBy::Chosen, ..python.clone() };
    one.map(about) == other.map(about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apps_launched_alike_are_forecast_once() {
        let project = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(project.path().join("app.py"), "import streamlit\n").expect("a file can be written");
        let launch = |level: &str, with: &str| Launch {
            script: project.path().join("app.py"),
            cwd: project.path().to_path_buf(),
            variables: [("SHLVL", level), ("WITH", with)].map(|(name, value)| (name.into(), value.into())).into(),
            ..Launch::default()
        };
        let mut inventory = Inventory::default();
        let mut forecasts = Forecasts::new(&mut inventory);
        let mut need = |launch| forecasts.of(&launch, None, &Progress::default()).expect("not cancelled").need.watches;
        let first = need(launch("1", "a"));
        std::fs::create_dir(project.path().join("new")).expect("a folder can be made");
        assert_eq!(need(launch("2", "a")), first, "the project is not walked again for the same launch");
        assert_eq!(need(launch("2", "b")), first, "nor for another one");
        assert_eq!(forecasts.made.len(), 2, "another environment is another launch");
    }
}
