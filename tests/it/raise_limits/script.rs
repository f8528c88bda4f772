//! The script itself: in every shell, with every kind of argument.

use super::*;
use crate::support::stage::{assert_private, inside, set_limits, sh};
use inotify_doctor::machine::Places;
use inotify_doctor::remedy::raise_limits::{self, MOST, Records, sudo_command};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/raise-limits.sh");

fn status<Word: AsRef<OsStr>>(words: impl IntoIterator<Item = Word>) -> Option<i32> {
    assert_private();
    let output = Command::new("sh").arg(SCRIPT).args(words).output().expect("sh can be started");
    output.status.code()
}

/// The machine as the stage made it.
fn start_over() {
    set_limits(BEFORE);
    sh("rm -rf /run/inotify-doctor /etc/sysctl.d/99-zz-inotify-doctor.conf*");
}

#[test]
fn shellcheck_has_nothing_to_say() {
    for script in ["assets/raise-limits.sh", "tests/it/support/stage/stage.sh"] {
        let checked = Command::new("shellcheck").args(["-s", "sh", script]).output().expect("shellcheck is installed");
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    }
}

#[test]
fn what_is_not_a_verb_with_plain_bounded_numbers_is_refused() {
    inside(|| {
        let long = "1".repeat(100_000);
        for number in [
            "",
            " ",
            "01",
            "00",
            "-1",
            "+1",
            "1e9",
            "0x100",
            "1.5",
            " 1",
            "1 ",
            "1\n",
            "1;rm",
            "$(id)",
            "`id`",
            "*",
            "?",
            "٣",
            "１",
            "2147483648",
            "4294967296",
            "18446744073709551617",
            "99999999999",
            &long,
            "1 2",
            "1\t",
            "=",
            "!",
            "(",
            "-n",
            "--help",
            "''",
            "\\061",
        ] {
            for place in 0..3 {
                let mut words = ["raise", "524288", "1024", "32768", "now-and-boot"];
                words[place + 1] = number;
                assert_eq!(status(words), Some(20), "{number:?} as number {place}");
            }
        }
        let lists: [&[&str]; 9] = [
            &[],
            &["raise"],
            &["undo", "x"],
            &["undo 1"],
            &["raise", "1", "1", "1"],
            &["raise", "0", "0", "0", "now-and-boot"],
            &["raise", "524288", "0", "0", "sometime"],
            &["raise", "524288", "0", "0", "now-and-boot", ""],
            &["check", "524288", "0", "0", "now-and-boot"],
        ];
        for words in lists {
            assert_eq!(status(words), Some(20), "{words:?}");
        }
        nothing_was_done();
    });
}

#[test]
fn arbitrary_words_never_run_and_never_change_anything() {
    inside(|| {
        let word = proptest::collection::vec(1..=255u8, 0..12);
        let words = proptest::collection::vec(word, 0..6);
        let mut runner = TestRunner::new(Config { failure_persistence: None, cases: 150, ..Config::default() });
        let outcome = runner.run(&words, |words| {
            let mut all = vec![OsStr::new("raise")];
            all.extend(words.iter().map(|word| OsStr::from_bytes(word)));
            prop_assert_eq!(status(all), Some(20));
            Ok(())
        });
        outcome.expect("no arbitrary word is accepted");
        nothing_was_done();
    });
}

#[test]
fn whatever_is_asked_nothing_is_lowered_and_the_drop_in_is_as_foretold() {
    inside(|| {
        let value = || prop_oneof![2 => Just(0), 4 => 1..40_000u64, 2 => 1..=MOST, 1 => any::<u64>()];
        let raises = proptest::collection::vec(([value(), value(), value()], any::<bool>()), 1..4);
        let start = [0..20_000u64, 1..200u64, 0..20_000u64];
        let mut runner = TestRunner::new(Config { failure_persistence: None, cases: 60, ..Config::default() });
        let outcome = runner.run(&(start, raises), |(start, raises)| {
            start_over();
            set_limits(start);
            for (wanted, until_reboot) in raises {
                raise_and_look(wanted, until_reboot)?;
            }
            prop_assert!(raise_limits::undo(Way::Direct).is_ok());
            prop_assert_eq!(limits(), start, "undo goes back to before the first raise");
            prop_assert!(drop_in().is_none(), "undo removes the drop-in");
            Ok(())
        });
        outcome.expect("no request lowers a limit");
    });
}

