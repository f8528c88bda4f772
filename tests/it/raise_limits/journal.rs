//! Raises in the journal: what undo says beforehand is what it does, all raises are taken back together, and nobody is
//! asked for a password for nothing.

use super::*;
use crate::support::stage::{inside, set_limits, sh};
use inotify_doctor::machine::{Machine, Places};
use inotify_doctor::progress::Progress;
use inotify_doctor::remedy::raise_limits::{Wanted, plan};
use inotify_doctor::remedy::{Journal, LimitsBack, Plan, PlanOutcome, State, Undo, apply, finish, undo};
use std::path::PathBuf;

fn journal() -> Journal {
    Journal::at(PathBuf::from("/run/stage/state/journal"))
}

fn planned(wanted: Wanted) -> Plan {
    let machine = Machine::read(&Places::default(), &Progress::default()).expect("nobody cancels it");
    plan(wanted, &machine, &Places::default(), None, false).expect("it raises").plan
}

fn raised(wanted: Wanted) -> u32 {
    match apply(&planned(wanted), &journal(), Way::Direct) {
        PlanOutcome::Applied { id, .. } => id,
        other => panic!("{other:?}"),
    }
}

const WATCHES: Wanted = Wanted { watches: Some(65_536), instances: None, queued_events: None, until_reboot: false };
const MORE: Wanted = Wanted { watches: Some(524_288), queued_events: Some(131_072), ..WATCHES };
const FOR_NOW: Wanted = Wanted { watches: Some(600_000), until_reboot: true, ..WATCHES };

#[test]
fn undoing_one_raise_says_and_does_what_it_does_to_all_of_them() {
    inside(|| {
        let [first, second, third] = [raised(WATCHES), raised(MORE), raised(FOR_NOW)];
        let entries = journal().entries().expect("it can be read").entries;
        let back = LimitsBack::of(&entries[1], &entries, &Places::default()).expect("it is a raise");
        assert_eq!(back.values, [Some((600_000, 8192)), None, Some((131_072, 16_384))], "the values it will put back");
        assert_eq!(back.files, [PathBuf::from(DROP_IN), PathBuf::from(UNTIL_REBOOT)]);
        assert_eq!(back.others, [first, third], "the others that go with it");

        assert_eq!(undo(&journal(), second, Way::Direct).left(), Some([].as_slice()));
        nothing_was_done();
        let states = journal().entries().expect("it can be read").entries.into_iter().map(|entry| entry.state);
        assert_eq!(states.collect::<Vec<_>>(), [State::Undone; 3], "all raises are closed together");
        assert_eq!(undo(&journal(), third, Way::Pkexec), Undo::AlreadyUndone);
    });
}

#[test]
fn the_command_line_announces_the_value_that_it_restores() {
    inside(|| {
        let (variable, state) = ("XDG_STATE_HOME", "/run/stage/state");
        let journal = Journal::at(PathBuf::from(state).join("inotify-doctor/journal"));
        for wanted in [WATCHES, MORE] {
            let outcome = apply(&planned(wanted), &journal, Way::Direct);
            assert!(matches!(outcome, PlanOutcome::Applied { .. }), "{outcome:?}");
        }
        let program = env!("CARGO_BIN_EXE_inotify-doctor");
        let run = || sh(&format!("{variable}={state} LANG=en_US.UTF-8 {program} undo --yes"));
        let said = run();
        for line in ["fs.inotify.max_user_watches: 524,288 → 8,192", "fs.inotify.max_queued_events: 131,072 → 16,384"]
        {
            assert!(said.contains(line), "{line} is announced: {said}");
        }
        assert!(said.contains("by their numbers: 1"), "{said}");
        nothing_was_done();
        assert_eq!(run(), "", "nothing is left to be taken back");
    });
}

/// There is no dialog on the stage unless a person sits there: with pkexec, a password asked for is a failure.
#[test]
fn nobody_is_asked_for_a_password_for_nothing() {
    inside(|| {
        let id = raised(FOR_NOW);
        set_limits(BEFORE);
        sh("rm -rf /run/inotify-doctor"); // As a reboot does.
        let entries = journal().entries().expect("it can be read").entries;
        let back = LimitsBack::of(&entries[0], &entries, &Places::default()).expect("it is a raise");
        assert!(back.files.is_empty(), "and it is said beforehand");
        assert_eq!(undo(&journal(), id, Way::Pkexec).left(), Some([].as_slice()));

        raised(MORE);
        assert!(planned(MORE).is_empty(), "what is in force and in the file is no act");
        assert!(planned(Wanted { until_reboot: true, ..MORE }).is_empty(), "nor until the reboot");
        assert!(!planned(Wanted { watches: Some(524_289), ..MORE }).is_empty());
        sh(&format!("rm {DROP_IN}"));
        assert!(!planned(MORE).is_empty(), "in force, but lost at the next boot");
    });
}

#[test]
fn a_raise_that_was_done_before_the_program_was_killed_is_finished_without_a_password() {
    inside(|| {
        let id = raised(MORE);
        // The journal as it is when the program dies before it writes down that the script has ended.
        let entry = format!("/run/stage/state/journal/{id:04}.jsonl");
        sh(&format!("head -n 2 {entry} >/run/short && cat /run/short >{entry}"));
        assert_eq!(journal().entry(id).expect("it can be read").state, State::Applying);
        let finished = finish(&journal(), id, Way::Pkexec);
        assert!(matches!(finished, Ok(PlanOutcome::Applied { .. })), "{finished:?}");
        assert_eq!(undo(&journal(), id, Way::Direct).left(), Some([].as_slice()));
        nothing_was_done();
    });
}

#[test]
fn the_queue_is_raised_written_and_taken_back_like_the_other_limits() {
    inside(|| {
        let queue = Wanted { watches: None, queued_events: Some(131_072), ..WATCHES };
        let id = raised(queue);
        assert_eq!(limits(), [8192, 128, 131_072]);
        let text = drop_in().expect("it is written down");
        assert!(
            text.ends_with("# before: fs.inotify.max_queued_events = 16384\nfs.inotify.max_queued_events = 131072\n")
        );
        assert_eq!(undo(&journal(), id, Way::Direct).left(), Some([].as_slice()));
        nothing_was_done();
    });
}
