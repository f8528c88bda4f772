//! Real kernel files in the place of the stand-ins: a user namespace's own inotify limits, and settings of a private
//! network namespace that refuse or round values the way a plain file cannot.

use super::*;
use crate::support::stage::{inside, sh};

/// Runs the script in namespaces of its own, after `mounts`; its exit status and what `max_user_watches` reads then.
fn with_kernel_file(namespaces: &str, mounts: &str, words: &str) -> (i32, String) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/raise-limits.sh");
    let printed = sh(&format!(
        "unshare {namespaces} --mount sh -euc '
            {mounts}
            status=0
            sh {script} {words} >&2 || status=$?
            echo $status $(cat /proc/sys/fs/inotify/max_user_watches)'"
    ));
    let (status, value) = printed.split_once(' ').expect("a status and a value");
    (status.parse().expect("a status is a number"), value.to_owned())
}

#[test]
fn the_kernels_own_limit_of_a_user_namespace_is_raised_and_restored() {
    inside(|| {
        let mounts = "[ \"$(readlink /proc/self/ns/user)\" != \"user:[4026531837]\" ]
            [ \"$(cat /proc/sys/user/max_inotify_watches)\" = 2147483647 ]
            echo 500 >/proc/sys/user/max_inotify_watches
            mount --bind /proc/sys/user/max_inotify_watches /proc/sys/fs/inotify/max_user_watches
            [ \"$(cat /proc/sys/fs/inotify/max_user_watches)\" = 500 ]";
        let raised = with_kernel_file("-Ur", mounts, "raise 1000 0 0 until-reboot");
        assert_eq!(raised, (0, "1000".to_owned()), "the kernel took the value");
        let restored = with_kernel_file("-Ur", mounts, "undo");
        assert_eq!(restored, (0, "500".to_owned()), "nothing is undone that is not in force");
    });
}

#[test]
fn a_kernel_that_does_not_permit_the_change_is_told() {
    inside(|| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/raise-limits.sh");
        let status = sh(&format!(
            "unshare -Ur --mount sh -euc '
                [ \"$(readlink /proc/self/ns/user)\" != \"user:[4026531837]\" ]
                echo 500 >/proc/sys/user/max_inotify_watches
                mount --bind /proc/sys/user/max_inotify_watches /proc/sys/fs/inotify/max_user_watches
                status=0
                setpriv --bounding-set -sys_resource --inh-caps -sys_resource sh {script} raise 1000 0 0 now-and-boot \
                    >&2 || status=$?
                echo $status $(cat /proc/sys/fs/inotify/max_user_watches)'"
        ));
        assert_eq!(status, "33 500", "the kernel refused, the value is the old one");
        assert_eq!(drop_in(), None);
    });
}

/// The IP time to live of a private network namespace takes 1 to 255 and reads 64.
const TTL: &str = "mount --bind /proc/sys/net/ipv4/ip_default_ttl /proc/sys/fs/inotify/max_user_watches
    [ \"$(cat /proc/sys/fs/inotify/max_user_watches)\" = 64 ]";

#[test]
fn a_value_that_the_kernel_refuses_leaves_no_trace() {
    inside(|| {
        let refused = with_kernel_file("--net", TTL, "raise 524288 512 0 now-and-boot");
        assert_eq!(refused, (33, "64".to_owned()), "EINVAL from a real kernel file");
        nothing_was_done();
    });
}

#[test]
fn a_value_that_the_kernel_takes_is_kept() {
    inside(|| {
        let taken = with_kernel_file("--net", TTL, "raise 200 0 0 now-and-boot");
        assert_eq!(taken, (0, "200".to_owned()));
        assert!(drop_in().is_some_and(|text| text.contains("= 64\nfs.inotify.max_user_watches = 200")));
    });
}

#[test]
fn a_limit_changed_before_a_refused_one_is_taken_back() {
    inside(|| {
        let instances = TTL.replace("max_user_watches", "max_user_instances");
        let refused = with_kernel_file("--net", &instances, "raise 524288 512 0 now-and-boot");
        assert_eq!(refused, (33, "8192".to_owned()), "watches were raised first and are restored");
        nothing_was_done();
    });
}

#[test]
fn a_value_that_the_kernel_silently_rounds_is_noticed_by_reading_back() {
    inside(|| {
        // Kept in clock ticks: 1001 ms reads back as 1004 with 250 ticks a second, as 1010 with 100.
        let ticks = "file=/proc/sys/net/ipv4/neigh/lo/retrans_time_ms
            mount --bind $file /proc/sys/fs/inotify/max_user_watches
            echo 1000 >$file";
        let rounds =
            "unshare --net sh -euc 'cd /proc/sys/net/ipv4/neigh/lo; echo 1001 >retrans_time_ms; cat *s_time_ms'";
        if sh(rounds) == "1001" {
            return; // A kernel of 1,000 ticks a second rounds nothing.
        }
        let (status, value) = with_kernel_file("--net", ticks, "raise 1001 0 0 now-and-boot");
        assert_eq!((status, value.as_str()), (33, "1000"), "noticed, and the old value is back");
        nothing_was_done();
    });
}
