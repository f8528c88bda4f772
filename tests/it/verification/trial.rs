//! The trial launch of real apps, good and bad: what is counted, and that nothing stays behind.

use super::{check, checks, project_of, survey};
use crate::support::streamlit::{Project, installations};
use inotify_doctor::progress::Progress;
use inotify_doctor::survey::Survey;
use inotify_doctor::verification::trial::{self, Patience};
use inotify_doctor::verification::{Check, Expectation, Facts, Outcome, Trial, TrialEnd};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

const SHORT: Patience = Patience { start: Duration::from_secs(2), run: Duration::from_secs(30) };

fn try_out(survey: &Survey, patience: Patience) -> (Check, Trial) {
    let check = trial::run(survey, patience, &Progress::default()).expect("nobody cancels");
    let Facts::Trial(trial) = check.facts.clone() else { panic!("it is about a trial") };
    (check, trial)
}

#[test]
fn a_trial_counts_exactly_what_was_forecast() {
    for with in installations() {
        let imports = "import streamlit\nimport lib.x\n";
        let project = Project::of(&[("app.py", imports), ("lib/x.py", ""), ("data/a/b/", ""), ("data/c/", "")]);
        let survey = survey(&project, &with);
        let (check, trial) = try_out(&survey, Patience::default());
        assert_eq!((check.outcome, &trial.end), (Outcome::Passed, &TrialEnd::Counted), "{}: {trial:?}", with.name);
        assert_eq!(trial.watches, trial.need, "with {}", with.name);
        let instances = survey.project.as_ref().unwrap().streamlit.as_ref().unwrap().need.instances;
        assert_eq!(trial.instances, instances, "with {}", with.name);
    }
}

/// An app that notes its own process and one that it starts, and then does this.
pub(crate) fn app_that(does: &str) -> Project {
    let text = format!(
        "import os, subprocess\nimport streamlit\nchild = subprocess.Popen(['sleep', '600'])\n\
         open('pids', 'w').write(f'{{os.getpid()}} {{child.pid}} .')\n{does}\n"
    );
    Project::of(&[("app.py", &text)])
}

/// The processes that were noted; `None` while they are not.
pub(crate) fn noted(project: &Project) -> Option<Vec<u32>> {
    let text = fs::read_to_string(project.path("project/pids")).ok()?;
    let pids = text.strip_suffix(" .")?;
    Some(pids.split(' ').map(|pid| pid.parse().expect("a process id")).collect())
}

