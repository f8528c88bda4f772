//! The script killed with signal 9 at every step of its own, and every step's command killed under it.

use super::*;
use crate::support::stage::{assert_private, inside, set_limits, sh};
use inotify_doctor::machine::Places;
use inotify_doctor::remedy::raise_limits::{self, Records};
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/raise-limits.sh");

/// Where the shell starts a command, waits for one, opens or reads a file: between any two of them the world stands
/// still. strace counts each of these by itself.
const STEPS: [&str; 4] = ["?clone,?clone3,?fork,?vfork", "wait4", "openat", "read"];

/// Both limits, so that there is a moment with one raised and the other not.
const BOTH: [&str; 5] = ["raise", "524288", "512", "0", "now-and-boot"];

/// Runs the script with strace's `inject`; true if it was killed by it.
fn killed(inject: &str, follow: bool, words: &[&str]) -> bool {
    assert_private();
    let mut strace = Command::new("strace");
    strace.args(["-qq", "-o", "/dev/null", "-e", inject]);
    if follow {
        strace.arg("-f");
    }
    // Without what cargo sets for the dynamic linker, whose many attempts to open libraries are no steps.
    strace.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    let output = strace.args(["sh", SCRIPT]).args(words).output().expect("strace is installed");
    output.status.signal() == Some(9)
}

/// Brings the machine to where the steps are counted from.
fn start_over(raised_before: bool) {
    set_limits(BEFORE);
    sh("rm -rf /run/inotify-doctor /etc/sysctl.d/99-zz-inotify-doctor.conf*");
    if raised_before {
        raise_limits::apply(&RaiseLimits { watches: Some(65_536), ..FOR_GOOD }, Way::Direct).expect("root may raise");
    }
}

/// The drop-in is one of these, whole; and one undo brings everything back.
fn is_whole_and_can_be_undone(at: &str, whole: &[Option<String>]) {
    assert!(whole.contains(&drop_in()), "{at}: the drop-in is old or new, not {:?}", drop_in());
    let undone = raise_limits::undo(Way::Direct);
    assert!(undone.is_ok(), "{at}: {undone:?}");
    assert_eq!(limits(), BEFORE, "{at}: undo restores every limit");
    nothing_was_done();
}

/// A command that the killed shell had started holds the lock until it ends.
fn until_the_orphans_end() {
    sh("[ ! -e /run/inotify-doctor/lock ] || flock /run/inotify-doctor/lock true");
}

fn both_texts(raised_before: bool) -> Vec<Option<String>> {
    start_over(raised_before);
    let old = drop_in();
    let request = RaiseLimits { instances: Some(512), before: limits(), ..FOR_GOOD };
    let new = Records::read(&Places::default()).after(&request).text();
    vec![old, Some(new)]
}

/// Kills a run at every step, each time from a fresh start, and looks at what is left; the number of kills that left
/// the limits or the drop-in changed, and not all of it.
fn killed_at_every_step(words: &[&str], raised_before: bool, look: impl Fn(&str)) -> u32 {
    start_over(raised_before);
    let start = (limits(), drop_in());
    assert!(!killed("trace=none", false, words), "it runs to its end");
    let end = (limits(), drop_in());
    let mut halfway = 0;
    for calls in STEPS {
        for step in 1.. {
            start_over(raised_before);
            if !killed(&format!("inject={calls}:signal=KILL:when={step}"), false, words) {
                break;
            }
            until_the_orphans_end();
            let now = (limits(), drop_in());
            halfway += u32::from(now != start && now != end);
            look(&format!("killed at {calls} number {step}"));
        }
    }
    halfway
}

#[test]
fn a_first_raise_killed_at_any_step_leaves_the_drop_in_whole_and_can_be_undone() {
    inside(|| {
        let whole = both_texts(false);
        let halfway = killed_at_every_step(&BOTH, false, |at| is_whole_and_can_be_undone(at, &whole));
        assert!(halfway > 10, "{halfway} kills between the kernel and the drop-in");
    });
}

#[test]
fn a_second_raise_killed_at_any_step_leaves_the_old_or_the_new_drop_in() {
    inside(|| {
        let whole = both_texts(true);
        let halfway = killed_at_every_step(&BOTH, true, |at| is_whole_and_can_be_undone(at, &whole));
        assert!(halfway > 10, "{halfway} kills between the kernel and the drop-in");
    });
}

#[test]
fn an_undo_killed_at_any_step_can_be_repeated() {
    inside(|| {
        start_over(true);
        let whole = [drop_in(), None];
        let halfway = killed_at_every_step(&["undo"], true, |at| is_whole_and_can_be_undone(at, &whole));
        assert!(halfway > 5, "{halfway} kills between the kernel and the drop-in");
    });
}

#[test]
fn a_raise_killed_halfway_can_simply_be_repeated() {
    inside(|| {
        let request = RaiseLimits { instances: Some(512), ..FOR_GOOD };
        let whole = [Some(Records::default().after(&request).text())];
        killed_at_every_step(&BOTH, false, |at| {
            let again = raise_limits::apply(&RaiseLimits { before: limits(), ..request }, Way::Direct);
            assert!(again.is_ok(), "{at}, then repeated: {again:?}");
            is_whole_and_can_be_undone(&format!("{at}, then repeated"), &whole);
        });
    });
}

#[test]
fn a_temporary_file_cut_off_anywhere_is_no_obstacle() {
    inside(|| {
        let request = RaiseLimits { instances: Some(512), ..FOR_GOOD };
        let text = Records::default().after(&request).text();
        for end in (0..text.len()).step_by(9) {
            start_over(false);
            let temporary = format!("{DROP_IN}.new");
            fs::write(&temporary, &text[..end]).expect("root may write it");
            is_whole_and_can_be_undone(&format!("cut off after {end} bytes"), &[None]);
            fs::write(&temporary, &text[..end]).expect("root may write it");
            let raised = raise_limits::apply(&request, Way::Direct);
            assert!(raised.is_ok(), "cut off after {end} bytes: {raised:?}");
            assert_eq!(drop_in().as_deref(), Some(text.as_str()));
        }
    });
}

/// A command that is killed or fails inside the script: the script itself takes everything back.
#[test]
fn a_step_whose_command_fails_is_taken_back_by_the_script_itself() {
    inside(|| {
        for (step, inject) in [
            ("the rename is refused", "inject=rename,renameat,renameat2:error=EIO"),
            ("the command that renames is killed", "inject=rename,renameat,renameat2:signal=KILL"),
            ("the file cannot be synced", "inject=fsync:error=EIO"),
            ("the mode cannot be set", "inject=fchmodat,fchmodat2,chmod:error=EPERM"),
        ] {
            start_over(false);
            assert!(!killed(inject, true, &BOTH), "{step}: the script itself lives");
            nothing_was_done();
        }
        let nothing = sh(&format!("sh {SCRIPT} {}", BOTH.join(" ")));
        assert!(nothing.contains("max_user_watches 8192 524288"), "and the next run finds nothing in its way");
    });
}

#[test]
fn an_undo_that_cannot_remove_the_file_leaves_the_limits_raised() {
    inside(|| {
        start_over(true);
        killed("inject=unlink,unlinkat:error=EIO", true, &["undo"]);
        assert_eq!(limits()[0], 65_536, "the file stays, so the limit does too");
        assert!(drop_in().is_some());
    });
}
