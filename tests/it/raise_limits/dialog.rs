//! Every answer a person can give to the password dialog.

use super::*;
use crate::support::stage::{inside, set_limits, sh, until};
use inotify_doctor::machine::{Limit, Places};
use inotify_doctor::remedy::raise_limits::Records;
use std::os::unix::fs::MetadataExt;

#[test]
fn one_password_raises_the_limit_now_and_for_good_and_one_takes_it_back() {
    inside(|| {
        let foretold = Records::default().after(&FOR_GOOD).text();
        let (outcome, dialogs) = asked(BY_PKEXEC, Answer::Accept);
        let done = outcome.expect("the password was right");
        assert_eq!(done.change(Limit::Watches), Some((8192, 524_288)));
        assert_eq!(done.change(Limit::Instances), None, "only what was asked for changes");
        assert_eq!(dialogs, 1, "exactly one password dialog");
        assert_eq!(limits(), [524_288, 128, 16_384], "the limit is raised now");
        assert_eq!(drop_in(), Some(foretold), "the drop-in is what was shown beforehand");
        let found = fs::metadata(DROP_IN).expect("it is there");
        assert_eq!((found.uid(), found.mode() & 0o7777), (0, 0o644), "root owns it, everyone may read it");

        let (outcome, dialogs) = asked(Deed::Undo(Way::Pkexec), Answer::Accept);
        assert_eq!(outcome.expect("it is taken back").change(Limit::Watches), Some((524_288, 8192)));
        assert_eq!(dialogs, 1, "exactly one password dialog");
        nothing_was_done();
    });
}

#[test]
fn until_the_reboot_nothing_is_written_below_etc_and_undo_knows_the_way_back() {
    inside(|| {
        let request = RaiseLimits { until_reboot: true, instances: Some(512), queued_events: Some(32_768), ..FOR_GOOD };
        let (outcome, dialogs) = asked(Deed::Raise(request, Way::Pkexec), Answer::Accept);
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(dialogs, 1, "exactly one password dialog for three limits");
        assert_eq!(limits(), [524_288, 512, 32_768]);
        assert_eq!(drop_in(), None, "the next boot is left alone");
        let places = Places::default();
        let record = Records::read(&places).until_reboot;
        assert_eq!(record, Some(Records::default().after(&request)), "an ordinary user can read what undo will do");
        let (outcome, _) = asked(Deed::Undo(Way::Pkexec), Answer::Accept);
        assert!(outcome.is_ok(), "{outcome:?}");
        nothing_was_done();
    });
}

#[test]
fn a_wrong_password_changes_nothing() {
    inside(|| is_refused(BY_PKEXEC, Answer::Wrong, Reason::Denied));
}

#[test]
fn a_closed_dialog_changes_nothing() {
    inside(|| is_refused(BY_PKEXEC, Answer::Dismiss, Reason::Dismissed));
}

#[test]
fn without_anything_to_show_a_dialog_the_program_says_so() {
    inside(|| is_refused(BY_PKEXEC, Answer::Nobody, Reason::NoAgent));
}

#[test]
fn a_slow_typist_is_waited_for() {
    inside(|| {
        let person = Person::starts(BY_PKEXEC, Answer::Slow, &[]);
        person.is_asked();
        nothing_was_done();
        person.type_password();
        let (outcome, dialogs) = person.ends();
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(dialogs.len(), 1);
        assert_eq!(limits()[0], 524_288);
    });
}

#[test]
fn pkexec_killed_while_the_dialog_is_open_is_told_from_a_refusal() {
    inside(|| {
        let person = Person::starts(BY_PKEXEC, Answer::Hang, &[]);
        person.is_asked();
        sh("kill -9 $(pidof pkexec)");
        let (outcome, _) = person.ends();
        assert_eq!(why(outcome), Reason::KilledWaiting(9));
        nothing_was_done();
    });
}

#[test]
fn a_program_that_ends_while_the_dialog_is_open_takes_pkexec_with_it() {
    inside(|| {
        let person = Person::starts(BY_PKEXEC, Answer::Hang, &[]);
        person.is_asked();
        sh("kill -9 $(ps -o ppid= -p $(pidof pkexec))");
        person.ends_killed();
        until("pkexec has ended too", || sh("pidof pkexec || true").is_empty());
        nothing_was_done();
    });
}

#[test]
fn an_odd_shell_and_locale_of_the_person_do_no_harm() {
    inside(|| {
        let odd = ["env", "SHELL=/nix/store/fish", "LC_ALL=../x", "XAUTHORITY=/x", "PATH=/nowhere"];
        let (outcome, _) = Person::starts(BY_PKEXEC, Answer::Accept, &odd).ends();
        assert!(outcome.is_ok(), "pkexec is given a clean environment: {outcome:?}");
    });
}

#[test]
fn a_limit_raised_meanwhile_stops_everything_before_a_password_is_asked() {
    inside(|| {
        set_limits([16_384, 128, 16_384]);
        let (outcome, dialogs) = asked(BY_PKEXEC, Answer::Accept);
        assert_eq!(why(outcome), Reason::ChangedMeanwhile([Some(16_384), Some(128), Some(16_384)]));
        assert_eq!((dialogs, drop_in()), (0, None));
    });
}

#[test]
fn a_limit_raised_while_the_dialog_is_open_is_not_lowered() {
    inside(|| {
        let person = Person::starts(BY_PKEXEC, Answer::Slow, &[]);
        person.is_asked();
        set_limits([1_048_576, 128, 16_384]);
        person.type_password();
        let (outcome, _) = person.ends();
        assert_eq!(why(outcome), Reason::HigherAlready);
        assert_eq!((limits()[0], drop_in()), (1_048_576, None));
    });
}
