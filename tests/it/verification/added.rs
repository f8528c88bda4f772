//! Watches really added below a private limit, and all of them given back.

use super::program::{below, list};
use super::{BESIDES, check, project_of, survey};
use crate::support::streamlit::{Held, Project, installations};
use crate::support::world::in_another_process;
use inotify_doctor::machine::NamespaceLimits;
use inotify_doctor::machine::Places;
use inotify_doctor::progress::Progress;
use inotify_doctor::survey::RunningApp;
use inotify_doctor::verification::{self, Expectation, Facts, Outcome};
use inotify_doctor::words::{Language, Words};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

#[test]
fn a_limit_of_exactly_the_need_passes() {
    let (project, with) = (project_of(60), &installations()[0]);
    let need = project.forecast(with).need.watches;
    assert_eq!(need, 60 + BESIDES as u64);
    let (status, checks) = list(&mut below(need, &project, with, &[]));
    assert_eq!(checks["watches-added"]["passed"], true, "{checks:#?}");
    assert_eq!(checks["limit-now"]["passed"], true, "{checks:#?}");
    let told = checks["limit-now"]["detail"].as_str().expect("a sentence");
    assert!(told.contains("In this user namespace this account may hold 69 watches"), "{told}");
    assert_eq!(status, 0);
}

#[test]
fn a_limit_of_one_less_fails_at_the_folder_that_a_real_app_misses() {
    let (project, with) = (project_of(60), &installations()[0]);
    let need = project.forecast(with).need.watches;
    let missed = missed_by_real_app(need - 1, &project);
    assert_eq!(missed.len(), 1, "the app misses one folder");

    let (status, checks) = list(&mut below(need - 1, &project, with, &[]));
    assert_eq!(checks["watches-added"]["passed"], false, "{checks:#?}");
    assert_eq!(checks["limit-now"]["passed"], false, "{checks:#?}");
    let told = checks["watches-added"]["detail"].as_str().expect("a sentence");
    assert!(told.contains("68 more could be added"), "{told}");
    assert!(told.contains(&format!("refused {} with errno 28 (ENOSPC)", missed[0].display())), "{told}");
    assert_eq!(status, 1);
}

fn missed_by_real_app(limit: u64, project: &Project) -> Vec<PathBuf> {
    let plain = project.command(&installations()[0]);
    let mut command = super::program::limited(limit);
    command.arg(plain.get_program()).args(plain.get_args()).current_dir(plain.get_current_dir().unwrap());
    let variables = plain.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let output = command.env_clear().envs(variables).output().unwrap();
    let held = Held::read(&output.stdout).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let inodes: HashSet<u64> = held.0.iter().flatten().map(|(inode, _)| *inode).collect();
    let mut missed = Vec::new();
    each_folder(&project.path("project"), &mut |folder| {
        if !inodes.contains(&folder.metadata().unwrap().ino()) {
            missed.push(folder.to_path_buf());
        }
    });
    missed
}

fn each_folder(folder: &Path, found: &mut dyn FnMut(&Path)) {
    found(folder);
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            each_folder(&entry.path(), found);
        }
    }
}

/// Folders of the project that is checked again and again in one process.
const FOLDERS: usize = 3_000;