#[track_caller]
pub(crate) fn nothing_is_left(project: &Project) {
    let pids = noted(project).expect("the app has run");
    let runs = |pid: &u32| {
        let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // A dead orphan that nobody has taken note of yet is no process any more.
        !state.is_empty() && !state.contains(") Z ")
    };
    let start = Instant::now();
    while pids.iter().any(runs) {
        assert!(start.elapsed() < Duration::from_secs(10), "one of {pids:?} was left behind");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Waits until nobody is left in the process group that the app was started in.
#[track_caller]
pub(crate) fn nobody_is_left_in_its_group(project: &Project) {
    let app = noted(project).expect("the app has run")[0];
    let start = Instant::now();
    while let Some(left) = members_of(app) {
        assert!(start.elapsed() < Duration::from_secs(10), "in the group {app} is still {left}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// What /proc says of the first live member of a process group.
fn members_of(group: u32) -> Option<String> {
    let processes = fs::read_dir("/proc").expect("/proc is there").filter_map(Result::ok);
    let mut stats = processes.filter_map(|process| fs::read_to_string(process.path().join("stat")).ok());
    stats.find(|stat| {
        // After the name in parentheses: state, parent, group.
        let rest: Vec<&str> = stat.rsplit_once(") ").map(|(_, rest)| rest.split(' ').collect()).unwrap_or_default();
        rest.first() != Some(&"Z") && rest.get(2) == Some(&group.to_string().as_str())
    })
}

#[test]
fn an_app_that_dies_says_how_and_leaves_nothing() {
    let project = app_that("print('no database', flush=True)\nos._exit(3)");
    let (check, trial) = try_out(&survey(&project, &installations()[0]), Patience::default());
    assert_eq!(check.outcome, Outcome::CouldNotRun);
    let TrialEnd::Died { status, said } = &trial.end else { panic!("{trial:?}") };
    assert_eq!((status.as_str(), said.as_str()), ("exit status 3", "no database"));
    nothing_is_left(&project);
}

#[test]
fn an_inotify_error_in_its_log_fails() {
    let project = app_that("print('OSError: [Errno 28] inotify watch limit reached', flush=True)");
    let (check, trial) = try_out(&survey(&project, &installations()[0]), Patience::default());
    assert_eq!((check.outcome, &trial.end), (Outcome::Failed, &TrialEnd::Counted), "{trial:?}");
    assert_eq!(trial.error.as_deref(), Some("OSError: [Errno 28] inotify watch limit reached"));
    nothing_is_left(&project);
}

/// A program in place of Python.
fn stand_in(project: &Project, survey: &mut Survey, script: &str) {
    let path = project.path("python");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    survey.project.as_mut().unwrap().python.as_mut().unwrap().executable = path;
}

#[test]
fn a_program_that_never_answers_and_ignores_every_request_is_killed() {
    let project = project_of(3);
    let mut survey = survey(&project, &installations()[0]);
    let stubborn = "trap '' INT TERM\n(trap '' INT TERM; while :; do sleep 1; done) &\necho waiting\n\
                    printf '%s %s .' $$ $! > pids\nwhile :; do sleep 1; done";
    stand_in(&project, &mut survey, stubborn);
    let (check, trial) = try_out(&survey, SHORT);
    assert_eq!(check.outcome, Outcome::CouldNotRun);
    assert_eq!(trial.end, TrialEnd::NoSession { said: "waiting".into() });
    nothing_is_left(&project);
}

/// Shell commands that start what does its best to stay: a session of its own that ignores every request, and one whose
/// parent is gone at once. Notes the process ids, that of the shell first and that of its parent last.
const STARTS_STAYERS: &str = "stays='trap \"\" HUP INT TERM; echo $$ >$0.new; mv $0.new $0; while :; do sleep 1; done'
setsid sh -c \"$stays\" one &
(setsid sh -c \"$stays\" two & exit) &
until [ -e one ] && [ -e two ]; do sleep 0.01; done
printf '%s .' \"$$ $(cat one) $(cat two) $PPID\" >pids
";

#[test]
fn what_has_made_a_session_of_its_own_is_ended_too() {
    let project = project_of(3);
    let mut survey = survey(&project, &installations()[0]);
    let stubborn = format!("{STARTS_STAYERS}trap '' INT TERM\nwhile :; do sleep 1; done");
    stand_in(&project, &mut survey, &stubborn);
    let (_, trial) = try_out(&survey, SHORT);
    assert_eq!(trial.end, TrialEnd::NoSession { said: String::new() });
    nothing_is_left(&project);
}

#[test]
fn what_an_app_leaves_when_it_dies_is_ended() {
    for (end, status) in [("exit 4", "exit status 4"), ("kill -9 $$", "signal 9"), ("kill -TERM $$", "signal 15")] {
        let project = project_of(3);
        let mut survey = survey(&project, &installations()[0]);
        stand_in(&project, &mut survey, &format!("{STARTS_STAYERS}echo going\n{end}"));
        let (_, trial) = try_out(&survey, SHORT);
        assert_eq!(trial.end, TrialEnd::Died { status: status.into(), said: "going".into() });
        nothing_is_left(&project);
    }
}

#[test]
fn an_app_is_asked_before_it_is_killed() {
    let project = project_of(3);
    let mut survey = survey(&project, &installations()[0]);
    stand_in(
        &project,
        &mut survey,
        "trap 'echo asked >asked; exit' INT\nprintf '%s .' $$ >pids\nwhile :; do sleep 0.1; done",
    );
    // Long enough for a shell to have set its trap on a busy machine.
    let (_, trial) = try_out(&survey, Patience { start: Duration::from_secs(6), ..SHORT });
    assert!(project.path("project/asked").exists(), "it was told by SIGINT: {trial:?}");
    nothing_is_left(&project);
}

#[test]
fn a_program_that_writes_without_end_does_not_keep_the_trial() {
    let project = project_of(3);
    let mut survey = survey(&project, &installations()[0]);
    stand_in(&project, &mut survey, "printf '%s .' $$ > pids\nexec yes");
    let (_, trial) = try_out(&survey, SHORT);
    assert_eq!(trial.end, TrialEnd::NoSession { said: "y".into() });
    nothing_is_left(&project);
}

#[test]
fn a_cancel_in_the_middle_ends_the_app() {
    let project = app_that("import time\nwhile True:\n    time.sleep(0.1)");
    let survey = survey(&project, &installations()[0]);
    let progress = Progress::default();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let start = Instant::now();
            while noted(&project).is_none() && start.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_millis(10));
            }
            progress.cancel();
        });
        trial::run(&survey, Patience::default(), &progress).expect_err("it is cancelled");
    });
    nothing_is_left(&project);
    nobody_is_left_in_its_group(&project);
}

