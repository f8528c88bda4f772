//! Real apps that run with old settings, or that silently miss folders.

use super::program::limited;
use super::{BESIDES, check, checks, project_of, survey};
use crate::support::streamlit::{Installed, Project, installations};
use inotify_doctor::verification::{BeforeAfter, Expectation, Facts, HoldsAll, Outcome};
use inotify_doctor::words::{Language, Words};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A real app with one session open, ended when dropped.
struct Running {
    holder: Child,
    pid: u32,
}

impl Running {
    fn start(project: &Project, with: &Installed, limit: Option<u64>) -> Self {
        let plain = project.command(with);
        let mut command = limit.map_or_else(|| Command::new("env"), limited);
        command.arg(plain.get_program()).args(plain.get_args()).current_dir(plain.get_current_dir().unwrap());
        let variables = plain.get_envs().filter_map(|(name, value)| Some((name, value?)));
        command.env_clear().envs(variables).env("HOLD", "1").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut holder = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(holder.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let report: serde_json::Value = serde_json::from_str(&line).unwrap();
        let pid = report["pid"].as_u64().unwrap_or_else(|| panic!("the app runs: {line}"));
        Self { holder, pid: u32::try_from(pid).unwrap() }
    }
}

impl Drop for Running {
    /// The holder ends the app when its input ends.
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        let _ = self.holder.wait();
    }
}

#[test]
fn an_app_that_runs_with_old_settings_fails_until_it_is_restarted() {
    let (project, with) = (project_of(30), &installations()[0]);
    // A running app watches folders that are made later, too.
    std::fs::create_dir(project.path("project/.streamlit")).unwrap();
    let need = 31 + BESIDES as u64;
    let app = Running::start(&project, with, None);
    let before = survey(&project, with);
    let found = checks(&before, &Expectation::default());
    assert_eq!(check(&found, "running-apps").outcome, Outcome::Passed, "{found:?}");
    assert_eq!(check(&found, "app-holds-all").outcome, Outcome::Passed, "{found:?}");
    let Facts::Added(added) = check(&found, "watches-added").facts else { panic!("it is about watches") };
    assert_eq!((added.held, added.app, added.added), (need, Some(app.pid), 0), "the app holds all: none is added");

    std::fs::write(project.path("project/.streamlit/config.toml"), "[server]\nfileWatcherType = \"none\"\n").unwrap();
    let found = check(&checks(&survey(&project, with), &Expectation::default()), "running-apps");
    assert_eq!(found.outcome, Outcome::Failed, "{found:?}");
    let Facts::RunningApps(ages) = &found.facts else { panic!("it is about apps") };
    let changed = ages[0].changed_since.as_ref().expect("the file was changed since");
    assert_eq!(changed.path, project.path("project/.streamlit/config.toml"));
    assert_eq!((ages[0].pid, ages[0].watches, ages[0].after_restart), (app.pid, Some(need), 0));
    let told = found.sentence(&Words::new(Language::English));
    assert!(told.contains("It holds 40 watches; restarted, it will hold 0."), "{told}");

    drop(app);
    let _again = Running::start(&project, with, None);
    let after = survey(&project, with);
    let found = checks(&after, &Expectation::default());
    assert_eq!(check(&found, "running-apps").outcome, Outcome::Passed, "{found:?}");
    let compared = BeforeAfter::of(&before, &after);
    assert_eq!((compared.before.need, compared.after.need), (need, 0));
    assert_eq!((compared.before.gaps, compared.after.gaps), (Some(0), Some(0)));
}

#[test]
fn an_app_that_silently_misses_folders_fails_by_their_names() {
    let (project, with) = (project_of(30), &installations()[0]);
    let app = Running::start(&project, with, Some(30));
    let found = check(&checks(&survey(&project, with), &Expectation::default()), "app-holds-all");
    assert_eq!(found.outcome, Outcome::Failed, "{found:?}");
    let Facts::HoldsAll(apps) = &found.facts else { panic!("it is about what apps hold") };
    assert_eq!(apps[0].pid, app.pid);
    let HoldsAll::Gap { watches, expected, unwatched_count, unwatched } = &apps[0].holds else { panic!("a gap") };
    assert_eq!((*watches, *expected, *unwatched_count, unwatched.len()), (30, 39, 9, 9));
    let told = found.sentence(&Words::new(Language::English));
    assert!(told.contains(&unwatched[0].display().to_string()), "{told}");
}

#[test]
fn an_app_with_an_old_watchdog_that_holds_all_needs_nothing_added() {
    let (with, imports) = (&installations()[1], "import streamlit\nimport lib.x\n");
    let project = Project::of(&[("app.py", imports), ("lib/x.py", ""), ("lib/deep/", "")]);
    let app = Running::start(&project, with, None);
    let found = checks(&survey(&project, with), &Expectation::default());
    let Facts::Instances(instances) = check(&found, "instances-added").facts else { panic!("it is about instances") };
    assert_eq!((instances.held, instances.added), (instances.need, 0));
    let Facts::Added(added) = check(&found, "watches-added").facts else { panic!("it is about watches") };
    assert_eq!(
        (added.app, added.held, added.added),
        (Some(app.pid), added.need, 0),
        "folders of two roots count twice"
    );
    assert_eq!(added.need, 7, "four folders, three of which are in lib as well");
}
