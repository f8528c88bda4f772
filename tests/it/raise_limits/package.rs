//! The script as the package installs it: used only when nobody but root can have touched it, and announced by its own
//! sentence in the dialog. And what the portable program's dialog says instead.

use super::*;
use crate::support::stage::{inside, sh};
use inotify_doctor::remedy::raise_limits::undo;
use inotify_doctor::window::APP_ID;

/// Lays the files out as dist/README.md says.
fn install() {
    let project = env!("CARGO_MANIFEST_DIR");
    sh(&format!(
        "install -D -m 755 {project}/assets/raise-limits.sh /usr/libexec/inotify-doctor/raise-limits
         install -D -m 644 -t /usr/share/polkit-1/actions {project}/dist/polkit/{APP_ID}.policy"
    ));
}

fn raises_with_one_dialog() -> (String, String) {
    let (outcome, mut dialogs) = Person::starts(BY_PKEXEC, Answer::Accept, &[]).ends();
    assert!(outcome.is_ok(), "{outcome:?}");
    assert_eq!((dialogs.len(), limits()[0]), (1, 524_288), "one dialog, and the limit is raised");
    let dialog = dialogs.remove(0);
    (dialog.action, dialog.message)
}

#[test]
fn the_installed_script_has_its_own_action_and_sentence_with_the_numbers() {
    inside(|| {
        install();
        let (action, message) = raises_with_one_dialog();
        assert_eq!(action, format!("{APP_ID}.raise-limits"));
        assert!(message.contains("raise how many folders programs may watch"), "{message}");
        assert!(message.ends_with("raise 524288 0 0 now-and-boot"), "{message}");
        let (outcome, dialogs) = Person::starts(Deed::Undo(Way::Pkexec), Answer::Accept, &[]).ends();
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(dialogs[0].action, format!("{APP_ID}.undo"));
        nothing_was_done();
    });
}

#[test]
fn the_portable_programs_dialog_is_polkits_general_one() {
    inside(|| {
        let (action, message) = raises_with_one_dialog();
        assert_eq!(action, "org.freedesktop.policykit.exec");
        // polkit 122 names the program only; from 123 on it shows the beginning and the end of the command.
        assert!(message.contains("/bin/sh"), "{message}");
    });
}

#[test]
fn an_installed_script_that_others_may_write_or_that_differs_is_not_run() {
    inside(|| {
        for harm in [
            "chmod o+w /usr/libexec/inotify-doctor/raise-limits",
            "chmod g+w /usr/libexec/inotify-doctor",
            "chown tester /usr/libexec/inotify-doctor/raise-limits",
            "echo 'id' >>/usr/libexec/inotify-doctor/raise-limits",
            "mv /usr/libexec/inotify-doctor/raise-limits /usr/libexec/inotify-doctor/x
             ln -s x /usr/libexec/inotify-doctor/raise-limits",
        ] {
            sh("rm -rf /usr/libexec/inotify-doctor");
            install();
            sh(harm);
            let (action, _) = raises_with_one_dialog();
            assert_eq!(action, "org.freedesktop.policykit.exec", "the program's own copy is run after: {harm}");
            undo(Way::Direct).expect("root may undo");
        }
    });
}
