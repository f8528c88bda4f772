//! sudo in place of pkexec, with and without a terminal to ask in.

use super::*;
use crate::support::stage::{inside, sh};

const BY_SUDO: Deed = Deed::Raise(FOR_GOOD, Way::Sudo);

/// A terminal whose person answers every question for a password with the first argument.
const TERMINAL: &str = r#"
import os, pty, sys
def read(terminal):
    said = os.read(terminal, 1024)
    if b"assword for" in said:
        os.write(terminal, sys.argv[1].encode() + b"\n")
    return said
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[2:], read)))
"#;

fn in_a_terminal(password: &str) -> Result<Applied, Refusal> {
    Person::starts(BY_SUDO, Answer::Nobody, &["/usr/bin/python3", "-c", TERMINAL, password]).ends().0
}

fn allow(rule: &str) {
    sh(&format!("echo 'tester {rule}' >/etc/sudoers.d/tester; chmod 440 /etc/sudoers.d/tester"));
}

#[test]
fn without_a_terminal_sudo_cannot_ask_but_may_not_need_to() {
    inside(|| {
        is_refused(BY_SUDO, Answer::Nobody, Reason::NoAgent);
        allow("ALL=(ALL) NOPASSWD: ALL");
        let (outcome, _) = asked(BY_SUDO, Answer::Nobody);
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(limits()[0], 524_288);
    });
}

#[test]
fn in_a_terminal_the_right_password_raises_and_a_wrong_one_does_not() {
    inside(|| {
        allow("ALL=(ALL) ALL");
        assert_eq!(why(in_a_terminal("no such password")), Reason::Denied);
        nothing_was_done();
        let outcome = in_a_terminal("tester-pw");
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(limits()[0], 524_288);
    });
}

#[test]
fn somebody_whom_sudo_does_not_know_is_refused_despite_the_right_password() {
    inside(|| {
        assert_eq!(why(in_a_terminal("tester-pw")), Reason::Denied);
        nothing_was_done();
    });
}

#[test]
fn sudo_without_its_set_user_id_bit_under_no_new_privileges_or_missing_is_told() {
    inside(|| {
        let bound = Person::starts(BY_SUDO, Answer::Nobody, &["setpriv", "--no-new-privs"]);
        assert_eq!(why(bound.ends().0), Reason::NoNewPrivileges);
        sh("chmod u-s /usr/bin/sudo");
        is_refused(BY_SUDO, Answer::Nobody, Reason::NotSetuid);
        sh("rm /usr/bin/sudo");
        is_refused(BY_SUDO, Answer::Nobody, Reason::NotInstalled);
    });
}
