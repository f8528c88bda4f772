//! One changed fact each, and what the diagnosis then says.

use super::budget::SetBy;
use super::fixture::{flag, limits, machine_only, with_need};
use super::recommendation::TooLow;
use super::{Diagnosis, Finding, Remedy, Severity, Verdict, judge};
use crate::machine::boot::{Assignment, Ineffective, WhyIneffective};
use crate::machine::environment::Pkexec;
use crate::machine::{Kind, NamespaceLimits, Process};
use crate::project::streamlit::{Gap, Watcher};
use crate::project::{LogHit, Streamlit};
use crate::survey::{RunningApp, Survey};
use crate::words::{Language, Words};

fn ids(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis.findings.iter().map(Finding::id).collect()
}

fn streamlit(survey: &mut Survey) -> &mut Streamlit {
    survey.project.as_mut().and_then(|project| project.streamlit.as_mut()).expect("the fixture has a project")
}

#[test]
fn a_healthy_machine_is_told_that_nothing_is_wrong() {
    for survey in [machine_only(), with_need(300)] {
        let diagnosis = judge(&survey);
        assert_eq!(ids(&diagnosis), ["all-good"]);
        assert_eq!(diagnosis.recommendation.remedy, Remedy::None);
    }
}

#[test]
fn a_project_that_does_not_fit_by_one_watch_is_critical_and_one_that_just_fits_is_not() {
    let free = 65_536 - 1000;
    assert_eq!(ids(&judge(&with_need(free))), ["all-good"]);
    let diagnosis = judge(&with_need(free + 1));
    assert_eq!(ids(&diagnosis), ["watches-needed-exceed-free"]);
    assert_eq!(
        diagnosis.verdict,
        Verdict::DoesNotFit { need: free + 1, limit: 65_536, set_by: SetBy::Kernel, held: 1000, missing: 1 }
    );
    assert_eq!(diagnosis.recommendation.watches, Some(262_144));
    assert_eq!(diagnosis.recommendation.remedy, Remedy::RaiseLimits);
}

#[test]
fn a_full_account_is_said_to_be_exhausted_and_not_also_nearly() {
    let mut survey = machine_only();
    survey.machine.limits = limits(1000, 10, 16_384);
    assert_eq!(ids(&judge(&survey)), ["watches-exhausted", "instances-exhausted"]);
    survey.machine.limits = limits(1100, 11, 16_384);
    assert_eq!(ids(&judge(&survey)), ["watches-nearly-exhausted", "instances-nearly-exhausted"]);
}

#[test]
fn popular_settings_that_free_nothing_are_named_with_the_count() {
    let mut survey = with_need(300);
    streamlit(&mut survey).settings.push(flag("server.runOnSave", "false"));
    streamlit(&mut survey).settings.push(flag("server.folderWatchBlacklist", "[\".venv\"]"));
    let first = ids(&judge(&survey))[0];
    assert_eq!(first, "run-on-save-frees-nothing");
    assert_eq!(ids(&judge(&survey)), [first, "all-good"], "the blacklist was not counted without");
    survey.project.as_mut().expect("the fixture has a project").watches_without_blacklist = Some(300);
    assert_eq!(ids(&judge(&survey)), [first, "blacklist-frees-nothing", "all-good"]);
    survey.project.as_mut().expect("the fixture has a project").watches_without_blacklist = Some(301);
    assert_eq!(ids(&judge(&survey)), [first, "all-good"], "here the blacklist does free one");
    assert!(!judge(&survey).findings.iter().any(Finding::is_to_fix), "what costs nothing is nothing to fix");
}

#[test]
fn an_app_that_does_not_watch_needs_nothing_whatever_the_limit() {
    let mut survey = with_need(1_000_000);
    streamlit(&mut survey).watcher = Watcher::None;
    let diagnosis = judge(&survey);
    assert_eq!(diagnosis.verdict, Verdict::NothingNeeded { watcher: Watcher::None, held: 1000, limit: 65_536 });
    assert_eq!(ids(&diagnosis), ["all-good"]);
}