#[test]
fn all_that_the_app_has_started_ends_with_the_program_that_was_killed_during_the_trial() {
    let starts = STARTS_STAYERS.replace("$PPID", "$PPID $(($(ps -o ppid= $PPID)))");
    let text = format!(
        "import subprocess, time\nimport streamlit\nsubprocess.run(['sh', '-c', '''{starts}'''])\n\
         while True:\n    time.sleep(0.1)\n"
    );
    let project = Project::of(&[("app.py", &text)]);
    let mut program = super::program::trial(&project, &installations()[0]).spawn().unwrap();
    let start = Instant::now();
    while noted(&project).is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "the app is run");
        std::thread::sleep(Duration::from_millis(10));
    }
    program.kill().unwrap();
    program.wait().unwrap();
    nothing_is_left(&project);
}

#[test]
fn ending_the_program_in_the_middle_ends_all_that_the_app_has_started() {
    let project = app_that("import time\nwhile True:\n    time.sleep(0.1)");
    let mut program = super::program::trial(&project, &installations()[0]).spawn().expect("the program starts");
    let start = Instant::now();
    while noted(&project).is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "the app is run");
        std::thread::sleep(Duration::from_millis(10));
    }
    let pid = Pid::from_raw(i32::try_from(program.id()).expect("a process id")).expect("a process id");
    kill_process(pid, Signal::INT).expect("it runs");
    assert_eq!(program.wait().expect("it ends").code(), Some(2), "it ends by itself, without a result");
    nothing_is_left(&project);
}

#[test]
fn what_is_shown_beforehand_is_what_is_started() {
    let project = app_that("open('command', 'w').write(open('/proc/self/cmdline').read())");
    let survey = survey(&project, &installations()[0]);
    let shown = trial::Preview::of(&survey).expect("it can be started");
    assert_eq!(noted(&project), None, "looking at it starts nothing");
    assert_eq!(shown.cwd, project.path("project"));
    try_out(&survey, Patience::default());
    let command = fs::read_to_string(project.path("project/command")).expect("the app has run");
    let words: Vec<&str> = command.trim_end_matches('\0').split('\0').collect();
    assert_eq!(words.len(), shown.command.len(), "{words:?}");
    for (run, shown) in words.iter().zip(&shown.command) {
        let shown = shown.to_str().expect("plain words");
        let same = shown.strip_suffix(trial::Preview::PORT).map_or(*run == shown, |start| run.starts_with(start));
        assert!(same, "{run} was shown as {shown}");
    }
    nothing_is_left(&project);
}

#[test]
fn the_other_checks_start_nothing() {
    let project = app_that("");
    check(&checks(&survey(&project, &installations()[0]), &Expectation::default()), "watches-added");
    assert_eq!(noted(&project), None, "the app was not run");
}