#[test]
fn everything_is_released_after_success_failure_and_cancel() {
    const LIMIT: &str = "echo $LIMIT > /proc/sys/user/max_inotify_watches && exec \"$@\"";
    let limit = (FOLDERS + BESIDES).to_string();
    let wrapper = ["unshare", "-Ur", "sh", "-ec", LIMIT, "sh"];
    in_another_process(&wrapper, &[("LIMIT", OsStr::new(&limit))], || {
        let limits = NamespaceLimits::read(&Places::default()).expect("a private limit");
        assert_eq!(limits.watches, (FOLDERS + BESIDES) as u64);
        let (project, with) = (project_of(FOLDERS), &installations()[0]);
        let (fits, descriptors) = (survey(&project, with), descriptors());
        let passes = |why: &str| {
            let added = check(&super::checks(&fits, &Expectation::default()), "watches-added");
            assert_eq!(added.outcome, Outcome::Passed, "{why}: {added:?}");
            assert_eq!(self::descriptors(), descriptors, "{why}: no file stays open");
        };
        passes("with exactly enough watches");
        passes("a second time, because the first were released");

        cancelled_in_the_middle(&fits);
        passes("after a cancel");

        std::fs::create_dir(project.path("project/one more")).unwrap();
        let short = survey(&project, with);
        let added = check(&super::checks(&short, &Expectation::default()), "watches-added");
        assert!(matches!(&added.facts, Facts::Added(added) if added.added == (FOLDERS + BESIDES) as u64), "{added:?}");
        assert_eq!(added.outcome, Outcome::Failed);
        passes("after a refusal");
        let account = survey(&project, with).machine.holders.account;
        assert_eq!((account.watches, account.instances), (0, 0), "the account holds what it held before");
    });
}

/// Cancels while folders are being added, which may take a few attempts.
fn cancelled_in_the_middle(survey: &inotify_doctor::survey::Survey) {
    let in_the_middle = (0..500).any(|_| {
        let progress = Progress::default();
        let canceller = progress.clone();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                // The checks before it count nothing here: no app runs.
                while canceller.counted().0 < 100 {
                    std::hint::spin_loop();
                }
                canceller.cancel();
            });
            verification::run(survey, &Expectation::default(), &progress).is_err()
        })
    });
    assert!(in_the_middle, "one of many attempts is cancelled before its end");
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

#[test]
fn room_that_the_app_gave_back_meanwhile_proves_nothing() {
    let (with, project) = (&installations()[0], project_of(20));
    let mut before = survey(&project, with);
    // As it was a moment ago, when an app at the limit held everything; by now it has let go.
    let limit = before.machine.watch_limit().expect("the limit can be read");
    before.machine.holders.account.watches = limit;
    let app = RunningApp { pid: 4711, watches: 9, instances: 1, held: Some(vec![Vec::new()]), ..RunningApp::default() };
    before.project.as_mut().expect("there is a project").running.push(app);
    let found = check(&super::checks(&before, &Expectation::default()), "watches-added");
    assert_eq!(found.outcome, Outcome::CouldNotRun, "what was added and what was held do not fit together: {found:?}");
    assert!(found.sentence(&Words::new(Language::English)).contains("gave back some of its 9"), "it says why");
}

#[test]
fn folders_that_python_has_yet_to_make_are_counted_in() {
    let (with, imports) = (&installations()[0], "import streamlit\nimport lib.x\n");
    let project = Project::of(&[("app.py", imports), ("lib/x.py", ""), ("lib/y.py", "")]);
    let found = check(&super::checks(&survey(&project, with), &Expectation::default()), "watches-added");
    let Facts::Added(added) = found.facts else { panic!("it is about watches") };
    assert_eq!((added.need, added.added, added.stand_ins), (3, 3, 1), "the project, lib and lib/__pycache__");
}

#[test]
fn each_root_of_an_old_watchdog_has_an_instance_of_its_own() {
    let (with, imports) = (&installations()[1], "import streamlit\nimport lib.x\nimport other.y\n");
    let files = [("app.py", imports), ("lib/x.py", ""), ("other/y.py", ""), ("other/deep/", "")];
    let project = Project::of(&files).variable("PYTHONDONTWRITEBYTECODE", "1");
    let held = project.measure(with);
    let checks = super::checks(&survey(&project, with), &Expectation::default());
    let Facts::Instances(instances) = check(&checks, "instances-added").facts else { panic!("it is about instances") };
    assert_eq!((instances.added, instances.refused), (held.instances(), None), "as many as the real app opens");
    let Facts::Added(added) = check(&checks, "watches-added").facts else { panic!("it is about watches") };
    assert_eq!((added.added, added.stand_ins), (held.watches(), 0), "as many as the real app holds");
}
