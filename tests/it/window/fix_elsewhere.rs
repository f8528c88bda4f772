//! The third step where the limit cannot be raised from here: what is to be done instead is shown, and what would not
//! help is not offered.

use super::fix::STOP_WATCHING;
use super::fixtures;
use super::person::{Opened, Person};
use inotify_doctor::machine::NamespaceLimits;
use inotify_doctor::machine::environment::Pkexec;
use inotify_doctor::survey::Survey;
use inotify_doctor::window::state::WizardStep;

/// Someone on the third step, who sees these facts.
fn fixing(survey: Survey) -> Person {
    let mut person = Opened { size: [1120.0, 2400.0], ..Opened::default() }.open().shown(survey);
    person.press("Fix");
    waits_for_the_plans(&mut person);
    person
}

fn waits_for_the_plans(person: &mut Person) {
    person.waits_until("the plans are made", |person| person.harness.state().state().fix.is_current());
}

#[test]
fn on_nixos_the_lines_for_its_configuration_are_shown_and_until_the_reboot_it_can_be_applied() {
    let mut survey = fixtures::starved();
    survey.machine.environment.nixos = true;
    let mut person = fixing(survey);
    assert!(person.sees_part("Put these lines into configuration.nix"));
    assert!(person.sees_part("\"fs.inotify.max_user_watches\" = 524288;"), "with the value");
    assert!(!person.sees("Apply"), "a file below /etc would not last there");
    person.press("Only until the reboot");
    waits_for_the_plans(&mut person);
    assert!(person.sees("Apply") && !person.sees_part("configuration.nix"));
}

#[test]
fn on_wsl_without_systemd_the_lines_for_its_settings_are_shown() {
    let mut survey = fixtures::starved();
    (survey.machine.environment.wsl, survey.machine.environment.systemd) = (Some(2), false);
    let mut person = fixing(survey);
    assert!(person.sees_part("Put these lines into /etc/wsl.conf") && person.sees_part("systemd=true"));
    assert!(!person.sees("Apply"), "nothing would read the file at the next start");
    person.press("Copy");
    assert_eq!(person.harness.state().state().copied.as_deref(), Some("[boot]\nsystemd=true\n"));
}

#[test]
fn on_wsl_1_there_is_nothing_to_raise() {
    let mut survey = fixtures::starved();
    survey.machine.environment.wsl = Some(1);
    let person = fixing(survey);
    assert!(person.sees_part("Convert the distribution to WSL 2"));
    assert!(!person.sees("Apply") && !person.sees("Copy"), "nothing is offered that cannot work");
}

#[test]
fn in_a_pod_whoever_runs_the_cluster_is_addressed() {
    let mut survey = fixtures::starved();
    survey.machine.environment.container = Some("Kubernetes".into());
    let person = fixing(survey);
    assert!(person.sees_part("The limit belongs to each node of the cluster") && !person.sees("Apply"));
}

/// In a user namespace that allows 8,192, below a kernel that allows 192,536.
fn in_a_namespace(can_be_raised: bool) -> Survey {
    let mut survey = fixtures::starved();
    survey.machine.limits = fixtures::limits(192_536);
    survey.machine.namespace_limits = Some(NamespaceLimits { watches: 8_192, instances: 128, can_be_raised });
    survey.machine.environment.user_namespace = true;
    survey
}

const OF_NAMESPACE: &str = "Raise the limit of this user namespace";

#[test]
fn where_a_user_namespace_allows_too_few_watches_taking_fewer_is_recommended() {
    let mut person = fixing(in_a_namespace(false));
    assert!(person.sees("Run on save"), "the card that frees watches is open");
    assert!(person.top_of(STOP_WATCHING) < person.top_of(OF_NAMESPACE), "and comes first");
    assert!(person.sees_part("This user namespace allows 8,192 watches"), "the figure is the namespace's");
    person.press(OF_NAMESPACE);
    assert!(person.sees_part("CAP_SYS_RESOURCE"), "it says what raising it would take");
    assert!(!person.sees("Apply") && !person.sees("New limit"), "raising the kernel's limit is not offered");
    person.press("Diagnosis");
    assert!(person.sees_part("This user namespace sets that limit"), "{}", person.heading());
}

#[test]
fn where_its_root_may_raise_it_the_command_is_there_to_copy() {
    let mut person = fixing(in_a_namespace(true));
    assert!(person.top_of(OF_NAMESPACE) < person.top_of(STOP_WATCHING), "raising it is recommended");
    person.press("Copy");
    let command = "echo 524288 > /proc/sys/user/max_inotify_watches\n";
    assert_eq!(person.harness.state().state().copied.as_deref(), Some(command));
    assert!(!person.sees("Apply"), "this program does not do it");
}

#[test]
fn in_a_container_the_way_to_the_host_is_shown_and_nothing_can_be_applied() {
    let mut survey = fixtures::starved();
    survey.machine.environment.container = Some("Docker".into());
    let mut person = fixing(survey);
    assert!(person.sees_part("The limit belongs to the host"));
    assert!(person.sees_part("fs.inotify.max_user_watches = 524288' | sudo tee"), "the lines for the host are there");
    assert!(person.sees_part("A sysctl line inside the container does nothing: the limit of 8,192"));
    assert!(!person.sees("Apply"), "what cannot work is not offered");
    person.press("Copy");
    assert!(person.sees("Copied."), "the press is answered");
}

#[test]
fn without_a_password_dialog_the_terminal_is_shown() {
    let mut survey = fixtures::starved();
    survey.machine.environment.pkexec = Pkexec::NotInstalled;
    let mut person = fixing(survey);
    assert!(person.sees_part("No password dialog can be shown here: pkexec is not installed."), "it is said why");
    assert!(!person.sees_part("/bin/sh -c"), "no wall of script");
    person.press("Copy");
    let copied = |person: &Person| person.harness.state().state().copied.clone().unwrap_or_default();
    assert_eq!(
        copied(&person),
        "echo 'fs.inotify.max_user_watches = 524288' | sudo tee /etc/sysctl.d/99-zz-inotify.conf\n\
         sudo sysctl -p /etc/sysctl.d/99-zz-inotify.conf"
    );
    assert!(person.sees_part("inotify-doctor fix raise-limits --watches 524288"), "and this program's own command");
    person.press("Message for my administrator");
    let message = copied(&person);
    assert!(message.contains("fs.inotify.max_user_watches: 8,192 → 524,288"), "{message}");
    assert!(message.contains("sudo tee") && person.sees_part("This is the message"), "ready to send, and shown");
    assert!(person.sees_part("The other cards need no password"), "other ways are named");
    for other in [STOP_WATCHING, "Set it for one launch", "Need fewer directories"] {
        assert!(person.sees(other), "“{other}” is among them");
    }
    person.press("I have run it, check now");
    let state = person.harness.state().state();
    assert_eq!(state.step, WizardStep::Verify, "what was done elsewhere is proved here");
    // The project of this survey is on no disk, so the checks may have ended already.
    let begun = state.verify.running.is_some() || state.verify.is_checked() || state.verify.failed.is_some();
    assert!(begun, "without a further press");
}
