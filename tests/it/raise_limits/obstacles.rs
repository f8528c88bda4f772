//! Machines on which it cannot be done, each for its own reason.

use super::*;
use crate::support::stage::{inside, sh, until};
use inotify_doctor::remedy::raise_limits::{apply, undo};
use std::process::Command;

fn direct_is_refused(prepare: &str, reason: Reason) {
    sh(prepare);
    let outcome = apply(&FOR_GOOD, Way::Direct);
    assert_eq!(why(outcome), reason, "after: {prepare}");
    nothing_was_done();
}

#[test]
fn no_pkexec() {
    inside(|| {
        sh("rm /usr/bin/pkexec");
        is_refused(BY_PKEXEC, Answer::Accept, Reason::NotInstalled);
    });
}

#[test]
fn pkexec_without_its_set_user_id_bit() {
    inside(|| {
        sh("chmod u-s /usr/bin/pkexec");
        is_refused(BY_PKEXEC, Answer::Accept, Reason::NotSetuid);
    });
}

#[test]
fn no_new_privileges() {
    inside(|| {
        let person = Person::starts(BY_PKEXEC, Answer::Accept, &["setpriv", "--no-new-privs"]);
        assert_eq!(why(person.ends().0), Reason::NoNewPrivileges);
        nothing_was_done();
    });
}

#[test]
fn no_system_bus() {
    inside(|| {
        sh("rm /run/dbus/system_bus_socket");
        is_refused(BY_PKEXEC, Answer::Nobody, Reason::NoSystemBus);
    });
}

#[test]
fn no_polkit_daemon() {
    inside(|| {
        sh("rm /usr/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service
            dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.ReloadConfig");
        is_refused(BY_PKEXEC, Answer::Nobody, Reason::NoPolkitd);
    });
}

#[test]
fn a_read_only_etc() {
    inside(|| direct_is_refused("mount -o remount,ro /etc", Reason::ReadOnlyFolder));
}

#[test]
fn read_only_kernel_settings() {
    inside(|| direct_is_refused("mount -o remount,ro /proc/sys/fs/inotify", Reason::ReadOnlyKernel));
}

#[test]
fn a_full_disk() {
    let full = "mount -t tmpfs -o size=4k tiny /etc/sysctl.d; ! cat /dev/zero >/etc/sysctl.d/ballast 2>/dev/null";
    inside(|| direct_is_refused(full, Reason::DiskFull));
}

#[test]
fn a_disk_without_room_for_one_more_file() {
    inside(|| direct_is_refused("mount -t tmpfs -o nr_inodes=1 tiny /etc/sysctl.d", Reason::DiskFull));
}

#[test]
fn a_folder_that_is_not_there_is_made_and_taken_back_when_the_kernel_is_read_only() {
    inside(|| {
        direct_is_refused("rm -r /etc/sysctl.d; mount -o remount,ro /proc/sys/fs/inotify", Reason::ReadOnlyKernel);
        assert!(!Path::new("/etc/sysctl.d").exists(), "the folder is gone again");
    });
}

#[test]
fn a_link_in_the_drop_ins_place_is_never_followed() {
    inside(|| {
        sh("echo precious >/run/precious; ln -s /run/precious /etc/sysctl.d/99-zz-inotify-doctor.conf");
        let outcome = apply(&FOR_GOOD, Way::Direct);
        assert_eq!(why(outcome), Reason::TargetNotAFile);
        assert_eq!(sh("cat /run/precious"), "precious");
        assert_eq!(limits(), BEFORE);
    });
}

#[test]
fn a_link_in_the_temporary_files_place_is_never_followed() {
    inside(|| {
        sh("echo precious >/run/precious; ln -s /run/precious /etc/sysctl.d/99-zz-inotify-doctor.conf.new");
        let outcome = apply(&FOR_GOOD, Way::Direct);
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(sh("cat /run/precious"), "precious");
    });
}

#[test]
fn a_folder_or_a_pipe_in_the_drop_ins_place_is_left_alone() {
    inside(|| {
        direct_is_refused("mkdir /etc/sysctl.d/99-zz-inotify-doctor.conf", Reason::TargetNotAFile);
        let pipe = "rmdir /etc/sysctl.d/99-zz-inotify-doctor.conf; mkfifo /etc/sysctl.d/99-zz-inotify-doctor.conf";
        direct_is_refused(pipe, Reason::TargetNotAFile);
    });
}

#[test]
fn a_file_of_someone_else_is_neither_replaced_nor_removed() {
    inside(|| {
        let foreign = "# mine\nfs.inotify.max_user_watches = 9000\n";
        fs::write(DROP_IN, foreign).expect("root may write it");
        for outcome in [apply(&FOR_GOOD, Way::Direct), undo(Way::Direct)] {
            assert_eq!(why(outcome), Reason::TargetForeign);
        }
        assert_eq!(drop_in().as_deref(), Some(foreign));
        assert_eq!(limits(), BEFORE);
    });
}

#[test]
fn our_own_file_with_someone_elses_line_is_not_removed() {
    inside(|| {
        apply(&FOR_GOOD, Way::Direct).expect("root may raise");
        sh("echo kernel.sysrq = 1 >>/etc/sysctl.d/99-zz-inotify-doctor.conf");
        assert_eq!(why(undo(Way::Direct)), Reason::TargetForeign);
        assert_eq!(limits()[0], 524_288, "and the limit stays too");
    });
}

#[test]
fn a_missing_command_is_named() {
    inside(|| direct_is_refused("rm /usr/bin/flock", Reason::ToolMissing));
}

#[test]
fn an_ordinary_user_who_claims_to_be_root_is_refused_by_the_script() {
    inside(|| is_refused(Deed::Raise(FOR_GOOD, Way::Direct), Answer::Nobody, Reason::NotRoot));
}

#[test]
fn two_runs_at_once_do_not_mix() {
    inside(|| {
        sh("mkdir -p /run/inotify-doctor");
        let wait = "exec 9>/run/inotify-doctor/lock; flock 9; touch /run/held; exec sleep infinity";
        let mut other = Command::new("sh").args(["-c", wait]).spawn().expect("sh can be started");
        until("the other run holds the lock", || Path::new("/run/held").exists());
        direct_is_refused("true", Reason::AnotherRun);
        other.kill().expect("it can be ended");
        other.wait().expect("it ends");
        let outcome = apply(&FOR_GOOD, Way::Direct);
        assert!(outcome.is_ok(), "a run that was killed does not block the next: {outcome:?}");
    });
}