#[test]
fn a_running_app_that_misses_folders_is_told_first_and_asks_for_a_restart_when_the_limit_suffices() {
    let mut survey = with_need(300);
    let gap = Gap { expected: 300, unwatched_count: 200, unwatched: vec!["/home/mia/project/data".into()] };
    let app =
        RunningApp { pid: 7, watches: 100, instances: 1, readable: true, gap: Some(gap), ..RunningApp::default() };
    survey.project.as_mut().expect("the fixture has a project").running.push(app);
    let diagnosis = judge(&survey);
    assert_eq!(ids(&diagnosis), ["silent-gap"]);
    assert_eq!(diagnosis.budget.watches.to_add, 200, "100 of the 300 are held already");
    assert_eq!(diagnosis.recommendation.remedy, Remedy::RestartApp);
    let app = &mut survey.project.as_mut().expect("the fixture has a project").running[0];
    (app.watches, app.instances) = (0, 0);
    let diagnosis = judge(&survey);
    assert!(!ids(&diagnosis).contains(&"silent-gap"), "without a session open it has not begun to watch");
    assert_eq!(diagnosis.recommendation.remedy, Remedy::None);
}

#[test]
fn an_app_that_nobody_has_opened_yet_misses_nothing() {
    let mut survey = with_need(300);
    let gap = Gap { expected: 300, unwatched_count: 300, unwatched: Vec::new() };
    let app = RunningApp { pid: 7, gap: Some(gap), ..RunningApp::default() };
    survey.project.as_mut().expect("the fixture has a project").running.push(app);
    let diagnosis = judge(&survey);
    assert_eq!(ids(&diagnosis), ["all-good"], "without an instance it has not begun to watch");
    assert!(matches!(diagnosis.verdict, Verdict::Fits { need: 300, .. }), "{:?}", diagnosis.verdict);
}

#[test]
fn an_app_whose_watches_change_from_second_to_second_is_said_to() {
    let mut survey = with_need(300);
    let gap = Gap { expected: 300, unwatched_count: 200, unwatched: Vec::new() };
    let app =
        RunningApp { pid: 7, watches: 100, instances: 1, changing: true, gap: Some(gap), ..RunningApp::default() };
    survey.project.as_mut().expect("the fixture has a project").running.push(app);
    let detail = judge(&survey).findings[0].detail(&Words::new(Language::English));
    assert!(detail.contains("changing from second to second"), "{detail}");
}

#[test]
fn an_error_in_a_log_is_history_once_the_app_has_what_it_needs() {
    let line = |text: &str| LogHit { file: "/home/mia/project/app.log".into(), line: text.into(), modified: 0 };
    let mut survey = with_need(300);
    let project = survey.project.as_mut().expect("the fixture has a project");
    project.logs = vec![line("OSError: [Errno 28] inotify watch limit reached")];
    let said = |survey: &Survey| judge(survey).findings[0].detail(&Words::new(Language::English));
    assert!(!said(&survey).contains("no longer"), "nothing shows that it is over: {}", said(&survey));
    assert!(!judge(&survey).findings[0].is_to_fix(), "nothing is short now");
    let gap = Gap { expected: 300, ..Gap::default() };
    let app = RunningApp { pid: 7, watches: 300, gap: Some(gap), ..RunningApp::default() };
    survey.project.as_mut().expect("the fixture has a project").running.push(app);
    assert_eq!(ids(&judge(&survey)), ["error-in-log", "all-good"]);
    assert!(said(&survey).contains("The app no longer has this problem"), "{}", said(&survey));
    survey.project.as_mut().expect("the fixture has a project").logs =
        vec![line("ENOSPC: System limit for number of file watchers reached")];
    assert!(!said(&survey).contains("no longer"), "of another program's line that is not known: {}", said(&survey));
}

#[test]
fn a_value_that_a_file_lowers_at_boot_and_one_that_no_file_sets_are_both_said_to_be_lost() {
    let mut survey = machine_only();
    survey.machine.boot.watches.value = Some(8192);
    survey.machine.boot.watches.winner =
        Some(Assignment { file: "/etc/sysctl.d/50-x.conf".into(), line: 1, value: "8192".into() });
    assert_eq!(ids(&judge(&survey)), ["lost-at-boot"]);

    let mut survey = machine_only();
    survey.machine.limits = limits(524_288, 128, 16_384);
    let diagnosis = judge(&survey);
    assert_eq!(ids(&diagnosis), ["lost-at-boot"], "8 GiB give a default of about 65,000");
    assert_eq!(diagnosis.recommendation.remedy, Remedy::RaiseLimits);
}

