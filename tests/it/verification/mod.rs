//! The checks against real limits, real files and real apps; above all, that they fail where they should.

mod added;
mod apps;
mod at_boot;
mod program;
mod settings;
pub(crate) mod trial;

use crate::support::streamlit::{Installed, Project};
use inotify_doctor::machine::Places;
use inotify_doctor::progress::Progress;
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::verification::{self, Check, Expectation};

/// A project of so many folders in `data`, and the folder itself.
fn project_of(folders: usize) -> Project {
    let names: Vec<String> = (0..folders).map(|number| format!("data/{}/{number}/", number % 7)).collect();
    let mut files = vec![("app.py", "import streamlit\nstreamlit.title('hello')\n")];
    files.extend(names.iter().map(|name| (name.as_str(), "")));
    Project::of(&files)
}

/// Folders that [`project_of`] makes besides those asked for: the project, `data` and the seven in it.
const BESIDES: usize = 9;

fn request(project: &Project, with: &Installed) -> Request {
    Request {
        project: Some(project.path("project")),
        script: Some(project.launch().script),
        python: Some(with.python.executable.clone()),
        variables: project.launch().variables,
        ..Request::default()
    }
}

fn survey(project: &Project, with: &Installed) -> Survey {
    Survey::take(&request(project, with), &Progress::default()).expect("the project can be surveyed")
}

fn survey_at(places: Places, project: &Project, with: &Installed) -> Survey {
    let request = Request { places, ..request(project, with) };
    Survey::take(&request, &Progress::default()).expect("the project can be surveyed")
}

fn checks(survey: &Survey, expected: &Expectation) -> Vec<Check> {
    verification::run(survey, expected, &Progress::default()).expect("nobody cancels")
}

/// The check of that name.
#[track_caller]
fn check(checks: &[Check], id: &str) -> Check {
    checks.iter().find(|check| check.id() == id).unwrap_or_else(|| panic!("{id} is checked: {checks:?}")).clone()
}