/// Past the program's own checks: the script alone answers for it.
fn raise_and_look(wanted: [u64; 3], until_reboot: bool) -> Result<(), TestCaseError> {
    let before = limits();
    let records = Records::read(&Places::default());
    let [watches, instances, queued_events] = wanted.map(|value| Some(value).filter(|value| *value > 0));
    let request = RaiseLimits { watches, instances, queued_events, until_reboot, before };
    let when = if until_reboot { "until-reboot" } else { "now-and-boot" };
    let [first, second, third] = wanted.map(|value| value.to_string());
    let status = status(["raise", &first, &second, &third, when]);
    if status != Some(0) {
        prop_assert!(matches!(status, Some(20 | 26)), "{:?} for {:?} over {:?}", status, wanted, before);
        prop_assert_eq!(limits(), before, "refused without a trace");
        prop_assert_eq!(Records::read(&Places::default()), records, "refused without a trace");
        return Ok(());
    }
    prop_assert!(request.validate().is_ok(), "the script took {wanted:?} over {before:?}");
    let after = [0, 1, 2].map(|one| if wanted[one] == 0 { before[one] } else { wanted[one] });
    prop_assert_eq!(limits(), after, "what was asked for, and nothing else");
    let written = fs::read_to_string(if until_reboot { UNTIL_REBOOT } else { DROP_IN });
    prop_assert_eq!(written.expect("it was written"), records.after(&request).text(), "as foretold");
    Ok(())
}

#[test]
fn dash_bash_and_busybox_do_the_same() {
    inside(|| {
        let busybox_tools = "for tool in cat chmod flock grep id mkdir mv rm rmdir sed sync tail tee; do
            ! busybox --list | grep -qx $tool || ln -sf \"$(command -v busybox)\" /usr/sbin/$tool; done";
        for (prepare, disk_full) in [
            ("ln -sf dash /usr/bin/sh", 30),
            ("ln -sf bash /usr/bin/sh", 30),
            ("ln -sf \"$(command -v busybox)\" /usr/bin/sh", 30),
            // Busybox's tee calls a full disk an input/output error.
            (busybox_tools, 31),
        ] {
            sh(prepare);
            walks_through(prepare, disk_full);
        }
    });
}

fn walks_through(shell: &str, disk_full: i32) {
    start_over();
    raise_limits::undo(Way::Direct).unwrap_or_else(|refusal| panic!("{shell}: nothing to undo is success: {refusal}"));
    let raised = raise_limits::apply(&FOR_GOOD, Way::Direct);
    assert!(raised.is_ok(), "{shell}: {raised:?}");
    let before = [524_288, 128, 16_384];
    let more = RaiseLimits { watches: None, instances: Some(1024), before, until_reboot: true, ..FOR_GOOD };
    let raised = raise_limits::apply(&more, Way::Direct);
    assert!(raised.is_ok(), "{shell}: {raised:?}");
    assert_eq!(limits(), [524_288, 1024, 16_384], "{shell}");
    assert_eq!(status(["raise", "1", "0", "0", "now-and-boot"]), Some(26), "{shell}: nothing is lowered");
    assert_eq!(status(["raise", "01", "0", "0", "now-and-boot"]), Some(20), "{shell}: no leading zero");
    sh("mount -t tmpfs -o size=4k tiny /etc/sysctl.d; ! cat /dev/zero >/etc/sysctl.d/ballast 2>/dev/null");
    assert_eq!(status(["raise", "1048576", "0", "0", "now-and-boot"]), Some(disk_full), "{shell}: the disk is full");
    sh("rm -f /etc/sysctl.d/ballast; mount -o remount,ro /etc/sysctl.d");
    assert_eq!(status(["raise", "1048576", "0", "0", "now-and-boot"]), Some(29), "{shell}: /etc is read-only");
    sh("umount /etc/sysctl.d; mount -o remount,ro /proc/sys/fs/inotify");
    assert_eq!(status(["raise", "1048576", "0", "0", "now-and-boot"]), Some(32), "{shell}: the kernel is read-only");
    sh("mount -o remount,rw /proc/sys/fs/inotify");
    raise_limits::undo(Way::Direct).unwrap_or_else(|refusal| panic!("{shell}: {refusal}"));
    nothing_was_done();
}

#[test]
fn an_odd_environment_and_standard_input_change_nothing_about_it() {
    inside(|| {
        sh("mkdir /run/evil; printf '#!/bin/sh\\ntouch /run/evil/ran\\n' >/run/evil/tee; chmod +x /run/evil/tee");
        let fine = format!(
            "echo 'rm -rf /' | PATH=/run/evil IFS=0123 ENV=/run/evil/tee LC_ALL=C.UTF-8 \
                            kernel=/run limits=x POSIXLY_CORRECT=1 /bin/sh {SCRIPT} raise 524288 0 0 now-and-boot"
        );
        sh(&fine);
        assert!(!Path::new("/run/evil/ran").exists(), "the caller's PATH is not used");
        assert_eq!(limits(), [524_288, 128, 16_384]);
    });
}

#[test]
fn the_command_to_copy_works_as_it_stands() {
    inside(|| {
        for shell in ["sh", "bash", "dash"] {
            let typed = Command::new(shell).args(["-c", &sudo_command(&FOR_GOOD)]).output().expect("it can be started");
            assert!(typed.status.success(), "{shell}: {}", String::from_utf8_lossy(&typed.stderr));
            assert_eq!(limits()[0], 524_288, "{shell}");
            raise_limits::undo(Way::Direct).expect("root may undo");
        }
    });
}