#[test]
fn a_line_that_is_never_read_is_told_only_where_it_would_change_something() {
    let mut survey = machine_only();
    let line = Assignment { file: "/etc/sysctl.conf".into(), line: 3, value: "524288".into() };
    survey
        .machine
        .boot
        .watches
        .ineffective
        .push(Ineffective { assignment: line.clone(), why: WhyIneffective::NotRead });
    assert_eq!(ids(&judge(&survey)), ["boot-line-without-effect"]);
    let recommendation = judge(&survey).recommendation;
    assert_eq!((recommendation.remedy, recommendation.see_findings), (Remedy::None, true), "there is something to do");
    survey.machine.boot.watches.value = Some(524_288);
    survey.machine.boot.watches.winner = Some(line);
    assert_eq!(ids(&judge(&survey)), ["all-good"]);
}

#[test]
fn in_a_container_the_host_is_where_to_raise() {
    let mut survey = with_need(100_000);
    survey.machine.environment.container = Some("Docker".into());
    let diagnosis = judge(&survey);
    assert_eq!(ids(&diagnosis), ["watches-needed-exceed-free", "in-container"]);
    assert_eq!(diagnosis.recommendation.remedy, Remedy::RaiseLimitsOnHost);
}

/// Makes a survey in a user namespace with these limits of its own, below a kernel that allows 192,536 and 128.
fn in_a_namespace(watches: u64, instances: u64, can_be_raised: bool) -> Survey {
    let mut survey = with_need(300);
    survey.machine.limits = limits(192_536, 128, 16_384);
    survey.machine.namespace_limits = Some(NamespaceLimits { watches, instances, can_be_raised });
    survey
}

#[test]
fn where_a_user_namespace_allows_less_the_kernels_limit_is_not_recommended() {
    let diagnosis = judge(&in_a_namespace(1100, 1000, false));
    assert_eq!(diagnosis.budget.watches.limit, Some(1100));
    assert_eq!(ids(&diagnosis)[..2], ["watches-needed-exceed-free", "watches-nearly-exhausted"]);
    let recommendation = diagnosis.recommendation;
    assert_eq!((recommendation.remedy, recommendation.watches), (Remedy::FewerWatches, None));
    let words = Words::new(Language::English);
    let verdict = diagnosis.verdict.sentence(&words);
    assert!(verdict.contains("1,100") && verdict.contains("user namespace"), "{verdict}");
    assert!(recommendation.reason(&words).contains("1,100"), "{}", recommendation.reason(&words));
    for finding in &diagnosis.findings {
        assert!(!finding.detail(&words).contains("Raise the limit"), "{}", finding.detail(&words));
    }
}

#[test]
fn a_user_namespaces_own_limit_is_raised_where_that_is_possible_and_the_kernels_only_where_it_is_short_too() {
    let recommended = |watches, kernel| {
        let mut survey = in_a_namespace(watches, 1000, true);
        survey.machine.limits = limits(kernel, 128, 16_384);
        judge(&survey).recommendation
    };
    let one = recommended(1100, 192_536);
    assert_eq!((one.remedy, one.watches), (Remedy::RaiseNamespaceLimits, None));
    assert_eq!(one.namespace_watches, Some(TooLow { now: 1100, wanted: 65_536 }));
    let both = recommended(1100, 1200);
    assert_eq!((both.remedy, both.watches), (Remedy::RaiseNamespaceLimits, Some(65_536)));
    let kernels = recommended(2_147_483_647, 1200);
    assert_eq!((kernels.remedy, kernels.watches), (Remedy::RaiseLimits, Some(65_536)));
    assert_eq!(kernels.namespace_watches, None, "the namespace allows enough");
}

