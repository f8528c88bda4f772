//! A limit that is set now and lost at the next boot.

use super::{check, checks, project_of, survey_at};
use crate::support::file_tree::{Tree, file};
use crate::support::streamlit::installations;
use inotify_doctor::machine::Places;
use inotify_doctor::progress::Progress;
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::verification::{AtBootFacts, Check, Expectation, Facts, Outcome};
use inotify_doctor::words::{Language, Words};

/// A machine with this limit now and this file for the next boot.
fn machine(now: u64, memory_kib: u64, sysctl: &str) -> Tree {
    Tree::new(&[
        file("proc/sys/fs/inotify/max_user_watches", format!("{now}\n")),
        file("proc/sys/fs/inotify/max_user_instances", "128\n"),
        file("proc/meminfo", format!("MemTotal: {memory_kib} kB\n")),
        file("etc/sysctl.d/50-limits.conf", sysctl),
    ])
}

fn limit_at_boot(tree: &Tree, expected: &Expectation) -> Check {
    let project = project_of(200);
    check(&checks(&survey_at(tree.places(), &project, &installations()[0]), expected), "limit-at-boot")
}

const NOTHING: &Expectation = &Expectation {
    watcher: None,
    watches_at_boot: None,
    instances_at_boot: None,
    queue_at_boot: None,
    changed: Vec::new(),
    raised: Vec::new(),
};

#[test]
fn a_value_that_is_lost_at_boot_fails_with_the_line_that_wins() {
    let found = limit_at_boot(&machine(524_288, 8 << 20, "fs.inotify.max_user_watches = 100\n"), NOTHING);
    assert_eq!(found.outcome, Outcome::Failed);
    let told = found.sentence(&Words::new(Language::English));
    assert_eq!(
        told,
        "Line 1 of /etc/sysctl.d/50-limits.conf sets it to 100. It has to be at least 209: that is not enough. \
         It is lower than the 524,288 of now."
    );
}

#[test]
fn a_lower_value_that_suffices_passes_unless_another_was_chosen_for_good() {
    let tree = machine(524_288, 8 << 20, "fs.inotify.max_user_watches = 8192\n");
    assert_eq!(limit_at_boot(&tree, NOTHING).outcome, Outcome::Passed);
    let chosen = Expectation { watches_at_boot: Some(524_288), ..NOTHING.clone() };
    assert_eq!(limit_at_boot(&tree, &chosen).outcome, Outcome::Failed, "this program was to set it for good");
    assert_eq!(without_project(tree.places()).outcome, Outcome::Failed, "today's limit is all that is known");
}

fn without_project(places: Places) -> Check {
    let request = Request { places, ..Request::default() };
    let survey = Survey::take(&request, &Progress::default()).expect("a survey of the machine");
    check(&checks(&survey, NOTHING), "limit-at-boot")
}

#[test]
fn where_no_file_sets_it_the_kernels_default_is_judged() {
    // 8 GiB: 1 % of it at 1,312 bytes a watch.
    let found = limit_at_boot(&machine(524_288, 8 << 20, ""), NOTHING);
    let Facts::AtBoot(facts) = &found.facts else { panic!("it is about the boot") };
    assert_eq!((&facts.found, found.outcome), (&AtBootFacts::KernelDefault { about: 65_472 }, Outcome::Passed));
    let chosen = Expectation { watches_at_boot: Some(524_288), ..NOTHING.clone() };
    assert_eq!(limit_at_boot(&machine(524_288, 8 << 20, ""), &chosen).outcome, Outcome::Failed);
    let found = limit_at_boot(&machine(64_000, 8 << 20, ""), NOTHING);
    let Facts::AtBoot(facts) = &found.facts else { panic!("it is about the boot") };
    assert_eq!(facts.found, AtBootFacts::KernelDefault { about: 64_000 }, "today's value is that default");
}
