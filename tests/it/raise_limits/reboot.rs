//! What holds after a reboot: the programs that apply sysctl files at boot, given our file alone (given all, they would
//! set this machine's other settings too).

use super::*;
use crate::support::stage::{inside, set_limits, sh};
use inotify_doctor::remedy::raise_limits::{apply, undo};

/// The kernel starts with its own defaults, /run is empty, and the files are applied.
fn reboot(reader: &str) {
    set_limits(BEFORE);
    sh("rm -rf /run/inotify-doctor");
    if Path::new(DROP_IN).exists() {
        sh(&format!("{reader} {DROP_IN}"));
    }
}

#[test]
fn a_raise_for_good_holds_after_the_reboot_and_can_still_be_undone() {
    inside(|| {
        for reader in ["sysctl -p", "/lib/systemd/systemd-sysctl"] {
            apply(&FOR_GOOD, Way::Direct).expect("root may raise");
            reboot(reader);
            assert_eq!(limits(), [524_288, 128, 16_384], "{reader} applies the drop-in");
            undo(Way::Direct).expect("root may undo");
            nothing_was_done();
        }
    });
}

#[test]
fn a_raise_until_the_reboot_is_gone_after_it_and_there_is_nothing_to_undo() {
    inside(|| {
        let request = RaiseLimits { until_reboot: true, ..FOR_GOOD };
        apply(&request, Way::Direct).expect("root may raise");
        reboot("sysctl -p");
        nothing_was_done();
        assert_eq!(undo(Way::Direct).expect("nothing to undo is success").changed, [None; 3]);
    });
}

#[test]
fn a_limit_that_someone_changed_since_is_not_touched_by_undo() {
    inside(|| {
        apply(&FOR_GOOD, Way::Direct).expect("root may raise");
        set_limits([600_000, 128, 16_384]);
        undo(Way::Direct).expect("the file can be removed");
        assert_eq!((limits()[0], drop_in()), (600_000, None), "the other's value stays, our file goes");
    });
}