#[test]
fn instances_of_a_user_namespace_run_out_by_themselves() {
    let diagnosis = judge(&in_a_namespace(2_147_483_647, 10, false));
    assert_eq!(ids(&diagnosis)[0], "instances-needed-exceed-free");
    assert_eq!(diagnosis.recommendation.remedy, Remedy::FewerWatches);
    assert!(matches!(diagnosis.verdict, Verdict::InstancesDoNotFit { set_by: SetBy::Namespace, limit: 10, .. }));
}

#[test]
fn a_limit_that_leaves_a_quarter_in_reserve_is_left_alone() {
    let recommended = |held| {
        let mut survey = with_need(500);
        survey.machine.limits = limits(1000, 128, 16_384);
        survey.machine.holders.account.watches = held;
        judge(&survey).recommendation.watches
    };
    assert_eq!(recommended(300), None);
    assert_eq!(recommended(301), Some(65_536));
}

#[test]
fn a_program_that_holds_half_of_the_limit_is_named() {
    let mut survey = machine_only();
    survey.machine.holders.processes.push(Process {
        pid: 9,
        parent: 1,
        uid: 1000,
        user: None,
        program: "code".into(),
        command: Vec::new(),
        kind: Kind::Vscode,
        instances: 1,
        watches: 40_000,
        charged_watches: 40_000,
        charged_to_account: true,
        shared_with: Vec::new(),
        other_user_namespace: false,
        started: None,
        started_ticks: None,
        cwd: None,
    });
    survey.machine.holders.account.watches = 40_000;
    assert_eq!(ids(&judge(&survey)), ["held-by-other", "all-good"], "it is told, and everything fits");
}

#[test]
fn findings_come_worst_first_and_say_something_in_both_languages() {
    let mut survey = with_need(100_000);
    survey.machine.environment.container = Some("Docker".into());
    survey.machine.holders.sharing_unknown = true;
    streamlit(&mut survey).settings.push(flag("server.runOnSave", "false"));
    let diagnosis = judge(&survey);
    let severities: Vec<Severity> = diagnosis.findings.iter().map(Finding::severity).collect();
    assert!(severities.is_sorted(), "{severities:?}");
    for language in Language::ALL {
        let words = Words::new(language);
        for finding in &diagnosis.findings {
            for text in [finding.title(&words), finding.detail(&words)] {
                assert!(!text.is_empty() && !text.contains("{"), "{}: {text:?}", finding.id());
            }
        }
    }
}

#[test]
fn polling_is_recommended_where_nothing_can_be_raised_from_here_and_few_files_are_polled() {
    let short = |files| {
        let mut survey = with_need(65_536);
        streamlit(&mut survey).need.polled_files = files;
        survey
    };
    let remedy = |survey: &Survey| judge(survey).recommendation.remedy;
    assert_eq!(remedy(&short(20)), Remedy::LetStreamlitPoll, "nobody can be asked for a password");
    assert_eq!(judge(&short(20)).recommendation.watches, Some(262_144), "what could be raised is still told");
    assert_eq!(remedy(&short(21)), Remedy::RaiseLimits, "a second and more is too slow");
    assert_eq!(remedy(&short(0)), Remedy::RaiseLimits, "they were not counted");

    let mut with_dialog = short(3);
    with_dialog.machine.environment.pkexec = Pkexec::Usable("/usr/bin/pkexec".into());
    assert_eq!(remedy(&with_dialog), Remedy::RaiseLimits);
    with_dialog.machine.environment.container = Some("Docker".to_owned());
    assert_eq!(remedy(&with_dialog), Remedy::LetStreamlitPoll, "the limit is the host's");

    let mut root = short(3);
    root.machine.holders.account.uid = 0;
    assert_eq!(remedy(&root), Remedy::RaiseLimits);
    root.machine.environment.user_namespace = true;
    assert_eq!(remedy(&root), Remedy::LetStreamlitPoll, "root of a namespace is not the machine's");

    let mut by_flag = short(3);
    streamlit(&mut by_flag).settings.push(flag("server.fileWatcherType", "auto"));
    assert_eq!(remedy(&by_flag), Remedy::RaiseLimits, "the command line wins over the settings file");
    let mut fits = with_need(300);
    streamlit(&mut fits).need.polled_files = 3;
    assert_eq!(remedy(&fits), Remedy::None, "nothing is wrong");
}
